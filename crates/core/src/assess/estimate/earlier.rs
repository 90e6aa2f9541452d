//! How long earlier runs of this cluster took: those that this browser saw, and those that the vendor lists.

use std::collections::BTreeMap;

use super::{Estimate, EstimateSource, Run, of_whole};
use crate::model::{Node, Operation, Span, State, Timestamp};
use crate::timeline;

/// A single run says little about the next: the range is at least this wide around the middle.
const MARGIN: f64 = 0.15;

/// A run that ended well.
struct Before<'a> {
    began_at: Timestamp,
    took_for: Span,
    nodes: usize,
    /// What this browser saw of it.
    seen: Option<&'a timeline::Run>,
}

pub(super) fn estimate(run: &Run<'_>) -> Option<Estimate> {
    let nodes = run.counts.total();
    let alike = runs(run).into_iter().filter(|before| is_alike(nodes, before.nodes));
    let alike: Vec<Before<'_>> = alike.collect();
    let source = EstimateSource::EarlierRuns { runs: alike.len() };
    // Another number of nodes takes another time.
    let scale = |before: &Before<'_>| match before.nodes {
        0 => before.took_for,
        was => before.took_for.scaled(nodes as f64 / was as f64),
    };
    let whole = range(alike.iter().map(scale).collect())?;
    if let Some(elapsed_for) = run.elapsed_for().filter(|elapsed_for| *elapsed_for > whole.1) {
        return Some(of_whole(elapsed_for, whole, source));
    }
    let by_nodes = alike.iter().filter_map(|before| left(run, before)).collect();
    match range(by_nodes) {
        Some((low, high)) => Some(Estimate::Remaining { low, high, source }),
        None => Some(of_whole(run.elapsed_for()?, whole, source)),
    }
}

/// Each run once, although both this browser and the vendor may know it.
fn runs<'a>(run: &Run<'a>) -> Vec<Before<'a>> {
    let kind = run.operation.kind;
    let seen = run.timeline.earlier().iter().filter(|run| run.kind == kind && run.state == State::Succeeded);
    let mut all: Vec<Before<'_>> = seen
        .filter_map(|run| {
            let began_at = run.began.about()?;
            let took_for = run.began.span_to(run.ended?)?;
            Some(Before { began_at, took_for, nodes: run.tracks.len(), seen: Some(run) })
        })
        .collect();
    let listed = run.timeline.latest().into_iter().flat_map(|latest| &latest.earlier);
    for operation in listed.filter(|operation| operation.kind == kind && operation.state == State::Succeeded)
    {
        let Some(before) = of_vendor(operation) else { continue };
        if !all.iter().any(|known| known.began_at.since(before.began_at).abs() <= SAME_WITHIN) {
            all.push(before);
        }
    }
    all.retain(|before| before.took_for > Span::ZERO);
    all
}

/// Two reports of a start that lie this close are of one run.
const SAME_WITHIN: Span = Span::minutes(2);

fn of_vendor(operation: &Operation) -> Option<Before<'_>> {
    let began_at = operation.started_at.as_ref()?.at;
    let took_for = operation.ended_at.as_ref()?.at.since(began_at);
    Some(Before { began_at, took_for, nodes: operation.nodes.len(), seen: None })
}

/// Whether two numbers of nodes are near enough for one run to tell about the other.
fn is_alike(nodes: usize, before: usize) -> bool {
    let most = nodes.max(before);
    (nodes == 0) == (before == 0) && nodes.abs_diff(before) <= (most / 5).max(1)
}

/// From the shortest to the longest, and at least a margin around the middle.
fn range(mut lengths: Vec<Span>) -> Option<(Span, Span)> {
    lengths.sort_unstable();
    let (shortest, longest) = (*lengths.first()?, *lengths.last()?);
    let middle = *lengths.get(lengths.len() / 2)?;
    Some((shortest.min(middle.scaled(1.0 - MARGIN)), longest.max(middle.scaled(1.0 + MARGIN))))
}

/// How much of an earlier run would still be ahead with the nodes that are left now; `None` when nodes cannot be
/// counted.
fn left(run: &Run<'_>, before: &Before<'_>) -> Option<Span> {
    run.left()?;
    let share = Shares::of(before);
    let nodes = run.operation.nodes.iter();
    let ahead: f64 = nodes.map(|node| share.ahead(run, before, node)).sum();
    let all: f64 = run.operation.nodes.iter().map(|node| share.of_node(node)).sum();
    (all > 0.0).then(|| before.took_for.scaled((ahead / all).clamp(0.0, 1.0)))
}

/// How the time of an earlier run was shared among its nodes.
struct Shares<'a> {
    took: BTreeMap<(crate::model::NodeRole, &'a str), f64>,
    /// What a node is taken to need of which nothing is known.
    mean: f64,
}

impl<'a> Shares<'a> {
    fn of(before: &Before<'a>) -> Self {
        let tracks = before.seen.into_iter().flat_map(|run| &run.tracks);
        let took = tracks.filter_map(|track| {
            let took_for = track.turns.iter().rev().find_map(|turn| turn.took_for())?;
            Some(((track.role, track.name.as_str()), took_for.as_millis() as f64))
        });
        let mut took: BTreeMap<_, _> = took.collect();
        let mean = match took.len() {
            0 => 1.0,
            count => took.values().sum::<f64>() / count as f64,
        };
        // A node that was left alone then, such as a ZooKeeper in a restart of brokers, has nothing ahead now.
        if !took.is_empty() {
            let tracks = before.seen.into_iter().flat_map(|run| &run.tracks);
            let untouched = tracks.filter(|track| track.turns.is_empty());
            took.extend(untouched.map(|track| ((track.role, track.name.as_str()), 0.0)));
        }
        Shares { took, mean }
    }

    fn of_node(&self, node: &Node) -> f64 {
        self.took.get(&(node.role, node.name.as_str())).copied().unwrap_or(self.mean)
    }

    /// What a node still needs. What was spent on one that is at work counts, in the measure of that run.
    fn ahead(&self, run: &Run<'_>, before: &Before<'_>, node: &Node) -> f64 {
        let whole = self.of_node(node);
        match node.state {
            State::Pending => whole,
            State::Running => {
                let turn = run.timeline.track(node).and_then(|track| track.turns.last());
                let began = turn.filter(|turn| turn.ended.is_none()).map(|turn| turn.began.latest());
                let spent_for = began.map_or(Span::ZERO, |began| run.now.since(began).max(Span::ZERO));
                let unit = match self.took.is_empty() {
                    true => before.took_for.as_millis() as f64 / before.nodes.max(1) as f64,
                    false => 1.0,
                };
                (whole - spent_for.as_millis() as f64 / unit.max(1.0)).max(0.0)
            }
            _ => 0.0,
        }
    }
}
