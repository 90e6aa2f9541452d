//! What the script is told, without a script.

use super::*;

const SES: &str = "/proxy/ncp_search_engine.public.KR/api/v2/cluster/getRollingUpgradeProgress";
const HOSTS: &str = r#"{"HOSTS":"proxy.example","ALLOW_ORIGIN":"https://watch.example"}"#;
const NOW: f64 = 1.7e12;

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// Judges a POST with these headers and that of the host.
fn judge(edge: &mut Edge, target: &str, more: &[(&str, &str)], now: f64) -> Value {
    let headers: Vec<_> = [("host", "proxy.example")].iter().chain(more).collect();
    json(&edge.judge("POST", target, &json!(headers).to_string(), now))
}

fn ticket(judged: &Value) -> u32 {
    judged["ticket"].as_u64().and_then(|ticket| u32::try_from(ticket).ok()).expect("a ticket")
}

#[test]
fn a_call_of_the_catalogue_is_made_once_as_it_was_judged() {
    let mut edge = Edge::new(HOSTS);
    let judged = judge(&mut edge, SES, &[("x-sdk-date", "D"), ("cookie", "c=1")], NOW);
    assert!(judged["answer"].is_null() && judged["elsewhere"].is_null(), "{judged}");
    let call = json(&edge.call(ticket(&judged), NOW));
    assert_eq!(
        call["call"],
        json!({
            "url": "https://vpcsearchengine.apigw.ntruss.com/api/v2/cluster/getRollingUpgradeProgress",
            "method": "POST",
            "headers": [["x-sdk-date", "D"], ["accept-encoding", "identity"]],
        })
    );
    assert_eq!(json(&edge.call(ticket(&judged), NOW))["answer"]["status"], 503, "a second one is not made");
    let line = json(&edge.end(ticket(&judged), 200, None, NOW + 12.0).expect("a line"));
    assert_eq!((&line["service"], &line["region"]), (&json!("ncp_search_engine"), &json!("KR")));
    assert_eq!((&line["status"], &line["milliseconds"]), (&json!(200), &json!(12)));
    assert_eq!(edge.end(ticket(&judged), 200, None, NOW), None, "a request ends once");
}

#[test]
fn what_the_policy_refuses_is_answered_and_no_call() {
    let mut edge = Edge::new(HOSTS);
    for (method, target, origin, status) in [
        ("POST", "/proxy/x/y", "https://watch.example", 404),
        ("PUT", SES, "https://watch.example", 403),
        ("POST", SES, "https://evil.example", 403),
        ("no method", SES, "https://watch.example", 400),
        ("POST", "/proxy/ncp_search_engine.public.KR/api/v2/ cluster", "https://watch.example", 400),
    ] {
        let headers = json!([["host", "proxy.example"], ["origin", origin]]).to_string();
        let judged = json(&edge.judge(method, target, &headers, NOW));
        assert_eq!(judged["answer"]["status"], status, "{method} {target}");
        assert_eq!(json(&edge.call(ticket(&judged), NOW))["call"], Value::Null);
    }
    let judged = judge(&mut edge, SES, &[("x-language", "가")], NOW);
    assert_eq!(judged["answer"]["status"], 400, "a value outside ASCII is kept and refused");
}

#[test]
fn a_place_is_given_back_at_the_end_and_when_a_script_never_says_so() {
    let mut edge = Edge::new(HOSTS);
    let client = [("cf-connecting-ip", "192.0.2.1")];
    let most = Budget::CLIENT.at_once;
    let tickets: Vec<_> = (0..most).map(|_| ticket(&judge(&mut edge, SES, &client, NOW))).collect();
    let full = judge(&mut edge, SES, &client, NOW);
    assert_eq!(full["answer"]["status"], 503);
    let line = json(&edge.end(ticket(&full), 503, Some("overloaded".to_owned()), NOW).expect("a line"));
    assert_eq!((&line["limit"], &line["reason"]), (&json!("client-at-once"), &json!("overloaded")));
    assert!(judge(&mut edge, SES, &[("cf-connecting-ip", "192.0.2.2")], NOW)["answer"].is_null());
    edge.end(tickets[0], 200, None, NOW);
    assert!(judge(&mut edge, SES, &client, NOW)["answer"].is_null(), "one has ended");
    assert_eq!(judge(&mut edge, SES, &client, NOW + 10_000.0)["answer"]["status"], 503);
    assert!(judge(&mut edge, SES, &client, NOW + 20_000.0)["answer"].is_null(), "all are over");
}

