//! A recorded run, played again: what was known of the cluster at each of its instants.

use std::sync::Arc;

use super::moment::{Document, Moment, Said};
use super::tape::{Fold, Tape};
use crate::error::PollError;
use crate::model::Timestamp;
use crate::timeline::{Outcome, Run, Timeline};

/// At least so many moments lie between two states that are kept, and at most so many states are kept: a moment
/// of two hundred nodes takes a third of a millisecond to play, a state of theirs up to half a megabyte.
const MOMENTS_BETWEEN: usize = 64;
const STATES_KEPT: usize = 32;

/// A recorded run for replay.
#[derive(Debug, Clone)]
pub struct Reel {
    texts: Arc<[String]>,
    /// When each moment became known; never before the one before it, although clocks may be set back.
    known_at: Arc<[Timestamp]>,
    stops: Arc<[Timestamp]>,
    until: Option<Timestamp>,
    /// The runs before this one, the newest first.
    earlier: Arc<[Run]>,
    /// What was known before the moment of this number, where a whole observation makes it possible to go on
    /// from there; in order.
    kept: Arc<[(usize, Timeline)]>,
}

impl Reel {
    /// A run with what is known of earlier runs of its cluster, the newest first.
    pub fn new(tape: &Tape, earlier: Vec<Run>) -> Self {
        let (mut known_at, mut kept, mut until) = (Vec::<Timestamp>::new(), Vec::new(), None::<Timestamp>);
        let (mut timeline, mut fold, mut last) = (Timeline::default(), Fold::default(), 0);
        let between = MOMENTS_BETWEEN.max(tape.texts.len() / STATES_KEPT);
        for (number, text) in tape.texts.iter().enumerate() {
            let Some(document) = Document::read(text) else { continue };
            if matches!(document.said, Said::Whole(_)) && number >= last + between {
                kept.push((number, timeline.clone()));
                last = number;
            }
            let Some(moment) = fold.next(document) else { continue };
            known_at.push(known_at.last().map_or(moment.from(), |before| moment.from().max(*before)));
            until = until.max(Some(moment.until()));
            play(&mut timeline, moment, None);
        }
        let mut stops = known_at.clone();
        stops.dedup();
        Reel {
            texts: Arc::clone(&tape.texts),
            known_at: known_at.into(),
            stops: stops.into(),
            until,
            earlier: earlier.into(),
            kept: kept.into(),
        }
    }

    /// When the run was first recorded; `None` when nothing of it can be read.
    pub fn from(&self) -> Option<Timestamp> {
        self.stops.first().copied()
    }

    /// Until when it was recorded.
    pub fn until(&self) -> Option<Timestamp> {
        self.until
    }

    /// The instants at which something changed, in order: an answer said something else, polls began to fail, a
    /// page was opened.
    pub fn stops(&self) -> &[Timestamp] {
        &self.stops
    }

    /// What was known at this instant.
    pub fn at(&self, at: Timestamp) -> Timeline {
        let known = self.known_at.partition_point(|stop| *stop <= at);
        let start = self.kept.iter().rfind(|(number, _)| *number < known);
        let (first, mut timeline) =
            start.map_or((0, Timeline::default()), |(number, kept)| (*number, kept.clone()));
        let mut fold = Fold::default();
        for (number, text) in self.texts.iter().enumerate().take(known).skip(first) {
            let moment = Document::read(text).and_then(|document| fold.next(document));
            let limit = (number + 1 == known).then_some(at);
            if let Some(moment) = moment {
                play(&mut timeline, moment, limit);
            }
        }
        timeline.after(&self.earlier)
    }
}

/// Adds a moment to what is known, up to `limit`.
fn play(timeline: &mut Timeline, moment: Moment, limit: Option<Timestamp>) {
    let as_of = |until: Timestamp| limit.map_or(until, |limit| limit.min(until));
    match moment {
        Moment::Opened(at) => timeline.reopened(at),
        Moment::Unwatched(gap) => timeline.unwatched(gap),
        Moment::Followed { after, .. } => timeline.followed(after),
        Moment::Seen { from, until, observation } => {
            timeline.record(Outcome::Observed(observation), from);
            timeline.went_on(as_of(until));
        }
        Moment::Missed { from, until, count, kind, code } => {
            let error = PollError { code, ..PollError::new(kind) };
            // How many of them had failed before the last one is not recorded: at least the first.
            let count = match as_of(until) {
                at if at == until => count,
                at if at > from => count.min(2),
                _ => 1,
            };
            timeline.missed(error, count, from);
        }
    }
}
