//! When a person last had the page before their eyes, so that it can say what has changed since.
//!
//! One instant is kept on this device. A visit begins when the page starts, and anew when it is seen again after
//! it was out of sight for a while; what was kept then is "last looked" until the next visit.

use std::collections::BTreeSet;

use leptos::prelude::*;
use rollwatch_core::model::{Span, Timestamp};

use super::{Live, State};
use crate::browser::{clock, storage, visibility};

const LOOKED: &str = "rollwatch.looked";

/// A page that is seen writes this often that it is.
const KEPT_EVERY: Span = Span::seconds(30);

/// Who comes back sooner than this has not been away.
const AWAY_FROM: Span = Span::minutes(5);

/// What is new to a person.
#[derive(Debug, Default)]
pub(super) struct Looked {
    /// When they last looked before this visit; `None` on the first one.
    before: Option<Timestamp>,
    /// When it was last kept that they look.
    kept_at: Option<Timestamp>,
    /// Since when the page is out of sight.
    hidden_at: Option<Timestamp>,
    /// The clusters whose page was opened in this visit.
    opened: BTreeSet<String>,
}

impl Looked {
    /// Begins a visit with what was kept. An instant that lies ahead was kept by another clock.
    pub fn new(kept: Option<Timestamp>, now: Timestamp) -> Self {
        Looked { before: kept.filter(|kept| *kept <= now), ..Looked::default() }
    }

    /// What the page of a cluster calls new has changed since this time.
    pub fn before(&self) -> Option<Timestamp> {
        self.before
    }

    /// The same for the card of a cluster, until its page was opened.
    pub fn before_card(&self, key: &str) -> Option<Timestamp> {
        self.before.filter(|_| !self.opened.contains(key))
    }

    /// The page of a cluster is opened.
    pub fn open(&mut self, key: &str) {
        self.opened.insert(key.to_owned());
    }

    /// Whether it is time to keep that the page is seen. A page that was not hidden and kept nothing for
    /// `away_for` was not seen either: the device slept.
    fn is_due(&mut self, away_for: Span, now: Timestamp) -> bool {
        if self.hidden_at.is_some() {
            return false;
        }
        let Some(kept_at) = self.kept_at else { return true };
        if now.since(kept_at) >= away_for {
            *self = Looked { before: Some(kept_at), ..Looked::default() };
        }
        now.since(kept_at) >= KEPT_EVERY
    }

    /// The page goes out of sight.
    fn hide(&mut self, now: Timestamp) {
        self.hidden_at.get_or_insert(now);
    }

    /// The page is seen again. Another tab may have been looked at meanwhile, which is what `kept` tells.
    fn show(&mut self, kept: Option<Timestamp>, now: Timestamp) {
        let Some(hidden_at) = self.hidden_at.take() else { return };
        let looked_at = kept.filter(|kept| *kept <= now).map_or(hidden_at, |kept| kept.max(hidden_at));
        if now.since(looked_at) >= AWAY_FROM {
            *self = Looked { before: Some(looked_at), ..Looked::default() };
        }
    }
}

/// What was kept by an earlier visit or another tab.
pub(super) fn kept() -> Option<Timestamp> {
    storage::get(LOOKED)?.parse().ok().map(Timestamp::from_millis)
}

impl Live {
    /// Keeps that the page is seen, when it is and that was not kept lately.
    pub(super) fn keep_looked(self) {
        let now = clock::now();
        // A demo's clock may run by minutes between two looks at it.
        let away_for = AWAY_FROM.max(Span::seconds(10).scaled(clock::speed()));
        let is_due = self.state.try_update_value(|state| {
            let is_due = state.looked.is_due(away_for, now);
            state.look_at_open();
            is_due
        });
        if !visibility::is_hidden() && is_due == Some(true) {
            self.keep_looked_at(now);
        }
    }

    /// The page goes out of sight, or away.
    pub(super) fn looked_away(self) {
        let now = clock::now();
        if self.state.with_value(|state| state.looked.hidden_at.is_none()) {
            self.keep_looked_at(now);
        }
        self.state.update_value(|state| state.looked.hide(now));
    }

    /// The page is seen again.
    pub(super) fn looked_again(self) {
        let (kept, now) = (kept(), clock::now());
        self.state.update_value(|state| {
            state.looked.show(kept, now);
            state.look_at_open();
        });
    }

    /// Who watches nothing misses nothing. Where the browser keeps nothing, the next visit has nothing to compare with.
    fn keep_looked_at(self, now: Timestamp) {
        if self.state.with_value(|state| state.entries.is_empty()) {
            return;
        }
        let _ = storage::set(LOOKED, &now.as_millis().to_string());
        self.state.update_value(|state| state.looked.kept_at = Some(now));
    }
}

impl State {
    /// The page that is open is before the eyes of whoever comes back.
    fn look_at_open(&mut self) {
        if let Some(open) = &self.open {
            self.looked.open(&open.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    #[test]
    fn a_first_visit_has_nothing_to_compare_with() {
        let looked = Looked::new(None, at(100));
        assert_eq!((looked.before(), looked.before_card("a")), (None, None));
        assert_eq!(Looked::new(Some(at(101)), at(100)).before(), None, "kept by another clock");
    }

    #[test]
    fn a_card_is_silent_once_the_page_of_its_cluster_was_opened() {
        let mut looked = Looked::new(Some(at(10)), at(100));
        looked.open("a");
        assert_eq!((looked.before_card("a"), looked.before_card("b")), (None, Some(at(10))));
        assert_eq!(looked.before(), Some(at(10)), "the page goes on to say what is new");
    }

    #[test]
    fn coming_back_after_a_while_is_another_visit() {
        let mut looked = Looked::new(Some(at(10)), at(100));
        looked.open("a");
        looked.hide(at(200));
        looked.show(Some(at(200)), at(499));
        assert_eq!((looked.before(), looked.before_card("a")), (Some(at(10)), None), "not away for long");
        looked.hide(at(600));
        looked.show(Some(at(600)), at(900));
        assert_eq!((looked.before(), looked.before_card("a")), (Some(at(600)), Some(at(600))));
    }

    #[test]
    fn who_looked_at_another_tab_has_not_been_away() {
        let mut looked = Looked::new(Some(at(10)), at(100));
        looked.hide(at(200));
        looked.show(Some(at(5_000)), at(5_010));
        assert_eq!(looked.before(), Some(at(10)));
        looked.hide(at(5_020));
        looked.show(Some(at(9_000)), at(20_000));
        assert_eq!(looked.before(), Some(at(9_000)));
    }

    #[test]
    fn a_page_that_is_seen_keeps_that_from_time_to_time_and_a_hidden_one_does_not() {
        let mut looked = Looked::new(None, at(100));
        let mut is_due = |seconds| looked.is_due(AWAY_FROM, at(seconds));
        assert!(is_due(100));
        looked.kept_at = Some(at(100));
        let mut is_due = |seconds| looked.is_due(AWAY_FROM, at(seconds));
        assert!(!is_due(129) && is_due(130));
        assert_eq!(looked.before(), None);
        looked.hide(at(140));
        assert!(!looked.is_due(AWAY_FROM, at(1000)));
    }

    #[test]
    fn a_device_that_slept_begins_another_visit() {
        let mut looked = Looked::new(Some(at(10)), at(100));
        looked.open("a");
        looked.kept_at = Some(at(130));
        assert!(looked.is_due(AWAY_FROM, at(9_000)));
        assert_eq!((looked.before(), looked.before_card("a")), (Some(at(130)), Some(at(130))));
    }
}
