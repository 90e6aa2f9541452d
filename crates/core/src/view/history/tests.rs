use super::*;
use crate::model::{Node, NodeRole, Observation, Operation, OperationKind, VendorTime, Zone};
use crate::timeline::Outcome;

use State::{Failed, Pending, Running, Succeeded};

const READER: Reader = Reader { lang: Lang::En, offset_at: |_| 0 };

/// So many minutes after 2025-03-24T08:09:41Z.
fn at(minutes: i64) -> Timestamp {
    Timestamp::from_millis(1_742_803_781_000).plus(Span::minutes(minutes))
}

fn time(minutes: i64) -> Option<VendorTime> {
    Some(VendorTime { raw: at(minutes).iso(), at: at(minutes), zone: Zone::Stated })
}

/// An operation with one node per state. The vendor tells its times, in minutes.
fn operation(id: &str, times: (Option<i64>, Option<i64>), states: &[State]) -> Operation {
    let state = match states {
        _ if times.1.is_none() => Running,
        states if states.contains(&Failed) => Failed,
        _ => Succeeded,
    };
    let mut operation = Operation::new(OperationKind::Upgrade, state);
    operation.id = (!id.is_empty()).then(|| id.to_owned());
    operation.started_at = times.0.and_then(time);
    operation.ended_at = times.1.and_then(time);
    let node = |(nth, state): (usize, &State)| Node::new(format!("n{nth}"), NodeRole::Data, *state);
    operation.nodes = states.iter().enumerate().map(node).collect();
    operation
}

fn see(timeline: &mut Timeline, minutes: i64, operation: Operation, earlier: &[Operation]) {
    let observation = Observation {
        operation: Some(operation),
        earlier: earlier.to_vec(),
        ..Observation::new(at(minutes))
    };
    timeline.record(Outcome::Observed(Box::new(observation)), at(minutes));
}

fn rows(timeline: &Timeline, now: Timestamp) -> Vec<RunRow> {
    history(timeline, &Look::default(), READER, now)
}

/// Two runs that were watched, the second of which goes on at minute 72.
fn two_runs() -> Timeline {
    let mut timeline = Timeline::default();
    see(&mut timeline, 1, operation("a", (Some(0), None), &[Running, Pending]), &[]);
    see(&mut timeline, 3, operation("a", (Some(0), None), &[Succeeded, Running]), &[]);
    see(&mut timeline, 5, operation("a", (Some(0), Some(4)), &[Succeeded, Failed]), &[]);
    see(&mut timeline, 61, operation("b", (Some(61), None), &[Running, Pending]), &[]);
    see(&mut timeline, 63, operation("b", (Some(61), None), &[Succeeded, Running]), &[]);
    timeline
}

#[test]
fn the_present_run_comes_first_and_each_says_how_it_went() {
    let rows = rows(&two_runs(), at(72));
    let shown: Vec<_> = rows
        .iter()
        .map(|row| {
            [&row.began.text, &row.lasted, &row.difference, &row.outcome.text, &row.nodes, &row.known]
                .map(String::as_str)
        })
        .collect();
    assert_eq!(
        shown,
        [
            ["09:10:41", "11 min so far", "+7 min", "active", "1 of 2", "recorded here"],
            ["08:09:41", "4 min", "", "failed", "1 of 2", "recorded here"],
        ]
    );
    assert_eq!(rows.iter().map(|row| row.index).collect::<Vec<_>>(), [None, Some(0)]);
    assert_eq!(
        super::super::history::history(&two_runs(), &Look::default(), READER, at(62))[0].difference,
        ""
    );
}

#[test]
fn a_run_that_the_vendor_lists_too_is_one_row() {
    let same_task = operation("a", (Some(0), Some(4)), &[]);
    let same_start = operation("", (Some(0), Some(4)), &[]);
    let other = operation("z", (Some(0), Some(9)), &[]);
    for (listed, rows_expected) in [(same_task, 2), (same_start, 2), (other, 3)] {
        let mut timeline = two_runs();
        see(
            &mut timeline,
            64,
            operation("b", (Some(61), None), &[Succeeded, Running]),
            std::slice::from_ref(&listed),
        );
        let rows = rows(&timeline, at(72));
        assert_eq!(rows.len(), rows_expected, "{listed:?}");
        let known = if rows_expected == 2 { "recorded here; listed by the vendor" } else { "recorded here" };
        assert!(rows.iter().any(|row| row.known == known), "{rows:?}");
    }
}

