//! Estimates: each source in its turn, what they give, and when one gives way to the next.

use super::*;
use crate::assess::tests::{at, judged, one_by_one, record, seen, step, time, upgrade};
use crate::model::{Fact, Node, NodeRole, Observation, OperationKind};
use crate::timeline::Outcome;

fn estimate_at(timeline: &Timeline, minutes: i64) -> Estimate {
    judged(timeline, minutes).estimate
}

fn range(estimate: Estimate) -> (i64, i64, EstimateSource) {
    match estimate {
        Estimate::Remaining { low, high, source } => (low.as_seconds() / 60, high.as_seconds() / 60, source),
        other => panic!("{other:?}"),
    }
}

fn at_least(low: i64) -> Estimate {
    Estimate::AtLeast { low: Span::minutes(low), source: EstimateSource::Formula }
}

/// A task of Huawei over these nodes, of which the turns are told by one step each.
fn task(id: &str, states: &[State], began: i64, started: i64) -> Operation {
    let mut operation = upgrade(states);
    (operation.id, operation.started_at) = (Some(id.to_owned()), time(started));
    for node in operation.nodes.iter_mut().filter(|node| node.state == State::Running) {
        node.steps = vec![step(Some(3), "Replace", State::Running, Some(began))];
    }
    if states.iter().all(|state| *state == State::Succeeded) {
        (operation.state, operation.ended_at) = (State::Succeeded, time(began));
    }
    operation
}

#[test]
fn the_vendors_own_figure_comes_first() {
    let mut timeline = Timeline::default();
    one_by_one(&mut timeline, 0, &[10, 10], 30);
    let mut operation = upgrade(&[State::Running, State::Pending]);
    (operation.started_at, operation.estimated_for) = (time(100), Some(Span::minutes(30)));
    record(&mut timeline, operation, 101);
    assert_eq!(range(estimate_at(&timeline, 110)), (20, 20, EstimateSource::Vendor));
    let past =
        Estimate::Overdue { by: Span::minutes(5), of: Span::minutes(30), source: EstimateSource::Vendor };
    assert_eq!(estimate_at(&timeline, 135), past);
}

#[test]
fn a_single_earlier_run_gives_a_range_around_it() {
    let mut timeline = Timeline::default();
    one_by_one(&mut timeline, 0, &[20, 20], 50);
    one_by_one(&mut timeline, 100, &[20, 20], 102);
    // It took 41 minutes of which nearly two nodes are ahead.
    let (low, high, source) = range(estimate_at(&timeline, 102));
    assert_eq!(source, EstimateSource::EarlierRuns { runs: 1 });
    assert_eq!((low, high), (33, 45));
}

#[test]
fn the_spread_of_several_runs_is_the_range() {
    let mut timeline = Timeline::default();
    for (from, length) in [(0, 10), (100, 20), (200, 40)] {
        one_by_one(&mut timeline, from, &[length, length], from + 90);
    }
    one_by_one(&mut timeline, 300, &[20, 20], 301);
    assert_eq!(range(estimate_at(&timeline, 301)), (21, 81, EstimateSource::EarlierRuns { runs: 3 }));
    let past = estimate_at(&timeline, 300 + 91);
    assert!(
        matches!(past, Estimate::Overdue { by, of, .. } if by == Span::minutes(10) && of == Span::minutes(81))
    );
}

#[test]
fn what_the_nodes_that_are_left_took_before_counts() {
    let mut timeline = Timeline::default();
    one_by_one(&mut timeline, 0, &[5, 5, 50], 70);
    // This time the quick nodes were slower, and the slow one has just begun.
    one_by_one(&mut timeline, 100, &[10, 10, 50], 121);
    let (low, high, _) = range(estimate_at(&timeline, 121));
    assert!((40..50).contains(&low) && (50..65).contains(&high), "{low} to {high}");
}

#[test]
fn a_run_of_another_size_tells_nothing() {
    let mut timeline = Timeline::default();
    one_by_one(&mut timeline, 0, &[10; 8], 90);
    one_by_one(&mut timeline, 100, &[10, 10], 103);
    assert_eq!(estimate_at(&timeline, 103), Estimate::None);
}

#[test]
fn runs_that_the_vendor_lists_count_once_and_only_when_they_ended_well() {
    let mut timeline = Timeline::default();
    let states = [State::Pending, State::Running, State::Succeeded];
    for (minutes, state) in [(0, 0), (1, 1), (40, 2)] {
        record(&mut timeline, task("one", &[states[state]; 2], minutes.max(1), 0), minutes);
    }
    let listed = |started: i64, took: i64, state| {
        let mut operation = task("old", &[State::Succeeded; 2], started + took, started);
        operation.state = state;
        operation
    };
    let mut observation = Observation::new(at(100));
    observation.operation = Some(task("two", &[State::Running, State::Pending], 100, 100));
    observation.earlier = vec![
        listed(0, 40, State::Succeeded),
        listed(-500, 60, State::Succeeded),
        listed(-900, 9, State::Failed),
    ];
    timeline.record(Outcome::Observed(Box::new(observation)), at(100));
    assert_eq!(range(estimate_at(&timeline, 100)).2, EstimateSource::EarlierRuns { runs: 2 });
}

