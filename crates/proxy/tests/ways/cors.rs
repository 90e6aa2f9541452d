//! Which pages may read, and what a browser is told.

use crate::support::{Reply, SES, Vendor};
use crate::way::{Door, HOST, PAGE, Way};

async fn vendor_and_proxy() -> (Vendor, Door) {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Door::before(&vendor).await;
    (vendor, proxy)
}

#[tokio::test]
async fn a_listed_page_reads_the_answer_and_its_headers() {
    let (_vendor, proxy) = vendor_and_proxy().await;
    let answer = proxy.ask("POST", SES, &format!("Origin: {PAGE}\r\n"), "{}").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), Some(PAGE));
    assert_eq!(answer.header("vary"), Some("Origin"));
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    let exposed = answer.header("access-control-expose-headers").expect("exposed");
    for name in ["date", "retry-after", "x-request-id", "x-acs-retry-after", "x-rollwatch-proxy-error"] {
        assert!(exposed.split(", ").any(|given| given == name), "{name}");
    }
}

#[tokio::test]
async fn the_proxys_own_page_is_served_without_being_listed() {
    let (_vendor, proxy) = vendor_and_proxy().await;
    let own = format!("http://{}", proxy.at);
    let answer =
        proxy.ask("POST", SES, &format!("Origin: {own}\r\nSec-Fetch-Site: same-origin\r\n"), "{}").await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, Some(own.as_str())));
    assert_eq!(proxy.ask("POST", SES, "Sec-Fetch-Site: same-origin\r\n", "{}").await.status, 200);
}

#[tokio::test]
async fn a_foreign_page_is_refused_and_can_read_why() {
    let (vendor, proxy) = vendor_and_proxy().await;
    for origin in ["https://evil.example", "http://watch.example", "http://localhost:1", "null"] {
        let answer = proxy.ask("POST", SES, &format!("Origin: {origin}\r\n"), "{}").await;
        assert_eq!((answer.status, answer.reason()), (403, Some("origin-not-allowed")), "{origin}");
        assert_eq!(answer.header("access-control-allow-origin"), Some(origin));
        assert!(answer.header("access-control-expose-headers").is_some());
    }
    let embedded = proxy.ask("POST", SES, "Sec-Fetch-Site: cross-site\r\n", "{}").await;
    assert_eq!(embedded.reason(), Some("origin-not-allowed"));
    assert_eq!(vendor.heard(), Vec::<String>::new());
}

#[tokio::test]
async fn a_preflight_is_answered_without_asking_the_vendor() {
    let (vendor, proxy) = vendor_and_proxy().await;
    let asked = format!(
        "Origin: {PAGE}\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: x-sdk-date\r\n"
    );
    let answer = proxy.ask("OPTIONS", SES, &asked, "").await;
    assert_eq!((answer.status, answer.text()), (204, ""));
    assert_eq!(answer.header("access-control-allow-origin"), Some(PAGE));
    assert_eq!(answer.header("access-control-allow-methods"), Some("GET, POST"));
    assert_eq!(answer.header("access-control-max-age"), Some("86400"));
    assert_eq!(answer.header("access-control-allow-private-network"), None);
    let allowed = answer.header("access-control-allow-headers").expect("a list");
    for name in ["authorization", "content-type", "x-ncp-apigw-signature-v2", "x-acs-content-sha256"] {
        assert!(allowed.split(", ").any(|given| given == name), "{name}");
    }
    let private = format!("{asked}Access-Control-Request-Private-Network: true\r\n");
    let answer = proxy.ask("OPTIONS", SES, &private, "").await;
    assert_eq!(answer.header("access-control-allow-private-network"), Some("true"));
    assert_eq!(vendor.heard(), Vec::<String>::new());
}

#[tokio::test]
async fn a_page_that_points_its_own_name_at_the_proxy_is_refused() {
    let (vendor, proxy) = vendor_and_proxy().await;
    for head in [
        "Host: evil.example\r\nOrigin: http://evil.example\r\n",
        "Host: evil.example\r\nSec-Fetch-Site: same-origin\r\n",
        "Host: localhost\r\nHost: evil.example\r\n",
        "",
    ] {
        let request = format!("POST {SES} HTTP/1.1\r\n{head}Connection: close\r\n\r\n");
        // A head without one plain Host is no HTTP, which the server may say in its own words.
        if head.matches("Host").count() == 1 || !Way::now().is_read_before() {
            let answer = proxy.raw(request).await;
            assert_eq!((answer.status, answer.reason()), (400, Some("bad-request")), "{head}");
        } else {
            assert!(proxy.statuses(request.as_bytes()).await.iter().all(|status| *status >= 400), "{head}");
        }
        assert_eq!(vendor.heard(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_configured_host_name_is_answered_to() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Door::before(&vendor).await;
    let head = format!("Host: {HOST}\r\nOrigin: https://{HOST}\r\nConnection: close\r\n");
    assert_eq!(proxy.raw(format!("POST {SES} HTTP/1.1\r\n{head}\r\n")).await.status, 200);
}
