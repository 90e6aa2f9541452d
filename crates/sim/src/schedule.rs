//! When what happens within one operation: nodes take turns, and a turn goes through steps.

use crate::random::Random;
use rollwatch_core::model::Span;

/// A piece of work with its place in time, counted from the start of the operation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Work {
    pub begins_after: Span,
    pub ends_after: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    Waiting,
    Running,
    Done,
}

impl Work {
    pub fn progress(&self, elapsed_for: Span) -> Progress {
        if elapsed_for >= self.ends_after {
            Progress::Done
        } else if elapsed_for >= self.begins_after {
            Progress::Running
        } else {
            Progress::Waiting
        }
    }
}

/// What one node, or one batch of nodes, goes through.
#[derive(Debug, Clone)]
pub(crate) struct Turn {
    /// Which node or batch, counted from 0. One that is taken up once more has a further turn.
    pub unit: usize,
    pub whole: Work,
    /// Those after the step in which the turn breaks off never begin.
    pub steps: Vec<Work>,
    /// The step in which it breaks off, where it does.
    pub breaks_off_in: Option<usize>,
    /// How it fails, where it does; it then lies still until its end.
    pub failure: Option<Failure>,
}

/// A turn that fails and is taken once more later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Failure {
    /// How long after the start of the operation.
    pub after: Span,
    /// What the vendor says from then on.
    pub word: &'static str,
}

/// Where an operation stops moving: at the beginning of a step of a turn, both counted from 0.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stop {
    pub turn: usize,
    pub step: usize,
    /// What the vendor then says; `None` where it goes on saying that the step runs.
    pub word: Option<&'static str>,
}

/// What does not go its usual way. Turns, steps and nodes are counted from 0.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Incident {
    /// A step takes so long, and nothing tells why.
    Long { turn: usize, step: usize, takes: Span },
    /// Every step of a turn takes so many times as long.
    Slow { turn: usize, times: i64 },
    /// A step fails, nothing happens for a while, and then the turn is taken once more from its first step.
    Retry { turn: usize, step: usize, word: &'static str, failed_for: Span },
    /// After a step, a node that was done is taken up once more; the turn that this breaks off comes again after it.
    Back { turn: usize, step: usize, to: usize },
}

/// How far the length of a step may be from its usual one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spread {
    /// From three quarters to five quarters of it.
    Even,
    /// The same, but that one step in twenty takes up to two and a half times as long.
    Tailed,
}

impl Spread {
    fn draw(self, random: &mut Random) -> f64 {
        let usual = random.between(0.75, 1.25);
        match self {
            Spread::Even => usual,
            Spread::Tailed if random.between(0.0, 1.0) < 0.05 => random.between(1.25, 2.5),
            Spread::Tailed => usual,
        }
    }
}

/// What an operation is made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout<'a> {
    /// How long after its start the first turn begins.
    pub lead_for: Span,
    pub turns: usize,
    /// The usual seconds of each step of a turn.
    pub steps: &'a [i64],
    pub spread: Spread,
    pub incident: Option<Incident>,
}

impl<'a> Layout<'a> {
    /// An operation that goes its usual way.
    pub fn of(lead_for: Span, turns: usize, steps: &'a [i64]) -> Self {
        Layout { lead_for, turns, steps, spread: Spread::Even, incident: None }
    }

    /// Which unit each turn is about, and in which step it breaks off.
    fn itinerary(&self) -> Vec<(usize, Option<usize>)> {
        let turn = |turn: usize| match self.incident {
            Some(Incident::Retry { turn: at, step, .. }) if at == turn => {
                vec![(turn, Some(step)), (turn, None)]
            }
            Some(Incident::Back { turn: at, step, to }) if at == turn => {
                vec![(turn, Some(step)), (to, None), (turn, None)]
            }
            _ => vec![(turn, None)],
        };
        (0..self.turns).flat_map(turn).collect()
    }

