//! Each finding, with its level and since when it is so.

use super::*;
use crate::assess::tests::{at, judged, one_by_one, record, seen, step, time, upgrade};
use crate::assess::{Assessment, assess};
use crate::error::{ErrorKind, PollError};
use crate::model::Operation;
use crate::timeline::Outcome;

fn only(judged: &Assessment, wanted: impl Fn(&Evidence) -> bool) -> Finding {
    let found: Vec<&Finding> = judged.findings.iter().filter(|found| wanted(&found.evidence)).collect();
    assert_eq!(found.len(), 1, "{:?}", judged.findings);
    found[0].clone()
}

fn has(judged: &Assessment, wanted: impl Fn(&Evidence) -> bool) -> bool {
    judged.findings.iter().any(|found| wanted(&found.evidence))
}

const fn between(after: Timestamp, until: Timestamp) -> Option<When> {
    Some(When::Between { after, until })
}

#[test]
fn a_clock_is_off_from_a_minute_on() {
    let timeline = seen(upgrade(&[State::Running]), 1);
    let off = |seconds| {
        let circumstances =
            Circumstances { clock_offset: Span::seconds(seconds), ..Circumstances::default() };
        has(&assess(&timeline, &circumstances, at(1)), |found| {
            *found == Evidence::ClockOff { offset: Span::seconds(seconds) }
        })
    };
    assert_eq!([0, 60, 61, -60, -61].map(off), [false, false, true, false, true]);
}

#[test]
fn a_node_that_was_done_and_is_not_any_more_went_back() {
    use State::{Pending, Running, Succeeded};
    let mut timeline = Timeline::default();
    for (minutes, state) in [(1, Running), (2, Succeeded), (3, Pending), (4, Pending)] {
        record(&mut timeline, upgrade(&[state, Running]), minutes);
    }
    let judged = judged(&timeline, 4);
    let found = only(&judged, |found| matches!(found, Evidence::NodeWentBack { .. }));
    assert_eq!(found.evidence, Evidence::NodeWentBack { node: "n0".into(), to: Pending });
    assert_eq!((found.level, found.since), (Level::Odd, between(at(2), at(3))));
    assert_eq!(found.impact, None);
}

#[test]
fn a_further_turn_after_a_failure_is_a_retry() {
    use State::{Failed, Pending, Running, Succeeded};
    let mut timeline = Timeline::default();
    for (minutes, state) in [(1, Running), (2, Failed), (3, Running)] {
        record(&mut timeline, upgrade(&[state, Pending]), minutes);
    }
    let found = only(&judged(&timeline, 3), |found| matches!(found, Evidence::NodeRetried { .. }));
    assert_eq!(found.evidence, Evidence::NodeRetried { node: "n0".into(), turns: 2 });
    assert_eq!((found.level, found.since), (Level::Odd, between(at(2), at(3))));
    // Going back to waiting and being taken up again is none.
    let mut resumed = Timeline::default();
    for (minutes, state) in [(1, Running), (2, Pending), (3, Running), (4, Succeeded)] {
        record(&mut resumed, upgrade(&[state, Pending]), minutes);
    }
    assert!(!has(&judged(&resumed, 4), |found| matches!(found, Evidence::NodeRetried { .. })));
}

#[test]
fn the_vendors_counter_is_a_note_from_the_second_time_on() {
    let counted = |attempts| {
        let mut operation = upgrade(&[State::Running]);
        operation.attempts = Some(attempts);
        has(&judged(&seen(operation, 1), 1), |found| *found == Evidence::TaskRetried { attempts })
    };
    assert_eq!([0, 1, 2].map(counted), [false, false, true]);
}

#[test]
fn another_order_is_noted() {
    let mut timeline = seen(upgrade(&[State::Pending, State::Running]), 1);
    let mut turned = upgrade(&[State::Pending, State::Running]);
    turned.nodes.reverse();
    record(&mut timeline, turned, 2);
    let found = only(&judged(&timeline, 2), |found| *found == Evidence::OrderChanged);
    assert_eq!((found.level, found.since), (Level::Note, between(at(1), at(2))));
}

#[test]
fn a_step_that_takes_several_times_the_usual_is_told_while_it_goes_on() {
    let mut timeline = Timeline::default();
    one_by_one(&mut timeline, 0, &[6, 6, 40, 6], 20);
    let longer = |minutes| {
        let judged = judged(&timeline, minutes);
        judged.findings.into_iter().find(|found| matches!(found.evidence, Evidence::TookLonger { .. }))
    };
    assert_eq!(longer(13 + 17), None);
    let found = longer(13 + 18).expect("three times the usual");
    let evidence = Evidence::TookLonger {
        node: "n2".into(),
        step: Some("Restart_OpenSearch".into()),
        took_for: Span::minutes(18),
        usual_for: Span::minutes(6),
        goes_on: true,
    };
    assert_eq!((found.evidence, found.level), (evidence, Level::Odd));
    assert_eq!(found.since, Some(When::Reported(at(13))));
    assert!(found.impact.is_some());
}

#[test]
fn what_took_longer_is_noted_afterwards_and_seconds_are_not() {
    let longer = |lengths: &[i64], until| {
        let mut timeline = Timeline::default();
        one_by_one(&mut timeline, 0, lengths, until);
        let judged = judged(&timeline, until);
        let longer = judged.findings.into_iter();
        longer.filter(|found| matches!(found.evidence, Evidence::TookLonger { .. })).collect::<Vec<_>>()
    };
    let [found] = &longer(&[6, 40, 6], 60)[..] else { panic!("{:?}", longer(&[6, 40, 6], 60)) };
    assert_eq!(found.level, Level::Note);
    assert!(matches!(found.evidence, Evidence::TookLonger { goes_on: false, .. }));
    assert_eq!(longer(&[1, 5, 1], 20), []);
}

