//! What is seen goes into this browser's database: in order, off the path of polls, and told when it cannot.
//!
//! What waits to be stored is kept by its key, so that a moment that goes on is written once however often it was
//! told meanwhile, and one transaction stores all of it or nothing. A crash loses at most what waits.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;
use rollwatch_core::record::{Write, keys};
use rollwatch_core::view::words::Recordings as Words;

use super::{Live, recorded, tabs};
use crate::browser::database::{self, Database, DatabaseFailure, Entry as Stored, Store};
use crate::browser::{Listener, task, visibility};

/// The database of recordings; the demo's clusters are in one of their own.
const DATABASE: &str = "rollwatch.recordings";
const DEMO_DATABASE: &str = "rollwatch.demo.recordings";

const STORES: [Store; 2] = [Store::Moments, Store::Runs];

/// How long the browser may take over the database before the page goes on without it, in milliseconds.
pub(super) const PATIENCE: u64 = 5_000;

/// The most documents that wait for room. Beyond it those that wait are given up: memory ends too.
const WAITING_LIMIT: usize = 2_000;

/// How often it is looked whether what is being stored is stored, in milliseconds.
const LOOK_EVERY: u64 = 20;

/// The way from what is seen to the database.
#[derive(Debug, Default)]
pub(super) struct Recordings {
    /// `None` before it is open, and where the browser offers none.
    pub database: Option<Rc<Database>>,
    /// Whether it is open or being opened.
    opened: bool,
    waiting: BTreeMap<(Store, String), String>,
    writing: bool,
    /// Whether a run has begun since it was last looked what is to be dropped.
    run_begun: bool,
    /// Whether room was made since something was stored.
    pruned: bool,
    /// Whether it was told that nothing is recorded.
    told: bool,
}

/// What was recorded of an entry and is not on its way yet.
#[derive(Debug, Default)]
pub(super) struct Fresh {
    pub writes: Vec<Write>,
    /// The summaries of runs, by number.
    pub runs: Vec<(u32, String)>,
    pub run_begun: bool,
}

/// Opens the database if there is something for it, reads what is recorded of every watch, and begins to ask. A
/// browser that fails over it delays nothing for long.
pub(super) fn start(live: Live) {
    let listeners = [
        visibility::on_leave(move || flush(live)),
        visibility::on_change(move |hidden| {
            if hidden {
                flush(live);
            } else {
                tabs::wish_all(live);
            }
        }),
    ];
    listeners.into_iter().flatten().for_each(Listener::keep);
    tabs::start(live);
    let has_watches = live.state.with_value(|state| !state.entries.is_empty());
    task::spawn(async move {
        // A page that watches nothing makes no database, and reads one that is there.
        if has_watches || database::exists(name(live)).await {
            open(live);
        }
    });
}

/// The database's name.
fn name(live: Live) -> &'static str {
    if live.settings().demo.is_some() { DEMO_DATABASE } else { DATABASE }
}

/// Opens the database once the page runs, unless that was done.
pub(super) fn open(live: Live) {
    let is_first = live.state.try_update_value(|state| {
        state.tabs.is_some() && !std::mem::replace(&mut state.recordings.opened, true)
    });
    if is_first != Some(true) {
        return;
    }
    task::spawn(async move {
        let is_demo = live.settings().demo.is_some();
        let opened = task::within(PATIENCE, Database::open(name(live), &STORES)).await;
        match opened.unwrap_or(Err(DatabaseFailure::Broken)) {
            Ok(database) => {
                if is_demo {
                    task::within(PATIENCE, recorded::end_earlier_demo(&database)).await;
                }
                live.state.update_value(|state| state.recordings.database = Some(Rc::new(database)));
            }
            Err(failure) => tell(live, failure),
        }
        tabs::begin(live);
        recorded::prune(live, 1).await;
    });
}

