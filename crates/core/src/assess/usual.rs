//! How long things usually take on this cluster: in this run, and in the runs before it.

use super::work::Doing;
use crate::model::{NodeRole, Operation, OperationKind, Span, State, Timestamp};
use crate::timeline::{Run, Stage, Timeline, Track, Turn};

/// Where a usual time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Experience {
    /// This run, where so many nodes went through it.
    ThisRun { nodes: usize },
    /// The runs of this cluster before, of which so many went through it.
    EarlierRuns { runs: usize },
}

/// How long something usually takes, and how that is known.
pub(super) type Usual = (Span, Experience);

/// How long `doing` usually takes: in this run, else in the runs before it.
pub(super) fn usual(timeline: &Timeline, operation: &Operation, doing: &Doing<'_>) -> Option<Usual> {
    in_this_run(timeline, operation, doing).or_else(|| in_earlier_runs(timeline, operation.kind, doing))
}

fn in_this_run(timeline: &Timeline, operation: &Operation, doing: &Doing<'_>) -> Option<Usual> {
    if let Doing::Stage { role: None, .. } = doing {
        return None;
    }
    let turns = alike(timeline.tracks(), role_of(doing), |turn| took(turn, doing));
    if let Some(usual_for) = median(turns.clone()) {
        return Some((usual_for, Experience::ThisRun { nodes: turns.len() }));
    }
    let turns = matches!(doing, Doing::Turn { .. } | Doing::Between);
    turns.then(|| average(operation, role_of(doing))).flatten()
}

pub(super) fn in_earlier_runs(timeline: &Timeline, kind: OperationKind, doing: &Doing<'_>) -> Option<Usual> {
    let mut all = Vec::new();
    let mut runs = 0;
    for run in timeline.earlier().iter().filter(|run| run.kind == kind) {
        let found = in_run(run, doing);
        runs += usize::from(!found.is_empty());
        all.extend(found);
    }
    Some((median(all)?, Experience::EarlierRuns { runs }))
}

fn in_run(run: &Run, doing: &Doing<'_>) -> Vec<Span> {
    if let Doing::Stage { role: None, .. } = doing {
        let stages = run.stages.iter().filter(|stage| doing.is(stage) && stage.state == State::Succeeded);
        return stages.filter_map(Stage::took_for).collect();
    }
    alike(run.tracks.iter(), role_of(doing), |turn| took(turn, doing))
}

pub(super) const fn role_of(doing: &Doing<'_>) -> Option<NodeRole> {
    match doing {
        Doing::Stage { role, .. } => *role,
        Doing::Turn { role, .. } => Some(*role),
        _ => None,
    }
}

/// How long a turn, or the step of it that is asked for, took; `None` when it did not end well.
fn took(turn: &Turn, doing: &Doing<'_>) -> Option<Span> {
    match doing {
        Doing::Stage { .. } => {
            let stage = turn.stages.iter().find(|stage| doing.is(stage))?;
            stage.took_for().filter(|_| stage.state == State::Succeeded)
        }
        _ => turn.took_for().filter(|_| turn.state == State::Succeeded),
    }
}

/// The lengths of what nodes of this role went through; of all nodes when no role is asked for. A master tells
/// nothing of a data node, which has data to move.
pub(super) fn alike<'a>(
    tracks: impl Iterator<Item = &'a Track>,
    role: Option<NodeRole>,
    took: impl Fn(&Turn) -> Option<Span>,
) -> Vec<Span> {
    let of_role = tracks.filter(|track| role.is_none_or(|role| role == track.role));
    of_role.flat_map(|track| track.turns.iter().filter_map(&took)).collect()
}

/// The middle one; the mean of the two in the middle where their number is even.
pub(super) fn median(mut lengths: Vec<Span>) -> Option<Span> {
    lengths.sort_unstable();
    let upper = *lengths.get(lengths.len() / 2)?;
    let lower = *lengths.get(lengths.len().saturating_sub(1) / 2)?;
    Some(Span::millis(lower.as_millis() + (upper.as_millis() - lower.as_millis()) / 2))
}

/// The average time per finished node: from the start to the moment at which the nodes now at work began. It is
/// all that can be told of nodes that were done before the first look; nothing of a role of which none is done.
pub(super) fn average(operation: &Operation, role: Option<NodeRole>) -> Option<Usual> {
    let done: Vec<_> = operation.nodes.iter().filter(|node| node.state == State::Succeeded).collect();
    if !done.iter().any(|node| role.is_none_or(|role| role == node.role)) {
        return None;
    }
    let started_at = operation.started_at.as_ref()?.at;
    let finished_at = done
        .iter()
        .filter_map(|node| node.updated_at.as_ref().map(|time| time.at))
        .max()
        .or_else(|| running_steps_begin(operation))?;
    let count = i64::try_from(done.len()).ok().filter(|count| *count > 0)?;
    let usual_for = Span::millis(finished_at.since(started_at).as_millis() / count);
    (usual_for > Span::ZERO).then_some((usual_for, Experience::ThisRun { nodes: done.len() }))
}

/// When the turn of the node now at work began, from its first step.
fn running_steps_begin(operation: &Operation) -> Option<Timestamp> {
    let active = operation.nodes.iter().filter(|node| node.state == State::Running);
    active.flat_map(|node| &node.steps).filter_map(|step| step.began_at.as_ref()).map(|time| time.at).min()
}
