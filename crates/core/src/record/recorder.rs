//! What is recorded of one watch while it is watched: outcomes in, documents to store out.

use super::moment::{Document, Said};
use super::retention::MOMENTS_PER_RUN;
use super::tape::{Last, Seen, Tape};
use super::{observation, patch};
use crate::error::PollError;
use crate::model::{Observation, Span, Timestamp};
use crate::timeline::{Outcome, Recorded, says_the_same};

/// The end of a moment that goes on is written at most this often.
const WRITTEN_EVERY: Span = Span::minutes(1);

/// So many observations from one that is whole to the next. Each of those between them lies over the one before,
/// so this is the most that one broken document can cost.
const WHOLE_EVERY: u32 = 64;

/// The longest code of a vendor that is kept; the longest documented ones have half of it.
const CODE_LIMIT: usize = 80;

/// A document to be stored under its place. The same place is written again when its moment goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// The number of the run within the watch.
    pub run: u32,
    /// The number of the document within the run.
    pub seq: u32,
    pub text: String,
}

/// Records one watch. Whoever holds it stores each [`Write`] that it hands out, in order.
#[derive(Debug, Clone)]
pub struct Recorder {
    run: u32,
    /// The place of the next moment.
    next: u32,
    /// The latest moment, which may go on.
    going: Option<Going>,
    /// The latest observation of this run.
    seen: Option<Seen>,
}

#[derive(Debug, Clone)]
struct Going {
    seq: u32,
    from: Timestamp,
    until: Timestamp,
    /// `None`: the latest observation, whole. It is put together again when it is written.
    said: Option<Said>,
    /// The end that the stored document has.
    written_until: Timestamp,
    is_held_back: bool,
}

impl Recorder {
    /// Begins with a run of which nothing is recorded yet.
    pub fn new(next_run: u32) -> Self {
        Recorder { run: next_run, next: 0, going: None, seen: None }
    }

    /// Goes on with a run after its documents were read.
    pub fn resume(run: u32, tape: &Tape) -> Self {
        let going = tape.last.clone().map(|Last { seq, from, until, said }| Going {
            seq,
            from,
            until,
            said,
            written_until: until,
            is_held_back: false,
        });
        Recorder { run, next: tape.next, going, seen: tape.seen.clone() }
    }

    /// The number of the run that is being recorded.
    pub fn run(&self) -> u32 {
        self.run
    }

    /// Whether the run has as many moments as are kept of one. Then what is seen replaces what was seen last,
    /// so that the end of a run is known whatever came before it.
    pub fn is_full(&self) -> bool {
        self.next >= MOMENTS_PER_RUN
    }

    /// A page began to watch, or began again, at `at`.
    pub fn opened(&mut self, at: Timestamp) -> Vec<Write> {
        let mut writes = self.flush();
        if !self.is_full() {
            // A page that was closed again before it saw anything has nothing to tell.
            let unseen = self.going.as_ref().filter(|going| going.said == Some(Said::Opened));
            let seq = unseen.map(|going| going.seq).unwrap_or_else(|| self.place());
            writes.extend(self.begin(seq, (at, at), Some(Said::Opened)));
        }
        writes
    }

    /// Takes in what one poll brought at `at`, and what the timeline made of it.
    pub fn take(&mut self, outcome: &Outcome, recorded: Recorded, at: Timestamp) -> Vec<Write> {
        match outcome {
            Outcome::Observed(observation) => self.see(observation, recorded),
            Outcome::Failed(error) => self.miss(error, at),
        }
    }

    /// What is held back: the end of the moment that goes on. Called before a page closes.
    pub fn flush(&mut self) -> Vec<Write> {
        let is_held_back = self.going.as_ref().is_some_and(|going| going.is_held_back);
        is_held_back.then(|| self.write()).flatten().into_iter().collect()
    }

