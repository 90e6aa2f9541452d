//! When a watched cluster is asked, and when it is left alone: one `Poller` per watch.
//!
//! A poller never sends anything. `step` takes what happened and answers what to do; whoever drives it sends
//! the requests, hands back the answers and calls again at `due_at`.
//!
//! The rules, each held by a test:
//! - Polls of a page spread evenly over the interval, anchored to absolute time (see `phase`).
//! - One request at a time. An answer that comes later than its time limit is not accepted any more.
//! - A wait that a vendor asked for is kept, whatever else happens.
//! - What a person must mend first is not asked again before they did: repeated bad signatures lock a key.
//! - A tab that nobody sees asks at most once a minute, and only where an operation is running.

#[cfg(test)]
mod fleet_tests;
#[cfg(test)]
mod overdue_tests;
#[cfg(test)]
mod tests;
mod timing;

pub use timing::phase;

use crate::error::{ErrorKind, PollError};
use crate::model::{Span, Timestamp};

/// How long an answer may take; after that the poll counts as a timeout.
pub const ANSWER_LIMIT: Span = Span::seconds(30);

/// A vendor that asks for a longer wait than this means something else than a rate limit.
pub const LONGEST_WAIT: Span = Span::hours(1);

/// When many pollers are woken by one event, they ask within this time, each at its own moment.
pub const SPREAD: Span = Span::seconds(2);

/// How lively a cluster is, which decides how often it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pace {
    /// An operation is in progress: every 10 seconds.
    Busy,
    /// Nothing is going on, or an operation ended lately: every minute.
    Idle,
    /// Everything has been over for long: every 5 minutes.
    Settled,
}

/// What a poll brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Observed { pace: Pace },
    Failed(PollError),
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The time that `due_at` named has come. Waking too early or too often does no harm.
    Woke,
    /// The request with this number is over.
    Answered { seq: u64, answer: Answer },
    /// The tab is not seen any more.
    Hidden,
    /// The tab is seen again.
    Shown,
    /// The network is back.
    Online,
    /// A person asks for an answer now.
    AskNow,
    /// The account has another key, or this watch another account.
    CredentialChanged,
    /// Another poll with the same key learnt that it is not accepted, which is as true for this one.
    KeyRefused(ErrorKind),
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Nothing until `due_at`.
    Rest,
    /// Send a new request and hand its answer back under this number.
    Send { seq: u64 },
}

/// The schedule of one watched cluster.
#[derive(Debug, Clone)]
pub struct Poller {
    phase: f64,
    pace: Pace,
    hidden: bool,
    plan: Plan,
    last_seq: u64,
    asked_at: Option<Timestamp>,
    missed: u32,
    clock_retried: bool,
    /// No request before this instant: a vendor asked to wait.
    not_before: Timestamp,
    /// When the latest event happened: a clock that is earlier than this was set back.
    stepped_at: Timestamp,
    /// How long had passed since the latest request when the tab was seen again: a hidden tab asks more rarely,
    /// and its answer is not late for that. Zero from the next answer on.
    excused_for: Span,
}

#[derive(Debug, Clone, Copy)]
enum Plan {
    Due(Timestamp),
    InFlight {
        seq: u64,
        since: Timestamp,
    },
    /// Hidden, and nothing to miss.
    Dormant,
    Halted(ErrorKind),
}

impl Poller {
    /// A poller that asks for the first time within `SPREAD`. `phase` is its place in the interval, from
    /// `phase(nth, seed)`. The tab counts as seen until `Event::Hidden`.
    pub fn new(phase: f64, now: Timestamp) -> Self {
        let phase = if phase.is_finite() { phase.clamp(0.0, 1.0) } else { 0.0 };
        Poller {
            phase,
            // Until the first answer, the cluster is treated as if it mattered most.
            pace: Pace::Busy,
            hidden: false,
            plan: Plan::Due(now.plus(SPREAD.scaled(phase))),
            last_seq: 0,
            asked_at: None,
            missed: 0,
            clock_retried: false,
            not_before: now,
            stepped_at: now,
            excused_for: Span::ZERO,
        }
    }

