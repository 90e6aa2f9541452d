//! Secrets in the browser's keeping: typed texts as handles, and keys that nobody can read, this page included.
//!
//! A [`Typed`] text stays on the browser's side. It is made into bytes, imported and overwritten there, so that no
//! secret is ever copied into the module's memory. `crypto.subtle` exists only on pages that came securely.
//! <https://developer.mozilla.org/docs/Web/API/SubtleCrypto>

use js_sys::{Array, ArrayBuffer, JsString, Object, Promise, Reflect, Uint8Array};
use rollwatch_core::vault::Sealed;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

#[wasm_bindgen]
extern "C" {
    /// What is used of a text field. `web-sys` copies its value into the module's memory; this does not.
    type Field;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Field) -> JsString;

    type TextEncoder;
    #[wasm_bindgen(constructor)]
    fn new() -> TextEncoder;
    #[wasm_bindgen(method)]
    fn encode(this: &TextEncoder, text: &JsString) -> Uint8Array;

    type TextDecoder;
    #[wasm_bindgen(constructor)]
    fn new() -> TextDecoder;
    #[wasm_bindgen(method, catch)]
    fn decode(this: &TextDecoder, bytes: &ArrayBuffer) -> Result<String, JsValue>;

    /// `crypto`, with what is used of it.
    type Crypto;
    #[wasm_bindgen(method, catch, js_name = getRandomValues)]
    fn random(this: &Crypto, bytes: &Uint8Array) -> Result<Uint8Array, JsValue>;

    /// `crypto.subtle`.
    type Subtle;
    #[wasm_bindgen(method, catch, js_name = importKey)]
    fn import(
        this: &Subtle,
        format: &str,
        bytes: &Uint8Array,
        algorithm: &Object,
        extractable: bool,
        usages: &Array,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = deriveKey)]
    fn derive(
        this: &Subtle,
        algorithm: &Object,
        from: &JsValue,
        kind: &Object,
        extractable: bool,
        usages: &Array,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn sign(this: &Subtle, algorithm: &str, key: &JsValue, message: &Uint8Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn encrypt(
        this: &Subtle,
        algorithm: &Object,
        key: &JsValue,
        bytes: &Uint8Array,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn decrypt(
        this: &Subtle,
        algorithm: &Object,
        key: &JsValue,
        bytes: &Uint8Array,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = unwrapKey)]
    fn unwrap(
        this: &Subtle,
        format: &str,
        wrapped: &Uint8Array,
        by: &JsValue,
        how: &Object,
        kind: &Object,
        extractable: bool,
        usages: &Array,
    ) -> Result<Promise, JsValue>;
}

/// The browser has no cryptography for this page, or did not do what it was asked: bytes that were sealed
/// otherwise do not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CryptoFailure;

impl From<JsValue> for CryptoFailure {
    fn from(_: JsValue) -> Self {
        CryptoFailure
    }
}

/// Whether this page has cryptography: browsers give it to pages over https and on this machine only.
pub fn is_available() -> bool {
    subtle().is_ok()
}

/// Random bytes that nobody can guess.
///
/// # Errors
/// Where the browser has none.
pub fn random_bytes(count: u32) -> Result<Vec<u8>, CryptoFailure> {
    let bytes = Uint8Array::new_with_length(count);
    crypto()?.random(&bytes)?;
    Ok(bytes.to_vec())
}

/// A text that somebody typed, in the browser's keeping.
#[derive(Clone)]
pub struct Typed(JsString);

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("•••")
    }
}

/// Two are equal when the same was typed.
impl PartialEq for Typed {
    fn eq(&self, other: &Self) -> bool {
        AsRef::<JsValue>::as_ref(&self.0) == AsRef::<JsValue>::as_ref(&other.0)
    }
}

impl Typed {
    /// What a field holds, without the spaces that pasting brings along.
    pub fn key(field: &HtmlInputElement) -> Self {
        Typed(field.unchecked_ref::<Field>().value().trim())
    }

    /// What a field holds, in the one form that Unicode has for texts that read the same: keyboards differ in it.
    pub fn passphrase(field: &HtmlInputElement) -> Self {
        Typed(field.unchecked_ref::<Field>().value().normalize("NFKC"))
    }

    /// A text that is not secret, or is so no more, such as a demo's key.
    pub fn of(text: &str) -> Self {
        Typed(JsString::from(text))
    }

    /// In UTF-16 units, which is what is known without reading it.
    pub fn length(&self) -> u32 {
        self.0.length()
    }

    /// The text itself, for a page without cryptography, which has to sign by its own means.
    pub fn text(&self) -> String {
        String::from(&self.0)
    }

    /// Hands the text's bytes to the browser and overwrites them when it has taken them.
    async fn give<T>(
        &self,
        to: impl AsyncFnOnce(&Uint8Array) -> Result<T, CryptoFailure>,
    ) -> Result<T, CryptoFailure> {
        let bytes = TextEncoder::new().encode(&self.0);
        let taken = to(&bytes).await;
        overwrite(&bytes);
        taken
    }
}

/// A key for HMAC-SHA-256 that signs and cannot be read.
#[derive(Debug, Clone)]
pub struct SigningKey(JsValue);

impl SigningKey {
    pub async fn import(typed: &Typed) -> Result<Self, CryptoFailure> {
        let subtle = subtle()?;
        let imported = typed.give(async |bytes| {
            Ok(JsFuture::from(subtle.import("raw", bytes, &hmac(), false, &texts(&["sign"]))?).await?)
        });
        imported.await.map(SigningKey)
    }

