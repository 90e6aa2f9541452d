//! Which tab asks about a cluster. One leads, by a lock of the browser: it asks the vendor, records, and tells the
//! others what it got. They follow: they show the same and ask nothing. When the leader goes, the next takes over.
//!
//! Where the browser has no locks every tab leads for itself, and one of those that hear each other records.

mod message;
mod news;

pub(super) use message::Message;
pub(super) use news::{tell, tell_deleted, tell_news};

use leptos::prelude::*;
use rollwatch_core::model::{Span, Timestamp};
use rollwatch_core::poll::Event;
use rollwatch_core::timeline::Outcome;

use super::entry::Entry;
use super::{KeyName, Live, State, driver, recorded, recorder};
use crate::browser::channel::Channel;
use crate::browser::locks::{self, Lease};
use crate::browser::{clock, task, visibility};
use news::hear;

/// The name of the channel, and what the names of locks begin with.
const NAME: &str = "rollwatch";
const DEMO_NAME: &str = "rollwatch.demo";

/// So long a tab waits for a lock before it shows what is recorded without it, in milliseconds.
const LEAD_SOON: u64 = 200;

/// A leader that is seen asks at least every five minutes: who has not heard of it for longer follows nobody.
const HEARD_FOR: Span = Span::minutes(6);

/// The other tabs of this page.
#[derive(Debug)]
pub(super) struct Tabs {
    /// `None` where the browser has none.
    channel: Option<Channel>,
    /// Whether another tab was ever heard of: until then nothing is told.
    in_company: bool,
    /// Whether watches may be begun with: what is recorded can be read, or it is known that it cannot.
    begun: bool,
    name: &'static str,
}

/// This tab's part in what is asked about one cluster.
#[derive(Debug, Default)]
pub(super) struct Lead {
    /// Whether what is recorded was read, as far as that was possible.
    pub read: bool,
    /// What was got and is not told yet.
    pub news: Vec<(Outcome, Timestamp)>,
    /// Whether this tab waits for the lock.
    queued: bool,
    lease: Option<Lease>,
    /// Whether it has taken over the recording.
    ready: bool,
    /// Whether it asks.
    asks: bool,
    /// Whether it is about to give the lease back.
    leaving: bool,
    /// Whether a person wants an answer as soon as it does.
    wanted: bool,
    /// When another tab was last heard of that leads.
    heard_at: Option<Timestamp>,
}

impl Lead {
    /// Whether another tab leads and has told of it lately.
    pub fn is_followed(&self, now: Timestamp) -> bool {
        self.lease.is_none() && self.heard_at.is_some_and(|at| now.since(at) <= HEARD_FOR)
    }
}

/// Listens to the other tabs. Nothing is asked before `begin`.
pub(super) fn start(live: Live) {
    let name = if live.settings().demo.is_some() { DEMO_NAME } else { NAME };
    let channel = Channel::open(name, move |text| hear(live, &text));
    live.state.update_value(|state| {
        state.tabs = Some(Tabs { channel, in_company: false, begun: false, name });
    });
}

/// Begins with every watch.
pub(super) fn begin(live: Live) {
    live.state.update_value(|state| {
        if let Some(tabs) = &mut state.tabs {
            tabs.begun = true;
        }
    });
    tend(live);
}

/// Lets every watch have what it needs: a place in the queue where this tab could lead, its recording where it
/// cannot, and an end of the lead where its key is gone.
pub(super) fn tend(live: Live) {
    let begun = live.state.with_value(|state| state.tabs.as_ref().is_some_and(|tabs| tabs.begun));
    if !begun {
        return;
    }
    for key in live.state.with_value(State::keys) {
        let can_lead = live.can_lead(&key);
        let (read, queued, leads) = live.state.with_value(|state| {
            let lead = state.entries.get(&key).map(|entry| &entry.lead);
            lead.map_or((true, false, false), |lead| (lead.read, lead.queued, lead.lease.is_some()))
        });
        match (can_lead, leads) {
            (true, true) => ask(live, &key),
            (true, false) if !queued => {
                wish(live, &key, false);
                queue(live, key);
            }
            (false, true) => let_go(live, key, false),
            (false, false) if !read => task::spawn(async move { follow(live, &key).await }),
            _ => {}
        }
    }
}

