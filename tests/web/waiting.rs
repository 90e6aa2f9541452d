//! Waiting for something to be so.

use rollwatch::browser::clock;
use rollwatch_core::model::Span;

/// Waits until something is so, for some seconds at most.
pub async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..100 {
        if is_so() {
            return;
        }
        clock::sleep(Span::millis(50)).await;
    }
    assert!(is_so(), "{what} never was so");
}
