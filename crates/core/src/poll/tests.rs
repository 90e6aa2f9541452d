//! One poller on a clock of the test's own.

use super::*;
use proptest::prelude::*;

const START: i64 = 1_742_803_781_000;

fn at(seconds: f64) -> Timestamp {
    Timestamp::from_millis(START + (seconds * 1000.0) as i64)
}

/// A poller with its clock; jitter is in the middle unless a test sets it.
struct Run {
    poller: Poller,
    now: Timestamp,
    jitter: f64,
}

impl Run {
    fn new() -> Self {
        Run { poller: Poller::new(0.0, at(0.0)), now: at(0.0), jitter: 0.5 }
    }

    /// A poller that was asked at 0 s and answered with this pace.
    fn observed(pace: Pace) -> Self {
        let mut run = Run::new();
        run.send_and(Answer::Observed { pace });
        run
    }

    fn event(&mut self, event: Event) -> Command {
        step(&mut self.poller, event, self.now, self.jitter)
    }

    fn woken_at(&mut self, seconds: f64) -> Command {
        self.now = at(seconds);
        self.event(Event::Woke)
    }

    /// Wakes at the due time, expects a request and answers it in the same moment.
    fn send_and(&mut self, answer: Answer) -> Command {
        self.now = due_at(&self.poller).expect("something is due").max(self.now);
        let Command::Send { seq } = self.event(Event::Woke) else { panic!("nothing was sent when due") };
        self.event(Event::Answered { seq, answer })
    }

    fn fails(&mut self, kind: ErrorKind) -> Command {
        self.send_and(Answer::Failed(PollError::new(kind)))
    }

    /// How far the next request is away.
    fn wait(&self) -> Option<Span> {
        due_at(&self.poller).map(|due| due.since(self.now))
    }
}

fn asked_to_wait(seconds: i64) -> Answer {
    let error = PollError::new(ErrorKind::Throttled);
    Answer::Failed(PollError { retry_after: Some(Span::seconds(seconds)), ..error })
}

#[test]
fn the_first_request_goes_out_within_the_spread() {
    for phase in [0.0, 0.5, 0.99, f64::NAN, 7.0] {
        let poller = Poller::new(phase, at(0.0));
        assert!((at(0.0)..=at(2.0)).contains(&due_at(&poller).unwrap()), "phase {phase}");
    }
}

#[test]
fn a_lively_cluster_is_asked_more_often_than_a_settled_one() {
    for (pace, interval) in [(Pace::Busy, 10), (Pace::Idle, 60), (Pace::Settled, 300)] {
        let mut run = Run::observed(pace);
        run.send_and(Answer::Observed { pace });
        assert_eq!(run.wait(), Some(Span::seconds(interval)), "{pace:?}");
    }
}

#[test]
fn only_one_request_is_in_flight_whoever_asks() {
    let mut run = Run::new();
    assert_eq!(run.event(Event::Woke), Command::Send { seq: 1 });
    assert_eq!(run.poller.in_flight_since(), Some(at(0.0)));
    assert_eq!(run.poller.next_at(), None);
    for event in [Event::Woke, Event::AskNow, Event::Hidden, Event::Shown, Event::Online] {
        assert_eq!(run.event(event.clone()), Command::Rest, "{event:?}");
    }
    assert!(accepts(&run.poller, 1));
}

#[test]
fn an_overdue_answer_counts_as_a_timeout_and_is_not_accepted_later() {
    let mut run = Run::new();
    run.event(Event::Woke);
    assert_eq!(run.woken_at(29.9), Command::Rest);
    assert_eq!(run.poller.missed(), 0);
    assert_eq!(run.woken_at(30.0), Command::Rest);
    assert_eq!((run.poller.missed(), accepts(&run.poller, 1)), (1, false));
    let due = due_at(&run.poller);
    run.event(Event::Answered { seq: 1, answer: Answer::Observed { pace: Pace::Settled } });
    assert_eq!((run.poller.missed(), due_at(&run.poller)), (1, due));
}

