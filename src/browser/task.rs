//! Work that goes on beside the page.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

/// Runs a future to its end.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}

/// Waits for a future, but no longer than so many milliseconds of real time; `None` when it took longer.
pub async fn within<T>(millis: u64, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut limit = pin!(gloo_timers::future::sleep(Duration::from_millis(millis)));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(result) => Poll::Ready(Some(result)),
        Poll::Pending => limit.as_mut().poll(context).map(|()| None),
    })
    .await
}

/// Lets so many milliseconds of real time pass.
pub async fn pause(millis: u64) {
    gloo_timers::future::sleep(Duration::from_millis(millis)).await;
}
