//! Removing what this page has stored in the browser. Another page of the same origin may store something too, as
//! where many share a host, so only what begins with this page's name is removed.

use std::cell::Cell;

use idb::Factory;
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{storage, task};

/// What the names of everything begin with that this page stores.
const NAME: &str = "rollwatch";

/// A connection of another tab may be in the way for this long, in milliseconds.
const PATIENCE: u64 = 5_000;

#[wasm_bindgen]
extern "C" {
    /// What is used of `indexedDB` and `caches`.
    type Stores;
    #[wasm_bindgen(method, catch)]
    fn databases(this: &Stores) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn keys(this: &Stores) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn delete(this: &Stores, name: &str) -> Result<Promise, JsValue>;
}

thread_local! {
    static STOPPED: Cell<bool> = const { Cell::new(false) };
}

/// Nothing is stored from now on, until the page is loaded anew.
pub fn stop() {
    STOPPED.set(true);
}

pub(super) fn is_stopped() -> bool {
    STOPPED.get()
}

/// Removes everything, and says whether the browser did so.
pub async fn everything() -> bool {
    stop();
    storage::clear(NAME);
    let mut done = true;
    for name in database_names().await.unwrap_or_default() {
        let deleted = task::within(PATIENCE, async { Factory::new()?.delete(&name)?.await });
        done &= matches!(deleted.await, Some(Ok(())));
    }
    // Without caches there is nothing in them.
    let _ = clear_caches().await;
    done
}

/// The databases of this page; `None` where the browser does not tell.
pub(super) async fn database_names() -> Option<Vec<String>> {
    let listed = JsFuture::from(global("indexedDB")?.databases().ok()?).await.ok()?;
    let name = |entry: JsValue| Reflect::get(&entry, &"name".into()).ok()?.as_string();
    Some(Array::from(&listed).iter().filter_map(name).filter(|name| name.starts_with(NAME)).collect())
}

async fn clear_caches() -> Result<(), JsValue> {
    let Some(caches) = global("caches") else { return Ok(()) };
    let names = JsFuture::from(caches.keys()?).await?;
    for name in Array::from(&names).iter().filter_map(|name| name.as_string()) {
        if name.starts_with(NAME) {
            JsFuture::from(caches.delete(&name)?).await?;
        }
    }
    Ok(())
}

fn global(name: &str) -> Option<Stores> {
    let found = Reflect::get(&js_sys::global(), &name.into()).ok()?;
    found.is_object().then(|| found.unchecked_into())
}
