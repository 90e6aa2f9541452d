//! Secrets in the browser's keeping: what signs with them, what seals them, and what the vault makes of damage.

use js_sys::Promise;
use leptos::prelude::*;
use rollwatch::browser::crypto::{CryptoFailure, SigningKey, Typed, VaultKey};
use rollwatch::browser::database::{Database, Entry, Store};
use rollwatch::live::settings::{Demo, Settings};
use rollwatch::live::{KeyName, Live, NewPassphrase, VaultError, VaultState};
use rollwatch_core::model::{OperationKind, Service};
use rollwatch_core::sign::{hex, hmac_sha256};
use rollwatch_core::vault::{Header, LEAST_ITERATIONS};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::document::settings;
use crate::typed::key_to_remember;
use crate::vendor::Vendor;
use crate::views::{SEARCH_ENGINE, watch};

const DATABASE: &str = "rollwatch.demo.vault";
pub const PASSPHRASE: &str = "correct horse battery staple";

async fn run(script: &str) -> JsValue {
    let promise: Promise = js_sys::eval(script).expect("a script that runs").unchecked_into();
    JsFuture::from(promise).await.expect("a promise that is kept")
}

pub async fn delete() {
    run(&format!(
        "new Promise((resolve, reject) => {{
            const request = indexedDB.deleteDatabase('{DATABASE}');
            request.onsuccess = resolve;
            request.onerror = reject;
        }})"
    ))
    .await;
}

#[wasm_bindgen_test]
async fn the_browser_signs_as_core_does() {
    let long = "0123456789".repeat(20);
    for secret in ["a", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "비밀 열쇠", long.as_str()] {
        let key = SigningKey::import(&Typed::of(secret)).await.expect("a key");
        for message in ["", "GET /a?b=c\n1742803781000\nid", "한글 🔑"] {
            let mac = key.sign(message).await.expect("a signature");
            assert_eq!(hex(&mac), hex(&hmac_sha256(secret.as_bytes(), message.as_bytes())), "{secret}");
        }
    }
}

#[wasm_bindgen_test]
async fn what_is_sealed_opens_under_its_own_key_and_binding_only() {
    let key = VaultKey::derive(&Typed::of(PASSPHRASE), &[7; 16], 1000).await.expect("a key");
    let other = VaultKey::derive(&Typed::of(PASSPHRASE), &[8; 16], 1000).await.expect("a key");
    let secret = Typed::of("a-secret");
    let sealed = key.seal_secret(&secret, "bound").await.expect("sealed");
    let again = key.seal_secret(&secret, "bound").await.expect("sealed");
    assert_ne!((&sealed.iv, &sealed.data), (&again.iv, &again.data), "each sealing is fresh");
    assert!(!sealed.data.windows(4).any(|part| part == b"secr"));

    let signing = key.open_key(&sealed, "bound").await.expect("a key that signs");
    let expected = hmac_sha256(b"a-secret", b"message");
    assert_eq!(signing.sign("message").await, Ok(expected));
    assert_eq!(key.open_text(&sealed, "bound").await.as_deref(), Ok("a-secret"));
    assert_eq!(key.open_key(&sealed, "other").await.err(), Some(CryptoFailure));
    assert_eq!(other.open_text(&sealed, "bound").await, Err(CryptoFailure));
    let mut flipped = sealed.clone();
    flipped.data[0] ^= 1;
    assert_eq!(key.open_key(&flipped, "bound").await.err(), Some(CryptoFailure));

    let anew = key.seal_anew(&sealed, "bound", &other).await.expect("sealed");
    let signing = other.open_key(&anew, "bound").await.expect("a key that signs");
    assert_eq!(signing.sign("message").await, Ok(expected));
}

