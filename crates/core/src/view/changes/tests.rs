use super::*;
use crate::error::ErrorKind;
use crate::model::{Node, NodeRole, Observation, Operation, OperationKind, Step, VendorTime, Zone};
use crate::timeline::Outcome;
use crate::view::words::Lang;

use State::{Failed, Pending, Running, Succeeded};

const READER: Reader = Reader { lang: Lang::En, offset_at: |_| 0 };

/// So many seconds after 2025-03-24T08:09:41Z.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_742_803_781_000).plus(Span::seconds(seconds))
}

fn time(seconds: i64) -> Option<VendorTime> {
    Some(VendorTime { raw: at(seconds).iso(), at: at(seconds), zone: Zone::Stated })
}

fn nodes(states: &[State]) -> Operation {
    let over = states.iter().all(|state| *state == Succeeded);
    let mut operation = Operation::new(OperationKind::Upgrade, if over { Succeeded } else { Running });
    let node = |(nth, state): (usize, &State)| Node::new(format!("n{nth}"), NodeRole::Data, *state);
    operation.nodes = states.iter().enumerate().map(node).collect();
    operation
}

fn see(timeline: &mut Timeline, seconds: i64, operation: Operation) {
    let observation = Observation { operation: Some(operation), ..Observation::new(at(seconds)) };
    timeline.record(Outcome::Observed(Box::new(observation)), at(seconds));
}

/// Each entry as "when | line; line".
fn told(entries: &[Entry]) -> Vec<String> {
    let line = |entry: &Entry| {
        let lines: Vec<&str> = entry.lines.iter().map(|line| line.text.as_str()).collect();
        format!("{} | {}", entry.when.text, lines.join("; "))
    };
    entries.iter().map(line).collect()
}

fn look(looked_at: Option<Timestamp>) -> Look {
    Look { looked_at, ..Look::default() }
}

#[test]
fn changes_of_one_interval_are_one_entry_and_the_newest_is_first() {
    let mut timeline = Timeline::default();
    see(&mut timeline, 0, nodes(&[Pending, Pending, Pending]));
    see(&mut timeline, 10, nodes(&[Running, Pending, Pending]));
    see(&mut timeline, 130, nodes(&[Succeeded, Running, Pending]));
    let changes = changes(&timeline, &look(None), READER, at(140));
    assert_eq!(
        told(&changes.before),
        [
            "between 08:09:51 and 08:11:51 | n0 (data) is done, took 1 min ± 1 min; n1 (data) began",
            "between 08:09:41 and 08:09:51 | n0 (data) began",
        ]
    );
    assert_eq!((changes.since, changes.news, changes.left_out), (None, Vec::new(), 0));
}

#[test]
fn the_vendors_own_time_is_told_where_it_has_one() {
    let mut timeline = Timeline::default();
    see(&mut timeline, 0, nodes(&[Running, Pending]));
    let mut operation = nodes(&[Succeeded, Failed]);
    operation.nodes[0].updated_at = time(4);
    see(&mut timeline, 10, operation);
    let changes = changes(&timeline, &look(None), READER, at(20));
    assert_eq!(
        told(&changes.before),
        ["between 08:09:41 and 08:09:51 | n0 (data) is done (the vendor says 08:09:45); n1 (data) failed"]
    );
    assert_eq!(changes.before[0].when.evidence, "2025-03-24T08:09:41Z – 2025-03-24T08:09:51Z");
    let states: Vec<_> = changes.before[0].lines.iter().map(|line| line.state).collect();
    assert_eq!(states, [Some(Succeeded), Some(Failed)]);
}

#[test]
fn a_time_of_the_vendor_far_from_the_interval_is_of_another_change() {
    let mut timeline = Timeline::default();
    see(&mut timeline, 0, nodes(&[Running, Pending]));
    let mut operation = nodes(&[Succeeded, Pending]);
    operation.nodes[0].updated_at = time(32_400);
    see(&mut timeline, 10, operation);
    let changes = changes(&timeline, &look(None), READER, at(20));
    assert_eq!(told(&changes.before), ["between 08:09:41 and 08:09:51 | n0 (data) is done"]);
}

#[test]
fn steps_are_named_with_their_node() {
    let step = |state, ended: Option<VendorTime>| Step {
        order: Some(1),
        name: "drain".to_owned(),
        state,
        raw_status: None,
        description: None,
        began_at: time(-50),
        ended_at: ended,
    };
    let mut timeline = Timeline::default();
    let mut operation = nodes(&[Running]);
    operation.nodes[0].steps = vec![step(Running, None)];
    operation.steps = vec![Step { name: "backup".to_owned(), began_at: None, ..step(Running, None) }];
    see(&mut timeline, 0, operation.clone());
    operation.nodes[0].steps = vec![step(Succeeded, time(10))];
    operation.steps[0].state = Failed;
    see(&mut timeline, 20, operation);
    let changes = changes(&timeline, &look(None), READER, at(30));
    assert_eq!(
        told(&changes.before),
        [
            "between 08:09:41 and 08:10:01 | n0, drain is done, took 1 min (the vendor says 08:09:51); backup failed"
        ]
    );
}

