//! The program of this crate, as a router in this process.

use super::{HOST, PAGE};
use crate::support::{Proxy, Vendor};

pub async fn start(vendor: &Vendor, quick: bool) -> Proxy {
    let change = |config: &mut rollwatch_proxy::Config| {
        config.allowed_origins.push(PAGE.to_owned());
        config.allowed_hosts.push(HOST.to_owned());
    };
    if quick { Proxy::before_quickly(vendor, change).await } else { Proxy::before(vendor, change).await }
}
