//! Places in the limits, and clients that go away.

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::before;
use crate::support::{CSS, Reply, SES, Vendor, Workerd, until};

/// How many calls one client may have on their way at one host: half of its places, and of the host's.
const MOST: usize = 256;

async fn asking(worker: &Workerd, client: &str) -> TcpStream {
    let mut stream = TcpStream::connect(worker.at).await.expect("it listens");
    let head = format!(
        "POST {SES} HTTP/1.1\r\nHost: {}\r\nCf-Connecting-Ip: {client}\r\nContent-Length: 2\r\n\r\n{{}}",
        worker.at
    );
    stream.write_all(head.as_bytes()).await.expect("it reads");
    stream
}

#[tokio::test]
async fn a_client_with_too_many_calls_at_a_host_is_sent_away_there_until_its_others_end() {
    // Whoever sends a body is kept waiting.
    let vendor = Vendor::start(Reply::by_request(|request| match request.ends_with("\r\n\r\n{}") {
        true => Reply::Silence,
        false => Reply::json("", "{}"),
    }))
    .await;
    let worker = before(&vendor);
    let mut waiting = Vec::new();
    for _ in 0..MOST {
        waiting.push(asking(&worker, "192.0.2.1").await);
    }
    until(|| vendor.heard().len() == MOST).await;
    let full = worker.ask("POST", SES, "Cf-Connecting-Ip: 192.0.2.1\r\n", "").await;
    assert_eq!((full.status, full.reason()), (503, Some("overloaded")));
    assert_eq!(full.header("retry-after"), Some("2"));
    assert!(full.text().contains("\"limit\":\"host-at-once\""), "{}", full.text());
    let elsewhere = worker.ask("GET", CSS, "Cf-Connecting-Ip: 192.0.2.1\r\n", "").await;
    assert_eq!(elsewhere.status, 200, "a silent host costs its clients no other host");
    assert_eq!(worker.ask("POST", SES, "Cf-Connecting-Ip: 192.0.2.2\r\n", "").await.status, 200);

    // Cloudflare tells a worker that its client has gone; a bare workerd does not, and then the time for an answer
    // runs out.
    drop(waiting);
    let ended = |line: &&String| line.contains("client-gone") || line.contains("vendor-timeout");
    until(|| worker.log().iter().filter(ended).count() == MOST).await;
    assert_eq!(worker.ask("POST", SES, "Cf-Connecting-Ip: 192.0.2.1\r\n", "").await.status, 200);
}
