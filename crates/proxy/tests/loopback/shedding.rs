//! Too many: of calls, of clients, of connections.

use std::net::SocketAddr;
use std::time::Duration;

use rollwatch_proxy::{Connections, Upstream};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::support::{Answer, CSS, Proxy, Reply, SES, Vendor, until};

/// A connection from another address of this machine: a client of its own.
async fn from(address: [u8; 4], proxy: &Proxy) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind(SocketAddr::from((address, 0))).expect("an address of this machine");
    socket.connect(proxy.at).await.expect("the proxy listens")
}

async fn call(mut stream: TcpStream, headers: &str) -> Answer {
    let head = format!("POST {SES} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(head.as_bytes()).await.expect("it reads");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.expect("it answers");
    Answer::parse(&bytes)
}

fn limit(answer: &Answer) -> Option<String> {
    let body: serde_json::Value = serde_json::from_slice(&answer.body).ok()?;
    body["limit"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn a_client_over_its_minute_is_told_when_to_come_back_and_another_is_served() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Proxy::before(&vendor, |config| config.limits.client.per_minute = 2).await;
    for _ in 0..2 {
        assert_eq!(proxy.ask("POST", SES, "", "{}").await.status, 200);
    }
    let page = format!("Origin: http://{}\r\n", proxy.at);
    let shed = proxy.ask("POST", SES, &page, "{}").await;
    assert_eq!((shed.status, shed.reason()), (503, Some("overloaded")));
    assert_eq!(shed.header("retry-after"), Some("30"));
    assert_eq!(limit(&shed).as_deref(), Some("client-per-minute"));
    assert!(shed.header("access-control-allow-origin").is_some(), "the page reads why");
    assert_eq!(vendor.heard().len(), 2);
    assert_eq!(call(from([127, 0, 0, 2], &proxy).await, "").await.status, 200);
    let line: serde_json::Value = serde_json::from_str(&proxy.log()[2]).expect("JSON");
    assert_eq!(
        (line["reason"].as_str(), line["limit"].as_str()),
        (Some("overloaded"), Some("client-per-minute"))
    );
    let told = "rollwatch_proxy_shed_total{service=\"ncp_search_engine\",limit=\"client-per-minute\"} 1";
    assert!(proxy.metrics.text().contains(told));
}

#[tokio::test]
async fn a_front_names_the_clients_only_where_it_is_trusted() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    for (trusted, last) in [(true, 200), (false, 503)] {
        let proxy = Proxy::before(&vendor, |config| {
            config.limits.client.per_minute = 1;
            config.client_header = trusted.then(|| "x-forwarded-for".parse().expect("a name"));
        })
        .await;
        let first = proxy.ask("POST", SES, "X-Forwarded-For: 198.51.100.1\r\n", "{}").await;
        let other = proxy.ask("POST", SES, "X-Forwarded-For: 9.9.9.9, 198.51.100.2\r\n", "{}").await;
        assert_eq!((first.status, other.status), (200, last));
    }
}

#[tokio::test]
async fn one_busy_client_leaves_places_at_a_host_to_another_and_a_slow_host_none_of_anothers() {
    let slow = |request: &str| {
        if request.starts_with("POST") { Reply::Silence } else { Reply::json("", "{}") }
    };
    let vendor = Vendor::start(Reply::by_request(slow)).await;
    let proxy = Proxy::before(&vendor, |config| config.limits.host.at_once = 4).await;
    let busy: Vec<_> = (0..2).map(|_| proxy.ask("POST", SES, "", "{}")).collect();
    let rest = async {
        until(|| vendor.heard().len() == 2).await;
        let shed = proxy.ask("POST", SES, "", "{}").await;
        assert_eq!(limit(&shed).as_deref(), Some("host-at-once"));
        assert_eq!(shed.header("retry-after"), Some("2"));
        let mut another = from([127, 0, 0, 3], &proxy).await;
        let head = format!("POST {SES} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        another.write_all(head.as_bytes()).await.expect("it reads");
        until(|| vendor.heard().len() == 3).await;
        // Another vendor, while this one is as slow as can be.
        assert_eq!(proxy.ask("GET", CSS, "", "").await.status, 200);
    };
    tokio::select! {
        () = rest => {}
        _ = futures_util::future::join_all(busy) => panic!("the vendor never answers"),
    }
}

#[tokio::test]
async fn a_client_with_too_many_connections_is_closed_and_another_is_served() {
    let connections = Connections { of_client: 50, ..Connections::default() };
    let proxy = Proxy::start_within(connections, |_| ()).await;
    let mut idle = Vec::new();
    for _ in 0..50 {
        idle.push(TcpStream::connect(proxy.at).await.expect("the proxy listens"));
    }
    let mut over = TcpStream::connect(proxy.at).await.expect("the system accepts it");
    assert_eq!(over.read(&mut [0]).await.unwrap_or(0), 0, "closed");
    let health = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let mut other = from([127, 0, 0, 2], &proxy).await;
    other.write_all(health.as_bytes()).await.expect("it reads");
    let mut bytes = Vec::new();
    other.read_to_end(&mut bytes).await.expect("it answers");
    assert_eq!(Answer::parse(&bytes).text(), "ok");
    idle.pop();
    let again = async {
        loop {
            let mut stream = TcpStream::connect(proxy.at).await.expect("the proxy listens");
            // The place of the closed one comes back in a moment.
            if stream.write_all(health.as_bytes()).await.is_ok()
                && stream.read(&mut [0]).await.is_ok_and(|n| n > 0)
            {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(10), again).await.expect("a place is free again");
}

#[tokio::test]
async fn thousands_of_idle_connections_slow_nobody_and_are_closed_in_time() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let brief = Duration::from_secs(3);
    let connections =
        Connections { of_client: 5000, idle_for: brief, head_for: brief, ..Connections::default() };
    let proxy = Proxy::start_within(connections, |config| config.upstream = Upstream::Fixed(vendor.at)).await;
    let mut idle = Vec::new();
    for nth in 0..2000 {
        let mut stream = TcpStream::connect(proxy.at).await.expect("the proxy listens");
        if nth % 2 == 0 {
            // Half of them begin a request and never end it.
            stream.write_all(b"POST /proxy/x HTTP/1.1\r\nX: ").await.expect("it reads");
        }
        idle.push(stream);
    }
    for _ in 0..20 {
        assert_eq!(proxy.ask("POST", SES, "", "{}").await.status, 200);
    }
    for stream in &mut idle {
        let mut rest = Vec::new();
        let closing = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut rest));
        let _ = closing.await.expect("it is closed");
    }
}
