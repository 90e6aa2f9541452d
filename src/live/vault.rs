//! The vault of this device: keys that a person chose to keep here, under a passphrase.
//!
//! It is locked until its passphrase is given in this tab, and locks again on demand in every tab, when nobody has
//! used the page for a while, and when the device slept. Locking drops the keys that it keeps; clusters stay.

mod opening;
mod stored;

pub use opening::NewPassphrase;

use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use rollwatch_core::model::Span;
use rollwatch_core::vault::{Guard, Header, LockedBy, Tries, VaultProblem, record_key};
use rollwatch_core::view::words::Vault as Words;

use super::tabs::{self, Message};
use super::{KeyName, Live, State};
use crate::browser::crypto::{self, VaultKey};
use crate::browser::database::Database;
use crate::browser::{Listener, clock, pointer, storage};

const IDLE: &str = "rollwatch.idle";

/// Why something was not done with the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultError {
    /// The page did not come securely, so the browser has no cryptography for it.
    NoCrypto,
    /// The passphrase has too few characters.
    TooShort,
    /// The two passphrases are not the same.
    Different,
    Wrong,
    /// The next passphrase has to wait.
    Wait,
    Locked,
    /// What is stored cannot be read.
    Damaged,
    /// A later version of this page has stored it.
    Newer,
    /// The browser keeps nothing for this page, or has failed over it.
    NotStored,
}

/// What is known of the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VaultState {
    /// It was not looked yet.
    #[default]
    Unknown,
    /// There is none.
    Absent,
    Locked,
    Open,
    Unusable(VaultError),
}

/// What views show of the vault.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VaultView {
    pub state: VaultState,
    /// How many seconds the next passphrase has to wait.
    pub wait_seconds: i64,
    /// The accounts in memory whose keys it keeps.
    pub remembered: Vec<KeyName>,
    /// The watched accounts whose keys it keeps, while it is locked.
    pub locked: Vec<KeyName>,
    pub idle: IdleAfter,
}

/// After how long without anybody the vault locks.
///
/// The longest is the default. A rolling operation takes hours, and whoever is on call looks at its board without
/// touching it; a board that went blind after an hour would teach them not to use the vault. An open page gives
/// nobody its keys: they sign what the page asks and cannot be read. A desk that is left alone is the screen lock's
/// business, and with the sleep that follows the vault locks anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IdleAfter {
    Quarter,
    Hour,
    #[default]
    Shift,
}

impl IdleAfter {
    pub const ALL: [IdleAfter; 3] = [IdleAfter::Quarter, IdleAfter::Hour, IdleAfter::Shift];

    pub const fn id(self) -> &'static str {
        match self {
            IdleAfter::Quarter => "15m",
            IdleAfter::Hour => "1h",
            IdleAfter::Shift => "8h",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.id() == id)
    }

    const fn span(self) -> Span {
        match self {
            IdleAfter::Quarter => Span::minutes(15),
            IdleAfter::Hour => Span::hours(1),
            IdleAfter::Shift => Span::hours(8),
        }
    }
}

/// The vault as this tab knows it.
#[derive(Debug, Default)]
pub(super) struct Vault {
    /// Whether it was looked what is stored.
    known: bool,
    /// Why what is stored cannot be used.
    problem: Option<VaultError>,
    database: Option<Rc<Database>>,
    header: Option<Header>,
    /// The names of the records.
    records: BTreeSet<String>,
    tries: Tries,
    /// What opens the records, while the vault is open.
    key: Option<VaultKey>,
    guard: Option<Guard>,
    idle: IdleAfter,
}

impl Vault {
    /// Whether it keeps the key of an account.
    fn keeps(&self, name: &KeyName) -> bool {
        self.header.as_ref().is_some_and(|header| {
            !self.records.is_empty()
                && self.records.contains(&record_key(&header.id, name.provider, &name.account))
        })
    }

    /// Whether the key of an account is to be had by opening it.
    pub fn locks(&self, name: &KeyName) -> bool {
        self.key.is_none() && self.keeps(name)
    }

    fn state(&self) -> VaultState {
        match (self.problem, &self.header, &self.key) {
            _ if !self.known => VaultState::Unknown,
            (Some(problem), ..) => VaultState::Unusable(problem),
            (_, None, _) => VaultState::Absent,
            (_, _, None) => VaultState::Locked,
            _ => VaultState::Open,
        }
    }
}

impl From<VaultProblem> for VaultError {
    fn from(problem: VaultProblem) -> Self {
        match problem {
            VaultProblem::Damaged => VaultError::Damaged,
            VaultProblem::Newer => VaultError::Newer,
        }
    }
}

impl From<crypto::CryptoFailure> for VaultError {
    fn from(_: crypto::CryptoFailure) -> Self {
        if crypto::is_available() { VaultError::Damaged } else { VaultError::NoCrypto }
    }
}

impl From<crate::browser::database::DatabaseFailure> for VaultError {
    fn from(failure: crate::browser::database::DatabaseFailure) -> Self {
        match failure {
            crate::browser::database::DatabaseFailure::Newer => VaultError::Newer,
            _ => VaultError::NotStored,
        }
    }
}

