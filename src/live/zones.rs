//! The zone of times that a vendor writes without one, as a person has chosen it for an account.

use leptos::prelude::*;
use rollwatch_core::link::zones::{self, AccountZone};
use rollwatch_core::poll::Event;
use rollwatch_core::view::words::Keys;

use super::saved::not_saved;
use super::{KeyName, Live, driver};
use crate::browser::storage;

const ZONES: &str = "rollwatch.zones";

impl Live {
    /// Opens the saved choices. A document that cannot be read is moved aside, so that saving does not end it.
    pub(super) fn open_zones(self) {
        if self.settings().demo.is_some() {
            return;
        }
        let Some(text) = storage::get(ZONES) else { return };
        match zones::from_json(&text) {
            Ok((known, _)) => self.state.update_value(|state| {
                state.zones = known.into_iter().map(|zone| (name(&zone), zone.offset_minutes)).collect();
            }),
            Err(_) => {
                let lang = self.signals.lang.get_untracked();
                self.note(match storage::set(&format!("{ZONES}.unread"), &text) {
                    Ok(()) => lang.say(Keys::ZonesKept).to_owned(),
                    Err(reason) => not_saved(lang, reason),
                });
            }
        }
    }

    /// The zone that was chosen for an account, in minutes east of UTC.
    pub fn zone_of(self, account: &KeyName) -> Option<i32> {
        self.state.with_value(|state| state.zones.get(account).copied())
    }

    /// Reads the zone-less times of an account's clusters in this zone from now on; `None`: as they are assumed
    /// or measured.
    pub fn choose_zone(self, account: &KeyName, offset_minutes: Option<i32>) {
        self.state.update_value(|state| match offset_minutes {
            Some(minutes) => drop(state.zones.insert(account.clone(), minutes)),
            None => drop(state.zones.remove(account)),
        });
        self.save_zone(account, offset_minutes);
        for key in self.state.with_value(|state| state.keys_of(account)) {
            let halted = self.state.try_update_value(|state| {
                state.take_zone(&key);
                state.entries.get(&key).is_some_and(|entry| entry.poller.halted().is_some())
            });
            // An answer that is under way was asked for with the other zone. What waits for a person to mend
            // something else keeps waiting.
            if halted == Some(false) {
                driver::perform(self, &key, Event::CredentialChanged);
            }
        }
        driver::refresh(self);
    }

    /// Makes one change to the saved choices as they are now: another tab may have changed them meanwhile.
    fn save_zone(self, account: &KeyName, offset_minutes: Option<i32>) {
        if self.settings().demo.is_some() {
            return;
        }
        let stored = storage::get(ZONES).and_then(|text| zones::from_json(&text).ok());
        let (mut known, unread) = stored.unwrap_or_else(|| (self.chosen_zones(), Vec::new()));
        known.retain(|zone| name(zone) != *account);
        known.extend(offset_minutes.map(|minutes| saved_zone(account, minutes)));
        if let Err(reason) = storage::set(ZONES, &zones::to_json(&known, &unread)) {
            self.note(not_saved(self.signals.lang.get_untracked(), reason));
        }
    }

    fn chosen_zones(self) -> Vec<AccountZone> {
        self.state.with_value(|state| {
            state.zones.iter().map(|(name, minutes)| saved_zone(name, *minutes)).collect()
        })
    }
}

fn name(zone: &AccountZone) -> KeyName {
    KeyName { provider: zone.provider, account: zone.account.clone() }
}

fn saved_zone(name: &KeyName, offset_minutes: i32) -> AccountZone {
    AccountZone { provider: name.provider, account: name.account.clone(), offset_minutes }
}
