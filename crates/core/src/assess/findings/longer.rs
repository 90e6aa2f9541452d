//! What took several times as long as it does on the other nodes, or did in earlier runs.

use std::collections::BTreeSet;

use super::{Evidence, Found, Level};
use crate::assess::usual::in_earlier_runs;
use crate::assess::work::Doing;
use crate::model::{NodeRole, Operation, Span, State, Timestamp};
use crate::timeline::{Stage, Timeline, Track, When};

/// From so many times the usual on it is worth telling, where it is also at least this much more.
const TIMES: i64 = 3;
const AT_LEAST: Span = Span::minutes(5);

/// More than these would bury the rest: the worst are told.
const MOST: usize = 5;

/// What took a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Piece<'a> {
    Numbered(i64),
    Named(&'a str),
    Turn,
}

/// One piece of one node's way, finished or going on.
#[derive(Clone, Copy)]
struct Case<'a> {
    piece: Piece<'a>,
    role: NodeRole,
    node: &'a str,
    step: Option<&'a str>,
    began: When,
    took_for: Span,
    goes_on: bool,
    ended_well: bool,
}

/// Pieces that ended well, in order.
type Samples<'a> = Vec<(Piece<'a>, NodeRole, Span)>;

pub(super) fn find(timeline: &Timeline, operation: &Operation, now: Timestamp, found: &mut Found) {
    // What an operation that is over has not ended was not seen to end.
    let now = (!operation.state.is_over()).then_some(now);
    let cases = || timeline.tracks().flat_map(|track| cases(track, now));
    // What took no longer than the least that is told is not worth a comparison, which is most of what a large
    // cluster goes through.
    let long: Vec<Case<'_>> = cases().filter(|case| case.took_for > AT_LEAST).collect();
    let pieces: BTreeSet<Piece<'_>> = long.iter().map(|case| case.piece).collect();
    let ended = cases().filter(|case| case.ended_well && pieces.contains(&case.piece));
    let mut samples: Samples<'_> = ended.map(|case| (case.piece, case.role, case.took_for)).collect();
    samples.sort_unstable();
    let mut longer: Vec<(Case<'_>, Span)> = long
        .into_iter()
        .filter_map(|case| {
            let before = || in_earlier_runs(timeline, operation.kind, &case.doing()).map(|usual| usual.0);
            let usual_for = usual(&samples, &case).or_else(|| case.goes_on.then(before).flatten())?;
            case.is_longer_than(usual_for).then_some((case, usual_for))
        })
        .collect();
    // Where a step tells it, the whole turn says no more.
    let told: BTreeSet<(NodeRole, &str)> = longer
        .iter()
        .filter(|(case, _)| case.step.is_some())
        .map(|(case, _)| (case.role, case.node))
        .collect();
    longer.retain(|(case, _)| case.step.is_some() || !told.contains(&(case.role, case.node)));
    longer.sort_by_key(|(case, usual_for)| {
        (!case.goes_on, std::cmp::Reverse(case.took_for.as_millis() / usual_for.as_millis().max(1)))
    });
    for (case, usual_for) in longer.into_iter().take(MOST) {
        let evidence = Evidence::TookLonger {
            node: case.node.to_owned(),
            step: case.step.map(str::to_owned),
            took_for: case.took_for,
            usual_for,
            goes_on: case.goes_on,
        };
        let level = if case.goes_on { Level::Odd } else { Level::Note };
        found.add(level, evidence, Some(case.began));
    }
}

/// The turns of a node and the steps within them. `now` is `None` when nothing goes on.
fn cases(track: &Track, now: Option<Timestamp>) -> Vec<Case<'_>> {
    let case = |piece, step, began: When, ended: Option<When>, state: State| {
        let goes_on = ended.is_none() && state == State::Running;
        let took_for = match ended {
            Some(ended) => began.span_to(ended)?,
            None => now.filter(|_| goes_on)?.since(began.latest()),
        };
        let ended_well = ended.is_some() && state == State::Succeeded;
        let (role, node) = (track.role, track.name.as_str());
        let case = Case { piece, role, node, step, began, took_for, goes_on, ended_well };
        (took_for > Span::ZERO).then_some(case)
    };
    let of_stage = |stage: &Stage| -> Option<_> { Some((stage.began?, stage.ended, stage.state)) };
    let mut all = Vec::new();
    for turn in &track.turns {
        all.extend(case(Piece::Turn, None, turn.began, turn.ended, turn.state));
        for stage in &turn.stages {
            let piece = stage.order.map_or(Piece::Named(&stage.name), Piece::Numbered);
            let Some((began, ended, state)) = of_stage(stage) else { continue };
            all.extend(case(piece, Some(stage.name.as_str()), began, ended, state));
        }
    }
    all
}

impl<'a> Case<'a> {
    fn is_longer_than(&self, usual_for: Span) -> bool {
        let more = self.took_for.as_millis().saturating_sub(usual_for.as_millis());
        usual_for > Span::ZERO
            && self.took_for.as_millis() / TIMES >= usual_for.as_millis()
            && more >= AT_LEAST.as_millis()
    }

    fn doing(&self) -> Doing<'a> {
        let name = self.step.unwrap_or_default();
        match self.piece {
            Piece::Turn => Doing::Turn { role: self.role, migrated: true },
            Piece::Numbered(order) => Doing::Stage { order: Some(order), name, role: Some(self.role) },
            Piece::Named(name) => Doing::Stage { order: None, name, role: Some(self.role) },
        }
    }
}

/// How long the same piece took on the other nodes of the role: the middle of them, without the case itself.
fn usual(samples: &Samples<'_>, case: &Case<'_>) -> Option<Span> {
    let key = (case.piece, case.role);
    let first = samples.partition_point(|(piece, role, _)| (*piece, *role) < key);
    let end = samples.partition_point(|(piece, role, _)| (*piece, *role) <= key);
    let alike = samples.get(first..end)?;
    let own = case.ended_well.then(|| alike.partition_point(|(_, _, took_for)| *took_for < case.took_for));
    let others = alike.len() - usize::from(own.is_some());
    let middle = others.checked_sub(1)? / 2;
    let index = if own.is_some_and(|own| middle >= own) { middle + 1 } else { middle };
    alike.get(index).map(|(_, _, took_for)| *took_for)
}