    fn see(&mut self, observation: &Observation, recorded: Recorded) -> Vec<Write> {
        let at = observation.observed_at;
        let goes_on = !recorded.another_run && !recorded.changed && recorded.gap.is_none();
        if goes_on && self.sees(observation) {
            return self.go_on(at);
        }
        let mut writes = self.flush();
        if recorded.another_run {
            // A run of which nothing is recorded leaves its number to this one.
            *self = Recorder::new(if self.next == 0 { self.run } else { self.run.saturating_add(1) });
            if let Some(after) = recorded.followed {
                let seq = self.place();
                writes.extend(self.begin(seq, (after, at), Some(Said::Followed)));
            }
            if let Some(gap) = recorded.gap {
                let seq = self.place();
                writes.extend(self.begin(seq, (gap.after, gap.until), Some(Said::Unwatched(gap.cause))));
            }
        }
        let (patch, patches) = self.patch(observation).unzip();
        let seq = self.place();
        self.seen = Some(Seen { seq, observation: observation.clone(), patches: patches.or(Some(0)) });
        writes.extend(self.begin(seq, (at, at), patch));
        writes
    }

    /// Whether the moment that goes on is one in which the same was seen, not later than this.
    fn sees(&self, observation: &Observation) -> bool {
        let Some((going, seen)) = self.going.as_ref().zip(self.seen.as_ref()) else { return false };
        going.seq == seen.seq
            && going.until <= observation.observed_at
            && says_the_same(&seen.observation, observation)
    }

    /// What differs from the latest observation, and how many patches lie over each other then; `None` when it is
    /// time for a whole one or nothing is saved.
    fn patch(&self, observation: &Observation) -> Option<(Said, u32)> {
        let seen = self.seen.as_ref().filter(|_| !self.is_full())?;
        let patches = seen.patches?.saturating_add(1);
        let whole = observation::write(observation);
        let patch = patch::between(&observation::write(&seen.observation), &whole);
        let is_smaller = patch.to_string().len() < whole.to_string().len();
        (patches < WHOLE_EVERY && is_smaller).then_some((Said::Patch { after: seen.seq, patch }, patches))
    }

    fn miss(&mut self, error: &PollError, at: Timestamp) -> Vec<Write> {
        let code = error.code.as_deref().filter(|code| is_code(code));
        if let Some(Going { until, said: Some(Said::Missed { count, kind, code: before }), .. }) =
            &mut self.going
            && (*kind, before.as_deref()) == (error.kind, code)
            && *until <= at
        {
            *count = count.saturating_add(1);
            return self.go_on(at);
        }
        let mut writes = self.flush();
        if !self.is_full() {
            let code = code.map(str::to_owned);
            let seq = self.place();
            writes.extend(self.begin(seq, (at, at), Some(Said::Missed { count: 1, kind: error.kind, code })));
        }
        writes
    }

    /// Takes the next place; once there is none left, the last one again.
    fn place(&mut self) -> u32 {
        let seq = self.next.min(MOMENTS_PER_RUN - 1);
        self.next = seq + 1;
        seq
    }

    fn begin(
        &mut self,
        seq: u32,
        (from, until): (Timestamp, Timestamp),
        said: Option<Said>,
    ) -> Option<Write> {
        self.going = Some(Going { seq, from, until, said, written_until: until, is_held_back: true });
        self.write()
    }

    fn go_on(&mut self, until: Timestamp) -> Vec<Write> {
        let Some(going) = &mut self.going else { return Vec::new() };
        going.until = until;
        going.is_held_back = true;
        let is_due = until.since(going.written_until) >= WRITTEN_EVERY;
        is_due.then(|| self.write()).flatten().into_iter().collect()
    }

    /// The document of the moment that goes on.
    fn write(&mut self) -> Option<Write> {
        let going = self.going.as_mut()?;
        let said = match &going.said {
            Some(said) => said.clone(),
            None => Said::Whole(observation::write(&self.seen.as_ref()?.observation)),
        };
        going.written_until = going.until;
        going.is_held_back = false;
        let Going { seq, from, until, .. } = *going;
        Some(Write { run: self.run, seq, text: Document { seq, from, until, said }.write().to_string() })
    }
}

/// Whether a vendor's code looks like one. Whatever else stands in its place is not recorded.
fn is_code(code: &str) -> bool {
    code.len() <= CODE_LIMIT
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}
