//! What was recorded before: read when a cluster begins to be watched, kept within bounds, deleted on request.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use rollwatch_core::model::{Span, Watch};
use rollwatch_core::record::{
    KEPT_FOR, Kept, RUNS_PER_WATCH, Recorder, Reel, TOTAL_BYTES, Tape, keys, last_at, read_run, retain,
};
use rollwatch_core::timeline::{Run, Timeline};

use super::entry::Entry;
use super::{Live, driver, recorder, tabs};
use crate::browser::database::{Database, DatabaseFailure, Store};
use crate::browser::{clock, task};

/// How much is recorded in this browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    pub runs: usize,
    pub clusters: usize,
    /// The length of all texts; browsers need a little more.
    pub bytes: u64,
}

/// How much is kept at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Runs of each cluster.
    pub runs: usize,
    /// How long a run is kept after it was last seen.
    pub kept_for: Span,
    pub bytes: u64,
}

impl Usage {
    /// "12 KB", "3.4 MB".
    pub fn amount(&self) -> String {
        match self.bytes {
            bytes if bytes < MEGABYTE => format!("{} KB", bytes.div_ceil(1024)),
            bytes => format!("{:.1} MB", bytes as f64 / MEGABYTE as f64),
        }
    }
}

impl Bounds {
    pub fn days(&self) -> i64 {
        self.kept_for.as_seconds() / 86_400
    }

    pub fn megabytes(&self) -> u64 {
        self.bytes / MEGABYTE
    }
}

const MEGABYTE: u64 = 1024 * 1024;

pub const BOUNDS: Bounds = Bounds { runs: RUNS_PER_WATCH, kept_for: KEPT_FOR, bytes: TOTAL_BYTES };

/// A document this far ahead of the demo's clock is of an earlier demo.
const AHEAD: Span = Span::minutes(1);

/// What is recorded of one watch: the runs before the last, the newest first, and the last one in full.
#[derive(Debug, Default)]
struct Known {
    earlier: Vec<Run>,
    last: Option<(u32, Tape)>,
    next_run: u32,
}

async fn read(database: &Database, watch: &Watch) -> Result<Known, DatabaseFailure> {
    let within = keys::within_watch(watch);
    let last = database.last_key(Store::Moments, &within).await?;
    let last = last.and_then(|key| Some(keys::parse_run(keys::parse_moment(&key)?.0)?.1));
    let runs = database.under(Store::Runs, &within).await?;
    let numbered = runs.iter().filter_map(|(key, text)| Some((keys::parse_run(key)?.1, text)));
    let mut runs: Vec<(u32, &String)> = numbered.collect();
    runs.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    let newest = runs.first().map(|(number, _)| *number).max(last);
    let earlier = runs.iter().filter(|(number, _)| last.is_none_or(|last| *number < last));
    let earlier = earlier.filter_map(|(_, text)| read_run(text)).collect();
    let tape = match last {
        Some(number) => {
            let texts = database.under(Store::Moments, &keys::within_run(watch, number)).await?;
            Some((number, Tape::read(texts.into_iter().map(|(_, text)| text))))
        }
        None => None,
    };
    let next_run = newest.map_or(0, |newest| newest.saturating_add(1));
    Ok(Known { earlier, last: tape, next_run })
}

impl Known {
    /// The history as the recording tells it.
    fn timeline(&self) -> Timeline {
        let reel = self.last.as_ref().map(|(_, tape)| Reel::new(tape, self.earlier.clone()));
        let told = reel.and_then(|reel| Some(reel.at(reel.until()?)));
        told.unwrap_or_else(|| Timeline::with_earlier(self.earlier.clone()))
    }

    /// What goes on with the recording.
    fn recorder(&self) -> Recorder {
        match &self.last {
            Some((number, tape)) => Recorder::resume(*number, tape),
            None => Recorder::new(self.next_run),
        }
    }
}

