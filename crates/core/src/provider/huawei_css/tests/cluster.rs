use super::{NOW, list, task, upgrade};
use crate::http::Request;
use crate::model::{Observation, Span, Timestamp};
use crate::provider::Background;
use crate::provider::conversation::poll;

fn later(minutes: i64) -> Timestamp {
    NOW.plus(Span::minutes(minutes))
}

fn detail(version: &str, image: &str) -> String {
    format!(
        r#"{{"id":"c1","name":"search","status":"100","actions":["UPGRADING"],
        "failedReason":{{"errorCode":"CSS.6000","errorMsg":"Failed to upgrade."}},
        "datastore":{{"type":"elasticsearch","version":"{version}","subVersion":"{image}"}}}}"#
    )
}

/// A server with one task and one cluster.
fn server(task: String, detail: String) -> impl Fn(&Request) -> (u16, String) {
    move |request| match request.path.ends_with("/upgrade/detail") {
        true => (200, list(1, std::slice::from_ref(&task))),
        false => (200, detail.clone()),
    }
}

fn change(observation: &Observation) -> (Option<&str>, &str) {
    let versions = observation.operation.as_ref().and_then(|operation| operation.versions.as_ref());
    versions.map(|change| (change.from.as_deref(), change.to.as_str())).unwrap()
}

#[test]
fn the_version_that_an_upgrade_leaves_is_remembered_after_its_end() {
    let old = detail("7.6.2", "7.6.2_20.8.1");
    let new = detail("7.10.2", "7.10.2_22.5.1_1230");
    let first = poll(&upgrade(), Background::default(), NOW, server(task(1, "RUNNING", ""), old));
    assert_eq!(first.asked, ["GET /v1.0/p1/clusters/c1/upgrade/detail", "GET /v1.0/p1/clusters/c1"]);
    assert_eq!(change(first.observation()), (Some("7.6.2"), "7.10.2"));
    // The detail may change before the task is over.
    let near_end = server(task(1, "RUNNING", "k-ess-esn-1-1"), new.clone());
    let second = poll(&upgrade(), first.background, later(11), near_end);
    assert_eq!(second.asked.len(), 2);
    assert_eq!(change(second.observation()), (Some("7.6.2"), "7.10.2"));
    for minutes in [12, 30, 300] {
        let over = server(task(1, "SUCCESS", "k-ess-esn-1-1,k-ess-esn-2-1"), new.clone());
        let third = poll(&upgrade(), second.background.clone(), later(minutes), over);
        assert_eq!(change(third.observation()), (Some("7.6.2"), "7.10.2"), "{minutes}");
    }
}

#[test]
fn a_version_that_was_first_asked_for_after_the_end_is_no_version_before() {
    for status in ["SUCCESS", "FAILED", "PARTIAL_FAILED", "STRANGE"] {
        for version in ["7.10.2", "7.6.2"] {
            let serve = server(task(1, status, "k-ess-esn-1-1"), detail(version, "x"));
            let first = poll(&upgrade(), Background::default(), NOW, serve);
            assert_eq!(change(first.observation()), (None, "7.10.2"), "{status} {version}");
            let again = server(task(1, status, "k-ess-esn-1-1"), detail(version, "x"));
            let second = poll(&upgrade(), first.background, later(1), again);
            assert_eq!(change(second.observation()), (None, "7.10.2"), "{status} {version}");
        }
    }
}

#[test]
fn the_target_version_is_never_taken_for_the_one_before() {
    let serve = server(task(1, "RUNNING", "k-ess-esn-1-1"), detail("7.10.2", "7.10.2_22.5.1_1230"));
    let poll = poll(&upgrade(), Background::default(), NOW, serve);
    assert_eq!(change(poll.observation()), (None, "7.10.2"));
}

#[test]
fn an_upgrade_within_one_version_shows_its_images() {
    let serve = server(task(1, "RUNNING", ""), detail("7.10.2", "7.10.2_21.1.0_0101"));
    let poll = poll(&upgrade(), Background::default(), NOW, serve);
    assert_eq!(change(poll.observation()), (Some("7.10.2_21.1.0_0101"), "7.10.2_22.5.1_1230"));
}

