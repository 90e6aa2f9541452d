//! Short texts between the tabs of this page in one browser.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::Listener;

/// A channel of a name. Every other tab that has it open hears what is posted; this one does not. It closes when
/// it is dropped.
#[derive(Debug)]
pub struct Channel {
    inner: BroadcastChannel,
    _heard: Listener,
}

impl Channel {
    /// Opens a channel and calls with each text that another tab posts. What is no text is passed over. `None`
    /// where the browser has no channels.
    pub fn open(name: &str, mut on_text: impl FnMut(String) + 'static) -> Option<Self> {
        let inner = BroadcastChannel::new(name).ok()?;
        let heard = Listener::new(inner.clone(), "message", move |event| {
            if let Some(text) = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string()) {
                on_text(text);
            }
        });
        Some(Channel { inner, _heard: heard })
    }

    pub fn post(&self, text: &str) {
        // A text can always be sent while the channel is open.
        let _ = self.inner.post_message(&JsValue::from_str(text));
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.inner.close();
    }
}
