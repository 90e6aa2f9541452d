//! The page on every kind of host that `cargo xtask build --for` knows, at the root and below a path.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;

use crate::support::{
    Fleet, Host, Kind, Network, Nginx, Page, Setup, World, fill_cluster, fill_key, fleet, selector, submit,
};

/// The names of all files that the page has loaded from its host.
const LOADED: &str = "[...new Set(performance.getEntriesByType('resource').map((entry) => entry.name))]
    .filter((name) => name.startsWith(document.baseURI)).map((name) => name.slice(document.baseURI.length))";

const UNDER: &str = "/ops/rollwatch/";

/// One test for each host at its root and one below a path.
macro_rules! on {
    ($($host:ident, $kind:ident;)*) => {$(
        mod $host {
            use super::*;

            #[tokio::test(flavor = "multi_thread")]
            async fn at_the_root() {
                judge(Kind::$kind, "/").await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn below_a_path() {
                judge(Kind::$kind, UNDER).await;
            }
        }
    )*};
}

on! {
    cloudflare, Cloudflare;
    netlify, Netlify;
    github_pages, GithubPages;
    s3, S3;
    nginx, Nginx;
}

async fn judge(kind: Kind, under: &'static str) {
    let setup = Setup { fleet: Fleet::Empty, speed: 1.0, host: Host::Kit(kind, under), ..Setup::default() };
    let world = World::start(setup).await;
    let page = Page::open(&world, "").await;
    page.until_text(".empty", "Nothing is watched yet.").await;
    let loaded: Vec<String> = page.read(LOADED).await;
    assert!(loaded.len() >= 5, "{loaded:?}");
    check_answers(kind, &world, &loaded);

    page.click_words("Add cluster").await;
    fill_cluster(&page, "css-orders").await;
    fill_key(&page, "css-orders").await;
    submit(&page).await;
    page.until_text(".banner .verdict", "Running").await;
    assert!(world.proxied("OPTIONS", 204) >= 1, "the proxy is on another origin");
    assert_eq!(world.proxied("GET", 200), world.asked(), "every answer came by the address of the build");
    page.click("header h1 a").await;
    page.find(&selector("css-orders")).await;
    page.choose("#lang", "ko").await;
    page.until_text("header", "클러스터 추가").await;
    page.choose("#lang", "en").await;
    page.until_text("header", "Add cluster").await;
    page.click(&format!("{} h3 a", selector("css-orders"))).await;
    page.find(".banner").await;

    page.reload().await;
    page.find(".banner").await;
    let asked = world.asked();
    page.go(&format!("{}{}", world.page, fleet::link("search-prod"))).await;
    page.until_text("section p", "This link needs read access to NAVER Cloud, KR.").await;
    assert_eq!(world.asked(), asked, "a link makes no call before a key is entered");
    page.close(Network::Sound).await;
}

/// What a host says with each file.
fn check_answers(kind: Kind, world: &World, loaded: &[String]) {
    let document = ask(world, "");
    assert_eq!(document.status, 200);
    if kind.sends_headers() {
        let policy = &document.headers["content-security-policy"];
        let proxy = &world.origins()[1];
        for part in [
            &*format!("connect-src 'self' {proxy};"),
            "default-src 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'; trusted-types 'none'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        for (name, value) in [
            ("strict-transport-security", "max-age=63072000"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(document.headers.get(name).map(String::as_str), Some(value), "{name}");
        }
        assert!(document.headers["permissions-policy"].contains("camera=()"));
        assert!(
            !document.headers.contains_key("access-control-allow-origin"),
            "no other site reads the page"
        );
    }
    let mut names: Vec<&str> = loaded.iter().map(String::as_str).collect();
    names.extend(["config.json", "icon.svg"]);
    for name in names {
        let answer = ask(world, name);
        assert_eq!(answer.status, 200, "{name}");
        let cache = &answer.headers["cache-control"];
        let is_hashed = name.contains('-');
        match kind {
            Kind::GithubPages => assert_eq!(cache, "max-age=600", "{name}"),
            _ if is_hashed => assert_eq!(cache, "public, max-age=31536000, immutable", "{name}"),
            _ => assert_eq!(cache, "no-cache", "{name}"),
        }
        let coding = answer.headers.get("content-encoding").map(String::as_str);
        if name.ends_with(".wasm") {
            assert_eq!(answer.headers["content-type"], "application/wasm");
            let best = if kind == Kind::Nginx && !Nginx::has_brotli() { "gzip" } else { "br" };
            assert_eq!(coding, Some(best), "{name}");
        }
    }
    for missing in ["rollwatch-0123456789abcdef.js", "_headers", ".nojekyll", "rollwatch.conf"] {
        let answer = ask(world, missing);
        assert_eq!(answer.status, 404, "{missing}");
        let cache = answer.headers.get("cache-control");
        assert!(
            cache.is_none_or(|cache| !cache.contains("immutable")),
            "a missing file is never kept: {cache:?}"
        );
    }
}

struct Answer {
    status: u16,
    /// Names in lower case.
    headers: BTreeMap<String, String>,
}

/// Asks a host for a file of the page, as a browser would that takes brotli and gzip.
fn ask(world: &World, name: &str) -> Answer {
    let address = world.page.strip_prefix("http://").expect("plain http on this machine");
    let (host, path) = address.split_once('/').expect("a path");
    let mut stream = TcpStream::connect(host).expect("the host listens");
    let request = format!(
        "GET /{path}{name} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip, br\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).expect("the host reads");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("the host answers");
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("an end of the headers");
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()));
    Answer { status: status.expect("a status"), headers: headers.collect() }
}