    /// How many polls in a row brought no observation.
    pub fn missed(&self) -> u32 {
        self.missed
    }

    /// When the next request is planned. `None` while one is in flight and when none is planned.
    pub fn next_at(&self) -> Option<Timestamp> {
        match self.plan {
            Plan::Due(at) => Some(at),
            _ => None,
        }
    }

    /// When the request in flight was sent.
    pub fn in_flight_since(&self) -> Option<Timestamp> {
        match self.plan {
            Plan::InFlight { since, .. } => Some(since),
            _ => None,
        }
    }

    /// Why nothing is asked before a person acts (`AskNow`, `CredentialChanged`).
    pub fn halted(&self) -> Option<ErrorKind> {
        match self.plan {
            Plan::Halted(kind) => Some(kind),
            _ => None,
        }
    }
}

/// When to call `step` with `Event::Woke`. `None`: only another event can change anything, because a person
/// must act first or because the tab is hidden and the cluster has nothing in progress.
pub fn due_at(poller: &Poller) -> Option<Timestamp> {
    match poller.plan {
        Plan::Due(at) => Some(at),
        Plan::InFlight { since, .. } => Some(since.plus(ANSWER_LIMIT)),
        Plan::Dormant | Plan::Halted(_) => None,
    }
}

/// How old the latest answer may be before it is overdue: two intervals, and the time that an answer may take.
/// `None` where nothing is asked, so that none is due.
pub fn overdue_after(poller: &Poller) -> Option<Span> {
    due_at(poller)?;
    let two_intervals = poller.interval()?.scaled(2.0);
    let waits = [two_intervals, ANSWER_LIMIT, poller.excused_for];
    Some(Span::millis(waits.iter().map(|wait| wait.as_millis()).sum()))
}

/// Whether an answer under this number would still be accepted. Any other answer is out of date and must not
/// reach the card.
pub fn accepts(poller: &Poller, seq: u64) -> bool {
    matches!(poller.plan, Plan::InFlight { seq: current, .. } if current == seq)
}

/// Takes an event and says what to do. `jitter` is a random number from 0 to 1, a new one for each call.
pub fn step(poller: &mut Poller, event: Event, now: Timestamp, jitter: f64) -> Command {
    poller.follow_clock(now);
    let in_time = matches!(event, Event::Answered { seq, .. } if accepts(poller, seq));
    if !in_time {
        poller.give_up_late(now, jitter);
    }
    match event {
        Event::Woke => {}
        Event::Answered { answer, .. } if in_time => poller.take(answer, now, jitter),
        Event::Answered { .. } => {}
        Event::Hidden => {
            poller.hidden = true;
            poller.slow_down();
        }
        Event::Shown => {
            if poller.hidden {
                let asked_for = poller.asked_at.map_or(Span::ZERO, |asked_at| now.since(asked_at));
                poller.excused_for = asked_for.max(Span::ZERO).min(timing::LONGEST_HIDDEN);
            }
            poller.hidden = false;
            poller.hasten(now);
        }
        Event::Online => poller.hasten(now),
        Event::AskNow if poller.in_flight_since().is_some() => {}
        Event::AskNow => poller.plan = Plan::Due(poller.allowed(now)),
        // A request in flight was signed with the old key: its answer says nothing of the new one.
        Event::CredentialChanged => {
            poller.plan = Plan::Due(poller.allowed(now.plus(SPREAD.scaled(poller.phase))));
        }
        Event::KeyRefused(kind) => poller.plan = Plan::Halted(kind),
    }
    poller.send_when_due(now)
}

impl Poller {
    fn send_when_due(&mut self, now: Timestamp) -> Command {
        match self.plan {
            Plan::Due(at) if at <= now => {
                let seq = self.last_seq.saturating_add(1);
                self.last_seq = seq;
                self.asked_at = Some(now);
                self.plan = Plan::InFlight { seq, since: now };
                Command::Send { seq }
            }
            _ => Command::Rest,
        }
    }

