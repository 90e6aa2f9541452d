//! The whole road in one process, without a browser: a request is built, signed, sent through the real proxy to
//! the simulated clouds, understood, judged and put into words, on a clock that only the test moves.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod estimates;
mod failures;
mod fleet;
mod golden_cards;
#[path = "../../crates/core/tests/decode_golden/scenario.rs"]
mod scenario;
mod secrets;
mod stories;
mod text;
mod upgrade;
mod watcher;
mod world;
