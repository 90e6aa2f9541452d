use super::*;
use crate::error::{ErrorKind, PollError};
use crate::model::{GroupSummary, Node, NodeRole, OperationKind, Step, VendorTime, Zone};
use crate::timeline::Outcome;

fn at(minutes: i64) -> Timestamp {
    Timestamp::from_millis(0).plus(Span::minutes(minutes))
}

fn time(minutes: i64) -> Option<VendorTime> {
    Some(VendorTime { raw: String::new(), at: at(minutes), zone: Zone::Stated })
}

fn upgrade(states: &[State]) -> Operation {
    let mut operation = Operation::new(OperationKind::Upgrade, State::Running);
    operation.started_at = time(0);
    operation.nodes = states
        .iter()
        .enumerate()
        .map(|(i, state)| Node::new(format!("n{i}"), NodeRole::Data, *state))
        .collect();
    operation
}

fn seen(operation: Operation, minutes: i64) -> Timeline {
    let mut timeline = Timeline::default();
    let observation = Observation { operation: Some(operation), ..Observation::new(at(minutes)) };
    timeline.record(Outcome::Observed(Box::new(observation)), at(minutes));
    timeline
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
fn two_missed_polls_mean_that_we_cannot_see_and_keep_what_was_seen() {
    let mut timeline = seen(upgrade(&[State::Running]), 1);
    let miss = || Outcome::Failed(PollError::new(ErrorKind::Timeout));
    timeline.record(miss(), at(2));
    assert_eq!(assess(&timeline, &Circumstances::default(), at(2)).verdict, Verdict::Running);
    timeline.record(miss(), at(3));
    let blind = assess(&timeline, &Circumstances::default(), at(3));
    assert_eq!((blind.verdict, blind.last_seen), (Verdict::CannotSee, Some(Verdict::Running)));
    assert_eq!(blind.since, Some(at(2)));
}

#[test]
fn a_failure_that_cannot_heal_is_shown_at_once() {
    let mut timeline = seen(upgrade(&[State::Running]), 1);
    timeline.record(Outcome::Failed(PollError::new(ErrorKind::Signature)), at(2));
    assert_eq!(assess(&timeline, &Circumstances::default(), at(2)).verdict, Verdict::CannotSee);
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
fn the_estimate_is_a_range_from_the_pace_and_says_when_it_was_passed() {
    use State::{Pending, Running, Succeeded};
    let mut operation = upgrade(&[Succeeded, Running, Pending]);
    operation.nodes[0].updated_at = time(10);
    let timeline = seen(operation, 12);
    assert_eq!(
        assess(&timeline, &Circumstances::default(), at(12)).estimate,
        Estimate::Remaining {
            low: Span::minutes(14),
            high: Span::minutes(28),
            source: EstimateSource::Pace { nodes: 1 }
        }
    );
    let late = assess(&timeline, &Circumstances::default(), at(45)).estimate;
    assert!(matches!(late, Estimate::Overdue { by, .. } if by == Span::minutes(5)), "{late:?}");
}

#[test]
fn the_vendors_own_estimate_comes_first() {
    let mut operation = upgrade(&[State::Running]);
    operation.estimated_for = Some(Span::minutes(30));
    let timeline = seen(operation, 1);
    assert!(matches!(
        assess(&timeline, &Circumstances::default(), at(10)).estimate,
        Estimate::Remaining { source: EstimateSource::Vendor, low, .. } if low == Span::minutes(20)
    ));
}
