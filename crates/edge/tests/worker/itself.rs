//! The worker's settings, its failures, its log, and the page beside it.

use std::sync::Arc;

use tokio::sync::Notify;

use crate::support::{After, CSS, Reply, SES, Vendor, Worker, Workerd, until};
use crate::{GOOD, PLAIN, before};

#[tokio::test]
async fn settings_that_do_not_fit_answer_every_request_with_what_to_set() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    for (bindings, named) in [
        ("", "HOSTS is empty"),
        (r#"(name = "HOSTS", text = "127.0.0.1"), (name = "REGIONS", text = "{")"#, "REGIONS is not"),
        (
            r#"(name = "HOSTS", json = "[\"127.0.0.1\"]"), (name = "ALLOW_ORIGIN", text = "*")"#,
            "ALLOW_ORIGIN",
        ),
    ] {
        let worker = Workerd::start(&vendor, &Worker { bindings, ..PLAIN });
        for (method, target) in [("POST", SES), ("GET", "/healthz"), ("GET", "/")] {
            let answer = worker.ask(method, target, "Origin: https://watch.example\r\n", "").await;
            assert_eq!((answer.status, answer.reason()), (500, Some("misconfigured")), "{target}");
            assert!(answer.text().contains(named), "{}", answer.text());
            assert_eq!(answer.header("access-control-allow-origin"), Some("https://watch.example"));
        }
    }
    assert_eq!(vendor.heard(), Vec::<String>::new());
}

/// Breaks the instance of a request to `/trap`: a pointer outside of its memory ends it as a panic would.
const TRAPS: &str = r#"
export * from "./real.js";
import { Edge as Real } from "./real.js";
export class Edge extends Real {
  judge(method, target, ...rest) {
    if (target === "/trap") this.__wbg_ptr = 0xfffffff0;
    return super.judge(method, target, ...rest);
  }
}
"#;

#[tokio::test]
async fn a_policy_that_fails_answers_500_and_begins_anew() {
    let gate = Arc::new(Notify::new());
    let whole = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
    let begun = Reply::Begin(whole.into(), After::Wait(Arc::clone(&gate), b"{}".into()));
    let slow = Vendor::start(Reply::by_request(move |request| match request.starts_with("GET") {
        true => begun.clone(),
        false => Reply::json("", "{}"),
    }))
    .await;
    let worker = Workerd::start(&slow, &Worker { policy: Some(TRAPS), ..PLAIN });
    let caught = async {
        until(|| slow.heard().len() == 1).await;
        let answer = worker.ask("GET", "/trap", "Origin: https://watch.example\r\n", "").await;
        assert_eq!((answer.status, answer.reason()), (500, Some("overloaded")));
        assert_eq!(answer.header("access-control-allow-origin"), Some("https://watch.example"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(worker.ask("POST", SES, "", "{}").await.status, 200);
        gate.notify_one();
    };
    let (under_way, ()) = tokio::join!(worker.ask("GET", CSS, "", ""), caught);
    assert_eq!((under_way.status, under_way.reason()), (500, Some("overloaded")), "its ticket is lost");
    assert_eq!(worker.ask("POST", SES, "", "{}").await.status, 200, "others keep theirs");
    assert!(worker.log().iter().any(|line| line.contains("\"reason\":\"broken\"")), "{:?}", worker.log());
}

#[tokio::test]
async fn the_log_line_tells_the_route_and_nothing_of_the_request() {
    let vendor =
        Vendor::start(Reply::json("X-Request-Id: MARKED-answer\r\n", "{\"a\":\"MARKED-json\"}")).await;
    let worker = before(&vendor);
    let target = CSS.replace("/p1/", "/MARKED-project/").replace("/c1/", "/MARKED-cluster/");
    let headers = "Authorization: MARKED-key\r\nX-Auth-Token: MARKED-token\r\nCookie: MARKED\r\n\
                   Cf-Connecting-Ip: 192.0.2.77\r\n";
    assert_eq!(worker.ask("GET", &format!("{target}?limit=MARKED"), headers, "").await.status, 200);
    worker.ask("POST", SES, "X-Ncp-Iam-Access-Key: MARKED\r\n", "{\"secret\":\"MARKED\"}").await;
    worker.ask("POST", "/proxy/MARKED/MARKED?MARKED", "", "").await;
    worker.ask("PROPFIND", "/MARKED?MARKED", "", "").await;
    worker.ask("POST", SES, "Origin: https://marked.example\r\n", "{}").await;
    until(|| worker.log().len() == 5).await;
    let log = worker.log();
    assert!(!log.concat().to_lowercase().contains("marked") && !log.concat().contains("192.0.2"), "{log:?}");
    let first: serde_json::Value = serde_json::from_str(&log[0]).expect("JSON");
    assert_eq!(first["service"], "huawei_css");
    assert_eq!(first["region"], "cn-north-4");
    assert_eq!(first["method"], "GET");
    assert_eq!(first["route"], "/v1.0/{id}/clusters/{id}/upgrade/detail");
    assert_eq!(first["status"], 200);
    assert!(first["milliseconds"].is_u64());
    let last: serde_json::Value = serde_json::from_str(&log[4]).expect("JSON");
    assert_eq!(last["reason"], "origin-not-allowed");
}

#[tokio::test]
async fn the_page_is_served_from_the_same_origin_where_it_is_given() {
    let page = std::env::temp_dir().join(format!("rollwatch-edge-page-{}", std::process::id()));
    std::fs::create_dir_all(&page).expect("a folder");
    for name in ["index.html", "config.json", "app-0123456789abcdef.js"] {
        std::fs::write(page.join(name), "<!doctype html>").expect("a file");
    }
    let services = format!(r#"(name = "page", disk = (path = "{}"))"#, page.display());
    let bindings = format!(r#"{GOOD}, (name = "ASSETS", service = "page")"#);
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let worker = Workerd::start(&vendor, &Worker { bindings: &bindings, services: &services, ..PLAIN });
    let found = worker.ask("GET", "/index.html", "", "").await;
    for (path, caching) in [
        ("/index.html", "no-cache"),
        ("/config.json", "no-cache"),
        ("/app-0123456789abcdef.js", "public, max-age=31536000, immutable"),
    ] {
        let file = worker.ask("GET", path, "", "").await;
        assert_eq!((file.status, file.header("cache-control")), (200, Some(caching)), "{path}");
        assert_eq!(file.header("strict-transport-security"), Some("max-age=63072000"), "{path}");
    }
    std::fs::remove_dir_all(&page).expect("it is there");
    let gone = worker.ask("GET", "/app-0123456789abcdef.js", "", "").await;
    assert_eq!((gone.status, gone.header("cache-control")), (404, Some("no-cache")));
    assert_eq!((found.status, found.text()), (200, "<!doctype html>"));
    assert!(
        found.header("content-security-policy").is_some_and(|policy| policy.contains("script-src 'self'"))
    );
    assert_eq!(found.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(worker.ask("GET", "/missing", "", "").await.status, 404);
    assert_eq!(worker.ask("POST", SES, "", "{}").await.status, 200);
    let alone = before(&vendor).ask("GET", "/", "", "").await;
    assert_eq!(alone.status, 404);
    assert!(alone.text().starts_with("This proxy serves no page"), "{}", alone.text());
}
