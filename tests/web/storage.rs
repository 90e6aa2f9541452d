//! A browser that stores nothing, or refuses to.

use leptos::prelude::*;
use rollwatch::browser::storage::{self, StorageFailure};
use rollwatch::live::settings::{Demo, Settings};
use rollwatch::live::{Credential, Custody};
use rollwatch::live::{KeyName, Live};
use rollwatch_core::model::{OperationKind, Service};
use rollwatch_core::sign::{AccessKey, Secret};
use rollwatch_core::view::words::Lang;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::document::settings;
use crate::views::watch;

const WATCHES: &str = "rollwatch.watches";

/// Puts the browser's storage back when a test ends, however it ends.
struct Restored;

impl Drop for Restored {
    fn drop(&mut self) {
        run("if (window.keptSetItem) Storage.prototype.setItem = window.keptSetItem; 
             if (window.keptStorage) Object.defineProperty(window, 'localStorage', window.keptStorage);");
        storage::remove(WATCHES);
        storage::remove("rollwatch.watches.unread");
    }
}

fn run(script: &str) {
    js_sys::eval(script).expect("a script that runs");
}

fn full() -> Restored {
    run("window.keptSetItem ??= Storage.prototype.setItem;
         Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };");
    Restored
}

fn forbidden() -> Restored {
    run("window.keptStorage ??= Object.getOwnPropertyDescriptor(window, 'localStorage');
         Object.defineProperty(window, 'localStorage', { configurable: true,
         get() { throw new DOMException('no', 'SecurityError'); } });");
    Restored
}

/// Runs with a page whose signals live for so long.
fn with_live(check: impl FnOnce(Live)) {
    let owner = Owner::new();
    owner.with(|| check(Live::new(settings())));
}

#[wasm_bindgen_test]
fn what_is_stored_is_found_again() {
    let _restored = Restored;
    with_live(|live| live.add(watch(Service::NcpSearchEngine, OperationKind::Upgrade)));
    with_live(|live| {
        assert_eq!(live.signals.order.get_untracked().len(), 0, "cards come with the first refresh");
        let key = watch(Service::NcpSearchEngine, OperationKind::Upgrade).key();
        assert_eq!(live.watch(&key).map(|watch| watch.account), Some("night-shift".to_owned()));
    });
}

#[wasm_bindgen_test]
fn a_full_storage_is_told_and_the_cluster_is_watched_all_the_same() {
    let _restored = full();
    assert_eq!(storage::set("anything", "x"), Err(StorageFailure::Refused));
    with_live(|live| {
        let asked = watch(Service::NcpSearchEngine, OperationKind::Upgrade);
        let key = asked.key();
        live.add(asked);
        assert_eq!(live.signals.notices.get_untracked().len(), 1);
        assert!(live.card(&key).is_some());
    });
}

#[wasm_bindgen_test]
fn a_forbidden_storage_is_told_and_the_cluster_is_watched_all_the_same() {
    let _restored = forbidden();
    assert_eq!(storage::get("anything"), None);
    assert_eq!(storage::set("anything", "x"), Err(StorageFailure::Unavailable));
    storage::remove("anything");
    with_live(|live| {
        let asked = watch(Service::NcpSearchEngine, OperationKind::Upgrade);
        let key = asked.key();
        live.add(asked);
        assert_eq!(live.signals.notices.get_untracked().len(), 1);
        assert!(live.card(&key).is_some());
    });
}

#[wasm_bindgen_test]
fn a_list_that_cannot_be_read_is_moved_aside_and_not_overwritten() {
    let _restored = Restored;
    storage::set(WATCHES, "{\"version\":99,\"watches\":[]}").unwrap();
    with_live(|live| {
        assert_eq!(live.signals.notices.get_untracked().len(), 1);
        live.add(watch(Service::NcpSearchEngine, OperationKind::Upgrade));
    });
    let aside = storage::get("rollwatch.watches.unread");
    assert_eq!(aside.as_deref(), Some("{\"version\":99,\"watches\":[]}"));
}

#[wasm_bindgen_test]
fn a_held_key_is_not_stored() {
    let _restored = Restored;
    let asked = watch(Service::NcpSearchEngine, OperationKind::Upgrade);
    let credential = Credential::Key(AccessKey {
        access_key_id: "MARKED-ID".to_owned(),
        secret: Custody::Memory(Secret::new("MARKED-SECRET")),
        security_token: Some(Secret::new("MARKED-TOKEN")),
    });
    let keys = vec![(KeyName::of(&asked), credential)];
    let demo = Some(Demo { keys, watches: vec![asked.clone()], speed: 1.0 });
    Owner::new().with(|| {
        let live = Live::new(Settings { demo, ..settings() });
        assert_eq!(live.signals.keys.get_untracked(), [KeyName::of(&asked)]);
        live.set_lang(Lang::Ko);
        live.remove(&asked.key());
    });
    let stored =
        js_sys::eval("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})").unwrap();
    let stored = stored.as_string().unwrap();
    assert!(stored.contains("rollwatch.lang"), "{stored}");
    assert!(!stored.contains("MARKED"), "{stored}");
    storage::remove("rollwatch.lang");
}
