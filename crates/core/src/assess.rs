//! Our judgement of what was seen, at one instant. The vendor's claim is `model::State`; where the two
//! disagree a finding says so.

mod completion;
mod estimate;
mod findings;
mod pace;

pub use completion::Completion;
pub use estimate::{Estimate, EstimateSource};
pub use findings::{Evidence, Finding, Level};
pub use pace::{Basis, LimitSource};

use crate::model::{Observation, Operation, Precheck, Span, State, Timestamp};
use crate::timeline::Timeline;

/// How a watched cluster is doing, the one that most needs a person first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    Failed,
    PartlyFailed,
    RolledBack,
    Stalled,
    /// We cannot see: answers fail. What was last seen is kept beside it.
    CannotSee,
    Slow,
    /// The vendor uses a word for the operation that no table of ours lists.
    Unrecognised,
    /// A pre-check says that the operation could not start.
    Refused,
    Running,
    Waiting,
    /// A pre-check says that the operation could start.
    Passed,
    Done,
    /// No operation is going on, and none was seen to end.
    Idle,
    /// The first answer is not here yet.
    Asking,
}

impl Verdict {
    /// Whether a person should look at it now.
    pub const fn needs_a_person(self) -> bool {
        matches!(
            self,
            Verdict::Failed
                | Verdict::PartlyFailed
                | Verdict::RolledBack
                | Verdict::Stalled
                | Verdict::CannotSee
                | Verdict::Unrecognised
        )
    }

    /// Whether an operation is under way.
    pub const fn is_live(self) -> bool {
        matches!(
            self,
            Verdict::Running | Verdict::Waiting | Verdict::Slow | Verdict::Stalled | Verdict::Unrecognised
        )
    }
}

/// What we make of a timeline at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    pub verdict: Verdict,
    /// Since when, as far as it is known.
    pub since: Option<Timestamp>,
    /// What the last good answer means, when `verdict` is `CannotSee`.
    pub last_seen: Option<Verdict>,
    /// What "slow" and "stalled" rest on.
    pub basis: Option<Basis>,
    pub completion: Completion,
    /// How long the operation has been going on, or took.
    pub elapsed_for: Option<Span>,
    /// How long work has been seen going on, while its beginning is not known: at least so long.
    pub seen_for: Option<Span>,
    pub estimate: Estimate,
    /// The most serious first.
    pub findings: Vec<Finding>,
}

/// Missed polls in a row before "we cannot see". One lost packet is nothing.
const MISSES_BEFORE_CANNOT_SEE: u32 = 2;

/// What a judgement rests on beside the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Circumstances {
    /// How far the vendor's clock is ahead of this device's; negative when it is behind.
    pub clock_offset: Span,
    /// How old the latest answer about an operation that goes on may be before we no longer see it. `None`: its
    /// age does not count, as in a replay.
    pub overdue_after: Option<Span>,
}

/// What `timeline` means at `now`, on the vendor's clock.
pub fn assess(timeline: &Timeline, circumstances: &Circumstances, now: Timestamp) -> Assessment {
    let latest = timeline.latest();
    let operation = timeline.operation();
    let completion = operation.map(Completion::of).unwrap_or_default();
    let basis = operation.and_then(|operation| pace::basis(timeline, operation, now));
    let seen = latest.map(|latest| judge(timeline, latest, basis.as_ref()));
    let outage = timeline.outage();
    let blind = outage.is_some_and(|outage| {
        outage.count >= MISSES_BEFORE_CANNOT_SEE || !outage.error.kind.may_heal() || seen.is_none()
    });
    let verdict = if blind { Verdict::CannotSee } else { seen.unwrap_or(Verdict::Asking) };
    let since = match verdict {
        Verdict::CannotSee => outage.map(|outage| outage.since),
        Verdict::Slow | Verdict::Stalled | Verdict::Unrecognised => timeline.unchanged_since(),
        Verdict::Running | Verdict::Waiting => operation.and_then(|operation| began_at(timeline, operation)),
        _ => operation.and_then(|operation| ended_at(timeline, operation)),
    };
    Assessment {
        verdict,
        since,
        last_seen: if blind { seen } else { None },
        basis: basis.filter(|_| matches!(verdict, Verdict::Slow | Verdict::Stalled)),
        completion,
        elapsed_for: operation.and_then(|operation| elapsed(timeline, operation, now)),
        seen_for: operation
            .filter(|operation| !operation.state.is_over() && began_at(timeline, operation).is_none())
            .and(timeline.first_seen_at())
            .map(|at| now.since(at)),
        estimate: operation.map_or(Estimate::None, |operation| {
            if seen.is_some_and(Verdict::is_live) {
                estimate::estimate(operation, now)
            } else {
                Estimate::None
            }
        }),
        findings: findings::find(timeline, circumstances, now),
    }
}

