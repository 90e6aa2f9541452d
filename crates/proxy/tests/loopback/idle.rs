//! Connections between two calls.

use std::time::{Duration, Instant};

use rollwatch_proxy::{Connections, Upstream};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Proxy, Reply, SES, Vendor};

async fn proxy(vendor: &Vendor) -> Proxy {
    let limits = Connections { head_for: Duration::from_millis(300), ..Connections::default() };
    Proxy::start_within(limits, |config| config.upstream = Upstream::Fixed(vendor.at)).await
}

/// Lets time pass without a sleep: others are answered meanwhile.
async fn pass(proxy: &Proxy, time_for: Duration) {
    let began_at = Instant::now();
    while began_at.elapsed() < time_for {
        assert_eq!(proxy.ask("GET", "/healthz", "", "").await.status, 200);
    }
}

/// Reads one answer, whose body is `{}`.
async fn answer(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n{}") {
        assert_ne!(stream.read_buf(&mut bytes).await.expect("it answers"), 0, "it is closed");
    }
    String::from_utf8(bytes).expect("text")
}

#[tokio::test]
async fn a_client_may_be_silent_between_two_calls_for_longer_than_it_may_take_over_a_head() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = proxy(&vendor).await;
    let call = format!("POST {SES} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{{}}");
    let mut stream = TcpStream::connect(proxy.at).await.expect("the proxy listens");
    for _ in 0..3 {
        pass(&proxy, Duration::from_millis(400)).await;
        stream.write_all(call.as_bytes()).await.expect("it reads");
        assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200 OK"));
    }
    assert_eq!(vendor.heard().len(), 3);
}

#[tokio::test]
async fn the_beginning_of_a_head_that_came_with_another_call_is_kept_and_waited_for_as_long() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = proxy(&vendor).await;
    let call = format!("POST {SES} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{{}}");
    let (begun, rest) = call.split_at(30);
    let mut stream = TcpStream::connect(proxy.at).await.expect("the proxy listens");
    stream.write_all(format!("{call}{begun}").as_bytes()).await.expect("it reads");
    answer(&mut stream).await;
    pass(&proxy, Duration::from_millis(150)).await;
    stream.write_all(format!("{rest}{begun}").as_bytes()).await.expect("it reads");
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200 OK"));
    let mut more = Vec::new();
    let closing = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut more));
    let _ = closing.await.expect("half a head is not waited for as long as silence");
    assert_eq!((vendor.heard().len(), more.len()), (2, 0));
}
