//! The options of the program.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use axum::http::HeaderName;
use clap::Parser;
use rollwatch_policy::{host, origin};
use rollwatch_proxy::{Budget, Connections, Limits};

/// Where metrics are served, unless an option says otherwise: on this machine only.
const METRICS: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8788);

/// Forwards the read-only calls of Rollwatch's page to the clouds, and serves the page.
#[derive(Debug, Parser)]
#[command(name = "rollwatch-proxy", version)]
pub struct Options {
    /// Address and port to listen on.
    #[arg(long, default_value = "127.0.0.1:8787", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,
    /// Origin of a page, beside the proxy's own, that may use the proxy; may be repeated.
    #[arg(long, value_name = "URL", value_parser = origin)]
    pub allow_origin: Vec<String>,
    /// Host name under which the proxy is reached, beside this machine's own; may be repeated.
    #[arg(long, value_name = "NAME", value_parser = host)]
    pub host: Vec<String>,
    /// Folder of the built page to serve, in place of the page that a program built by `cargo xtask binary` holds.
    #[arg(long, value_name = "DIR")]
    pub app: Option<PathBuf>,
    /// Answers over TLS, with the certificates in this PEM file: the proxy's own first, then those that signed it.
    /// SIGHUP reads it again.
    #[arg(long, value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// The private key of that certificate, a PEM file without a password.
    #[arg(long, value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// Asks the proxy that listens there already whether it is well, and ends with 0 or, with a sentence, 1.
    #[arg(long)]
    pub health: bool,
    /// File with further regions: `{"regions": […]}`, as in the page's config.json.
    #[arg(long, value_name = "FILE")]
    pub regions: Option<PathBuf>,
    /// Where Prometheus finds /metrics: an address and port, `here` for beside the calls, or `off`.
    /// [default: 127.0.0.1:8788, where that is free]
    #[arg(long, value_name = "WHERE", value_parser = metrics)]
    pub metrics: Option<Metrics>,
    /// Header in which the front before this proxy names the client, such as x-forwarded-for. Give it only
    /// where every request comes through that front: else clients choose their names themselves.
    #[arg(long, value_name = "HEADER")]
    pub client_header: Option<HeaderName>,
    /// Calls that one client, an address or an IPv6 network of 64 bits, may have on their way at once; one
    /// host of a cloud gets no more of them than are still free.
    #[arg(long, value_name = "N", default_value_t = Limits::default().client.at_once)]
    pub client_at_once: u32,
    /// Calls that one client may begin in a minute.
    #[arg(long, value_name = "N", default_value_t = Limits::default().client.per_minute)]
    pub client_per_minute: u32,
    /// Calls that all clients may have on their way to one host of a cloud at once.
    #[arg(long, value_name = "N", default_value_t = Limits::default().host.at_once)]
    pub host_at_once: u32,
    /// Calls that all clients may begin to one host of a cloud in a minute.
    #[arg(long, value_name = "N", default_value_t = Limits::default().host.per_minute)]
    pub host_per_minute: u32,
    /// Connections that may be open at once, as far as the system's limit of open files allows.
    #[arg(long, value_name = "N", default_value_t = Connections::default().open)]
    pub connections: usize,
    /// Threads that answer. One carries more than ten thousand calls a second and takes the least for each.
    #[arg(long, value_name = "N", default_value_t = NonZeroUsize::MIN)]
    pub threads: NonZeroUsize,
}

/// Where metrics are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metrics {
    At(SocketAddr),
    Here,
    Off,
}

impl Options {
    /// The files of certificate and key, where TLS is wished.
    pub fn tls(&self) -> Result<Option<(&Path, &Path)>, String> {
        match (&self.tls_cert, &self.tls_key) {
            (Some(cert), Some(key)) => Ok(Some((cert, key))),
            (None, None) => Ok(None),
            (Some(_), None) => Err("TLS needs a key too: name its file with --tls-key.".to_owned()),
            (None, Some(_)) => Err("TLS needs a certificate too: name its file with --tls-cert.".to_owned()),
        }
    }

    /// Where metrics are served, and whether someone wished it so.
    pub fn metrics(&self) -> (Metrics, bool) {
        (self.metrics.unwrap_or(Metrics::At(METRICS)), self.metrics.is_some())
    }

    pub fn limits(&self) -> Limits {
        Limits {
            client: Budget { at_once: self.client_at_once, per_minute: self.client_per_minute },
            host: Budget { at_once: self.host_at_once, per_minute: self.host_per_minute },
            ..Limits::default()
        }
    }

    /// The limits of connections, where the process may have so many files open. A part of those is left for
    /// connections to the clouds and for the page's files: a connection that is accepted must be served.
    pub fn connections(&self, files: usize) -> Connections {
        let usual = Connections::default();
        let open = self.connections.min(files - (files / 4).max(32).min(files / 2)).max(1);
        // Behind a front, every connection is the front's. Without one, no client gets more than half of all.
        let shared = usual.of_client.min(open / 2).max(1);
        let of_client = if self.client_header.is_some() { open } else { shared };
        Connections { open, of_client, ..usual }
    }
}

fn metrics(text: &str) -> Result<Metrics, String> {
    match text {
        "here" => Ok(Metrics::Here),
        "off" => Ok(Metrics::Off),
        _ => text.parse().map(Metrics::At).map_err(|_| {
            "give an address with a port such as 127.0.0.1:8788, or `here`, or `off`".to_owned()
        }),
    }
}
