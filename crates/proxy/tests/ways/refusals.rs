//! Requests that must never reach a vendor: after each of them the upstream has heard nothing.

use crate::battery::is_a_call;
use crate::support::{CSS, HOLO, HOLO_ACTION, Reply, SES, Vendor};
use crate::way::{Door, Way};

async fn vendor_and_proxy() -> (Vendor, Door) {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Door::before(&vendor).await;
    (vendor, proxy)
}

#[tokio::test]
async fn calls_that_change_something_are_refused() {
    let (vendor, proxy) = vendor_and_proxy().await;
    let ses = "/proxy/ncp_search_engine.public.KR/api/v2/cluster";
    let cdss = "/proxy/ncp_data_streaming.public.KR/api/v1/cluster";
    let css = "/proxy/huawei_css.public.cn-north-4";
    let holo = "/proxy/alibaba_hologres.public.cn-hangzhou/api/v1/instances/hgx-1";
    let identity = "/proxy/huawei_css~identity.public.cn-north-4";
    for (method, target) in [
        ("POST", format!("{ses}/rollingUpgradeCluster")),
        ("GET", format!("{ses}/restartSearchEngineCluster/1001")),
        ("POST", format!("{cdss}/rollingRestart")),
        ("POST", format!("{cdss}/rollingUpgrade")),
        ("GET", format!("{cdss}/restartAllServices/1001")),
        ("GET", format!("{cdss}/restartKafkaService/1001")),
        ("GET", format!("{cdss}/restartCMAKService/1001")),
        ("GET", format!("{cdss}/enablePublicDomain/1001")),
        ("POST", format!("{css}/v1.0/p1/clusters/c1/inst-type/all/image/upgrade")),
        ("POST", format!("{css}/v1.0/p1/clusters/c1/inst-type/ess/azmigrate")),
        ("PUT", format!("{css}/v1.0/p1/clusters/c1/upgrade/a1/retry")),
        ("PUT", format!("{css}/v1.0/p1/clusters/c1/upgrade/a1/retry?retry_mode=abort")),
        ("POST", format!("{css}/v2.0/p1/clusters/c1/rolling-restart")),
        ("POST", format!("{holo}/upgrade/prepare")),
        ("POST", format!("{holo}/upgrade")),
        ("POST", format!("{holo}/upgrade/discard")),
        ("POST", format!("{holo}/autoUpgrade")),
        ("POST", format!("{holo}/restart")),
        ("POST", format!("{holo}/restartHoloWarehouse")),
        ("POST", format!("{identity}/v3/auth/tokens")),
        ("GET", format!("{identity}/v1.0/p1/clusters")),
    ] {
        let answer = proxy.ask(method, &target, "", "").await;
        assert_eq!((answer.status, answer.reason()), (403, Some("route-not-allowed")), "{method} {target}");
    }
    assert_eq!(vendor.heard(), Vec::<String>::new());
}

#[tokio::test]
async fn tricks_with_the_path_reach_nothing() {
    let (vendor, proxy) = vendor_and_proxy().await;
    let css = "/proxy/huawei_css.public.cn-north-4";
    for target in [
        CSS.replace("/p1/", "/../"),
        CSS.replace("/c1/", "/./"),
        CSS.replace("/c1/", "/%2e%2e/"),
        CSS.replace("/c1/", "/c%2Fd/"),
        CSS.replace("/c1/", "/c%5Cd/"),
        CSS.replace("/c1/", "//"),
        CSS.replace("/c1/", "/c1;x=1/"),
        CSS.replace("/c1/", "/c1\\/"),
        CSS.replace("/clusters/", "/%63lusters/"),
        CSS.replace("/clusters/", "/Clusters/"),
        format!("{css}/{}", &CSS[css.len()..]),
        format!("{CSS}/"),
        format!("{CSS}%00"),
        format!("{CSS}/../restart"),
        format!("{CSS}?retry_mode=abort"),
        format!("{CSS}?limit=1&limit"),
        format!("{CSS}?limit=1;x=2"),
        format!("{CSS}?limit=1?x=2"),
        format!("{CSS}?limit=http://localhost/"),
        format!("{css}@localhost{}", &CSS[css.len()..]),
    ] {
        let answer = proxy.ask("GET", &target, "", "").await;
        let reason = answer.reason();
        let malformed = Way::now() == Way::Nginx && target.contains("%00") && reason == Some("bad-request");
        let refused = matches!(reason, Some("route-not-allowed" | "unknown-endpoint"));
        assert!(refused || malformed, "{target}: {reason:?}");
    }
    for target in ["//proxy/x", "/./proxy/x", "/%70roxy/x", "/x/../proxy/y"] {
        assert_eq!(proxy.ask("GET", target, "", "").await.status, 404, "{target}");
    }
    assert_eq!(vendor.heard(), Vec::<String>::new());
}

