//! Rows: a line for each step of the whole operation and each node, and many nodes folded to one line.

use super::bars::{BarKind, Piece, pieces};
use super::facts::{self, Course, Fact};
use super::ghosts::Ghosts;
use super::texts::Texts;
use crate::model::{NodeRole, State};
use crate::timeline::{Gap, Timeline, Turn};
use crate::view::format::Reader;
use crate::view::names::role_name;
use crate::view::words::{Card, Page};

/// Up to so many nodes have a row each.
pub const ROWS_AT_MOST: usize = 40;

/// A row before it has a place on the axis, with what it tells.
pub(super) struct Lane<'a> {
    pub key: String,
    pub role: Option<NodeRole>,
    pub name: String,
    pub state: State,
    pub facts: Vec<Fact<'a>>,
    pub pieces: Vec<Piece>,
    /// How many nodes it stands for; 0 for a step of the operation.
    pub nodes: usize,
    /// Whether it may be folded: nothing happened that needs a look.
    plain: bool,
}

/// All rows, none of them folded: the steps of the operation, then the nodes by role. A node that the vendor
/// no longer lists comes after those of its role that it does.
pub(super) fn lanes<'a>(
    timeline: &'a Timeline,
    course: &Course,
    gaps: &[Gap],
    ghosts: &Ghosts<'_>,
    texts: Texts<'_>,
) -> Vec<Lane<'a>> {
    let Some(operation) = timeline.operation() else { return Vec::new() };
    let of_stages = timeline.stages().iter().map(|stage| {
        let facts: Vec<Fact<'a>> = facts::of_stage(stage, course).into_iter().collect();
        let order = stage.order.map(|order| order.to_string()).unwrap_or_default();
        Lane {
            key: format!("step/{order}/{}", stage.name),
            role: None,
            name: stage.name.clone(),
            state: stage.state,
            pieces: pieces(&facts, gaps, course, &Texts { name: &stage.name, ..texts }),
            facts,
            nodes: 0,
            plain: false,
        }
    });
    let mut lanes: Vec<Lane<'a>> = of_stages.collect();
    let listed: std::collections::BTreeSet<_> =
        operation.nodes.iter().map(|node| (node.role, node.name.as_str())).collect();
    let nodes = operation.nodes_by_role();
    let mut unlisted: Vec<_> = timeline
        .tracks()
        .filter(|track| !track.turns.is_empty() && !listed.contains(&(track.role, track.name.as_str())))
        .collect();
    unlisted.sort_by_key(|track| track.role);
    for role in NodeRole::ALL {
        let seen = nodes.iter().filter(|node| node.role == role).map(|node| {
            let turns = timeline.track(node).map(|track| track.turns.as_slice()).unwrap_or_default();
            (node.name.as_str(), node.state, turns)
        });
        let gone = unlisted.iter().filter(|track| track.role == role).map(|track| {
            let state = track.turns.last().map_or(State::Unknown, |turn| turn.state);
            (track.name.as_str(), state, track.turns.as_slice())
        });
        for (place, (name, state, turns)) in seen.chain(gone).enumerate() {
            let texts = Texts { name, ..texts };
            let facts = facts::of_node(turns, state, course);
            let mut drawn = ghosts.of(role, name, place, &texts);
            drawn.extend(pieces(&facts, gaps, course, &texts));
            lanes.push(Lane {
                key: format!("{}/{name}", role_name(texts.lang(), role)),
                role: Some(role),
                name: name.to_owned(),
                state,
                facts,
                pieces: drawn,
                nodes: 1,
                plain: is_plain(state, turns),
            });
        }
    }
    lanes
}

fn is_plain(state: State, turns: &[Turn]) -> bool {
    let still = matches!(state, State::Pending | State::Succeeded | State::RolledBack);
    still && turns.len() <= 1 && turns.iter().all(|turn| turn.state == state)
}

/// Puts the nodes of a role that are in the same state, and not at work, on one line each: those that are over
/// before the others, those that wait after them.
pub(super) fn folded<'a>(lanes: Vec<Lane<'a>>, reader: Reader) -> Vec<Lane<'a>> {
    let mut rest = lanes.into_iter().peekable();
    let mut all = Vec::new();
    while let Some(first) = rest.next() {
        let role = first.role;
        let mut of_role = vec![first];
        while let Some(next) = rest.next_if(|lane| lane.role == role) {
            of_role.push(next);
        }
        let mut over = Vec::new();
        let mut waiting = Vec::new();
        let mut kept = Vec::new();
        for lane in of_role {
            match (lane.plain, lane.state) {
                (true, State::Pending) => waiting.push(lane),
                (true, _) => over.push(lane),
                (false, _) => kept.push(lane),
            }
        }
        let (done, back): (Vec<_>, Vec<_>) =
            over.into_iter().partition(|lane| lane.state == State::Succeeded);
        for group in [done, back, kept, waiting] {
            match group.as_slice() {
                [first, _, ..] if first.plain => all.push(one_line(group, reader)),
                _ => all.extend(group),
            }
        }
    }
    all
}

fn one_line<'a>(group: Vec<Lane<'a>>, reader: Reader) -> Lane<'a> {
    let nodes = group.len();
    let (role, state) = group.first().map_or((None, State::Unknown), |lane| (lane.role, lane.state));
    let word = match state {
        State::Pending => Card::CountWaiting,
        State::RolledBack => Card::CountRolledBack,
        _ => Card::CountDone,
    };
    let name = reader.lang.fill(word, &[&nodes.to_string()]);
    let role_word = role.map(|role| role_name(reader.lang, role)).unwrap_or_default();
    let all = || group.iter().flat_map(|lane| &lane.pieces);
    // The span of all pieces of one kind.
    let span = |kind: BarKind, is: fn(&Piece) -> bool| {
        let from = all().filter(|piece| is(piece)).map(|piece| piece.from).min()?;
        let to = all().filter(|piece| is(piece)).map(|piece| piece.to).max()?;
        let title = format!("{role_word}: {name}");
        Some(Piece { from, to, state, kind, title, label: String::new(), goes_on: false })
    };
    let ghost = span(BarKind::Ghost, |piece| piece.kind == BarKind::Ghost);
    let work = span(BarKind::Many, Piece::is_work);
    let mut waiting = span(BarKind::Waiting, |piece| piece.kind == BarKind::Waiting);
    if let (Some(waiting), Some(work)) = (&mut waiting, &work) {
        waiting.to = waiting.to.min(work.from);
    }
    let pieces = ghost.into_iter().chain(waiting).chain(work).collect();
    let key = format!("{role_word}//{state:?}");
    Lane { key, role, name, state, facts: Vec::new(), pieces, nodes, plain: false }
}

/// What stands above the first row of a role.
pub(super) fn heading(role: Option<NodeRole>, reader: Reader) -> String {
    match role {
        Some(role) => role_name(reader.lang, role).to_owned(),
        None => reader.lang.say(Page::Steps).to_owned(),
    }
}
