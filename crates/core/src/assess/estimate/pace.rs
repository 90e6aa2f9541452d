//! The pace of the nodes that are done in this run.

use std::collections::{BTreeMap, BTreeSet};

use super::{Estimate, EstimateSource, Run, of_whole};
use crate::assess::usual::{alike, average, median};
use crate::model::{Node, NodeRole, Span, State, Timestamp};
use crate::timeline::Turn;

/// A few nodes are a poor sample: the range is this wide around what they took.
const FEW: (f64, f64) = (0.8, 1.5);
/// From so many nodes on their own spread tells more, and the range is no narrower than this.
const MANY_FROM: usize = 4;
const MANY: (f64, f64) = (0.9, 1.15);

pub(super) fn estimate(run: &Run<'_>) -> Option<Estimate> {
    let left = run.left()?;
    let done: Vec<Span> = alike(run.timeline.tracks(), None, took);
    let Some(usual_for) = mean_of_left(run) else { return of_average(run, left) };
    let source = EstimateSource::Pace { nodes: done.len() };
    let range = spread(run);
    let batches = left.div_ceil(run.width());
    let per_batch = Span::millis(usual_for.as_millis().saturating_add(pause(run).as_millis()));
    let rest = |batches: usize, factor: f64| per_batch.scaled(batches as f64 * factor).as_millis();
    let spent_for = run.spent_for().as_millis();
    let left_of = |nodes: usize, factor: f64| {
        let batches = nodes.div_ceil(run.width());
        // The nodes at work end some time; those after them have their whole turn ahead.
        let later = if run.counts.active > 0 { batches.saturating_sub(1) } else { batches };
        Span::millis((rest(batches, factor) - spent_for).max(rest(later, factor)).max(0))
    };
    let of_this_and_later = rest(batches, range.1);
    if spent_for > of_this_and_later {
        let before = run.elapsed_for().map_or(0, |elapsed_for| (elapsed_for.as_millis() - spent_for).max(0));
        let of = Span::millis(before.saturating_add(of_this_and_later));
        return Some(Estimate::Overdue { by: Span::millis(spent_for - of_this_and_later), of, source });
    }
    let low = left_of(expected(run, left), range.0);
    Some(Estimate::Remaining { low, high: left_of(left, range.1).max(low), source })
}

/// How many of the nodes that are left are sure to be worked on. Where a vendor shows only colours, brokers may be
/// restarted and ZooKeepers not: a role of which none was seen at work may have nothing ahead.
fn expected(run: &Run<'_>, left: usize) -> usize {
    if !run.operation.shows_only_colours() {
        return left;
    }
    let worked = run.timeline.tracks().filter(|track| !track.turns.is_empty()).map(|track| track.role);
    let worked: BTreeSet<NodeRole> = worked.collect();
    let ahead =
        |node: &&Node| matches!(node.state, State::Pending | State::Running) && worked.contains(&node.role);
    run.operation.nodes.iter().filter(ahead).count()
}

fn took(turn: &Turn) -> Option<Span> {
    turn.took_for().filter(|_| turn.state == State::Succeeded)
}

/// How long a node that is left takes on average, judged by the nodes of its role; `None` when a role is left of
/// which none was seen as a whole.
fn mean_of_left(run: &Run<'_>) -> Option<Span> {
    let left =
        run.operation.nodes.iter().filter(|node| matches!(node.state, State::Pending | State::Running));
    let mut by_role = BTreeMap::new();
    for node in left {
        *by_role.entry(node.role).or_insert(0_i64) += 1;
    }
    let (mut sum, mut count) = (0_i64, 0_i64);
    for (role, nodes) in by_role {
        let own = median(alike(run.timeline.tracks(), Some(role), took));
        // Brokers and ZooKeepers restart alike; a data node has data to move, and a master has none.
        let restarts = matches!(role, NodeRole::Broker | NodeRole::ZooKeeper);
        let any = || median(alike(run.timeline.tracks(), None, took)).filter(|_| restarts);
        let usual_for = own.or_else(any)?;
        sum = sum.saturating_add(usual_for.as_millis().saturating_mul(nodes));
        count += nodes;
    }
    (count > 0).then(|| Span::millis(sum / count))
}

/// How long it usually takes from the end of a turn to the beginning of the next, where nodes take their turns
/// one by one.
fn pause(run: &Run<'_>) -> Span {
    if run.width() > 1 {
        return Span::ZERO;
    }
    let turns = run.timeline.tracks().flat_map(|track| &track.turns);
    let mut known: Vec<(Timestamp, Option<Timestamp>)> = turns
        .filter_map(|turn| Some((turn.began.about()?, turn.ended.and_then(|ended| ended.about()))))
        .collect();
    known.sort_unstable();
    let pairs = known.iter().zip(known.iter().skip(1));
    let pauses = pairs.filter_map(|((_, ended), (began, _))| Some(began.since((*ended)?).max(Span::ZERO)));
    median(pauses.collect()).unwrap_or(Span::ZERO)
}

/// How far the range reaches around the middle of each role: factors.
fn spread(run: &Run<'_>) -> (f64, f64) {
    let mut by_role: BTreeMap<NodeRole, Vec<Span>> = BTreeMap::new();
    for track in run.timeline.tracks() {
        by_role.entry(track.role).or_default().extend(track.turns.iter().filter_map(took));
    }
    let mut ratios = Vec::new();
    for lengths in by_role.into_values() {
        let middle = median(lengths.clone()).map_or(1, Span::as_millis).max(1) as f64;
        ratios.extend(lengths.iter().map(|span| span.as_millis() as f64 / middle));
    }
    if ratios.len() < MANY_FROM {
        return FEW;
    }
    ratios.sort_unstable_by(f64::total_cmp);
    let at = |share: usize| ratios.get(ratios.len() * share / 4).copied().unwrap_or(1.0);
    (at(1).min(MANY.0), at(3).max(MANY.1))
}

/// Where no turn was seen as a whole: what is done took what it took on average, and the rest is taken at that
/// pace.
fn of_average(run: &Run<'_>, left: usize) -> Option<Estimate> {
    let (usual_for, _) = average(run.operation, None)?;
    let done = run.counts.done;
    let whole = |factor: f64| usual_for.scaled(done as f64 + left as f64 * factor);
    let source = EstimateSource::Pace { nodes: done };
    Some(of_whole(run.elapsed_for()?, (whole(FEW.0), whole(FEW.1)), source))
}
