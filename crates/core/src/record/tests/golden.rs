//! What version 1 wrote. These files are never written anew: recordings of that time lie in people's browsers.

use std::path::Path;

use super::*;
use crate::model::*;
use crate::record::read_run;
use crate::timeline::{Gap, GapCause, Run, Stage, Track, Turn, When};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/recording/version-1")
}

fn file(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).expect("the file is there")
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn time(raw: &str, zone: Zone) -> Option<VendorTime> {
    Some(VendorTime { raw: raw.to_owned(), at: at(60), zone })
}

fn step(order: i64, state: State) -> Step {
    Step {
        order: Some(order),
        name: format!("step {order}"),
        state,
        raw_status: text("RUNNING"),
        description: text("what it does"),
        began_at: time("2025-11-13 02:14:20", Zone::Measured(28_800)),
        ended_at: time("2025-11-13T02:14:20Z", Zone::Stated),
    }
}

fn node(name: &str, role: NodeRole, state: State) -> Node {
    Node {
        raw_status: text("word"),
        updated_at: time("2025-11-13 11:14:20", Zone::Chosen(32_400)),
        ..Node::new(name, role, state)
    }
}

/// An observation in which every field says something, and every word stands once.
fn rich() -> Observation {
    let roles = NodeRole::ALL.into_iter().zip([
        State::Pending,
        State::Running,
        State::Succeeded,
        State::PartiallySucceeded,
        State::Failed,
        State::RolledBack,
        State::Unknown,
        State::Pending,
    ]);
    let mut nodes: Vec<Node> =
        (0..).zip(roles).map(|(number, (role, state))| node(&format!("n{number}"), role, state)).collect();
    nodes[1].steps = vec![step(0, State::Succeeded), step(12, State::Running)];
    let fact = |name: &str| Fact { name: name.to_owned(), value: "1".to_owned() };
    let operation = Operation {
        id: text("task"),
        raw_status: text("UPGRADING"),
        phase: text("second half"),
        versions: Some(VersionChange { from: text("7.10.2"), to: "7.13.1".to_owned() }),
        started_at: time("2025-11-13 02:14:20", Zone::Assumed(0)),
        ended_at: time("2025-11-13T02:14:20Z", Zone::Stated),
        nodes,
        steps: vec![step(1, State::Failed)],
        attempts: Some(2),
        estimated_for: Some(Span::minutes(90)),
        valid_until: Some(at(7 * 86_400)),
        az_plan: Some(AzPlan {
            kind: text("multi_az_change"),
            node_type: text("ess"),
            source: text("zone a"),
            target: text("zone b"),
            final_nodes: vec![
                ("zone a".to_owned(), vec![]),
                ("zone b".to_owned(), vec!["n0".to_owned(), "n1".to_owned()]),
            ],
        }),
        facts: vec![fact("one"), fact("two")],
        ..Operation::new(OperationKind::AzMigration, State::Running)
    };
    let group = GroupSummary {
        role: NodeRole::Broker,
        total: Some(3),
        operating: Some(0),
        state: State::Running,
        raw_status: text("GREEN"),
    };
    let field = || "field".to_owned();
    Observation {
        observed_at: at(65),
        cluster_name: text("노드 \"search\""),
        operation: Some(operation),
        earlier: [OperationKind::Upgrade, OperationKind::RollingRestart, OperationKind::Precheck]
            .map(|kind| Operation::new(kind, State::Succeeded))
            .into(),
        precheck: Some(Precheck::Refused { reason: "a node is down".to_owned() }),
        groups: vec![group.clone(), GroupSummary { total: None, operating: None, raw_status: None, ..group }],
        warnings: vec![
            Warning::UnknownWord { field: field(), word: "UPGRADING".to_owned() },
            Warning::Repaired { field: field() },
            Warning::Unreadable { field: field(), raw: "{".to_owned() },
            Warning::BadTime { field: field(), raw: "noon".to_owned() },
            Warning::MissingField { field: field() },
            Warning::MoreOperations { total: 12, shown: 10 },
        ],
    }
}

