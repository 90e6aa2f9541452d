//! What only nginx has to do under the configuration that is written for it: limits, errors of its own, what a
//! vendor could tell it, and its log. What it has to do as the other ways do is in `tests/ways`.
//!
//! `cfg(test)` marks the modules for clippy, which lets tests panic but not the functions beside them.

#[cfg(test)]
mod itself;
#[cfg(test)]
mod shedding;
#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;
#[cfg(test)]
mod vendors;
