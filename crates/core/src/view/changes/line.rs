//! One transition as a sentence.

use std::collections::BTreeMap;

use super::Line;
use crate::model::{Span, State, Timestamp, VendorTime};
use crate::timeline::{Stage, Subject, Timeline, Track, Transition, Turn, When};
use crate::view::format::{Reader, clock};
use crate::view::names::{operation_name, role_name, state_name};
use crate::view::when::{is_within, took, took_for};
use crate::view::words::Recorder;

/// Finds what is known of the subject of a transition beside that it changed.
pub(super) struct Lines<'a> {
    timeline: &'a Timeline,
    /// One name may have two roles.
    tracks: BTreeMap<&'a str, Vec<&'a Track>>,
    reader: Reader,
    now: Timestamp,
}

/// What the timeline knows of the time of a change.
#[derive(Default)]
struct Known {
    /// The vendor's own time for it.
    reported_at: Option<Timestamp>,
    /// How long what has ended took, and by how much that may be wrong.
    took_for: Option<(Span, Span)>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(timeline: &'a Timeline, reader: Reader, now: Timestamp) -> Self {
        let mut tracks: BTreeMap<&str, Vec<&Track>> = BTreeMap::new();
        for track in timeline.tracks() {
            tracks.entry(&track.name).or_default().push(track);
        }
        Lines { timeline, tracks, reader, now }
    }

    /// "n1 (data) is done, took 6 min (the vendor says 17:10:44)".
    pub(super) fn line(&self, change: &Transition) -> Line {
        let lang = self.reader.lang;
        let subject = self.subject(&change.subject);
        let Known { reported_at, took_for } = self.known(change);
        let took = took_for.map(|length| took(lang, length));
        let text = match (change.from, change.to, took) {
            (State::Pending, State::Running, _) => lang.fill(Recorder::Began, &[&subject]),
            (State::Pending | State::Running, State::Succeeded, None) => {
                lang.fill(Recorder::Done, &[&subject])
            }
            (State::Pending | State::Running, State::Succeeded, Some(took)) => {
                lang.fill(Recorder::DoneIn, &[&subject, &took])
            }
            (State::Pending | State::Running, State::Failed, None) => {
                lang.fill(Recorder::Failed, &[&subject])
            }
            (State::Pending | State::Running, State::Failed, Some(took)) => {
                lang.fill(Recorder::FailedAfter, &[&subject, &took])
            }
            (_, State::RolledBack, _) => lang.fill(Recorder::RolledBack, &[&subject]),
            (from, to, _) => {
                lang.fill(Recorder::Turned, &[&subject, state_name(lang, from), state_name(lang, to)])
            }
        };
        let text = match reported_at {
            Some(at) => lang.fill(Recorder::VendorSays, &[&text, &clock(self.reader, at, self.now)]),
            None => text,
        };
        Line { state: Some(change.to), text }
    }

    fn subject(&self, subject: &Subject) -> String {
        let lang = self.reader.lang;
        match subject {
            Subject::Operation => match self.timeline.operation() {
                Some(operation) => operation_name(lang, operation.kind).to_owned(),
                None => lang.say(Recorder::TheOperation).to_owned(),
            },
            Subject::Node { role, name } => format!("{name} ({})", role_name(lang, *role)),
            Subject::Step { node, name } if node.is_empty() => name.clone(),
            Subject::Step { node, name } => format!("{node}, {name}"),
        }
    }

    fn known(&self, change: &Transition) -> Known {
        let tracks = |node: &str| self.tracks.get(node).into_iter().flatten().copied();
        match &change.subject {
            Subject::Operation => {
                let operation = self.timeline.operation();
                let began = operation.and_then(|operation| operation.started_at.as_ref());
                let ended = operation.and_then(|operation| operation.ended_at.as_ref());
                let reported = |time: Option<&VendorTime>| Some(When::Reported(time?.at));
                nearest(change, [(reported(began), reported(ended))])
            }
            Subject::Node { role, name } => {
                let turns = tracks(name).filter(|track| track.role == *role).flat_map(|track| &track.turns);
                nearest(change, turns.map(|turn: &Turn| (Some(turn.began), turn.ended)))
            }
            Subject::Step { node, name } => {
                let of_turns = tracks(node).flat_map(|track| &track.turns).flat_map(|turn| &turn.stages);
                let stages = of_turns.chain(self.timeline.stages().iter().filter(|_| node.is_empty()));
                let named = stages.filter(|stage| stage.name == *name);
                nearest(change, named.map(|stage: &Stage| (stage.began, stage.ended)))
            }
        }
    }
}

/// Of several stretches, what is known of the one that this change began or ended.
fn nearest(change: &Transition, stretches: impl IntoIterator<Item = (Option<When>, Option<When>)>) -> Known {
    let over = change.to.is_over();
    let fits = |(began, ended): (Option<When>, Option<When>)| {
        let when = if over { ended } else { began.filter(|_| change.to == State::Running) }?;
        is_within(when, change.after, change.until).then_some((when, took_for(began, ended).filter(|_| over)))
    };
    let nearest = stretches
        .into_iter()
        .filter_map(fits)
        .min_by_key(|(when, _)| when.latest().since(change.until).abs());
    let Some((when, took_for)) = nearest else { return Known::default() };
    let reported_at = match when {
        When::Reported(at) => Some(at),
        When::Between { .. } | When::By(_) => None,
    };
    Known { reported_at, took_for }
}
