//! What each vendor says when it knows who asks and still has no answer.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use rollwatch_core::http::parse_http_date;
use rollwatch_core::http::{Method, Request};
use rollwatch_core::model::{Provider, Span};
use rollwatch_sim::{Answer, Clouds, Cluster, Fault};
use serde_json::json;
use support::*;

fn changed(clouds: &Clouds, cluster: &Cluster, change: impl FnOnce(&mut Request)) -> Answer {
    let mut request = request(cluster);
    change(&mut request);
    let provider = cluster.service.provider();
    let request = signed_by(request, provider, &credential(cluster), clouds.clock().now());
    clouds.answer(&request).expect("an answer")
}

fn of(provider: Provider, clouds: &Clouds, change: impl FnOnce(&mut Request)) -> Answer {
    changed(clouds, example(provider), change)
}

#[test]
fn an_unknown_cluster_is_refused_in_each_vendors_words() {
    let clouds = clouds();
    let restart = changed(&clouds, cluster("1101"), |r| r.body = r.body.replace("1101", "9999"));
    let upgrade = changed(&clouds, cluster("1001"), |r| r.body = r.body.replace("1001", "9999"));
    for ncp in [restart, upgrade] {
        assert_eq!(ncp.status, 200);
        let body = body(&ncp);
        assert_eq!(body["code"], 3);
        assert_eq!(body["message"], "Invalid Service Group Instance No");
        assert!(body["result"].is_null());
    }
    let id = example(Provider::Huawei).id;
    let huawei = of(Provider::Huawei, &clouds, |r| r.path = r.path.replace(id, "nobody"));
    assert_eq!(huawei.status, 403);
    assert_eq!(
        body(&huawei),
        json!({ "errCode": "CSS.0015", "externalMessage": "CSS.0015 : No resources are found or the access is denied." })
    );
    let id = example(Provider::Alibaba).id;
    let alibaba = of(Provider::Alibaba, &clouds, |r| r.path = r.path.replace(id, "nobody"));
    assert_eq!(alibaba.status, 200);
    assert_eq!(body(&alibaba)["Success"], false);
    assert_eq!(body(&alibaba)["HttpStatusCode"], "404");
}

