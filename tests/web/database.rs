//! The database of this browser: what is stored together, found by prefix, and what is told when it fails.

use js_sys::Promise;
use rollwatch::browser::database::{Database, DatabaseFailure, Entry, Store};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

const STORES: [Store; 2] = [Store::Moments, Store::Runs];

/// Runs a script that ends with a promise, and waits for it.
async fn run(script: &str) -> JsValue {
    let promise: Promise = js_sys::eval(script).expect("a script that runs").unchecked_into();
    JsFuture::from(promise).await.expect("a promise that is kept")
}

/// Deletes a database, which every connection has to give way to.
async fn delete(name: &str) {
    run(&format!(
        "new Promise((resolve, reject) => {{
            const request = indexedDB.deleteDatabase('{name}');
            request.onsuccess = () => resolve();
            request.onblocked = () => reject(new Error('blocked'));
        }})"
    ))
    .await;
}

/// Opens a database in another version, which every connection has to give way to, and closes it again.
async fn open_in_version(name: &str, version: u32) {
    run(&format!(
        "new Promise((resolve, reject) => {{
            const request = indexedDB.open('{name}', {version});
            request.onsuccess = () => {{ request.result.close(); resolve(); }};
            request.onblocked = () => reject(new Error('blocked'));
        }})"
    ))
    .await;
}

async fn empty(name: &str) -> Database {
    delete(name).await;
    Database::open(name, &STORES).await.expect("a database")
}

fn entry(store: Store, key: &str, text: &str) -> Entry {
    Entry { store, key: key.to_owned(), text: text.to_owned() }
}

async fn keys(database: &Database, store: Store, prefix: &str) -> Vec<String> {
    let entries = database.under(store, prefix).await.expect("entries");
    entries.into_iter().map(|(key, _)| key).collect()
}

/// Puts the browser's own functions back when a test ends, however it ends.
struct Restored;

impl Drop for Restored {
    fn drop(&mut self) {
        js_sys::eval(
            "IDBObjectStore.prototype.put = window.keptPut;
             if (window.keptCommit) IDBTransaction.prototype.commit = window.keptCommit;",
        )
        .expect("a script that runs");
    }
}

/// From its `nth` call on, counted from 0, `put` says that there is no room.
fn full_from(nth: u32) -> Restored {
    js_sys::eval(&format!(
        "window.keptPut ??= IDBObjectStore.prototype.put;
         {{ let left = {nth}; IDBObjectStore.prototype.put = function (...given) {{
             if (left-- > 0) return window.keptPut.apply(this, given);
             throw new DOMException('full', 'QuotaExceededError');
         }}; }}"
    ))
    .expect("a script that runs");
    Restored
}

#[wasm_bindgen_test]
async fn what_is_stored_is_found_under_its_prefix_in_the_order_of_keys() {
    let database = empty("test.order").await;
    let entries = [
        entry(Store::Moments, "b/2", "two"),
        entry(Store::Moments, "a/9", "other"),
        entry(Store::Moments, "b/10", "ten 열 十"),
        entry(Store::Moments, "b/\u{10ffff}", "last"),
        entry(Store::Moments, "b", "short"),
        entry(Store::Moments, "c", "after"),
        entry(Store::Runs, "b/2", "of a run"),
    ];
    database.put(&entries).await.expect("room");
    drop(database);

    let database = Database::open("test.order", &STORES).await.expect("a database");
    let found = database.under(Store::Moments, "b/").await.expect("entries");
    let found: Vec<_> = found.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
    assert_eq!(found, [("b/10", "ten 열 十"), ("b/2", "two"), ("b/\u{10ffff}", "last")]);
    assert_eq!(keys(&database, Store::Moments, "").await, ["a/9", "b", "b/10", "b/2", "b/\u{10ffff}", "c"]);
    assert_eq!(keys(&database, Store::Runs, "").await, ["b/2"]);

    database.put(&[entry(Store::Runs, "b/2", "replaced")]).await.expect("room");
    let runs = database.under(Store::Runs, "").await.expect("entries");
    assert_eq!(runs, [("b/2".to_owned(), "replaced".to_owned())]);
    delete("test.order").await;
}

#[wasm_bindgen_test]
async fn where_there_is_no_room_for_all_nothing_is_stored() {
    let database = empty("test.full").await;
    database.put(&[entry(Store::Runs, "a", "before")]).await.expect("room");
    let entries = [entry(Store::Moments, "a", "1"), entry(Store::Runs, "a", "changed")];
    {
        let _restored = full_from(1);
        assert_eq!(database.put(&entries).await, Err(DatabaseFailure::Full));
    }
    assert_eq!(keys(&database, Store::Moments, "").await, [""; 0]);
    let runs = database.under(Store::Runs, "").await.expect("entries");
    assert_eq!(runs, [("a".to_owned(), "before".to_owned())]);

    database.put(&entries).await.expect("there is room again");
    assert_eq!(keys(&database, Store::Moments, "").await, ["a"]);
    delete("test.full").await;
}

