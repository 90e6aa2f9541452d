//! Gaps, pauses and order: what is known of the watching itself.

use super::*;

fn gap(timeline: &Timeline) -> (Timestamp, Timestamp, GapCause) {
    let [gap] = timeline.gaps() else { panic!("{:?}", timeline.gaps()) };
    (gap.after, gap.until, gap.cause)
}

#[test]
fn a_gap_tells_why_nobody_watched() {
    let watched = || {
        let mut timeline = Timeline::default();
        timeline.record(colours(0, &[State::Running]), at(0));
        timeline
    };
    let mut slept = watched();
    slept.record(colours(600, &[State::Running]), at(600));
    assert_eq!(gap(&slept), (at(0), at(600), GapCause::Suspended));

    let mut failed = watched();
    failed.record(Outcome::Failed(PollError::new(ErrorKind::VendorDown)), at(100));
    failed.record(Outcome::Failed(PollError::new(ErrorKind::KeyExpired)), at(200));
    failed.record(colours(600, &[State::Running]), at(600));
    assert_eq!(gap(&failed), (at(0), at(600), GapCause::Unanswered(ErrorKind::KeyExpired)));

    let mut closed = watched();
    closed.reopened(at(590));
    closed.record(Outcome::Failed(PollError::new(ErrorKind::Timeout)), at(595));
    closed.record(colours(600, &[State::Running]), at(600));
    assert_eq!(gap(&closed), (at(0), at(600), GapCause::Closed));
    assert_eq!(closed.reopened_at(), None);
}

#[test]
fn a_regular_interval_is_no_gap_and_a_cluster_at_rest_is_asked_rarely() {
    let mut timeline = Timeline::default();
    timeline.record(colours(0, &[State::Running]), at(0));
    timeline.record(colours(120, &[State::Succeeded]), at(120));
    timeline.record(colours(120 + 900, &[State::Succeeded]), at(120 + 900));
    assert_eq!(timeline.gaps(), []);
}

#[test]
fn a_long_pause_is_noted_when_it_ends_and_was_watched() {
    use State::{Pending, Running, Succeeded};
    let watch = |step: usize| {
        let mut timeline = Timeline::default();
        for seconds in (0..2400).step_by(step) {
            timeline.record(colours(seconds, &[Running, Pending]), at(seconds));
        }
        timeline.record(colours(2400, &[Succeeded, Running]), at(2400));
        timeline
    };
    assert_eq!(watch(60).pauses(), [Pause { from: at(0), until: at(2400) }]);
    // Who looks every ten minutes has not watched.
    assert_eq!(watch(600).pauses(), []);
    assert_eq!(watch(600).gaps().len(), 4);
}

#[test]
fn a_time_that_lies_ahead_does_not_keep_a_cluster_from_standing_still() {
    // Beijing's time, read as UTC.
    let raw = at(8 * 3600).iso().replace('Z', "");
    let mut timeline = Timeline::default();
    timeline.record(started(60, &raw, Zone::Assumed(0)), at(60));
    timeline.record(started(120, &raw, Zone::Assumed(0)), at(120));
    assert_eq!(timeline.unchanged_since(), Some(at(60)));
}

#[test]
fn nodes_in_another_order_are_noted_and_further_nodes_are_not() {
    let named = |seconds: i64, names: &[&str]| {
        let mut operation = Operation::new(OperationKind::Upgrade, State::Running);
        operation.nodes = names.iter().map(|name| Node::new(*name, NodeRole::Data, State::Pending)).collect();
        let observation = Observation { operation: Some(operation), ..Observation::new(at(seconds)) };
        Outcome::Observed(Box::new(observation))
    };
    let mut timeline = Timeline::default();
    timeline.record(named(0, &["a", "b"]), at(0));
    timeline.record(named(10, &["a", "c", "b"]), at(10));
    assert_eq!(timeline.reordered(), None);
    timeline.record(named(20, &["b", "a", "c"]), at(20));
    assert_eq!(timeline.reordered(), Some(When::Between { after: at(10), until: at(20) }));
    timeline.record(named(30, &["b", "a", "c"]), at(30));
    assert_eq!(timeline.reordered(), Some(When::Between { after: at(10), until: at(20) }));
}

#[test]
fn a_group_that_was_not_at_work_waits_as_long_as_another_has_turns_ahead() {
    let answer = |seconds: i64, brokers: [State; 2]| {
        let Outcome::Observed(mut observation) = colours(seconds, &brokers) else { panic!("an answer") };
        let green = observation.operation.as_ref().is_some_and(|o| o.state == State::Succeeded);
        let state = if green { State::Succeeded } else { State::Pending };
        if let Some(operation) = &mut observation.operation {
            operation.nodes.push(Node::new("b0", NodeRole::ZooKeeper, state));
        }
        Outcome::Observed(observation)
    };
    use State::{Pending, Running, Succeeded};
    let mut timeline = Timeline::default();
    timeline.record(answer(0, [Running, Pending]), at(0));
    timeline.record(answer(60, [Succeeded, Succeeded]), at(60));
    assert_eq!(states(&timeline), [Succeeded, Pending, Pending]);
    timeline.record(answer(90, [Pending, Running]), at(90));
    assert_eq!(states(&timeline), [Succeeded, Running, Pending]);
    timeline.record(answer(150, [Succeeded, Succeeded]), at(150));
    assert_eq!(states(&timeline), [Succeeded; 3]);
}
