//! What the browser lets this page do after asking the person.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{PermissionState, PermissionStatus};

/// What became of asking the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Granted,
    Denied,
    /// Nobody was asked, or nobody has answered.
    NotYet,
}

/// The state of a permission by its name; `None` where this browser has no such permission.
pub async fn state(name: &str) -> Option<Asked> {
    let permissions = web_sys::window()?.navigator().permissions().ok()?;
    let offered: &JsValue = permissions.as_ref();
    if offered.is_undefined() {
        return None;
    }
    let asked = Object::new();
    Reflect::set(&asked, &JsValue::from_str("name"), &JsValue::from_str(name)).ok()?;
    let status = JsFuture::from(permissions.query(&asked).ok()?).await.ok()?;
    Some(match status.dyn_into::<PermissionStatus>().ok()?.state() {
        PermissionState::Granted => Asked::Granted,
        PermissionState::Denied => Asked::Denied,
        _ => Asked::NotYet,
    })
}
