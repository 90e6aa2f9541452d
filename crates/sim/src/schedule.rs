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
    pub whole: Work,
    pub steps: Vec<Work>,
}

/// Where an operation stops moving: at the beginning of a step of a turn, both counted from 0.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stop {
    pub turn: usize,
    pub step: usize,
    /// What the vendor then says; `None` where it goes on saying that the step runs.
    pub word: Option<&'static str>,
}

#[derive(Debug, Clone)]
pub(crate) struct Schedule {
    pub turns: Vec<Turn>,
    pub ends_after: Span,
}

/// Lays out `turns` turns one after another, the first after `lead_for`. Each goes through steps of about the
/// given seconds, from three quarters to five quarters of them.
pub(crate) fn schedule(random: &mut Random, lead_for: Span, turns: usize, steps: &[i64]) -> Schedule {
    let mut at = lead_for;
    let mut work = |seconds: i64| {
        let begins_after = at;
        at = plus(at, Span::seconds(seconds).scaled(random.between(0.75, 1.25)));
        Work { begins_after, ends_after: at }
    };
    let turn = |_| {
        let steps: Vec<Work> = steps.iter().map(|seconds| work(*seconds)).collect();
        let begins_after = steps.first().map_or(Span::ZERO, |step| step.begins_after);
        let ends_after = steps.last().map_or(Span::ZERO, |step| step.ends_after);
        Turn { whole: Work { begins_after, ends_after }, steps }
    };
    let turns: Vec<Turn> = (0..turns).map(turn).collect();
    Schedule { turns, ends_after: at }
}

impl Schedule {
    /// How far the operation has come when it has been going for `elapsed_for`: all the way, unless it stops.
    pub fn reached(&self, elapsed_for: Span, stop: Option<Stop>) -> Span {
        let limit = stop.and_then(|stop| self.turns.get(stop.turn)?.steps.get(stop.step));
        limit.map_or(elapsed_for, |step| elapsed_for.min(step.begins_after))
    }

    /// The number of the turn that is running, and the turn.
    pub fn running(&self, reached: Span) -> Option<(usize, &Turn)> {
        self.turns.iter().enumerate().find(|(_, turn)| turn.whole.progress(reached) == Progress::Running)
    }
}

pub(crate) fn plus(first: Span, second: Span) -> Span {
    Span::millis(first.as_millis().saturating_add(second.as_millis()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Schedule {
        schedule(&mut Random::of(1, "example", 0), Span::seconds(30), 3, &[60, 120])
    }

    #[test]
    fn turns_follow_each_other_without_a_gap() {
        let schedule = example();
        assert_eq!(schedule.turns[0].whole.begins_after, Span::seconds(30));
        for pair in schedule.turns.windows(2) {
            assert_eq!(pair[0].whole.ends_after, pair[1].whole.begins_after);
        }
        assert_eq!(schedule.turns[2].whole.ends_after, schedule.ends_after);
        assert_eq!(schedule.running(Span::seconds(29)).map(|(index, _)| index), None);
        assert_eq!(schedule.running(Span::seconds(30)).map(|(index, _)| index), Some(0));
        assert_eq!(schedule.running(schedule.ends_after).map(|(index, _)| index), None);
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
}
