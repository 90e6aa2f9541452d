//! What is running: the keys in memory, the watched clusters, and the one loop that asks about them.
//!
//! Views read the signals of `Live` and call its methods. Only this module writes them.

mod adding;
mod agreements;
mod ask;
mod check;
mod custody;
mod discover;
mod doctor;
mod driver;
mod entry;
mod forget;
mod keyring;
mod keys;
mod looked;
mod new_key;
mod readers;
mod recorded;
mod recorder;
mod replay;
mod saved;
pub mod settings;
mod slow;
mod tabs;
mod vault;
mod zones;

pub use adding::{Call, may_be_id};
pub use custody::{Credential, Custody};
pub use discover::{Found, PAGES, Place};
pub use driver::{run, tick};
pub use forget::{Import, ImportError};
pub use keyring::KeyName;
pub use keys::KeyChoice;
pub use new_key::{KeyField, KeyKind, KeyProblem, NewKey};
pub use recorded::{BOUNDS, Bounds, Usage};
pub use vault::{IdleAfter, NewPassphrase, VaultError, VaultState, VaultView, vault_words};

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use rollwatch_core::assess::Verdict;
use rollwatch_core::link::agreements::Agreement;
use rollwatch_core::model::{Span, Timestamp, Watch};
use rollwatch_core::poll::{self, Event};
use rollwatch_core::provider::{Background, Catalogue};
use rollwatch_core::view::words::{Lang, Shell};
use rollwatch_core::view::{CardView, Look, PageView, Reader};

use crate::browser::{clock, random, visibility};
use entry::Entry;
use keyring::Keyring;
use looked::Looked;
use recorder::Recordings;
use settings::{Settings, ZoneChoice};
use tabs::Tabs;
use vault::Vault;

/// How many watched clusters have each verdict, the worst first.
pub type Tally = Vec<(Verdict, usize)>;

/// A transition that a screen reader should speak.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    pub text: String,
    pub urgent: bool,
}

/// The signals that views read. They are written by `driver` and by the methods of `Live`, by no view.
#[derive(Debug, Clone, Copy)]
pub struct Signals {
    pub order: RwSignal<Vec<String>>,
    pub tally: RwSignal<Tally>,
    pub said: RwSignal<Said>,
    pub keys: RwSignal<Vec<KeyName>>,
    /// The keys that are over or will be soon, each with a sentence.
    pub ending: RwSignal<Vec<(KeyName, String)>>,
    /// How many minutes are left to every key that ends.
    pub ends: RwSignal<Vec<i64>>,
    pub notices: RwSignal<Vec<String>>,
    pub vault: RwSignal<VaultView>,
    /// Whether the page's head shows where the vault is unlocked.
    pub unlock: RwSignal<bool>,
    pub lang: RwSignal<Lang>,
    pub zone: RwSignal<ZoneChoice>,
}

/// A handle to everything that is running; it lives as long as the page.
#[derive(Debug, Clone, Copy)]
pub struct Live {
    state: StoredValue<State, LocalStorage>,
    pub signals: Signals,
}

#[derive(Debug)]
struct State {
    settings: Settings,
    catalogue: Catalogue,
    keyring: Keyring,
    vault: Vault,
    entries: BTreeMap<String, Entry>,
    /// How far each vendor's clock is ahead of this page's, by host; hosts that agree are absent.
    offsets: BTreeMap<String, Span>,
    /// The hosts whose latest answer took long.
    slow: BTreeSet<String>,
    /// Saved entries that this version cannot read; they are written back as they were.
    unread: Vec<String>,
    /// The zones that were chosen for times without one, in minutes east of UTC.
    zones: BTreeMap<KeyName, i32>,
    /// What was agreed to for each account.
    agreements: BTreeMap<KeyName, Agreement>,
    /// While a pointer or the focus is among the cards, they keep their places.
    order_held: bool,
    /// The cluster whose page is open.
    open: Option<Open>,
    recordings: Recordings,
    /// The other tabs of this page; `None` before `run`, when this one asks as if it were alone.
    tabs: Option<Tabs>,
    looked: Looked,
    /// De-correlates the polls of two tabs.
    seed: f64,
    nth: u64,
}

