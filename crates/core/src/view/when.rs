//! When something happened, in words that claim no more than is known.

use super::format::{Reader, clock, duration};
use super::page::Shown;
use super::words::{Lang, Recorder};
use crate::model::{Span, Timestamp};
use crate::timeline::When;

/// A vendor's time counts for a change that was seen when it lies this close to the interval in which it was
/// seen. A clock or a zone that is off puts it elsewhere.
const CLOSE: Span = Span::minutes(2);

/// "between 17:10:41 and 17:10:51", with the instants in universal time for a closer look.
pub(super) fn interval(reader: Reader, after: Timestamp, until: Timestamp, now: Timestamp) -> Shown {
    Shown {
        text: reader
            .lang
            .fill(Recorder::Between, &[&clock(reader, after, now), &clock(reader, until, after)]),
        evidence: format!("{} – {}", after.iso(), until.iso()),
    }
}

/// When something happened: an instant, an interval, or a limit.
pub(super) fn when(reader: Reader, when: When, now: Timestamp) -> Shown {
    let limit = |word, at: Timestamp| Shown {
        text: reader.lang.fill(word, &[&clock(reader, at, now)]),
        evidence: at.iso(),
    };
    match when {
        When::Reported(at) => Shown { text: clock(reader, at, now), evidence: at.iso() },
        When::Between { after, until } => interval(reader, after, until, now),
        When::By(at) => limit(Recorder::By, at),
    }
}

/// Whether this can be the time of a change that was seen between two answers.
pub(super) fn is_within(when: When, after: Timestamp, until: Timestamp) -> bool {
    match when {
        When::Reported(at) => after.minus(CLOSE) <= at && at <= until.plus(CLOSE),
        When::Between { .. } | When::By(_) => when.latest() == until,
    }
}

/// A length may be wrong by less than this from the rhythm of polls alone.
const DOUBT_MATTERS_FROM: Span = Span::minutes(1);

/// How long something took, and by how much that may be wrong either way. `None` where an end of it was not seen,
/// and for what began and ended between the same two answers.
pub(super) fn took_for(began: Option<When>, ended: Option<When>) -> Option<(Span, Span)> {
    let (began, ended) = (began?, ended?);
    let length = ended.about()?.since(began.about()?);
    let half = |when: When| Some(when.latest().since(when.earliest()?).as_millis() / 2);
    let doubt = Span::millis(half(began)?.saturating_add(half(ended)?));
    (length > Span::ZERO).then_some((length, doubt))
}

/// "31 min ± 30 min".
pub(super) fn took(lang: Lang, (length, doubt): (Span, Span)) -> String {
    let length = duration(lang, length);
    if doubt < DOUBT_MATTERS_FROM {
        return length;
    }
    lang.fill(Recorder::GiveOrTake, &[&length, &duration(lang, doubt)])
}
