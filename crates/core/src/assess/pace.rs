//! When "nothing has changed" is too long.
//!
//! A limit comes from the vendor's documents where they give one, else from the pace of the nodes that are
//! done, else from a default. Whatever it is, the card prints it.

use crate::model::{NodeRole, Operation, OperationKind, Span, State, Step, Timestamp};
use crate::timeline::Timeline;

/// Where a limit comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitSource {
    /// The vendor documents that this step may take so long.
    Documented,
    /// The nodes that are done took `usual_for` each.
    Pace { usual_for: Span, nodes: usize },
    /// Nothing better is known.
    Default,
}

/// What "slow" and "stalled" rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis {
    pub unchanged_for: Span,
    pub slow_after: Span,
    pub stalled_after: Span,
    pub source: LimitSource,
}

impl Basis {
    pub fn is_slow(&self) -> bool {
        self.unchanged_for > self.slow_after
    }

    pub fn is_stalled(&self) -> bool {
        self.unchanged_for > self.stalled_after
    }
}

/// Huawei ends a data migration that takes longer than this; until then it is legal.
const HUAWEI_MIGRATION_LIMIT: Span = Span::hours(48);
/// Hologres documents a preparation of one to three hours.
const HOLOGRES_PREPARATION: (Span, Span) = (Span::hours(3), Span::hours(6));
/// Hologres documents a hot upgrade of ten to thirty minutes.
const HOLOGRES_UPGRADE: (Span, Span) = (Span::minutes(30), Span::minutes(60));
/// An operation that was accepted and has not begun. NAVER and Huawei document nothing about it.
const NOT_BEGUN: (Span, Span) = (Span::hours(1), Span::hours(4));
const DEFAULT: (Span, Span) = (Span::minutes(30), Span::minutes(90));
/// Limits from pace are never tighter than this: a small cluster restarts a node in seconds.
const FLOOR: (Span, Span) = (Span::minutes(10), Span::minutes(15));

/// The limits that apply to what is going on now; `None` when nothing is.
pub(super) fn basis(timeline: &Timeline, operation: &Operation, now: Timestamp) -> Option<Basis> {
    // What is prepared waits for a person, who may take days.
    if operation.state.is_over() || operation.state == State::Unknown || operation.valid_until.is_some() {
        return None;
    }
    let unchanged_for = now.since(timeline.unchanged_since()?);
    let (slow_after, stalled_after, source) = limits(operation);
    Some(Basis { unchanged_for, slow_after, stalled_after, source })
}

fn limits(operation: &Operation) -> (Span, Span, LimitSource) {
    if is_hologres(operation) {
        let (slow, stalled) =
            if operation.state == State::Pending { HOLOGRES_PREPARATION } else { HOLOGRES_UPGRADE };
        return (slow, stalled, LimitSource::Documented);
    }
    if operation.state == State::Pending {
        return (NOT_BEGUN.0, NOT_BEGUN.1, LimitSource::Default);
    }
    let migrating = running_steps(operation).any(is_data_migration);
    match pace(operation) {
        Some((usual_for, nodes)) => {
            let slow = usual_for.scaled(2.0).max(FLOOR.0);
            let stalled = if migrating { HUAWEI_MIGRATION_LIMIT } else { usual_for.scaled(3.0).max(FLOOR.1) };
            (slow, stalled, LimitSource::Pace { usual_for, nodes })
        }
        None if migrating => (Span::hours(2), HUAWEI_MIGRATION_LIMIT, LimitSource::Documented),
        None => (DEFAULT.0, DEFAULT.1, LimitSource::Default),
    }
}

/// The average time per finished node and how many are finished: from the start to the moment at which the
/// nodes now at work began.
pub(super) fn pace(operation: &Operation) -> Option<(Span, usize)> {
    let done: Vec<_> = operation.nodes.iter().filter(|node| node.state == State::Succeeded).collect();
    let started_at = operation.started_at.as_ref()?.at;
    let finished_at = done
        .iter()
        .filter_map(|node| node.updated_at.as_ref().map(|time| time.at))
        .max()
        .or_else(|| running_steps_begin(operation))?;
    let count = i64::try_from(done.len()).ok().filter(|count| *count > 0)?;
    let usual_for = Span::millis(finished_at.since(started_at).as_millis() / count);
    (usual_for > Span::ZERO).then_some((usual_for, done.len()))
}

/// When the turn of the node now at work began, from its first step.
fn running_steps_begin(operation: &Operation) -> Option<Timestamp> {
    let active = operation.nodes.iter().filter(|node| node.state == State::Running);
    active.flat_map(|node| &node.steps).filter_map(|step| step.began_at.as_ref()).map(|time| time.at).min()
}

fn running_steps(operation: &Operation) -> impl Iterator<Item = &Step> {
    let of_nodes = operation.nodes.iter().flat_map(|node| &node.steps);
    of_nodes.chain(&operation.steps).filter(|step| step.state == State::Running)
}

/// Huawei's first step of a node's turn; its number is documented, its name is localised.
fn is_data_migration(step: &Step) -> bool {
    step.order == Some(0)
}

pub(super) fn is_hologres(operation: &Operation) -> bool {
    operation.kind == OperationKind::Upgrade
        && (!operation.steps.is_empty() || operation.nodes.iter().any(|node| node.role == NodeRole::Leader))
}
