//! The list of watches as it is saved on this device: a versioned JSON document without credentials.
//!
//! `{"version":1,"watches":[{"service":…,"operation":…,"site":…,"region":…,"project":…,"cluster":…,"account":…}]}`
//!
//! Entries that this version does not understand are handed back as raw text and written again with the rest,
//! so that going back and forth between versions of the page loses nothing.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::{OperationKind, Service, Site, Watch};

/// The version that is written.
pub const VERSION: u64 = 1;

/// Why a whole document cannot be read. Its text must then be kept aside and not be overwritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SavedError {
    /// It is not a saved list: not JSON, or without a version or a list.
    NotAList,
    /// Another version of the page wrote it.
    OtherVersion(u64),
}

impl fmt::Display for SavedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SavedError::NotAList => write!(f, "this is not a saved list of clusters"),
            SavedError::OtherVersion(version) => {
                write!(f, "the list was saved in version {version}, which this page does not know")
            }
        }
    }
}

impl std::error::Error for SavedError {}

#[derive(Serialize, Deserialize)]
struct Document {
    version: u64,
    watches: Vec<Value>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    service: String,
    operation: String,
    site: String,
    region: String,
    #[serde(default)]
    project: String,
    cluster: String,
    #[serde(default)]
    account: String,
}

/// The document for these watches, with the entries that `from_json` could not read at its end.
pub fn to_json(watches: &[Watch], unread: &[String]) -> String {
    let known = watches.iter().filter_map(|watch| serde_json::to_value(Entry::from(watch)).ok());
    let kept = unread.iter().map(|raw| serde_json::from_str(raw).unwrap_or_else(|_| raw.as_str().into()));
    let document = Document { version: VERSION, watches: known.chain(kept).collect() };
    // Strings and numbers always serialise; Value prints itself without a Result.
    serde_json::to_value(&document).unwrap_or_default().to_string()
}

/// The watches of a document, and the raw text of each entry that this version does not understand.
pub fn from_json(text: &str) -> Result<(Vec<Watch>, Vec<String>), SavedError> {
    let value: Value = serde_json::from_str(text).map_err(|_| SavedError::NotAList)?;
    match value.get("version").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(version) => return Err(SavedError::OtherVersion(version)),
        None => return Err(SavedError::NotAList),
    }
    let document: Document = serde_json::from_value(value).map_err(|_| SavedError::NotAList)?;

    let (mut watches, mut unread) = (Vec::new(), Vec::new());
    for value in document.watches {
        let raw = value.to_string();
        match serde_json::from_value(value).ok().and_then(Entry::into_watch) {
            Some(watch) => watches.push(watch),
            None => unread.push(raw),
        }
    }
    Ok((watches, unread))
}

impl From<&Watch> for Entry {
    fn from(watch: &Watch) -> Self {
        Entry {
            service: watch.service.id().into(),
            operation: watch.operation.id().into(),
            site: watch.site.id().into(),
            region: watch.region.clone(),
            project: watch.project.clone(),
            cluster: watch.cluster.clone(),
            account: watch.account.clone(),
        }
    }
}

impl Entry {
    fn into_watch(self) -> Option<Watch> {
        Some(Watch {
            service: Service::from_id(&self.service)?,
            operation: OperationKind::from_id(&self.operation)?,
            site: Site::from_id(&self.site)?,
            region: self.region,
            project: self.project,
            cluster: self.cluster,
            account: self.account,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MIXED: &str = r#"{"version":1,"watches":[
        {"service":"ncp_search_engine","operation":"upgrade","site":"public","region":"KR","cluster":"1001"},
        {"service":"aws_msk","operation":"upgrade","site":"public","region":"x","cluster":"1","tags":[1,"a"]},
        {"service":"huawei_css","operation":"upgrade","site":"otc"},
        "a note"
    ]}"#;

    fn sample() -> Watch {
        let (watches, _) = from_json(MIXED).unwrap();
        watches[0].clone()
    }

    #[test]
    fn entries_that_are_not_understood_are_kept_word_for_word() {
        let (watches, unread) = from_json(MIXED).unwrap();
        assert_eq!(watches.len(), 1);
        assert_eq!(unread.len(), 3);
        assert!(unread[0].contains(r#""tags":[1,"a"]"#), "{}", unread[0]);
        let again = from_json(&to_json(&watches, &unread));
        assert_eq!(again, Ok((watches, unread)));
    }

    #[test]
    fn an_entry_holds_the_watch_and_nothing_else() {
        let document: Value = serde_json::from_str(&to_json(&[sample()], &[])).unwrap();
        let mut names: Vec<&str> =
            document["watches"][0].as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["account", "cluster", "operation", "project", "region", "service", "site"]);
        assert_eq!(document["version"], 1);
    }

    #[test]
    fn a_document_of_another_version_is_refused_and_named() {
        assert_eq!(from_json(r#"{"version":2,"clusters":{}}"#), Err(SavedError::OtherVersion(2)));
        for text in ["", "[]", "{}", r#"{"version":1}"#, r#"{"version":"1","watches":[]}"#, "null"] {
            assert_eq!(from_json(text), Err(SavedError::NotAList), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_saved_is_read_back(
            fields in prop::collection::vec((".{0,20}", ".{0,20}", ".{0,20}", ".{0,20}"), 0..5),
        ) {
            let watches: Vec<Watch> = fields
                .into_iter()
                .map(|(region, project, cluster, account)| Watch { region, project, cluster, account, ..sample() })
                .collect();
            prop_assert_eq!(from_json(&to_json(&watches, &[])), Ok((watches, vec![])));
        }
    }
}