#[test]
fn with_no_node_before_it_a_step_is_compared_with_earlier_runs() {
    let mut timeline = Timeline::default();
    one_by_one(&mut timeline, 0, &[6, 6], 20);
    one_by_one(&mut timeline, 100, &[40, 6], 130);
    assert!(has(&judged(&timeline, 130), |found| matches!(
        found,
        Evidence::TookLonger { usual_for, goes_on: true, .. } if *usual_for == Span::minutes(6)
    )));
}

fn hologres(rollback: State, state: State) -> Operation {
    let mut operation = upgrade(&[]);
    operation.state = state;
    operation.steps = vec![step(None, "DoUpgrade", State::Failed, Some(0))];
    operation.steps.push(step(None, "Rollback", rollback, Some(5)));
    operation
}

#[test]
fn a_roll_back_is_broken_whether_it_goes_on_or_is_over() {
    let rolling = |operation| {
        let judged = judged(&seen(operation, 6), 6);
        let found = judged.findings.into_iter().find(|f| matches!(f.evidence, Evidence::RollingBack { .. }));
        found.map(|found| (found.level, found.evidence, found.since))
    };
    let evidence = |over, word: &str| Evidence::RollingBack { over, word: word.into() };
    let running = rolling(hologres(State::Running, State::Running));
    assert_eq!(running, Some((Level::Bad, evidence(false, "Rollback"), Some(When::Reported(at(5))))));
    let done = rolling(hologres(State::Succeeded, State::RolledBack));
    assert_eq!(done.map(|found| found.1), Some(evidence(true, "Rollback")));
    assert_eq!(rolling(hologres(State::Pending, State::Running)), None);

    let mut worded = upgrade(&[State::Running]);
    worded.nodes[0].steps = vec![step(None, "Roll_Back_OpenSearch", State::Running, Some(2))];
    assert_eq!(rolling(worded).map(|found| found.1), Some(evidence(false, "Roll_Back_OpenSearch")));
    let mut phased = upgrade(&[State::Running]);
    phased.phase = Some("RollingBack Rollback".into());
    assert!(rolling(phased).is_some());
    let mut wordless = upgrade(&[State::RolledBack]);
    wordless.state = State::RolledBack;
    assert_eq!(rolling(wordless).map(|found| found.1), Some(evidence(true, "")));
}

#[test]
fn a_preparation_is_noted_and_odd_on_its_last_day() {
    let mut operation = upgrade(&[State::Pending]);
    (operation.state, operation.valid_until) = (State::Pending, Some(at(7 * 24 * 60)));
    let timeline = seen(operation, 1);
    let level = |minutes| judged(&timeline, minutes).findings.first().map(|found| found.level);
    assert_eq!(
        [1, 6 * 24 * 60 - 1, 6 * 24 * 60].map(level),
        [Level::Note, Level::Note, Level::Odd].map(Some)
    );
    let over = judged(&timeline, 7 * 24 * 60);
    assert!(has(&over, |found| *found == Evidence::PreparationOver { until: at(7 * 24 * 60) }));
    assert!(!has(&over, |found| matches!(found, Evidence::PreparationExpires { .. })));
}

#[test]
fn times_that_nobody_watched_are_summed_up_with_the_latest_cause() {
    let mut timeline = seen(upgrade(&[State::Running]), 1);
    record(&mut timeline, upgrade(&[State::Running]), 11);
    timeline.record(Outcome::Failed(PollError::new(ErrorKind::VendorDown)), at(12));
    record(&mut timeline, upgrade(&[State::Running]), 31);
    let found = only(&judged(&timeline, 31), |found| matches!(found, Evidence::NotWatched { .. }));
    let cause = GapCause::Unanswered(ErrorKind::VendorDown);
    assert_eq!(found.evidence, Evidence::NotWatched { missed_for: Span::minutes(30), gaps: 2, cause });
    assert_eq!((found.level, found.since), (Level::Note, between(at(11), at(31))));
}

#[test]
fn a_pause_that_ended_is_logged() {
    let mut timeline = Timeline::default();
    one_by_one(&mut timeline, 0, &[6, 41, 6], 50);
    let found = only(&judged(&timeline, 50), |found| matches!(found, Evidence::Paused { .. }));
    assert_eq!(found.evidence, Evidence::Paused { paused_for: Span::minutes(41), pauses: 1 });
    assert_eq!((found.level, found.since), (Level::Note, between(at(7), at(48))));
}

#[test]
fn a_failure_is_told_with_when_it_was_seen() {
    use State::{Failed, Pending, Running};
    let mut timeline = seen(upgrade(&[Running, Pending]), 1);
    record(&mut timeline, upgrade(&[Failed, Pending]), 2);
    let found = only(&judged(&timeline, 3), |found| matches!(found, Evidence::NodeFailed { .. }));
    assert_eq!((found.level, found.since), (Level::Bad, between(at(1), at(2))));
    // What had failed before the first look says its own time, or none.
    let mut old = upgrade(&[Failed]);
    assert_eq!(judged(&seen(old.clone(), 1), 1).findings[0].since, None);
    old.nodes[0].updated_at = time(-5);
    assert_eq!(judged(&seen(old, 1), 1).findings[0].since, Some(When::Reported(at(-5))));
}
