//! What the worker does beyond the suite of all ways to run the proxy, under workerd: its settings, its failures,
//! the page beside it, long answers, and clients that go away.
//!
//! `cfg(test)` marks the modules for clippy, which lets tests panic but not the functions beside them.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod itself;
#[cfg(test)]
mod places;
#[cfg(test)]
#[path = "../../../proxy/tests/support/mod.rs"]
mod support;

#[cfg(test)]
use support::{Vendor, Worker, Workerd};

/// Settings that fit.
#[cfg(test)]
const GOOD: &str =
    r#"(name = "ALLOW_ORIGIN", text = "https://watch.example"), (name = "HOSTS", text = "127.0.0.1")"#;

/// A worker with settings that fit, and otherwise as it is deployed.
#[cfg(test)]
const PLAIN: Worker<'static> =
    Worker { bindings: GOOD, services: "", policy: None, patience: std::time::Duration::from_secs(20) };

#[cfg(test)]
fn before(vendor: &Vendor) -> Workerd {
    Workerd::start(vendor, &PLAIN)
}
