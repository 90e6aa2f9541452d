//! The keys in memory and the clusters that use them.

use std::rc::Rc;

use leptos::prelude::*;
use rollwatch_core::error::{ErrorKind, PollError};
use rollwatch_core::model::{Provider, Span, Timestamp};
use rollwatch_core::poll::Event;
use rollwatch_core::sign::Credential as Described;
use rollwatch_core::timeline::Outcome;
use rollwatch_core::view::words::{Keys, Leaves};
use rollwatch_core::view::{duration, minute};

use super::custody::{Credential, Custody, Loan};
use super::entry::Entry;
use super::new_key::{KeyProblem, NewKey, TypedKey};
use super::{KeyName, Live, State, driver, tabs};
use crate::browser::clock;
use crate::browser::crypto::Typed;

/// The key that a person chose.
#[derive(Debug)]
pub enum KeyChoice {
    /// One that is in memory already, by its account.
    Held(String),
    New(Fresh),
}

/// A key that was typed.
#[derive(Debug)]
pub struct Fresh {
    key: TypedKey,
    /// Empty for a token that stands alone.
    secret: Typed,
    /// Whether the vault, which is open then, is to keep it.
    remember: bool,
}

impl KeyChoice {
    /// Whether the vault is to keep it once it is accepted.
    pub fn is_to_be_remembered(&self) -> bool {
        matches!(self, KeyChoice::New(fresh) if fresh.remember)
    }

    pub fn account(&self) -> &str {
        match self {
            KeyChoice::Held(account) => account,
            KeyChoice::New(fresh) => &fresh.key.account,
        }
    }
}

/// A credential that is used for the first call of something that a person began.
#[derive(Debug)]
pub(super) struct Chosen {
    pub name: KeyName,
    pub key: Loan,
    /// The key as it was typed, which is owned here while it is not in memory yet.
    fresh: Option<(Fresh, Rc<Credential>)>,
}

/// So long before its end, a key is said to end.
pub(super) const TOLD_BEFORE: Span = Span::minutes(15);

impl Live {
    /// What was typed, as a key that is fit to be tried. `remember`: the vault is to keep it once it is accepted.
    ///
    /// # Errors
    /// What is missing or wrong.
    pub fn typed_key(
        self,
        provider: Provider,
        key: NewKey,
        secret: Typed,
        remember: bool,
    ) -> Result<KeyChoice, KeyProblem> {
        let key = key.understood(provider, clock::now())?;
        Ok(KeyChoice::New(Fresh { key, secret, remember }))
    }

    pub(super) async fn chosen(self, provider: Provider, choice: KeyChoice) -> Result<Chosen, PollError> {
        match choice {
            KeyChoice::Held(account) => {
                let name = KeyName { provider, account };
                let key = self.usable(&name, clock::now())?;
                Ok(Chosen { name, key, fresh: None })
            }
            KeyChoice::New(fresh) => {
                let name = KeyName { provider, account: fresh.key.account.clone() };
                let credential = match fresh.key.credential.clone() {
                    Described::AuthToken(token) => Credential::AuthToken(token),
                    key => {
                        let custody = Custody::take(&fresh.secret).await.map_err(|_| not_taken())?;
                        key.map(|()| custody)
                    }
                };
                let owned = Rc::new(credential);
                Ok(Chosen { name, key: Loan::of(&owned), fresh: Some((fresh, owned)) })
            }
        }
    }

    /// A call with this credential has succeeded: from now on it is held, and kept in the vault if that is wanted.
    pub(super) async fn keep(self, chosen: &mut Chosen) {
        if let Some((Fresh { key, secret, remember }, owned)) = chosen.fresh.take() {
            self.hold_key(chosen.name.clone(), owned, key.ends_at);
            if remember {
                self.remember(&chosen.name, key, &secret).await;
            }
        }
        self.state.update_value(|state| state.keyring.prove(&chosen.name));
    }

    /// Holds a credential in memory and lets every watch of that account use it.
    pub(super) fn hold_key(self, name: KeyName, credential: Rc<Credential>, ends_at: Option<Timestamp>) {
        self.state.update_value(|state| state.keyring.hold(name.clone(), credential, ends_at));
        self.keys_changed(&[name], true);
    }

    /// Drops a credential, in this tab's memory. Its clusters stay, and say that they need a key.
    pub(super) fn drop_key(self, name: &KeyName) {
        self.state.update_value(|state| state.keyring.forget(name));
        self.keys_changed(std::slice::from_ref(name), true);
    }

