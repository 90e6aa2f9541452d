//! Hosts that are slow to answer, and how many of their clusters are asked at once.
//!
//! Over HTTP/1.1 a browser has six connections to a proxy. A vendor that answers nothing would soon have all of them,
//! and every other vendor's clusters would wait for it too.

use leptos::prelude::*;
use rollwatch_core::error::{ErrorKind, PollError};
use rollwatch_core::model::{Span, Timestamp};
use rollwatch_core::poll::{self, ANSWER_LIMIT, Answer, Command, Event};
use rollwatch_core::timeline::Outcome;

use super::entry::Entry;
use super::{Live, State};
use crate::browser::{clock, random};

/// A host is slow when an answer takes longer than this, in real time.
const SLOW_AFTER: Span = Span::millis(1500);

/// How late a poll may be given up while the page runs, in real time: it looks at its polls every second.
const GIVEN_UP_WITHIN: Span = Span::seconds(2);

/// How many clusters of a slow host are asked at once: two such hosts leave two connections to the others.
const AT_ONCE: usize = 2;

impl Live {
    /// A slow host that fails without an answer has failed those as well who wait for a place there: they would be
    /// shown as they were until each of them had been asked in vain.
    pub(super) fn fail_waiting(self, key: &str, error: &PollError) {
        if !matches!(error.kind, ErrorKind::Timeout | ErrorKind::VendorUnreachable) {
            return;
        }
        let now = clock::now();
        for other in self.state.with_value(|state| state.waiting_with(key, now)) {
            if self.leads(&other) && self.may_wake(&other) && self.question_for(&other).is_some() {
                self.state.update_value(|state| state.fail(&other, error, now));
            }
        }
    }
}

impl State {
    /// Who waits for a place at the host of this watch.
    fn waiting_with(&self, key: &str, now: Timestamp) -> Vec<String> {
        let host = self.entries.get(key).and_then(host).filter(|host| self.slow.contains(*host));
        let waits = |(other, entry): &(&String, &Entry)| {
            host.is_some() && self::host(entry) == host && *other != key && is_due(entry, now)
        };
        self.entries.iter().filter(waits).map(|(other, _)| other.clone()).collect()
    }

    /// Counts a poll that is due as made, and as failed like this.
    fn fail(&mut self, key: &str, error: &PollError, now: Timestamp) {
        let at = self.now_at(key, now);
        let Some(entry) = self.entries.get_mut(key) else { return };
        let begun = poll::step(&mut entry.poller, Event::Woke, now, random::unit());
        if let Command::Send { seq } = begun {
            entry.record(Outcome::Failed(error.clone()), at);
            let answer = Answer::Failed(error.clone());
            poll::step(&mut entry.poller, Event::Answered { seq, answer }, now, random::unit());
        }
    }

    /// Whether a poll may begin that is due: at a slow host, while few are under way there.
    pub(super) fn has_place(&self, key: &str, now: Timestamp) -> bool {
        let Some(entry) = self.entries.get(key) else { return false };
        let Some(host) = host(entry).filter(|_| is_due(entry, now)) else { return true };
        let there = self.entries.values().filter(|other| self::host(other) == Some(host));
        let waits: Vec<Timestamp> = there.filter_map(|other| other.poller.in_flight_since()).collect();
        let is_slow = self.slow.contains(host) || waits.iter().any(|since| is_long(now.since(*since)));
        !is_slow || waits.len() < AT_ONCE
    }

    /// The question about this cluster that is under way has an answer now, or is given up.
    pub(super) fn note_pace(&mut self, key: &str, now: Timestamp) {
        let Some(entry) = self.entries.get(key) else { return };
        let (Some(host), Some(since)) = (host(entry), entry.poller.in_flight_since()) else { return };
        let took = now.since(since);
        // A poll is given up in time while the page runs: the device slept, and nothing is known of the host.
        let late_for = GIVEN_UP_WITHIN.scaled(clock::speed());
        if took.as_millis().saturating_sub(late_for.as_millis()) > ANSWER_LIMIT.as_millis() {
            return;
        }
        if is_long(took) {
            self.slow.insert(host.to_owned());
        } else {
            self.slow.remove(host);
        }
    }

    /// Every watch, the one that is due for the longest time first.
    pub(super) fn keys_as_due(&self) -> Vec<String> {
        let mut due: Vec<(Option<Timestamp>, &String)> =
            self.entries.iter().map(|(key, entry)| (entry.poller.next_at(), key)).collect();
        due.sort();
        due.into_iter().map(|(_, key)| key.clone()).collect()
    }
}

fn host(entry: &Entry) -> Option<&str> {
    entry.endpoint.as_ref().map(|endpoint| endpoint.host.as_str())
}

fn is_due(entry: &Entry, now: Timestamp) -> bool {
    entry.poller.next_at().is_some_and(|at| at <= now)
}

/// The page's clock may be faster than the real one.
fn is_long(took: Span) -> bool {
    took > SLOW_AFTER.scaled(clock::speed())
}
