//! The run that this one is compared with, moved to where this one begins.

use std::collections::BTreeMap;

use super::bars::{BarKind, Piece};
use super::facts::{self, Course, Fact, Kind};
use super::texts::Texts;
use crate::model::{NodeRole, Span};
use crate::timeline::{Run, Track};
use crate::view::words::Chart;

/// The tracks of an earlier run; none without a comparison.
#[derive(Default)]
pub(super) struct Ghosts<'a> {
    named: BTreeMap<(NodeRole, &'a str), &'a Track>,
    placed: BTreeMap<NodeRole, Vec<&'a Track>>,
    course: Option<Course>,
    /// How much later this run began.
    later: Span,
}

impl<'a> Ghosts<'a> {
    pub fn of_run(run: &'a Run, this: &Course) -> Self {
        let course = Course::of_run(run);
        let mut ghosts =
            Ghosts { later: this.began.latest().since(course.began.latest()), ..Ghosts::default() };
        ghosts.course = Some(course);
        for track in &run.tracks {
            ghosts.named.insert((track.role, &track.name), track);
            ghosts.placed.entry(track.role).or_default().push(track);
        }
        ghosts
    }

    /// The track with which a node is compared: that of its role and name, else the one in its place within
    /// the role.
    pub fn track(&self, role: NodeRole, name: &str, place: usize) -> Option<&'a Track> {
        let in_place = || self.placed.get(&role).and_then(|tracks| tracks.get(place).copied());
        self.named.get(&(role, name)).copied().or_else(in_place)
    }

    /// What is told of that track's turns, with the run's own times.
    pub fn turns(&self, track: &'a Track) -> Vec<Fact<'a>> {
        let Some(course) = &self.course else { return Vec::new() };
        let state = track.turns.last().map_or(crate::model::State::Unknown, |turn| turn.state);
        let facts = facts::of_node(&track.turns, state, course);
        facts.into_iter().filter(|fact| matches!(fact.kind, Kind::Turn { .. })).collect()
    }

    /// The outlines under a node's row.
    pub fn of(&self, role: NodeRole, name: &str, place: usize, texts: &Texts<'_>) -> Vec<Piece> {
        let Some(track) = self.track(role, name, place) else { return Vec::new() };
        let outline = |fact: Fact<'_>| {
            let title = texts.lang().say(Chart::EarlierRun);
            let title = format!("{title}: {}", Texts { name: &track.name, ..*texts }.title(&fact));
            Piece {
                from: fact.begins_at().plus(self.later),
                to: fact.ends_at().plus(self.later),
                state: fact.state,
                kind: BarKind::Ghost,
                title,
                label: String::new(),
                goes_on: false,
            }
        };
        self.turns(track).into_iter().map(outline).collect()
    }
}
