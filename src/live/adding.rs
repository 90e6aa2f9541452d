//! Watching one more cluster: with which key, tested before anything is kept.

use rollwatch_core::error::PollError;
use rollwatch_core::http::Request;
use rollwatch_core::model::Watch;
use rollwatch_core::provider::{self, is_id};

use super::{KeyChoice, Live, Place, ask};

/// A call that a person can make: what leaves this device, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Method and path.
    pub what: String,
    pub host: String,
    pub proxy: String,
}

/// Whether a text can be a vendor's id of a cluster or project.
pub fn may_be_id(text: &str) -> bool {
    is_id(text)
}

/// Stands for an id that is not typed yet, in a shape that every vendor's ids have.
const STAND_IN: &str = "0000000000";

impl Live {
    /// Asks the vendor once. When it answers, the key is held and the cluster is watched with it; otherwise
    /// nothing changes. Returns the watch with its account.
    ///
    /// # Errors
    /// Why the vendor did not answer, as for any poll.
    pub async fn test_and_add(self, watch: Watch, choice: KeyChoice) -> Result<Watch, PollError> {
        let mut chosen = self.chosen(watch.service.provider(), choice).await?;
        let watch = Watch { account: chosen.name.account.clone(), ..watch };
        ask::test(self, &watch, &chosen.key).await?;
        self.agree_at(&chosen.name, &Place::of(&watch));
        self.keep(&mut chosen).await;
        self.add(watch.clone());
        self.ask_now(&watch.key());
        Ok(watch)
    }

    /// The call that lists the clusters of a place; `None` when it cannot be made.
    pub fn list_call(self, place: &Place) -> Option<Call> {
        let endpoint = self.endpoint(place.service, place.site, &place.region).ok()?;
        let project = if is_id(&place.project) { &place.project } else { STAND_IN };
        provider::list_request(&endpoint, project, 1).ok().map(|request| self.shown(request))
    }

    fn shown(self, request: Request) -> Call {
        Call {
            what: format!("{} {}", request.method.as_str(), request.path.replace(STAND_IN, "…")),
            host: request.host,
            proxy: self.settings().proxy,
        }
    }
}
