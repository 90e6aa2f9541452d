//! Vendors, networks and clients at their worst: nothing hangs, nothing is kept, and others are served meanwhile.

use std::time::Duration;

use rollwatch_proxy::{Connections, Lookup, Upstream};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::{After, CDSS, CSS, Proxy, Reply, SES, Vendor, until};

#[tokio::test]
async fn whatever_one_vendor_does_another_is_asked_meanwhile() {
    for (nth, (worst, reason)) in [
        (Reply::Silence, "vendor-timeout"),
        (Reply::Close, "vendor-unreachable"),
        (Reply::text("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"), "answer-too-large"),
        (
            Reply::Begin(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".to_vec(), After::Hang),
            "vendor-timeout",
        ),
        (
            Reply::Begin(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".to_vec(), After::Reset),
            "vendor-unreachable",
        ),
        (
            Reply::Begin(b"HTTP/1.1 200 OK\r\n".to_vec(), After::Repeat(b"X: y\r\n".repeat(1000))),
            "vendor-unreachable",
        ),
        (
            Reply::Begin(b"HTTP/1.1 200 OK\r\nX: ".to_vec(), After::Repeat(vec![b'x'; 9999])),
            "vendor-unreachable",
        ),
        (
            Reply::text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x"),
            "vendor-unreachable",
        ),
        (Reply::text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "vendor-unreachable"),
    ]
    .into_iter()
    .enumerate()
    {
        // SES is asked with POST, and its vendor is at its worst; CSS is asked with GET.
        let choose = move |request: &str| {
            if request.starts_with("POST") { worst.clone() } else { Reply::json("", "{}") }
        };
        let vendor = Vendor::start(Reply::by_request(choose)).await;
        let proxy = Proxy::before(&vendor, |config| {
            config.limits.answer_for = Duration::from_secs(1);
            config.limits.host.at_once = 64;
        })
        .await;
        let bad = futures_util::future::join_all((0..20).map(|_| proxy.ask("POST", SES, "", "{}")));
        let good = async {
            for _ in 0..20 {
                assert_eq!(proxy.ask("GET", CSS, "", "").await.status, 200);
            }
        };
        let (bad, ()) =
            timeout(Duration::from_secs(20), async { tokio::join!(bad, good) }).await.expect(reason);
        for answer in bad {
            assert_eq!(answer.reason(), Some(reason), "vendor {nth}");
        }
        let idle = |service: &str| format!("in_flight{{service=\"{service}\"}} 0");
        until(|| proxy.metrics.text().contains(&idle("ncp_search_engine"))).await;
        assert!(proxy.metrics.text().contains(&idle("huawei_css")));
    }
}

#[tokio::test]
async fn a_storm_of_errors_passes_as_it_is_and_nothing_is_asked_twice() {
    let storm = Reply::text("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 4\r\n\r\nbusy");
    // SES is asked with POST, and its vendor is in trouble; CSS is asked with GET.
    let vendor = Vendor::start(Reply::by_request(move |request| match request.starts_with("POST") {
        true => storm.clone(),
        false => Reply::json("", "{}"),
    }))
    .await;
    let proxy = Proxy::before(&vendor, |_| ()).await;
    let all = futures_util::future::join_all((0..100).map(|_| proxy.ask("POST", SES, "", "{}")));
    let others = async {
        for _ in 0..20 {
            let answer = proxy.ask("GET", CSS, "", "").await;
            assert_eq!((answer.status, answer.text()), (200, "{}"));
        }
    };
    let (all, ()) = tokio::join!(all, others);
    for answer in all {
        assert_eq!((answer.status, answer.header("retry-after"), answer.text()), (503, Some("7"), "busy"));
    }
    assert_eq!(vendor.heard().iter().filter(|request| request.starts_with("POST")).count(), 100);
}

/// With the budgets that nobody chose, and connections enough for one client to use them up.
#[tokio::test]
async fn two_vendors_that_never_answer_cost_their_client_no_call_to_a_third() {
    let vendor = Vendor::start(Reply::by_request(|request| match request.starts_with("POST") {
        true => Reply::Silence,
        false => Reply::json("", "{}"),
    }))
    .await;
    let connections = Connections { of_client: 1000, ..Connections::default() };
    let proxy = Proxy::start_within(connections, |config| config.upstream = Upstream::Fixed(vendor.at)).await;
    let at = proxy.at;
    let ask = |target: &'static str, count| {
        futures_util::future::join_all((0..count).map(move |_| hanging(at, target)))
    };
    // All that one host may have of a client, half of what is left, and a few more of each.
    let first = ask(SES, 270).await;
    let second = ask(CDSS, 140).await;
    until(|| vendor.heard().len() == 256 + 128).await;
    for _ in 0..20 {
        assert_eq!(proxy.ask("GET", CSS, "", "").await.status, 200);
    }
    assert_eq!(proxy.ask("POST", SES, "", "{}").await.reason(), Some("overloaded"));
    drop((first, second));
}

/// A call whose answer nobody waits for yet.
async fn hanging(at: std::net::SocketAddr, target: &str) -> TcpStream {
    let mut stream = TcpStream::connect(at).await.expect("the proxy listens");
    let call = format!("POST {target} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stream.write_all(call.as_bytes()).await.expect("it reads");
    stream
}

#[tokio::test]
async fn an_answer_without_end_is_read_no_further_than_its_limit() {
    let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    let chunk = [b"10000\r\n".to_vec(), vec![b'x'; 0x10000], b"\r\n".to_vec()].concat();
    let vendor = Vendor::start(Reply::Begin(head, After::Repeat(chunk))).await;
    let proxy = Proxy::before(&vendor, |_| ()).await;
    let mut stream = TcpStream::connect(proxy.at).await.expect("the proxy listens");
    let call = format!("POST {SES} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stream.write_all(call.as_bytes()).await.expect("it reads");
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    assert_eq!(proxy.ended(1).await.as_deref(), Some("answer-too-large"));
    assert!(bytes.len() <= 2 * 1024 * 1024 + 64 * 1024, "{}", bytes.len());
    // What the system buffers on the way comes on top of the limit.
    assert!(vendor.sent() < 32 * 1024 * 1024, "{}", vendor.sent());
}

#[tokio::test]
async fn a_packed_answer_that_nobody_asked_for_is_never_unpacked() {
    // A kilobyte that would become a megabyte.
    let packed = [&b"\x1f\x8b\x08\0\0\0\0\0\0\x03"[..], &[0xed; 1000]].concat();
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", packed.len());
    let vendor = Vendor::start(Reply::Bytes([head.into_bytes(), packed.clone()].concat())).await;
    let proxy = Proxy::before(&vendor, |_| ()).await;
    let answer = proxy.ask("POST", SES, "Accept-Encoding: gzip\r\n", "{}").await;
    assert!(vendor.heard()[0].contains("\r\naccept-encoding: identity\r\n"));
    assert_eq!((answer.header("content-encoding"), answer.body == packed), (None, true));
}

#[tokio::test]
async fn a_client_that_never_ends_its_head_is_sent_away_however_it_dribbles() {
    let limits = Connections { head_for: Duration::from_millis(200), ..Connections::default() };
    let proxy = Proxy::start_within(limits, |_| ()).await;
    let (mut reading, mut writing) =
        TcpStream::connect(proxy.at).await.expect("the proxy listens").into_split();
    writing.write_all(b"POST /proxy/x HTTP/1.1\r\nX: ").await.expect("it reads");
    let dribbling = async {
        // A byte whenever the proxy has answered another request, so that time passes without a sleep.
        while proxy.ask("GET", "/healthz", "", "").await.status == 200 {
            if writing.write_all(b"x").await.is_err() {
                break;
            }
        }
        std::future::pending::<()>().await;
    };
    let mut rest = Vec::new();
    tokio::select! {
        () = dribbling => {}
        ended = timeout(Duration::from_secs(10), reading.read_to_end(&mut rest)) => drop(ended.expect("it is closed")),
    }
}

#[tokio::test]
async fn a_name_server_that_fails_or_never_answers_costs_its_own_calls_and_no_others() {
    let lookup = Lookup::new(|name| async move {
        if name.contains("hologram") {
            std::future::pending::<()>().await;
        }
        Err(std::io::Error::other("no answer"))
    });
    let proxy = Proxy::start(|config| {
        config.limits.answer_for = Duration::from_millis(300);
        config.upstream = Upstream::Named(lookup);
    })
    .await;
    let holo = crate::support::HOLO;
    let hanging = proxy.ask("GET", holo, crate::support::HOLO_ACTION, "");
    let failing = futures_util::future::join_all((0..50).map(|_| proxy.ask("POST", SES, "", "{}")));
    let (hanging, failing) = tokio::join!(hanging, failing);
    assert_eq!(hanging.reason(), Some("vendor-timeout"));
    assert!(failing.iter().all(|answer| answer.reason() == Some("vendor-unreachable")));
    assert_eq!(proxy.ask("GET", "/healthz", "", "").await.status, 200);
}