#[test]
fn huaweis_formula_is_a_lower_end_in_batches() {
    use State::{Pending, Running};
    let timeline = seen(task("task", &[Running, Pending, Pending, Pending], 0, 0), 1);
    assert_eq!(estimate_at(&timeline, 1), at_least(59));
    // The node at work may be migrating data; those after it have their quarter of an hour ahead.
    assert_eq!(estimate_at(&timeline, 40), at_least(45));
    let timeline = seen(task("task", &[Running, Running, Pending, Pending], 0, 0), 1);
    assert_eq!(estimate_at(&timeline, 1), at_least(29));
    // Before the first batch is at work its size is known already.
    let mut waiting = task("task", &[Pending, Pending, Pending, Pending], 0, 0);
    waiting.facts = vec![Fact { name: "batchSize".into(), value: "2".into() }];
    assert_eq!(estimate_at(&seen(waiting, 1), 1), at_least(30));
    let mut moving = task("task", &[Running, Pending], 0, 0);
    moving.kind = OperationKind::AzMigration;
    assert_eq!(estimate_at(&seen(moving, 1), 1), Estimate::None);
}

#[test]
fn a_formula_that_the_run_disproves_gives_way_to_its_pace() {
    use State::{Pending, Running, Succeeded};
    let after = |took: i64| {
        let mut timeline = Timeline::default();
        for minutes in 0..took {
            record(&mut timeline, task("task", &[Running, Pending, Pending], 0, 0), minutes);
        }
        record(&mut timeline, task("task", &[Succeeded, Running, Pending], took, 0), took);
        estimate_at(&timeline, took)
    };
    assert!(matches!(after(14), Estimate::AtLeast { .. }), "{:?}", after(14));
    for took in [5, 40] {
        assert_eq!(range(after(took)).2, EstimateSource::Pace { nodes: 1 }, "{took}");
    }
}

#[test]
fn hologres_is_told_by_its_manual_and_past_it_by_how_much() {
    let mut operation = upgrade(&[]);
    operation.nodes = vec![
        Node::new("leader", NodeRole::Leader, State::Running),
        Node::new("reader", NodeRole::Follower, State::Unknown),
    ];
    let timeline = seen(operation, 1);
    assert_eq!(range(estimate_at(&timeline, 2)), (3, 28, EstimateSource::Formula));
    assert_eq!(range(estimate_at(&timeline, 20)), (0, 10, EstimateSource::Formula));
    let past =
        Estimate::Overdue { by: Span::minutes(4), of: Span::minutes(30), source: EstimateSource::Formula };
    assert_eq!(estimate_at(&timeline, 34), past);
}

#[test]
fn the_pace_is_the_middle_of_the_turns_and_counts_what_is_spent() {
    let mut timeline = Timeline::default();
    one_by_one(&mut timeline, 0, &[10, 12, 30, 60, 60], 63);
    // Three turns of 12 in the middle; ten minutes of the fourth are gone, and a fifth comes.
    let (low, high, source) = range(estimate_at(&timeline, 63));
    assert_eq!(source, EstimateSource::Pace { nodes: 3 });
    assert_eq!((low, high), (9, 26));
    // The one at work may end at any time; the last has its turn ahead.
    assert_eq!(range(estimate_at(&timeline, 80)), (9, 18, source));
    let past = estimate_at(&timeline, 53 + 36 + 4);
    assert!(
        matches!(past, Estimate::Overdue { by, of, .. } if by == Span::minutes(4) && of == Span::minutes(89))
    );
}

#[test]
fn many_nodes_tell_their_own_spread() {
    let mut timeline = Timeline::default();
    one_by_one(&mut timeline, 0, &[10, 10, 10, 10, 10, 10], 51);
    let (low, high, source) = range(estimate_at(&timeline, 51));
    assert_eq!((low, high, source), (9, 11, EstimateSource::Pace { nodes: 5 }));
}

#[test]
fn nodes_of_a_role_are_judged_by_their_own() {
    use State::{Pending, Running, Succeeded};
    let mut timeline = Timeline::default();
    let nodes = |states: [State; 4]| {
        let mut operation = upgrade(&states);
        operation.nodes[0].role = NodeRole::Master;
        operation.nodes[1].role = NodeRole::Master;
        operation
    };
    for minutes in 0..=34 {
        let states = match minutes {
            0..2 => [Running, Pending, Pending, Pending],
            2..4 => [Succeeded, Running, Pending, Pending],
            4..34 => [Succeeded, Succeeded, Running, Pending],
            _ => [Succeeded, Succeeded, Succeeded, Running],
        };
        record(&mut timeline, nodes(states), minutes);
        if minutes == 4 {
            // The masters took two minutes each, which says nothing of data nodes.
            assert_eq!(estimate_at(&timeline, 4), Estimate::None);
        }
    }
    let (low, high, _) = range(estimate_at(&timeline, 34));
    assert_eq!((low, high), (24, 45));
}

#[test]
fn no_basis_is_said() {
    use State::{Pending, Running, Unknown};
    assert_eq!(estimate_at(&seen(upgrade(&[Running, Pending]), 1), 2), Estimate::None);
    assert_eq!(estimate_at(&seen(upgrade(&[Running, Unknown]), 1), 2), Estimate::None);
}
