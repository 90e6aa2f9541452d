//! The simulated clouds against the vendors' own clients, unmodified: what they send is accepted, what they are
//! told they read, and what should be refused is refused in words that they know as the vendor's.
//!
//! `cargo xtask conformance` installs the clients and says where they are. They run as programs of their own, in
//! real time, each against one region of one vendor on a loopback address.
//!
//! `cfg(test)` marks the modules for clippy, which lets tests panic but not the functions beside them.
#![cfg(not(target_arch = "wasm32"))]

#[cfg(test)]
mod client;
#[cfg(test)]
mod hologres;
#[cfg(test)]
mod huawei;
#[cfg(test)]
mod naver;
#[cfg(test)]
mod vendor;
