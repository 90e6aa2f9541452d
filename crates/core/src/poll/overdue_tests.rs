//! When an answer is overdue.

use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_742_803_781_000).plus(Span::seconds(seconds))
}

/// A poller that was asked at 0 s and answered with this pace.
fn observed(pace: Pace) -> Poller {
    let mut poller = Poller::new(0.0, at(0));
    answer(&mut poller, Answer::Observed { pace }, at(0));
    poller
}

fn answer(poller: &mut Poller, answer: Answer, now: Timestamp) {
    let Command::Send { seq } = step(poller, Event::Woke, now, 0.5) else { panic!("nothing was sent") };
    step(poller, Event::Answered { seq, answer }, now, 0.5);
}

#[test]
fn two_intervals_and_the_time_of_an_answer_are_given() {
    let overdue = |pace| overdue_after(&observed(pace));
    assert_eq!(overdue(Pace::Busy), Some(Span::seconds(2 * 10 + 30)));
    assert_eq!(overdue(Pace::Idle), Some(Span::seconds(2 * 60 + 30)));
    assert_eq!(overdue(Pace::Settled), Some(Span::seconds(2 * 300 + 30)));
}

#[test]
fn nothing_is_overdue_where_nothing_is_asked() {
    let mut dormant = observed(Pace::Idle);
    step(&mut dormant, Event::Hidden, at(1), 0.5);
    assert_eq!(overdue_after(&dormant), None);
    let mut halted = observed(Pace::Busy);
    answer(&mut halted, Answer::Failed(PollError::new(ErrorKind::Signature)), at(60));
    assert_eq!(overdue_after(&halted), None);
}

#[test]
fn a_tab_that_was_hidden_is_given_the_time_that_it_was_to_ask_less() {
    let mut poller = observed(Pace::Busy);
    step(&mut poller, Event::Hidden, at(1), 0.5);
    assert_eq!(overdue_after(&poller), Some(Span::seconds(2 * 66 + 30)));
    // Seen again a minute later: the latest answer is old because of that and for no other reason.
    let Command::Send { seq } = step(&mut poller, Event::Shown, at(61), 0.5) else {
        panic!("nothing was sent")
    };
    assert_eq!(overdue_after(&poller), Some(Span::seconds(2 * 10 + 30 + 61)));
    let answer = Answer::Observed { pace: Pace::Busy };
    step(&mut poller, Event::Answered { seq, answer }, at(62), 0.5);
    assert_eq!(overdue_after(&poller), Some(Span::seconds(2 * 10 + 30)));
}

#[test]
fn a_night_of_sleep_is_no_excuse() {
    let mut poller = observed(Pace::Busy);
    step(&mut poller, Event::Hidden, at(1), 0.5);
    step(&mut poller, Event::Shown, at(8 * 3600), 0.5);
    assert!(overdue_after(&poller).is_some_and(|after| after < Span::minutes(3)));
}