    /// How long a step takes.
    fn length(&self, random: &mut Random, turn: usize, step: usize, seconds: i64) -> Span {
        let drawn = Span::seconds(seconds).scaled(self.spread.draw(random));
        match self.incident {
            Some(Incident::Long { turn: at, step: of, takes }) if (at, of) == (turn, step) => takes,
            Some(Incident::Slow { turn: at, times }) if at == turn => Span::millis(drawn.as_millis() * times),
            _ => drawn,
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Schedule {
    pub turns: Vec<Turn>,
    pub ends_after: Span,
}

/// Lays out turns one after another.
pub(crate) fn schedule(random: &mut Random, layout: &Layout<'_>) -> Schedule {
    let mut at = layout.lead_for;
    let turn = |(unit, breaks_off_in): (usize, Option<usize>)| {
        let begins_after = at;
        let mut steps = Vec::new();
        for (step, seconds) in layout.steps.iter().enumerate() {
            if breaks_off_in.is_some_and(|last| step > last) {
                steps.push(NEVER);
                continue;
            }
            let begins_after = at;
            at = plus(at, layout.length(random, unit, step, *seconds));
            steps.push(Work { begins_after, ends_after: at });
        }
        let failure = match layout.incident {
            Some(Incident::Retry { word, failed_for, .. }) if breaks_off_in.is_some() => {
                let after = at;
                at = plus(at, failed_for);
                Some(Failure { after, word })
            }
            _ => None,
        };
        Turn { unit, whole: Work { begins_after, ends_after: at }, steps, breaks_off_in, failure }
    };
    let turns: Vec<Turn> = layout.itinerary().into_iter().map(turn).collect();
    Schedule { turns, ends_after: at }
}

/// Work that is never reached.
const NEVER: Work = Work { begins_after: Span::millis(i64::MAX), ends_after: Span::millis(i64::MAX) };

impl Turn {
    /// How far this turn has brought its node. One that broke off has brought it nowhere.
    pub fn progress(&self, reached: Span) -> Progress {
        match self.whole.progress(reached) {
            Progress::Done if self.breaks_off_in.is_some() => Progress::Waiting,
            progress => progress,
        }
    }
}

impl Schedule {
    /// How far the operation has come when it has been going for `elapsed_for`: all the way, unless it stops.
    pub fn reached(&self, elapsed_for: Span, stop: Option<Stop>) -> Span {
        let limit = stop.and_then(|stop| self.turns.get(stop.turn)?.steps.get(stop.step));
        limit.map_or(elapsed_for, |step| elapsed_for.min(step.begins_after))
    }

    /// The turn that is running, or lies still after it failed.
    pub fn running(&self, reached: Span) -> Option<&Turn> {
        self.turns.iter().find(|turn| turn.whole.progress(reached) == Progress::Running)
    }

    /// The turn of a node or batch that counts: its latest one that has begun, else its first.
    pub fn turn_of(&self, unit: usize, reached: Span) -> Option<&Turn> {
        let own = || self.turns.iter().filter(|turn| turn.unit == unit);
        let begun = |turn: &&Turn| turn.whole.progress(reached) != Progress::Waiting;
        own().rfind(begun).or_else(|| own().next())
    }

    /// The turn of every node or batch that counts, in their order.
    pub fn turns_of(&self, units: usize, reached: Span) -> impl Iterator<Item = &Turn> {
        (0..units).filter_map(move |unit| self.turn_of(unit, reached))
    }

    /// The failure in which the operation lies.
    pub fn failure(&self, reached: Span) -> Option<Failure> {
        self.running(reached)?.failure.filter(|failure| reached >= failure.after)
    }

    /// How many times the operation was set going: once, and once more after every failure.
    pub fn attempts(&self, reached: Span) -> usize {
        let over = |turn: &&Turn| turn.failure.is_some() && reached >= turn.whole.ends_after;
        1 + self.turns.iter().filter(over).count()
    }
}

pub(crate) fn plus(first: Span, second: Span) -> Span {
    Span::millis(first.as_millis().saturating_add(second.as_millis()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [i64; 2] = [60, 120];

    fn example() -> Schedule {
        schedule(&mut Random::of(1, "example", 0), &usual())
    }

    fn usual() -> Layout<'static> {
        Layout::of(Span::seconds(30), 3, &STEPS)
    }

    fn with(incident: Incident) -> Schedule {
        schedule(&mut Random::of(1, "example", 0), &Layout { incident: Some(incident), ..usual() })
    }

    fn unit(turn: Option<&Turn>) -> Option<usize> {
        turn.map(|turn| turn.unit)
    }

    #[test]
    fn turns_follow_each_other_without_a_gap() {
        let schedule = example();
        assert_eq!(schedule.turns[0].whole.begins_after, Span::seconds(30));
        for pair in schedule.turns.windows(2) {
            assert_eq!(pair[0].whole.ends_after, pair[1].whole.begins_after);
        }
        assert_eq!(schedule.turns[2].whole.ends_after, schedule.ends_after);
        assert_eq!(unit(schedule.running(Span::seconds(29))), None);
        assert_eq!(unit(schedule.running(Span::seconds(30))), Some(0));
        assert_eq!(unit(schedule.running(schedule.ends_after)), None);
    }

    #[test]
    fn a_stopped_operation_stays_in_the_step_where_it_stops() {
        let schedule = example();
        let stop = Some(Stop { turn: 1, step: 1, word: None });
        let reached = schedule.reached(Span::hours(9), stop);
        assert_eq!(reached, schedule.turns[1].steps[1].begins_after);
        assert_eq!(schedule.turns[1].steps[1].progress(reached), Progress::Running);
        assert_eq!(schedule.reached(Span::seconds(10), stop), Span::seconds(10));
    }

    #[test]
    fn a_turn_that_failed_lies_still_and_is_taken_once_more() {
        let failed_for = Span::minutes(9);
        let schedule = with(Incident::Retry { turn: 1, step: 0, word: "FAILED", failed_for });
        assert_eq!(schedule.turns.iter().map(|turn| turn.unit).collect::<Vec<_>>(), [0, 1, 1, 2]);
        let [_, first, second, _] = &schedule.turns[..] else { panic!("four turns") };
        let failed_after = first.steps[0].ends_after;
        assert_eq!(first.failure, Some(Failure { after: failed_after, word: "FAILED" }));
        assert_eq!(second.whole.begins_after, plus(failed_after, failed_for));
        assert_eq!(schedule.failure(failed_after), first.failure);
        assert_eq!(first.steps[1].progress(failed_after), Progress::Waiting);
        assert_eq!((schedule.attempts(failed_after), schedule.failure(second.whole.begins_after)), (1, None));
        assert_eq!(schedule.attempts(second.whole.begins_after), 2);
        let again = schedule.turn_of(1, second.whole.begins_after).expect("a turn");
        assert_eq!(again.progress(second.whole.begins_after), Progress::Running);
    }

    #[test]
    fn a_node_that_is_taken_up_once_more_is_not_done_and_neither_is_the_one_it_breaks_in_on() {
        let schedule = with(Incident::Back { turn: 2, step: 0, to: 0 });
        assert_eq!(schedule.turns.iter().map(|turn| turn.unit).collect::<Vec<_>>(), [0, 1, 2, 0, 2]);
        let at = |turn: usize| {
            let reached = schedule.turns[turn].whole.begins_after;
            schedule.turns_of(3, reached).map(|turn| turn.progress(reached)).collect::<Vec<_>>()
        };
        use Progress::{Done, Running, Waiting};
        assert_eq!(at(2), [Done, Done, Running]);
        assert_eq!(at(3), [Running, Done, Waiting]);
        assert_eq!(at(4), [Done, Done, Running]);
        let end = schedule.ends_after;
        assert!(schedule.turns_of(3, end).all(|turn| turn.progress(end) == Done));
    }

    #[test]
    fn a_long_step_and_a_slow_turn_put_off_what_comes_after_them() {
        let usual = example();
        let long = with(Incident::Long { turn: 1, step: 1, takes: Span::hours(5) });
        assert_eq!(long.turns[1].steps[0].ends_after, usual.turns[1].steps[0].ends_after);
        let step = long.turns[1].steps[1];
        assert_eq!(step.ends_after, plus(step.begins_after, Span::hours(5)));
        assert_eq!(long.turns[2].whole.begins_after, step.ends_after);
        let length = |turn: &Turn| turn.whole.ends_after.as_millis() - turn.whole.begins_after.as_millis();
        let slow = with(Incident::Slow { turn: 1, times: 5 });
        assert_eq!(length(&slow.turns[1]), 5 * length(&usual.turns[1]));
        assert_eq!(length(&slow.turns[2]), length(&usual.turns[2]));
    }

    #[test]
    fn one_step_in_twenty_takes_much_longer_where_the_spread_has_a_tail() {
        let mut random = Random::of(1, "spread", 0);
        let drawn: Vec<f64> = (0..10_000).map(|_| Spread::Tailed.draw(&mut random)).collect();
        assert!(drawn.iter().all(|factor| (0.75..2.5).contains(factor)));
        let late = drawn.iter().filter(|factor| **factor >= 1.25).count();
        assert!((400..600).contains(&late), "{late} of 10,000");
        assert!(drawn.iter().any(|factor| *factor > 2.3));
        assert!((0..10_000).all(|_| (0.75..1.25).contains(&Spread::Even.draw(&mut random))));
    }
}
