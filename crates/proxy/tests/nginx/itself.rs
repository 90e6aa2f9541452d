//! nginx's own errors, a vendor that would tell it something, and what it writes down.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::join_all;
use rollwatch_policy::nginx::{Certificate, Upstream};
use serde_json::Value;
use tokio::time::timeout;

use crate::support::{After, Answer, CSS, Nginx, Reply, SES, Vendor, until};

const PAGE: &str = "https://watch.example";

async fn before(vendor: &Vendor) -> Nginx {
    Nginx::before(vendor, |rules, nginx| {
        rules.allowed_origins.push(PAGE.to_owned());
        // As long as a busy machine may take over an answer that does come.
        nginx.times.answer_for = Duration::from_secs(1);
    })
    .await
}

#[tokio::test]
async fn what_nginx_does_not_take_is_refused_in_the_words_of_the_proxy() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = before(&vendor).await;
    let long = "a".repeat(40_000);
    for request in [
        "x\r\n\r\n".to_owned(),
        format!("GET {CSS}%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        format!("GET {CSS}/{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "../".repeat(20)),
        format!("GET {CSS} HTTP/1.1\r\nHost: localhost\r\nX: {long}\r\n\r\n"),
        format!("GET {CSS}/{long} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        format!("POST {SES} HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n"),
        format!("GET {CSS} HTTP/1.1\r\n\r\n"),
    ] {
        let answer = proxy.raw(&request).await;
        assert_eq!((answer.status, answer.reason()), (400, Some("bad-request")), "{request:.100}");
        told_as_every_refusal(&answer);
    }
    assert_eq!(proxy.ask("TRACE", CSS, "", "").await.reason(), Some("route-not-allowed"));
    let body = format!("Origin: {PAGE}\r\nConnection: close\r\nContent-Length: 65537\r\n\r\n");
    let answer = proxy.raw(format!("POST {SES} HTTP/1.1\r\nHost: localhost\r\n{body}")).await;
    assert_eq!((answer.status, answer.reason()), (400, Some("bad-request")));
    assert_eq!(answer.header("access-control-allow-origin"), Some(PAGE));
    assert_eq!(vendor.bytes(), 0);
}

fn told_as_every_refusal(answer: &Answer) {
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(
        answer.header("content-security-policy"),
        Some("default-src 'none'; frame-ancestors 'none'; sandbox")
    );
}

#[tokio::test]
async fn a_vendor_that_gives_no_answer_is_told_by_its_reason() {
    let endless_head = [b"HTTP/1.1 200 OK\r\nX: ".to_vec(), vec![b'x'; 70_000]].concat();
    for (reply, reason) in [
        (Reply::Close, (502, Some("vendor-unreachable"))),
        (Reply::Silence, (504, Some("vendor-timeout"))),
        (Reply::text("HTTP/1.1 200 OK\r\n\0: x\r\n\r\n"), (502, Some("vendor-unreachable"))),
        (Reply::Bytes(endless_head), (502, Some("vendor-unreachable"))),
    ] {
        let vendor = Vendor::start(reply).await;
        let proxy = before(&vendor).await;
        let answer = proxy.ask("POST", SES, &format!("Origin: {PAGE}\r\n"), "{}").await;
        assert_eq!((answer.status, answer.reason()), reason);
        assert_eq!(answer.header("access-control-allow-origin"), Some(PAGE));
        assert_eq!(vendor.heard().len(), 1);
    }
}

#[tokio::test]
async fn a_vendor_that_stalls_is_broken_off_and_another_is_asked_meanwhile() {
    let begun = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{".to_vec();
    for stalled in [Reply::Silence, Reply::Begin(begun, After::Hang)] {
        let vendor = Vendor::start(Reply::by_request(move |request| match request.starts_with("GET") {
            true => Reply::json("", "{}"),
            false => stalled.clone(),
        }))
        .await;
        let proxy = before(&vendor).await;
        let stalls = join_all((0..20).map(|_| proxy.ask("POST", SES, "", "{}")));
        let others = async {
            for _ in 0..20 {
                assert_eq!(proxy.ask("GET", CSS, "", "").await.status, 200);
            }
        };
        let both = async { tokio::join!(stalls, others) };
        let (stalls, ()) = timeout(Duration::from_secs(10), both).await.expect("nothing hangs");
        for answer in stalls {
            let told = (answer.status, answer.reason()) == (504, Some("vendor-timeout"));
            let cut = answer.header("content-length") == Some("9") && answer.body == b"{";
            assert!(told || cut, "it must not look whole: {answer:?}");
        }
    }
}

#[tokio::test]
async fn a_vendor_tells_nginx_and_the_page_nothing_in_the_name_of_the_proxy() {
    let vendor = Vendor::start(Reply::json(
        "X-Accel-Redirect: /-/preflight\r\nX-Accel-Limit-Rate: 1\r\nX-Accel-Charset: koi8-r\r\n\
         X-Rollwatch-Proxy-Error: overloaded\r\nContent-Encoding: gzip\r\nAlt-Svc: h3=\":1\"\r\n\
         Service-Worker-Allowed: /\r\nClear-Site-Data: \"*\"\r\nWWW-Authenticate: Basic\r\n",
        "{\"ok\":true}",
    ))
    .await;
    let proxy = before(&vendor).await;
    let answer = proxy.ask("POST", SES, "", "{}").await;
    assert_eq!((answer.status, answer.text(), answer.reason()), (200, "{\"ok\":true}", None));
    let mut names = answer.names();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "cache-control",
            "connection",
            "content-length",
            "content-security-policy",
            "content-type",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "permissions-policy",
            "referrer-policy",
            "server",
            "vary",
            "x-content-type-options",
        ]
    );
}

