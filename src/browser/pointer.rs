//! Where pointers are on an element, and keeping the browser from acting on them itself.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent, PointerEvent, WheelEvent};

use super::Listener;

/// Where a pointer is along the part of the listening element that fits `selector`: 0 at its left edge, 1 at
/// its right one. `None` when it is not there or has no width.
pub fn along(event: &MouseEvent, selector: &str) -> Option<f64> {
    let part = listening(event)?.query_selector(selector).ok()??.get_bounding_client_rect();
    (part.width() > 0.0).then(|| (f64::from(event.client_x()) - part.left()) / part.width())
}

/// By how many pixels a wheel zooms, when it does: with the control key, which browsers also report for two
/// fingers on a trackpad. The browser then does not zoom the page. `None` for plain scrolling, which is left
/// to the browser.
pub fn zooms(event: &WheelEvent) -> Option<f64> {
    if !event.ctrl_key() {
        return None;
    }
    event.prevent_default();
    let unit = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { 16.0 };
    Some(event.delta_y() * unit)
}

/// Lets the listening element hear of a pressed pointer until it is released, wherever it goes.
pub fn hold(event: &PointerEvent) {
    if let Some(element) = listening(event) {
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

fn listening(event: &Event) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}

/// Calls whenever somebody uses the page: with a pointer, or a key.
pub fn on_use(used: impl FnMut() + Clone + 'static) -> Vec<Listener> {
    let listen = |name| {
        let mut used = used.clone();
        Listener::on_window(name, move |_| used())
    };
    ["pointermove", "pointerdown", "keydown"].into_iter().filter_map(listen).collect()
}
