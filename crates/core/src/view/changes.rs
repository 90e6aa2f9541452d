//! What changed, the newest first: transitions with their interval, pauses, and times that nobody watched.

mod line;

use std::cmp::Reverse;

use super::format::{Reader, clock, duration};
use super::look::Look;
use super::names::{operation_name, state_name};
use super::page::Shown;
use super::trouble::trouble;
use super::when::interval;
use super::words::Recorder;
use crate::error::PollError;
use crate::model::{Span, State, Timestamp};
use crate::timeline::{Gap, GapCause, Pause, Run, Timeline, Transition};
use line::Lines;

/// The whole list would bury the rest of the page.
const ENTRIES_SHOWN: usize = 30;
/// The most lines of one entry: two hundred nodes that change at once are one piece of news.
const LINES_SHOWN: usize = 12;
/// The most lines of what is said in one.
const LINES_SUMMED_UP: usize = 3;

/// What changed, in two parts where it is known when this person looked last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// "Since you last looked (02:14:07, 3 h 2 min ago)"; `None` when nobody looked before.
    pub since: Option<String>,
    /// What has changed since then; empty when nobody looked before.
    pub news: Vec<Entry>,
    /// What was on the page when this person looked last, or everything.
    pub before: Vec<Entry>,
    /// How many older entries and lines are left out.
    pub left_out: usize,
}

/// What is known of one interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Unique in the list.
    pub key: String,
    pub kind: EntryKind,
    pub when: Shown,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// Another run than the one before it began.
    AnotherRun,
    /// Nothing changed for long, and then it went on.
    Paused,
    NotWatched,
    Changed,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it came to; `None` where the sentence is about no state.
    pub state: Option<State>,
    pub text: String,
}

/// How much has changed since a person looked: transitions, and runs that have ended and been followed by another.
pub(super) fn changed_since(timeline: &Timeline, looked_at: Timestamp) -> usize {
    let transitions = timeline.transitions();
    // They are in order, the oldest first.
    let old = transitions.partition_point(|transition| transition.until <= looked_at);
    let another = followed(timeline).is_some_and(|(_, at)| at > looked_at);
    transitions.len() - old + usize::from(another)
}

/// The badge of a card, `None` when there is no news.
pub(super) fn news(reader: Reader, timeline: &Timeline, looked_at: Option<Timestamp>) -> Option<String> {
    match changed_since(timeline, looked_at?) {
        0 => None,
        1 => Some(reader.lang.say(Recorder::ChangedOnce).to_owned()),
        count => Some(reader.lang.fill(Recorder::ChangedOften, &[&count.to_string()])),
    }
}

/// What became known at `at`, in one line; `None` when the list has nothing of that instant.
pub(super) fn summary(timeline: &Timeline, at: Timestamp, reader: Reader, now: Timestamp) -> Option<String> {
    let happened = happened(timeline).into_iter().filter(|happened| happened.place().0 == at);
    let latest = happened.max_by_key(|happened| happened.place())?;
    let (entry, _) = latest.told(&Lines::of(timeline, reader, now), LINES_SUMMED_UP, reader, now);
    Some(entry.lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("; "))
}

/// The list as a person looks at it now.
pub(super) fn changes(timeline: &Timeline, look: &Look, reader: Reader, now: Timestamp) -> Changes {
    let mut happened = happened(timeline);
    happened.sort_by_key(|happened| Reverse(happened.place()));
    let (entries, lines) =
        if look.all_changes { (usize::MAX, usize::MAX) } else { (ENTRIES_SHOWN, LINES_SHOWN) };
    let mut changes = Changes { left_out: happened.len().saturating_sub(entries), ..Changes::default() };
    let told = Lines::of(timeline, reader, now);
    for happened in happened.into_iter().take(entries) {
        let is_news = look.looked_at.is_some_and(|at| happened.place().0 > at);
        let (entry, left_out) = happened.told(&told, lines, reader, now);
        changes.left_out += left_out;
        if is_news { &mut changes.news } else { &mut changes.before }.push(entry);
    }
    changes.since = look.looked_at.map(|at| {
        let word = if changes.news.is_empty() { Recorder::SinceNothing } else { Recorder::Since };
        reader.lang.fill(word, &[&clock(reader, at, now), &duration(reader.lang, now.since(at))])
    });
    changes
}

