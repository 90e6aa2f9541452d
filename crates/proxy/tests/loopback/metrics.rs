//! Where metrics are told, and that nothing of a request is in them.

use rollwatch_proxy::{Metrics, metrics_app, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{CSS, Proxy, Reply, SES, Vendor};

#[tokio::test]
async fn metrics_stand_beside_the_calls_only_when_that_is_wished() {
    let without = Proxy::start(|_| ()).await;
    assert_eq!(without.ask("GET", "/metrics", "", "").await.status, 404);
    let with = Proxy::start(|config| config.serves_metrics = true).await;
    let answer = with.ask("GET", "/metrics", "", "").await;
    assert_eq!((answer.status, answer.text().ends_with("# EOF\n")), (200, true));
    let foreign = "GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(with.raw(foreign).await.status, 400);
}

#[tokio::test]
async fn a_listener_of_their_own_tells_metrics_and_nothing_else() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let at = listener.local_addr().expect("bound");
    tokio::spawn(serve(listener, metrics_app(Metrics::default()), std::future::pending()));
    for (target, status) in [("/metrics", "200"), ("/", "404"), (SES, "404"), ("/healthz", "404")] {
        let mut stream = TcpStream::connect(at).await.expect("it listens");
        let head = format!("GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).await.expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("it answers");
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{target}: {answer}");
    }
}

#[tokio::test]
async fn calls_are_counted_by_route_and_outcome_and_by_nothing_of_the_request() {
    let vendor = Vendor::start(Reply::json("X-Request-Id: MARKED\r\n", "{\"a\":\"MARKED\"}")).await;
    let proxy = Proxy::before(&vendor, |_| ()).await;
    let target = CSS.replace("/p1/", "/MARKED/").replace("/c1/", "/MARKED/");
    proxy.ask("GET", &target, "Authorization: MARKED\r\n", "").await;
    proxy.ask("POST", "/proxy/MARKED/MARKED", "", "").await;
    proxy.ask("MARKED", SES, "Origin: https://marked.example\r\n", "").await;
    proxy.ask("GET", "/MARKED", "", "").await;
    let text = proxy.metrics.text();
    assert!(!text.to_lowercase().contains("marked") && !text.contains("127.0.0.1"), "{text}");
    let route = "service=\"huawei_css\",route=\"/v1.0/{id}/clusters/{id}/upgrade/detail\"";
    for line in [
        format!("rollwatch_proxy_calls_total{{{route},outcome=\"2xx\"}} 1"),
        "rollwatch_proxy_calls_total{service=\"none\",route=\"none\",outcome=\"unknown-endpoint\"} 1"
            .to_owned(),
        "rollwatch_proxy_calls_total{service=\"none\",route=\"none\",outcome=\"origin-not-allowed\"} 1"
            .to_owned(),
        format!("rollwatch_proxy_call_seconds_count{{{route}}} 1"),
    ] {
        assert!(text.lines().any(|told| told == line), "{line} is not in\n{text}");
    }
}
