//! Thin wrappers over what the browser offers. They decide nothing: whatever can be decided without a browser
//! is decided in the core, where a test can reach it. Only this folder names `web-sys`, `js-sys`, `gloo` and `idb`.
//!
//! Nothing here panics when the browser lacks something: a page without storage or clipboard still watches.

pub mod channel;
pub mod clipboard;
pub mod clock;
pub mod crash;
pub mod crypto;
pub mod database;
pub mod document;
pub mod erase;
pub mod fetch;
pub mod file;
pub mod focus;
pub mod keyboard;
mod listener;
pub mod location;
pub mod locks;
pub mod number;
pub mod permission;
pub mod pointer;
pub mod policy;
pub mod random;
pub mod storage;
pub mod task;
pub mod text;
pub mod visibility;

pub use listener::Listener;
