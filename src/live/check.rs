//! The check whether something could start now, asked when a person asks.

use leptos::prelude::*;
use rollwatch_core::error::PollError;
use rollwatch_core::model::{Check, Precheck, Timestamp};
use rollwatch_core::provider;
use rollwatch_core::view::{self, CheckView};

use super::{KeyName, Live};
use crate::browser::clock;

impl Live {
    /// Asks the vendor once, with the key of the cluster's account, and says what came of it. `None` when the
    /// cluster is not watched.
    pub async fn check(self, key: &str, check: Check) -> Option<CheckView> {
        let host = self.state.with_value(|state| {
            state.entries.get(key)?.endpoint.as_ref().map(|endpoint| endpoint.host.clone())
        });
        let asked = self.ask_check(key, &check).await;
        let (offset, now) = self.state.with_value(|state| {
            let offset = host.map(|host| state.offset_of(&host)).unwrap_or_default();
            state.entries.contains_key(key).then(|| (offset, state.now_at(key, clock::now())))
        })?;
        let (outcome, at) = match asked {
            Ok((precheck, at)) => (Ok(precheck), at),
            Err(error) => (Err(error), now),
        };
        Some(view::check(self.reader(), &outcome, offset, at, now))
    }

    async fn ask_check(self, key: &str, check: &Check) -> Result<(Precheck, Timestamp), PollError> {
        let watch = self.watch(key).ok_or_else(not_watched)?;
        let endpoint = self.endpoint(watch.service, watch.site, &watch.region)?;
        let now = self.state.with_value(|state| state.now_at(key, clock::now()));
        let name = KeyName::of(&watch);
        let lent = self.usable(&name, now)?;
        if !self.agrees(&name, &endpoint.host) {
            return Err(PollError::field(rollwatch_core::error::ErrorKind::BadWatch, "account"));
        }
        let request = provider::check_request(&watch, &endpoint, check)?;
        let mut sender = self.sender(&endpoint, lent);
        sender.put(self, request, |exchange, _| provider::decode_check(&endpoint, exchange)).await
    }

    /// The versions that the vendor has named, as codes with their names.
    pub fn versions(self, key: &str) -> Vec<(String, String)> {
        self.background(key).map(|background| background.versions).unwrap_or_default()
    }
}

fn not_watched() -> PollError {
    PollError::field(rollwatch_core::error::ErrorKind::BadWatch, "cluster")
}
