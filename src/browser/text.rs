//! What the browser knows of the world's alphabets, so that the page need not carry tables of them.

/// A text in lower case, for comparing.
pub fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}