#[wasm_bindgen_test]
async fn a_text_of_the_same_letters_is_the_same_passphrase_however_it_was_typed() {
    let document = web_sys::window().unwrap().document().unwrap();
    let field: web_sys::HtmlInputElement = document.create_element("input").unwrap().unchecked_into();
    let read = |text: &str| {
        field.set_value(text);
        Typed::passphrase(&field)
    };
    assert!(read("\u{ac00} passphrase") == read("\u{1100}\u{1161} passphrase"));
    assert!(read("one") != read("two"));
    field.set_value("  a-secret\t");
    assert_eq!(Typed::key(&field).length(), 8);
    assert_eq!(format!("{:?}", Typed::key(&field)), "•••");
}

/// A page that watches two clusters of one cloud, without keys. Its vault is the demo's.
pub fn live(owner: &Owner) -> Live {
    let asked = watch(Service::NcpSearchEngine, OperationKind::Upgrade);
    let demo = Some(Demo { keys: Vec::new(), watches: vec![asked], speed: 1.0 });
    owner.with(|| Live::new(Settings { demo, ..settings() }))
}

pub fn new(text: &str) -> NewPassphrase {
    NewPassphrase { typed: Typed::of(text), again: Typed::of(text) }
}

/// Remembers the key of an account, as the form does.
pub async fn remember(live: Live, account: &str) -> KeyName {
    let asked = watch(Service::NcpSearchEngine, OperationKind::Upgrade);
    let provider = asked.service.provider();
    let choice = key_to_remember(live, account);
    live.test_and_add(asked, choice).await.expect("an answer");
    KeyName { provider, account: account.to_owned() }
}

async fn stored() -> Vec<(String, String)> {
    let database = Database::open(DATABASE, &[Store::Vault]).await.expect("a database");
    database.under(Store::Vault, "").await.expect("entries")
}

async fn put(key: &str, text: &str) {
    let database = Database::open(DATABASE, &[Store::Vault]).await.expect("a database");
    let entry = Entry { store: Store::Vault, key: key.to_owned(), text: text.to_owned() };
    database.put(&[entry]).await.expect("it is stored");
}

async fn state(live: Live) -> VaultState {
    live.find_vault().await;
    live.signals.vault.with_untracked(|vault| vault.state)
}

#[wasm_bindgen_test]
async fn a_vault_of_few_iterations_is_sealed_anew_when_it_is_opened_and_keeps_its_keys() {
    delete().await;
    let _vendor = Vendor::answering(200, SEARCH_ENGINE);
    let owner = Owner::new();
    let first = live(&owner);
    assert_eq!(state(first).await, VaultState::Absent);
    first.make_vault(&new(PASSPHRASE), Some(1000)).await.expect("a vault");
    let name = remember(first, "night-shift").await;
    assert!(first.is_remembered(&name) && first.is_usable(&name));
    let before = stored().await;
    let text: String = before.iter().map(|(key, text)| format!("{key}{text}")).collect();
    assert!(!["night-shift", "an-id", "a-secret"].iter().any(|name| text.contains(name)), "{text}");

    let second = live(&owner);
    assert_eq!(state(second).await, VaultState::Locked);
    assert!(!second.is_usable(&name));
    assert!(second.signals.vault.with_untracked(|vault| vault.locked.iter().eq([&name])));
    second.open_vault(&Typed::of(PASSPHRASE)).await.expect("it opens");
    assert!(second.is_usable(&name));
    let after = stored().await;
    let header = |all: &[(String, String)]| {
        let (_, text) = all.iter().find(|(key, _)| key == "header").expect("a header");
        Header::from_json(text).expect("a header")
    };
    assert_eq!(header(&before).iterations, 1000);
    assert!(header(&after).iterations >= LEAST_ITERATIONS);
    assert!(before.iter().all(|(key, text)| !after.contains(&(key.clone(), text.clone()))));

    let third = live(&owner);
    third.open_vault(&Typed::of(PASSPHRASE)).await.expect("it opens under the fresh key");
    assert!(third.is_usable(&name));
    third.lock_vault();
    assert!(!third.is_usable(&name) && third.is_remembered(&name));
    third.delete_vault().await.expect("it is gone");
    assert_eq!(state(third).await, VaultState::Absent);
    delete().await;
}

