//! What a proxy is told when it starts.

use std::borrow::Cow;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use axum::http::HeaderName;
use rollwatch_core::provider::Catalogue;
use rollwatch_policy::{ANSWER_BYTES, ANSWER_FOR, BODY_FOR, Budget, REQUEST_BYTES, Rules};
use rustls::pki_types::CertificateDer;

use crate::egress::Lookup;
use crate::log::Log;
use crate::metrics::Metrics;

/// Everything that one proxy needs to know. `Config::default()` forwards to the vendors, serves no files and
/// no foreign origin, and answers only to the names of this machine itself.
#[derive(Debug, Clone)]
pub struct Config {
    /// The endpoints that may be called.
    pub catalogue: Catalogue,
    /// Who answers for the endpoints' hosts.
    pub upstream: Upstream,
    /// Origins of pages, beside the proxy's own, that may read answers: `https://watch.example`, as a browser
    /// writes it, without a trailing slash.
    pub allowed_origins: Vec<String>,
    /// Host names that the proxy answers to, in lower case and without a port.
    pub allowed_hosts: Vec<String>,
    /// The folder of the built page; it goes before files that are a part of the program. Without either only
    /// calls are answered.
    pub app_dir: Option<PathBuf>,
    /// The built page, where it is a part of the program.
    pub embedded: Option<Embedded>,
    /// Served at `/config.json` in place of the page's own file.
    pub config_json: Option<String>,
    /// Origins beside its own that the served page may connect to.
    pub connect_src: Vec<String>,
    pub limits: Limits,
    /// The header in which a trusted front names the client, such as `x-forwarded-for`: its last address
    /// counts. Without it, the other end of the connection is the client.
    pub client_header: Option<HeaderName>,
    /// Where the line about each request goes.
    pub log: Log,
    /// What counts the calls.
    pub metrics: Metrics,
    /// Whether `/metrics` is answered beside the calls.
    pub serves_metrics: bool,
    /// Whether the page is only served over TLS, so that browsers may be told to come that way for good.
    pub serves_tls: bool,
}

/// Finds a file of the page by its path, such as `icons/icon.svg` or `index.html.br`.
pub type Embedded = fn(&str) -> Option<Cow<'static, [u8]>>;

/// Who answers for the endpoints' hosts.
#[derive(Debug, Clone)]
pub enum Upstream {
    /// The vendors, over HTTPS, at public addresses only.
    Vendors,
    /// The same, but this finds their addresses. What it finds is judged like every other answer.
    Named(Lookup),
    /// One plain-HTTP address that plays every vendor; the Host header is still the vendor's.
    Fixed(SocketAddr),
    /// The same over TLS, with a certificate for which this one vouches and no other.
    Secured(SocketAddr, CertificateDer<'static>),
}

/// How much one request may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The longest body of a request, in bytes.
    pub request_bytes: usize,
    /// The longest body of an answer, in bytes.
    pub answer_bytes: usize,
    /// How long the TCP connection to a vendor may take.
    pub connect_for: Duration,
    /// How long the page may take to send its body.
    pub body_for: Duration,
    /// How long the vendor may take from the connection to the last byte of its answer.
    pub answer_for: Duration,
    /// What one client may take: an address, or a network of 64 bits of IPv6.
    pub client: Budget,
    /// What all clients together may take of one host.
    pub host: Budget,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            catalogue: Catalogue::built_in(),
            upstream: Upstream::Vendors,
            allowed_origins: Vec::new(),
            allowed_hosts: ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).to_vec(),
            app_dir: None,
            embedded: None,
            config_json: None,
            connect_src: Vec::new(),
            limits: Limits::default(),
            client_header: None,
            log: Log::stderr(),
            metrics: Metrics::default(),
            serves_metrics: false,
            serves_tls: false,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            request_bytes: REQUEST_BYTES,
            answer_bytes: ANSWER_BYTES,
            connect_for: Duration::from_secs(5),
            body_for: BODY_FOR,
            answer_for: ANSWER_FOR,
            client: Budget::CLIENT,
            host: Budget::HOST,
        }
    }
}

impl Config {
    /// The part of it that decides who may call what.
    pub(crate) fn rules(&self) -> Rules {
        Rules {
            catalogue: self.catalogue.clone(),
            allowed_origins: self.allowed_origins.clone(),
            allowed_hosts: self.allowed_hosts.clone(),
            connect_src: self.connect_src.clone(),
            request_bytes: self.limits.request_bytes,
        }
    }
}
