//! The arithmetic of intervals, places within them, and waits after failures.

use super::Pace;
use crate::model::{Span, Timestamp};

/// The interval while an operation is in progress.
pub(super) const BUSY: Span = Span::seconds(10);
const IDLE: Span = Span::seconds(60);
const SETTLED: Span = Span::minutes(5);
/// A little over a minute, so that no minute sees two requests even when the first is late.
const BUSY_HIDDEN: Span = Span::seconds(66);
/// No hidden tab that is awake lets more time pass between two requests about an operation in progress: a timer of
/// a hidden tab may come a minute late.
pub(super) const LONGEST_HIDDEN: Span = Span::seconds(126);
/// The longest wait after failures that the vendor did not ask for.
const BACK_OFF_CAP: Span = Span::minutes(5);

/// The share of the interval by which a poll may come before or after its place. More than this would heap
/// polls up again that their places keep apart: at 10 %, 200 clusters every 10 seconds already reach 1.5
/// times the mean rate within single seconds, and at 2 % they reach 1.25 times.
const JITTER: f64 = 0.02;

/// The share of the interval by which the shortest and the longest wait after a failure lie around it where
/// doubling does not spread them further.
const BACK_OFF_MARGIN: f64 = 0.05;

/// The place in the interval, from 0 to 1, of the `nth` poller of a page. Steps of the golden ratio keep any
/// run of places nearly evenly apart, which places drawn from a hash are not. `seed` (0 to 1) is drawn once
/// per page, so that pages do not ask at the same moments.
pub fn phase(nth: u64, seed: f64) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    // Beyond 2^32 pollers the product would lose its fraction.
    (seed + f64::from(nth as u32) * GOLDEN).rem_euclid(1.0)
}

/// How often to ask; `None` for not at all.
pub(super) fn interval(pace: Pace, hidden: bool) -> Option<Span> {
    match (pace, hidden) {
        (Pace::Busy, false) => Some(BUSY),
        (Pace::Idle, false) => Some(IDLE),
        (Pace::Settled, false) => Some(SETTLED),
        (Pace::Busy, true) => Some(BUSY_HIDDEN),
        (Pace::Idle | Pace::Settled, true) => None,
    }
}

/// The first place of this phase from `earliest` on. Places are counted from 1970 and not from the latest
/// answer, so slow answers do not make polls drift into each other.
pub(super) fn place(interval: Span, phase: f64, earliest: Timestamp) -> Timestamp {
    let first = interval.scaled(phase);
    let until = first.as_millis().wrapping_sub(earliest.as_millis()).rem_euclid(interval.as_millis().max(1));
    earliest.plus(Span::millis(until))
}

/// When to ask next after an answer at `now`: at the next place that is at least half an interval away.
pub(super) fn slot(interval: Span, phase: f64, now: Timestamp, jitter: f64) -> Timestamp {
    let place = place(interval, phase, now.plus(interval.scaled(0.5)));
    place.plus(interval.scaled(JITTER * (2.0 * jitter.clamp(0.0, 1.0) - 1.0)))
}

/// How long to wait after `missed` failures in a row: anything from the interval to the interval doubled that
/// often, at most the cap. It never starts below the interval, so failures cost fewer requests than success.
pub(super) fn back_off(interval: Span, missed: u32, jitter: f64) -> Span {
    let shortest = interval.scaled(1.0 - BACK_OFF_MARGIN);
    let longest = interval.scaled(f64::from(1u32 << missed.min(16))).min(BACK_OFF_CAP);
    let longest = longest.max(interval.scaled(1.0 + BACK_OFF_MARGIN));
    let range = Span::millis(longest.as_millis() - shortest.as_millis());
    Span::millis(shortest.as_millis() + range.scaled(jitter.clamp(0.0, 1.0)).as_millis())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn places_of_one_page_are_nearly_evenly_apart() {
        for count in [2usize, 3, 10, 57, 200] {
            let mut places: Vec<f64> = (0..count).map(|nth| phase(nth as u64, 0.77)).collect();
            places.sort_by(f64::total_cmp);
            let wrapped = places[0] + 1.0 - places[count - 1];
            let widest = places.windows(2).map(|pair| pair[1] - pair[0]).fold(wrapped, f64::max);
            assert!(widest <= 2.0 / count as f64, "{count} places leave a gap of {widest}");
        }
    }

    #[test]
    fn pages_with_other_seeds_ask_at_other_moments() {
        assert_ne!(phase(3, 0.1), phase(3, 0.6));
    }

    #[test]
    fn waits_double_from_the_interval_up_to_the_cap() {
        let longest = |missed| back_off(BUSY, missed, 1.0);
        assert_eq!([1, 2, 3, 4].map(longest), [20, 40, 80, 160].map(Span::seconds));
        assert_eq!(longest(5), BACK_OFF_CAP);
        assert_eq!(longest(u32::MAX), BACK_OFF_CAP);
        assert_eq!(back_off(BUSY, 9, 0.0), Span::millis(9_500));
    }

    #[test]
    fn waits_at_the_cap_still_differ() {
        assert!(back_off(SETTLED, 1, 1.0).as_millis() - back_off(SETTLED, 1, 0.0).as_millis() >= 20_000);
    }

    proptest! {
        #[test]
        fn a_place_is_always_ahead_and_never_far(
            now in 0..4_000_000_000_000i64, place in 0.0..1.0f64, jitter in 0.0..1.0f64,
        ) {
            for interval in [BUSY, IDLE, SETTLED, BUSY_HIDDEN] {
                let wait = slot(interval, place, Timestamp::from_millis(now), jitter).as_millis() - now;
                let interval = interval.as_millis();
                prop_assert!(wait * 100 >= interval * 47, "only {wait} ms of {interval}");
                prop_assert!(wait * 100 <= interval * 153, "{wait} ms of {interval}");
            }
        }

        #[test]
        fn consecutive_places_are_one_interval_apart(now in 0..4_000_000_000_000i64, place in 0.0..1.0f64) {
            let first = slot(BUSY, place, Timestamp::from_millis(now), 0.5);
            prop_assert_eq!(slot(BUSY, place, first.plus(Span::millis(900)), 0.5), first.plus(BUSY));
        }
    }
}
