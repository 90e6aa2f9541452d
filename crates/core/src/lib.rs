//! What Rollwatch knows, without a browser: how each vendor is asked and understood, how requests are
//! signed, what the answers mean over time, and how that is said to a person.
//!
//! Everything here is a pure function of its arguments. There is no I/O, no clock and no randomness:
//! `now`, `nonce` and `jitter` are arguments, so every part runs natively under a test that chose them.
//! ARCHITECTURE.md holds the map and the allowed imports between these modules.

pub mod assess;
pub mod doctor;
pub mod error;
pub mod http;
pub mod json;
pub mod link;
pub mod model;
pub mod poll;
pub mod provider;
pub mod record;
pub mod sign;
pub mod timeline;
pub mod vault;
pub mod view;