/// Waits for the lead of a watch; a tab that nobody sees gives it to one that is seen.
fn queue(live: Live, key: String) {
    let Some(name) = live.state.try_update_value(|state| {
        state.entries.get_mut(&key)?.lead.queued = true;
        Some(format!("{}:{key}", state.tabs.as_ref()?.name))
    }) else {
        return;
    };
    let Some(name) = name else { return };
    let followed = key.clone();
    task::spawn(async move {
        task::pause(LEAD_SOON).await;
        follow(live, &followed).await;
    });
    task::spawn(async move {
        let lease = locks::hold(&name).await;
        let can_lead = live.can_lead(&key);
        let leads = live.state.try_update_value(|state| {
            let lead = &mut state.entries.get_mut(&key)?.lead;
            lead.queued = false;
            // The watch may have lost its key while it waited, or come anew and lead already.
            let leads = can_lead && lead.lease.is_none();
            lead.lease = if leads { Some(lease) } else { lead.lease.take() };
            leads.then_some(())
        });
        if leads.flatten().is_some() {
            recorded::resume(live, &key).await;
            live.state.try_update_value(|state| {
                if let Some(entry) = state.entries.get_mut(&key) {
                    entry.lead.ready = true;
                }
            });
            ask(live, &key);
        }
    });
}

/// Begins to ask, once: with the first request when it is due or, under an untested key, when nobody else tries it.
fn ask(live: Live, key: &str) {
    let may_wake = live.may_wake(key);
    let event = live.state.try_update_value(|state| {
        let entry = state.entries.get_mut(key)?;
        let Entry { lead, poller, .. } = entry;
        if lead.asks || lead.leaving || !lead.ready || !(may_wake || lead.wanted) {
            return None;
        }
        lead.asks = true;
        // It was another tab's key that was refused, and what is still on its way began under an earlier lead.
        let begins_anew = poller.halted().is_some() || poller.in_flight_since().is_some();
        Some(match (std::mem::take(&mut lead.wanted), begins_anew, visibility::is_hidden()) {
            (_, true, _) => Event::CredentialChanged,
            (true, ..) => Event::AskNow,
            (.., true) => Event::Hidden,
            (.., false) => Event::Shown,
        })
    });
    if let Some(event) = event.flatten() {
        driver::perform(live, key, event);
        driver::refresh(live);
    }
}

/// Shows what is recorded of a watch that this tab does not lead, and asks whoever does what is new.
async fn follow(live: Live, key: &str) {
    let due = live.state.try_with_value(|state| {
        state.entries.get(key).is_some_and(|entry| !entry.lead.read && entry.lead.lease.is_none())
    });
    if due == Some(true) {
        recorded::restore(live, key).await;
        tell(live, &Message::Follows { key: key.to_owned() });
    }
}

/// Gives the lead to the next tab, after everything is stored that this one has recorded. If there is no other one,
/// it comes back, and then the vendor is asked at once if `wanted`.
fn let_go(live: Live, key: String, wanted: bool) {
    let leaves = live.state.try_update_value(|state| {
        let entry = state.entries.get_mut(&key)?;
        let leaves = entry.lead.ready && !std::mem::replace(&mut entry.lead.leaving, true);
        if leaves {
            entry.flush();
            entry.recorder = None;
            (entry.lead.asks, entry.lead.wanted) = (false, wanted);
        }
        leaves.then_some(())
    });
    if leaves.flatten().is_none() {
        return;
    }
    task::spawn(async move {
        recorder::settle(live).await;
        live.state.try_update_value(|state| {
            if let Some(entry) = state.entries.get_mut(&key) {
                let Lead { lease, ready, leaving, .. } = &mut entry.lead;
                (*lease, *ready, *leaving) = (None, false, false);
            }
        });
        if live.can_lead(&key) {
            queue(live, key);
        }
    });
}

/// Asks the leader for its lead of every watch that this tab follows and could lead.
pub(super) fn wish_all(live: Live) {
    for key in live.state.with_value(State::keys) {
        if live.can_lead(&key) {
            wish(live, &key, false);
        }
    }
}

/// Asks the leader of a watch for its lead if nobody sees it or it cannot go on, and for an answer if `now`.
pub(super) fn wish(live: Live, key: &str, now: bool) {
    if live.leads(key) {
        return;
    }
    let follows = live.state.with_value(|state| {
        state.tabs.is_some() && state.entries.get(key).is_some_and(|entry| entry.lead.lease.is_none())
    });
    if now {
        live.state.update_value(|state| {
            if let Some(entry) = state.entries.get_mut(key) {
                entry.lead.wanted = true;
            }
        });
    }
    if follows && !visibility::is_hidden() {
        tell(live, &Message::Wish { key: key.to_owned(), ask: now });
    }
}

impl Live {
    /// Whether this tab asks about a watch. A page that does not run with others always does.
    pub(super) fn leads(self, key: &str) -> bool {
        self.state.with_value(|state| {
            state.tabs.is_none() || state.entries.get(key).is_some_and(|entry| entry.lead.asks)
        })
    }

    /// Whether this tab has a usable key for a watch.
    fn can_lead(self, key: &str) -> bool {
        let Some(watch) = self.watch(key) else { return false };
        let now = self.state.with_value(|state| state.now_at(key, clock::now()));
        self.usable(&KeyName::of(&watch), now).is_ok()
    }
}
