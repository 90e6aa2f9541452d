use super::{answer, observed, quoted};
use crate::model::{NodeRole, Operation, State, Warning};

fn with_details(status: &str, details: &str) -> Operation {
    let details = quoted(details);
    let fields = format!(r#""FromVersion":"1","ToVersion":"2","Status":"{status}","Details":{details}"#);
    observed(&answer(&fields)).operation.unwrap()
}

fn fact<'a>(operation: &'a Operation, name: &str) -> Option<&'a str> {
    operation.facts.iter().find(|fact| fact.name == name).map(|fact| fact.value.as_str())
}

#[test]
fn details_are_read_strictly_then_tolerantly_then_kept_raw_and_each_is_marked() {
    let warnings = |details: &str| {
        let fields = format!(r#""ToVersion":"2","Status":"upgrading","Details":{}"#, quoted(details));
        let observation = observed(&answer(&fields));
        let total = observation.operation.as_ref().and_then(|o| fact(o, "SQLResultStat.TotalExecuted"));
        (total.map(str::to_owned), observation.warnings.clone())
    };
    let good = r#"{"FlightingReport":{"SQLResultStat":{"TotalExecuted":9000,"Exceptions":0}}}"#;
    assert_eq!(warnings(good), (Some("9000".to_owned()), vec![]));
    let field = || "Details".to_owned();
    let without_comma = r#"{"FlightingReport":{"SQLResultStat":{"TotalExecuted":9000"Exceptions":0}}}"#;
    assert_eq!(
        warnings(without_comma),
        (Some("9000".to_owned()), vec![Warning::Repaired { field: field() }])
    );
    for lost in ["Internal error", r#"{"FlightingReport":{"SQL"#, "[1]"] {
        let unreadable = Warning::Unreadable { field: field(), raw: lost.to_owned() };
        assert_eq!(warnings(lost), (None, vec![unreadable]), "{lost}");
    }
}

#[test]
fn the_flighting_report_and_the_estimate_become_facts() {
    let operation = with_details(
        "upgrading",
        r#"{"FlightingReport":{
            "SegmentFormatStat":[{"Database":"a","TableUsingSegmentCount":5},{"Database":"b"}],
            "ReadPermissionCheckStat":[{"db":"d","user":"u1","schema":"s","table":"t"},7,{},{},{},{},{}],
            "EstimatedUpgradeTime":{"StopInstance":30,"BackupData":120,"UpgradeInstance":600}}}"#,
    );
    assert_eq!(fact(&operation, "SegmentFormatStat"), Some("2 (a: 5, b: )"));
    assert_eq!(fact(&operation, "ReadPermissionCheckStat"), Some("7 (d.s.t: u1, : , : , : , : , …)"));
    assert_eq!(fact(&operation, "EstimatedUpgradeTime.BackupData"), Some("120"));
    assert_eq!(operation.estimated_for.map(|span| span.as_seconds()), Some(750));
    let empty = with_details("upgrading", r#"{"FlightingReport":{"SegmentFormatStat":[]}}"#);
    assert_eq!(fact(&empty, "SegmentFormatStat"), Some("0"));
    assert_eq!(fact(&empty, "ReadPermissionCheckStat"), None);
}

#[test]
fn an_archived_upgrade_has_succeeded_only_where_its_details_prove_it() {
    let done = r#""DoUpgrade":{"Status":"Success","StartTime":"2023-05-09T06:48:28Z"}"#;
    let table = [
        (format!(r#"{{"StatusCode":"Anything","UpgradingSteps":{{{done}}}}}"#), State::Succeeded),
        (format!(r#"{{"UpgradingSteps":{{{done}}}}}"#), State::Succeeded),
        (r#"{"StatusCode":"Success"}"#.to_owned(), State::Succeeded),
        (r#"{"StatusCode":"Discarded"}"#.to_owned(), State::Unknown),
        (r#"{"StatusCode":"Finished"}"#.to_owned(), State::Unknown),
        ("{}".to_owned(), State::Unknown),
        (format!(r#"{{"StatusCode":"LeaderRestartFailed","UpgradingSteps":{{{done}}}}}"#), State::Failed),
        (format!(r#"{{"StatusCode":"FollowerStartFAILURE","UpgradingSteps":{{{done}}}}}"#), State::Failed),
        (r#"{"StatusCode":"InternalError"}"#.to_owned(), State::Failed),
        (format!(r#"{{"UpgradingSteps":{{{done},"Rollback":{{"Status":"Success"}}}}}}"#), State::RolledBack),
        (
            format!(r#"{{"UpgradingSteps":{{{done},"Rollback":{{"StartTime":"2023-05-09T07:00:00Z"}}}}}}"#),
            State::Failed,
        ),
        (
            format!(r#"{{"UpgradingSteps":{{{done},"Rollback":{{"Status":"","StartTime":""}}}}}}"#),
            State::Succeeded,
        ),
    ];
    for (details, state) in table {
        assert_eq!(with_details("archived", &details).state, state, "{details}");
    }
}

#[test]
fn steps_that_the_page_does_not_know_are_shown_after_those_that_it_does() {
    let operation = with_details(
        "upgrading",
        r#"{"UpgradingSteps":{
            "Warmup":{"Status":"Queued","StartTime":""},
            "DoUpgrade":{"Status":"Running","StartTime":"2023-05-09T06:50:00Z"},
            "Stop":{"Status":"Success","StartTime":"2023-05-09T06:48:28Z","StopTime":"2023-05-09T06:49:00.500Z"},
            "Note":"text"}}"#,
    );
    let steps: Vec<_> = operation.steps.iter().map(|step| (step.name.as_str(), step.state)).collect();
    let expected = [("Stop", State::Succeeded), ("DoUpgrade", State::Running), ("Warmup", State::Pending)];
    assert_eq!(steps, expected);
}

#[test]
fn ten_thousand_followers_are_nodes_beside_their_leader() {
    let followers: Vec<String> = (0..10_000)
        .map(|n| format!(r#"{{"InstanceId":"hg{}","InstanceName":"reader","Status":"Running"}}"#, n % 5_000))
        .collect();
    let details = format!(
        r#"{{"Instances":{{"LeaderInstanceId":"hg","LeaderInstanceName":"leader","LeaderInstanceStatus":"Running",
        "FollowerInstances":[{}]}}}}"#,
        followers.join(",")
    );
    let operation = with_details("upgrading", &details);
    assert_eq!(operation.nodes.len(), 10_001);
    assert_eq!(operation.nodes.first().map(|node| node.role), Some(NodeRole::Leader));
    let mut names: Vec<&str> = operation.nodes.iter().map(|node| node.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 10_001);
}