#[tokio::test]
async fn addresses_inside_nginx_are_no_way_around_a_decision() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = before(&vendor).await;
    for target in ["/-/get", "/-/post", "/-/healthz", "/-/elsewhere", "/-/bad-request", "/-/preflight", "/-/"]
    {
        let answer = proxy.ask("GET", target, "", "").await;
        assert_eq!((answer.status, answer.reason()), (404, None), "{target}");
        assert!(!answer.text().contains("nginx"), "{target}");
    }
    assert_eq!(vendor.bytes(), 0);
}

#[tokio::test]
async fn the_log_tells_the_route_and_nothing_of_the_request() {
    let vendor = Vendor::start(Reply::by_request(|request| match request.starts_with("GET") {
        true => Reply::json("", "{\"MARKED\":1}"),
        false => Reply::Close,
    }))
    .await;
    let proxy = before(&vendor).await;
    let secret = "Authorization: MARKED\r\nX-Auth-Token: MARKED\r\nReferer: http://MARKED/\r\n";
    let marked = CSS.replace("/p1/", "/MARKED/");
    proxy.ask("GET", &format!("{marked}?limit=MARKED"), secret, "").await;
    proxy.ask("POST", SES, secret, "MARKED").await;
    proxy.ask("MARKED", &marked, secret, "").await;
    proxy.ask("GET", "/MARKED", secret, "").await;
    proxy.raw("MARKED MARKED\r\n\r\n").await;
    let lines = || -> Vec<Value> {
        let text = proxy.read("access.log");
        text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    };
    until(|| proxy.read("access.log").lines().count() == 5).await;
    let told: Vec<_> = lines()
        .iter()
        .map(|line| {
            assert!(line["milliseconds"].is_u64() && line["limit"].is_null(), "{line}");
            ["service", "region", "method", "route", "status", "reason"]
                .map(|name| line[name].to_string())
                .join(" ")
        })
        .collect();
    assert_eq!(
        told,
        [
            "\"huawei_css\" \"cn-north-4\" \"GET\" \"/v1.0/{id}/clusters/{id}/upgrade/detail\" 200 null",
            "\"ncp_search_engine\" \"KR\" \"POST\" \"/cluster/getRollingUpgradeProgress\" 502 \"vendor-unreachable\"",
            "null null \"other\" null 403 \"route-not-allowed\"",
            "null null \"GET\" null 404 null",
            "null null \"other\" null 400 \"bad-request\"",
        ]
    );
    for log in ["access.log", "error.log"] {
        let text = proxy.read(log);
        assert!(!text.contains("MARKED") && !text.contains("127.0.0.1"), "{log}: {text}");
    }
}

#[test]
fn the_configuration_for_the_vendors_is_taken_without_a_warning() {
    let vendors = |ipv6| Upstream::Vendors {
        resolver: "127.0.0.53 [::1]:5353".to_owned(),
        ipv6,
        authorities: "/etc/ssl/certs/ca-certificates.crt".to_owned(),
    };
    for ipv6 in [false, true] {
        let (taken, said) = Nginx::judge(vendors(ipv6), |_, _| ());
        assert!(taken && !said.contains("[warn]"), "{said}");
    }
    let (taken, said) = Nginx::judge(vendors(false), |rules, _| rules.allowed_hosts.clear());
    assert!(taken, "{said}");
}

#[test]
fn a_certificate_of_its_own_is_taken() {
    let made = rcgen::generate_simple_self_signed(["proxy.example".to_owned()]).expect("a certificate");
    let folder = std::env::temp_dir().join(format!("rollwatch-certificate-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let place = |name: &str| folder.join(name).display().to_string();
    std::fs::write(folder.join("chain.pem"), pem("CERTIFICATE", made.cert.der())).expect("a file");
    std::fs::write(folder.join("key.pem"), pem("PRIVATE KEY", &made.signing_key.serialize_der()))
        .expect("a file");
    let upstream = Upstream::Fixed(([127, 0, 0, 1], 1).into());
    let (taken, said) = Nginx::judge(upstream, |_, nginx| {
        nginx.certificate = Some(Certificate { chain: place("chain.pem"), key: place("key.pem") });
    });
    // A test leaves nothing behind, whatever it found.
    let _ = std::fs::remove_dir_all(&folder);
    assert!(taken, "{said}");
}

fn pem(what: &str, bytes: &[u8]) -> String {
    let text = STANDARD.encode(bytes);
    let lines: Vec<_> = text.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
    format!("-----BEGIN {what}-----\n{}\n-----END {what}-----\n", lines.join("\n"))
}
