//! Locks by name between the tabs of this page in one browser.
//! <https://developer.mozilla.org/docs/Web/API/Web_Locks_API>

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::task;

#[wasm_bindgen]
extern "C" {
    /// What is used of `navigator.locks`, which web-sys has as an unstable API only.
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &Object,
        granted: &Function,
    ) -> Result<Promise, JsValue>;
}

/// A lock that this tab holds, until this is dropped or the tab ends.
#[derive(Debug)]
#[must_use = "a lease that is dropped is given back"]
pub struct Lease {
    /// Gives the lock back; `None` for a lease that no other tab knows of.
    release: Option<Function>,
}

impl Lease {
    /// Whether no other tab can hold a lease of this name. Where the browser has no locks, as on a page that did
    /// not come securely, every tab is given a lease at once, and the tabs cannot agree.
    pub fn is_exclusive(&self) -> bool {
        self.release.is_some()
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        settle(self.release.take());
    }
}

/// Waits for the lock of this name. Whoever drops the future leaves the queue.
pub async fn hold(name: &str) -> Lease {
    let (given, on_given) = pending();
    let Some(place) = Place::in_queue(name, on_given) else { return Lease { release: None } };
    // Nothing makes this promise fail.
    let _ = JsFuture::from(given).await;
    place.into_lease()
}

/// Somebody's place in the queue for a lock.
struct Place {
    abort: AbortController,
    /// What gives the lock back, once it was given.
    release: Rc<RefCell<Option<Function>>>,
}

impl Place {
    /// `None` where there are no locks. `on_given` is called when the lock is given, and when it cannot be.
    fn in_queue(name: &str, on_given: Option<Function>) -> Option<Place> {
        let manager = manager()?;
        let place = Place { abort: AbortController::new().ok()?, release: Rc::default() };
        let options = Object::new();
        Reflect::set(&options, &"signal".into(), &place.abort.signal()).ok()?;
        let (kept, told) = (Rc::downgrade(&place.release), on_given.clone());
        let granted = Closure::once_into_js(move |_lock: JsValue| held_by(&kept, told));
        let request = manager.request(name, &options, granted.unchecked_ref()).ok()?;
        // The browser would report a failure that nobody takes, such as that of a place that was left.
        task::spawn(async move {
            if JsFuture::from(request).await.is_err() {
                settle(on_given);
            }
        });
        Some(place)
    }

    fn into_lease(self) -> Lease {
        Lease { release: self.release.take() }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // This changes nothing for a lock that was given.
        self.abort.abort();
        settle(self.release.take());
    }
}

/// What the browser waits for before it gives the lock to the next: at once, if nobody is there any more.
fn held_by(kept: &Weak<RefCell<Option<Function>>>, told: Option<Function>) -> Promise {
    let (held, release) = pending();
    match kept.upgrade() {
        Some(kept) => {
            kept.replace(release);
        }
        None => settle(release),
    }
    settle(told);
    held
}

fn manager() -> Option<LockManager> {
    let navigator = web_sys::window()?.navigator();
    let manager = Reflect::get(&navigator, &"locks".into()).ok()?;
    manager.is_object().then(|| manager.unchecked_into())
}

/// A promise and what settles it.
fn pending() -> (Promise, Option<Function>) {
    let mut resolve = None;
    let promise = Promise::new(&mut |settle, _| resolve = Some(settle));
    (promise, resolve)
}

fn settle(resolve: Option<Function>) {
    if let Some(resolve) = resolve {
        let _ = resolve.call0(&JsValue::UNDEFINED);
    }
}
