//! Hosts that are slow to answer, and how many of their clusters are asked at once.
//!
//! Over HTTP/1.1 a browser has six connections to a proxy. A vendor that answers nothing would soon have all of them,
//! and every other vendor's clusters would wait for it too.

use rollwatch_core::model::{Span, Timestamp};

use super::State;
use super::entry::Entry;
use crate::browser::clock;

/// A host is slow when an answer takes longer than this, in real time.
const SLOW_AFTER: Span = Span::millis(1500);

/// How many clusters of a slow host are asked at once: two such hosts leave two connections to the others.
const AT_ONCE: usize = 2;

impl State {
    /// Whether a poll may begin that is due: at a slow host, while few are under way there.
    pub(super) fn has_place(&self, key: &str, now: Timestamp) -> bool {
        let Some(entry) = self.entries.get(key) else { return false };
        let is_due = entry.poller.next_at().is_some_and(|at| at <= now);
        let Some(host) = host(entry).filter(|_| is_due) else { return true };
        let there = self.entries.values().filter(|other| self::host(other) == Some(host));
        let waits: Vec<Timestamp> = there.filter_map(|other| other.poller.in_flight_since()).collect();
        let is_slow = self.slow.contains(host) || waits.iter().any(|since| is_long(now.since(*since)));
        !is_slow || waits.len() < AT_ONCE
    }

    /// The question about this cluster that is under way has an answer now, or is given up.
    pub(super) fn note_pace(&mut self, key: &str, now: Timestamp) {
        let Some(entry) = self.entries.get(key) else { return };
        let (Some(host), Some(since)) = (host(entry), entry.poller.in_flight_since()) else { return };
        if is_long(now.since(since)) {
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

/// The page's clock may be faster than the real one.
fn is_long(took: Span) -> bool {
    took > SLOW_AFTER.scaled(clock::speed())
}
