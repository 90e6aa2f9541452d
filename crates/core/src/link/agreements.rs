//! What a person has agreed to for an account, as it is saved on this device: through which proxy and at which
//! hosts the page may ask with its key. A versioned JSON document with one entry per account.
//!
//! `{"version":1,"agreements":[{"provider":…,"account":…,"proxy":…,"hosts":[…]}]}`
//!
//! As with the watches, entries that this version does not understand are written again as they were.

use std::collections::BTreeSet;

use super::saved::{self, SavedError};
use crate::json::Json;
use crate::model::Provider;

/// What was agreed to for an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    pub provider: Provider,
    pub account: String,
    /// The proxy's absolute address.
    pub proxy: String,
    /// The vendor's hosts.
    pub hosts: BTreeSet<String>,
}

impl Agreement {
    /// Whether a signed call to this host through this proxy was agreed to.
    pub fn covers(&self, proxy: &str, host: &str) -> bool {
        self.proxy == proxy && self.hosts.contains(host)
    }

    /// Adds hosts. What was agreed to for another proxy ends.
    pub fn extend(&mut self, proxy: &str, hosts: impl IntoIterator<Item = String>) {
        if self.proxy != proxy {
            self.proxy = proxy.to_owned();
            self.hosts.clear();
        }
        self.hosts.extend(hosts);
    }
}

/// The document for these agreements, with the entries that `from_json` could not read at its end.
pub fn to_json(agreements: &[Agreement], unread: &[String]) -> String {
    saved::write("agreements", agreements.iter().map(written), unread)
}

/// The agreements of a document, and the raw text of each entry that this version does not understand.
pub fn from_json(text: &str) -> Result<(Vec<Agreement>, Vec<String>), SavedError> {
    saved::read(text, "agreements", agreement)
}

fn written(agreement: &Agreement) -> Json {
    let text = |text: &str| Json::Text(text.to_owned());
    let fields = [
        ("provider", text(agreement.provider.id())),
        ("account", text(&agreement.account)),
        ("proxy", text(&agreement.proxy)),
        ("hosts", Json::List(agreement.hosts.iter().map(|host| text(host)).collect())),
    ];
    Json::Object(fields.map(|(name, value)| (name.to_owned(), value)).into())
}

fn agreement(entry: &Json) -> Option<Agreement> {
    let text = |name: &str| entry.get(name)?.as_text().map(str::to_owned);
    let hosts = entry.get("hosts")?.as_list()?.iter().map(|host| host.as_text().map(str::to_owned));
    Some(Agreement {
        provider: Provider::from_id(&text("provider")?)?,
        account: text("account")?,
        proxy: text("proxy")?,
        hosts: hosts.collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: &str = "https://proxy.example/proxy";

    fn agreed() -> Agreement {
        let hosts = BTreeSet::from(["a.example".to_owned(), "b.example".to_owned()]);
        Agreement {
            provider: Provider::Ncp,
            account: "prod \"a\"".to_owned(),
            proxy: PROXY.to_owned(),
            hosts,
        }
    }

    #[test]
    fn what_is_saved_is_read_back_and_what_is_not_understood_is_kept() {
        assert_eq!(from_json(&to_json(&[agreed()], &[])), Ok((vec![agreed()], vec![])));
        let other = r#"{"version":1,"agreements":[{"provider":"aws","account":"a","proxy":"p","hosts":[]},
            {"provider":"ncp","account":"a","proxy":"p","hosts":[7]}]}"#;
        let (read, unread) = from_json(other).expect("a document");
        assert_eq!((read.len(), unread.len()), (0, 2), "an entry that is not understood agrees to nothing");
    }

    #[test]
    fn an_agreement_is_for_one_proxy_and_its_hosts() {
        let mut agreed = agreed();
        assert!(agreed.covers(PROXY, "a.example"));
        assert!(!agreed.covers(PROXY, "c.example") && !agreed.covers("https://other.example", "a.example"));
        agreed.extend(PROXY, ["c.example".to_owned()]);
        assert!(agreed.covers(PROXY, "a.example") && agreed.covers(PROXY, "c.example"));
        agreed.extend("https://other.example", ["c.example".to_owned()]);
        assert!(!agreed.covers(PROXY, "c.example") && !agreed.covers("https://other.example", "a.example"));
        assert!(agreed.covers("https://other.example", "c.example"));
    }
}