/// The cluster whose page is open, and how it is looked at.
#[derive(Debug)]
struct Open {
    /// The key of its watch.
    key: String,
    look: Look,
}

impl Live {
    /// Starts with what the settings and the saved watch list hold. Nothing is asked before `run`.
    pub fn new(settings: Settings) -> Self {
        let mut catalogue = Catalogue::built_in();
        let mut notices = settings.problems.clone();
        let unusable = settings.regions.as_ref().map(|regions| catalogue.add_regions(regions));
        let told = |reason: String| settings.lang.fill(Shell::ConfigBroken, &[&reason]);
        notices.extend(unusable.into_iter().flatten().map(told));
        let signals = Signals {
            order: RwSignal::new(Vec::new()),
            tally: RwSignal::new(Vec::new()),
            said: RwSignal::new(Said::default()),
            keys: RwSignal::new(Vec::new()),
            ending: RwSignal::new(Vec::new()),
            ends: RwSignal::new(Vec::new()),
            notices: RwSignal::new(notices),
            vault: RwSignal::new(VaultView::default()),
            unlock: RwSignal::new(false),
            lang: RwSignal::new(settings.lang),
            zone: RwSignal::new(settings.zone),
        };
        let state = StoredValue::new_local(State {
            catalogue,
            keyring: Keyring::default(),
            vault: Vault::default(),
            entries: BTreeMap::new(),
            offsets: BTreeMap::new(),
            slow: BTreeSet::new(),
            unread: Vec::new(),
            zones: BTreeMap::new(),
            agreements: BTreeMap::new(),
            order_held: false,
            open: None,
            recordings: Recordings::default(),
            tabs: None,
            looked: Looked::new(looked::kept(), clock::now()),
            seed: random::unit(),
            nth: 0,
            settings,
        });
        let live = Live { state, signals };
        live.open_agreements();
        live.open_zones();
        live.open_saved();
        live
    }

    /// The signal of a card; `None` when that cluster is not watched.
    pub fn card(self, key: &str) -> Option<ArcRwSignal<CardView>> {
        self.state.with_value(|state| state.entries.get(key).map(|entry| entry.card.clone()))
    }

    /// The signal of a cluster page; it holds something while that page is open.
    pub fn page(self, key: &str) -> Option<ArcRwSignal<Option<PageView>>> {
        self.state.with_value(|state| state.entries.get(key).map(|entry| entry.page.clone()))
    }

    /// The signal of the latest answer as it came.
    pub fn raw(self, key: &str) -> Option<ArcRwSignal<String>> {
        self.state.with_value(|state| state.entries.get(key).map(|entry| entry.raw.clone()))
    }

    /// The watch with this key, with its account.
    pub fn watch(self, key: &str) -> Option<Watch> {
        self.state.with_value(|state| state.entries.get(key).map(|entry| entry.watch.clone()))
    }

    pub fn catalogue(self) -> Catalogue {
        self.state.with_value(|state| state.catalogue.clone())
    }

    pub fn settings(self) -> Settings {
        self.state.with_value(|state| state.settings.clone())
    }

    /// Names the cluster whose page is open, so that its page is kept current.
    pub fn open(self, key: Option<String>) {
        self.state.update_value(|state| {
            key.iter().for_each(|key| state.looked.open(key));
            // A recording is in memory while its page is open.
            state.entries.values_mut().for_each(|entry| entry.player = None);
            state.open = key.map(|key| Open { key, look: Look::default() });
        });
        self.begin_replay();
        driver::refresh(self);
    }

    /// Changes how the open page is looked at.
    pub fn look(self, change: impl FnOnce(&mut Look)) {
        self.state.update_value(|state| {
            if let Some(open) = &mut state.open {
                change(&mut open.look);
            }
        });
        driver::refresh(self);
    }

