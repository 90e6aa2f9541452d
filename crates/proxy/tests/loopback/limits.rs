//! What happens when something is too large, too slow, too many or gone.

use std::time::Duration;

use tokio::net::TcpSocket;

use crate::support::{Proxy, Reply, SES, Vendor};
use rollwatch_proxy::Upstream;

#[tokio::test]
async fn a_body_over_the_limit_is_refused_before_it_is_read() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Proxy::before(&vendor, |_| ()).await;
    let head = format!("POST {SES} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", proxy.at);
    let answer = proxy.raw(format!("{head}Content-Length: 65537\r\n\r\n")).await;
    assert_eq!((answer.status, answer.reason()), (400, Some("bad-request")));
    assert_eq!(vendor.heard(), Vec::<String>::new());
    let longest = "x".repeat(65536);
    assert_eq!(proxy.ask("POST", SES, "", &longest).await.status, 200);
}

#[tokio::test]
async fn a_head_that_cannot_be_read_is_refused_with_a_reason_that_every_page_may_see() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Proxy::before(&vendor, |_| ()).await;
    let call = format!("POST {SES} HTTP/1.1\r\nHost: localhost\r\n");
    let endless = "x".repeat(33 * 1024);
    for (status, request) in [
        (400, format!("{call}No colon\r\n\r\n")),
        (400, format!("{call}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}")),
        (431, format!("GET /{endless}{endless} HTTP/1.1\r\nHost: localhost\r\n\r\n")),
        (431, format!("{call}X-Token: {endless}\r\n\r\n")),
    ] {
        let answer = proxy.raw(request).await;
        assert_eq!((answer.status, answer.reason()), (status, Some("bad-request")));
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert!(answer.header("access-control-expose-headers").is_some());
    }
    assert_eq!(vendor.heard(), Vec::<String>::new());
    let good = format!("{call}Content-Length: 2\r\n\r\n{{}}");
    assert_eq!(proxy.statuses(format!("{good}{good}nonsense\r\n\r\n").as_bytes()).await, [200, 200, 400]);
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for_long() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Proxy::before(&vendor, |config| config.limits.body_for = Duration::from_millis(50)).await;
    let head = format!("POST {SES} HTTP/1.1\r\nHost: {}\r\nContent-Length: 9\r\n\r\n{{}}", proxy.at);
    assert_eq!(proxy.raw(head).await.reason(), Some("bad-request"));
    assert_eq!(vendor.heard(), Vec::<String>::new());
}

#[tokio::test]
async fn an_answer_over_the_limit_is_refused_with_a_length_and_without() {
    let body = "x".repeat(1001);
    let chunked = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n{body}\r\n0\r\n\r\n");
    for reply in [Reply::json("", &body), Reply::text(&chunked)] {
        let vendor = Vendor::start(reply).await;
        let narrow = Proxy::before(&vendor, |config| config.limits.answer_bytes = 1000).await;
        let answer = narrow.ask("POST", SES, "", "{}").await;
        assert_eq!((answer.status, answer.reason()), (502, Some("answer-too-large")));
        let wide = Proxy::before(&vendor, |config| config.limits.answer_bytes = 1001).await;
        assert_eq!(wide.ask("POST", SES, "", "{}").await.text(), body);
    }
}

#[tokio::test]
async fn a_vendor_that_never_answers_is_a_timeout() {
    let begun = Reply::text("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
    for reply in [Reply::Silence, begun] {
        let vendor = Vendor::start(reply).await;
        let proxy =
            Proxy::before(&vendor, |config| config.limits.answer_for = Duration::from_millis(50)).await;
        let answer = proxy.ask("POST", SES, "", "{}").await;
        assert_eq!((answer.status, answer.reason()), (504, Some("vendor-timeout")));
    }
}

#[tokio::test]
async fn a_vendor_that_is_gone_or_speaks_something_else_is_unreachable() {
    let switching = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n";
    for reply in [Reply::Close, Reply::text("SSH-2.0-x\r\n"), Reply::text(switching)] {
        let vendor = Vendor::start(reply).await;
        let proxy = Proxy::before(&vendor, |_| ()).await;
        let answer = proxy.ask("POST", SES, "", "{}").await;
        assert_eq!((answer.status, answer.reason()), (502, Some("vendor-unreachable")));
    }
    // Bound without listening: connections are refused and no other test is given the port.
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind("127.0.0.1:0".parse().expect("an address")).expect("a free port");
    let gone_at = socket.local_addr().expect("bound");
    let proxy = Proxy::start(|config| config.upstream = Upstream::Fixed(gone_at)).await;
    assert_eq!(proxy.ask("POST", SES, "", "{}").await.reason(), Some("vendor-unreachable"));
}

#[tokio::test]
async fn a_request_that_finds_no_place_is_told_when_to_come_back() {
    let vendor = Vendor::start(Reply::Silence).await;
    let proxy = Proxy::before(&vendor, |config| config.limits.host.at_once = 1).await;
    let hanging = proxy.ask("POST", SES, "", "{}");
    let refused = async {
        vendor.asked.notified().await;
        proxy.ask("POST", SES, "", "{}").await
    };
    let answer = tokio::select! {
        answer = refused => answer,
        _ = hanging => panic!("the vendor never answers"),
    };
    assert_eq!((answer.status, answer.reason()), (503, Some("overloaded")));
    assert_eq!(answer.header("retry-after"), Some("2"));
    assert_eq!(vendor.heard().len(), 1);
}

#[tokio::test]
async fn a_call_that_timed_out_gives_its_place_back() {
    let vendor = Vendor::start(Reply::Silence).await;
    let proxy = Proxy::before(&vendor, |config| {
        config.limits.host.at_once = 1;
        config.limits.answer_for = Duration::from_millis(50);
    })
    .await;
    assert_eq!(proxy.ask("POST", SES, "", "{}").await.reason(), Some("vendor-timeout"));
    assert_eq!(proxy.ask("POST", SES, "", "{}").await.reason(), Some("vendor-timeout"));
}
