mod runs;
mod turns;
mod watching;

use super::*;
use crate::error::ErrorKind;
use crate::model::{OperationKind, VendorTime, Zone};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1000)
}

fn colours(seconds: i64, states: &[State]) -> Outcome {
    let over = states.iter().all(|state| *state == State::Succeeded);
    let mut operation =
        Operation::new(OperationKind::RollingRestart, if over { State::Succeeded } else { State::Running });
    operation.nodes = states
        .iter()
        .enumerate()
        .map(|(i, state)| Node::new(format!("b{i}"), NodeRole::Broker, *state))
        .collect();
    Outcome::Observed(Box::new(Observation { operation: Some(operation), ..Observation::new(at(seconds)) }))
}

fn states(timeline: &Timeline) -> Vec<State> {
    timeline.operation().expect("an operation").nodes.iter().map(|node| node.state).collect()
}

#[test]
fn a_node_that_was_at_work_and_is_green_again_is_done() {
    use State::{Pending, Running, Succeeded};
    let mut timeline = Timeline::default();
    timeline.record(colours(0, &[Running, Pending]), at(0));
    timeline.record(colours(10, &[Pending, Running]), at(10));
    assert_eq!(states(&timeline), [Succeeded, Running]);
}

#[test]
fn all_green_between_two_nodes_of_a_restart_is_not_the_end() {
    use State::{Pending, Running, Succeeded};
    let mut timeline = Timeline::default();
    timeline.record(colours(0, &[Running, Pending]), at(0));
    timeline.record(colours(60, &[Succeeded, Succeeded]), at(60));
    assert_eq!(states(&timeline), [Succeeded, Pending]);
    assert_eq!(timeline.operation().map(|operation| operation.state), Some(Running));
    timeline.record(colours(90, &[Pending, Running]), at(90));
    assert_eq!(states(&timeline), [Succeeded, Running]);
    timeline.record(colours(150, &[Succeeded, Succeeded]), at(150));
    assert_eq!(timeline.operation().map(|operation| operation.state), Some(Succeeded));
}

#[test]
fn zookeepers_are_no_more_done_between_two_brokers_than_while_one_is_at_work() {
    use State::{Pending, Running, Succeeded};
    let with_zookeeper = |seconds, states: &[State]| {
        let Outcome::Observed(mut observation) = colours(seconds, states) else { unreachable!() };
        let nodes = &mut observation.operation.as_mut().expect("an operation").nodes;
        nodes.last_mut().expect("a node").role = NodeRole::ZooKeeper;
        Outcome::Observed(observation)
    };
    let mut timeline = Timeline::default();
    timeline.record(with_zookeeper(0, &[Running, Pending, Pending]), at(0));
    timeline.record(with_zookeeper(60, &[Succeeded; 3]), at(60));
    assert_eq!(states(&timeline), [Succeeded, Pending, Pending]);
    timeline.record(with_zookeeper(90, &[Pending, Running, Pending]), at(90));
    timeline.record(with_zookeeper(150, &[Succeeded; 3]), at(150));
    assert_eq!(states(&timeline), [Succeeded; 3], "the last broker was the end");
}

#[test]
fn all_green_for_longer_than_any_pause_is_the_end_although_not_every_node_was_seen_at_work() {
    use State::{Pending, Running, Succeeded};
    let mut timeline = Timeline::default();
    timeline.record(colours(0, &[Pending, Running]), at(0));
    timeline.record(colours(60, &[Succeeded, Succeeded]), at(60));
    assert_eq!(states(&timeline), [Pending, Succeeded]);
    timeline.record(colours(700, &[Succeeded, Succeeded]), at(700));
    assert_eq!(states(&timeline), [Succeeded, Succeeded]);
    assert_eq!(timeline.operation().map(|operation| operation.state), Some(Succeeded));
}

#[test]
fn a_change_is_kept_as_the_interval_between_two_answers() {
    use State::{Pending, Running};
    let mut timeline = Timeline::default();
    timeline.record(colours(0, &[Pending, Pending]), at(0));
    timeline.record(colours(10, &[Pending, Pending]), at(10));
    timeline.record(colours(20, &[Running, Pending]), at(20));
    let change = timeline.transitions().last().expect("one change");
    assert_eq!((change.after, change.until, change.to), (at(10), at(20), Running));
    assert_eq!(timeline.unchanged_since(), Some(at(20)));
}

#[test]
fn an_identical_answer_changes_nothing_but_its_time() {
    use State::{Pending, Running};
    let mut timeline = Timeline::default();
    timeline.record(colours(0, &[Running, Pending]), at(0));
    timeline.record(colours(10, &[Running, Pending]), at(10));
    assert!(timeline.transitions().is_empty());
    assert_eq!(timeline.unchanged_since(), Some(at(0)));
}

