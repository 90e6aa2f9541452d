//! nginx with the configuration that is written for it.

use std::time::Duration;

use super::{HOST, PAGE};
use crate::support::{Nginx, Vendor};

pub async fn start(vendor: &Vendor, quick: bool) -> Nginx {
    Nginx::before(vendor, |rules, nginx| {
        rules.allowed_origins.push(PAGE.to_owned());
        rules.allowed_hosts.push(HOST.to_owned());
        if quick {
            let soon = Duration::from_millis(50);
            // Most attempts leave it to nginx to end the connection.
            nginx.times.idle_for = Duration::from_millis(10);
            nginx.times.head_for = soon;
            (nginx.times.body_for, nginx.times.answer_for) = (soon, soon);
        }
    })
    .await
}
