//! The proxy over TLS.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use rollwatch_proxy::{Config, Connections, Log, Tls, Upstream, app, serve_tls};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::support::{Answer, Reply, SES, Vendor};

/// Longer than anything here takes, and shorter than what a client may take.
const SOON: Duration = Duration::from_secs(10);

/// A certificate with its key, in files of a folder of their own.
struct Files {
    cert: PathBuf,
    key: PathBuf,
}

fn pair() -> CertifiedKey<KeyPair> {
    generate_simple_self_signed(["proxy.example".to_owned()]).expect("a certificate")
}

impl Files {
    fn new(test: &str, pair: &CertifiedKey<KeyPair>) -> Self {
        let folder =
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let files = Files { cert: folder.join("cert.pem"), key: folder.join("key.pem") };
        files.write(pair);
        files
    }

    fn write(&self, pair: &CertifiedKey<KeyPair>) {
        std::fs::write(&self.cert, pair.cert.pem()).expect("a file");
        std::fs::write(&self.key, pair.signing_key.serialize_pem()).expect("a file");
    }

    fn read(&self) -> Tls {
        Tls::read(&self.cert, &self.key).expect("a pair")
    }

    fn refusal(&self) -> String {
        Tls::read(&self.cert, &self.key).expect_err("not a pair")
    }
}

struct Served {
    at: SocketAddr,
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

async fn served(limits: Connections, tls: Tls, router: Router) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let at = listener.local_addr().expect("bound");
    let (stop, stopped) = oneshot::channel();
    let server = tokio::spawn(serve_tls(limits, tls, listener, router, async {
        // A test that never stops it may forget how.
        if stopped.await.is_err() {
            std::future::pending::<()>().await;
        }
    }));
    Served { at, stop, server }
}

fn quiet(change: impl FnOnce(&mut Config)) -> Router {
    let mut config = Config { log: Log::new(|_| ()), serves_tls: true, ..Config::default() };
    change(&mut config);
    app(config)
}

/// A client that trusts this certificate alone.
async fn greet(at: SocketAddr, trusted: &CertificateDer<'static>) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).expect("a certificate");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let name = ServerName::try_from("proxy.example").expect("a name");
    let stream = TcpStream::connect(at).await?;
    TlsConnector::from(Arc::new(config)).connect(name, stream).await
}

async fn ask(at: SocketAddr, pair: &CertifiedKey<KeyPair>, head: &str, body: &str) -> Answer {
    let mut stream = greet(at, pair.cert.der()).await.expect("a handshake");
    let request = format!("{head}Host: {at}\r\nConnection: close\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).await.expect("it reads");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.expect("it answers and closes as TLS wants it");
    Answer::parse(&bytes)
}

#[tokio::test]
async fn a_call_and_the_page_go_over_tls() {
    let vendor = Vendor::start(Reply::json("", "{\"a\":1}")).await;
    let pair = pair();
    let router = quiet(|config| {
        config.upstream = Upstream::Fixed(vendor.at);
        config.embedded = Some(|path| (path == "index.html").then(|| b"<!doctype html>".as_slice().into()));
    });
    let at = served(Connections::default(), Files::new("both", &pair).read(), router).await.at;
    let call = ask(at, &pair, &format!("POST {SES} HTTP/1.1\r\nContent-Length: 2\r\n"), "{}").await;
    assert_eq!((call.status, call.text()), (200, "{\"a\":1}"));
    let page = ask(at, &pair, "GET / HTTP/1.1\r\n", "").await;
    assert_eq!((page.status, page.text()), (200, "<!doctype html>"));
    assert_eq!(page.header("strict-transport-security"), Some("max-age=63072000"));
    let stream = greet(at, pair.cert.der()).await.expect("a handshake");
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(b"http/1.1".as_slice()));
}

#[tokio::test]
async fn a_renewed_certificate_is_used_from_the_next_connection_on_and_a_bad_one_never() {
    let (old, new) = (pair(), pair());
    let files = Files::new("renewed", &old);
    let tls = files.read();
    let at = served(Connections::default(), tls.clone(), quiet(|_| ())).await.at;
    let mut open = greet(at, old.cert.der()).await.expect("the old one");
    std::fs::write(&files.key, new.signing_key.serialize_pem()).expect("a file");
    let refused = tls.read_again().expect_err("half of a renewal");
    assert!(refused.contains("does not belong to"), "{refused}");
    greet(at, old.cert.der()).await.expect("the old one stays");
    files.write(&new);
    tls.read_again().expect("a pair");
    greet(at, new.cert.der()).await.expect("the new one");
    assert!(greet(at, old.cert.der()).await.is_err(), "the old one is gone");
    // A connection from before goes on.
    open.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").await.expect("it reads");
    let mut first = [0; 15];
    open.read_exact(&mut first).await.expect("it answers");
    assert_eq!(&first, b"HTTP/1.1 200 OK");
}