#[test]
fn an_answer_under_another_number_changes_nothing() {
    let mut run = Run::new();
    run.event(Event::Woke);
    for seq in [0, 2, u64::MAX] {
        let answer = Answer::Failed(PollError::new(ErrorKind::Signature));
        assert_eq!(run.event(Event::Answered { seq, answer }), Command::Rest);
        assert!(accepts(&run.poller, 1) && run.poller.halted().is_none());
    }
}

#[test]
fn failures_are_counted_until_the_next_observation() {
    let mut run = Run::observed(Pace::Busy);
    for missed in 1..=3 {
        run.fails(ErrorKind::VendorDown);
        assert_eq!(run.poller.missed(), missed);
    }
    run.send_and(Answer::Observed { pace: Pace::Busy });
    assert_eq!(run.poller.missed(), 0);
}

#[test]
fn waits_grow_while_failures_last_and_end_with_them() {
    let mut run = Run::observed(Pace::Busy);
    run.jitter = 1.0;
    let waits: Vec<i64> = (0..6)
        .map(|_| {
            run.fails(ErrorKind::VendorDown);
            run.wait().unwrap().as_seconds()
        })
        .collect();
    assert_eq!(waits, [20, 40, 80, 160, 300, 300]);
    run.jitter = 0.5;
    run.send_and(Answer::Observed { pace: Pace::Busy });
    assert!(run.wait().unwrap() <= Span::seconds(15));
}

#[test]
fn the_first_bad_signature_halts_until_a_person_acts() {
    for event in [Event::AskNow, Event::CredentialChanged] {
        let mut run = Run::observed(Pace::Busy);
        run.fails(ErrorKind::Signature);
        assert_eq!(run.poller.halted(), Some(ErrorKind::Signature));
        assert_eq!(due_at(&run.poller), None);
        for quiet in [Event::Woke, Event::Hidden, Event::Shown, Event::Online] {
            assert_eq!(run.event(quiet), Command::Rest);
            assert_eq!(due_at(&run.poller), None);
        }
        assert!(matches!(run.event(event.clone()), Command::Send { .. }), "{event:?}");
        assert_eq!(run.poller.halted(), None);
    }
}

#[test]
fn every_kind_that_cannot_heal_halts_and_no_other() {
    use ErrorKind::*;
    for kind in [
        Signature,
        Clock,
        KeyUnknown,
        KeyExpired,
        Permission,
        NotFound,
        Throttled,
        Refused,
        VendorDown,
        ProxyRefused,
        VendorUnreachable,
        ProxyUnreachable,
        Timeout,
        BrokenOff,
        Malformed,
        BadWatch,
    ] {
        let mut run = Run::new();
        run.fails(kind);
        assert_eq!(run.poller.halted().is_none(), kind.may_heal(), "{kind:?}");
    }
}

#[test]
fn a_key_refused_elsewhere_halts_this_poller_unasked() {
    let mut run = Run::new();
    run.event(Event::Woke);
    assert_eq!(run.event(Event::KeyRefused(ErrorKind::Signature)), Command::Rest);
    assert_eq!((run.poller.halted(), due_at(&run.poller)), (Some(ErrorKind::Signature), None));
    assert!(!accepts(&run.poller, 1));
}

#[test]
fn a_changed_credential_drops_the_answer_to_the_old_one() {
    let mut run = Run::new();
    run.event(Event::Woke);
    assert_eq!(run.event(Event::CredentialChanged), Command::Send { seq: 2 });
    assert!(!accepts(&run.poller, 1) && accepts(&run.poller, 2));
}

#[test]
fn a_wrong_clock_is_tried_once_more_at_once_and_then_backs_off() {
    let mut run = Run::observed(Pace::Busy);
    let Command::Send { seq } = run.fails(ErrorKind::Clock) else { panic!("no immediate retry") };
    let again = Answer::Failed(PollError::new(ErrorKind::Clock));
    assert_eq!(run.event(Event::Answered { seq, answer: again }), Command::Rest);
    assert!(run.wait().unwrap() >= Span::millis(9_500));
    assert_eq!(run.fails(ErrorKind::Clock), Command::Rest);
    run.send_and(Answer::Observed { pace: Pace::Busy });
    assert!(matches!(run.fails(ErrorKind::Clock), Command::Send { .. }), "a new episode may retry again");
}

