//! Judgements on chosen clocks. Minutes count from the start of the operation.

mod blind;
mod impacts;
mod limits;
mod properties;

use super::*;
use crate::error::{ErrorKind, PollError};
use crate::model::{GroupSummary, Node, Step, VendorTime, Zone};
use crate::timeline::Outcome;

pub(super) fn at(minutes: i64) -> Timestamp {
    Timestamp::from_millis(0).plus(Span::minutes(minutes))
}

pub(super) fn time(minutes: i64) -> Option<VendorTime> {
    Some(VendorTime { raw: String::new(), at: at(minutes), zone: Zone::Stated })
}

/// An upgrade that began at zero, of data nodes in these states.
pub(super) fn upgrade(states: &[State]) -> Operation {
    let mut operation = Operation::new(OperationKind::Upgrade, State::Running);
    operation.started_at = time(0);
    operation.nodes = states
        .iter()
        .enumerate()
        .map(|(i, state)| Node::new(format!("n{i}"), NodeRole::Data, *state))
        .collect();
    operation
}

pub(super) fn step(order: Option<i64>, name: &str, state: State, began: Option<i64>) -> Step {
    Step {
        order,
        name: name.to_owned(),
        state,
        raw_status: None,
        description: None,
        began_at: began.and_then(time),
        ended_at: None,
    }
}

pub(super) fn record(timeline: &mut Timeline, operation: Operation, minutes: i64) {
    let observation = Observation { operation: Some(operation), ..Observation::new(at(minutes)) };
    timeline.record(Outcome::Observed(Box::new(observation)), at(minutes));
}

pub(super) fn seen(operation: Operation, minutes: i64) -> Timeline {
    let mut timeline = Timeline::default();
    record(&mut timeline, operation, minutes);
    timeline
}

/// A run of nodes that are worked on one after the other, each in its step for as many minutes as `lengths` say,
/// up to `until`. As NAVER's search clusters tell it: the word, and since when.
pub(super) fn one_by_one(timeline: &mut Timeline, from: i64, lengths: &[i64], until: i64) {
    for minutes in from..=until {
        let mut operation = upgrade(&vec![State::Pending; lengths.len()]);
        operation.started_at = time(from);
        let mut begins = from + 1;
        for (node, length) in operation.nodes.iter_mut().zip(lengths) {
            let ends = begins + length;
            let (state, word, since) = match minutes {
                now if now < begins => (State::Pending, "running", from - 60),
                now if now < ends => (State::Running, "Restart_OpenSearch", begins),
                _ => (State::Succeeded, "complete", ends),
            };
            (node.state, node.raw_status, node.updated_at) = (state, Some(word.to_owned()), time(since));
            if state == State::Running {
                node.steps = vec![step(None, word, state, Some(since))];
            }
            begins = ends;
        }
        if operation.nodes.iter().all(|node| node.state == State::Succeeded) {
            operation.state = State::Succeeded;
        }
        record(timeline, operation, minutes);
    }
}

pub(super) fn judged(timeline: &Timeline, minutes: i64) -> Assessment {
    assess(timeline, &Circumstances::default(), at(minutes))
}

#[test]
fn an_operation_that_stands_still_becomes_slow_and_then_stalled() {
    use State::{Pending, Running, Succeeded};
    let mut operation = upgrade(&[Succeeded, Running, Pending]);
    operation.nodes[0].updated_at = time(10);
    operation.nodes[1].updated_at = time(10);
    let timeline = seen(operation, 12);
    let verdict = |minutes| assess(&timeline, &Circumstances::default(), at(minutes)).verdict;
    assert_eq!(verdict(29), Verdict::Running);
    assert_eq!(verdict(31), Verdict::Slow);
    assert_eq!(verdict(41), Verdict::Stalled);
    let basis = assess(&timeline, &Circumstances::default(), at(41)).basis.expect("a basis");
    let experience = Experience::ThisRun { nodes: 1 };
    assert_eq!(basis.source, LimitSource::Usual { usual_for: Span::minutes(10), experience });
    assert_eq!(basis.unchanged_for, Span::minutes(31));
}

#[test]
fn a_data_migration_may_legally_take_two_days() {
    let mut operation = upgrade(&[State::Running, State::Pending]);
    operation.nodes[0].steps = vec![Step {
        order: Some(0),
        name: "Data migration".into(),
        state: State::Running,
        raw_status: None,
        description: None,
        began_at: time(0),
        ended_at: None,
    }];
    let timeline = seen(operation, 1);
    assert_eq!(assess(&timeline, &Circumstances::default(), at(60 * 47)).verdict, Verdict::Slow);
    assert_eq!(assess(&timeline, &Circumstances::default(), at(60 * 49)).verdict, Verdict::Stalled);
}

#[test]
fn an_unknown_word_is_never_success() {
    let mut operation = upgrade(&[State::Succeeded]);
    operation.state = State::Unknown;
    assert_eq!(assess(&seen(operation, 1), &Circumstances::default(), at(2)).verdict, Verdict::Unrecognised);
}

#[test]
fn all_green_without_work_seen_is_idle_and_not_done() {
    for kind in [OperationKind::RollingRestart, OperationKind::Upgrade] {
        let mut operation = upgrade(&[State::Succeeded]);
        operation.kind = kind;
        operation.state = State::Succeeded;
        operation.nodes[0].role = NodeRole::Broker;
        assert_eq!(
            assess(&seen(operation, 1), &Circumstances::default(), at(2)).verdict,
            Verdict::Idle,
            "{kind:?}"
        );
    }
}

#[test]
fn a_green_summary_over_nodes_that_are_not_well_is_a_finding() {
    let mut timeline = Timeline::default();
    let mut observation = Observation::new(at(1));
    observation.operation = Some(upgrade(&[State::Running]));
    observation.groups = vec![GroupSummary {
        role: NodeRole::Data,
        total: Some(1),
        operating: Some(0),
        state: State::Succeeded,
        raw_status: Some("green".into()),
    }];
    timeline.record(Outcome::Observed(Box::new(observation)), at(1));
    let findings = assess(&timeline, &Circumstances::default(), at(1)).findings;
    assert!(
        findings.iter().any(|f| matches!(f.evidence, Evidence::SummaryDisagrees { not_well: 1, .. })),
        "{findings:?}"
    );
}

#[test]
fn an_upgrade_that_ended_well_and_left_a_node_as_it_was_is_done_with_mixed_versions() {
    use State::{Pending, Succeeded};
    for (kind, expected) in
        [(OperationKind::Upgrade, Verdict::DoneMixed), (OperationKind::AzMigration, Verdict::Done)]
    {
        let mut operation = upgrade(&[Succeeded, Succeeded, Pending]);
        (operation.kind, operation.state, operation.id) = (kind, Succeeded, Some("task".into()));
        let judged = judged(&seen(operation, 1), 2);
        assert_eq!(judged.verdict, expected, "{kind:?}");
        let mixed = Evidence::MixedVersions { done: 2, total: 3 };
        assert_eq!(judged.findings.iter().any(|found| found.evidence == mixed), expected.needs_a_person());
    }
}

#[test]
fn brokers_at_rest_are_idle_and_not_mixed() {
    let mut operation = upgrade(&[State::Succeeded, State::Pending]);
    operation.state = State::Succeeded;
    operation.nodes.iter_mut().for_each(|node| node.role = NodeRole::Broker);
    assert_eq!(judged(&seen(operation, 1), 2).verdict, Verdict::Idle);
}