#[test]
fn pauses_and_gaps_stand_where_they_ended_with_their_cause() {
    let mut timeline = Timeline::default();
    see(&mut timeline, 0, nodes(&[Running, Pending]));
    for minute in 1..=20 {
        see(&mut timeline, minute * 60, nodes(&[Running, Pending]));
    }
    see(&mut timeline, 1210, nodes(&[Succeeded, Running]));
    timeline.record(Outcome::Failed(PollError::new(ErrorKind::Timeout)), at(1220));
    see(&mut timeline, 2000, nodes(&[Succeeded, Running]));
    see(&mut timeline, 25_000, nodes(&[Succeeded, Running]));
    timeline.reopened(at(50_000));
    see(&mut timeline, 50_000, nodes(&[Succeeded, Succeeded]));
    let changes = changes(&timeline, &look(None), READER, at(50_010));
    assert_eq!(
        told(&changes.before),
        [
            "between 15:06:21 and 22:03:01 | Rolling upgrade is done; n1 (data) is done, took 10 h 4 min ± 3 h 28 min",
            "from 15:06:21 to 22:03:01 | Not watched for 6 h 56 min: no page was open",
            "from 08:43:01 to 15:06:21 | Not watched for 6 h 23 min: the device slept, or the browser suspended the page",
            "from 08:29:51 to 08:43:01 | Not watched for 13 min: no good answer. No answer in time.",
            "between 08:29:41 and 08:29:51 | n0 (data) is done; n1 (data) began",
            "from 08:09:41 to 08:29:51 | No change for 20 min, then it went on",
        ]
    );
}

#[test]
fn what_is_new_stands_apart_from_what_was_seen() {
    let mut timeline = Timeline::default();
    see(&mut timeline, 0, nodes(&[Pending, Pending]));
    see(&mut timeline, 10, nodes(&[Running, Pending]));
    see(&mut timeline, 20, nodes(&[Succeeded, Running]));
    let told_at = |looked_at| {
        let changes = changes(&timeline, &look(Some(looked_at)), READER, at(10_820));
        (changes.since.unwrap_or_default(), changes.news.len(), changes.before.len())
    };
    assert_eq!(told_at(at(10)), ("Since you last looked (08:09:51, 3 h 0 min ago)".to_owned(), 1, 1));
    let nothing = "Nothing has changed since you last looked (08:10:01, 3 h 0 min ago).";
    assert_eq!(told_at(at(20)), (nothing.to_owned(), 0, 2));
    assert_eq!(changed_since(&timeline, at(0)), 3);
    assert_eq!(news(READER, &timeline, Some(at(10))).as_deref(), Some("2 changes since you last looked"));
    assert_eq!(news(READER, &timeline, Some(at(20))), None);
    assert_eq!(news(READER, &timeline, None), None, "nobody looked before");
}

#[test]
fn a_run_that_was_followed_by_another_one_is_news() {
    let mut timeline = Timeline::default();
    see(&mut timeline, 0, nodes(&[Running, Pending]));
    see(&mut timeline, 10, nodes(&[Succeeded, Succeeded]));
    see(&mut timeline, 20, nodes(&[Running, Pending]));
    assert_eq!(news(READER, &timeline, Some(at(15))).as_deref(), Some("1 change since you last looked"));
    let changes = changes(&timeline, &look(Some(at(15))), READER, at(30));
    assert_eq!(
        told(&changes.news),
        ["between 08:09:51 and 08:10:01 | Another run began. The one before: Rolling upgrade, done"]
    );
}

#[test]
fn a_long_list_is_cut_until_a_person_asks_for_all() {
    let mut timeline = Timeline::default();
    let mut states = vec![Pending; 40];
    see(&mut timeline, 0, nodes(&states));
    for nth in 0..40 {
        states[nth] = Running;
        see(&mut timeline, 10 + nth as i64, nodes(&states));
    }
    see(&mut timeline, 100, nodes(&[Failed; 40]));
    let short = changes(&timeline, &look(None), READER, at(110));
    assert_eq!(short.before.len(), ENTRIES_SHOWN);
    assert_eq!(short.before[0].lines.len(), LINES_SHOWN + 1);
    assert_eq!(short.before[0].lines[LINES_SHOWN].text, "and 28 more");
    assert_eq!(short.left_out, 28 + 11);
    let all = changes(&timeline, &Look { all_changes: true, ..Look::default() }, READER, at(110));
    assert_eq!((all.before.len(), all.before[0].lines.len(), all.left_out), (41, 40, 0));
    let mut keys: Vec<_> = all.before.iter().map(|entry| &entry.key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), all.before.len());
}

#[test]
fn one_line_says_what_became_known_at_an_instant() {
    let mut timeline = Timeline::default();
    see(&mut timeline, 0, nodes(&[Pending, Pending]));
    see(&mut timeline, 10, nodes(&[Running, Pending]));
    let summary = |seconds| summary(&timeline, at(seconds), READER, at(20));
    assert_eq!(summary(10).as_deref(), Some("n0 (data) began"));
    assert_eq!(summary(0), None);
}