#[test]
fn a_wait_that_the_vendor_asked_for_outlasts_every_other_wish() {
    let events =
        [Event::Woke, Event::AskNow, Event::Hidden, Event::Shown, Event::Online, Event::CredentialChanged];
    for event in events {
        let mut run = Run::observed(Pace::Busy);
        run.send_and(asked_to_wait(100));
        run.now = run.now.plus(Span::seconds(99));
        assert_eq!(run.event(event.clone()), Command::Rest, "{event:?}");
        assert!(run.wait().unwrap() >= Span::seconds(1), "{event:?}");
        assert!(run.wait().unwrap() <= Span::seconds(70), "{event:?}");
    }
}

#[test]
fn a_shorter_wait_than_our_own_changes_nothing() {
    let mut run = Run::observed(Pace::Settled);
    run.send_and(asked_to_wait(1));
    assert!(run.wait().unwrap() >= Span::seconds(285));
}

#[test]
fn a_hidden_tab_asks_once_a_minute_where_an_operation_runs() {
    let mut run = Run::observed(Pace::Busy);
    run.event(Event::Hidden);
    assert!(run.wait().unwrap() >= Span::seconds(60));
    for jitter in [1.0, 0.0, 0.5] {
        let before = due_at(&run.poller).unwrap();
        run.jitter = jitter;
        run.send_and(Answer::Observed { pace: Pace::Busy });
        if jitter == 0.0 {
            assert!(due_at(&run.poller).unwrap().since(before) >= Span::seconds(60));
        }
    }
}

#[test]
fn a_hidden_tab_never_asks_where_nothing_runs() {
    for pace in [Pace::Idle, Pace::Settled] {
        let mut run = Run::observed(pace);
        run.event(Event::Hidden);
        assert_eq!((due_at(&run.poller), run.poller.halted()), (None, None));
        run.event(Event::Online);
        assert_eq!(due_at(&run.poller), None);
        run.now = at(4000.0);
        assert!(matches!(run.event(Event::Shown), Command::Send { .. }), "{pace:?}");
    }
}

#[test]
fn a_cluster_that_finishes_while_hidden_is_not_asked_again() {
    let mut run = Run::observed(Pace::Busy);
    run.event(Event::Hidden);
    run.send_and(Answer::Observed { pace: Pace::Idle });
    assert_eq!(due_at(&run.poller), None);
}

#[test]
fn returning_to_the_tab_asks_soon_and_flipping_does_not_ask_again() {
    let mut run = Run::observed(Pace::Busy);
    run.event(Event::Hidden);
    run.now = at(40.0);
    assert!(matches!(run.event(Event::Shown), Command::Send { .. }));
    run.event(Event::Answered { seq: 2, answer: Answer::Observed { pace: Pace::Busy } });
    for seconds in [41.0, 42.0, 43.0] {
        run.now = at(seconds);
        assert_eq!(run.event(Event::Hidden), Command::Rest);
        assert_eq!(run.event(Event::Shown), Command::Rest, "at {seconds} s");
    }
    assert!(due_at(&run.poller).unwrap() <= at(56.0));
}

#[test]
fn the_network_coming_back_ends_a_back_off() {
    let mut run = Run::observed(Pace::Busy);
    run.jitter = 1.0;
    (0..6).for_each(|_| {
        run.fails(ErrorKind::ProxyUnreachable);
    });
    assert_eq!(run.wait(), Some(Span::seconds(300)));
    run.now = run.now.plus(Span::seconds(30));
    assert!(matches!(run.event(Event::Online), Command::Send { .. }));
}

