//! Bars: facts as stretches of time, and these as positions on the axis.

use super::facts::{Course, Fact, Kind};
use super::texts::Texts;
use super::window::Stretch;
use super::{MIN_WIDTH, STUB, WIDTH};
use crate::model::{State, Timestamp};
use crate::timeline::{Gap, When};

/// What a bar stands for, and on whose word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BarKind {
    /// The node's turn has not come.
    Waiting,
    /// A turn whose steps stand on it.
    Turn,
    /// The vendor reports both ends, or the beginning of something that goes on.
    Reported,
    /// An end of it was seen by this browser.
    Seen,
    /// A change happened somewhere in here, between two answers.
    Between,
    /// It was so already when it was first seen: the beginning lies further to the left.
    Open,
    /// The vendor gives the end only; the beginning is no earlier than the end before it.
    Inferred,
    /// The work of several nodes of which no row of their own is shown, from the first to the last.
    Many,
    /// Time within a turn of which the vendor tells no step.
    Unreported,
    /// The same node in the run that this one is compared with.
    Ghost,
}

impl BarKind {
    /// The kinds that a legend explains.
    pub const LEGEND: [BarKind; 9] = [
        BarKind::Reported,
        BarKind::Seen,
        BarKind::Between,
        BarKind::Open,
        BarKind::Inferred,
        BarKind::Many,
        BarKind::Waiting,
        BarKind::Unreported,
        BarKind::Ghost,
    ];
}

/// A bar within a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// From 0 to `WIDTH`.
    pub x: i32,
    pub width: i32,
    pub state: State,
    pub kind: BarKind,
    /// What a closer look tells.
    pub title: String,
    /// What stands on the bar where there is room; mostly empty.
    pub label: String,
    /// Whether it ends here because this is now.
    pub goes_on: bool,
}

/// A stretch of time before it has a position.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub from: Timestamp,
    pub to: Timestamp,
    pub state: State,
    pub kind: BarKind,
    pub title: String,
    pub label: String,
    pub goes_on: bool,
}

impl Piece {
    /// Whether it is work, and not waiting for it or a comparison.
    pub fn is_work(&self) -> bool {
        !matches!(self.kind, BarKind::Waiting | BarKind::Ghost)
    }
}

/// An axis over a part of time, from 0 to `WIDTH`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    pub shown: Stretch,
}

impl Axis {
    /// Where an instant lies; at an end of the axis when it lies beyond it.
    pub fn x(self, at: Timestamp) -> i32 {
        let x = self.shown.fraction(at) * f64::from(WIDTH);
        x.clamp(0.0, f64::from(WIDTH)).round() as i32
    }

    /// The part of a piece that is shown; `None` when there is none.
    pub fn bar(self, piece: Piece) -> Option<Bar> {
        if piece.to < self.shown.from || piece.from > self.shown.to {
            return None;
        }
        let (from, to) = (self.x(piece.from), self.x(piece.to));
        let (x, width) = match piece.kind {
            BarKind::Open => (from.max(to - STUB), to - from.max(to - STUB)),
            BarKind::Waiting | BarKind::Between | BarKind::Unreported => (from, to - from),
            // A step of a second in a week must still be seen.
            _ => {
                let width = (to - from).max(MIN_WIDTH);
                (from.min(WIDTH - width), width)
            }
        };
        let Piece { state, kind, title, label, .. } = piece;
        let goes_on = piece.goes_on && piece.to <= self.shown.to;
        (width > 0).then_some(Bar { x, width, state, kind, title, label, goes_on })
    }
}

