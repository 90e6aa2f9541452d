//! The history of a cluster's runs: what this browser recorded, joined with what the vendor lists.

mod known;

use super::format::{Reader, duration};
use super::look::Look;
use super::names::{role_name, state_name};
use super::page::Shown;
use super::when::{took, took_for, when};
use super::words::{Card, Lang, Recorder};
use crate::model::{Span, State, Timestamp, VersionChange};
use crate::timeline::{Timeline, Track, When};
use known::{KnownRun, runs};

/// One run, the present one or an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    /// Unique in the table; it stays the same while the run goes on.
    pub key: String,
    /// The place of a recorded run in `Timeline::earlier`: what it can be compared by. `None` for the present
    /// run, and for one that only the vendor lists.
    pub index: Option<usize>,
    /// Whether the present run is compared with this one.
    pub compared: bool,
    pub state: State,
    /// The outcome, with the vendor's own word for a closer look.
    pub outcome: Shown,
    /// When it began, as well as that is known.
    pub began: Shown,
    pub versions: String,
    pub lasted: String,
    /// How much longer or shorter than the run before, such as "+12 min"; empty when that is not known.
    pub difference: String,
    /// "7 of 8"; empty where no nodes are listed.
    pub nodes: String,
    /// Who says so.
    pub known: String,
    /// How many nodes it has times of.
    pub timed: usize,
    /// Those times; empty until a person asks for them.
    pub turns: Vec<TurnRow>,
}

/// What a node went through in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnRow {
    pub key: String,
    pub node: String,
    pub role: String,
    pub state: State,
    pub word: String,
    /// How many times it was worked on.
    pub turns: String,
    /// When, turn by turn.
    pub when: Shown,
    /// How long each turn took.
    pub took: String,
}

/// The runs of a cluster, the newest first.
pub(super) fn history(timeline: &Timeline, look: &Look, reader: Reader, now: Timestamp) -> Vec<RunRow> {
    let runs = runs(timeline);
    let rows = runs.iter().enumerate().map(|(place, run)| {
        let older = runs.get(place + 1..).unwrap_or_default();
        let before = older.iter().find(|other| other.kind == run.kind && other.state.is_over());
        row(run, before, look, reader, now)
    });
    rows.collect()
}

fn row(
    run: &KnownRun<'_>,
    before: Option<&KnownRun<'_>>,
    look: &Look,
    reader: Reader,
    now: Timestamp,
) -> RunRow {
    let lang = reader.lang;
    RunRow {
        key: run.key.clone(),
        index: run.index,
        compared: run.index.is_some() && run.index == look.compared,
        state: run.state,
        outcome: Shown {
            text: state_name(lang, run.state).to_owned(),
            evidence: run.raw_status.clone().unwrap_or_default(),
        },
        began: run.began.map(|began| when(reader, began, now)).unwrap_or_default(),
        versions: run.versions.as_ref().map(|change| versions(lang, change)).unwrap_or_default(),
        lasted: lasted(lang, run, now),
        difference: before.map(|before| difference(lang, run, before, now)).unwrap_or_default(),
        nodes: run.nodes.map(|(done, all)| of_all(lang, done, all)).unwrap_or_default(),
        known: known(lang, run),
        timed: run.tracks().len(),
        turns: if look.unfolded_runs.contains(&run.key) {
            run.tracks().iter().map(|track| turn_row(reader, track, now)).collect()
        } else {
            Vec::new()
        },
    }
}

fn versions(lang: Lang, change: &VersionChange) -> String {
    lang.fill(Card::Versions, &[change.from.as_deref().unwrap_or("?"), &change.to])
}

fn of_all(lang: Lang, done: usize, all: usize) -> String {
    lang.fill(Recorder::OfAll, &[&done.to_string(), &all.to_string()])
}