#[test]
fn a_page_that_slept_gives_up_its_request_and_asks_anew_on_return() {
    let mut run = Run::observed(Pace::Busy);
    run.now = at(10.0);
    run.event(Event::AskNow);
    run.now = at(9_000.0);
    assert_eq!(run.event(Event::Shown), Command::Send { seq: 3 });
}

#[test]
fn a_clock_that_is_set_back_does_not_stall_the_page() {
    let mut run = Run::observed(Pace::Busy);
    let wait = run.wait().unwrap();
    run.now = run.now.minus(Span::hours(24));
    run.event(Event::Woke);
    assert_eq!(run.wait(), Some(wait));
    run.send_and(asked_to_wait(60));
    run.now = run.now.minus(Span::hours(24));
    run.event(Event::AskNow);
    assert!((Span::seconds(60)..=Span::seconds(70)).contains(&run.wait().unwrap()));
}

#[test]
fn a_clock_that_is_set_back_while_hidden_does_not_delay_the_return() {
    let mut run = Run::observed(Pace::Idle);
    run.now = at(100.0);
    run.event(Event::Hidden);
    run.now = at(100.0).minus(Span::hours(24));
    assert!(matches!(run.event(Event::Shown), Command::Send { .. }));
}

fn any_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        Just(Answer::Observed { pace: Pace::Busy }),
        Just(Answer::Observed { pace: Pace::Idle }),
        Just(Answer::Observed { pace: Pace::Settled }),
        Just(Answer::Failed(PollError::new(ErrorKind::VendorDown))),
        Just(Answer::Failed(PollError::new(ErrorKind::Clock))),
        Just(Answer::Failed(PollError::new(ErrorKind::KeyUnknown))),
        (0i64..600).prop_map(asked_to_wait),
    ]
}

fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        5 => Just(Event::Woke),
        5 => (0u64..40, any_answer()).prop_map(|(seq, answer)| Event::Answered { seq, answer }),
        1 => Just(Event::Hidden),
        1 => Just(Event::Shown),
        1 => Just(Event::Online),
        1 => Just(Event::AskNow),
        1 => Just(Event::CredentialChanged),
        1 => Just(Event::KeyRefused(ErrorKind::KeyExpired)),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_the_rules_hold(
        phase in 0.0..1.0f64,
        events in prop::collection::vec((any_event(), 0i64..90_000, 0.0..=1.0f64), 1..80),
    ) {
        let mut poller = Poller::new(phase, at(0.0));
        let mut now = at(0.0);
        let mut floor = now;
        let mut sent = 0;
        for (event, passed, jitter) in events {
            now = now.plus(Span::millis(passed));
            // Half of the answers carry the number in flight, so that they count.
            let event = match event {
                Event::Answered { seq, answer } if seq % 2 == 0 => Event::Answered { seq: sent, answer },
                event => event,
            };
            let in_flight = poller.in_flight_since();
            let halted = poller.halted().is_some();
            let accepted = matches!(event, Event::Answered { seq, .. } if accepts(&poller, seq));
            if let (true, Event::Answered { answer: Answer::Failed(error), .. }) = (accepted, &event) {
                floor = error.retry_after.map_or(floor, |wait| floor.max(now.plus(wait)));
            }
            let command = step(&mut poller, event.clone(), now, jitter);
            if let Command::Send { seq } = command {
                let free = in_flight.is_none_or(|since| since.plus(ANSWER_LIMIT) <= now);
                prop_assert!(free || accepted || event == Event::CredentialChanged, "two in flight");
                prop_assert!(now >= floor, "sent before the vendor allowed it");
                prop_assert!(!halted || matches!(event, Event::AskNow | Event::CredentialChanged));
                prop_assert!(seq > sent && accepts(&poller, seq));
                sent = seq;
            }
            // After each step the due time lies ahead: a driver that follows it never spins.
            prop_assert!(due_at(&poller).is_none_or(|due| due > now), "due in the past after {event:?}");
            prop_assert!(poller.halted().is_none() || due_at(&poller).is_none());
        }
    }
}
