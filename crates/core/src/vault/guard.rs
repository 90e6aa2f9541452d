//! What a passphrase costs, how wrong ones are slowed, and when an open vault locks by itself.

use crate::json::Json;
use crate::model::{Span, Timestamp};

/// The fewest characters of a passphrase. What is sealed can be copied and tried elsewhere without any waiting, so
/// its length is what it stands on.
pub const PASSPHRASE_AT_LEAST: u32 = 12;

/// The fewest iterations that are used. OWASP, "Password Storage Cheat Sheet": 600,000 for PBKDF2-HMAC-SHA-256.
/// A vault with fewer is sealed anew when it is opened.
pub const LEAST_ITERATIONS: u32 = 600_000;

/// So many iterations are timed to learn how fast a device is.
pub const FIRST_ITERATIONS: u32 = 1_000_000;

/// Beyond this nobody waits longer, however fast the device.
const MOST_ITERATIONS: u32 = 10_000_000;

/// How long opening a vault takes on the device that made it.
const OPENING_FOR: Span = Span::millis(250);

/// Clocks of browsers may be coarse, so less than this was not measured.
const MEASURED_FROM: Span = Span::millis(20);

/// The iterations that take about a quarter of a second where `iterations` took so long.
pub fn calibrated(iterations: u32, took_for: Span) -> u32 {
    if took_for < MEASURED_FROM {
        return FIRST_ITERATIONS;
    }
    let scaled = i64::from(iterations).saturating_mul(OPENING_FOR.as_millis()) / took_for.as_millis();
    let rounded = scaled / 10_000 * 10_000;
    u32::try_from(rounded).unwrap_or(MOST_ITERATIONS).clamp(LEAST_ITERATIONS, MOST_ITERATIONS)
}

/// The wrong passphrases since the last right one. It is kept on the device, so that a reload forgives none. Who
/// has a copy of the vault is slowed by the iterations alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tries {
    pub wrong: u32,
    /// When the last one was tried, in milliseconds since 1970.
    last_at: i64,
}

impl Tries {
    /// One more try was wrong, or is about to be made.
    pub fn and_wrong(self, now: Timestamp) -> Self {
        Tries { wrong: self.wrong.saturating_add(1), last_at: now.as_millis() }
    }

    /// How long the next try has to wait: a second after the first wrong one, twice as long after each further
    /// one, a minute at most. A clock that was set back lengthens no wait.
    pub fn wait_for(self, now: Timestamp) -> Span {
        if self.wrong == 0 {
            return Span::ZERO;
        }
        let delay = Span::seconds(1_i64 << (self.wrong - 1).min(6)).min(Span::minutes(1));
        let since = now.since(Timestamp::from_millis(self.last_at));
        Span::millis(delay.as_millis() - since.as_millis().clamp(0, delay.as_millis()))
    }

    pub fn to_json(self) -> String {
        format!("{{\"wrong\":{},\"at\":{}}}", self.wrong, self.last_at)
    }

    /// What cannot be read counts as none: who can write here could as well remove it.
    pub fn from_json(written: &str) -> Self {
        let read = || {
            let json = Json::read(written)?;
            let Json::Number(wrong) = json.get("wrong")? else { return None };
            let Json::Number(at) = json.get("at")? else { return None };
            Some(Tries { wrong: wrong.parse().ok()?, last_at: at.parse().ok()? })
        };
        read().unwrap_or_default()
    }
}

/// Why an open vault has locked by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockedBy {
    /// Nobody used the page for as long as was chosen.
    Idle,
    /// The device slept, or the browser stopped the page.
    Sleep,
}

/// So long no page that runs is without a turn: browsers give a hidden one its turn once a minute.
const SLEPT_FROM: Span = Span::minutes(2);

/// When the page was last used and when it last had a turn, on the machine's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guard {
    used_at: Timestamp,
    turn_at: Timestamp,
}

impl Guard {
    /// The vault is opened, or the page is used.
    pub fn new(now: Timestamp) -> Self {
        Guard { used_at: now, turn_at: now }
    }

    /// A pointer moved or a key was pressed. It wakes no vault that slept: the next turn tells.
    pub fn used(&mut self, now: Timestamp) {
        self.used_at = now;
    }

