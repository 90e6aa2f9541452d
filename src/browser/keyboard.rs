//! Keys pressed anywhere on the page.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::Listener;

/// Calls with the key's name, unless it is typed into a control or belongs to a shortcut of the browser.
/// Returning true keeps the browser from acting on it. Escape leaves a control; every other key there is text.
pub fn on_key(mut pressed: impl FnMut(&str) -> bool + 'static) -> Option<Listener> {
    Listener::on_window("keydown", move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        if key.ctrl_key() || key.alt_key() || key.meta_key() {
            return;
        }
        if let Some(control) = control(&event) {
            if key.key() == "Escape" {
                let _ = control.blur();
            }
            return;
        }
        if pressed(&key.key()) {
            event.prevent_default();
        }
    })
}

/// The control that an event goes to, if it goes to one.
fn control(event: &web_sys::Event) -> Option<HtmlElement> {
    let element = event.target()?.dyn_into::<HtmlElement>().ok()?;
    matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA").then_some(element)
}