fn known(lang: Lang, run: &KnownRun<'_>) -> String {
    let recorded = run.recorded.map(|whole| {
        let word = if whole { Recorder::Recorded } else { Recorder::RecordedGaps };
        lang.say(word)
    });
    match (recorded, run.listed) {
        (Some(recorded), true) => lang.fill(Recorder::Both, &[recorded, lang.say(Recorder::Listed)]),
        (Some(recorded), false) => recorded.to_owned(),
        (None, _) => lang.say(Recorder::Listed).to_owned(),
    }
}

fn lasted(lang: Lang, run: &KnownRun<'_>, now: Timestamp) -> String {
    let text = |span: Span| duration(lang, span);
    match (took_for(run.began, run.ended), run.began, run.ended) {
        (Some(length), _, _) => took(lang, length),
        (None, Some(began), Some(ended)) => {
            let least = ended.earliest().unwrap_or(ended.latest()).since(began.latest());
            if least > Span::ZERO { lang.fill(Recorder::AtLeast, &[&text(least)]) } else { String::new() }
        }
        (None, Some(began), None) if run.goes_on() => match began.about() {
            Some(began) => lang.fill(Recorder::SoFar, &[&text(now.since(began))]),
            None => lang.fill(Recorder::AtLeast, &[&text(now.since(began.latest()))]),
        },
        (None, _, _) => String::new(),
    }
}

/// A run that goes on is compared once it has taken longer than the one before.
fn difference(lang: Lang, run: &KnownRun<'_>, before: &KnownRun<'_>, now: Timestamp) -> String {
    let so_far = || Some(now.since(run.began?.about()?)).filter(|_| run.goes_on());
    let (Some(length), Some((usual, _))) = (
        took_for(run.began, run.ended).map(|(length, _)| length).or_else(so_far),
        took_for(before.began, before.ended),
    ) else {
        return String::new();
    };
    let more = Span::millis(length.as_millis().saturating_sub(usual.as_millis()));
    match more {
        _ if run.goes_on() && more <= Span::ZERO => String::new(),
        _ if more.abs() < Span::seconds(1) => lang.say(Recorder::Same).to_owned(),
        _ if more > Span::ZERO => lang.fill(Recorder::Longer, &[&duration(lang, more)]),
        _ => lang.fill(Recorder::Shorter, &[&duration(lang, more)]),
    }
}

fn turn_row(reader: Reader, track: &Track, now: Timestamp) -> TurnRow {
    let lang = reader.lang;
    let role = role_name(lang, track.role).to_owned();
    let state = track.turns.last().map_or(State::Pending, |turn| turn.state);
    let shown = track.turns.iter().map(|turn| {
        // That something had begun when it ended says nothing.
        let is_known =
            Some(turn.began.latest()) != turn.ended.map(When::latest) || turn.began.earliest().is_some();
        let began = if is_known { when(reader, turn.began, now) } else { unknown() };
        let ended = turn.ended.map(|ended| when(reader, ended, turn.began.latest()));
        let ended = ended.unwrap_or_default();
        Shown {
            text: joined(" → ", [began.text, ended.text]),
            evidence: joined(" → ", [began.evidence, ended.evidence]),
        }
    });
    let shown: Vec<Shown> = shown.collect();
    let all = |pick: fn(&Shown) -> &String| joined("; ", shown.iter().map(|shown| pick(shown).clone()));
    let lasted = track.turns.iter().map(|turn| match took_for(Some(turn.began), turn.ended) {
        Some(length) => took(lang, length),
        None => "–".to_owned(),
    });
    TurnRow {
        key: format!("{role}/{}", track.name),
        node: track.name.clone(),
        role,
        state,
        word: state_name(lang, state).to_owned(),
        turns: track.turns.len().to_string(),
        when: Shown { text: all(|shown| &shown.text), evidence: all(|shown| &shown.evidence) },
        took: joined(" + ", lasted),
    }
}

fn unknown() -> Shown {
    Shown { text: "?".to_owned(), evidence: String::new() }
}

fn joined(between: &str, parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

impl KnownRun<'_> {
    fn goes_on(&self) -> bool {
        self.is_present && !self.state.is_over()
    }
}

#[cfg(test)]
mod tests;