/// Reads what is recorded of a watch; `None` where nothing can be.
async fn known(live: Live, key: &str) -> Option<Known> {
    let database = live.state.try_with_value(|state| state.recordings.database.clone())??;
    let watch = live.watch(key)?;
    let known = task::within(recorder::PATIENCE, read(&database, &watch)).await;
    let known = known.unwrap_or(Err(DatabaseFailure::Broken));
    known.map_err(|failure| recorder::tell(live, failure)).ok()
}

/// The stored documents of one run of a watch.
pub(super) struct Documents {
    /// The number of the run.
    pub run: u32,
    /// By their places in the run.
    pub texts: BTreeMap<u32, String>,
}

/// What is stored of the run that a watch is in; `None` where nothing is, or nothing can be read.
pub(super) async fn documents(live: Live, key: &str) -> Option<Documents> {
    recorder::settle(live).await;
    let database = live.state.try_with_value(|state| state.recordings.database.clone())??;
    let watch = live.watch(key)?;
    let last = database.last_key(Store::Moments, &keys::within_watch(&watch)).await.ok()??;
    let run = keys::parse_run(keys::parse_moment(&last)?.0)?.1;
    let stored = database.under(Store::Moments, &keys::within_run(&watch, run)).await.ok()?;
    let places = stored.into_iter().filter_map(|(key, text)| Some((keys::parse_moment(&key)?.1, text)));
    Some(Documents { run, texts: places.collect() })
}

/// Shows what is recorded of a watch, which this tab does not lead yet.
pub(super) async fn restore(live: Live, key: &str) {
    let known = known(live, key).await;
    let is_first = live.state.try_update_value(|state| {
        let at = state.now_at(key, clock::now());
        let entry = state.entries.get_mut(key)?;
        Some(entry.restore(|| known.as_ref().map(Known::timeline), at))
    });
    if is_first == Some(Some(true)) {
        live.begin_replay_of(key);
    }
    driver::refresh(live);
}

/// Goes on with the recording of a watch, which this tab leads from now on. It is read anew: another tab may have
/// recorded until now.
pub(super) async fn resume(live: Live, key: &str) {
    let known = known(live, key).await;
    let is_first = live.state.try_update_value(|state| {
        let at = state.now_at(key, clock::now());
        let entry = state.entries.get_mut(key)?;
        entry.recorder = known.as_ref().map(Known::recorder);
        let is_first = entry.restore(|| known.as_ref().map(Known::timeline), at);
        // Where this page has followed another tab until now, a page was open all the time.
        if is_first && known.is_some_and(|known| known.last.is_some()) {
            entry.opened(at);
        }
        Some(is_first)
    });
    if is_first == Some(Some(true)) {
        live.begin_replay_of(key);
    }
    driver::refresh(live);
}

/// Every stored run, with when it was last seen and how much it holds.
async fn kept(database: &Database) -> Result<Vec<Kept>, DatabaseFailure> {
    let mut runs: BTreeMap<String, (u64, Option<String>)> = BTreeMap::new();
    for (key, bytes) in database.sizes(Store::Moments).await? {
        let run = keys::parse_moment(&key).map_or(key.as_str(), |(run, _)| run).to_owned();
        let (total, last) = runs.entry(run).or_default();
        *total = total.saturating_add(bytes).saturating_add(key.len() as u64);
        *last = Some(key);
    }
    let mut seen = BTreeMap::new();
    for (key, text) in database.under(Store::Runs, "").await? {
        let (total, _) = runs.entry(key.clone()).or_default();
        *total = total.saturating_add((key.len() + text.len()) as u64);
        seen.extend(read_run(&text).map(|run| (key, run.seen_until)));
    }
    let mut kept = Vec::new();
    for (key, (bytes, last)) in runs {
        let at = match (seen.get(&key), last) {
            (Some(at), _) => Some(*at),
            (None, Some(last)) => {
                let texts = database.under(Store::Moments, &last).await?;
                texts.first().and_then(|(_, text)| last_at(text))
            }
            (None, None) => None,
        };
        // What cannot be read may be a later version's. It does not go for its age, and before what is newer.
        let at = at.unwrap_or_else(|| clock::now().minus(KEPT_FOR.scaled(0.5)));
        kept.push(Kept { key, last_at: at, bytes });
    }
    Ok(kept)
}

