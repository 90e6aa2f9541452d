//! One moment of a recording, and the document that holds it.
//!
//! `{"version":1,"seq":0,"seen":{"from":…,"until":…,"whole":{…}}}`: everything that was seen
//! `{"version":1,"seq":3,"seen":{"from":…,"until":…,"after":1,"patch":{…}}}`: what differs from document 1
//! `{"version":1,"seq":4,"missed":{"from":…,"until":…,"count":2,"kind":"timeout","code":"…"}}`
//! `{"version":1,"seq":5,"opened":{"at":…}}`
//! `{"version":1,"seq":0,"followed":{"from":…,"until":…}}`
//! `{"version":1,"seq":1,"unwatched":{"from":…,"until":…,"cause":"closed"}}`
//!
//! Times are milliseconds since 1970.

use super::fields::{Fields, instant_of, number_of, text_of};
use super::{run, words};
use crate::error::ErrorKind;
use crate::json::Json;
use crate::model::{Observation, Timestamp};
use crate::timeline::{Gap, GapCause};

/// The version of every document that is written.
pub const VERSION: u32 = 1;

/// One thing that was recorded of a watched cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moment {
    /// A page began to watch at this time, or began again: what lies between the moment before and this one was
    /// not watched, because no page was open.
    Opened(Timestamp),
    /// Answers said the same from the first to the last of these times. The observation is as of `from`.
    Seen { from: Timestamp, until: Timestamp, observation: Box<Observation> },
    /// Polls failed in one way from the first to the last of these times.
    Missed {
        from: Timestamp,
        until: Timestamp,
        count: u32,
        kind: ErrorKind,
        /// The vendor's own code. Its message is not recorded: a message may repeat what a request held.
        code: Option<String>,
    },
    /// Nobody watched before this run was first seen. Only the first moment of a run is one: any other stretch
    /// shows from the moments around it.
    Unwatched(Gap),
    /// The answer at `after` was about the run before, and the next one, at `until`, about this one. Only the first
    /// moment of a run is one.
    Followed { after: Timestamp, until: Timestamp },
}

impl Moment {
    /// When this began, or became known.
    pub fn from(&self) -> Timestamp {
        match self {
            Moment::Opened(at) => *at,
            Moment::Seen { from, .. } | Moment::Missed { from, .. } => *from,
            Moment::Unwatched(Gap { until, .. }) | Moment::Followed { until, .. } => *until,
        }
    }

    /// The last time at which this was so, as far as it is known.
    pub fn until(&self) -> Timestamp {
        match self {
            Moment::Opened(at) => *at,
            Moment::Seen { until, .. } | Moment::Missed { until, .. } => *until,
            Moment::Unwatched(Gap { until, .. }) | Moment::Followed { until, .. } => *until,
        }
    }

    /// What its document says beside the times; `None` for an observation.
    pub(super) fn said(self) -> Option<Said> {
        match self {
            Moment::Opened(_) => Some(Said::Opened),
            Moment::Seen { .. } => None,
            Moment::Missed { count, kind, code, .. } => Some(Said::Missed { count, kind, code }),
            Moment::Unwatched(gap) => Some(Said::Unwatched(gap.cause)),
            Moment::Followed { .. } => Some(Said::Followed),
        }
    }
}

/// A document before it is written, or as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    /// Its place in the run, from 0.
    pub(super) seq: u32,
    pub(super) from: Timestamp,
    /// Never before `from`.
    pub(super) until: Timestamp,
    pub(super) said: Said,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    Opened,
    Unwatched(GapCause),
    Followed,
    Missed {
        count: u32,
        kind: ErrorKind,
        code: Option<String>,
    },
    /// An observation with nothing before it.
    Whole(Json),
    /// What differs from the observation in the document `after`.
    Patch {
        after: u32,
        patch: Json,
    },
}

impl Document {
    pub(super) fn write(&self) -> Json {
        let Document { seq, from, until, said } = self;
        let span = || {
            Fields::default().number("from", Some(from.as_millis())).number("until", Some(until.as_millis()))
        };
        let document = Fields::default().number("version", Some(VERSION)).number("seq", Some(*seq));
        match said {
            Said::Opened => {
                document.with("opened", Fields::default().number("at", Some(from.as_millis())).done())
            }
            Said::Followed => document.with("followed", span().done()),
            Said::Unwatched(cause) => document.with("unwatched", run::of_cause(span(), *cause).done()),
            Said::Missed { count, kind, code } => {
                let kind = Json::Text(words::of_error(*kind).to_owned());
                let missed = span().number("count", Some(*count)).with("kind", kind);
                document.with("missed", missed.text("code", code.as_deref()).done())
            }
            Said::Whole(whole) => document.with("seen", span().with("whole", whole.clone()).done()),
            Said::Patch { after, patch } => {
                let seen = span().number("after", Some(*after)).with("patch", patch.clone());
                document.with("seen", seen.done())
            }
        }
        .done()
    }

    /// `None`: this is no document of this version.
    pub(super) fn read(text: &str) -> Option<Document> {
        let json = Json::read(text)?;
        (number_of(&json, "version") == Some(VERSION)).then_some(())?;
        let seq = number_of(&json, "seq")?;
        if let Some(opened) = json.get("opened") {
            let at = instant_of(opened, "at")?;
            return Some(Document { seq, from: at, until: at, said: Said::Opened });
        }
        let [missed, seen, unwatched, followed] =
            ["missed", "seen", "unwatched", "followed"].map(|name| json.get(name));
        let span = missed.or(seen).or(unwatched).or(followed)?;
        let from = instant_of(span, "from")?;
        let until = instant_of(span, "until").map_or(from, |until| until.max(from));
        let said = match (missed, seen) {
            (Some(missed), _) => said_of_missed(missed),
            (None, Some(seen)) => said_of_seen(seen)?,
            (None, None) if unwatched.is_some() => Said::Unwatched(run::cause(span)),
            (None, None) => Said::Followed,
        };
        Some(Document { seq, from, until, said })
    }
}

/// Until when the moment of a document lasts, whatever it lies over. `None`: it is no document of this version.
pub fn last_at(text: &str) -> Option<Timestamp> {
    Document::read(text).map(|document| document.until)
}

/// That polls failed is worth more than in which way: a kind that a later version knows becomes the one that says
/// that an answer could not be understood.
fn said_of_missed(missed: &Json) -> Said {
    let kind = missed.get("kind").and_then(Json::as_text).and_then(words::error);
    Said::Missed {
        count: number_of(missed, "count").unwrap_or(1),
        kind: kind.unwrap_or(ErrorKind::Malformed),
        code: text_of(missed, "code"),
    }
}

fn said_of_seen(seen: &Json) -> Option<Said> {
    if let Some(whole) = seen.get("whole") {
        return Some(Said::Whole(whole.clone()));
    }
    Some(Said::Patch { after: number_of(seen, "after")?, patch: seen.get("patch")?.clone() })
}