    fn take(&mut self, answer: Answer, now: Timestamp, jitter: f64) {
        match answer {
            Answer::Observed { pace } => {
                self.pace = pace;
                self.missed = 0;
                self.clock_retried = false;
                self.excused_for = Span::ZERO;
                self.plan = match self.interval() {
                    Some(interval) => Plan::Due(timing::slot(interval, self.phase, now, jitter)),
                    None => Plan::Dormant,
                };
            }
            Answer::Failed(error) => self.fail(&error, now, jitter),
        }
    }

    fn fail(&mut self, error: &PollError, now: Timestamp, jitter: f64) {
        self.missed = self.missed.saturating_add(1);
        if let Some(wait) = error.retry_after {
            self.not_before = self.not_before.max(now.plus(wait.min(LONGEST_WAIT)));
        }
        self.plan = if !error.kind.may_heal() {
            Plan::Halted(error.kind)
        } else if error.kind == ErrorKind::Clock && !self.clock_retried {
            // The refusal told the vendor's time, so the next request is likely to be right.
            self.clock_retried = true;
            Plan::Due(self.allowed(now))
        } else {
            match self.interval() {
                Some(interval) => {
                    let wait = timing::back_off(interval, self.missed, jitter);
                    Plan::Due(self.allowed(now.plus(wait)))
                }
                None => Plan::Dormant,
            }
        };
    }

    /// Counts a request as failed when its answer is overdue.
    fn give_up_late(&mut self, now: Timestamp, jitter: f64) {
        if self.in_flight_since().is_some_and(|since| since.plus(ANSWER_LIMIT) <= now) {
            self.fail(&PollError::new(ErrorKind::Timeout), now, jitter);
        }
    }

    /// Stretches the plan to what a hidden tab may do.
    fn slow_down(&mut self) {
        if let Plan::Due(at) = self.plan {
            self.plan = match (self.interval(), self.asked_at) {
                (Some(interval), Some(asked_at)) => Plan::Due(at.max(asked_at.plus(interval))),
                (Some(_), None) => self.plan,
                (None, _) => Plan::Dormant,
            };
        }
    }

    /// Brings the next request forward, yet no closer to the latest one than the interval: going back and
    /// forth between tabs must not cost requests.
    fn hasten(&mut self, now: Timestamp) {
        let planned = match self.plan {
            Plan::Due(at) => Some(at),
            Plan::Dormant => None,
            Plan::InFlight { .. } | Plan::Halted(_) => return,
        };
        let Some(interval) = self.interval() else { return };
        let soon = now.plus(SPREAD.scaled(self.phase));
        let soon = self.asked_at.map_or(soon, |asked_at| soon.max(asked_at.plus(interval)));
        let soon = self.allowed(soon);
        self.plan = Plan::Due(planned.map_or(soon, |at| at.min(soon)));
    }

    /// `at`, or when a vendor asked to wait longer, this poller's place after that: many pollers may have been
    /// told the same instant.
    fn allowed(&self, at: Timestamp) -> Timestamp {
        if at >= self.not_before { at } else { timing::place(timing::BUSY, self.phase, self.not_before) }
    }

    /// How often to ask now; `None` for not at all.
    fn interval(&self) -> Option<Span> {
        timing::interval(self.pace, self.hidden)
    }

    /// When the clock was set back, every planned instant moves with it. Otherwise a corrected clock would
    /// leave the page waiting for as long as it had been wrong.
    fn follow_clock(&mut self, now: Timestamp) {
        let back = self.stepped_at.since(now);
        self.stepped_at = now;
        if back <= Span::ZERO {
            return;
        }
        self.not_before = self.not_before.minus(back);
        self.asked_at = self.asked_at.map(|at| at.minus(back));
        self.plan = match self.plan {
            Plan::Due(at) => Plan::Due(at.minus(back)),
            Plan::InFlight { seq, since } => Plan::InFlight { seq, since: since.minus(back) },
            rest => rest,
        };
    }
}