/// The same with something changed, added and gone at every depth.
fn changed(observed_at: Timestamp) -> Observation {
    let mut new = Observation { observed_at, precheck: Some(Precheck::Passed), ..rich() };
    new.groups.remove(0);
    new.warnings.drain(1..);
    let operation = new.operation.as_mut().unwrap();
    operation.nodes.truncate(5);
    operation.nodes.swap(0, 1);
    operation.nodes[2].updated_at = time("2025-11-13 11:14:20", Zone::Assumed(32_400));
    operation.nodes[3].raw_status = None;
    operation.facts[1].value = "2".to_owned();
    operation.az_plan = Some(AzPlan::default());
    operation.versions = Some(VersionChange { from: None, to: "7.13.1".to_owned() });
    operation.steps.clear();
    operation.phase = None;
    new
}

fn moments() -> Vec<Moment> {
    let seen = |observation: Observation, until| Moment::Seen {
        from: observation.observed_at,
        until,
        observation: Box::new(observation),
    };
    let bare = Observation {
        precheck: Some(Precheck::Unclear { raw: "perhaps".to_owned() }),
        ..Observation::new(at(400))
    };
    vec![
        Moment::Unwatched(Gap {
            after: at(-9_000),
            until: at(65),
            cause: GapCause::Unanswered(ErrorKind::Timeout),
        }),
        seen(rich(), at(125)),
        seen(changed(at(130)), at(130)),
        Moment::Missed {
            from: at(140),
            until: at(200),
            count: 3,
            kind: ErrorKind::VendorDown,
            code: text("APIG.0101"),
        },
        Moment::Missed {
            from: at(210),
            until: at(210),
            count: 1,
            kind: ErrorKind::ProxyUnreachable,
            code: None,
        },
        seen(changed(at(300)), at(300)),
        Moment::Opened(at(390)),
        seen(bare, at(400)),
        seen(Observation { observed_at: at(410), ..rich() }, at(410)),
    ]
}

fn run() -> Run {
    let between = When::Between { after: at(50), until: at(65) };
    let stage = |name: &str, order, began, ended| Stage {
        name: name.to_owned(),
        order,
        state: State::Succeeded,
        began,
        ended,
    };
    let turn = Turn {
        began: When::By(at(65)),
        ended: Some(between),
        state: State::RolledBack,
        stages: vec![
            stage("stopping", None, Some(When::Reported(at(60))), None),
            stage("step", Some(12), None, Some(between)),
        ],
    };
    let causes = [GapCause::Closed, GapCause::Suspended, GapCause::Unanswered(ErrorKind::Clock)];
    let open = Turn { ended: None, stages: Vec::new(), ..turn.clone() };
    Run {
        id: text("task"),
        kind: OperationKind::RollingRestart,
        state: State::PartiallySucceeded,
        raw_status: text("PART"),
        versions: Some(VersionChange { from: text("7.10.2"), to: "7.13.1".to_owned() }),
        began: When::Reported(at(60)),
        ended: Some(between),
        first_seen_at: at(65),
        seen_until: at(410),
        tracks: vec![
            Track { role: NodeRole::ZooKeeper, name: "n0".to_owned(), turns: vec![turn, open] },
            Track { role: NodeRole::Data, name: "n1".to_owned(), turns: Vec::new() },
        ],
        stages: vec![stage("backup", Some(0), Some(between), Some(When::By(at(70))))],
        gaps: causes.map(|cause| Gap { after: at(130), until: at(300), cause }).into(),
    }
}

#[test]
fn what_version_one_recorded_is_read_as_it_was_seen() {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "run.json")
        .collect();
    names.sort();
    let tape = Tape::read(names.iter().map(|name| file(name)));
    assert_eq!(tape.unreadable, 0);
    let read: Vec<Moment> = tape.moments().collect();
    assert_eq!(read.len(), moments().len());
    for (read, expected) in read.into_iter().zip(moments()) {
        assert_eq!(read, expected);
    }
}

#[test]
fn a_run_that_version_one_wrote_is_read_as_it_was() {
    assert_eq!(read_run(&file("run.json")), Some(run()));
}