/// Drops what is beyond the bounds, as if every run were `weight` times as large, and says how many runs went.
pub(super) async fn prune(live: Live, weight: u64) -> usize {
    let database = live.state.try_with_value(|state| state.recordings.database.clone()).flatten();
    let Some(database) = database else { return 0 };
    let Ok(mut kept) = kept(&database).await else { return 0 };
    for run in &mut kept {
        run.bytes = run.bytes.saturating_mul(weight);
    }
    let dropped = retain(&kept, clock::now());
    remove(&database, &dropped).await.map_or(0, |()| dropped.len())
}

async fn remove(database: &Database, runs: &[String]) -> Result<(), DatabaseFailure> {
    if runs.is_empty() {
        return Ok(());
    }
    let both = runs.iter().flat_map(|run| [(Store::Moments, run.clone()), (Store::Runs, run.clone())]);
    database.remove(&both.collect::<Vec<_>>()).await
}

/// The demo starts anew, with its clock set back: what lies ahead of it was another one.
pub(super) async fn end_earlier_demo(database: &Database) {
    let limit = clock::now().plus(AHEAD);
    let is_ahead = |kept: Vec<Kept>| kept.iter().any(|run| run.last_at > limit);
    if kept(database).await.is_ok_and(is_ahead) {
        // A demo that cannot be cleared shows more than it should, and nothing that was not simulated.
        let _ = database.clear().await;
    }
}

impl Live {
    /// How much is recorded; `None` where nothing can be.
    pub async fn usage(self) -> Option<Usage> {
        recorder::settle(self).await;
        let database = self.state.try_with_value(|state| state.recordings.database.clone())??;
        let kept = kept(&database).await.ok()?;
        let clusters: BTreeSet<&str> =
            kept.iter().filter_map(|run| keys::parse_run(&run.key)).map(|(watch, _)| watch).collect();
        let bytes = kept.iter().map(|run| run.bytes).fold(0, u64::saturating_add);
        Some(Usage { runs: kept.len(), clusters: clusters.len(), bytes })
    }

    /// Deletes every recording, also what other tabs hold of them, and goes on with empty ones. Says whether the
    /// browser did it.
    pub async fn delete_recordings(self) -> bool {
        recorder::settle(self).await;
        let database = self.state.try_with_value(|state| state.recordings.database.clone()).flatten();
        let Some(database) = database else { return false };
        let done = database.clear().await.is_ok();
        if done {
            tabs::tell_deleted(self);
            self.forget_recorded().await;
        }
        done
    }

    /// Forgets everything but the latest answers, which the recordings of this tab begin with again. What it has
    /// stored since they were deleted lies over what is gone.
    pub(super) async fn forget_recorded(self) {
        recorder::forget_waiting(self);
        let (database, mine) = self.state.with_value(|state| {
            let recorded = state.entries.values().filter(|entry| entry.recorder.is_some());
            let mine = recorded.map(|entry| keys::within_watch(&entry.watch));
            (state.recordings.database.clone(), mine.collect::<Vec<_>>())
        });
        self.state.update_value(|state| state.entries.values_mut().for_each(Entry::forget));
        if let Some(database) = database {
            let both =
                mine.into_iter().flat_map(|watch| [(Store::Moments, watch.clone()), (Store::Runs, watch)]);
            // Where this fails, deleting has failed too, and was told.
            let _ = database.remove(&both.collect::<Vec<_>>()).await;
        }
        driver::refresh(self);
    }
}
