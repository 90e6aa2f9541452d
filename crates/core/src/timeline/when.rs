//! When things happened, as exactly as that is known.

use crate::error::{ErrorKind, PollError};
use crate::model::{Span, Timestamp};

/// When something happened. A vendor answers with a snapshot, so a change seen between two answers happened
/// somewhere in the interval between them; it is kept as that interval, never as a false instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// The vendor says so.
    Reported(Timestamp),
    /// After the one answer and not later than the next.
    Between { after: Timestamp, until: Timestamp },
    /// It was so already at the first look, or it is known of nothing but something later: not later than this.
    By(Timestamp),
}

impl When {
    /// The instant at or before which it had happened.
    pub const fn latest(self) -> Timestamp {
        match self {
            When::Reported(at) | When::By(at) => at,
            When::Between { until, .. } => until,
        }
    }

    /// The instant before which it had not happened; `None` when nothing is known of that.
    pub const fn earliest(self) -> Option<Timestamp> {
        match self {
            When::Reported(at) => Some(at),
            When::Between { after, .. } => Some(after),
            When::By(_) => None,
        }
    }

    /// The instant to calculate with: the reported one, or the middle of the interval; `None` when only a limit
    /// is known.
    pub fn about(self) -> Option<Timestamp> {
        let earliest = self.earliest()?;
        Some(earliest.plus(Span::millis(self.latest().since(earliest).as_millis() / 2)))
    }
}

/// Two ends that were seen at the slowest regular interval are no further off than this together.
const REGULAR: Span = Span::minutes(6);

impl When {
    /// How long it was from this to `ended`; `None` when one of them is not known, when both lie between the same
    /// two answers, and when they lie in times so long not watched that they tell next to nothing.
    pub fn span_to(self, ended: When) -> Option<Span> {
        let span = ended.about()?.since(self.about()?);
        let width = |when: When| Some(when.latest().since(when.earliest()?).as_millis());
        let doubt = Span::millis(width(self)?.saturating_add(width(ended)?));
        (span > Span::ZERO && (doubt <= span || doubt <= REGULAR)).then_some(span)
    }
}

/// A stretch between two good answers in which nobody watched. What happened in it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Gap {
    pub after: Timestamp,
    pub until: Timestamp,
    pub cause: GapCause,
}

/// Why nobody watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GapCause {
    /// No page was open.
    Closed,
    /// The page was open and did not ask: the device slept, or the browser suspended the page.
    Suspended,
    /// The page asked, and got no good answer. This is the last failure.
    Unanswered(ErrorKind),
}

/// A stretch in which nothing changed, a quarter of an hour of it watched at least, until it went on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pause {
    pub from: Timestamp,
    pub until: Timestamp,
}

/// The polls that have failed since the last good answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outage {
    /// When the first of them failed.
    pub since: Timestamp,
    pub count: u32,
    /// The latest of them.
    pub error: PollError,
}

impl Outage {
    /// Whether it is no more than one request without an answer in time.
    pub fn is_single_timeout(&self) -> bool {
        self.count == 1 && self.error.kind == ErrorKind::Timeout
    }
}
