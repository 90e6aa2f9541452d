//! What is written down about a request, and what the program adds to an answer.

use crate::support::{CSS, Proxy, Reply, SES, Vendor};

#[tokio::test]
async fn the_log_line_tells_the_route_and_nothing_of_the_request() {
    let vendor =
        Vendor::start(Reply::json("X-Request-Id: MARKED-answer\r\n", "{\"a\":\"MARKED-json\"}")).await;
    let proxy = Proxy::before(&vendor, |_| ()).await;
    let target = CSS.replace("/p1/", "/MARKED-project/").replace("/c1/", "/MARKED-cluster/");
    let headers = "Authorization: MARKED-key\r\nX-Auth-Token: MARKED-token\r\nCookie: MARKED\r\n";
    assert_eq!(proxy.ask("GET", &format!("{target}?limit=MARKED"), headers, "").await.status, 200);
    proxy.ask("POST", SES, "X-Ncp-Iam-Access-Key: MARKED\r\n", "{\"secret\":\"MARKED\"}").await;
    proxy.ask("POST", "/proxy/MARKED/MARKED?MARKED", "", "").await;
    proxy.ask("MARKED", "/MARKED?MARKED", "", "").await;
    proxy.ask("POST", SES, "Origin: https://marked.example\r\n", "{}").await;
    let log = proxy.log();
    assert!(!log.concat().to_lowercase().contains("marked"), "{log:?}");
    let first: serde_json::Value = serde_json::from_str(&log[0]).expect("JSON");
    assert_eq!(first["service"], "huawei_css");
    assert_eq!(first["region"], "cn-north-4");
    assert_eq!(first["method"], "GET");
    assert_eq!(first["route"], "/v1.0/{id}/clusters/{id}/upgrade/detail");
    assert_eq!(first["status"], 200);
    assert!(first["milliseconds"].is_u64());
    let last: serde_json::Value = serde_json::from_str(&log[4]).expect("JSON");
    assert_eq!(last["reason"], "origin-not-allowed");
    assert_eq!(log.len(), 5);
}

#[tokio::test]
async fn a_call_to_an_identity_service_is_logged_by_route() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Proxy::before(&vendor, |_| ()).await;
    let naver = "/proxy/ncp_search_engine~identity.public.KR/api/v1/caller-identity";
    assert_eq!(proxy.ask("GET", naver, "X-Ncp-Iam-Access-Key: MARKED-key\r\n", "").await.status, 200);
    let log = proxy.log();
    assert!(!log.concat().contains("MARKED"), "{log:?}");
    let line: serde_json::Value = serde_json::from_str(&log[0]).expect("JSON");
    assert_eq!(line["service"], "ncp_search_engine");
    assert_eq!(line["route"], "/api/v1/caller-identity");
}

#[tokio::test]
async fn an_answer_without_a_date_gets_none() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Proxy::before(&vendor, |_| ()).await;
    assert_eq!(proxy.ask("POST", SES, "", "{}").await.header("date"), None);
}
