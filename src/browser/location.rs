//! The page's own address. Only the fragment is used: it reaches no server.

use wasm_bindgen::JsValue;

use super::Listener;

/// The fragment without its `#`, percent-encoded as the browser keeps it.
pub fn fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// Goes to a fragment, with a new entry in the history.
pub fn set_fragment(fragment: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_hash(fragment);
    }
}

/// Changes the fragment in place. `on_hash_change` does not hear of it.
pub fn replace_fragment(fragment: &str) {
    let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else { return };
    let address = format!("#{fragment}");
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
}

/// Loads the page anew at its first page.
pub fn start_anew() {
    replace_fragment("/");
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// The page's address without its fragment: what a link to share begins with.
pub fn page_address() -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    match href.split_once('#') {
        Some((page, _)) => page.to_owned(),
        None => href,
    }
}

/// The page's whole address.
pub fn address() -> String {
    web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default()
}

/// Whether another page shows this one inside itself.
pub fn is_framed() -> bool {
    let Some(window) = web_sys::window() else { return false };
    let top = window.top().ok().flatten();
    top.is_none_or(|top| JsValue::from(top) != JsValue::from(window))
}

/// Calls with the new fragment when it changes, by a link, by the person or by `set_fragment`.
pub fn on_hash_change(mut changed: impl FnMut(String) + 'static) -> Option<Listener> {
    Listener::on_window("hashchange", move |_| changed(fragment()))
}
