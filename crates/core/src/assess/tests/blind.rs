//! When we cannot see: answers fail, none has come for long, or the page was opened a moment ago.

use super::*;

fn watching(overdue_after: i64) -> Circumstances {
    Circumstances { overdue_after: Some(Span::seconds(overdue_after)), ..Circumstances::default() }
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
fn an_operation_that_goes_on_is_out_of_sight_when_its_answer_is_overdue() {
    let timeline = seen(upgrade(&[State::Running]), 1);
    let judge = |seconds| assess(&timeline, &watching(50), at(1).plus(Span::seconds(seconds)));
    assert_eq!(judge(50).verdict, Verdict::Running);
    let asleep = judge(51);
    assert_eq!((asleep.verdict, asleep.last_seen), (Verdict::CannotSee, Some(Verdict::Running)));
    assert_eq!((asleep.since, asleep.blind), (Some(at(1)), Some(Blind::Silent { since: at(1) })));
    assert_eq!(asleep.basis, None);
}

#[test]
fn what_is_over_or_replayed_is_never_overdue() {
    let mut over = upgrade(&[State::Succeeded]);
    over.state = State::Succeeded;
    assert_eq!(assess(&seen(over, 1), &watching(50), at(600)).verdict, Verdict::Done);
    let replayed = assess(&seen(upgrade(&[State::Running]), 1), &Circumstances::default(), at(5));
    assert_eq!(replayed.verdict, Verdict::Running);
}

#[test]
fn what_nobody_sees_does_not_become_slow() {
    let mut timeline = seen(upgrade(&[State::Running]), 1);
    for minutes in [2, 3] {
        timeline.record(Outcome::Failed(PollError::new(ErrorKind::VendorDown)), at(minutes));
    }
    let blind = judged(&timeline, 60 * 24);
    assert_eq!((blind.last_seen, blind.blind), (Some(Verdict::Running), Some(Blind::Failing)));
}

#[test]
fn the_causes_of_an_overdue_answer_stay_apart() {
    let causes = |kind| {
        let mut timeline = seen(upgrade(&[State::Running]), 1);
        timeline.record(Outcome::Failed(PollError::new(kind)), at(60));
        assess(&timeline, &watching(50), at(60)).blind
    };
    // The request that was on its way when the device fell asleep.
    assert_eq!(causes(ErrorKind::Timeout), Some(Blind::Silent { since: at(1) }));
    assert_eq!(causes(ErrorKind::ProxyUnreachable), Some(Blind::Failing));
    assert_eq!(causes(ErrorKind::KeyExpired), Some(Blind::Failing));
}

#[test]
fn a_page_that_was_opened_again_is_asking_and_never_green() {
    for (state, was) in [(State::Running, Verdict::Running), (State::Succeeded, Verdict::Done)] {
        let mut operation = upgrade(&[state]);
        operation.state = state;
        let mut timeline = seen(operation, 1);
        timeline.reopened(at(300));
        let fresh = assess(&timeline, &watching(50), at(300));
        assert_eq!((fresh.verdict, fresh.last_seen, fresh.since), (Verdict::Asking, Some(was), None));
        let late = assess(&timeline, &watching(50), at(301));
        let expected = if state == State::Running { Verdict::CannotSee } else { Verdict::Asking };
        assert_eq!((late.verdict, late.last_seen), (expected, Some(was)));
        record(&mut timeline, upgrade(&[State::Running]), 302);
        assert_eq!(assess(&timeline, &watching(50), at(302)).last_seen, None);
    }
}

#[test]
fn a_page_that_was_opened_again_and_cannot_ask_says_so() {
    let mut timeline = seen(upgrade(&[State::Running]), 1);
    timeline.reopened(at(300));
    timeline.record(Outcome::Failed(PollError::new(ErrorKind::Signature)), at(300));
    let judged = judged(&timeline, 300);
    assert_eq!((judged.verdict, judged.last_seen), (Verdict::CannotSee, Some(Verdict::Running)));
}
