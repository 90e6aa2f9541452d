//! Budgets of clients and hosts.

use rollwatch_policy::Budget;

use crate::support::{CSS, Nginx, Reply, SES, Vendor, until};

#[tokio::test]
async fn a_client_without_a_place_is_told_when_to_come_back() {
    let vendor = Vendor::start(Reply::Silence).await;
    let proxy = Nginx::before(&vendor, |_, nginx| nginx.client.at_once = 1).await;
    let second = async {
        until(|| vendor.heard().len() == 1).await;
        proxy.ask("GET", CSS, "Origin: null\r\nSec-Fetch-Site: none\r\n", "").await;
        proxy.ask("GET", CSS, "", "").await
    };
    let answer = tokio::select! {
        answer = second => answer,
        first = proxy.ask("POST", SES, "", "{}") => panic!("{first:?}"),
    };
    assert_eq!((answer.status, answer.reason()), (503, Some("overloaded")));
    assert_eq!(answer.header("retry-after"), Some("2"));
    assert_eq!(vendor.heard().len(), 1);
    until(|| !limits(&proxy).is_empty()).await;
    assert_eq!(limits(&proxy), ["at-once"]);
}

/// The limits that the log names, one for each request that reached one.
fn limits(proxy: &Nginx) -> Vec<String> {
    let text = proxy.read("access.log");
    let lines = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    lines.filter_map(|line| Some(line["limit"].as_str()?.to_owned())).collect()
}

/// Answers everybody but those who ask NAVER.
fn silent_for_naver() -> Reply {
    Reply::by_request(|request| match request.contains("ntruss.com") {
        true => Reply::Silence,
        false => Reply::json("", "{}"),
    })
}

#[tokio::test]
async fn a_host_that_never_answers_leaves_a_client_half_of_its_places_for_others() {
    let vendor = Vendor::start(silent_for_naver()).await;
    let proxy = Nginx::before(&vendor, |_, nginx| nginx.client.at_once = 8).await;
    let dead = futures_util::future::join_all((0..4).map(|_| proxy.ask("POST", SES, "", "{}")));
    let others = async {
        until(|| vendor.heard().len() == 4).await;
        (proxy.ask("POST", SES, "", "{}").await, proxy.ask("GET", CSS, "", "").await)
    };
    let (same, other) = tokio::select! {
        answers = others => answers,
        first = dead => panic!("{first:?}"),
    };
    assert_eq!((same.status, same.reason()), (503, Some("overloaded")));
    assert_eq!(other.status, 200);
}

#[tokio::test]
async fn a_host_without_a_place_holds_up_no_other_host() {
    let vendor = Vendor::start(silent_for_naver()).await;
    let proxy = Nginx::before(&vendor, |_, nginx| nginx.host.at_once = 1).await;
    let others = async {
        until(|| vendor.heard().len() == 1).await;
        (proxy.ask("POST", SES, "", "{}").await, proxy.ask("GET", CSS, "", "").await)
    };
    let (same, other) = tokio::select! {
        answers = others => answers,
        first = proxy.ask("POST", SES, "", "{}") => panic!("{first:?}"),
    };
    assert_eq!((same.status, same.reason()), (503, Some("overloaded")));
    assert_eq!(other.status, 200);
}

#[tokio::test]
async fn a_minutes_worth_comes_in_one_burst_and_no_more() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let minute = Budget { at_once: 9, per_minute: 3 };
    for of_host in [false, true] {
        let proxy = Nginx::before(&vendor, |_, nginx| {
            *(if of_host { &mut nginx.host } else { &mut nginx.client }) = minute;
        })
        .await;
        for _ in 0..3 {
            assert_eq!(proxy.ask("POST", SES, "", "{}").await.status, 200);
        }
        let page = format!("Origin: http://{}\r\n", proxy.at);
        let answer = proxy.ask("POST", SES, &page, "{}").await;
        assert_eq!((answer.status, answer.reason()), (503, Some("overloaded")));
        assert_eq!(answer.header("retry-after"), Some("20"));
        assert!(answer.header("access-control-allow-origin").is_some());
        // Whatever asks the vendor for nothing is answered all the same.
        assert_eq!(proxy.ask("GET", "/healthz", "", "").await.text(), "ok");
        assert_eq!(proxy.ask("PUT", SES, "", "").await.reason(), Some("route-not-allowed"));
        until(|| proxy.read("access.log").lines().count() == 6).await;
        assert_eq!(limits(&proxy), ["per-minute"]);
    }
}