#[wasm_bindgen_test]
async fn the_last_key_and_the_lengths_of_all_texts_are_known_without_reading_them() {
    let database = empty("test.sizes").await;
    assert_eq!(database.last_key(Store::Moments, "").await, Ok(None));
    assert_eq!(database.sizes(Store::Moments).await, Ok(Vec::new()));
    // More than are looked at together.
    let entries: Vec<Entry> = (0..1_203_usize)
        .map(|number| entry(Store::Moments, &format!("a/{number:04}"), &"x".repeat(number % 7)))
        .collect();
    database.put(&entries).await.expect("room");
    database.put(&[entry(Store::Moments, "b/1", "xyz"), entry(Store::Runs, "a/9", "x")]).await.expect("room");
    let last = database.last_key(Store::Moments, "a/").await;
    assert_eq!(last, Ok(Some("a/1202".to_owned())));
    assert_eq!(database.last_key(Store::Moments, "c").await, Ok(None));
    let sizes = database.sizes(Store::Moments).await.expect("sizes");
    let expected = entries.iter().map(|entry| (entry.key.clone(), entry.text.len() as u64));
    assert_eq!(sizes, expected.chain([("b/1".to_owned(), 3)]).collect::<Vec<_>>());
    delete("test.sizes").await;
}

/// Browsers find out when they write, after every request has succeeded.
#[wasm_bindgen_test]
async fn a_transaction_that_the_browser_aborts_for_lack_of_room_has_stored_nothing() {
    let database = empty("test.aborted").await;
    js_sys::eval(
        "window.keptPut ??= IDBObjectStore.prototype.put;
         window.keptCommit ??= IDBTransaction.prototype.commit;
         IDBTransaction.prototype.commit = () => {};
         IDBObjectStore.prototype.put = function (...given) {
             const request = window.keptPut.apply(this, given);
             const error = new DOMException('full', 'QuotaExceededError');
             Object.defineProperty(this.transaction, 'error', { value: error });
             request.onsuccess = () => this.transaction.abort();
             return request;
         };",
    )
    .expect("a script that runs");
    let restored = Restored;
    let stored = database.put(&[entry(Store::Moments, "a", "1")]).await;
    assert_eq!(stored, Err(DatabaseFailure::Full));
    drop(restored);
    assert_eq!(keys(&database, Store::Moments, "").await, [""; 0]);
    delete("test.aborted").await;
}

#[wasm_bindgen_test]
async fn what_is_removed_is_gone_and_the_rest_stays() {
    let database = empty("test.removed").await;
    let all = ["a/1", "a/2", "ab", "b/1"];
    let entries = [Store::Moments, Store::Runs].map(|store| all.map(|key| entry(store, key, "x")));
    database.put(entries.as_flattened()).await.expect("room");

    let gone = [(Store::Moments, "a/".to_owned()), (Store::Runs, "b".to_owned())];
    database.remove(&gone).await.expect("removed");
    assert_eq!(keys(&database, Store::Moments, "").await, ["ab", "b/1"]);
    assert_eq!(keys(&database, Store::Runs, "").await, ["a/1", "a/2", "ab"]);

    database.clear().await.expect("cleared");
    assert_eq!(keys(&database, Store::Moments, "").await, [""; 0]);
    assert_eq!(keys(&database, Store::Runs, "").await, [""; 0]);
    delete("test.removed").await;
}

#[wasm_bindgen_test]
async fn a_database_that_another_tab_deletes_gives_way_and_is_made_anew() {
    let database = empty("test.deleted").await;
    database.put(&[entry(Store::Runs, "a", "x")]).await.expect("room");
    delete("test.deleted").await;
    assert_eq!(keys(&database, Store::Runs, "").await, [""; 0]);
    database.put(&[entry(Store::Runs, "b", "x")]).await.expect("room");
    assert_eq!(keys(&database, Store::Runs, "").await, ["b"]);
    delete("test.deleted").await;
}

#[wasm_bindgen_test]
async fn a_database_of_a_newer_version_is_left_as_it_is() {
    let database = empty("test.newer").await;
    open_in_version("test.newer", 7).await;
    let stored = database.put(&[entry(Store::Runs, "a", "x")]).await;
    assert_eq!(stored, Err(DatabaseFailure::Newer), "the other tab has changed it");
    assert_eq!(Database::open("test.newer", &STORES).await.err(), Some(DatabaseFailure::Newer));
    delete("test.newer").await;
}

#[wasm_bindgen_test]
async fn a_browser_that_offers_no_database_is_told_from_one_that_fails() {
    for script in [
        "Object.defineProperty(window, 'indexedDB', { configurable: true, value: undefined })",
        "Object.defineProperty(window, 'indexedDB', { configurable: true,
             get() { throw new DOMException('no', 'SecurityError'); } })",
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }",
    ] {
        js_sys::eval(
            "window.keptFactory ??= Object.getOwnPropertyDescriptor(window, 'indexedDB');
             window.keptOpen ??= IDBFactory.prototype.open;",
        )
        .and_then(|_| js_sys::eval(script))
        .expect("a script that runs");
        let opened = Database::open("test.unavailable", &STORES).await.err();
        js_sys::eval(
            "IDBFactory.prototype.open = window.keptOpen; delete window.indexedDB;
             if (window.keptFactory) Object.defineProperty(window, 'indexedDB', window.keptFactory)",
        )
        .expect("a script that runs");
        assert_eq!(opened, Some(DatabaseFailure::Unavailable), "{script}");
    }
    assert!(Database::open("test.unavailable", &STORES).await.is_ok());
    delete("test.unavailable").await;
}
