//! Work that goes on beside the page.

use std::future::Future;

/// Runs a future to its end.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}
