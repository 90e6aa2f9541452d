//! Keys pressed anywhere on the page.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::Listener;

/// Calls with the key's name, unless it is typed into a control or belongs to a shortcut of the browser.
/// Returning true keeps the browser from acting on it.
pub fn on_key(mut pressed: impl FnMut(&str) -> bool + 'static) -> Option<Listener> {
    Listener::on_window("keydown", move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        if key.ctrl_key() || key.alt_key() || key.meta_key() || is_typing(&event) {
            return;
        }
        if pressed(&key.key()) {
            event.prevent_default();
        }
    })
}

/// Escape leaves a control; every other key there is text.
fn is_typing(event: &web_sys::Event) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA"))
}