    /// The page has a turn: says whether an open vault has to lock. A clock that was set back starts anew.
    pub fn turn(&mut self, idle_for: Span, now: Timestamp) -> Option<LockedBy> {
        let slept = now.since(std::mem::replace(&mut self.turn_at, now)) >= SLEPT_FROM;
        self.used_at = self.used_at.min(now);
        match slept {
            true => Some(LockedBy::Sleep),
            false => (now.since(self.used_at) >= idle_for).then_some(LockedBy::Idle),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_262_400_000);

    fn after(seconds: i64) -> Timestamp {
        NOW.plus(Span::seconds(seconds))
    }

    #[test]
    fn iterations_follow_the_device_and_never_fall_below_the_least() {
        let calibrated = |millis| calibrated(1_000_000, Span::millis(millis));
        assert_eq!(calibrated(250), 1_000_000);
        assert_eq!(calibrated(125), 2_000_000);
        assert_eq!(calibrated(3_000), LEAST_ITERATIONS, "a slow device waits longer");
        assert_eq!(calibrated(20), MOST_ITERATIONS);
        assert_eq!([calibrated(0), calibrated(19)], [FIRST_ITERATIONS; 2], "a clock that tells nothing");
    }

    #[test]
    fn each_wrong_passphrase_doubles_the_wait_up_to_a_minute() {
        let mut tries = Tries::default();
        assert_eq!(tries.wait_for(NOW), Span::ZERO);
        let mut waits = Vec::new();
        for _ in 0..9 {
            tries = tries.and_wrong(NOW);
            waits.push(tries.wait_for(NOW).as_seconds());
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(tries.wait_for(after(59)), Span::seconds(1));
        assert_eq!(tries.wait_for(after(61)), Span::ZERO);
        assert_eq!(tries.wait_for(after(-9_999)), Span::minutes(1), "a clock that was set back");
        assert_eq!(Tries { wrong: u32::MAX, last_at: 0 }.and_wrong(NOW).wait_for(NOW), Span::minutes(1));
    }

    #[test]
    fn a_reload_forgives_no_wrong_passphrase() {
        let tries = Tries::default().and_wrong(NOW).and_wrong(NOW);
        assert_eq!(Tries::from_json(&tries.to_json()), tries);
        for broken in ["", "{}", "{\"wrong\":-1,\"at\":0}", "{\"wrong\":\"2\",\"at\":0}"] {
            assert_eq!(Tries::from_json(broken), Tries::default(), "{broken}");
        }
    }

    #[test]
    fn nobody_at_the_page_for_as_long_as_was_chosen_locks_it() {
        let idle_for = Span::minutes(15);
        let mut guard = Guard::new(NOW);
        let mut locked = |seconds: i64, used: bool| {
            if used {
                guard.used(after(seconds));
            }
            guard.turn(idle_for, after(seconds))
        };
        for second in (0..840).step_by(60) {
            assert_eq!(locked(second, second == 300), None, "{second}");
        }
        for second in (840..1_200).step_by(60) {
            assert_eq!(locked(second, false), None, "{second}");
        }
        assert_eq!(locked(1_200, false), Some(LockedBy::Idle), "fifteen minutes after it was used");
    }

    #[test]
    fn a_machine_that_slept_has_locked_it_even_if_a_key_woke_it() {
        let mut guard = Guard::new(NOW);
        assert_eq!(guard.turn(Span::hours(8), after(60)), None, "a hidden page has a turn a minute");
        guard.used(after(400));
        assert_eq!(guard.turn(Span::hours(8), after(401)), Some(LockedBy::Sleep));
        assert_eq!(guard.turn(Span::hours(8), after(402)), None);
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nothing_open_for_longer() {
        let mut guard = Guard::new(NOW);
        assert_eq!(guard.turn(Span::minutes(15), after(-86_400)), None);
        for minute in 1..15 {
            assert_eq!(guard.turn(Span::minutes(15), after(-86_400 + 60 * minute)), None);
        }
        assert_eq!(guard.turn(Span::minutes(15), after(-86_400 + 900)), Some(LockedBy::Idle));
    }
}