#[test]
fn files_that_cannot_be_used_get_one_sentence_that_names_them() {
    let pair = pair();
    let files = Files::new("wrong", &pair);
    let (cert, key) = (files.cert.display().to_string(), files.key.display().to_string());
    let told = |files: &Files, parts: &[&str]| {
        let refusal = files.refusal();
        assert!(refusal.ends_with('.') && refusal.lines().count() == 1, "{refusal}");
        parts.iter().for_each(|part| assert!(refusal.contains(part), "{part}: {refusal}"));
        assert!(!refusal.contains("MARKED"), "{refusal}");
    };
    let write = |path: &PathBuf, text: &str| std::fs::write(path, text).expect("a file");
    write(&files.cert, "MARKED");
    told(&files, &[&cert, "no certificate", "BEGIN CERTIFICATE"]);
    write(&files.cert, "-----BEGIN CERTIFICATE-----\nTUFSS0VE\n-----END CERTIFICATE-----\n");
    told(&files, &[&cert, "cannot be understood"]);
    files.write(&pair);
    write(&files.key, "MARKED");
    told(&files, &[&key, "no private key"]);
    write(&files.key, "-----BEGIN PRIVATE KEY-----\nTUFSS0VE\n-----END PRIVATE KEY-----\n");
    told(&files, &[&key, "cannot be used"]);
    for encrypted in [
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nTUFSS0VE\n-----END ENCRYPTED PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nTUFSS0VE\n-----END RSA PRIVATE KEY-----\n",
    ] {
        write(&files.key, encrypted);
        told(&files, &[&key, "needs a password"]);
    }
    write(&files.key, &self::pair().signing_key.serialize_pem());
    told(&files, &[&key, &cert, "does not belong to"]);
    std::fs::remove_file(&files.key).expect("it was there");
    told(&files, &[&key, "cannot be read", "--tls-key"]);
    std::fs::remove_file(&files.cert).expect("it was there");
    told(&files, &[&cert, "cannot be read", "--tls-cert"]);
}

#[tokio::test]
async fn plain_http_to_a_tls_port_ends_at_once() {
    let at = served(Connections::default(), Files::new("plain", &pair()).read(), quiet(|_| ())).await.at;
    let mut stream = TcpStream::connect(at).await.expect("it listens");
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.expect("it reads");
    let mut bytes = Vec::new();
    let closed = timeout(SOON, stream.read_to_end(&mut bytes)).await;
    assert!(closed.is_ok(), "it does not wait for more");
    assert!(!bytes.starts_with(b"HTTP"), "there is no plain answer: {bytes:?}");
}

#[tokio::test]
async fn a_slow_handshake_is_sent_away_and_gives_its_place_back() {
    let limits =
        Connections { head_for: Duration::from_millis(100), open: 1, of_client: 1, ..Connections::default() };
    let pair = pair();
    let at = served(limits, Files::new("slow", &pair).read(), quiet(|_| ())).await.at;
    for beginning in [&b""[..], b"\x16\x03\x01\x02\x00\x01"] {
        let mut slow = TcpStream::connect(at).await.expect("it listens");
        slow.write_all(beginning).await.expect("it reads");
        let mut bytes = Vec::new();
        assert!(timeout(SOON, slow.read_to_end(&mut bytes)).await.is_ok(), "{beginning:?}");
    }
    assert!(timeout(SOON, greet(at, pair.cert.der())).await.expect("its turn comes").is_ok());
}

#[tokio::test]
async fn a_stop_ends_handshakes_and_waits_for_answers_under_way() {
    let (arrived, release) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (arriving, releasing) = (Arc::clone(&arrived), Arc::clone(&release));
    let slow = get(async move || {
        arriving.notify_one();
        releasing.notified().await;
        "late"
    });
    let pair = pair();
    let tls = Files::new("stop", &pair).read();
    let Served { at, stop, server } =
        served(Connections::default(), tls, Router::new().route("/", slow)).await;
    let mut silent = TcpStream::connect(at).await.expect("it listens");
    let mut stream = greet(at, pair.cert.der()).await.expect("a handshake");
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("it reads");
    arrived.notified().await;
    stop.send(()).expect("the server waits");
    let mut nothing = Vec::new();
    let ended = timeout(SOON, silent.read_to_end(&mut nothing)).await;
    assert!(ended.is_ok(), "a handshake that goes on would hold the stop");
    assert!(!server.is_finished(), "it waits for its answers");
    release.notify_one();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("it answers and closes");
    assert!(answer.ends_with("late"), "{answer}");
    timeout(SOON, server).await.expect("nothing else holds it").expect("it ends");
}
