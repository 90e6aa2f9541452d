//! The same rules as a configuration of nginx, 1.22 or newer, that forwards as the program does.
//!
//! nginx decides by `map`: each decision is a table over the bytes of the request line and of single headers,
//! and its default refuses. What its own parser makes of an address, with dots and escapes resolved, decides
//! nothing. What passes is handed on to an internal address, `/-/get` or `/-/post`; what does not, to one that
//! answers with the reason.
//!
//! Pages: <https://nginx.org/en/docs/http/ngx_http_map_module.html> and, beside it, `ngx_http_proxy_module`,
//! `ngx_http_limit_conn_module`, `ngx_http_limit_req_module` and `ngx_http_core_module`.

mod answer;
mod call;
mod decision;
mod head;
mod log;
mod server;
mod text;

use std::net::SocketAddr;
use std::time::Duration;

use crate::{ANSWER_FOR, BODY_FOR, Budget, Rules};

/// What is particular to nginx.
#[derive(Debug, Clone)]
pub struct Nginx {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The files of its certificate; without them it speaks plain HTTP, to a front that adds TLS.
    pub certificate: Option<Certificate>,
    pub upstream: Upstream,
    /// The file of the line about each request.
    pub access_log: String,
    /// What one client may take.
    pub client: Budget,
    /// What all clients together may take of one host.
    pub host: Budget,
    pub times: Times,
}

/// How long nginx waits between two reads or writes.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// For the head of a request, as a whole.
    pub head_for: Duration,
    /// For another request on the same connection.
    pub idle_for: Duration,
    /// For more of a request's body.
    pub body_for: Duration,
    /// For the connection to a vendor.
    pub connect_for: Duration,
    /// For more of a vendor's answer.
    pub answer_for: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Times {
            head_for: Duration::from_secs(10),
            idle_for: Duration::from_secs(75),
            body_for: BODY_FOR,
            connect_for: Duration::from_secs(5),
            answer_for: ANSWER_FOR,
        }
    }
}

/// Files that nginx reads when it starts.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// The certificate with those between it and a known authority.
    pub chain: String,
    pub key: String,
}

/// Who answers for the endpoints' hosts.
#[derive(Debug, Clone)]
pub enum Upstream {
    /// The vendors, over HTTPS.
    ///
    /// Their names are looked up while nginx runs, each for as long as its DNS record allows. The other way,
    /// an `upstream` block with kept connections, looks names up once, when nginx starts: the gateways of the
    /// vendors move, and then every call would fail until someone reloads it. The price is a connection and a
    /// TLS session for each call.
    Vendors {
        /// Addresses of DNS servers, separated by spaces; nginx does not read the system's own list.
        resolver: String,
        /// Whether IPv6 addresses are looked up too. A call goes to one address and is not tried at a second,
        /// so a machine without a way into IPv6 must not be given such addresses.
        ipv6: bool,
        /// The file with the certificates of the authorities that are trusted.
        authorities: String,
    },
    /// One plain-HTTP address that plays every vendor; the Host header is still the vendor's.
    Fixed(SocketAddr),
}

/// The configuration, to be included in nginx's `http` block.
///
/// # Errors
/// When a text of the operator cannot stand in a configuration; the sentence names it and says what to change.
pub fn configuration(rules: &Rules, nginx: &Nginx) -> Result<String, String> {
    let written = [&nginx.access_log];
    let certificate = nginx.certificate.iter().flat_map(|files| [&files.chain, &files.key]);
    let upstream = match &nginx.upstream {
        Upstream::Vendors { resolver, authorities, .. } => vec![resolver, authorities],
        Upstream::Fixed(_) => Vec::new(),
    };
    let listed = rules.allowed_origins.iter().chain(&rules.allowed_hosts).chain(&rules.connect_src);
    for text in written.into_iter().chain(certificate).chain(upstream).chain(listed) {
        text::check(text)?;
    }
    Ok([head::written(), decision::written(rules), server::written(rules, nginx)].join("\n"))
}

#[cfg(test)]
mod tests;
