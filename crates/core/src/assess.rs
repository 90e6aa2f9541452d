//! Our judgement of what was seen, at one instant. The vendor's claim is `model::State`; where the two
//! disagree a finding says so.

mod completion;
mod documented;
mod estimate;
mod findings;
mod impact;
mod limits;
mod service;
mod usual;
mod work;

pub use completion::Completion;
pub use estimate::{Estimate, EstimateSource};
pub use findings::{Evidence, Finding, Level};
pub use impact::Impact;
pub use limits::{Basis, LimitSource};
pub use usual::Experience;

use crate::model::{NodeRole, Observation, Operation, OperationKind, Precheck, Span, State, Timestamp};
use crate::timeline::{Outage, Timeline};

/// How a watched cluster is doing, the one that most needs a person first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    Failed,
    PartlyFailed,
    /// The vendor is taking the operation back.
    RollingBack,
    RolledBack,
    Stalled,
    /// We cannot see: answers fail, or none has come for too long. What was last seen is kept beside it.
    CannotSee,
    /// An upgrade ended well by the vendor's word, and not every node was changed.
    DoneMixed,
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
                | Verdict::RollingBack
                | Verdict::RolledBack
                | Verdict::Stalled
                | Verdict::CannotSee
                | Verdict::DoneMixed
                | Verdict::Unrecognised
        )
    }

    /// Whether an operation is under way.
    pub const fn is_live(self) -> bool {
        matches!(
            self,
            Verdict::RollingBack
                | Verdict::Running
                | Verdict::Waiting
                | Verdict::Slow
                | Verdict::Stalled
                | Verdict::Unrecognised
        )
    }
}

/// Why we do not see how a cluster is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Blind {
    /// The latest polls failed.
    Failing,
    /// No poll failed, and none has brought an answer since this instant: nobody asked, as when a device sleeps.
    Silent { since: Timestamp },
}

/// What we make of a timeline at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    pub verdict: Verdict,
    /// Since when, as far as it is known.
    pub since: Option<Timestamp>,
    /// What the last good answer meant when it came, while `verdict` is `CannotSee`, or `Asking` after a page was
    /// opened again.
    pub last_seen: Option<Verdict>,
    /// Why, when `verdict` is `CannotSee`.
    pub blind: Option<Blind>,
    /// What "slow" and "stalled" rest on; `None` when nothing goes on that has a limit, and while we cannot see.
    pub basis: Option<Basis>,
    /// What is hurt now, or was at the last good answer.
    pub impact: Option<Impact>,
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
    let blind = blind(timeline, circumstances, now);
    let asking = timeline.reopened_at().is_some() && blind.is_none();
    // What nobody sees does not become slow: the last good answer means what it meant when it came.
    let judged_at = match latest {
        Some(latest) if blind.is_some() || asking => latest.observed_at,
        _ => now,
    };
    let (seen, basis) = match latest {
        Some(latest) => judge(timeline, latest, judged_at),
        None => (Verdict::Asking, None),
    };
    // How long a roll-back takes is told by nothing.
    let live = operation.filter(|_| seen.is_live() && seen != Verdict::RollingBack);
    let estimate = live.map_or(Estimate::None, |operation| estimate::estimate(timeline, operation, now));
    let last_seen = latest.and((blind.is_some() || asking).then_some(seen));
    let verdict = match blind {
        Some(_) => Verdict::CannotSee,
        None if asking => Verdict::Asking,
        None => seen,
    };
    let since = match (verdict, blind) {
        (Verdict::CannotSee, Some(Blind::Silent { since })) => Some(since),
        (Verdict::CannotSee, _) => timeline.outage().map(|outage| outage.since),
        (Verdict::Asking, _) => None,
        (Verdict::Slow, _) if basis.as_ref().is_some_and(|basis| !basis.is_late()) => {
            estimate.past_for().map(|past_for| now.minus(past_for))
        }
        (Verdict::Slow | Verdict::Stalled | Verdict::Unrecognised, _) => timeline.unchanged_since(),
        (Verdict::Running | Verdict::Waiting | Verdict::RollingBack, _) => {
            operation.and_then(|o| began_at(timeline, o))
        }
        _ => operation.and_then(|operation| ended_at(timeline, operation)),
    };
    let impact = impact::impact(timeline, now);
    Assessment {
        verdict,
        since,
        last_seen,
        blind,
        basis: basis.filter(|_| last_seen.is_none()),
        completion: operation.map(Completion::of).unwrap_or_default(),
        elapsed_for: operation.and_then(|operation| elapsed(timeline, operation, now)),
        seen_for: operation
            .filter(|operation| !operation.state.is_over() && began_at(timeline, operation).is_none())
            .and(timeline.first_seen_at())
            .map(|at| now.since(at)),
        estimate,
        findings: findings::find(timeline, circumstances, impact.as_ref(), now),
        impact,
    }
}

