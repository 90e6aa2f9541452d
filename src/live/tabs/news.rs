//! What this tab tells the others, and what it hears from them.

use leptos::prelude::*;
use rollwatch_core::error::ErrorKind;
use rollwatch_core::model::Timestamp;
use rollwatch_core::poll::{self, Answer, Event};
use rollwatch_core::timeline::Outcome;

use super::let_go;
use super::message::{Message, News};
use crate::browser::{clock, location, random, task, visibility};
use crate::live::entry::Entry;
use crate::live::{Live, State, driver, readers};

pub(in crate::live) fn tell(live: Live, message: &Message) {
    live.state.with_value(|state| {
        if let Some(channel) = state.tabs.as_ref().and_then(|tabs| tabs.channel.as_ref()) {
            channel.post(&message.print());
        }
    });
}

pub(in crate::live) fn tell_deleted(live: Live) {
    tell(live, &Message::Deleted);
}

/// Tells the other tabs what this one has got.
pub(in crate::live) fn tell_news(live: Live) {
    let told = live.state.try_update_value(|state| {
        let in_company = state.tabs.as_ref().is_some_and(|tabs| tabs.in_company);
        let mut told = Vec::new();
        for (key, entry) in &mut state.entries {
            let news = std::mem::take(&mut entry.lead.news);
            if in_company && entry.lead.asks {
                told.extend(news.into_iter().map(|(outcome, at)| (key.clone(), outcome, at)));
            }
        }
        told
    });
    for (key, outcome, at) in told.unwrap_or_default() {
        tell_outcome(live, key, (outcome, at), false);
    }
}

fn tell_outcome(live: Live, key: String, (outcome, at): (Outcome, Timestamp), again: bool) {
    let message = live.state.with_value(|state| {
        let entry = state.entries.get(&key)?;
        let host = entry.endpoint.as_ref().map(|endpoint| endpoint.host.as_str()).unwrap_or_default();
        let (offset, raw) = (state.offset_of(host), entry.raw.get_untracked());
        let news = News { outcome, at, offset, raw, again, tab: state.seed.to_string() };
        Some(Message::News { key, news })
    });
    if let Some(message) = message {
        tell(live, &message);
    }
}

pub(super) fn hear(live: Live, text: &str) {
    let Some(message) = Message::read(text) else { return };
    live.state.update_value(|state| {
        if let Some(tabs) = &mut state.tabs {
            tabs.in_company = true;
        }
    });
    match message {
        Message::Follows { key } => {
            for outcome in live.latest(&key) {
                tell_outcome(live, key.clone(), outcome, true);
            }
        }
        Message::Wish { key, ask } if live.leads(&key) => {
            let halted = live.state.with_value(|state| {
                state.entries.get(&key).is_some_and(|entry| entry.poller.halted().is_some())
            });
            if halted || visibility::is_hidden() {
                let_go(live, key, ask);
            } else if ask {
                driver::perform(live, &key, Event::AskNow);
            }
        }
        // Whoever is about to lead has to know that there is somebody to tell.
        Message::Wish { key, .. } => tell(live, &Message::Follows { key }),
        Message::News { key, news } => {
            live.take_news(&key, news);
            driver::refresh(live);
        }
        Message::Deleted => task::spawn(live.forget_recorded()),
        Message::Lock => live.lock(),
        Message::Vault => task::spawn(live.follow_vault()),
        Message::Forgot(name) => live.drop_key(&name),
        Message::Forget => live.stop(),
        Message::Forgotten => location::start_anew(),
    }
}

impl Live {
    /// What a tab that begins to follow has to know, while this one leads.
    fn latest(self, key: &str) -> Vec<(Outcome, Timestamp)> {
        self.state.with_value(|state| {
            let Some(entry) = state.entries.get(key).filter(|entry| entry.lead.asks) else {
                return Vec::new();
            };
            let seen = entry
                .timeline
                .latest()
                .map(|latest| (Outcome::Observed(Box::new(latest.clone())), latest.observed_at));
            let missed = entry.timeline.outage();
            let missed = missed.map(|outage| (Outcome::Failed(outage.error.clone()), outage.since));
            seen.into_iter().chain(missed).collect()
        })
    }

    /// Takes in what another tab has got, as if this one had asked.
    fn take_news(self, key: &str, news: News) {
        let (now, jitter) = (clock::now(), random::unit());
        let News { outcome, at, offset, raw, again, tab } = news;
        let host = |state: &State| Some(state.entries.get(key)?.endpoint.as_ref()?.host.clone());
        if let Some(host) = self.state.with_value(host).filter(|_| !self.leads(key)) {
            self.learn_offset(&host, Some(offset));
        }
        self.state.update_value(|state| {
            let mine = state.seed.to_string();
            let Some(entry) = state.entries.get_mut(key) else { return };
            if let Some(lease) = &entry.lead.lease {
                // Both lead, because the browser has no locks: one of them records.
                if !lease.is_exclusive() && tab > mine {
                    entry.recorder = None;
                }
                return;
            }
            if !entry.lead.read {
                return;
            }
            entry.lead.wanted = false;
            let heard_before = entry.lead.heard_at.replace(now).is_some();
            let is_old = matches!(&outcome, Outcome::Observed(observation)
                if entry.timeline.latest().is_some_and(|latest| latest.observed_at > observation.observed_at));
            if !raw.is_empty() && entry.raw.with_untracked(|old| *old != raw) {
                readers::write(&entry.raw, raw);
            }
            if is_old || (again && heard_before) {
                return;
            }
            let error = match &outcome {
                Outcome::Failed(error) => Some(error.clone()),
                Outcome::Observed(_) => None,
            };
            entry.follow(&outcome, at);
            let pace = driver::pace(entry, at);
            let answer = error.map_or(Answer::Observed { pace }, Answer::Failed);
            mirror(entry, answer, now, jitter);
        });
    }
}

/// Brings this tab's poller to where the leader's is, so that a wait that a vendor asked for is kept and what was
/// refused stays refused when this tab takes over.
fn mirror(entry: &mut Entry, answer: Answer, now: Timestamp, jitter: f64) {
    // A clock that is off is asked with at once again, which this tab does not do.
    if matches!(&answer, Answer::Failed(error) if error.kind == ErrorKind::Clock) {
        return;
    }
    let mut asked = None;
    for event in [Event::CredentialChanged, Event::AskNow] {
        if let poll::Command::Send { seq } = poll::step(&mut entry.poller, event, now, jitter) {
            asked = Some(seq);
        }
    }
    if let Some(seq) = asked {
        poll::step(&mut entry.poller, Event::Answered { seq, answer }, now, jitter);
    }
}
