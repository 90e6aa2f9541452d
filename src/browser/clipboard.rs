//! The clipboard.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Copies a text and says whether that worked. Browsers offer no clipboard to pages that did not come over
/// HTTPS or from this machine, and may ask the person.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let clipboard = window.navigator().clipboard();
    let offered: &JsValue = clipboard.as_ref();
    !offered.is_undefined() && JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
