//! The watch list on this device: what is watched, never with what key.

use leptos::prelude::*;
use rollwatch_core::link::saved;
use rollwatch_core::model::Watch;
use rollwatch_core::view::words::{Lang, Shell};

use super::Live;
use crate::browser::storage::{self, StorageFailure};

const WATCHES: &str = "rollwatch.watches";

impl Live {
    /// Opens the saved watch list; in the demo, the fleet that the simulated clouds name.
    pub(super) fn open_saved(self) {
        if let Some(demo) = self.settings().demo {
            for (name, credential) in demo.keys {
                self.hold_key(name, credential.into(), None);
            }
            self.state.update_value(|state| {
                for watch in demo.watches {
                    state.add(watch);
                }
            });
            return;
        }
        let Some(text) = storage::get(WATCHES) else { return };
        let (watches, unread) = match saved::from_json(&text) {
            Ok(read) => read,
            // The document as a whole is unreadable: it is moved aside, so that saving does not end it.
            Err(_) => {
                let kept = storage::set(&format!("{WATCHES}.unread"), &text);
                self.note_kept(kept);
                return;
            }
        };
        if !unread.is_empty() {
            self.note_kept(Ok(()));
        }
        self.state.update_value(|state| {
            state.unread = unread;
            for watch in watches {
                state.add(watch);
            }
        });
    }

    /// Makes one change to the saved list as it is now: another tab may have changed it meanwhile.
    pub(super) fn save(self, change: impl FnOnce(&mut Vec<Watch>)) {
        if self.settings().demo.is_some() {
            return;
        }
        let stored = storage::get(WATCHES).and_then(|text| saved::from_json(&text).ok());
        let (mut watches, unread) = stored.unwrap_or_else(|| {
            self.state.with_value(|state| {
                let watches = state.entries.values().map(|entry| entry.watch.clone()).collect();
                (watches, state.unread.clone())
            })
        });
        change(&mut watches);
        if let Err(reason) = storage::set(WATCHES, &saved::to_json(&watches, &unread)) {
            let lang = self.signals.lang.get_untracked();
            self.note(not_saved(lang, reason));
        }
    }

    fn note_kept(self, kept: Result<(), StorageFailure>) {
        let lang = self.signals.lang.get_untracked();
        self.note(match kept {
            Ok(()) => lang.say(Shell::WatchesKept).to_owned(),
            Err(reason) => not_saved(lang, reason),
        });
    }

    pub(super) fn note(self, notice: String) {
        self.signals.notices.update(|notices| {
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        });
    }
}

/// The notice that the browser did not store something.
pub(super) fn not_saved(lang: Lang, reason: StorageFailure) -> String {
    let reason = match reason {
        StorageFailure::Unavailable => Shell::StorageUnavailable,
        StorageFailure::Refused => Shell::StorageRefused,
    };
    lang.fill(Shell::NotSaved, &[lang.say(reason)])
}
