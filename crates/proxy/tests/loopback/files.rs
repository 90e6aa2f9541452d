//! The page's files.

use std::fs;
use std::path::PathBuf;

use crate::support::{Answer, Proxy};

/// A folder for one test, with a file beside it that must never be served.
fn folder(test: &str) -> PathBuf {
    let outer = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}-{}", std::process::id()));
    let app = outer.join("app");
    fs::create_dir_all(app.join("icons")).expect("a folder");
    fs::write(outer.join("outside.txt"), "MARKED").expect("a file");
    for (name, text) in [
        ("index.html", "<!doctype html>"),
        ("config.json", "{\"title\":\"file\"}"),
        ("boot.js", "boot"),
        ("boot.js.gz", "boot in gzip"),
        ("app-0123456789abcdef_bg.wasm", "wasm"),
        ("app-0123456789abcdef_bg.wasm.br", "wasm in brotli"),
        ("app-0123456789abcdef_bg.wasm.gz", "wasm in gzip"),
        ("icons/icon-192.png", "png"),
        (".hidden", "MARKED"),
    ] {
        fs::write(app.join(name), text).expect("a file");
    }
    app
}

async fn proxy(test: &str) -> Proxy {
    let app = folder(test);
    Proxy::start(|config| {
        config.app_dir = Some(app);
        config.connect_src = vec!["https://proxy.example".to_owned()];
    })
    .await
}

fn told<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.header(name).unwrap_or("")
}

#[tokio::test]
async fn the_address_without_a_path_is_the_page() {
    let answer = proxy("page").await.ask("GET", "/", "", "").await;
    assert_eq!((answer.status, answer.text()), (200, "<!doctype html>"));
    assert_eq!(told(&answer, "content-type"), "text/html; charset=utf-8");
    assert_eq!(told(&answer, "cache-control"), "no-cache");
    let policy = told(&answer, "content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';")
    );
    assert!(policy.contains("; connect-src 'self' https://proxy.example;"), "{policy}");
    assert_eq!(told(&answer, "x-content-type-options"), "nosniff");
    assert_eq!(told(&answer, "referrer-policy"), "no-referrer");
    assert_eq!(told(&answer, "cross-origin-opener-policy"), "same-origin");
    assert!(told(&answer, "permissions-policy").contains("camera=()"));
}

#[tokio::test]
async fn a_hashed_file_is_kept_for_good_and_comes_packed_when_the_client_takes_that() {
    let proxy = proxy("hashed").await;
    let wasm = "/app-0123456789abcdef_bg.wasm?v=1";
    let packed = proxy.ask("GET", wasm, "Accept-Encoding: gzip, br\r\n", "").await;
    assert_eq!((packed.text(), told(&packed, "content-encoding")), ("wasm in brotli", "br"));
    assert_eq!(told(&packed, "content-type"), "application/wasm");
    assert_eq!(told(&packed, "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(told(&packed, "vary"), "Accept-Encoding");
    let other = proxy.ask("GET", wasm, "Accept-Encoding: gzip, br;q=0\r\n", "").await;
    assert_eq!((other.text(), told(&other, "content-encoding")), ("wasm in gzip", "gzip"));
    let plain = proxy.ask("GET", wasm, "", "").await;
    assert_eq!((plain.text(), plain.header("content-encoding")), ("wasm", None));
    let boot = proxy.ask("GET", "/boot.js", "Accept-Encoding: br, gzip\r\n", "").await;
    assert_eq!((boot.text(), told(&boot, "cache-control")), ("boot in gzip", "no-cache"));
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served() {
    let proxy = proxy("outside").await;
    for target in [
        "/../outside.txt",
        "/icons/../../outside.txt",
        "/%2e%2e/outside.txt",
        "/%2e%2e%2foutside.txt",
        "/..%2foutside.txt",
        "/..%5coutside.txt",
        "/..\\outside.txt",
        "/.%00./outside.txt",
        "/%252e%252e/outside.txt",
        "/....//outside.txt",
        "/;/../outside.txt",
        "//outside.txt",
        "/.hidden",
        "/icons",
        "/icons/",
        "/nothing.js",
        "/index.html/",
    ] {
        let answer = proxy.ask("GET", target, "", "").await;
        assert_eq!(answer.status, 404, "{target}");
        assert!(!answer.text().contains("MARKED") && answer.text().ends_with(".\n"), "{target}");
        assert_eq!(told(&answer, "x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn files_are_only_read() {
    let proxy = proxy("read").await;
    let head = proxy.ask("HEAD", "/boot.js", "", "").await;
    assert_eq!((head.status, head.text(), told(&head, "content-length")), (200, "", "4"));
    let post = proxy.ask("POST", "/boot.js", "", "").await;
    assert_eq!((post.status, told(&post, "allow")), (405, "GET, HEAD"));
}

#[tokio::test]
async fn a_given_configuration_stands_in_for_the_file() {
    let file = proxy("config").await.ask("GET", "/config.json", "", "").await;
    assert_eq!(file.text(), "{\"title\":\"file\"}");
    let given = Proxy::start(|config| config.config_json = Some("{\"title\":\"given\"}".to_owned())).await;
    let answer = given.ask("GET", "/config.json", "", "").await;
    assert_eq!((answer.status, answer.text()), (200, "{\"title\":\"given\"}"));
    assert_eq!(told(&answer, "content-type"), "application/json");
    assert_eq!(told(&answer, "cache-control"), "no-cache");
}

#[tokio::test]
async fn a_proxy_without_a_page_says_how_to_serve_one() {
    let answer = Proxy::start(|_| ()).await.ask("GET", "/", "", "").await;
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("--app"));
}

#[tokio::test]
async fn the_health_of_the_proxy_is_told_under_every_name() {
    let proxy = Proxy::start(|_| ()).await;
    let answer = proxy.raw("GET /healthz HTTP/1.1\r\nHost: 10.0.0.7\r\nConnection: close\r\n\r\n").await;
    assert_eq!((answer.status, answer.text()), (200, "ok"));
    assert_eq!(proxy.raw("GET / HTTP/1.1\r\nHost: 10.0.0.7\r\nConnection: close\r\n\r\n").await.status, 400);
}
