//! Vendors behind TLS on this machine: who they say they are, and whether that is believed.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use rcgen::{CertificateParams, DistinguishedName, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;

use super::*;
use crate::config::Config;

const PATH: &str = "/api/v2/cluster/getRollingUpgradeProgress";
const NAME: &str = "vpcsearchengine.apigw.ntruss.com";

struct Paper {
    certificate: CertificateDer<'static>,
    key: KeyPair,
}

/// A certificate that vouches for itself.
fn paper(name: &str, change: impl FnOnce(&mut CertificateParams)) -> Paper {
    let key = KeyPair::generate().expect("a key");
    let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
    params.distinguished_name = DistinguishedName::new();
    change(&mut params);
    Paper { certificate: params.self_signed(&key).expect("signed").der().clone(), key }
}

/// A vendor that shows this paper and answers every call; tells its address.
async fn vendor(paper: &Paper) -> SocketAddr {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let key = PrivatePkcs8KeyDer::from(paper.key.serialize_der());
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![paper.certificate.clone()], key.into())
        .expect("a certificate with its key");
    let (acceptor, listener) =
        (TlsAcceptor::from(Arc::new(config)), TcpListener::bind("127.0.0.1:0").await.expect("a free port"));
    let at = listener.local_addr().expect("bound");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                while !matches!(stream.read(&mut [0; 4096]).await, Ok(0) | Err(_)) {
                    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await;
                }
            });
        }
    });
    at
}

/// Makes one call over these ways.
async fn ask(outbound: &Outbound) -> Result<u16, ProxyReason> {
    ask_at(outbound, "ncp_search_engine.public.KR", http::Method::Post, PATH).await
}

async fn ask_at(
    outbound: &Outbound,
    id: &str,
    method: http::Method,
    path: &'static str,
) -> Result<u16, ProxyReason> {
    match send_to(outbound, id, method, path).await {
        Ok(forwarded) => Ok(forwarded.response.status().as_u16()),
        Err(Failed::Refused(reason)) => Err(reason),
        Err(Failed::Shed(shed)) => panic!("{shed:?}"),
    }
}

async fn send_to(
    outbound: &Outbound,
    id: &str,
    method: http::Method,
    path: &'static str,
) -> Result<Forwarded, Failed> {
    let catalogue = Catalogue::built_in();
    let endpoint = catalogue.by_id(id).expect("in the table");
    let route = endpoint.route(method, path).expect("a route");
    let call = Call { endpoint, route, target: path, headers: axum::http::HeaderMap::new() };
    outbound.send(call, Body::from("{}"), Asker::Others).await
}

fn outbound(lookup: Lookup, roots: &[&Paper]) -> Outbound {
    let mut store = RootCertStore::empty();
    for paper in roots {
        store.add(paper.certificate.clone()).expect("a certificate");
    }
    let limits = Limits { answer_for: Duration::from_secs(5), ..Config::default().limits };
    let vendors = vendors(&Catalogue::built_in(), &Upstream::Named(lookup.clone()));
    Outbound::over(Egress::anywhere(lookup, store), vendors, limits)
}

fn at(address: SocketAddr) -> Lookup {
    Lookup::new(move |_| async move { Ok(vec![address]) })
}

#[tokio::test]
async fn a_vendor_whose_certificate_is_trusted_and_names_it_is_asked() {
    let good = paper(NAME, |_| ());
    let vendor = vendor(&good).await;
    assert_eq!(ask(&outbound(at(vendor), &[&good])).await, Ok(200));
}

#[tokio::test]
async fn a_vendor_with_another_certificate_hears_nothing() {
    let (good, other) = (paper(NAME, |_| ()), paper("evil.example", |_| ()));
    let old = paper(NAME, |params| params.not_after = date_time_ymd(2020, 1, 1));
    let early = paper(NAME, |params| params.not_before = date_time_ymd(4000, 1, 1));
    for (shown, trusted, fault) in [
        (&good, &other, "nobody vouches for it"),
        (&other, &other, "it names another"),
        (&old, &old, "it is over"),
        (&early, &early, "it has not begun"),
    ] {
        let vendor = vendor(shown).await;
        let answer = ask(&outbound(at(vendor), &[trusted])).await;
        assert_eq!(answer, Err(ProxyReason::VendorUnreachable), "{fault}");
    }
}

#[tokio::test]
async fn a_vendor_that_does_not_speak_tls_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("bound");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await;
        }
    });
    assert_eq!(ask(&outbound(at(address), &[])).await, Err(ProxyReason::VendorUnreachable));
}

