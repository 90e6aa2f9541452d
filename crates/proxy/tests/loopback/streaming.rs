//! Long answers: they begin to arrive before they are whole, end as they should, and never look whole when they
//! are not.

use std::sync::Arc;
use std::time::Duration;

use rollwatch_proxy::{Connections, Upstream};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Notify;

use crate::support::{After, Answer, Proxy, Reply, SES, Vendor, until};

/// More than is held back, so that an answer of this length has begun to go down.
const LONG: usize = 200 * 1024;

fn begun(length: usize, after: After) -> Reply {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
    Reply::Begin([head.into_bytes(), vec![b'x'; LONG]].concat(), after)
}

fn chunked(after: After) -> Reply {
    let head = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{LONG:x}\r\n");
    Reply::Begin([head.into_bytes(), vec![b'x'; LONG], b"\r\n".to_vec()].concat(), after)
}

async fn asking(proxy: &Proxy) -> TcpStream {
    let mut stream = TcpStream::connect(proxy.at).await.expect("the proxy listens");
    let head = format!("POST {SES} HTTP/1.1\r\nHost: {}\r\nContent-Length: 2\r\n\r\n{{}}", proxy.at);
    stream.write_all(head.as_bytes()).await.expect("it reads");
    stream
}

#[tokio::test]
async fn a_long_answer_begins_to_arrive_before_it_is_whole_and_ends_byte_for_byte() {
    let gate = Arc::new(Notify::new());
    let end = vec![b'y'; LONG];
    for (reply, with_length) in [
        (begun(2 * LONG, After::Wait(Arc::clone(&gate), end.clone())), true),
        (
            chunked(After::Wait(
                Arc::clone(&gate),
                [format!("{LONG:x}\r\n").as_bytes(), &end, b"\r\n0\r\n\r\n"].concat(),
            )),
            false,
        ),
    ] {
        let vendor = Vendor::start(reply).await;
        let proxy = Proxy::before(&vendor, |_| ()).await;
        let mut stream = asking(&proxy).await;
        let mut first = vec![0; 1024];
        stream.read_exact(&mut first).await.expect("the vendor has not ended, and this is here");
        assert_eq!(proxy.log(), Vec::<String>::new(), "it goes on");
        assert!(proxy.metrics.text().contains("in_flight{service=\"ncp_search_engine\"} 1"));
        gate.notify_one();
        let mut bytes = first;
        let whole = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'y').count() >= LONG;
        while !whole(&bytes) {
            assert!(stream.read_buf(&mut bytes).await.expect("it goes on") > 0, "{} bytes", bytes.len());
        }
        let answer = Answer::parse(&bytes);
        let length = answer.header("content-length").map(str::to_owned);
        assert_eq!(length, with_length.then(|| (2 * LONG).to_string()));
        let count = |wanted: u8| bytes.iter().filter(|byte| **byte == wanted).count();
        assert!(count(b'x') >= LONG && count(b'y') >= LONG);
        assert_eq!(proxy.ended(1).await, None);
    }
}

#[tokio::test]
async fn a_long_answer_that_does_not_go_on_is_cut_and_never_looks_whole() {
    let endless = vec![b'z'; 16 * 1024];
    let chunk = [format!("{:x}\r\n", endless.len()).as_bytes(), &endless, b"\r\n"].concat();
    for (reply, reason) in [
        (begun(2 * LONG, After::Hang), "vendor-timeout"),
        (chunked(After::Hang), "vendor-timeout"),
        (begun(2 * LONG, After::Reset), "vendor-unreachable"),
        (chunked(After::Reset), "vendor-unreachable"),
        (chunked(After::Repeat(chunk)), "answer-too-large"),
        (chunked(After::Wait(Arc::new(Notify::new()), Vec::new())), "vendor-timeout"),
    ] {
        let vendor = Vendor::start(reply).await;
        let proxy = Proxy::before(&vendor, |config| {
            config.limits.answer_for = Duration::from_millis(500);
            config.limits.answer_bytes = 2 * LONG + 50_000;
            config.limits.host.at_once = 1;
        })
        .await;
        let mut bytes = Vec::new();
        // The end is abrupt, so reading may fail.
        let _ = asking(&proxy).await.read_to_end(&mut bytes).await;
        assert!(!bytes.ends_with(b"0\r\n\r\n"), "{reason}");
        // A reset may overtake the beginning.
        if !bytes.is_empty() {
            let answer = Answer::parse(&bytes);
            let length = answer.header("content-length").and_then(|length| length.parse::<usize>().ok());
            assert!(
                length.is_none_or(|length| answer.body.len() < length || answer.status == 502),
                "{reason}"
            );
        }
        assert_eq!(proxy.ended(1).await.as_deref(), Some(reason));
        assert!(proxy.metrics.text().contains("in_flight{service=\"ncp_search_engine\"} 0"));
        // The place is free again: were it not, this would be shed.
        let _again = asking(&proxy).await;
        assert_ne!(proxy.ended(2).await.as_deref(), Some("overloaded"));
    }
}

#[tokio::test]
async fn a_page_that_goes_away_gives_its_place_back() {
    let vendor = Vendor::start(begun(1_500_000, After::Hang)).await;
    let proxy = Proxy::before(&vendor, |config| config.limits.host.at_once = 1).await;
    let stream = asking(&proxy).await;
    vendor.asked.notified().await;
    drop(stream);
    assert_eq!(proxy.ended(1).await.as_deref(), Some("client-gone"));
}

#[tokio::test]
async fn a_page_that_stops_reading_is_closed_long_before_the_vendor_would_be_given_up() {
    let body = vec![b'x'; 1_900_000];
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
    let vendor = Vendor::start(Reply::Bytes([head.into_bytes(), body].concat())).await;
    let connections = Connections { read_for: Duration::from_millis(200), ..Connections::default() };
    let proxy = Proxy::start_within(connections, |config| {
        config.upstream = Upstream::Fixed(vendor.at);
        config.limits.answer_for = Duration::from_secs(60);
        config.limits.host.at_once = 1;
    })
    .await;
    let mut silent = TcpStream::connect(proxy.at).await.expect("the proxy listens");
    // More answers than the system buffers for one connection.
    let call = format!("POST {SES} HTTP/1.1\r\nHost: {}\r\n\r\n", proxy.at);
    silent.write_all(call.repeat(30).as_bytes()).await.expect("it reads");
    until(|| proxy.log().iter().any(|line| line.contains("client-gone"))).await;
    assert_eq!(proxy.ask("POST", SES, "", "{}").await.status, 200, "its place is free");
    drop(silent);
}
