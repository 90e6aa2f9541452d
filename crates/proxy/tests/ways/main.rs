//! What every way to run the proxy has to do, asked over real sockets: the program of this crate, nginx with the
//! configuration that `cargo xtask proxy --for nginx` writes, and the worker for a CDN's edge under workerd.
//!
//! `ROLLWATCH_WAY` chooses the way: `program`, which is the default, `nginx` or `edge`. `cargo xtask test` runs
//! all three. Where a way cannot do the same, `way/mod.rs` says so, and what it does instead.
//!
//! `cfg(test)` marks the modules for clippy, which lets tests panic but not the functions beside them.

#[cfg(test)]
mod battery;
#[cfg(test)]
mod cors;
#[cfg(test)]
mod forwarding;
#[cfg(test)]
mod refusals;
#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;
#[cfg(test)]
mod way;