#[wasm_bindgen_test]
async fn records_that_are_swapped_are_not_opened_and_not_lost() {
    delete().await;
    let _vendor = Vendor::answering(200, SEARCH_ENGINE);
    let owner = Owner::new();
    let first = live(&owner);
    first.make_vault(&new(PASSPHRASE), Some(LEAST_ITERATIONS)).await.expect("a vault");
    let names = [remember(first, "one").await, remember(first, "two").await];
    let records: Vec<_> = stored().await.into_iter().filter(|(key, _)| key.starts_with("record/")).collect();
    let ((one, first_text), (two, second_text)) = (&records[0], &records[1]);
    assert_eq!(records.len(), 2);
    put(one, second_text).await;
    put(two, first_text).await;

    let second = live(&owner);
    second.open_vault(&Typed::of(PASSPHRASE)).await.expect("it opens");
    assert!(names.iter().all(|name| !second.is_usable(name)));
    assert_eq!(second.signals.notices.with_untracked(Vec::len), 1);
    put(one, first_text).await;
    put(two, second_text).await;
    let third = live(&owner);
    third.open_vault(&Typed::of(PASSPHRASE)).await.expect("it opens");
    assert!(names.iter().all(|name| third.is_usable(name)));
    delete().await;
}

#[wasm_bindgen_test]
async fn what_cannot_be_read_is_told_and_nothing_is_written_over_it() {
    for (text, error) in [
        ("{\"version\":2}", VaultError::Newer),
        ("{\"version\":1,\"id\":\"x\"}", VaultError::Damaged),
        ("", VaultError::Damaged),
    ] {
        delete().await;
        put("header", text).await;
        let owner = Owner::new();
        let live = live(&owner);
        assert_eq!(state(live).await, VaultState::Unusable(error));
        assert_eq!(live.make_vault(&new(PASSPHRASE), Some(1000)).await, Err(error));
        assert_eq!(live.open_vault(&Typed::of(PASSPHRASE)).await, Err(error));
        assert_eq!(stored().await, [("header".to_owned(), text.to_owned())]);
    }
    delete().await;
}

#[wasm_bindgen_test]
async fn a_wrong_passphrase_is_counted_and_waits_also_after_a_reload() {
    delete().await;
    let owner = Owner::new();
    let first = live(&owner);
    first.make_vault(&new(PASSPHRASE), Some(LEAST_ITERATIONS)).await.expect("a vault");
    first.lock_vault();
    assert_eq!(first.open_vault(&Typed::of("wrong passphrase")).await, Err(VaultError::Wrong));
    let second = live(&owner);
    assert_eq!(second.open_vault(&Typed::of(PASSPHRASE)).await, Err(VaultError::Wait));
    put("tries", "{\"wrong\":9,\"at\":1000}").await;
    second.open_vault(&Typed::of(PASSPHRASE)).await.expect("the wait is over");
    assert!(stored().await.iter().all(|(key, _)| key != "tries"), "a right one forgives");
    delete().await;
}

#[wasm_bindgen_test]
async fn without_cryptography_nothing_is_remembered_and_core_signs() {
    let hide = "Object.defineProperty(crypto, 'subtle', { configurable: true, value: undefined })";
    js_sys::eval(hide).expect("a script that runs");
    let vendor = Vendor::answering(200, SEARCH_ENGINE);
    let owner = Owner::new();
    let live = live(&owner);
    let found = state(live).await;
    let made = live.make_vault(&new(PASSPHRASE), None).await;
    let key = remember(live, "plain").await;
    js_sys::eval("delete crypto.subtle").expect("a script that runs");
    assert_eq!(found, VaultState::Unusable(VaultError::NoCrypto));
    assert_eq!(made, Err(VaultError::NoCrypto));
    assert!(live.is_usable(&key) && !live.is_remembered(&key));
    assert!(vendor.asked() > 0.0);
    delete().await;
}