    /// Keeps the cards where they are while `held`.
    pub fn hold_order(self, held: bool) {
        self.state.update_value(|state| state.order_held = held);
        if !held {
            driver::refresh(self);
        }
    }

    pub fn set_lang(self, lang: Lang) {
        self.signals.lang.set(lang);
        settings::keep_lang(lang);
        driver::refresh(self);
    }

    pub fn set_zone(self, zone: ZoneChoice) {
        self.signals.zone.set(zone);
        settings::keep_zone(zone);
        driver::refresh(self);
    }

    /// Watches a cluster, or gives a watched one another account.
    pub fn add(self, watch: Watch) {
        let key = watch.key();
        let before = self.watch(&key);
        self.state.update_value(|state| state.add(watch.clone()));
        // A request in flight was signed with the other account's key, which may not be told the same.
        if before.is_some_and(|before| before.account != watch.account) {
            self.state.update_value(|state| state.forget_background(&key));
            driver::perform(self, &key, Event::CredentialChanged);
        }
        self.save(|watches| {
            watches.retain(|other| other.key() != key);
            watches.push(watch);
        });
        recorder::open(self);
        tabs::tend(self);
        self.begin_replay();
        driver::refresh(self);
    }

    /// Stops watching; nothing else is forgotten, and what was recorded ages like everything recorded.
    pub fn remove(self, key: &str) {
        recorder::flush(self);
        self.state.update_value(|state| {
            state.entries.remove(key);
        });
        self.save(|watches| watches.retain(|other| other.key() != key));
        driver::refresh(self);
    }

    /// Asks about one cluster as soon as the vendor allows.
    pub fn ask_now(self, key: &str) {
        driver::perform(self, key, Event::AskNow);
        tabs::wish(self, key, true);
        driver::refresh(self);
    }

    pub fn dismiss_notices(self) {
        self.signals.notices.set(Vec::new());
    }

    fn reader(self) -> Reader {
        Reader {
            lang: self.signals.lang.get_untracked(),
            offset_at: match self.signals.zone.get_untracked() {
                ZoneChoice::Local => clock::utc_offset,
                ZoneChoice::Utc => |_| 0,
            },
        }
    }
}

impl State {
    fn add(&mut self, watch: Watch) {
        let key = watch.key();
        match self.entries.get_mut(&key) {
            Some(entry) => entry.watch.account = watch.account,
            None => {
                self.nth = self.nth.wrapping_add(1);
                let phase = poll::phase(self.nth, self.seed);
                let mut entry = Entry::new(watch, &self.catalogue, phase, clock::now());
                if visibility::is_hidden() {
                    poll::step(&mut entry.poller, Event::Hidden, clock::now(), random::unit());
                }
                self.entries.insert(key.clone(), entry);
                self.take_zone(&key);
            }
        }
    }

    /// Every watch.
    fn keys(&self) -> Vec<String> {
        self.entries.keys().cloned().collect()
    }

    /// The vendor's time for a watch, as far as its clock is known; `now` is the page's.
    fn now_at(&self, key: &str, now: Timestamp) -> Timestamp {
        let endpoint = self.entries.get(key).and_then(|entry| entry.endpoint.as_ref());
        now.plus(endpoint.map(|endpoint| self.offset_of(&endpoint.host)).unwrap_or_default())
    }

    /// How far a vendor's clock is ahead of the page's, as far as it is known.
    fn offset_of(&self, host: &str) -> Span {
        self.offsets.get(host).copied().unwrap_or_default()
    }

    /// Drops what further calls have told of a cluster; a chosen zone stays.
    fn forget_background(&mut self, key: &str) {
        if let Some(entry) = self.entries.get_mut(key) {
            entry.background = Background::default();
        }
        self.take_zone(key);
    }

    /// Lets the zone that is chosen for a watch's account hold for it.
    fn take_zone(&mut self, key: &str) {
        let Some(entry) = self.entries.get_mut(key) else { return };
        let chosen = self.zones.get(&KeyName::of(&entry.watch)).copied();
        let background = std::mem::take(&mut entry.background);
        entry.set_background(background, chosen);
    }
}
