//! Who keeps a secret, and how it signs: the browser wherever it can, this module's memory where it cannot.

use rollwatch_core::http::{Header, Request};
use rollwatch_core::model::{Provider, Timestamp};
use rollwatch_core::sign::{self, Secret};

use crate::browser::crypto::{self, CryptoFailure, SigningKey, Typed};

/// What stands for a secret.
#[derive(Debug, Clone)]
pub enum Custody {
    /// A key that the browser signs with and shows to nobody.
    Browser(SigningKey),
    /// The text, on a page that has no cryptography because it did not come securely.
    Memory(Secret),
}

/// A credential as this page holds it. Tokens stay texts: they leave the page as they are.
pub type Credential = sign::Credential<Custody>;

impl Custody {
    /// Takes over what was typed.
    ///
    /// # Errors
    /// When the browser has cryptography and does not take it.
    pub(super) async fn take(typed: &Typed) -> Result<Self, CryptoFailure> {
        match crypto::is_available() {
            true => SigningKey::import(typed).await.map(Custody::Browser),
            false => Ok(Custody::Memory(Secret::new(typed.text()))),
        }
    }
}

/// The headers that authorise `request`: those of a signature, or the token itself.
pub(super) async fn sign(
    provider: Provider,
    request: &Request,
    credential: &Credential,
    now: Timestamp,
    nonce: &str,
) -> Result<Vec<Header>, CryptoFailure> {
    let key = match credential {
        Credential::Key(key) => key,
        Credential::AuthToken(token) => return Ok(vec![sign::present(token)]),
    };
    let prepared = sign::prepare(provider, request, key, now, nonce);
    let mac = match &key.secret {
        Custody::Browser(key) => key.sign(&prepared.string_to_sign).await?,
        Custody::Memory(secret) => secret.mac(&prepared.string_to_sign),
    };
    Ok(prepared.finish(mac))
}
