//! Forgetting everything, in this tab, in the others and on this device; and the watch list as a file of its own.

use std::collections::BTreeSet;

use leptos::prelude::*;
use rollwatch_core::link::saved;
use rollwatch_core::model::Watch;

use super::keyring::Keyring;
use super::tabs::{self, Message};
use super::vault::{self, Vault};
use super::{KeyName, Live, driver};
use crate::browser::{erase, file, location};

/// What a file would add to the watch list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Those that are not watched.
    pub new: Vec<Watch>,
    /// How many are watched already, and stay as they are.
    pub known: usize,
    /// How many entries this version does not understand.
    pub unread: usize,
    /// The accounts with a key in memory whose clusters would be asked about at once.
    pub asked_with: Vec<String>,
}

/// Why a file is no watch list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportError {
    NotAList,
    /// Another version of this page has written it.
    OtherVersion,
}

impl Live {
    /// Removes everything that this page knows and has stored, in every tab, and starts anew. Does not return
    /// where the browser follows.
    pub async fn forget_everything(self) {
        self.stop();
        tabs::tell(self, &Message::Forget);
        // What the browser did not remove, the page that starts anew finds and shows.
        let _ = erase::everything().await;
        tabs::tell(self, &Message::Forgotten);
        location::start_anew();
    }

    /// Drops everything that this tab holds and stores nothing more, until it is loaded anew.
    pub(super) fn stop(self) {
        erase::stop();
        self.state.update_value(|state| {
            state.keyring = Keyring::default();
            state.vault = Vault::default();
            state.entries.clear();
            state.recordings.database = None;
            state.zones.clear();
            state.agreements.clear();
        });
        self.signals.keys.set(Vec::new());
        self.signals.ending.set(Vec::new());
        vault::show(self);
        driver::refresh(self);
    }

    /// The watch list as a document. It holds no credential, as nothing does that is saved of it.
    pub fn exported(self) -> String {
        self.state.with_value(|state| {
            let watches: Vec<Watch> = state.entries.values().map(|entry| entry.watch.clone()).collect();
            saved::to_json(&watches, &[])
        })
    }

    /// Has the browser save the watch list as a file.
    pub fn export(self) {
        // A browser that does not save says so itself.
        let _ = file::save("rollwatch-watch-list.json", "application/json", &self.exported());
    }

    /// What a document would add. Nothing is added.
    ///
    /// # Errors
    /// Why it is no watch list.
    pub fn preview(self, text: &str) -> Result<Import, ImportError> {
        let (watches, unread) = saved::from_json(text).map_err(|error| match error {
            saved::SavedError::NotAList => ImportError::NotAList,
            saved::SavedError::OtherVersion(_) => ImportError::OtherVersion,
        })?;
        let mut seen = BTreeSet::new();
        let listed: Vec<Watch> = watches.into_iter().filter(|watch| seen.insert(watch.key())).collect();
        let total = listed.len();
        let new: Vec<Watch> = listed.into_iter().filter(|watch| self.watch(&watch.key()).is_none()).collect();
        let asked_with: BTreeSet<String> = new
            .iter()
            .map(KeyName::of)
            .filter(|name| self.is_usable(name))
            .map(|name| name.account)
            .collect();
        Ok(Import {
            known: total - new.len(),
            new,
            unread: unread.len(),
            asked_with: asked_with.into_iter().collect(),
        })
    }

    /// Watches what a file adds.
    pub fn import(self, import: Import) {
        let new = import.new.into_iter().filter(|watch| self.watch(&watch.key()).is_none());
        self.add_all(new.collect());
    }
}
