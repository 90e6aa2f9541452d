//! Connections to vendors: over TLS, and only to addresses that were judged.

use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::http::Uri;
use hyper_rustls::{ConfigBuilderExt, HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};
use tokio::net::TcpStream;
use tower_service::Service;

use super::is_public;
use super::lookup::{Lookup, Resolver};

/// What a client makes connections to vendors with.
pub(crate) type VendorConnector = HttpsConnector<JudgedConnector>;

/// What such a connection is.
pub(crate) type VendorStream = MaybeHttpsStream<TokioIo<TcpStream>>;

/// How many bytes of a vendor the system may hold that were not read yet. By itself it holds some megabytes, and a vendor
/// that sends without end would fill them for each connection. The longest answer passes through this in time where a
/// packet takes a quarter of a second to come back.
const WAITING_BYTES: usize = 128 * 1024;

/// How vendors are found and whom a connection trusts.
pub(crate) struct Egress {
    lookup: Lookup,
    may_connect: fn(IpAddr) -> bool,
    tls: ClientConfig,
    /// Whether vendors may be asked without TLS too.
    may_be_plain: bool,
}

impl Egress {
    /// Public addresses only, and the web's usual roots. Variables of the environment play no part, so no
    /// other proxy can be put in between by accident.
    pub(crate) fn public(lookup: Lookup) -> Self {
        let tls = trusting().with_webpki_roots().with_no_client_auth();
        Egress { lookup, may_connect: is_public, tls, may_be_plain: false }
    }

    /// Any address, and these roots: for vendors that live on this machine.
    pub(crate) fn anywhere(lookup: Lookup, roots: RootCertStore) -> Self {
        let tls = trusting().with_root_certificates(roots).with_no_client_auth();
        Egress { lookup, may_connect: |_| true, tls, may_be_plain: false }
    }

    /// Any address, with or without TLS: for what plays the vendors on this machine.
    pub(crate) fn plain() -> Self {
        Egress { may_be_plain: true, ..Egress::anywhere(Lookup::system(), RootCertStore::empty()) }
    }

    pub(crate) fn connector(self, connect_for: Duration) -> VendorConnector {
        let mut tcp = HttpConnector::new_with_resolver(Resolver::new(self.lookup, self.may_connect));
        tcp.set_connect_timeout(Some(connect_for));
        tcp.set_nodelay(true);
        tcp.set_recv_buffer_size(Some(WAITING_BYTES));
        // The connector under TLS sees https addresses.
        tcp.enforce_http(false);
        let judged = JudgedConnector { tcp, may_connect: self.may_connect };
        let builder = HttpsConnectorBuilder::new().with_tls_config(self.tls);
        let builder = if self.may_be_plain { builder.https_or_http() } else { builder.https_only() };
        builder.enable_http1().wrap_connector(judged)
    }
}

fn trusting() -> ConfigBuilder<ClientConfig, WantsVerifier> {
    // The call fails when a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    ClientConfig::builder()
}

/// Connects and looks at the socket before a byte is sent. Names are judged when they are looked up; this
/// also catches what was never looked up, and anything between the two.
#[derive(Clone)]
pub(crate) struct JudgedConnector {
    tcp: HttpConnector<Resolver>,
    may_connect: fn(IpAddr) -> bool,
}

type Error = Box<dyn std::error::Error + Send + Sync>;

impl Service<Uri> for JudgedConnector {
    type Response = TokioIo<TcpStream>;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let may_connect = self.may_connect;
        // An address in place of a name is connected to without any lookup.
        let written = to.host().and_then(|host| host.trim_matches(['[', ']']).parse::<IpAddr>().ok());
        if written.is_some_and(|address| !may_connect(address)) {
            return Box::pin(std::future::ready(Err(closed())));
        }
        let connecting = self.tcp.call(to);
        Box::pin(async move {
            let stream = connecting.await?;
            let peer = stream.inner().peer_addr()?;
            if may_connect(peer.ip()) { Ok(stream) } else { Err(closed()) }
        })
    }
}

fn closed() -> Error {
    io::Error::other("the address is not public").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::SocketAddr;
    use tokio::net::TcpListener;

    async fn refusal(connector: &mut VendorConnector, address: &str) -> String {
        let address: Uri = address.parse().expect("an address");
        let refused = connector.call(address).await.expect_err("nothing is connected to");
        let mut told = refused.to_string();
        let mut source = refused.source();
        while let Some(error) = source {
            told = format!("{told}: {error}");
            source = error.source();
        }
        told
    }

    fn vendors() -> VendorConnector {
        Egress::public(Lookup::system()).connector(Duration::from_secs(1))
    }

    #[tokio::test]
    async fn the_way_to_the_vendors_connects_to_public_addresses_only() {
        let told = refusal(&mut vendors(), "https://localhost/").await;
        assert!(told.contains("the name has no public address"), "{told}");
    }

    #[tokio::test]
    async fn the_way_to_the_vendors_is_encrypted_only() {
        let told = refusal(&mut vendors(), "http://localhost/").await;
        assert!(told.contains("unsupported scheme"), "{told}");
    }

    #[tokio::test]
    async fn an_address_in_place_of_a_name_is_judged_too() {
        for written in ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "[fe80::1]"] {
            let told = refusal(&mut vendors(), &format!("https://{written}/")).await;
            assert!(told.contains("the address is not public"), "{written}: {told}");
        }
    }

    /// The resolver of this connector lets everything pass, so only the look at the socket is left.
    #[tokio::test]
    async fn the_socket_is_judged_whatever_the_lookup_said() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let at: SocketAddr = listener.local_addr().expect("bound");
        let careless = Resolver::new(Lookup::new(move |_| async move { Ok(vec![at]) }), |_| true);
        let mut tcp = HttpConnector::new_with_resolver(careless);
        tcp.enforce_http(false);
        let mut judged = JudgedConnector { tcp, may_connect: is_public };
        let refused = judged.call(Uri::from_static("https://vendor.example/")).await.expect_err("loopback");
        assert_eq!(refused.to_string(), "the address is not public");
        let (mut heard, _) = listener.accept().await.expect("it was connected to");
        let mut bytes = Vec::new();
        tokio::io::AsyncReadExt::read_to_end(&mut heard, &mut bytes).await.expect("it was closed");
        assert_eq!(bytes, b"");
    }
}
