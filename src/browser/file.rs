//! Files that a person saves and chooses.

use js_sys::{Array, JsString, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlElement, HtmlInputElement, Url};

#[wasm_bindgen]
extern "C" {
    /// What is used of an input that takes files.
    type Chooser;
    #[wasm_bindgen(method, getter)]
    fn files(this: &Chooser) -> JsValue;

    type Chosen;
    #[wasm_bindgen(method, getter)]
    fn size(this: &Chosen) -> f64;
    #[wasm_bindgen(method, catch)]
    fn text(this: &Chosen) -> Result<Promise, JsValue>;
}

/// Larger files are not ours, and would only fill the memory, in bytes.
const READ_AT_MOST: f64 = 4_000_000.0;

/// Has the browser save a text as a file.
pub fn save(name: &str, kind: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&JsString::from(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link = web_sys::window()?.document()?.create_element("a").ok()?;
    let saved = link.set_attribute("href", &address).and_then(|()| link.set_attribute("download", name));
    if saved.is_ok() {
        link.dyn_ref::<HtmlElement>()?.click();
    }
    Url::revoke_object_url(&address).ok()
}

/// The text of the file that an input holds; `None` when there is none or it cannot be read.
pub async fn chosen(field: &HtmlInputElement) -> Option<String> {
    let files = field.unchecked_ref::<Chooser>().files();
    let file = js_sys::Reflect::get_u32(&files, 0).ok().filter(JsValue::is_object)?;
    let file: Chosen = file.unchecked_into();
    if file.size() > READ_AT_MOST {
        return None;
    }
    JsFuture::from(file.text().ok()?).await.ok()?.as_string()
}