/// A name server that fails for a while, and then does not.
#[tokio::test]
async fn a_name_that_is_not_found_is_asked_for_again_with_the_next_call() {
    let good = paper(NAME, |_| ());
    let vendor = vendor(&good).await;
    let asked = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let lookup = Lookup::new(move |_| {
        let nth = asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async move { if nth == 0 { Err(io::Error::other("no answer")) } else { Ok(vec![vendor]) } }
    });
    let outbound = outbound(lookup, &[&good]);
    assert_eq!(ask(&outbound).await, Err(ProxyReason::VendorUnreachable));
    assert_eq!(ask(&outbound).await, Ok(200));
}

/// One name is never found, another's server says nothing; a third is looked up and asked meanwhile.
#[tokio::test]
async fn names_that_lead_nowhere_cost_no_call_to_a_name_that_is_found() {
    let good = paper(NAME, |_| ());
    let vendor = vendor(&good).await;
    let lookup = Lookup::new(move |name| async move {
        match name.as_str() {
            NAME => Ok(vec![vendor]),
            silent if silent.contains("hologram") => std::future::pending().await,
            _ => Err(io::Error::other("no answer")),
        }
    });
    let outbound = outbound(lookup, &[&good]);
    let silent = "/api/v1/instances/hgx-1/upgrade/status";
    let silent = ask_at(&outbound, "alibaba_hologres.public.cn-hangzhou", http::Method::Get, silent);
    let unknown = || {
        let path = "/v1.0/p1/clusters/c1/upgrade/detail";
        ask_at(&outbound, "huawei_css.public.cn-north-4", http::Method::Get, path)
    };
    let others = async {
        let unknown = futures_util::future::join_all((0..20).map(|_| unknown()));
        let found = futures_util::future::join_all((0..20).map(|_| ask(&outbound)));
        let (unknown, found) = tokio::join!(unknown, found);
        assert_eq!(unknown, vec![Err(ProxyReason::VendorUnreachable); 20]);
        assert_eq!(found, vec![Ok(200); 20]);
    };
    tokio::select! {
        () = others => {}
        answer = silent => panic!("the name server never answers: {answer:?}"),
    }
}

/// A vendor that closes each connection when it has rested for a while, which it does not announce.
#[tokio::test]
async fn a_connection_that_was_closed_while_it_rested_costs_no_call() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let at = listener.local_addr().expect("bound");
    let (close, closing) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (told, tells) = (Arc::clone(&close), Arc::clone(&closing));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await;
            told.notified().await;
            drop(stream);
            tells.notify_one();
        }
    });
    let outbound = Outbound::new(Upstream::Fixed(at), &Catalogue::built_in(), Config::default().limits);
    for nth in 0..10 {
        assert_eq!(ask(&outbound).await, Ok(200), "call {nth}");
        close.notify_one();
        closing.notified().await;
        // The system tells of it before the next call.
        tokio::task::yield_now().await;
    }
}

/// What a vendor hears over how many connections.
#[tokio::test]
async fn a_connection_that_rests_is_used_again_and_one_with_an_open_answer_is_not() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let at = listener.local_addr().expect("bound");
    let accepted = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counter = Arc::clone(&accepted);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            counter.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            tokio::spawn(async move {
                while !matches!(stream.read(&mut [0; 4096]).await, Ok(0) | Err(_)) {
                    let long = vec![b' '; 100 * 1024];
                    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 102400\r\n\r\n").await;
                    let _ = stream.write_all(&long).await;
                }
            });
        }
    });
    let outbound = Outbound::new(Upstream::Fixed(at), &Catalogue::built_in(), Config::default().limits);
    let begun = || async {
        let forwarded = send_to(&outbound, "ncp_search_engine.public.KR", http::Method::Post, PATH).await;
        let Ok(Forwarded { response, rest: Some((relay, _)), .. }) = forwarded else { panic!("it is long") };
        (response.into_body(), relay)
    };
    let (first, relay) = begun().await;
    let (second, _) = begun().await;
    assert_eq!(accepted.load(std::sync::atomic::Ordering::SeqCst), 2, "the first answer is still open");
    drop(second);
    let (read, ended) = tokio::join!(first.collect(), relay.run());
    assert_eq!((read.expect("whole").to_bytes().len(), ended.is_ok()), (102_400, true));
    drop(begun().await);
    assert_eq!(accepted.load(std::sync::atomic::Ordering::SeqCst), 2, "the first connection rested");
}