#[test]
fn the_vendor_may_know_an_end_that_nobody_saw() {
    let mut timeline = Timeline::default();
    see(&mut timeline, 1, operation("a", (Some(0), None), &[Running, Pending]), &[]);
    let ended = operation("a", (Some(0), Some(50)), &[]);
    see(&mut timeline, 100, operation("b", (Some(99), None), &[Running, Pending]), &[ended]);
    let row = &rows(&timeline, at(101))[1];
    assert_eq!((row.outcome.text.as_str(), row.lasted.as_str()), ("done", "50 min"));
}

#[test]
fn what_only_the_vendor_lists_has_no_nodes_to_show_and_nothing_to_compare_with() {
    let mut timeline = Timeline::default();
    let listed = [operation("y", (Some(-60), Some(-40)), &[]), operation("x", (Some(-200), Some(-190)), &[])];
    see(&mut timeline, 1, operation("a", (Some(0), None), &[Running, Pending]), &listed);
    let rows = rows(&timeline, at(1));
    let shown: Vec<_> = rows[1..].iter().map(|row| (row.lasted.as_str(), row.difference.as_str())).collect();
    assert_eq!(shown, [("20 min", "+10 min"), ("10 min", "")]);
    assert!(rows[1..].iter().all(|row| row.timed == 0 && row.index.is_none() && row.nodes.is_empty()));
    assert!(rows[1..].iter().all(|row| row.known == "listed by the vendor"));
}

#[test]
fn a_doubt_about_the_ends_is_told_with_the_length() {
    let mut timeline = Timeline::default();
    see(&mut timeline, 0, operation("", (None, None), &[Pending, Pending]), &[]);
    see(&mut timeline, 2, operation("", (None, None), &[Running, Pending]), &[]);
    let mut over = operation("", (None, None), &[Succeeded, Succeeded]);
    over.state = Succeeded;
    timeline.reopened(at(62));
    see(&mut timeline, 62, over, &[]);
    let row = &rows(&timeline, at(100))[0];
    assert_eq!(row.began.text, "between 08:09:41 and 08:11:41");
    assert_eq!(row.lasted, "31 min ± 31 min");
    assert_eq!(row.known, "recorded here, not all of it was watched");
}

#[test]
fn a_run_that_went_on_when_it_was_first_seen_took_at_least_what_was_seen() {
    let mut timeline = Timeline::default();
    see(&mut timeline, 0, operation("", (None, None), &[Running, Running]), &[]);
    see(&mut timeline, 2, operation("", (None, None), &[Running, Running]), &[]);
    let row = &rows(&timeline, at(2))[0];
    assert_eq!((row.began.text.as_str(), row.lasted.as_str()), ("not later than 08:09:41", "at least 2 min"));
    let mut over = operation("", (None, None), &[Succeeded, Succeeded]);
    over.state = Succeeded;
    see(&mut timeline, 3, over, &[]);
    assert_eq!(rows(&timeline, at(9))[0].lasted, "at least 2 min", "it ended in the third minute");
}

#[test]
fn of_a_node_that_was_done_at_the_first_look_only_the_end_is_told() {
    let mut timeline = Timeline::default();
    let mut seen = operation("a", (Some(0), None), &[Succeeded, Running]);
    seen.nodes[0].updated_at = time(3);
    see(&mut timeline, 5, seen, &[]);
    let key = rows(&timeline, at(6))[0].key.clone();
    let look = Look { unfolded_runs: [key].into(), ..Look::default() };
    let row = &history(&timeline, &look, READER, at(6))[0].turns[0];
    assert_eq!((row.when.text.as_str(), row.took.as_str()), ("? → 08:12:41", "–"));
}

#[test]
fn the_times_of_the_nodes_are_there_when_they_are_asked_for() {
    let timeline = two_runs();
    let closed = rows(&timeline, at(72));
    assert!(closed.iter().all(|row| row.timed == 2 && row.turns.is_empty()));
    let look = Look { unfolded_runs: [closed[1].key.clone()].into(), compared: Some(0), ..Look::default() };
    let rows = history(&timeline, &look, READER, at(72));
    assert_eq!(rows.iter().map(|row| row.compared).collect::<Vec<_>>(), [false, true]);
    assert!(rows[0].turns.is_empty());
    let turns: Vec<_> = rows[1]
        .turns
        .iter()
        .map(|row| [&row.node, &row.word, &row.turns, &row.when.text, &row.took].map(String::as_str))
        .collect();
    assert_eq!(
        turns,
        [
            ["n0", "done", "1", "not later than 08:10:41 → between 08:10:41 and 08:12:41", "–"],
            [
                "n1",
                "failed",
                "1",
                "between 08:10:41 and 08:12:41 → between 08:12:41 and 08:14:41",
                "2 min ± 2 min"
            ],
        ]
    );
}