/// The verdict on the latest good answer.
fn judge(timeline: &Timeline, latest: &Observation, basis: Option<&Basis>) -> Verdict {
    if let Some(precheck) = &latest.precheck {
        return match precheck {
            Precheck::Passed => Verdict::Passed,
            Precheck::Refused { .. } => Verdict::Refused,
            Precheck::Unclear { .. } => Verdict::Unrecognised,
        };
    }
    let Some(operation) = &latest.operation else { return Verdict::Idle };
    match operation.state {
        State::Failed => Verdict::Failed,
        State::PartiallySucceeded => Verdict::PartlyFailed,
        State::RolledBack => Verdict::RolledBack,
        State::Unknown => Verdict::Unrecognised,
        // An operation of which a vendor shows only colours leaves no trace: all green without having been seen
        // at work says that nothing is going on, not that something ended well.
        State::Succeeded if operation.shows_only_colours() && !timeline.saw_work() => Verdict::Idle,
        State::Succeeded => Verdict::Done,
        // How long an unknown word may take is unknown too, so that it is not called slow or stalled.
        State::Pending | State::Running if only_unknown_work(operation) => Verdict::Unrecognised,
        State::Pending | State::Running => match basis {
            Some(basis) if basis.is_stalled() => Verdict::Stalled,
            Some(basis) if basis.is_slow() => Verdict::Slow,
            _ if operation.state == State::Pending => Verdict::Waiting,
            _ => Verdict::Running,
        },
    }
}

/// Whether the only nodes that are neither done nor waiting are in a state whose word we do not know.
fn only_unknown_work(operation: &Operation) -> bool {
    let counts = Completion::of(operation);
    counts.unknown > 0 && counts.active == 0
}

/// When the operation began: as the vendor says, else as it was seen here.
fn began_at(timeline: &Timeline, operation: &Operation) -> Option<Timestamp> {
    let reported = operation.started_at.as_ref().map(|time| time.at);
    reported.or_else(|| timeline.work_began_at())
}

/// When the operation ended: as the vendor says, else with the latest change that it reports, else with the
/// latest one that was seen here.
fn ended_at(timeline: &Timeline, operation: &Operation) -> Option<Timestamp> {
    let nodes = operation.nodes.iter().filter_map(|node| node.updated_at.as_ref());
    let steps = operation.steps.iter().filter_map(|step| step.ended_at.as_ref());
    let reported = operation.ended_at.as_ref().or_else(|| nodes.chain(steps).max_by_key(|time| time.at));
    let seen = || timeline.transitions().last().map(|transition| transition.until);
    reported.map(|time| time.at).or_else(seen)
}

/// How long the operation has been going on, or took; nothing when that is less than a second, which no
/// operation is.
fn elapsed(timeline: &Timeline, operation: &Operation, now: Timestamp) -> Option<Span> {
    let ended_at = if operation.state.is_over() { ended_at(timeline, operation)? } else { now };
    let elapsed_for = ended_at.since(began_at(timeline, operation)?);
    (elapsed_for >= Span::seconds(1)).then_some(elapsed_for)
}

#[cfg(test)]
mod tests;
