//! The page's clock. In the demo it runs from another instant and at another speed than the machine's.

use std::cell::Cell;
use std::time::Duration;

use js_sys::Date;
use rollwatch_core::model::{Span, Timestamp};
use wasm_bindgen::JsValue;

/// No sleep is shorter than this in real time, whatever the demo's speed: the page must stay usable.
const SHORTEST_SLEEP_MS: f64 = 50.0;

/// Browsers keep a timer's length in 32 bits and fire at once when it does not fit.
const LONGEST_SLEEP_MS: f64 = i32::MAX as f64;

#[derive(Clone, Copy)]
struct Demo {
    /// The machine's clock when the demo's clock was set, in milliseconds.
    set_at: f64,
    /// What the demo's clock said then.
    showed: f64,
    speed: f64,
}

thread_local! {
    static DEMO: Cell<Option<Demo>> = const { Cell::new(None) };
}

/// The current instant on the page's clock.
pub fn now() -> Timestamp {
    let real = Date::now();
    let shown = DEMO.get().map_or(real, |demo| demo.showed + (real - demo.set_at) * demo.speed);
    Timestamp::from_millis(shown as i64)
}

/// The current instant on the machine's clock, which a demo does not speed up.
pub fn machine() -> Timestamp {
    Timestamp::from_millis(Date::now() as i64)
}

/// Lets the page's clock run from `now_ms` (milliseconds since 1970) at `speed` times the usual pace.
pub fn set_demo_clock(now_ms: f64, speed: f64) {
    let speed = if speed.is_finite() && speed > 0.0 { speed } else { 1.0 };
    DEMO.set(Some(Demo { set_at: Date::now(), showed: now_ms, speed }));
}

/// How many of the page's seconds pass in a real one.
pub fn speed() -> f64 {
    DEMO.get().map_or(1.0, |demo| demo.speed)
}

/// Waits until `span` has passed on the page's clock. Browsers may wake a hidden page up to a minute late.
pub async fn sleep(span: Span) {
    let real = span.as_millis() as f64 / speed();
    let real = real.clamp(SHORTEST_SLEEP_MS, LONGEST_SLEEP_MS);
    gloo_timers::future::sleep(Duration::from_millis(real as u64)).await;
}

/// The viewer's offset from UTC at an instant, in seconds to the east.
pub fn utc_offset(at: Timestamp) -> i32 {
    let date = Date::new(&JsValue::from_f64(at.as_millis() as f64));
    // The browser counts minutes to the west; an invalid date gives NaN, which becomes 0.
    -(date.get_timezone_offset() * 60.0) as i32
}
