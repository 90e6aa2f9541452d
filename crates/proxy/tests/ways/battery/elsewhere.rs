//! Ways to something that is no vendor: by the address of a call, by what a vendor's name resolves to, and by
//! where an answer points.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rollwatch_proxy::{Lookup, Upstream};

use super::beside::OpenProxy;
use super::mutating::{MUTATING, SHARED};
use super::{HOST, Table, Vector};
use crate::support::{Proxy, Reply, SES, Vendor};
use crate::way::Door;

/// Requests whose own address names another server.
pub fn vectors(canary: SocketAddr) -> Vec<Vector> {
    let port = canary.port();
    let path = "/api/v2/cluster/getRollingUpgradeProgress";
    let id = "ncp_search_engine.public.KR";
    let mut targets = Vec::new();
    for place in [
        canary.to_string(),
        format!("localhost:{port}"),
        format!("127.1:{port}"),
        format!("2130706433:{port}"),
        format!("0x7f.0.0.1:{port}"),
        format!("0177.0.0.1:{port}"),
        format!("0:{port}"),
        format!("[::1]:{port}"),
        format!("[::ffff:127.0.0.1]:{port}"),
        format!("user:pass@127.0.0.1:{port}"),
        format!("vpcsearchengine.apigw.ntruss.com@127.0.0.1:{port}"),
        "169.254.169.254".to_owned(),
        "100.100.100.200".to_owned(),
        "metadata.google.internal".to_owned(),
    ] {
        targets.extend([
            format!("http://{place}/"),
            format!("https://{place}{SES}"),
            format!("http://{place}{SES}"),
            format!("//{place}{SES}"),
            format!("/proxy/{place}/"),
            format!("/proxy/http://{place}/"),
            format!("/proxy/https:%2f%2f{place}/"),
            format!("/proxy//{place}{path}"),
            format!("/proxy/{id}@{place}{path}"),
            format!("/proxy/{id}:{port}@{place}{path}"),
            format!("/proxy/{id}.{place}{path}"),
            format!("/proxy/{id}?@{place}{path}"),
            format!("/proxy/{id}#@{place}{path}"),
            format!("/proxy/{id}\\{place}{path}"),
            format!("/proxy/{id}/http://{place}/"),
            format!("/http://{place}/"),
        ]);
    }
    for strange in [
        format!("/proxy/{id}%00{path}"),
        format!("/proxy/{id} {path}"),
        format!("/proxy/{}{path}", id.to_lowercase()),
        format!("/proxy/{}{path}", id.replace('.', "%2e")),
        format!("/proxy/{}~identity.public.KR{path}", "ncp_search_engine"),
        format!("/proxy/../{id}{path}"),
        format!("/proxy/./{id}{path}"),
        format!("/proxy/%2e/{id}{path}"),
        format!("/Proxy/{id}{path}"),
        format!("/%70roxy/{id}{path}"),
        format!("proxy/{id}{path}"),
        format!("{id}{path}"),
        "*".to_owned(),
        String::new(),
    ] {
        targets.push(strange);
    }
    let head = |method: &str, target: &str| {
        format!("{method} {target} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n")
    };
    let mut all: Vec<_> =
        targets.iter().map(|target| Vector::refused("another server", head("POST", target))).collect();
    for call in MUTATING.iter().chain(&SHARED) {
        let target = format!("/proxy/{}{}{}", call.at, call.prefix, call.path);
        for own in [
            "http://localhost",
            "https://localhost",
            "http://LOCALHOST:8787",
            "http://127.0.0.1",
            "//localhost",
        ] {
            all.push(Vector::refused("absolute form", head(call.method, &format!("{own}{target}"))));
        }
        let other = format!("http://{}{}{}", canary, call.prefix, call.path);
        all.push(Vector::refused("absolute form", head(call.method, &other)));
    }
    for place in [canary.to_string(), format!("localhost:{port}"), "169.254.169.254:80".to_owned()] {
        all.push(Vector::refused("another server", head("CONNECT", &place)));
        all.push(Vector::refused("another server", head("GET", &format!("http://{place}/"))));
        let forged = format!("POST {SES} HTTP/1.1\r\nHost: {place}\r\nConnection: close\r\n\r\n");
        // The proxy's own names are 127.0.0.1 and localhost with any port: such a Host is no place of its own.
        let own = !place.starts_with("169");
        all.push(Vector::with_calls("another server", forged, usize::from(own)));
    }
    all
}

/// Addresses that no vendor has. `PORT` is the canary's.
const CLOSED: [&str; 46] = [
    "127.0.0.1",
    "127.0.0.2",
    "127.1.2.3",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "169.254.170.2",
    "169.254.0.1",
    "172.16.0.1",
    "172.17.0.1",
    "172.31.255.254",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.254",
    "198.18.0.1",
    "198.19.255.254",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "ff02::1",
];