#[tokio::test]
async fn addresses_of_other_servers_reach_nothing() {
    let (vendor, proxy) = vendor_and_proxy().await;
    for (method, target) in [
        ("GET", format!("http://{}{HOLO}", vendor.at)),
        ("GET", format!("http://{}/", vendor.at)),
        ("GET", format!("/proxy/http://{}/", vendor.at)),
        ("GET", format!("/proxy/{}/", vendor.at)),
        ("CONNECT", vendor.at.to_string()),
        ("OPTIONS", "*".to_owned()),
    ] {
        let status = proxy.ask(method, &target, "", "").await.status;
        let most = if Way::now().is_read_before() { 600 } else { 500 };
        assert!((400..most).contains(&status), "{method} {target}: {status}");
    }
    assert_eq!(vendor.heard(), Vec::<String>::new());
}

#[tokio::test]
async fn odd_methods_reach_nothing() {
    let (vendor, proxy) = vendor_and_proxy().await;
    for method in ["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "post", "PROPFIND", "X"] {
        let status = proxy.ask(method, SES, "", "").await.status;
        assert!(status == 403 || (status >= 400 && Way::now().is_read_before()), "{method}: {status}");
    }
    assert_eq!(vendor.heard(), Vec::<String>::new());
}

#[tokio::test]
async fn a_body_whose_end_is_in_doubt_reaches_nothing() {
    let (vendor, proxy) = vendor_and_proxy().await;
    for framing in [
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "Content-Length: 2\r\nTransfer-Encoding: xchunked\r\n\r\n{}",
        "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "Content-Length: +2\r\n\r\n{}",
        "Content-Length: 2, 2\r\n\r\n{}",
        "Content-Length: 0x2\r\n\r\n{}",
    ] {
        let head = format!("POST {SES} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{framing}", proxy.at);
        let statuses = proxy.statuses(head.as_bytes()).await;
        assert!(statuses == [400] || Way::now().is_read_before(), "{framing}: {statuses:?}");
    }
    assert_eq!(proxy.ask("GET", HOLO, HOLO_ACTION, "x").await.reason(), Some("bad-request"));
    heard_calls_at_most(&vendor);
}

#[tokio::test]
async fn a_header_that_comes_twice_or_is_not_text_reaches_nothing() {
    let (vendor, proxy) = vendor_and_proxy().await;
    for headers in [
        "Authorization: a\r\nauthorization: b\r\n",
        "X-Acs-Date: a\r\nX-Acs-Date: a\r\n",
        "X-Language: 가\r\n",
        "Origin: http://a\r\nOrigin: http://b\r\n",
    ] {
        let answer = proxy.ask("POST", SES, headers, "{}").await;
        let refused = (answer.status, answer.reason()) == (400, Some("bad-request"));
        assert!(refused || Way::now().is_read_before(), "{headers}: {answer:?}");
    }
    heard_calls_at_most(&vendor);
}

/// Nothing is heard; behind a server that reads requests before, whole calls of the catalogue may be.
fn heard_calls_at_most(vendor: &Vendor) {
    let heard = vendor.heard();
    if Way::now().is_read_before() {
        assert!(heard.iter().all(|request| is_a_call(request)), "{heard:?}");
    } else {
        assert_eq!(heard, Vec::<String>::new());
    }
}
