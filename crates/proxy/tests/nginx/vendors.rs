//! Vendors over TLS, and their names: whom nginx believes, and what a name without an answer costs.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use rollwatch_policy::nginx::Upstream;
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, UdpSocket};
use tokio_rustls::TlsAcceptor;

use crate::support::{CSS, HOLO, HOLO_ACTION, Nginx, SES};

/// The hosts of the calls that are made here.
const HOSTS: [&str; 2] = ["vpcsearchengine.apigw.ntruss.com", "css.cn-north-4.myhuaweicloud.com"];

type Paper = CertifiedKey<KeyPair>;

/// A certificate that vouches for itself.
fn paper(names: &[&str]) -> Paper {
    let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
    generate_simple_self_signed(names).expect("a certificate")
}

/// A vendor that shows this paper and answers every call; tells its address and counts what it hears.
async fn vendor(paper: &Paper) -> (SocketAddr, Arc<AtomicUsize>) {
    let key = PrivatePkcs8KeyDer::from(paper.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![paper.cert.der().clone()], key.into())
        .expect("a certificate with its key");
    let (acceptor, listener) =
        (TlsAcceptor::from(Arc::new(config)), TcpListener::bind("127.0.0.1:0").await.expect("a free port"));
    let at = listener.local_addr().expect("bound");
    let heard = Arc::new(AtomicUsize::new(0));
    let hearing = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, hearing) = (acceptor.clone(), Arc::clone(&hearing));
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                while !matches!(stream.read(&mut [0; 4096]).await, Ok(0) | Err(_)) {
                    hearing.fetch_add(1, Ordering::SeqCst);
                    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await;
                }
            });
        }
    });
    (at, heard)
}

/// A name server that knows every name as one of this machine, and fails for those that hold `failing`.
async fn name_server(failing: &'static str) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a free port");
    let at = socket.local_addr().expect("bound");
    tokio::spawn(async move {
        let mut query = [0; 512];
        while let Ok((length, from)) = socket.recv_from(&mut query).await {
            let query = &query[..length];
            let fails =
                !failing.is_empty() && query.windows(failing.len()).any(|part| part == failing.as_bytes());
            // The query with the flags of an answer, or of a server that failed; then an A record for its name.
            let mut answer = query.to_vec();
            answer[2..8].copy_from_slice(if fails {
                &[0x81, 0x82, 0, 1, 0, 0]
            } else {
                &[0x81, 0x80, 0, 1, 0, 1]
            });
            if !fails {
                answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]);
            }
            let _ = socket.send_to(&answer, from).await;
        }
    });
    at
}

/// nginx before vendors over TLS, as it is written but for the port of HTTPS. It trusts this paper alone.
async fn nginx(vendor: SocketAddr, resolver: SocketAddr, trusted: &Paper, test: &str) -> Nginx {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}-{}.pem", std::process::id()));
    std::fs::write(&file, trusted.cert.pem()).expect("a file");
    let upstream = Upstream::Vendors {
        resolver: resolver.to_string(),
        ipv6: false,
        authorities: file.display().to_string(),
    };
    let (usual, ours) = ("proxy_pass https://$rw_host$rw_target;", vendor.port());
    let edit = |text: String| {
        assert_eq!(text.matches(usual).count(), 2, "one for each place");
        text.replace(usual, &format!("proxy_pass https://$rw_host:{ours}$rw_target;"))
    };
    Nginx::start(upstream, |_, _| (), edit).await
}

#[tokio::test]
async fn a_vendor_whose_certificate_is_trusted_and_names_it_is_asked() {
    let good = paper(&HOSTS);
    let (vendor, heard) = vendor(&good).await;
    let proxy = nginx(vendor, name_server("").await, &good, "trusted").await;
    assert_eq!(proxy.ask("POST", SES, "", "{}").await.status, 200, "{}", proxy.read("error.log"));
    assert_eq!(heard.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_vendor_with_another_certificate_hears_nothing() {
    let (good, other) = (paper(&HOSTS), paper(&["evil.example"]));
    for (shown, trusted, fault) in
        [(&good, &other, "nobody-vouches-for-it"), (&other, &other, "it-names-another")]
    {
        let (vendor, heard) = vendor(shown).await;
        let proxy = nginx(vendor, name_server("").await, trusted, fault).await;
        let answer = proxy.ask("POST", SES, "", "{}").await;
        assert_eq!((answer.status, answer.reason()), (502, Some("vendor-unreachable")), "{fault}");
        assert_eq!(heard.load(Ordering::SeqCst), 0, "{fault}");
    }
}

#[tokio::test]
async fn a_name_server_that_fails_for_one_vendor_costs_no_other_vendor() {
    let good = paper(&HOSTS);
    let (vendor, heard) = vendor(&good).await;
    let proxy = nginx(vendor, name_server("hologram").await, &good, "names").await;
    let failing = join_all((0..20).map(|_| proxy.ask("GET", HOLO, HOLO_ACTION, "")));
    let others = async {
        for _ in 0..10 {
            assert_eq!(proxy.ask("POST", SES, "", "{}").await.status, 200);
            assert_eq!(proxy.ask("GET", CSS, "", "").await.status, 200);
        }
    };
    let (failing, ()) = tokio::join!(failing, others);
    assert!(failing.iter().all(|answer| answer.reason() == Some("vendor-unreachable")));
    assert_eq!(heard.load(Ordering::SeqCst), 20);
}
