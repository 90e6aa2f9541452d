//! The chart in words: titles of bars, and times as exactly as they are known.

use super::facts::{Fact, Kind};
use crate::error::PollError;
use crate::model::{Span, Timestamp};
use crate::timeline::{Gap, GapCause, Run, When};
use crate::view::format::{Reader, clock, duration, minute};
use crate::view::names::state_name;
use crate::view::trouble::trouble;
use crate::view::words::{Card, Chart, Lang};

/// Who reads, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Texts<'a> {
    pub reader: Reader,
    pub now: Timestamp,
    /// Whose row is described.
    pub name: &'a str,
}

impl Texts<'_> {
    pub fn lang(&self) -> Lang {
        self.reader.lang
    }

    pub fn clock(&self, at: Timestamp) -> String {
        clock(self.reader, at, self.now)
    }

    pub fn duration(&self, span: Span) -> String {
        duration(self.lang(), span)
    }

    /// "n1, turn 2, Node offline: failed, 16:02:10 to between 16:05:00 and 16:05:10".
    pub fn title(&self, fact: &Fact<'_>) -> String {
        let mut what = self.name.to_owned();
        if fact.turns > 1 && fact.turn > 0 {
            what = self.lang().fill(Chart::NthTurn, &[&what, &fact.turn.to_string()]);
        }
        if !fact.stage.is_empty() && fact.stage != self.name {
            what = format!("{what}, {}", fact.stage);
        }
        let state = self.state(fact);
        let began = self.began(fact);
        match fact.ended {
            Some(ended) => {
                self.lang().fill(Chart::TitleOne, &[&what, &state, &began, &self.ended(fact, ended)])
            }
            None => self.lang().fill(Chart::TitleOpen, &[&what, &state, &began]),
        }
    }

    pub fn state(&self, fact: &Fact<'_>) -> String {
        match fact.kind {
            Kind::Unreported { .. } => self.lang().say(Chart::Unreported).to_owned(),
            _ => state_name(self.lang(), fact.state).to_owned(),
        }
    }

    /// When something began. Where only its end is known, it is the earliest time that is possible.
    pub fn began(&self, fact: &Fact<'_>) -> String {
        match fact.has_only_an_end() {
            true => self.lang().fill(Chart::NotBefore, &[&self.clock(fact.begins_at())]),
            false => self.when(fact.began),
        }
    }

    pub fn ended(&self, fact: &Fact<'_>, ended: When) -> String {
        match fact.kind {
            Kind::Waiting { inferred: true } => {
                self.lang().fill(Chart::NotBefore, &[&self.clock(ended.latest())])
            }
            _ => self.when(ended),
        }
    }

    pub fn when(&self, when: When) -> String {
        match when {
            When::Reported(at) => self.clock(at),
            When::Between { after, until } => {
                self.lang().fill(Chart::Either, &[&self.clock(after), &self.clock(until)])
            }
            When::By(at) => self.lang().fill(Chart::By, &[&self.clock(at)]),
        }
    }

    /// "not reported, 5 d 22 h".
    pub fn unreported(&self, fact: &Fact<'_>) -> String {
        let length = fact.ends_at().since(fact.began.latest());
        self.lang().fill(Chart::NotReportedFor, &[&self.duration(length)])
    }

    /// "steps 1 to 11 are not listed"; empty where the vendor's count leaves none out.
    pub fn left_out(&self, fact: &Fact<'_>) -> String {
        match fact.kind {
            Kind::Unreported { left_out: Some((first, last)) } if first == last => {
                self.lang().fill(Chart::MissingStep, &[&first.to_string()])
            }
            Kind::Unreported { left_out: Some((first, last)) } => {
                self.lang().fill(Chart::MissingSteps, &[&first.to_string(), &last.to_string()])
            }
            _ => String::new(),
        }
    }

    /// On what ground the ends of something are known.
    pub fn known(&self, fact: &Fact<'_>) -> String {
        let lang = self.lang();
        let phrase = |when: When| match when {
            When::Reported(_) => lang.say(Chart::KnownReported).to_owned(),
            When::Between { after, until } => {
                lang.fill(Chart::KnownBetween, &[&self.clock(after), &self.clock(until)])
            }
            When::By(_) => lang.say(Chart::KnownNot).to_owned(),
        };
        let began = phrase(fact.began);
        let ended = match fact.kind {
            Kind::Waiting { inferred: true } => Some(lang.say(Chart::KnownNot).to_owned()),
            _ => fact.ended.map(phrase),
        };
        match ended {
            Some(ended) if ended != began => lang.fill(Chart::KnownBoth, &[&began, &ended]),
            _ => began,
        }
    }

    /// Why nobody watched.
    pub fn cause(&self, gap: &Gap) -> String {
        match gap.cause {
            GapCause::Closed => self.lang().say(Chart::GapClosed).to_owned(),
            GapCause::Suspended => self.lang().say(Chart::GapSuspended).to_owned(),
            GapCause::Unanswered(kind) => {
                let what = trouble(self.lang(), &PollError::new(kind), Span::ZERO).what;
                what.trim_end_matches(['.', '。']).to_owned()
            }
        }
    }

    /// "not watched, 12 min: no page was open".
    pub fn gap(&self, gap: &Gap) -> String {
        let length = self.duration(gap.until.since(gap.after));
        self.lang().fill(Chart::NotWatchedFor, &[&length, &self.cause(gap)])
    }

    /// "16:02 to 17:02", with seconds where minutes would not tell the two apart.
    pub fn span(&self, from: Timestamp, to: Timestamp) -> String {
        let short = to.since(from) < Span::minutes(10);
        let text = |at| if short { self.clock(at) } else { minute(self.reader, at, self.now) };
        self.lang().fill(Chart::Span, &[&text(from), &text(to)])
    }

    /// "11-20 16:02, 2.14.0 → 2.15.0, 41 min".
    pub fn run(&self, run: &Run) -> String {
        let began = minute(self.reader, run.began.latest(), self.now);
        let versions = match &run.versions {
            Some(change) => {
                let from = change.from.as_deref().unwrap_or("?");
                self.lang().fill(Card::Versions, &[from, &change.to])
            }
            None => state_name(self.lang(), run.state).to_owned(),
        };
        let took = match run.ended {
            Some(ended) => self.duration(ended.latest().since(run.began.latest())),
            None => self.lang().say(Chart::KnownNot).to_owned(),
        };
        self.lang().fill(Chart::RunOf, &[&began, &versions, &took])
    }
}
