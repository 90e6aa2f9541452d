//! What a person has agreed to: with which account the page may ask, through which proxy and at which hosts. Nothing
//! is signed without a click of its own where another proxy or another host would hear of it.

use std::collections::BTreeSet;

use leptos::prelude::*;
use rollwatch_core::link::agreements::{self, Agreement};
use rollwatch_core::model::{OperationKind, Site};
use rollwatch_core::poll::Event;
use rollwatch_core::provider;
use rollwatch_core::view::{self, LeavesView};

use super::saved::not_saved;
use super::{KeyName, Live, Place, State, driver};
use crate::browser::storage;

const AGREEMENTS: &str = "rollwatch.agreements";

impl Live {
    /// Opens what was agreed to before. In the demo, its own accounts may ask, and no other.
    pub(super) fn open_agreements(self) {
        let settings = self.settings();
        if let Some(demo) = settings.demo {
            let hosts: BTreeSet<String> =
                self.catalogue().endpoints().iter().map(|endpoint| endpoint.host.clone()).collect();
            let agreed = demo.keys.into_iter().map(|(name, _)| (name, settings.proxy.clone(), hosts.clone()));
            self.state.update_value(|state| {
                for (name, proxy, hosts) in agreed {
                    state.agree(&name, &proxy, hosts);
                }
            });
            return;
        }
        self.read_agreements();
    }

    /// Takes over what is stored, which another tab may have changed.
    fn read_agreements(self) {
        let stored = storage::get(AGREEMENTS).and_then(|text| agreements::from_json(&text).ok());
        self.state.update_value(|state| {
            for agreement in stored.into_iter().flat_map(|(known, _)| known) {
                let name = KeyName { provider: agreement.provider, account: agreement.account.clone() };
                state.agreements.insert(name, agreement);
            }
        });
    }

    /// A person has clicked what names this account: the page may ask with it at these hosts, through the proxy
    /// that it has now.
    pub(super) fn agree(self, name: &KeyName, hosts: BTreeSet<String>) {
        let proxy = self.settings().proxy;
        let is_new = self.state.with_value(|state| hosts.iter().any(|host| !state.agrees(name, host)));
        if !is_new {
            return;
        }
        self.state.update_value(|state| state.agree(name, &proxy, hosts));
        if self.settings().demo.is_none() {
            // Another tab may have agreed to something meanwhile.
            let stored = storage::get(AGREEMENTS).and_then(|text| agreements::from_json(&text).ok());
            let (mut known, unread) = stored.unwrap_or_default();
            known.retain(|agreement| {
                (agreement.provider, &agreement.account) != (name.provider, &name.account)
            });
            known.extend(self.state.with_value(|state| state.agreements.get(name).cloned()));
            if let Err(reason) = storage::set(AGREEMENTS, &agreements::to_json(&known, &unread)) {
                self.note(not_saved(self.signals.lang.get_untracked(), reason));
            }
        }
    }

    /// A person agrees to what `leaves_of` has told of this account: its clusters are asked about from now on.
    pub fn agree_to_all(self, name: &KeyName) {
        self.agree(name, self.state.with_value(|state| state.hosts_of(name)));
        for key in self.state.with_value(|state| state.keys_of(name)) {
            driver::perform(self, &key, Event::CredentialChanged);
        }
        driver::refresh(self);
    }

    /// Lets an account ask at the hosts of a place, because a person has just clicked that.
    pub(super) fn agree_at(self, name: &KeyName, place: &Place) {
        let catalogue = self.catalogue();
        let endpoints = [
            catalogue.find(place.service, place.site, &place.region),
            catalogue.identity(place.service, place.site, &place.region),
        ];
        self.agree(name, endpoints.into_iter().flatten().map(|endpoint| endpoint.host.clone()).collect());
    }

    /// Whether a person has agreed that this host hears of an account through the proxy.
    pub(super) fn agrees(self, name: &KeyName, host: &str) -> bool {
        let agrees = || self.state.with_value(|state| state.agrees(name, host));
        if agrees() || self.settings().demo.is_some() {
            return agrees();
        }
        self.read_agreements();
        agrees()
    }

    /// What leaves this browser while a cluster is watched.
    pub fn leaves(self, place: &Place, operation: OperationKind) -> LeavesView {
        let catalogue = self.catalogue();
        let endpoints = catalogue.endpoints().iter().filter(|endpoint| {
            (endpoint.service, endpoint.site, &endpoint.region) == (place.service, place.site, &place.region)
        });
        let calls = provider::calls(endpoints, operation);
        let provider = place.service.provider();
        let lang = self.signals.lang.get_untracked();
        view::leaves(lang, provider, &[place.site], &calls, &self.settings().proxy)
    }

    /// The same for all clusters of an account together.
    pub fn leaves_of(self, name: &KeyName) -> LeavesView {
        let watches = self.watches_of(name);
        let mut calls = Vec::new();
        for watch in &watches {
            let catalogue = self.catalogue();
            let endpoint = catalogue.find(watch.service, watch.site, &watch.region).cloned();
            for call in provider::calls(endpoint.iter(), watch.operation) {
                if !calls.contains(&call) {
                    calls.push(call);
                }
            }
        }
        calls.sort_by_key(|call| call.occasion);
        let sites: Vec<Site> = watches.iter().map(|watch| watch.site).collect();
        let lang = self.signals.lang.get_untracked();
        view::leaves(lang, name.provider, &sites, &calls, &self.settings().proxy)
    }
}

impl State {
    fn agree(&mut self, name: &KeyName, proxy: &str, hosts: BTreeSet<String>) {
        let agreement = self.agreements.entry(name.clone()).or_insert_with(|| Agreement {
            provider: name.provider,
            account: name.account.clone(),
            proxy: proxy.to_owned(),
            hosts: BTreeSet::new(),
        });
        agreement.extend(proxy, hosts);
    }

    pub(super) fn agrees(&self, name: &KeyName, host: &str) -> bool {
        self.agreements.get(name).is_some_and(|agreement| agreement.covers(&self.settings.proxy, host))
    }

    /// The hosts that hear of an account while its clusters are watched.
    fn hosts_of(&self, name: &KeyName) -> BTreeSet<String> {
        let of_account = self.entries.values().filter(|entry| KeyName::of(&entry.watch) == *name);
        of_account.filter_map(|entry| entry.endpoint.as_ref()).map(|endpoint| endpoint.host.clone()).collect()
    }
}