/// A public address without a network behind it, so that nobody is bothered: its block is not assigned.
const NOWHERE: &str = "[2d00::1]:443";

/// How an open proxy can be told this machine's address in its own request.
const SPELLED: [&str; 9] = [
    "127.0.0.1",
    "localhost",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0",
    "[::ffff:127.0.0.1]",
    "user:pass@127.0.0.1",
];

/// Vendors whose names lead elsewhere: every closed address alone, in front of and behind the canary's and a
/// public one, and names that change between two look-ups.
pub async fn addresses(table: &mut Table, open: Option<&OpenProxy>) {
    let canary = Vendor::start(Reply::json("", "{}")).await;
    let closed = |text: &str| SocketAddr::new(text.parse().expect("an address"), canary.at.port());
    let nowhere: SocketAddr = NOWHERE.parse().expect("an address");
    let mut answers = Vec::new();
    for text in CLOSED {
        answers.push(("closed addresses", vec![vec![closed(text)]]));
        answers.push(("closed addresses", vec![vec![closed(text), canary.at]]));
    }
    for text in CLOSED.iter().take(6) {
        answers.push(("closed addresses", vec![vec![closed(text), nowhere]]));
        answers.push(("closed addresses", vec![vec![nowhere, closed(text)]]));
    }
    answers.push(("closed addresses", vec![Vec::new()]));
    for text in CLOSED {
        answers.push(("names that change", vec![vec![nowhere], vec![closed(text)], vec![canary.at]]));
    }
    for turns in 1..8 {
        let flapping =
            (0..16).map(|nth| if nth % (turns + 1) == turns { vec![canary.at] } else { vec![nowhere] });
        answers.push(("names that change", flapping.collect()));
    }
    let next: Arc<Mutex<Vec<Vec<SocketAddr>>>> = Arc::default();
    let given = Arc::clone(&next);
    let proxy = Proxy::start(|config| {
        config.limits.connect_for = Duration::from_millis(20);
        config.limits.answer_for = Duration::from_millis(500);
        config.upstream = Upstream::Named(Lookup::new(move |_| {
            let mut left = given.lock().expect("no test panics with it");
            let answer = if left.is_empty() { Vec::new() } else { left.remove(0) };
            async move { Ok(answer) }
        }));
    })
    .await;
    for (class, answer) in answers {
        let (calls, before) = (answer.len(), canary.connections());
        let shown = format!("{answer:?}");
        *next.lock().expect("no test panics with it") = answer;
        let mut fault = None;
        for _ in 0..calls {
            let reason = proxy.ask("POST", SES, "", "{}").await.reason().map(str::to_owned);
            if !matches!(reason.as_deref(), Some("vendor-unreachable" | "vendor-timeout")) {
                fault = Some(format!("{reason:?} for {shown}"));
            }
        }
        let reached = canary.connections() > before;
        table.count(class, reached, fault.or_else(|| reached.then(|| format!("{shown} was connected to"))));
    }
    for text in SPELLED {
        if let Some(open) = open {
            let reached = open.reaches_place(&format!("http://{text}:{}/", open.canary.at.port())).await;
            table.count_beside("closed addresses", reached);
        }
    }
}

/// Answers that point to the canary.
pub async fn redirects(table: &mut Table, open: Option<&OpenProxy>) {
    let canary = Vendor::start(Reply::json("", "{}")).await;
    for status in [300, 301, 302, 303, 305, 307, 308] {
        for place in [
            "Location: http://CANARY/",
            "Location: //CANARY/",
            "Location: /v1.0/p1/clusters/c1/restart",
            "Refresh: 0; url=http://CANARY/",
            "Alt-Svc: h2=\"CANARY\"",
            "Content-Location: http://CANARY/",
        ] {
            let place = place.replace("CANARY", &canary.at.to_string());
            let answer = format!("HTTP/1.1 {status} X\r\n{place}\r\nContent-Length: 0\r\n\r\n");
            let vendor = Vendor::start(Reply::text(&answer)).await;
            let before = canary.connections();
            let proxy = Door::before(&vendor).await;
            let told = proxy.ask("POST", SES, "", "{}").await;
            let shown = ["location", "refresh", "alt-svc", "content-location"];
            let hidden = shown.iter().all(|name| told.header(name).is_none());
            let reached = canary.connections() > before || vendor.heard().len() != 1;
            let good = told.status == status && hidden && !reached;
            table.count("redirects", reached, (!good).then(|| format!("{} to {answer:?}", told.status)));
        }
        if let Some(open) = open {
            let place = format!("http://{}/", open.canary.at);
            let answer = format!("HTTP/1.1 {status} X\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n");
            let vendor = Vendor::start(Reply::text(&answer)).await;
            let reached = open.reaches_place(&format!("http://{}/", vendor.at)).await;
            table.count_beside("redirects", reached);
        }
    }
}