/// Why we do not see; `None` while we do, and while the first answer may still come.
fn blind(timeline: &Timeline, circumstances: &Circumstances, now: Timestamp) -> Option<Blind> {
    let outage = timeline.outage();
    let silent_since = circumstances.overdue_after.and_then(|overdue_after| {
        let goes_on = timeline.operation().is_some_and(|operation| !operation.state.is_over());
        // After a page was opened again an answer is due a while after that, whatever is known from before.
        let due_since = timeline.reopened_at().into_iter().chain(latest_at(timeline)).max()?;
        (goes_on && now.since(due_since) > overdue_after).then(|| latest_at(timeline))?
    });
    // One request that was on its way when the device fell asleep comes to nothing, and says nothing else.
    let overslept = outage.is_none_or(Outage::is_single_timeout);
    match (outage, silent_since) {
        (_, Some(since)) if overslept => Some(Blind::Silent { since }),
        (_, Some(_)) => Some(Blind::Failing),
        (Some(outage), None) => {
            let lasting = outage.count >= MISSES_BEFORE_CANNOT_SEE || !outage.error.kind.may_heal();
            (lasting || timeline.latest().is_none()).then_some(Blind::Failing)
        }
        (None, None) => None,
    }
}

fn latest_at(timeline: &Timeline) -> Option<Timestamp> {
    timeline.latest().map(|latest| latest.observed_at)
}

/// The verdict on the latest good answer as it is at `now`, and what it rests on where time decides.
fn judge(timeline: &Timeline, latest: &Observation, now: Timestamp) -> (Verdict, Option<Basis>) {
    if let Some(precheck) = &latest.precheck {
        let verdict = match precheck {
            Precheck::Passed => Verdict::Passed,
            Precheck::Refused { .. } => Verdict::Refused,
            Precheck::Unclear { .. } => Verdict::Unrecognised,
        };
        return (verdict, None);
    }
    let Some(operation) = &latest.operation else { return (Verdict::Idle, None) };
    let verdict = match operation.state {
        State::Failed => Verdict::Failed,
        State::PartiallySucceeded => Verdict::PartlyFailed,
        State::RolledBack => Verdict::RolledBack,
        State::Unknown => Verdict::Unrecognised,
        // An operation of which a vendor shows only colours leaves no trace: all green without having been seen
        // at work says that nothing is going on, not that something ended well.
        State::Succeeded if operation.shows_only_colours() && !timeline.saw_work() => Verdict::Idle,
        State::Succeeded if mixes_versions(operation).is_some() => Verdict::DoneMixed,
        State::Succeeded => Verdict::Done,
        // How long an unknown word may take is unknown too, so that it is not called slow or stalled.
        State::Pending | State::Running if only_unknown_work(operation) => Verdict::Unrecognised,
        State::Pending | State::Running => {
            if findings::rolls_back(timeline, operation) {
                return (Verdict::RollingBack, None);
            }
            // What a pause has cost is told as a pause, and does not make slow what goes on again.
            let paused_for: i64 = timeline.pauses().iter().map(|p| p.until.since(p.from).as_millis()).sum();
            let past_for = estimate::estimate(timeline, operation, now).past_for();
            let past_estimate = past_for.is_some_and(|past_for| past_for.as_millis() > paused_for);
            let basis = limits::basis(timeline, operation, past_estimate, now);
            let verdict = match &basis {
                Some(basis) if basis.is_stalled() => Verdict::Stalled,
                Some(basis) if basis.is_slow() => Verdict::Slow,
                _ if operation.state == State::Pending => Verdict::Waiting,
                _ => Verdict::Running,
            };
            return (verdict, basis);
        }
    };
    (verdict, None)
}

/// How many nodes of how many were changed, when an upgrade is over and left some as they were. A restart or a
/// move to another zone changes no version, and Hologres upgrades its instances as one.
fn mixes_versions(operation: &Operation) -> Option<(usize, usize)> {
    let counts = Completion::of(operation);
    let (done, total) = (counts.done, counts.total());
    let as_one = |role: NodeRole| matches!(role, NodeRole::Leader | NodeRole::Follower);
    let node_by_node = !operation.nodes.iter().any(|node| as_one(node.role));
    let ended = match operation.state {
        State::Succeeded => counts.waiting + counts.failed + counts.rolled_back > 0,
        State::Failed | State::PartiallySucceeded => done > 0 && done < total,
        _ => false,
    };
    (operation.kind == OperationKind::Upgrade && node_by_node && ended).then_some((done, total))
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