#[test]
fn work_that_begins_again_after_the_end_is_another_run() {
    use State::{Pending, Running, Succeeded};
    let mut timeline = Timeline::default();
    timeline.record(colours(0, &[Running, Running]), at(0));
    timeline.record(colours(10, &[Succeeded, Succeeded]), at(10));
    timeline.record(colours(20, &[Pending, Running]), at(20));
    assert_eq!(states(&timeline), [Pending, Running]);
    assert_eq!(timeline.first_seen_at(), Some(at(20)));
}

#[test]
fn failures_are_counted_and_the_last_good_answer_stays() {
    let mut timeline = Timeline::default();
    timeline.record(colours(0, &[State::Running]), at(0));
    timeline.record(Outcome::Failed(PollError::new(ErrorKind::VendorDown)), at(10));
    timeline.record(Outcome::Failed(PollError::new(ErrorKind::Timeout)), at(20));
    let outage = timeline.outage().expect("an outage");
    assert_eq!((outage.since, outage.count, outage.error.kind), (at(10), 2, ErrorKind::Timeout));
    assert_eq!(states(&timeline), [State::Running]);
    timeline.record(colours(30, &[State::Running]), at(30));
    assert_eq!(timeline.outage(), None);
}

#[test]
fn a_long_pause_is_marked_as_not_watched() {
    let mut timeline = Timeline::default();
    timeline.record(colours(0, &[State::Running]), at(0));
    timeline.record(colours(3600, &[State::Running]), at(3600));
    let gap = Gap { after: at(0), until: at(3600), cause: GapCause::Suspended };
    assert_eq!(timeline.gaps(), [gap]);
}

/// The answer of a vendor that writes the operation's start without a zone.
fn started(seconds: i64, raw: &str, zone: Zone) -> Outcome {
    let mut operation = Operation::new(OperationKind::Upgrade, State::Running);
    operation.started_at = VendorTime::parse(raw, zone);
    operation.nodes = vec![Node::new("n0", NodeRole::Data, State::Running)];
    Outcome::Observed(Box::new(Observation { operation: Some(operation), ..Observation::new(at(seconds)) }))
}

#[test]
fn another_zone_for_the_same_written_start_is_not_another_run() {
    let raw = "2025-03-24 17:09:41";
    let mut timeline = Timeline::default();
    timeline.record(started(0, raw, Zone::Assumed(0)), at(0));
    for (seconds, zone) in
        [(10, Zone::Measured(32_400)), (20, Zone::Chosen(28_800)), (30, Zone::Chosen(25_200))]
    {
        timeline.record(started(seconds, raw, zone), at(seconds));
        assert_eq!(timeline.first_seen_at(), Some(at(0)), "{zone:?}");
    }
}

#[test]
fn another_start_is_another_run_in_whatever_zone_it_is_read() {
    let mut timeline = Timeline::default();
    timeline.record(started(0, "2025-03-24 17:09:41", Zone::Assumed(0)), at(0));
    timeline.record(started(10, "2025-03-24 18:00:00", Zone::Chosen(32_400)), at(10));
    assert_eq!(timeline.first_seen_at(), Some(at(10)));
    timeline.record(started(20, "2025-03-24 19:00:00", Zone::Chosen(32_400)), at(20));
    assert_eq!(timeline.first_seen_at(), Some(at(20)));
}

/// A restart of so many brokers that begins anew at each of these seconds.
fn runs(nodes: usize, begins: &[i64]) -> Timeline {
    use State::{Running, Succeeded};
    let mut timeline = Timeline::default();
    for begin in begins {
        timeline.record(colours(*begin, &vec![Running; nodes]), at(*begin));
        timeline.record(colours(begin + 10, &vec![Succeeded; nodes]), at(begin + 10));
    }
    timeline
}

#[test]
fn runs_that_are_over_are_kept_the_newest_first() {
    let timeline = runs(2, &[0, 100, 200]);
    let began: Vec<_> = timeline.earlier().iter().map(|run| run.first_seen_at).collect();
    assert_eq!(began, [at(100), at(0)]);
    let run = &timeline.earlier()[0];
    assert_eq!((run.state, run.seen_until, run.tracks.len()), (State::Succeeded, at(110), 2));
    assert_eq!(run.ended, Some(When::Between { after: at(100), until: at(110) }));
}

#[test]
fn few_runs_of_large_clusters_and_many_of_small_ones_are_kept() {
    let begins: Vec<i64> = (0..30).map(|run| run * 100).collect();
    assert_eq!(runs(2, &begins).earlier().len(), RUNS_KEPT);
    assert_eq!(runs(200, &begins).earlier().len(), 5);
    assert_eq!(runs(1_500, &begins[..3]).earlier().len(), 1);
}
