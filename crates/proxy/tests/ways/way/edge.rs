//! The worker for a CDN's edge, under workerd.

use std::time::Duration;

use super::{HOST, PAGE};
use crate::support::{Vendor, Worker, Workerd};

pub fn start(vendor: &Vendor, patience: Duration) -> Workerd {
    let bindings = format!(
        r#"(name = "ALLOW_ORIGIN", json = "[\"{PAGE}\"]"), (name = "HOSTS", text = "localhost 127.0.0.1 {HOST}")"#
    );
    Workerd::start(vendor, &Worker { bindings: &bindings, services: "", policy: None, patience })
}
