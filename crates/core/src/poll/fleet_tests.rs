//! Two hundred pollers of one page against a vendor that a test makes well or ill.

use super::*;

const FLEET: usize = 200;
const TEN_MINUTES: Span = Span::minutes(10);

/// A small seeded generator of numbers from 0 to 1.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

struct Fleet {
    pollers: Vec<Poller>,
    /// The answer under way to each poller: when it arrives, and for which request.
    arriving: Vec<Option<(Timestamp, u64)>>,
    now: Timestamp,
    dice: Dice,
}

impl Fleet {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let page = dice.roll();
        let now = Timestamp::from_millis(1_742_803_781_000 + (dice.roll() * 60_000.0) as i64);
        let pollers = (0..FLEET).map(|nth| Poller::new(phase(nth as u64, page), now)).collect();
        Fleet { pollers, arriving: vec![None; FLEET], now, dice }
    }

    /// Lets the time pass and says when requests were sent, as instants since the start of this run.
    fn run(&mut self, length: Span, answer: impl Fn(Timestamp) -> Answer) -> Vec<Span> {
        let start = self.now;
        let mut sent = Vec::new();
        loop {
            let next = (0..FLEET).filter_map(|nth| {
                let due = due_at(&self.pollers[nth]);
                let arrives = self.arriving[nth].map(|(at, _)| at);
                Some((due.into_iter().chain(arrives).min()?, nth))
            });
            let Some((at, nth)) = next.min().filter(|(at, _)| *at <= start.plus(length)) else {
                self.now = start.plus(length);
                return sent;
            };
            self.now = self.now.max(at);
            let event = match self.arriving[nth] {
                Some((arrives, seq)) if arrives <= self.now => {
                    self.arriving[nth] = None;
                    Event::Answered { seq, answer: answer(self.now) }
                }
                _ => Event::Woke,
            };
            self.tell(nth, event, start, &mut sent);
        }
    }

    fn tell(&mut self, nth: usize, event: Event, start: Timestamp, sent: &mut Vec<Span>) {
        let jitter = self.dice.roll();
        if let Command::Send { seq } = step(&mut self.pollers[nth], event, self.now, jitter) {
            let latency = Span::millis(40 + (self.dice.roll() * 400.0) as i64);
            self.arriving[nth] = Some((self.now.plus(latency), seq));
            sent.push(self.now.since(start));
        }
    }

    fn tell_all(&mut self, event: &Event) -> usize {
        let mut sent = Vec::new();
        (0..FLEET).for_each(|nth| self.tell(nth, event.clone(), self.now, &mut sent));
        sent.len()
    }
}

fn well(pace: Pace) -> impl Fn(Timestamp) -> Answer {
    move |_| Answer::Observed { pace }
}

fn ill(_: Timestamp) -> Answer {
    Answer::Failed(PollError::new(ErrorKind::VendorDown))
}

/// The most requests in any one second.
fn peak(sent: &[Span]) -> usize {
    let mut counts = std::collections::BTreeMap::new();
    sent.iter().for_each(|at| *counts.entry(at.as_seconds()).or_insert(0) += 1);
    counts.into_values().max().unwrap_or(0)
}

#[test]
fn a_calm_fleet_asks_evenly_and_no_more_than_the_interval_says() {
    for seed in 0..4 {
        let mut fleet = Fleet::new(seed);
        fleet.run(Span::seconds(20), well(Pace::Busy));
        let sent = fleet.run(TEN_MINUTES, well(Pace::Busy));
        assert!((11_900..=12_100).contains(&sent.len()), "seed {seed}: {} requests", sent.len());
        assert!(peak(&sent) <= 30, "seed {seed}: {} requests in one second, 20 on average", peak(&sent));
    }
}

#[test]
fn ten_minutes_of_failures_cost_no_more_than_calm_ones() {
    for pace in [Pace::Busy, Pace::Idle, Pace::Settled] {
        for seed in 0..2 {
            let sent_while = |ill_now: bool| {
                let mut fleet = Fleet::new(seed);
                fleet.run(Span::minutes(6), well(pace));
                if ill_now { fleet.run(TEN_MINUTES, ill) } else { fleet.run(TEN_MINUTES, well(pace)) }.len()
            };
            let (calm, failing) = (sent_while(false), sent_while(true));
            assert!(failing * 10 <= calm * 11, "{pace:?}, seed {seed}: {failing} against {calm}");
        }
    }
}

#[test]
fn recovery_brings_no_wave() {
    for seed in 0..2 {
        let mut fleet = Fleet::new(seed);
        fleet.run(Span::minutes(1), well(Pace::Busy));
        fleet.run(TEN_MINUTES, ill);
        let sent = fleet.run(TEN_MINUTES, well(Pace::Busy));
        assert!(peak(&sent) <= 30, "seed {seed}: {} requests in one second, 20 on average", peak(&sent));
        let late = sent.iter().filter(|at| **at >= Span::minutes(6)).count();
        assert!(late >= 4_700, "seed {seed}: only {late} requests in the last four minutes");
    }
}

#[test]
fn one_instant_named_to_all_brings_no_wave_either() {
    for seed in 0..2 {
        let mut fleet = Fleet::new(seed);
        fleet.run(Span::minutes(1), well(Pace::Busy));
        let reopens_at = fleet.now.plus(Span::minutes(3));
        let closed = move |now: Timestamp| {
            let wait = reopens_at.since(now);
            if wait <= Span::ZERO {
                return Answer::Observed { pace: Pace::Busy };
            }
            let error = PollError::new(ErrorKind::Throttled);
            Answer::Failed(PollError { retry_after: Some(wait), ..error })
        };
        let sent = fleet.run(TEN_MINUTES, closed);
        let early = sent.iter().filter(|at| (Span::seconds(11)..Span::minutes(3)).contains(*at)).count();
        assert_eq!(early, 0, "seed {seed}");
        assert!(peak(&sent) <= 30, "seed {seed}: {} requests in one second", peak(&sent));
    }
}

#[test]
fn returning_to_the_tab_asks_every_cluster_within_the_spread_and_not_at_once() {
    let mut fleet = Fleet::new(7);
    fleet.run(Span::minutes(2), well(Pace::Idle));
    fleet.tell_all(&Event::Hidden);
    fleet.run(Span::seconds(2), well(Pace::Idle));
    assert_eq!(fleet.run(TEN_MINUTES, well(Pace::Idle)).len(), 0);
    let at_once = fleet.tell_all(&Event::Shown);
    let sent = fleet.run(SPREAD, well(Pace::Idle));
    assert!(at_once <= 2, "{at_once} requests in the same instant");
    assert_eq!(at_once + sent.len(), FLEET);
    assert!(peak(&sent) <= 120, "{} requests in one of two seconds", peak(&sent));
}

#[test]
fn a_hidden_fleet_asks_less_than_once_a_minute_for_each_cluster() {
    let mut fleet = Fleet::new(11);
    fleet.run(Span::minutes(2), well(Pace::Busy));
    fleet.tell_all(&Event::Hidden);
    let sent = fleet.run(TEN_MINUTES, well(Pace::Busy));
    assert!((1_600..=2_000).contains(&sent.len()), "{} requests", sent.len());
}
