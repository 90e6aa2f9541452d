//! What a person should know beyond the verdict, each with its evidence.

mod answer;
mod course;
mod longer;

pub(super) use course::rolls_back;

use super::Circumstances;
use super::impact::Impact;
use crate::model::{NodeRole, Span, State, Timestamp, Warning, Zone};
use crate::timeline::{GapCause, Timeline, When};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Something is broken.
    Bad,
    /// Something does not fit together.
    Odd,
    /// Good to know when reading the rest.
    Note,
}

/// The facts that a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// The vendor's summary of a group says one thing, its nodes another.
    SummaryDisagrees {
        role: NodeRole,
        summary: String,
        operating: u32,
        total: u32,
        not_well: usize,
    },
    /// The vendor calls the operation finished although it reports a failure.
    FinishedButFailed {
        status: String,
        reported: String,
    },
    NodeFailed {
        node: String,
        word: String,
    },
    StepFailed {
        node: String,
        step: String,
    },
    /// The vendor's own code for how the operation ended.
    Reported {
        code: String,
    },
    /// The end state mixes versions.
    MixedVersions {
        done: usize,
        total: usize,
    },
    /// The vendor takes the operation back, or has done so. `word` is its own for that; empty when it has none.
    RollingBack {
        over: bool,
        word: String,
    },
    /// A node that was done waits or is at work again.
    NodeWentBack {
        node: String,
        to: State,
    },
    /// A node was worked on again after it had failed; so many turns in all.
    NodeRetried {
        node: String,
        turns: usize,
    },
    /// The vendor has run the whole task so many times.
    TaskRetried {
        attempts: u32,
    },
    /// A step, or a node's whole turn when `step` is `None`, took several times the usual.
    TookLonger {
        node: String,
        step: Option<String>,
        took_for: Span,
        usual_for: Span,
        goes_on: bool,
    },
    /// The operation is prepared, and has to be started before this.
    PreparationExpires {
        until: Timestamp,
    },
    /// The operation is prepared, and had to be started before this.
    PreparationOver {
        until: Timestamp,
    },
    Warned(Warning),
    /// The vendor's clock is so far ahead of this device's; negative when it is behind.
    ClockOff {
        offset: Span,
    },
    /// The nodes came in another order than before.
    OrderChanged,
    /// Nobody watched for so long in all, so many times, the latest for this reason.
    NotWatched {
        missed_for: Span,
        gaps: usize,
        cause: GapCause,
    },
    /// Nothing changed for so long until it went on; so many such pauses in all, this is the longest.
    Paused {
        paused_for: Span,
        pauses: usize,
    },
    /// Times come without a zone. This is the zone that was taken for them, and on what ground.
    ZoneNotStated {
        zone: Zone,
    },
    /// The vendor numbers its steps and lists only these of them.
    StepGaps {
        node: String,
        listed: Vec<i64>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    pub level: Level,
    pub evidence: Evidence,
    /// Since when it is so, or when it happened, as far as that is known.
    pub since: Option<When>,
    /// What is hurt now, for what may hurt and goes on.
    pub impact: Option<Impact>,
}

/// Findings as they are collected.
#[derive(Default)]
struct Found(Vec<Finding>);

impl Found {
    fn add(&mut self, level: Level, evidence: Evidence, since: Option<When>) {
        self.0.push(Finding { level, evidence, since, impact: None });
    }
}

/// Everything that is to be said of the latest good answer, and of how it came to it, at `now`, the most serious
/// first.
pub(super) fn find(
    timeline: &Timeline,
    circumstances: &Circumstances,
    impact: Option<&Impact>,
    now: Timestamp,
) -> Vec<Finding> {
    let mut found = Found::default();
    if let Some(latest) = timeline.latest() {
        answer::find(timeline, latest, &mut found);
        if let Some(operation) = &latest.operation {
            course::find(timeline, operation, now, &mut found);
            longer::find(timeline, operation, now, &mut found);
        }
        answer::reservations(latest, &mut found);
    }
    if circumstances.clock_offset.abs() > CLOCK_OFF_FROM {
        found.add(Level::Odd, Evidence::ClockOff { offset: circumstances.clock_offset }, None);
    }
    let hurts = impact.filter(|impact| impact.hurts());
    for finding in found.0.iter_mut().filter(|finding| may_hurt(&finding.evidence)) {
        finding.impact = hurts.cloned();
    }
    // A stable sort: what was found first stays first within its level.
    found.0.sort_by_key(|finding| finding.level);
    found.0
}

/// From here on a difference between two clocks is worth mending.
const CLOCK_OFF_FROM: Span = Span::seconds(60);

/// Whether somebody who reads this asks at once what it means for those who use the cluster.
const fn may_hurt(evidence: &Evidence) -> bool {
    match evidence {
        Evidence::NodeFailed { .. }
        | Evidence::StepFailed { .. }
        | Evidence::RollingBack { over: false, .. } => true,
        Evidence::TookLonger { goes_on, .. } => *goes_on,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
