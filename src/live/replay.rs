//! Replay of the cluster whose page is open. Only its page goes to the past: polls, the board and the recording
//! go on.

use std::collections::BTreeMap;

use leptos::prelude::*;
use rollwatch_core::assess::{Assessment, Circumstances, assess};
use rollwatch_core::model::{Observation, Timestamp};
use rollwatch_core::record::{Recorder, Reel, Tape, Write};
use rollwatch_core::timeline::{Outcome, Recorded, Run, Timeline};
use rollwatch_core::view::{self, Liveness, Look, PageView, Reader, Replay};

use super::entry::Entry;
use super::recorded::{self, Documents};
use super::{Live, State, driver};
use crate::browser::task;

/// What is recorded of the run that a page is about, and where in it the page stands.
#[derive(Debug, Default)]
pub(super) struct Player {
    /// The number of the run, and its documents by their places.
    run: u32,
    documents: BTreeMap<u32, String>,
    /// The documents put together; `None` when one has come since.
    reel: Option<Reel>,
    /// The instant that is shown and what was known then; `None` for now.
    shown: Option<(Timestamp, Timeline)>,
    /// Records what is seen while the page is open.
    recorder: Option<Recorder>,
}

impl Player {
    /// Begins with what is stored of a run.
    fn load(&mut self, Documents { run, texts }: Documents) {
        let tape = Tape::read(texts.values().cloned());
        *self = Player {
            run,
            documents: texts,
            recorder: Some(Recorder::resume(run, &tape)),
            ..Player::default()
        };
    }

    /// Begins with the latest answer where nothing is stored.
    fn begin(&mut self, latest: Option<&Observation>) {
        if let Some(latest) = latest.filter(|_| self.documents.is_empty()) {
            let outcome = Outcome::Observed(Box::new(latest.clone()));
            self.take(&outcome, Recorded::default(), latest.observed_at);
        }
    }

    /// Takes in what a poll brought while the page is open.
    pub fn take(&mut self, outcome: &Outcome, recorded: Recorded, at: Timestamp) {
        let recorder = self.recorder.get_or_insert_with(|| Recorder::new(0));
        let writes = recorder.take(outcome, recorded, at);
        let replaces = recorder.is_full();
        for Write { run, seq, text } in writes {
            if run != self.run {
                self.run = run;
                self.documents.clear();
            }
            // A moment that goes on is written again with a later end, which changes nothing of when it began.
            let goes_on = self.documents.insert(seq, text).is_some() && !replaces;
            self.reel = self.reel.take().filter(|_| goes_on);
        }
    }

    /// The recorded run. It is put together when it is looked at and something has come since.
    fn reel(&mut self, earlier: &[Run]) -> &Reel {
        let documents = &self.documents;
        self.reel.get_or_insert_with(|| Reel::new(&Tape::read(documents.values().cloned()), earlier.to_vec()))
    }

    /// Shows the recorded change of this place, or now.
    fn go(&mut self, place: Option<usize>, earlier: &[Run]) {
        let reel = self.reel(earlier);
        let at = place.and_then(|place| reel.stops().get(place).copied());
        self.shown = at.map(|at| (at, reel.at(at)));
    }

    /// The bar as it stands.
    fn bar(&mut self, timeline: &Timeline, reader: Reader, now: Timestamp) -> Replay {
        let stops = self.reel(timeline.earlier()).stops().to_vec();
        let shown = self.shown.as_ref().map(|(at, then)| (then, *at));
        view::replay(timeline, &stops, shown, reader, now)
    }
}

/// The page as its reader wants it: of the present, or of the recorded instant that they went back to. What was
/// known then is judged as it was then; of the present it has nothing but how long ago that is.
pub(super) fn page(
    entry: &mut Entry,
    look: &Look,
    assessment: &Assessment,
    liveness: &Liveness,
    reader: Reader,
    now: Timestamp,
) -> PageView {
    let Entry { watch, timeline, player, .. } = entry;
    let player = player.get_or_insert_default();
    let replay = player.bar(timeline, reader, now);
    let page = match &player.shown {
        None => view::page(watch, timeline, assessment, liveness, look, reader, now),
        Some((then, timeline)) => {
            let look = Look { present: Some(now), looked_at: None, ..look.clone() };
            let assessment = assess(timeline, &Circumstances::default(), *then);
            view::page(watch, timeline, &assessment, &Liveness::default(), &look, reader, *then)
        }
    };
    PageView { replay, ..page }
}

impl Live {
    /// Shows the page as it was at a recorded change: its place in the run. `None`, or a place behind the last
    /// change: as it is now.
    pub fn replay(self, place: Option<usize>) {
        self.state.update_value(|state| {
            let Some(entry) = state.open_entry() else { return };
            let Entry { player, timeline, .. } = entry;
            player.get_or_insert_default().go(place, timeline.earlier());
        });
        driver::refresh(self);
    }

    /// Begins the replay of the cluster whose page is open now, with what is stored of it.
    pub(super) fn begin_replay(self) {
        let key = self.state.with_value(|state| state.open.as_ref().map(|open| open.key.clone()));
        if let Some(key) = key {
            self.begin_replay_of(&key);
        }
    }

    /// The same, if this is the cluster whose page is open.
    pub(super) fn begin_replay_of(self, key: &str) {
        if self.state.with_value(|state| state.open.as_ref().is_none_or(|open| open.key != key)) {
            return;
        }
        let key = key.to_owned();
        task::spawn(async move {
            let stored = recorded::documents(self, &key).await;
            self.state.try_update_value(|state| {
                // The person may have left meanwhile.
                let Some(entry) = state.open_entry().filter(|entry| entry.watch.key() == key) else { return };
                let Entry { player, timeline, .. } = entry;
                let player = player.get_or_insert_default();
                match stored {
                    Some(stored) => player.load(stored),
                    None => player.begin(timeline.latest()),
                }
            });
            driver::refresh(self);
        });
    }
}

impl State {
    /// The cluster whose page is open, if it is watched.
    fn open_entry(&mut self) -> Option<&mut Entry> {
        self.entries.get_mut(&self.open.as_ref()?.key)
    }
}
