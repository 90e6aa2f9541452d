//! What happens when the application panics: the page says so, since nothing else can any more.

use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// Lets `boot.js` show a panic on the page. Panic texts come from this program's own code and hold no answer
/// and no key.
pub fn tell_on_page() {
    std::panic::set_hook(Box::new(|panic| {
        let detail = CustomEventInit::new();
        detail.set_detail(&JsValue::from_str(&panic.to_string()));
        let event = CustomEvent::new_with_event_init_dict("rollwatch-crash", &detail);
        if let (Some(window), Ok(event)) = (web_sys::window(), event) {
            let _ = window.dispatch_event(&event);
        }
    }));
}
