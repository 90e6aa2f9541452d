//! The proxy over real sockets, between a client that writes bytes and an upstream that keeps them.
//!
//! `cfg(test)` marks the modules for clippy, which lets tests panic but not the functions beside them.

#[cfg(test)]
mod embedded;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod exhausted;
#[cfg(test)]
mod fair;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod files;
#[cfg(test)]
mod idle;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod log;
#[cfg(test)]
mod metrics;
#[cfg(test)]
mod process;
#[cfg(test)]
mod program;
#[cfg(test)]
mod running;
#[cfg(test)]
mod shedding;
#[cfg(test)]
mod streaming;
#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;
#[cfg(test)]
mod tls;
