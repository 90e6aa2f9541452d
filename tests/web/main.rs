//! Components in a real document: what they show of a view, and what they leave alone.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod card;
mod chart;
mod checks;
mod clocks;
mod database;
mod document;
mod finding;
mod hostile;
mod keys;
mod locking;
mod recorder;
mod replay;
mod route;
mod slow;
mod storage;
mod tabs;
mod typed;
mod vault;
mod vendor;
mod views;
mod waiting;
mod zones;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