/// The bars of a row, in the order in which they are painted.
pub(super) fn pieces(facts: &[Fact<'_>], gaps: &[Gap], course: &Course, texts: &Texts<'_>) -> Vec<Piece> {
    let unreported: Vec<Stretch> = facts
        .iter()
        .filter(|fact| matches!(fact.kind, Kind::Unreported { .. }))
        .map(|fact| Stretch { from: fact.began.latest(), to: fact.begun_again_at() })
        .collect();
    let mut pieces: Vec<Piece> = Vec::new();
    // What lies below is painted first: waiting, turns, then what happens within them.
    let turns = |fact: &&Fact<'_>| matches!(fact.kind, Kind::Waiting { .. } | Kind::Turn { .. });
    let parts = facts.iter().filter(|fact| !turns(fact));
    for fact in facts.iter().filter(turns).chain(parts) {
        let title = texts.title(fact);
        let piece = |from, to, kind| Piece {
            from,
            to,
            state: fact.state,
            kind,
            title: title.clone(),
            label: String::new(),
            goes_on: false,
        };
        let sure = |from, to, kind, holes: &[Stretch]| {
            let known = fact.is_reported() && kind != BarKind::Waiting;
            let blanks = gaps.iter().filter(|_| !known);
            let blanks = blanks.map(|gap| Stretch { from: gap.after, to: gap.until });
            let holes: Vec<Stretch> = holes.iter().copied().chain(blanks).collect();
            let parts = without(Stretch { from, to }, holes);
            parts.into_iter().map(move |part| piece(part.from, part.to, kind))
        };
        let ends = Ends::of(fact);
        match fact.kind {
            Kind::Waiting { .. } => {
                let to = fact.ended.map_or(fact.until, |at| at.earliest().unwrap_or(at.latest()));
                pieces.extend(sure(fact.began.latest(), to, BarKind::Waiting, &[]));
            }
            Kind::Unreported { .. } => pieces.push(Piece {
                label: texts.unreported(fact),
                ..piece(fact.began.latest(), fact.begun_again_at(), BarKind::Unreported)
            }),
            Kind::Turn { .. } | Kind::Stage => {
                let staged = fact.kind == Kind::Turn { staged: true };
                let body = match (fact.is_known_by_report(), staged) {
                    (_, true) => BarKind::Turn,
                    (true, _) => BarKind::Reported,
                    (false, _) => BarKind::Seen,
                };
                let mut found = Vec::new();
                if ends.only_end {
                    let kind = match fact.ended {
                        Some(When::Reported(_)) => BarKind::Inferred,
                        _ => BarKind::Between,
                    };
                    found.push(piece(ends.begins.0, ends.ends.1, kind));
                } else {
                    let first = if ends.open { BarKind::Open } else { BarKind::Between };
                    found.push(piece(ends.begins.0, ends.begins.1, first));
                    let holes: &[Stretch] = if staged { &unreported } else { &[] };
                    found.extend(sure(ends.begins.1, ends.ends.0, body, holes));
                    found.push(piece(ends.ends.0, ends.ends.1, BarKind::Between));
                }
                let edge = |piece: &Piece| matches!(piece.kind, BarKind::Between | BarKind::Open);
                let twice = |new: &Piece, old: &Piece| (new.from, new.to) == (old.from, old.to) && edge(old);
                found.retain(|new| {
                    !edge(new) || (new.from < new.to && !pieces.iter().any(|old| twice(new, old)))
                });
                let goes_on =
                    fact.ended.is_none() && course.goes_on && matches!(fact.kind, Kind::Turn { .. });
                if let Some(last) = found.last_mut() {
                    last.goes_on = goes_on && last.to == fact.until;
                }
                pieces.extend(found);
            }
        }
    }
    pieces
}

/// The stretches in which a fact began and ended.
struct Ends {
    only_end: bool,
    /// Whether nothing is known of the time before the beginning.
    open: bool,
    begins: (Timestamp, Timestamp),
    ends: (Timestamp, Timestamp),
}

impl Ends {
    fn of(fact: &Fact<'_>) -> Self {
        let ended_by = fact.ends_at();
        let began_by = fact.began.latest().min(ended_by);
        let ended_after = match fact.ended {
            None => ended_by,
            Some(ended) => ended.earliest().unwrap_or(began_by).clamp(began_by, ended_by),
        };
        let only_end = fact.has_only_an_end();
        let earliest = if only_end { None } else { fact.began.earliest() };
        let began_after = earliest.unwrap_or(fact.not_before).min(began_by);
        Ends {
            only_end,
            open: earliest.is_none(),
            begins: (began_after, began_by),
            ends: (ended_after, ended_by),
        }
    }
}

impl Fact<'_> {
    /// Whether the vendor reports all of it that has happened.
    fn is_known_by_report(&self) -> bool {
        let reported = |when| matches!(when, When::Reported(_));
        reported(self.began) && self.ended.is_none_or(reported)
    }

    /// When the time that is not told ends: as soon as the next thing may have begun.
    fn begun_again_at(&self) -> Timestamp {
        self.ended.map_or(self.until, |next| next.earliest().unwrap_or(next.latest()))
    }
}

/// What is left of a stretch outside of the holes, in the order of time.
fn without(whole: Stretch, mut holes: Vec<Stretch>) -> Vec<Stretch> {
    holes.sort_by_key(|hole| hole.from);
    let mut left = Vec::new();
    let mut from = whole.from;
    for hole in holes.into_iter().filter(|hole| hole.from < whole.to && hole.to > whole.from) {
        if hole.from > from {
            left.push(Stretch { from, to: hole.from });
        }
        from = from.max(hole.to);
    }
    if from < whole.to {
        left.push(Stretch { from, to: whole.to });
    }
    // What took no time, or was watched at its beginning only, is still something.
    if left.is_empty() {
        left.push(Stretch { to: whole.from, ..whole });
    }
    left
}
