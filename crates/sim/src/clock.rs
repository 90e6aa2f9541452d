//! The clock of the simulated clouds.

use rollwatch_core::model::{Span, Timestamp};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// A clock that runs at any speed and can be put forward. At speed 0 it stands still, and a test drives it
/// with `advance`.
#[derive(Debug)]
pub struct SimClock(Mutex<Hands>);

#[derive(Debug)]
struct Hands {
    /// The simulated instant at `since`.
    base: Timestamp,
    since: Instant,
    speed: f64,
}

impl Hands {
    fn now(&self) -> Timestamp {
        self.base.plus(Span::millis((self.since.elapsed().as_secs_f64() * 1000.0 * self.speed) as i64))
    }
}

impl SimClock {
    /// A clock that shows `start` and goes `speed` simulated seconds per real second.
    pub fn new(start: Timestamp, speed: f64) -> Self {
        SimClock(Mutex::new(Hands { base: start, since: Instant::now(), speed }))
    }

    pub fn now(&self) -> Timestamp {
        self.hands().now()
    }

    pub fn speed(&self) -> f64 {
        self.hands().speed
    }

    /// Puts the clock forward.
    pub fn advance(&self, span: Span) {
        let mut hands = self.hands();
        hands.base = hands.base.plus(span);
    }

    /// Changes the speed from this instant on.
    pub fn set_speed(&self, speed: f64) {
        let mut hands = self.hands();
        *hands = Hands { base: hands.now(), since: Instant::now(), speed };
    }

    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_at_speed_zero_moves_only_when_it_is_put_forward() {
        let start = Timestamp::from_millis(1_742_803_781_000);
        let clock = SimClock::new(start, 0.0);
        assert_eq!(clock.now(), start);
        clock.advance(Span::minutes(90));
        assert_eq!(clock.now(), start.plus(Span::minutes(90)));
    }

    #[test]
    fn stopping_a_fast_clock_keeps_what_it_showed() {
        let start = Timestamp::from_millis(0);
        let clock = SimClock::new(start, 1_000_000.0);
        let shown = loop {
            let shown = clock.now();
            if shown > start {
                break shown;
            }
        };
        clock.set_speed(0.0);
        let stopped = clock.now();
        assert!(stopped >= shown);
        assert_eq!(clock.now(), stopped);
        assert_eq!(clock.speed(), 0.0);
    }
}