/// One entry before it is put into words.
enum Happened<'a> {
    Changed(&'a [Transition]),
    Paused(Pause),
    NotWatched(Gap),
    /// This run was followed by another one, which was seen first at this time.
    Followed(&'a Run, Timestamp),
}

fn happened(timeline: &Timeline) -> Vec<Happened<'_>> {
    let same = |a: &Transition, b: &Transition| (a.after, a.until) == (b.after, b.until);
    let changed = timeline.transitions().chunk_by(same).map(Happened::Changed);
    let paused = timeline.pauses().iter().copied().map(Happened::Paused);
    let gaps = timeline.gaps().iter().copied().map(Happened::NotWatched);
    let followed = followed(timeline).map(|(run, at)| Happened::Followed(run, at));
    changed.chain(paused).chain(gaps).chain(followed).collect()
}

/// The run that this one followed, and when this one was first seen.
fn followed(timeline: &Timeline) -> Option<(&Run, Timestamp)> {
    timeline.earlier().first().zip(timeline.first_seen_at())
}

impl Happened<'_> {
    /// When it was known, and its place among what was known at once: a change ends a pause, and what is seen
    /// after a gap was not seen in it.
    fn place(&self) -> (Timestamp, EntryKind) {
        match self {
            Happened::Changed(group) => {
                let until = group.first().map_or(Timestamp::from_millis(0), |transition| transition.until);
                (until, EntryKind::Changed)
            }
            Happened::Paused(pause) => (pause.until, EntryKind::Paused),
            Happened::NotWatched(gap) => (gap.until, EntryKind::NotWatched),
            Happened::Followed(_, at) => (*at, EntryKind::AnotherRun),
        }
    }

    /// The entry in words, and how many of its lines are left out.
    fn told(&self, told: &Lines, most: usize, reader: Reader, now: Timestamp) -> (Entry, usize) {
        let lang = reader.lang;
        let from_to = |from: Timestamp, until: Timestamp| Shown {
            text: lang.fill(Recorder::FromTo, &[&clock(reader, from, now), &clock(reader, until, from)]),
            evidence: format!("{} – {}", from.iso(), until.iso()),
        };
        let one = |text: String| vec![Line { state: None, text }];
        let mut left_out = 0;
        let (when, lines) = match self {
            Happened::Changed(group) => {
                let mut lines: Vec<Line> = group.iter().take(most).map(|change| told.line(change)).collect();
                left_out = group.len() - lines.len();
                if left_out > 0 {
                    let text = lang.fill(Recorder::MoreLines, &[&left_out.to_string()]);
                    lines.push(Line { state: None, text });
                }
                let when = group.first().map(|first| interval(reader, first.after, first.until, now));
                (when.unwrap_or_default(), lines)
            }
            Happened::Paused(pause) => {
                let length = duration(lang, pause.until.since(pause.from));
                (from_to(pause.from, pause.until), one(lang.fill(Recorder::Pause, &[&length])))
            }
            Happened::NotWatched(gap) => (from_to(gap.after, gap.until), one(not_watched(reader, gap))),
            Happened::Followed(run, at) => {
                let (kind, state) = (operation_name(lang, run.kind), state_name(lang, run.state));
                (
                    interval(reader, run.seen_until, *at, now),
                    one(lang.fill(Recorder::AnotherRun, &[kind, state])),
                )
            }
        };
        let (until, kind) = self.place();
        (Entry { key: format!("{kind:?}/{}", until.as_millis()), kind, when, lines }, left_out)
    }
}

/// "not watched for 6 h 20 min: no page was open".
pub(super) fn not_watched(reader: Reader, gap: &Gap) -> String {
    let length = duration(reader.lang, gap.until.since(gap.after));
    match gap.cause {
        GapCause::Closed => reader.lang.fill(Recorder::GapClosed, &[&length]),
        GapCause::Suspended => reader.lang.fill(Recorder::GapSuspended, &[&length]),
        GapCause::Unanswered(kind) => {
            let what = trouble(reader.lang, &PollError::new(kind), Span::ZERO).what;
            reader.lang.fill(Recorder::GapUnanswered, &[&length, &what])
        }
    }
}

#[cfg(test)]
mod tests;
