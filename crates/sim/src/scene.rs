//! The moment of a story: which operation, in which round, how long after its start.

use crate::random::Random;
use rollwatch_core::model::{Span, Timestamp};

/// When the operations of a cluster begin.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rhythm {
    /// Again and again, `every` so often; at the start of the simulation one has been going on for `age`.
    Again { every: Span, age: Span },
    /// Once, `age` before the start of the simulation.
    Once { age: Span },
}

/// All that the state of an operation depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub seed: u64,
    /// The cluster's id and name.
    pub id: &'a str,
    pub name: &'a str,
    /// The vendor's own region code.
    pub region: &'a str,
    /// The offset in seconds east of UTC at which the vendor writes times without a zone.
    pub offset: i32,
    pub round: u64,
    /// How long lies between the starts of two operations; nothing where there is but one.
    pub every: Span,
    pub started_at: Timestamp,
    pub elapsed_for: Span,
}

impl Rhythm {
    /// How long lies between the starts of two operations.
    pub const fn every(self) -> Span {
        match self {
            Rhythm::Again { every, .. } => every,
            Rhythm::Once { .. } => Span::ZERO,
        }
    }

    /// The latest operation's round, start and age at `now`, in a simulation that began at `epoch`.
    pub fn at(self, epoch: Timestamp, now: Timestamp) -> (u64, Timestamp, Span) {
        let since = now.since(epoch).as_millis();
        let (round, started_at) = match self {
            Rhythm::Once { age } => (0, epoch.minus(age)),
            Rhythm::Again { every, age } => {
                let every_millis = every.as_millis().max(1);
                let round = (since + age.as_millis()).div_euclid(every_millis).max(0);
                (round.unsigned_abs(), epoch.minus(age).plus(Span::millis(round * every_millis)))
            }
        };
        (round, started_at, now.since(started_at))
    }
}

impl<'a> Scene<'a> {
    /// Draws what is the same in every round, such as the names of hosts.
    pub fn lasting(&self) -> Random {
        Random::of(self.seed, self.id, u64::MAX)
    }

    /// Draws what differs from round to round, such as durations.
    pub fn of_round(&self) -> Random {
        Random::of(self.seed, self.id, self.round)
    }

    /// The instant that lies so long after the start.
    pub fn at(&self, after: Span) -> Timestamp {
        self.started_at.plus(after)
    }

    /// An operation before this one: the latest such one is number 1. Those before the first of the simulation
    /// lie a month apart.
    pub fn earlier(&self, number: u32) -> Scene<'a> {
        let number = u64::from(number);
        let within = i64::try_from(self.round.min(number)).unwrap_or(i64::MAX);
        let before = i64::try_from(number.saturating_sub(self.round)).unwrap_or(i64::MAX);
        let months = Span::hours(30 * 24).as_millis().saturating_mul(before);
        let ago = Span::millis(self.every.as_millis().saturating_mul(within).saturating_add(months));
        Scene {
            round: self.round.wrapping_sub(number),
            started_at: self.started_at.minus(ago),
            elapsed_for: Span::millis(self.elapsed_for.as_millis().saturating_add(ago.as_millis())),
            ..*self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EPOCH: Timestamp = Timestamp::from_millis(1_742_803_781_000);

    #[test]
    fn a_repeated_operation_begins_anew_at_the_end_of_each_period() {
        let rhythm = Rhythm::Again { every: Span::minutes(60), age: Span::minutes(50) };
        let at = |minutes| rhythm.at(EPOCH, EPOCH.plus(Span::minutes(minutes)));
        assert_eq!(at(0), (0, EPOCH.minus(Span::minutes(50)), Span::minutes(50)));
        assert_eq!(at(9), (0, EPOCH.minus(Span::minutes(50)), Span::minutes(59)));
        assert_eq!(at(10), (1, EPOCH.plus(Span::minutes(10)), Span::ZERO));
        assert_eq!(at(130), (3, EPOCH.plus(Span::minutes(130)), Span::ZERO));
    }

    #[test]
    fn an_operation_that_happens_once_only_grows_older() {
        let rhythm = Rhythm::Once { age: Span::hours(5) };
        assert_eq!(
            rhythm.at(EPOCH, EPOCH.plus(Span::hours(1))),
            (0, EPOCH.minus(Span::hours(5)), Span::hours(6))
        );
    }

    #[test]
    fn an_operation_of_the_past_keeps_its_round_and_its_start_however_many_come_after_it() {
        let rhythm = Rhythm::Again { every: Span::minutes(60), age: Span::minutes(50) };
        let at = |minutes| {
            let now = EPOCH.plus(Span::minutes(minutes));
            let (round, started_at, elapsed_for) = rhythm.at(EPOCH, now);
            let (every, offset) = (rhythm.every(), 0);
            Scene { seed: 1, id: "", name: "", region: "", offset, round, every, started_at, elapsed_for }
        };
        let told = |scene: Scene<'_>| (scene.round, scene.started_at);
        assert_eq!(told(at(10).earlier(1)), told(at(0)));
        assert_eq!(told(at(190).earlier(3)), told(at(10)));
        assert_eq!(told(at(190).earlier(5)), told(at(0).earlier(1)), "before the simulation");
        assert_eq!(at(0).earlier(1).started_at, at(0).started_at.minus(Span::hours(30 * 24)));
        assert_eq!(at(70).earlier(1).elapsed_for, Span::minutes(60));
    }
}
