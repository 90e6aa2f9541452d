//! Whether somebody can see the page, and whether the network is there.

use web_sys::VisibilityState;

use super::Listener;

/// Whether the tab is in the background or its window minimised.
pub fn is_hidden() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_some_and(|document| document.visibility_state() == VisibilityState::Hidden)
}

/// Calls with `true` when the page becomes hidden and with `false` when it is seen again.
pub fn on_change(mut changed: impl FnMut(bool) + 'static) -> Option<Listener> {
    let document = web_sys::window()?.document()?;
    Some(Listener::new(document, "visibilitychange", move |_| changed(is_hidden())))
}

/// Calls when the page goes away: it is closed, left or put aside by the browser.
pub fn on_leave(mut leaving: impl FnMut() + 'static) -> Option<Listener> {
    Listener::on_window("pagehide", move |_| leaving())
}

/// Calls when the browser finds the network again.
pub fn on_online(mut back: impl FnMut() + 'static) -> Option<Listener> {
    Listener::on_window("online", move |_| back())
}

/// Whether the browser knows that there is no network.
pub fn is_offline() -> bool {
    web_sys::window().is_some_and(|window| !window.navigator().on_line())
}
