//! The page's files out of the program.

use std::borrow::Cow;
use std::path::PathBuf;

use rust_embed::Embed;

use crate::support::Proxy;

#[derive(Embed)]
#[folder = "tests/loopback/page"]
struct Page;

fn file(path: &str) -> Option<Cow<'static, [u8]>> {
    Page::get(path).map(|file| file.data)
}

#[tokio::test]
async fn a_page_inside_the_program_is_served_as_a_folder_is() {
    let proxy = Proxy::start(|config| config.embedded = Some(file)).await;
    let page = proxy.ask("GET", "/", "", "").await;
    assert_eq!((page.status, page.text()), (200, "<!doctype html>"));
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    assert!(page.header("content-security-policy").is_some());
    assert_eq!(page.header("strict-transport-security"), None, "this is not TLS");
    let wasm = "/app-0123456789abcdef_bg.wasm";
    let packed = proxy.ask("GET", wasm, "Accept-Encoding: gzip, br\r\n", "").await;
    assert_eq!((packed.text(), packed.header("content-encoding")), ("wasm in brotli", Some("br")));
    assert_eq!(packed.header("cache-control"), Some("public, max-age=31536000, immutable"));
    let plain = proxy.ask("GET", wasm, "Accept-Encoding: gzip\r\n", "").await;
    assert_eq!((plain.text(), plain.header("content-encoding")), ("wasm", None));
    assert_eq!(proxy.ask("GET", "/icons/icon.svg", "", "").await.text(), "icon");
    for missing in
        ["/nothing.js", "/icons", "/icons/", "/../page/index.html", "/./index.html", "/index.html/"]
    {
        assert_eq!(proxy.ask("GET", missing, "", "").await.status, 404, "{missing}");
    }
}

#[tokio::test]
async fn a_folder_or_a_given_configuration_goes_before_the_program() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("before-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("index.html"), "of the folder").expect("a file");
    let proxy = Proxy::start(|config| {
        config.embedded = Some(file);
        config.app_dir = Some(folder);
    })
    .await;
    assert_eq!(proxy.ask("GET", "/", "", "").await.text(), "of the folder");
    // Files of two builds are never mixed.
    assert_eq!(proxy.ask("GET", "/icons/icon.svg", "", "").await.status, 404);
    let given = Proxy::start(|config| {
        config.embedded = Some(file);
        config.config_json = Some("{\"title\":\"given\"}".to_owned());
    })
    .await;
    assert_eq!(given.ask("GET", "/config.json", "", "").await.text(), "{\"title\":\"given\"}");
}
