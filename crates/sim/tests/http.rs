//! The same over real connections: hosts, dates, cut connections and the demo's own addresses.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use axum::Router;
use rollwatch_core::http::Request;
use rollwatch_proxy::{Config, Limits, Log, Upstream, app};
use rollwatch_sim::{Clouds, Fault, UNWATCHED, clouds_router, demo_router};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use support::wire::{exchange, send, serve};
use support::*;

async fn call(address: SocketAddr, method: &str, path: &str, body: &str) -> (u16, Value) {
    let text = format!(
        "{method} {path} HTTP/1.1\r\nhost: demo\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    let answer = exchange(address, &text).await;
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    let status = head.split(' ').nth(1).expect("a status").parse().expect("a number");
    (status, serde_json::from_str(body).unwrap_or_default())
}

#[tokio::test]
async fn one_server_is_every_vendor_and_sends_one_date() {
    let clouds = Arc::new(clouds());
    let address = serve(clouds_router(Arc::clone(&clouds))).await;
    for cluster in &rollwatch_sim::CLUSTERS {
        let answer = send(address, &signed(&clouds, cluster)).await;
        let expected = match cluster.name {
            "css-kul-unreachable" => "502",
            "holo-tokyo-limited" => "400",
            _ => "200",
        };
        assert!(answer.starts_with(&format!("HTTP/1.1 {expected} ")), "{}: {answer}", cluster.name);
        let lower = answer.to_ascii_lowercase();
        assert_eq!(lower.matches("\r\ndate: ").count(), 1, "{answer}");
        assert!(lower.contains("\r\ndate: thu, 20 nov 2025 00:53:20 gmt\r\n"), "{answer}");
    }
}

#[tokio::test]
async fn a_host_that_no_vendor_has_is_not_answered_for() {
    let clouds = Arc::new(clouds());
    let address = serve(clouds_router(Arc::clone(&clouds))).await;
    let mut request = signed(&clouds, cluster("1001"));
    for header in request.headers.iter_mut().filter(|header| header.name == "host") {
        header.value = "example.org".into();
    }
    assert!(send(address, &request).await.starts_with("HTTP/1.1 421 "));
}

#[tokio::test]
async fn a_reset_cuts_the_connection_without_a_byte() {
    let clouds = Arc::new(clouds());
    let address = serve(clouds_router(Arc::clone(&clouds))).await;
    clouds.set_fault("1001", Some(Fault::Reset));
    assert_eq!(send(address, &signed(&clouds, cluster("1001"))).await, "");
}

fn quiet() -> Config {
    Config { log: Log::new(|_| {}), ..Config::default() }
}

/// The head and the body of the answer to a request that goes through the proxy.
async fn through_proxy(proxy: SocketAddr, request: &Request) -> (String, String) {
    let mut request = request.clone();
    request.path = format!("/proxy/{}{}", request.endpoint, request.path);
    for header in request.headers.iter_mut().filter(|header| header.name == "host") {
        header.value = proxy.to_string();
    }
    let answer = send(proxy, &request).await;
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    (head.to_ascii_lowercase(), body.to_owned())
}

#[tokio::test]
async fn signatures_still_hold_behind_the_proxy() {
    let clouds = Arc::new(clouds());
    let upstream = serve(clouds_router(Arc::clone(&clouds))).await;
    let config = Config { upstream: Upstream::Fixed(upstream), ..quiet() };
    let proxy = serve(app(config)).await;
    for id in ["1001", "1101", "1111", "ea244205-d641-45d9-9dcb-ab2236bcd07e", "hgpostcn-cn-demo0000001"] {
        let (head, body) = through_proxy(proxy, &signed(&clouds, cluster(id))).await;
        assert!(head.starts_with("http/1.1 200 "), "{id}: {head} {body}");
        assert!(head.contains("\r\ndate: thu, 20 nov 2025 00:53:20 gmt"), "{id}: {head}");
    }
    clouds.set_fault("1001", Some(Fault::Reset));
    let (head, _) = through_proxy(proxy, &signed(&clouds, cluster("1001"))).await;
    assert!(head.contains("x-rollwatch-proxy-error: vendor-unreachable"), "{head}");
}

#[tokio::test]
async fn a_vendor_that_never_answers_is_told_from_one_that_stops_in_the_middle() {
    let clouds = Arc::new(clouds());
    let upstream = serve(clouds_router(Arc::clone(&clouds))).await;
    let limits = Limits { answer_for: Duration::from_millis(200), ..Limits::default() };
    let config = Config { upstream: Upstream::Fixed(upstream), limits, ..quiet() };
    let proxy = serve(app(config)).await;
    clouds.set_fault("1001", Some(Fault::Silence));
    let (head, _) = through_proxy(proxy, &signed(&clouds, cluster("1001"))).await;
    assert!(head.contains("x-rollwatch-proxy-error: vendor-timeout"), "{head}");
    clouds.set_fault("1001", Some(Fault::Stall));
    let (head, body) = through_proxy(proxy, &signed(&clouds, cluster("1001"))).await;
    assert!(head.starts_with("http/1.1 200 "), "{head}");
    assert!(body.len() > 64 * 1024 && !body.ends_with("0\r\n\r\n"), "it looks whole");
}

fn demo() -> (Arc<Clouds>, Router) {
    let clouds = Arc::new(clouds());
    (Arc::clone(&clouds), demo_router(clouds))
}

#[tokio::test]
async fn the_fleet_document_names_the_clock_the_accounts_and_every_watch() {
    let (_, router) = demo();
    let (status, fleet) = call(serve(router).await, "GET", "/demo/fleet.json", "").await;
    assert_eq!(status, 200);
    assert_eq!(fleet["clock"], json!({ "now_ms": START.as_millis(), "speed": 0.0 }));
    assert_eq!(fleet["accounts"].as_array().expect("accounts").len(), 6);
    assert_eq!(
        fleet["accounts"][0],
        json!({ "name": "demo-ncp", "provider": "ncp", "access_key_id": "DEMO-NCP-KEY", "secret": "demo-ncp-secret-not-a-real-key" })
    );
    assert_eq!(fleet["watches"].as_array().expect("watches").len(), rollwatch_sim::CLUSTERS.len());
    for cluster in &UNWATCHED {
        assert!(!fleet["watches"].to_string().contains(cluster.id), "{} is for lists only", cluster.name);
    }
    assert_eq!(
        fleet["watches"][0],
        json!({ "service": "ncp_search_engine", "operation": "upgrade", "site": "public", "region": "KR", "project": "", "cluster": "1001", "account": "demo-ncp" })
    );
}

#[tokio::test]
async fn the_clock_is_put_forward_and_its_speed_changed() {
    let (clouds, router) = demo();
    let address = serve(router).await;
    let (status, shown) = call(address, "POST", "/demo/clock", r#"{"advance_ms":60000}"#).await;
    assert_eq!((status, shown), (200, json!({ "now_ms": START.as_millis() + 60_000, "speed": 0.0 })));
    let (_, shown) = call(address, "POST", "/demo/clock", r#"{"speed":30}"#).await;
    assert_eq!(shown["speed"], 30.0);
    assert_eq!(clouds.clock().speed(), 30.0);
    for bad in [r#"{"speed":-1}"#, r#"{"speed":99999}"#, r#"{"advance_ms":-5}"#] {
        let (status, answer) = call(address, "POST", "/demo/clock", bad).await;
        assert_eq!(status, 400, "{bad}");
        assert!(answer["error"].as_str().is_some_and(|sentence| sentence.starts_with("Give")), "{bad}");
    }
}

#[tokio::test]
async fn faults_are_set_by_name_and_requests_are_listed() {
    let (clouds, router) = demo();
    let address = serve(router).await;
    let set = async |kind: &str, cluster: &str| {
        let wish = json!({ "cluster": cluster, "kind": kind }).to_string();
        call(address, "POST", "/demo/fault", &wish).await.0
    };
    assert_eq!(set("html-502", "1001").await, 200);
    assert_eq!(ask(&clouds, cluster("1001")).status, 502);
    assert_eq!(set("permission", "1005").await, 200, "a cluster that only lists show can be hit as well");
    assert_eq!(ask(&clouds, cluster("1005")).status, 401);
    assert_eq!(set("none", "1001").await, 200);
    assert_eq!(ask(&clouds, cluster("1001")).status, 200);
    assert_eq!(set("earthquake", "1001").await, 400);
    assert_eq!(set("reset", "nobody").await, 404);
    let (_, log) = call(address, "GET", "/demo/requests", "").await;
    let line = json!({
        "at_ms": START.as_millis(), "method": "POST", "host": "vpcsearchengine.apigw.ntruss.com",
        "path": "/api/v2/cluster/getRollingUpgradeProgress", "status": 502,
    });
    assert_eq!(log[0], line);
    assert_eq!(log[2]["status"], 200);
}