/// Notes that the page is used, for as long as it is open.
pub(super) fn listen(live: Live) {
    let kept = storage::get(IDLE).and_then(|id| IdleAfter::from_id(&id));
    live.state.update_value(|state| state.vault.idle = kept.unwrap_or_default());
    pointer::on_use(move || {
        live.state.try_update_value(|state| {
            if let Some(guard) = &mut state.vault.guard {
                guard.used(clock::machine());
            }
        });
    })
    .into_iter()
    .for_each(Listener::keep);
}

/// The page has a turn: an open vault may have to lock, and a wait goes on.
pub(super) fn turn(live: Live) {
    lock_if_due(live);
    show(live);
}

/// Locks an open vault that nobody has used for long, or whose device slept. It comes before every signature, because
/// what a sleep has interrupted goes on before the page has a turn.
pub(super) fn lock_if_due(live: Live) {
    let locked = live.state.try_update_value(|state| {
        let idle_for = state.vault.idle.span();
        state.vault.guard.as_mut()?.turn(idle_for, clock::machine())
    });
    if let Some(Some(by)) = locked {
        live.lock();
        let sentence = match by {
            LockedBy::Idle => Words::LockedIdle,
            LockedBy::Sleep => Words::LockedSleep,
        };
        live.note(live.signals.lang.get_untracked().say(sentence).to_owned());
    }
}

/// Why something was not done, in a sentence.
pub const fn vault_words(error: VaultError) -> Words {
    match error {
        VaultError::NoCrypto => Words::NoCrypto,
        VaultError::TooShort => Words::TooShort,
        VaultError::Different => Words::Different,
        VaultError::Wrong => Words::Wrong,
        VaultError::Wait => Words::WaitFirst,
        VaultError::Locked => Words::IsLocked,
        VaultError::Damaged => Words::Damaged,
        VaultError::Newer => Words::Newer,
        VaultError::NotStored => Words::NotStored,
    }
}

/// Brings what views show of the vault up to date.
pub(super) fn show(live: Live) {
    let view = live.state.with_value(|state| {
        let State { vault, keyring, entries, .. } = state;
        let mut locked: Vec<KeyName> = match vault.state() {
            VaultState::Locked if !vault.records.is_empty() => {
                entries.values().map(|entry| KeyName::of(&entry.watch)).collect()
            }
            _ => Vec::new(),
        };
        locked.sort();
        locked.dedup();
        locked.retain(|name| vault.keeps(name));
        let wait_for = vault.tries.wait_for(clock::machine()).as_millis();
        VaultView {
            state: vault.state(),
            // A wait that is nearly over is still one.
            wait_seconds: wait_for.saturating_add(999) / 1000,
            remembered: keyring.remembered(),
            locked,
            idle: vault.idle,
        }
    });
    if live.signals.vault.with_untracked(|before| *before != view) {
        live.signals.vault.set(view);
    }
}

impl Live {
    /// Locks the vault in every tab.
    pub fn lock_vault(self) {
        self.lock();
        tabs::tell(self, &Message::Lock);
    }

    /// Locks the vault in this tab.
    pub(super) fn lock(self) {
        let dropped = self.state.try_update_value(|state| {
            let State { vault, keyring, .. } = state;
            (vault.key, vault.guard) = (None, None);
            let names = keyring.remembered();
            names.iter().for_each(|name| keyring.forget(name));
            names
        });
        if let Some(names) = dropped.filter(|names| !names.is_empty()) {
            self.keys_changed(&names, false);
        }
        show(self);
    }

    /// Shows in the page's head where the vault is unlocked, or hides it.
    pub fn want_unlock(self, wanted: bool) {
        self.signals.unlock.set(wanted);
    }

    /// Takes back the notices that the vault has locked: it is open again.
    fn dismiss_locked(self) {
        let lang = self.signals.lang.get_untracked();
        let told = [Words::LockedIdle, Words::LockedSleep].map(|word| lang.say(word));
        let is_told = |notice: &String| told.contains(&notice.as_str());
        if self.signals.notices.with_untracked(|notices| notices.iter().any(is_told)) {
            self.signals.notices.update(|notices| notices.retain(|notice| !is_told(notice)));
        }
    }

    pub fn set_idle(self, idle: IdleAfter) {
        self.state.update_value(|state| state.vault.idle = idle);
        // Where the browser keeps nothing, the choice holds for this tab.
        let _ = storage::set(IDLE, idle.id());
        show(self);
    }

    /// Whether the vault keeps the key of an account.
    pub fn is_remembered(self, name: &KeyName) -> bool {
        self.state.with_value(|state| state.vault.keeps(name))
    }

    /// Whether the key of an account waits in the locked vault. Follows the vault.
    pub fn is_locked(self, name: &KeyName) -> bool {
        self.signals.vault.with(|vault| vault.locked.contains(name))
    }

    /// Forgets the key of an account: in memory, in the vault, and in every tab.
    pub fn forget_key(self, name: &KeyName) {
        self.drop_key(name);
        tabs::tell(self, &Message::Forgot(name.clone()));
        if self.is_remembered(name) {
            let name = name.clone();
            crate::browser::task::spawn(async move {
                let removed = self.remove_record(&name).await;
                self.note_unless(removed);
            });
        }
    }

    /// Says what went wrong, where nobody waits for it.
    pub(super) fn note_unless(self, done: Result<(), VaultError>) {
        let lang = self.signals.lang.get_untracked();
        if let Err(error) = done {
            let reason = lang.say(vault_words(error));
            self.note(lang.fill(Words::NotKept, &[reason]));
        }
        show(self);
    }
}