    /// The MAC of a text.
    pub async fn sign(&self, message: &str) -> Result<[u8; 32], CryptoFailure> {
        let message = Uint8Array::from(message.as_bytes());
        let mac = JsFuture::from(subtle()?.sign("HMAC", &self.0, &message)?).await?;
        Uint8Array::new(&mac).to_vec().try_into().map_err(|_| CryptoFailure)
    }
}

/// A key for AES-GCM-256 that seals and opens and cannot be read.
#[derive(Debug, Clone)]
pub struct VaultKey(JsValue);

impl VaultKey {
    /// Derives the key from a passphrase by PBKDF2-HMAC-SHA-256.
    pub async fn derive(passphrase: &Typed, salt: &[u8], iterations: u32) -> Result<Self, CryptoFailure> {
        let subtle = subtle()?;
        let derivation = algorithm("PBKDF2");
        let base = passphrase.give(async |bytes| {
            Ok(JsFuture::from(subtle.import("raw", bytes, &derivation, false, &texts(&["deriveKey"]))?)
                .await?)
        });
        let base = base.await?;
        with(&derivation, "hash", "SHA-256");
        with(&derivation, "salt", Uint8Array::from(salt));
        with(&derivation, "iterations", iterations);
        let kind = algorithm("AES-GCM");
        with(&kind, "length", 256);
        let usages = texts(&["encrypt", "decrypt", "unwrapKey"]);
        let derived = subtle.derive(&derivation, &base, &kind, false, &usages)?;
        Ok(VaultKey(JsFuture::from(derived).await?))
    }

    /// Seals a secret, bound to `aad`.
    pub async fn seal_secret(&self, secret: &Typed, aad: &str) -> Result<Sealed, CryptoFailure> {
        secret.give(async |bytes| self.seal(bytes, aad).await).await
    }

    /// Seals a text of this page, bound to `aad`.
    pub async fn seal_text(&self, text: &str, aad: &str) -> Result<Sealed, CryptoFailure> {
        self.seal_once(&Uint8Array::from(text.as_bytes()), aad).await
    }

    /// Opens a text of this page.
    pub async fn open_text(&self, sealed: &Sealed, aad: &str) -> Result<String, CryptoFailure> {
        let opened = self.open(sealed, aad).await?;
        let text = TextDecoder::new().decode(&opened);
        overwrite(&Uint8Array::new(&opened));
        Ok(text?)
    }

    /// Opens a secret straight into a key that signs. Its bytes are never seen.
    pub async fn open_key(&self, sealed: &Sealed, aad: &str) -> Result<SigningKey, CryptoFailure> {
        let (data, how, usages) = (Uint8Array::from(&*sealed.data), gcm(&sealed.iv, aad), texts(&["sign"]));
        let opened = subtle()?.unwrap("raw", &data, &self.0, &how, &hmac(), false, &usages)?;
        Ok(SigningKey(JsFuture::from(opened).await?))
    }

    /// Opens a secret and seals it under another key. Its bytes exist for that moment, on the browser's side.
    pub async fn seal_anew(
        &self,
        sealed: &Sealed,
        aad: &str,
        under: &VaultKey,
    ) -> Result<Sealed, CryptoFailure> {
        let opened = self.open(sealed, aad).await?;
        under.seal_once(&Uint8Array::new(&opened), aad).await
    }

    /// Seals bytes and overwrites them.
    async fn seal_once(&self, bytes: &Uint8Array, aad: &str) -> Result<Sealed, CryptoFailure> {
        let sealed = self.seal(bytes, aad).await;
        overwrite(bytes);
        sealed
    }

    async fn seal(&self, bytes: &Uint8Array, aad: &str) -> Result<Sealed, CryptoFailure> {
        let iv = random_bytes(12)?;
        let data = JsFuture::from(subtle()?.encrypt(&gcm(&iv, aad), &self.0, bytes)?).await?;
        Ok(Sealed { iv, data: Uint8Array::new(&data).to_vec() })
    }

    async fn open(&self, sealed: &Sealed, aad: &str) -> Result<ArrayBuffer, CryptoFailure> {
        let data = Uint8Array::from(&*sealed.data);
        let opened = subtle()?.decrypt(&gcm(&sealed.iv, aad), &self.0, &data)?;
        Ok(JsFuture::from(opened).await?.unchecked_into())
    }
}

fn overwrite(bytes: &Uint8Array) {
    bytes.fill(0, 0, bytes.length());
}

fn crypto() -> Result<Crypto, CryptoFailure> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into())?;
    if crypto.is_object() { Ok(crypto.unchecked_into()) } else { Err(CryptoFailure) }
}

fn subtle() -> Result<Subtle, CryptoFailure> {
    let crypto = crypto()?;
    let subtle = Reflect::get(&crypto, &"subtle".into())?;
    if subtle.is_object() { Ok(subtle.unchecked_into()) } else { Err(CryptoFailure) }
}

fn hmac() -> Object {
    let kind = algorithm("HMAC");
    with(&kind, "hash", "SHA-256");
    kind
}

fn gcm(iv: &[u8], aad: &str) -> Object {
    let how = algorithm("AES-GCM");
    with(&how, "iv", Uint8Array::from(iv));
    with(&how, "additionalData", Uint8Array::from(aad.as_bytes()));
    how
}

fn algorithm(name: &str) -> Object {
    let algorithm = Object::new();
    with(&algorithm, "name", name);
    algorithm
}

fn with(object: &Object, name: &str, value: impl Into<JsValue>) {
    // A plain object takes every property.
    let _ = Reflect::set(object, &name.into(), &value.into());
}

fn texts(all: &[&str]) -> Array {
    all.iter().map(|text| JsValue::from_str(text)).collect()
}