#[test]
fn settings_are_read_from_lists_and_from_texts() {
    for bindings in [
        r#"{"HOSTS":["A.example"],"ALLOW_ORIGIN":["https://watch.example/"]}"#,
        r#"{"HOSTS":" a.example\n","ALLOW_ORIGIN":"https://other.example, https://watch.example"}"#,
    ] {
        let rules = settings::read(bindings).expect("they fit");
        assert_eq!(rules.allowed_hosts, ["a.example"]);
        assert!(rules.allowed_origins.contains(&"https://watch.example".to_owned()));
    }
    let region = r#"{"regions":[{"service":"huawei_css","site":"public","region":"xx-new-1","host":"css.xx-new-1.example.com","identity_host":"iam.xx-new-1.example.com"}]}"#;
    for regions in [json(region), json!(region)] {
        let bindings = json!({ "HOSTS": "a.example", "REGIONS": regions }).to_string();
        let rules = settings::read(&bindings).expect("they fit");
        assert!(rules.catalogue.by_id("huawei_css.public.xx-new-1").is_some());
    }
}

#[test]
fn settings_that_do_not_fit_are_told_by_their_names_and_answer_every_request() {
    for (bindings, named) in [
        ("{}", "HOSTS is empty"),
        (r#"{"HOSTS":"https://a.example"}"#, "HOSTS has the entry \"https://a.example\""),
        (r#"{"HOSTS":"a.example","ALLOW_ORIGIN":"*"}"#, "ALLOW_ORIGIN has the entry \"*\""),
        (r#"{"HOSTS":"a.example","ALLOW_ORIGIN":[1]}"#, "ALLOW_ORIGIN has the entry \"1\""),
        (r#"{"HOSTS":{}}"#, "HOSTS has the entry \"{}\""),
        (r#"{"HOSTS":"a.example","REGIONS":"x"}"#, "REGIONS is not what it should be"),
        (r#"{"HOSTS":"a.example","REGIONS":{"regions":[{"service":"x"}]}}"#, "REGIONS: "),
    ] {
        let mut edge = Edge::new(bindings);
        for target in [SES, "/healthz", "/"] {
            let answer = &judge(&mut edge, target, &[("origin", "https://watch.example")], NOW)["answer"];
            assert_eq!(answer["status"], 500);
            let body = json(answer["body"].as_str().expect("a body"));
            let message = body["message"].as_str().expect("a sentence");
            assert!(message.starts_with(named) && message.ends_with('.'), "{message}");
            assert!(answer["headers"].to_string().contains("access-control-allow-origin"), "{answer}");
        }
        let asked = [["origin", "https://watch.example"], ["access-control-request-method", "POST"]];
        let judged = json(&edge.judge("OPTIONS", SES, &json!(asked).to_string(), NOW));
        assert_eq!(judged["answer"]["status"], 204, "the page can read the sentence");
    }
}

#[test]
fn the_page_gets_its_headers_and_a_call_gets_others() {
    let mut edge = Edge::new(HOSTS);
    let page = judge(&mut edge, "/", &[], NOW);
    let told = page["elsewhere"].to_string();
    assert!(told.contains("script-src 'self'") && told.contains("max-age=63072000"), "{page}");
    assert!(told.contains(r#"["cache-control","no-cache"]"#), "{page}");
    let hashed = judge(&mut edge, "/app-0123456789abcdef_bg.wasm?x=1", &[], NOW);
    assert!(hashed["elsewhere"].to_string().contains("immutable"), "{hashed}");
    let call = ticket(&judge(&mut edge, SES, &[("origin", "https://watch.example")], NOW));
    let down = edge.hand_down(call, r#"[["date","D"],["set-cookie","c"],["x-acs-a","가"]]"#);
    assert!(down.contains("\"date\"") && down.contains("sandbox"), "{down}");
    assert!(!down.contains("set-cookie") && !down.contains("x-acs-a\""), "{down}");
    assert_eq!(json(&edge.refuse(call, "vendor-timeout"))["status"], 504);
    assert_eq!(json(&edge.broken())["status"], 500);
}