    /// These keys came or went; `anew`: what one key may not be told another one may.
    pub(super) fn keys_changed(self, names: &[KeyName], anew: bool) {
        self.signals.keys.set(self.state.with_value(|state| state.keyring.names()));
        for key in names.iter().flat_map(|name| self.state.with_value(|state| state.keys_of(name))) {
            if anew {
                self.state.update_value(|state| state.forget_background(&key));
            }
            driver::perform(self, &key, Event::CredentialChanged);
            // The tab that leads may have been refused with another key.
            tabs::wish(self, &key, false);
        }
        tabs::tend(self);
        self.tell_ends();
        driver::refresh(self);
    }

    /// The credential to sign with at `now`, on the vendor's clock, for as long as it is held.
    pub(super) fn usable(self, name: &KeyName, now: Timestamp) -> Result<Loan, PollError> {
        self.state.with_value(|state| state.keyring.usable(name, now))
    }

    /// Whether a key is in memory and not over.
    pub fn is_usable(self, name: &KeyName) -> bool {
        self.state.with_value(|state| state.keyring.usable(name, clock::now()).is_ok())
    }

    /// An instant in the reader's zone, to the minute.
    pub fn minute(self, at: Timestamp) -> String {
        minute(self.reader(), at, clock::now())
    }

    /// "valid until 18:00"; `None` when no end is known.
    pub fn key_end(self, name: &KeyName) -> Option<String> {
        let reader = self.reader();
        let ends_at = self.state.with_value(|state| state.keyring.ends_at(name))?;
        let left = ends_at.since(clock::now());
        // The clock goes on, and with it what is left.
        self.signals.ends.track();
        Some(reader.lang.fill(Leaves::EndsIn, &[&duration(reader.lang, left), &self.minute(ends_at)]))
    }

    /// Stops the pollers whose key is over, and says which keys are or will be soon.
    pub(super) fn watch_ends(self) {
        let over = self.state.with_value(State::with_a_key_that_is_over);
        for key in over {
            let error = PollError::new(ErrorKind::KeyExpired);
            self.state.update_value(|state| {
                let at = state.now_at(&key, clock::now());
                if let Some(entry) = state.entries.get_mut(&key) {
                    entry.record(Outcome::Failed(error), at);
                }
            });
            driver::perform(self, &key, Event::KeyRefused(ErrorKind::KeyExpired));
        }
        self.tell_ends();
    }

    fn tell_ends(self) {
        let (now, reader) = (clock::now(), self.reader());
        let ending = self.state.with_value(|state| state.keyring.ending(now.plus(TOLD_BEFORE)));
        let told = ending.into_iter().map(|(name, at)| {
            let sentence = if at <= now { Keys::Ended } else { Keys::Ends };
            let left = duration(reader.lang, at.since(now));
            let text = reader.lang.fill(sentence, &[&name.account, &minute(reader, at, now), &left]);
            (name, text)
        });
        let told: Vec<_> = told.collect();
        let minutes = self.state.with_value(|state| state.keyring.minutes_left(now));
        if self.signals.ends.with_untracked(|before| *before != minutes) {
            self.signals.ends.set(minutes);
        }
        if self.signals.ending.with_untracked(|before| *before != told) {
            self.signals.ending.set(told);
        }
    }

    /// Whether a poller may be woken: not while another cluster is trying out the same key.
    pub(super) fn may_wake(self, key: &str) -> bool {
        self.state.with_value(|state| {
            let Some(entry) = state.entries.get(key) else { return false };
            let name = KeyName::of(&entry.watch);
            let on_trial =
                |other: &Entry| KeyName::of(&other.watch) == name && other.poller.in_flight_since().is_some();
            state.keyring.is_proven(&name)
                || entry.poller.in_flight_since().is_some()
                || !state.entries.values().any(on_trial)
        })
    }
}

/// The browser has not taken a secret.
fn not_taken() -> PollError {
    PollError::field(ErrorKind::BadWatch, "account")
}

impl State {
    /// The watches that use a key.
    pub(super) fn keys_of(&self, name: &KeyName) -> Vec<String> {
        let uses = |entry: &&Entry| KeyName::of(&entry.watch) == *name;
        self.entries.values().filter(uses).map(|entry| entry.watch.key()).collect()
    }

    /// The watches that would go on being asked about, or say another reason why not, with a key that is over. What
    /// another tab asks about needs none.
    fn with_a_key_that_is_over(&self) -> Vec<String> {
        let now = clock::now();
        let over = |(key, entry): &(&String, &Entry)| {
            entry.poller.halted() != Some(ErrorKind::KeyExpired)
                && !entry.lead.is_followed(now)
                && self.keyring.is_over(&KeyName::of(&entry.watch), self.now_at(key, now))
        };
        self.entries.iter().filter(over).map(|(key, _)| key.clone()).collect()
    }
}
