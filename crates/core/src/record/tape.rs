//! The documents of one run, read back in order.

use std::sync::Arc;

use super::moment::{Document, Moment, Said};
use super::{observation, patch};
use crate::json::Json;
use crate::model::{Observation, Timestamp};
use crate::timeline::Gap;

/// One recorded run: its moments in order. It is kept as its documents, because five thousand answers of two
/// hundred nodes each would not fit into a page.
#[derive(Debug, Clone, Default)]
pub struct Tape {
    /// How many documents could not be read, or lie over one that could not.
    pub unreadable: usize,
    pub(super) texts: Arc<[String]>,
    /// The place after the last document.
    pub(super) next: u32,
    /// The last document, if it could be read.
    pub(super) last: Option<Last>,
    /// The last observation.
    pub(super) seen: Option<Seen>,
}

/// An observation as it is recorded.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// The place of its document.
    pub(super) seq: u32,
    pub(super) observation: Observation,
    /// How many patches lie over each other up to this one; 0 for one that is whole. `None`: it is recorded with
    /// something that this version does not know, so a patch that this version makes could not lie over it.
    pub(super) patches: Option<u32>,
}

/// Where a recording stands.
#[derive(Debug, Clone)]
pub(super) struct Last {
    pub(super) seq: u32,
    pub(super) from: Timestamp,
    pub(super) until: Timestamp,
    /// `None`: an observation.
    pub(super) said: Option<Said>,
}

impl Tape {
    /// Reads the documents of a run in the order of their keys. What is broken, missing or of another version
    /// costs what lies over it until the next whole observation, and is counted.
    pub fn read(texts: impl IntoIterator<Item = String>) -> Tape {
        let (mut fold, mut tape, mut kept) = (Fold::default(), Tape::default(), Vec::new());
        for text in texts {
            tape.next = tape.next.saturating_add(1);
            tape.last = Document::read(&text).and_then(|document| {
                let Document { seq, from, until, .. } = document;
                tape.next = tape.next.max(seq.saturating_add(1));
                let said = fold.take(document)?.and_then(Moment::said);
                Some(Last { seq, from, until, said })
            });
            match tape.last {
                Some(_) => kept.push(text),
                None => tape.unreadable += 1,
            }
        }
        tape.texts = kept.into();
        let is_whole = tape.unreadable == 0;
        tape.seen = fold.0.and_then(|base| base.seen(is_whole));
        tape
    }

    /// Whether nothing could be read.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The moments that could be read, in order. Each is put together when it is asked for.
    pub fn moments(&self) -> impl Iterator<Item = Moment> + '_ {
        let mut fold = Fold::default();
        self.texts.iter().filter_map(move |text| fold.next(Document::read(text)?))
    }
}

/// The latest observation as an object: what a patch lies over.
#[derive(Debug)]
struct Base {
    seq: u32,
    patches: u32,
    json: Json,
}

impl Base {
    fn seen(self, can_be_patched: bool) -> Option<Seen> {
        let observation = observation::read(&self.json, Timestamp::from_millis(0))?;
        let understood = observation::write(&observation);
        let is_understood = patch::between(&self.json, &understood) == Json::Object(Vec::new());
        let patches = (can_be_patched && is_understood).then_some(self.patches);
        Some(Seen { seq: self.seq, observation, patches })
    }
}

/// Puts moments together from documents, one after the other.
#[derive(Debug, Default)]
pub(super) struct Fold(Option<Base>);

impl Fold {
    /// The moment of a document. `None`: what it lies over is missing, or it cannot be read here.
    pub(super) fn next(&mut self, document: Document) -> Option<Moment> {
        let (from, until) = (document.from, document.until);
        if let Some(moment) = self.take(document)? {
            return Some(moment);
        }
        let observation = observation::read(&self.0.as_ref()?.json, from)?;
        Some(Moment::Seen { from, until, observation: Box::new(observation) })
    }

    /// The moment of a document, or `Some(None)` for an observation, which is the latest one then. Reading it is
    /// most of the work, and not everyone needs each.
    fn take(&mut self, document: Document) -> Option<Option<Moment>> {
        let Document { seq, from, until, said } = document;
        let base = match said {
            Said::Opened => return Some(Some(Moment::Opened(from))),
            Said::Followed => return Some(Some(Moment::Followed { after: from, until })),
            Said::Unwatched(cause) => {
                return Some(Some(Moment::Unwatched(Gap { after: from, until, cause })));
            }
            Said::Missed { count, kind, code } => {
                return Some(Some(Moment::Missed { from, until, count, kind, code }));
            }
            Said::Whole(json) => Base { seq, patches: 0, json },
            Said::Patch { after, patch } => {
                let Base { mut json, patches, .. } = self.0.take_if(|base| base.seq == after)?;
                patch::apply(&mut json, patch);
                Base { seq, patches: patches.saturating_add(1), json }
            }
        };
        if !observation::is_readable(&base.json) {
            return None;
        }
        self.0 = Some(base);
        Some(None)
    }
}
