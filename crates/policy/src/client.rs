//! Whose request it is, where a front before the proxy says so.

use std::net::{IpAddr, SocketAddr};

use ::http::{HeaderMap, HeaderName};

/// The last address that a header names. A front adds what it has seen itself at the end; everything before
/// that may have been written by the client.
pub fn named(headers: &HeaderMap, name: &HeaderName) -> Option<IpAddr> {
    let last = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    let last = last.rsplit(',').next()?.trim();
    let plain = last.trim_start_matches('[').trim_end_matches(']').parse();
    plain.ok().or_else(|| last.parse::<SocketAddr>().ok().map(|at| at.ip()))
}