#[test]
fn a_second_upgrade_leaves_the_version_that_the_first_one_brought() {
    let first =
        poll(&upgrade(), Background::default(), NOW, server(task(1, "RUNNING", ""), detail("6.8.0", "a")));
    let over = server(task(1, "SUCCESS", ""), detail("7.6.2", "b"));
    let second = poll(&upgrade(), first.background, later(2), over);
    assert_eq!(second.asked.len(), 2, "the cluster is asked anew at the end");
    let next =
        poll(&upgrade(), second.background, later(4), server(task(2, "RUNNING", ""), detail("-", "-")));
    assert_eq!(change(next.observation()), (Some("7.6.2"), "7.10.2"));
    let once_more = poll(&upgrade(), next.background, later(5), |_: &Request| {
        (200, list(2, &[task(2, "RUNNING", ""), task(1, "SUCCESS", "")]))
    });
    let earlier = once_more.observation().earlier.first().and_then(|task| task.versions.clone());
    assert_eq!(earlier.and_then(|change| change.from).as_deref(), Some("6.8.0"));
}

#[test]
fn the_cluster_tells_its_name_and_how_it_is() {
    let serve = server(task(1, "FAILED", ""), detail("7.6.2", "x"));
    let told = poll(&upgrade(), Background::default(), NOW, serve);
    let observation = told.observation();
    assert_eq!(observation.cluster_name.as_deref(), Some("search"));
    let facts: Vec<(&str, &str)> = observation
        .operation
        .iter()
        .flat_map(|operation| &operation.facts)
        .filter(|fact| fact.name.starts_with("cluster."))
        .map(|fact| (fact.name.as_str(), fact.value.as_str()))
        .collect();
    assert_eq!(
        facts,
        [
            ("cluster.status", "100"),
            ("cluster.actions", "UPGRADING"),
            ("cluster.failedReason", "CSS.6000: Failed to upgrade."),
        ]
    );
    let empty = |request: &Request| match request.path.ends_with("/upgrade/detail") {
        true => (200, r#"{"totalSize":0,"detailList":[]}"#.to_owned()),
        false => (200, r#"{"name":"search","failedReason":{},"actions":[]}"#.to_owned()),
    };
    let without = poll(&upgrade(), Background::default(), NOW, empty);
    assert_eq!(without.observation().cluster_name.as_deref(), Some("search"));
    assert!(without.background.cluster_facts.is_empty());
}

#[test]
fn a_detail_that_is_refused_or_odd_changes_nothing_and_is_not_asked_for_again_at_once() {
    let refusal = r#"{"errCode":"CSS.0032","externalMessage":"no"}"#;
    for (status, body, again_after) in
        [(403, refusal, None), (200, "{}", Some(11)), (500, "<html>", Some(11))]
    {
        let serve = |request: &Request| match request.path.ends_with("/upgrade/detail") {
            true => (200, list(1, &[task(1, "RUNNING", "")])),
            false => (status, body.to_owned()),
        };
        let first = poll(&upgrade(), Background::default(), NOW, serve);
        assert_eq!(first.observation().cluster_name.as_deref(), Some("k"), "{body}");
        let second = poll(&upgrade(), first.background, later(1), serve);
        assert_eq!(second.asked.len(), 1, "{body}");
        let third = poll(&upgrade(), second.background, later(again_after.unwrap_or(10_000)), serve);
        assert_eq!(third.asked.len(), if again_after.is_some() { 2 } else { 1 }, "{body}");
    }
}

#[test]
fn the_cluster_is_asked_anew_at_the_end_of_what_was_seen_under_way_and_only_then() {
    let count = |background: Background, minutes, status: &str| {
        let serve = server(task(1, status, ""), detail("7.6.2", "x"));
        let done = poll(&upgrade(), background, later(minutes), serve);
        (done.asked.len(), done.background)
    };
    let (asked, background) = count(Background::default(), 0, "FAILED");
    assert_eq!(asked, 2);
    let (asked, background) = count(background, 1, "FAILED");
    assert_eq!(asked, 1);
    let mut background = background;
    for (minutes, status, wanted) in
        [(2, "RUNNING", 1), (3, "FAILED", 2), (4, "FAILED", 1), (5, "RUNNING", 1), (6, "SUCCESS", 2)]
    {
        let (asked, after) = count(background, minutes, status);
        assert_eq!(asked, wanted, "{minutes} {status}");
        background = after;
    }
}
