use super::{NOW, answer, watch};
use crate::error::{ErrorKind, PollError};
use crate::http::Request;
use crate::model::{Listing, Service, Span};
use crate::provider::conversation::{endpoint, exchange, poll};
use crate::provider::{Background, Purpose, decode_list, list_request};

const STATUS: &str = "GET /api/v1/instances/c1/upgrade/status?RegionId=";
const INSTANCE: &str = r#"{"RequestId":"r","Success":true,"ErrorCode":"null","Instance":{"InstanceId":"c1",
    "InstanceName":"ERP instance","InstanceStatus":"Running","Version":"r1.3.23"}}"#;

/// A server with one answer about the upgrade and one about the instance.
fn server(upgrade: String, instance: &'static str) -> impl Fn(&Request) -> (u16, String) {
    move |request| {
        let about_upgrade = request.path.ends_with("/upgrade/status");
        let action = if about_upgrade { "GetUpgradeStatus" } else { "GetInstance" };
        let headers: Vec<_> = request.headers.iter().map(|h| (h.name.as_str(), h.value.as_str())).collect();
        assert_eq!(
            headers,
            [("x-acs-action", action), ("x-acs-version", "2022-06-01"), ("accept", "application/json")]
        );
        (200, if about_upgrade { upgrade.clone() } else { instance.to_owned() })
    }
}

fn upgrade(from: &str, to: &str, status: &str, leader: &str) -> String {
    answer(&format!(
        r#""FromVersion":"{from}","ToVersion":"{to}","Status":"{status}",
        "Details":"{{\"Instances\":{{\"LeaderInstanceName\":\"{leader}\"}}}}""#
    ))
}

#[test]
fn an_answer_that_tells_all_is_the_only_question() {
    let serve = server(upgrade("1.3.23", "1.3.24", "upgrading", "leader"), INSTANCE);
    let poll = poll(&watch(), Background::default(), NOW, serve);
    assert_eq!(poll.asked.len(), 1);
    assert_eq!(poll.observation().cluster_name.as_deref(), Some("leader"));
}

#[test]
fn the_instance_is_asked_for_what_the_answer_does_not_tell() {
    let none = r#"{"Success":"true","Data":null}"#.to_owned();
    for body in [none, upgrade("1.3.23", "1.3.24", "archived", ""), upgrade("", "1.3.24", "upgrading", "x")] {
        let first = poll(&watch(), Background::default(), NOW, server(body.clone(), INSTANCE));
        assert!(first.asked[0].starts_with(STATUS));
        assert_eq!(first.asked[1..], ["GET /api/v1/instances/c1"], "{body}");
        let name = first.observation().cluster_name.as_deref();
        assert!(matches!(name, Some("ERP instance" | "x")), "{name:?}");
        let again = |minutes| {
            let background = first.background.clone();
            let now = NOW.plus(Span::minutes(minutes));
            poll(&watch(), background, now, server(body.clone(), INSTANCE)).asked.len()
        };
        assert_eq!(again(59), 1, "{body}");
    }
}

#[test]
fn the_version_of_an_instance_is_the_one_before_only_while_it_is_another() {
    let from = |from: &str, to: &str, status: &str| {
        let serve = server(upgrade(from, to, status, "x"), INSTANCE);
        let poll = poll(&watch(), Background::default(), NOW, serve);
        poll.observation().operation.as_ref().and_then(|o| o.versions.clone()).and_then(|v| v.from)
    };
    assert_eq!(from("", "1.3.24", "upgrading").as_deref(), Some("1.3.23"));
    assert_eq!(from("", "r1.3.24", "preparing").as_deref(), Some("r1.3.23"));
    assert_eq!(from("1.3.20", "1.3.24", "upgrading").as_deref(), Some("1.3.20"));
    assert_eq!(from("", "1.3.23", "upgrading"), None);
    assert_eq!(from("", "r1.3.23", "upgrading"), None);
    assert_eq!(from("", "1.3.24", "archived"), None);
    assert_eq!(from("", "1.3.24", "stopped"), None);
}

#[test]
fn an_instance_that_may_not_be_asked_about_is_not_asked_for_again() {
    let serve = |request: &Request| match request.path.ends_with("/upgrade/status") {
        true => (200, r#"{"Success":true,"Data":[]}"#.to_owned()),
        false => (403, r#"{"Code":"Forbidden.RAM","Message":"no"}"#.to_owned()),
    };
    let first = poll(&watch(), Background::default(), NOW, serve);
    assert_eq!(first.asked.len(), 2);
    assert_eq!(first.observation().operation, None);
    let second = poll(&watch(), first.background, NOW.plus(Span::hours(100)), serve);
    assert_eq!(second.asked.len(), 1);
}

fn listing(body: &str) -> Result<Listing, PollError> {
    decode_list(&endpoint(Service::AlibabaHologres, Purpose::Service), &exchange(200, body, NOW), 1)
}

#[test]
fn instances_are_listed_with_a_body_and_a_signed_content_type() {
    let endpoint = endpoint(Service::AlibabaHologres, Purpose::Service);
    let request = list_request(&endpoint, "", 1).unwrap();
    assert_eq!((request.method.as_str(), request.target().as_str()), ("POST", "/api/v1/instances"));
    assert_eq!(request.body, "{}");
    let headers: Vec<_> = request.headers.iter().map(|h| (h.name.as_str(), h.value.as_str())).collect();
    assert_eq!(
        headers,
        [
            ("x-acs-action", "ListInstances"),
            ("x-acs-version", "2022-06-01"),
            ("accept", "application/json"),
            ("content-type", "application/json; charset=utf-8"),
        ]
    );
    assert!(endpoint.route(request.method, &request.target()).is_ok());
}

#[test]
fn success_may_be_a_text_and_only_new_instances_are_known_to_be_busy() {
    for success in ["true", "\"true\"", "\"True\""] {
        let body = format!(
            r#"{{"Success":{success},"ErrorCode":"404","InstanceList":[
            {{"InstanceId":"hg1","InstanceName":"one","InstanceStatus":"Running","Version":"2.2.47"}},
            {{"InstanceId":"hg2","InstanceStatus":"Creating"}},
            {{"InstanceId":"hg3","InstanceStatus":"Allocating"}},
            {{"InstanceId":"hg4","InstanceStatus":"Sleeping"}},
            {{"InstanceName":"no id"}}, 7]}}"#
        );
        let listing = listing(&body).unwrap();
        let busy: Vec<_> = listing.clusters.iter().map(|c| (c.name.as_str(), c.busy)).collect();
        assert_eq!(busy, [("one", None), ("hg2", Some(true)), ("hg3", Some(true)), ("hg4", None)]);
        assert_eq!(listing.clusters.first().and_then(|c| c.version.as_deref()), Some("2.2.47"));
        assert_eq!(listing.next, None);
    }
}

#[test]
fn an_empty_list_is_none_and_a_refusal_is_one() {
    assert_eq!(listing(r#"{"Success":"true","InstanceList":null}"#), Ok(Listing::default()));
    assert_eq!(listing(r#"{"InstanceList":[]}"#), Ok(Listing::default()));
    let odd = listing("{}").unwrap_err();
    assert_eq!((odd.kind, odd.field.as_deref()), (ErrorKind::Malformed, Some("InstanceList")));
    let refused =
        listing(r#"{"Success":"false","ErrorCode":"NoPermission","ErrorMessage":"no"}"#).unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Permission);
}
