//! The list of watches as it is saved on this device: a versioned JSON document without credentials.
//!
//! `{"version":1,"watches":[{"service":…,"operation":…,"site":…,"region":…,"project":…,"cluster":…,"account":…}]}`
//!
//! Entries that this version does not understand are handed back as raw text and written again with the rest,
//! so that going back and forth between versions of the page loses nothing.

use std::fmt;

use crate::json::Json;
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

/// The document for these watches, with the entries that `from_json` could not read at its end.
pub fn to_json(watches: &[Watch], unread: &[String]) -> String {
    write("watches", watches.iter().map(entry), unread)
}

/// The watches of a document, and the raw text of each entry that this version does not understand.
pub fn from_json(text: &str) -> Result<(Vec<Watch>, Vec<String>), SavedError> {
    read(text, "watches", watch)
}

/// The entries of the list `name` of a document, and the raw text of each that `entry` does not understand.
pub(super) fn read<T>(
    text: &str,
    name: &str,
    entry: impl Fn(&Json) -> Option<T>,
) -> Result<(Vec<T>, Vec<String>), SavedError> {
    let document = Json::read(text).ok_or(SavedError::NotAList)?;
    match document.get("version") {
        Some(Json::Number(version)) => match version.parse() {
            Ok(VERSION) => {}
            Ok(version) => return Err(SavedError::OtherVersion(version)),
            Err(_) => return Err(SavedError::NotAList),
        },
        _ => return Err(SavedError::NotAList),
    }
    let (mut known, mut unread) = (Vec::new(), Vec::new());
    for item in document.get(name).and_then(Json::as_list).ok_or(SavedError::NotAList)? {
        match entry(item) {
            Some(entry) => known.push(entry),
            None => unread.push(item.to_string()),
        }
    }
    Ok((known, unread))
}

/// The document that `read` reads: the known entries, and those that it could not read as they were.
pub(super) fn write(name: &str, known: impl Iterator<Item = Json>, unread: &[String]) -> String {
    let kept = unread.iter().map(|raw| Json::read(raw).unwrap_or_else(|| Json::Text(raw.clone())));
    let entries = Json::List(known.chain(kept).collect());
    let version = Json::Number(VERSION.to_string());
    Json::Object(vec![("version".to_owned(), version), (name.to_owned(), entries)]).to_string()
}

fn entry(watch: &Watch) -> Json {
    let fields = [
        ("service", watch.service.id()),
        ("operation", watch.operation.id()),
        ("site", watch.site.id()),
        ("region", &watch.region),
        ("project", &watch.project),
        ("cluster", &watch.cluster),
        ("account", &watch.account),
    ];
    Json::Object(fields.map(|(name, value)| (name.to_owned(), Json::Text(value.to_owned()))).into())
}

/// The watch that an entry of this list, or of the demo's fleet, holds.
pub fn watch(entry: &Json) -> Option<Watch> {
    let text = |name: &str| entry.get(name)?.as_text();
    // A project or an account that is none may be left out.
    let optional = |name: &str| match entry.get(name) {
        Some(value) => value.as_text().map(str::to_owned),
        None => Some(String::new()),
    };
    Some(Watch {
        service: Service::from_id(text("service")?)?,
        operation: OperationKind::from_id(text("operation")?)?,
        site: Site::from_id(text("site")?)?,
        region: text("region")?.to_owned(),
        project: optional("project")?,
        cluster: text("cluster")?.to_owned(),
        account: optional("account")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

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