#[test]
fn a_cluster_is_known_only_in_its_own_region_and_project() {
    let clouds = clouds();
    let elsewhere = changed(&clouds, cluster("1001"), |r| {
        r.path = r.path.replace("/api/v2/", "/api/sgn-v2/");
        r.body = r.body.replace(r#""regionNo":"1""#, r#""regionNo":"7""#);
    });
    assert_eq!(body(&elsewhere)["code"], 3);
    let project = example(Provider::Huawei).project;
    let other = of(Provider::Huawei, &clouds, |r| r.path = r.path.replace(project, "0000"));
    assert_eq!(other.status, 403);
    let region = of(Provider::Alibaba, &clouds, |r| r.query = "RegionId=cn-beijing".into());
    assert_eq!(body(&region)["Success"], false);
}

#[test]
fn an_unknown_route_is_refused_in_each_vendors_words() {
    let clouds = clouds();
    let ncp = of(Provider::Ncp, &clouds, |r| r.path = r.path.replace("getRolling", "startRolling"));
    assert_eq!((ncp.status, &body(&ncp)["error"]["errorCode"]), (404, &json!("300")));
    let method = of(Provider::Ncp, &clouds, |r| r.method = Method::Get);
    assert_eq!((method.status, &body(&method)["error"]["errorCode"]), (404, &json!("300")));
    let huawei = of(Provider::Huawei, &clouds, |r| r.path.push_str("/more"));
    assert_eq!((huawei.status, &body(&huawei)["error_code"]), (404, &json!("APIGW.0101")));
    let alibaba = of(Provider::Alibaba, &clouds, |r| r.path.push_str("/more"));
    assert_eq!((alibaba.status, &body(&alibaba)["Code"]), (404, &json!("InvalidAction.NotFound")));
    let action = of(Provider::Alibaba, &clouds, |r| {
        for header in r.headers.iter_mut().filter(|header| header.name == "x-acs-action") {
            header.value = "DeleteInstance".into();
        }
    });
    assert_eq!((action.status, &body(&action)["Code"]), (404, &json!("InvalidAction.NotFound")));
}

#[test]
fn the_number_of_a_group_is_a_text_at_one_service_and_a_number_at_the_other() {
    let clouds = clouds();
    for (id, from, to) in [("1001", r#""1001""#, "1001"), ("1101", "1101", r#""1101""#)] {
        let answer = changed(&clouds, cluster(id), |r| r.body = r.body.replace(from, to));
        let body = body(&answer);
        assert_eq!(body["code"], 3);
        assert!(body["message"].as_str().expect("a text").starts_with("serviceGroupInstanceNo"), "{body}");
    }
    let without =
        changed(&clouds, cluster("1001"), |r| r.body = r#"{"serviceGroupInstanceNo":"1001"}"#.into());
    assert!(without.body.contains("regionNo"), "{}", without.body);
}

#[test]
fn throttling_says_how_long_to_wait_where_the_vendor_says_so() {
    let clouds = clouds();
    let throttled = |provider| {
        let cluster = example(provider);
        assert!(clouds.set_fault(cluster.id, Some(Fault::Throttle)));
        ask(&clouds, cluster)
    };
    let ncp = throttled(Provider::Ncp);
    assert_eq!((ncp.status, &body(&ncp)["error"]["errorCode"]), (429, &json!("410")));
    assert_eq!(ncp.header("retry-after"), Some("20"));
    let huawei = throttled(Provider::Huawei);
    assert_eq!((huawei.status, &body(&huawei)["error_code"]), (429, &json!("APIG.0308")));
    assert_eq!(huawei.header("retry-after"), None);
    let alibaba = throttled(Provider::Alibaba);
    assert_eq!((alibaba.status, &body(&alibaba)["Code"]), (400, &json!("Throttling.User")));
    assert_eq!(alibaba.header("x-acs-retry-after"), Some("20000"));
}

#[test]
fn faults_hit_one_cluster_and_go_away_again() {
    let clouds = clouds();
    let (hit, spared) = (cluster("1001"), cluster("1004"));
    let status = |fault, cluster| {
        assert!(clouds.set_fault("1001", fault));
        clouds.answer(&signed(&clouds, cluster)).map(|answer| answer.status)
    };
    for (fault, expected) in [
        (Fault::WrongSecret, Some(401)),
        (Fault::StaleClock, Some(401)),
        (Fault::KeyExpired, Some(401)),
        (Fault::NotFound, Some(200)),
        (Fault::Throttle, Some(429)),
        (Fault::Html502, Some(502)),
        (Fault::Reset, None),
        (Fault::Silence, Some(200)),
        (Fault::Stall, Some(200)),
    ] {
        assert_eq!(status(Some(fault), hit), expected, "{fault:?}");
        assert_eq!(status(Some(fault), spared), Some(200), "{fault:?}");
        assert_eq!(Fault::from_id(fault.id()), Some(fault));
    }
    clouds.set_fault("1001", Some(Fault::NotFound));
    assert_eq!(told(&clouds, "1001")["code"], 3);
    clouds.set_fault("1001", None);
    assert_eq!(told(&clouds, "1001")["code"], 0);
    assert!(!clouds.set_fault("nobody", Some(Fault::Reset)));
}

#[test]
fn a_vendor_with_another_clock_tells_that_clock_in_its_date() {
    let clouds = clouds();
    let cluster = cluster("1001");
    clouds.set_fault(cluster.id, Some(Fault::StaleClock));
    let date = ask(&clouds, cluster).header("date").and_then(parse_http_date).expect("a date");
    assert_eq!(date, START.plus(Span::hours(1)));
    let request = signed_by(request(cluster), Provider::Ncp, &credential(cluster), date);
    assert_eq!(
        clouds.answer(&request).expect("an answer").status,
        200,
        "whoever corrects the clock is let in"
    );
}

#[test]
fn an_unreachable_host_has_nothing_but_a_page() {
    let clouds = clouds();
    let down = named("css-kul-unreachable");
    for answer in [ask(&clouds, down), changed(&clouds, down, |r| r.path = "/".into())] {
        assert_eq!(answer.status, 502);
        assert_eq!(answer.header("content-type"), Some("text/html"));
        assert!(answer.body.starts_with("<html>"));
    }
}

#[test]
fn every_answer_has_the_simulated_date_and_an_id() {
    let clouds = clouds();
    clouds.clock().advance(Span::hours(7));
    for (provider, name) in [
        (Provider::Ncp, "x-ncp-apigw-request-id"),
        (Provider::Huawei, "x-request-id"),
        (Provider::Alibaba, "x-acs-request-id"),
    ] {
        let good = ask(&clouds, example(provider));
        let bad = clouds.answer(&request(example(provider))).expect("an answer");
        assert!(good.header(name).is_some() && good.header(name) != bad.header(name), "{provider:?}");
        for answer in [good, bad] {
            let dates: Vec<_> = answer.headers.iter().filter(|header| header.name == "date").collect();
            assert_eq!(dates.len(), 1);
            assert_eq!(parse_http_date(&dates[0].value), Some(START.plus(Span::hours(7))));
        }
    }
}

#[test]
fn the_log_tells_what_was_asked_without_headers_or_bodies() {
    let clouds = clouds();
    ask(&clouds, example(Provider::Alibaba));
    clouds.set_fault("1001", Some(Fault::Reset));
    assert!(clouds.answer(&signed(&clouds, cluster("1001"))).is_none());
    let log = clouds.requests();
    let lines: Vec<_> =
        log.iter().map(|line| (line.method.as_str(), line.path.as_str(), line.status)).collect();
    assert_eq!(
        lines,
        [
            ("GET", "/api/v1/instances/hgpostcn-cn-demo0000001/upgrade/status", 200),
            ("POST", "/api/v2/cluster/getRollingUpgradeProgress", 0),
        ]
    );
    for _ in 0..2100 {
        clouds.answer(&request(cluster("1004")));
    }
    assert_eq!(clouds.requests().len(), 2000);
}
