//! Watching one more cluster: with which key, tested before anything is kept.

use rollwatch_core::error::{ErrorKind, PollError};
use rollwatch_core::model::Watch;
use rollwatch_core::provider::{self, Background, is_id};
use rollwatch_core::sign::{AccessKey, Credential, Secret};

use super::{KeyName, Live, ask};

/// The key that a person chose for a cluster.
pub enum KeyChoice {
    /// One that is in memory already, by its account.
    Held(String),
    New(NewKey),
}

/// A key as it was typed.
pub struct NewKey {
    pub account: String,
    pub access_key_id: String,
    pub secret: String,
    /// Empty for a long-lived key.
    pub security_token: String,
}

/// The call that a watch makes: what leaves this device, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Method and path.
    pub what: String,
    pub host: String,
    pub proxy: String,
}

impl std::fmt::Debug for KeyChoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            KeyChoice::Held(account) => write!(f, "Held({account})"),
            KeyChoice::New(key) => write!(f, "New({key:?})"),
        }
    }
}

/// Only the account's name: the rest is what must not be shown.
impl std::fmt::Debug for NewKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.account)
    }
}

/// Whether a text can be a vendor's id of a cluster or project.
pub fn may_be_id(text: &str) -> bool {
    is_id(text)
}

impl Live {
    /// Asks the vendor once. When it answers, the key is held and the cluster is watched with it; otherwise
    /// nothing changes. Returns the watch with its account.
    ///
    /// # Errors
    /// Why the vendor did not answer, as for any poll.
    pub async fn test_and_add(self, watch: Watch, choice: KeyChoice) -> Result<Watch, PollError> {
        let provider = watch.service.provider();
        let (account, typed) = match choice {
            KeyChoice::Held(account) => (account, None),
            KeyChoice::New(key) => {
                let security_token =
                    (!key.security_token.is_empty()).then(|| Secret::new(key.security_token));
                let secret = Secret::new(key.secret);
                let access_key = AccessKey { access_key_id: key.access_key_id, secret, security_token };
                (key.account, Some(Credential::Key(access_key)))
            }
        };
        let name = KeyName { provider, account: account.clone() };
        let watch = Watch { account, ..watch };
        let credential = match &typed {
            Some(credential) => credential.clone(),
            None => self.held(&name).ok_or_else(|| PollError::field(ErrorKind::BadWatch, "account"))?,
        };
        ask::test(self, &watch, &credential).await?;
        if typed.is_some() {
            self.hold_key(name, credential);
        }
        self.add(watch.clone());
        self.ask_now(&watch.key());
        Ok(watch)
    }

    /// The call that a watch makes; `None` when the catalogue lacks its region. Ids that are not there yet do
    /// not keep the call from being shown.
    pub fn call(self, watch: &Watch) -> Option<Call> {
        let catalogue = self.catalogue();
        let endpoint = catalogue.find(watch.service, watch.site, &watch.region)?;
        let or_zero = |id: &str| if is_id(id) { id.to_owned() } else { "0".to_owned() };
        let watch =
            Watch { project: or_zero(&watch.project), cluster: or_zero(&watch.cluster), ..watch.clone() };
        let request = provider::request(&watch, endpoint, &Background::default()).ok()?;
        Some(Call {
            what: format!("{} {}", request.method.as_str(), request.path),
            host: request.host,
            proxy: self.settings().proxy,
        })
    }
}
