//! The part of time that the chart shows, and how it is moved and zoomed.

use crate::model::{Span, Timestamp};

/// A part of time, from its beginning to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub from: Timestamp,
    pub to: Timestamp,
}

/// Nobody reads more from less than a minute: vendors tell seconds.
pub const SHORTEST: Span = Span::minutes(1);

impl Default for Stretch {
    fn default() -> Self {
        let from = Timestamp::from_millis(0);
        Stretch { from, to: from.plus(SHORTEST) }
    }
}

impl Stretch {
    /// From `from` to a little after `to`, and at least a minute. The end stands on whole sixteenths, so that
    /// the chart does not shift with every second that passes.
    pub(super) fn rounded(from: Timestamp, to: Timestamp) -> Self {
        let length = to.since(from).as_millis().max(SHORTEST.as_millis());
        let step = sixteenth(length);
        let steps = (length + length / 50).div_euclid(step) + 1;
        Stretch { from, to: from.plus(Span::millis(steps.saturating_mul(step))) }
    }

    /// The same, beginning a little earlier.
    pub(super) fn with_margin(self) -> Self {
        let margin = sixteenth(self.length().as_millis()) / 2;
        Stretch { from: self.from.minus(Span::millis(margin)), ..self }
    }

    pub const fn length(self) -> Span {
        self.to.since(self.from)
    }

    /// Where an instant lies, from 0 at the beginning to 1 at the end.
    pub(super) fn fraction(self, at: Timestamp) -> f64 {
        at.since(self.from).as_millis() as f64 / self.length().as_millis().max(1) as f64
    }

    /// A part `factor` times as short, or longer for a factor below 1, in which the instant at `around` (a
    /// fraction of this part) keeps its place, as far as `within` and the shortest part allow.
    pub fn zoomed(self, factor: f64, around: f64, within: Stretch) -> Self {
        let usable = factor.is_finite() && factor > 0.0 && around.is_finite();
        let (factor, around) = if usable { (factor, around.clamp(0.0, 1.0)) } else { (1.0, 0.5) };
        let length = self.length();
        let new = length.scaled(1.0 / factor).max(SHORTEST).min(within.length().max(SHORTEST));
        let fixed = self.from.plus(length.scaled(around));
        let from = fixed.minus(new.scaled(around));
        Stretch { from, to: from.plus(new) }.within(within)
    }

    /// A part as long, later by a fraction of its length, or earlier for a negative one.
    pub fn panned(self, fraction: f64, within: Stretch) -> Self {
        let by = if fraction.is_finite() { self.length().scaled(fraction) } else { Span::ZERO };
        Stretch { from: self.from.plus(by), to: self.to.plus(by) }.within(within)
    }

    /// The nearest part that lies within `whole`: moved first, and shortened when it is too long. It lasts at
    /// least a minute.
    pub fn within(self, whole: Stretch) -> Self {
        let longest = whole.length().max(SHORTEST);
        let length = self.length().max(SHORTEST).min(longest);
        let latest = whole.from.plus(longest).minus(length);
        let from = self.from.max(whole.from).min(latest);
        Stretch { from, to: from.plus(length) }
    }
}

/// Lengths, in seconds, that people read easily.
pub(super) const STEPS: [i64; 19] = [
    10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
    1_209_600, 2_592_000, 7_776_000,
];

/// About a sixteenth of a length, in milliseconds.
fn sixteenth(length: i64) -> i64 {
    let wanted = length / 16_000;
    STEPS.into_iter().find(|step| *step >= wanted).unwrap_or(wanted).saturating_mul(1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const START: Timestamp = Timestamp::from_millis(1_742_803_781_000);

    fn minutes(from: i64, to: i64) -> Stretch {
        Stretch { from: START.plus(Span::minutes(from)), to: START.plus(Span::minutes(to)) }
    }

    #[test]
    fn the_axis_stands_still_while_seconds_pass() {
        let end = |seconds| Stretch::rounded(START, START.plus(Span::seconds(seconds))).to;
        assert_eq!(end(1801), end(1830));
        for seconds in [1, 59, 600, 1801, 86_000, 600_000, 90_000_000] {
            let length = end(seconds).since(START).as_seconds();
            assert!(length >= seconds && length <= (seconds * 7 / 5).max(72), "{seconds} s: {length} s");
        }
    }

    #[test]
    fn zooming_keeps_the_instant_under_the_pointer() {
        let whole = minutes(0, 240);
        assert_eq!(whole.zoomed(2.0, 0.5, whole), minutes(60, 180));
        assert_eq!(whole.zoomed(4.0, 1.0, whole), minutes(180, 240));
        assert_eq!(minutes(60, 180).zoomed(2.0, 0.25, whole), minutes(75, 135));
        assert_eq!(minutes(60, 180).zoomed(0.5, 0.5, whole), whole);
        assert_eq!(minutes(60, 180).zoomed(f64::NAN, 0.5, whole), minutes(60, 180));
        assert_eq!(whole.zoomed(10_000.0, 0.5, whole).length(), SHORTEST);
    }

    #[test]
    fn panning_stops_at_the_ends_of_the_run() {
        let whole = minutes(0, 240);
        assert_eq!(minutes(60, 120).panned(0.5, whole), minutes(90, 150));
        assert_eq!(minutes(60, 120).panned(-4.0, whole), minutes(0, 60));
        assert_eq!(minutes(60, 120).panned(4.0, whole), minutes(180, 240));
    }

    proptest! {
        #[test]
        fn no_gesture_leaves_the_run_or_shows_less_than_a_minute(
            length in 0i64..20_000_000, from in -40_000_000i64..40_000_000, part in -1000i64..40_000_000,
            factor in -1.0f64..50.0, around in -2.0f64..2.0, pan in -9.0f64..9.0,
        ) {
            let whole = Stretch::rounded(START, START.plus(Span::seconds(length)));
            let from = START.plus(Span::seconds(from));
            let first = Stretch { from, to: from.plus(Span::seconds(part)) }.within(whole);
            let zoomed = first.zoomed(factor, around, whole);
            for stretch in [first, zoomed, zoomed.panned(pan, whole)] {
                prop_assert!(stretch.from >= whole.from && stretch.to <= whole.to, "{stretch:?} in {whole:?}");
                prop_assert!(stretch.length() >= SHORTEST);
            }
            prop_assert_eq!(zoomed.panned(pan, whole).length(), zoomed.length());
        }
    }
}
