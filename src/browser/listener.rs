//! Event listeners that end when they are dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// A listener on some target. It stops listening when it is dropped.
#[must_use = "a listener that is dropped hears nothing"]
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    pub(super) fn new(
        target: impl Into<EventTarget>,
        name: &'static str,
        heard: impl FnMut(Event) + 'static,
    ) -> Self {
        let target = target.into();
        let closure = Closure::new(heard);
        // The browser refuses no listener that has a name and a function.
        let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        Listener { target, name, closure }
    }

    /// Listens on the window, for as long as it is kept. `None` outside a window.
    pub(super) fn on_window(name: &'static str, heard: impl FnMut(Event) + 'static) -> Option<Self> {
        Some(Listener::new(web_sys::window()?, name, heard))
    }

    /// Keeps listening until the page ends.
    pub fn keep(self) {
        std::mem::forget(self);
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ =
            self.target.remove_event_listener_with_callback(self.name, self.closure.as_ref().unchecked_ref());
    }
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Listener({})", self.name)
    }
}