/// Sends on its way what was recorded of every watch, and tells the other tabs.
pub(super) fn carry_on(live: Live) {
    let recorded = live.state.try_update_value(|state| {
        let mut recorded = false;
        let Recordings { waiting, run_begun: due, .. } = &mut state.recordings;
        for entry in state.entries.values_mut() {
            let Fresh { writes, runs, run_begun } = std::mem::take(&mut entry.fresh);
            *due |= run_begun;
            recorded |= !writes.is_empty();
            let documents = writes.into_iter().map(|Write { run, seq, text }| {
                ((Store::Moments, keys::moment(&entry.watch, run, seq)), text)
            });
            waiting.extend(documents);
            let summaries = runs.into_iter();
            waiting.extend(summaries.map(|(run, text)| ((Store::Runs, keys::run(&entry.watch, run)), text)));
        }
        recorded
    });
    tabs::tell_news(live);
    if recorded == Some(true) {
        task::spawn(store(live));
    }
}

/// Sends on its way also what is held back, because the page may end.
pub(super) fn flush(live: Live) {
    live.state.update_value(|state| {
        for entry in state.entries.values_mut() {
            entry.flush();
        }
    });
    carry_on(live);
}

/// Waits until everything that was seen until now is stored, as far as the browser stores it.
pub(super) async fn settle(live: Live) {
    carry_on(live);
    for _ in 0..PATIENCE / LOOK_EVERY {
        if live.state.try_with_value(|state| !state.recordings.writing).unwrap_or(true) {
            return;
        }
        task::pause(LOOK_EVERY).await;
    }
}

/// Stores what waits until nothing waits any more, or nothing can be stored.
async fn store(live: Live) {
    let begun = live.state.try_update_value(|state| {
        let is_first = !std::mem::replace(&mut state.recordings.writing, true);
        is_first.then(|| state.recordings.database.clone()).flatten()
    });
    let Some(database) = begun.flatten() else { return };
    while let Some(batch) = take_waiting(live) {
        let mut stored = database.put(&batch).await;
        if stored == Err(DatabaseFailure::Full) && make_room(live).await {
            stored = database.put(&batch).await;
        }
        live.state.try_update_value(|state| state.recordings.pruned &= stored.is_err());
        if let Err(failure) = stored {
            put_back(live, batch);
            tell(live, failure);
            break;
        }
    }
    let due = live.state.try_update_value(|state| {
        state.recordings.writing = false;
        std::mem::take(&mut state.recordings.run_begun)
    });
    if due == Some(true) {
        recorded::prune(live, 1).await;
    }
}

/// Keeps half as much as otherwise, once until something can be stored again. Says whether there is more room.
async fn make_room(live: Live) -> bool {
    let before = live.state.try_update_value(|state| std::mem::replace(&mut state.recordings.pruned, true));
    before == Some(false) && recorded::prune(live, 2).await > 0
}

fn take_waiting(live: Live) -> Option<Vec<Stored>> {
    let waiting = live.state.try_update_value(|state| std::mem::take(&mut state.recordings.waiting))?;
    let batch = waiting.into_iter().map(|((store, key), text)| Stored { store, key, text });
    Some(batch.collect()).filter(|batch: &Vec<Stored>| !batch.is_empty())
}

/// What was not stored waits for the next time, unless something newer waits under its key.
fn put_back(live: Live, batch: Vec<Stored>) {
    live.state.try_update_value(|state| {
        let waiting = &mut state.recordings.waiting;
        for Stored { store, key, text } in batch {
            waiting.entry((store, key)).or_insert(text);
        }
        if waiting.len() > WAITING_LIMIT {
            waiting.clear();
        }
    });
}

/// Says once that nothing is recorded, and why.
pub(super) fn tell(live: Live, failure: DatabaseFailure) {
    let told = live.state.try_update_value(|state| std::mem::replace(&mut state.recordings.told, true));
    if told == Some(false) {
        let sentence = match failure {
            DatabaseFailure::Unavailable => Words::Unavailable,
            DatabaseFailure::Full => Words::Full,
            DatabaseFailure::Newer => Words::Newer,
            DatabaseFailure::Broken => Words::Broken,
        };
        live.note(live.signals.lang.get_untracked().say(sentence).to_owned());
    }
}

/// Forgets what waits.
pub(super) fn forget_waiting(live: Live) {
    live.state.update_value(|state| state.recordings.waiting.clear());
}
