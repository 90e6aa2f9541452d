//! The zones that a person has chosen for times which a vendor writes without one, as they are saved on this
//! device: a versioned JSON document with one entry per account.
//!
//! `{"version":1,"zones":[{"provider":…,"account":…,"offset_minutes":…}]}`, minutes east of UTC.
//!
//! As with the watches, entries that this version does not understand are written again as they were.

use super::saved::{self, SavedError};
use crate::json::Json;
use crate::model::Provider;

/// The zone that was chosen for an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountZone {
    pub provider: Provider,
    pub account: String,
    /// Minutes east of UTC, within 14 hours.
    pub offset_minutes: i32,
}

/// No zone is further from UTC.
const FURTHEST_MINUTES: i32 = 14 * 60;

/// The document for these zones, with the entries that `from_json` could not read at its end.
pub fn to_json(zones: &[AccountZone], unread: &[String]) -> String {
    saved::write("zones", zones.iter().map(written), unread)
}

/// The zones of a document, and the raw text of each entry that this version does not understand.
pub fn from_json(text: &str) -> Result<(Vec<AccountZone>, Vec<String>), SavedError> {
    saved::read(text, "zones", zone)
}

fn written(zone: &AccountZone) -> Json {
    let fields = [
        ("provider", Json::Text(zone.provider.id().to_owned())),
        ("account", Json::Text(zone.account.clone())),
        ("offset_minutes", Json::Number(zone.offset_minutes.to_string())),
    ];
    Json::Object(fields.map(|(name, value)| (name.to_owned(), value)).into())
}

fn zone(entry: &Json) -> Option<AccountZone> {
    let text = |name: &str| entry.get(name)?.as_text();
    let Some(Json::Number(minutes)) = entry.get("offset_minutes") else { return None };
    Some(AccountZone {
        provider: Provider::from_id(text("provider")?)?,
        account: text("account")?.to_owned(),
        offset_minutes: minutes.parse().ok().filter(|minutes: &i32| minutes.abs() <= FURTHEST_MINUTES)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seoul() -> AccountZone {
        AccountZone { provider: Provider::Ncp, account: "prod \"a\"".to_owned(), offset_minutes: 540 }
    }

    #[test]
    fn what_is_saved_is_read_back() {
        let zones =
            vec![seoul(), AccountZone { offset_minutes: -210, provider: Provider::Huawei, ..seoul() }];
        assert_eq!(from_json(&to_json(&zones, &[])), Ok((zones, vec![])));
    }

    #[test]
    fn entries_of_other_versions_are_kept_word_for_word() {
        let mixed = r#"{"version":1,"zones":[
            {"provider":"ncp","account":"a","offset_minutes":540},
            {"provider":"ncp","account":"a","zone":"Asia/Seoul"},
            {"provider":"ncp","account":"a","offset_minutes":9000},
            {"provider":"aws","account":"a","offset_minutes":0}]}"#;
        let (zones, unread) = from_json(mixed).unwrap();
        assert_eq!((zones.len(), unread.len()), (1, 3));
        assert!(unread[0].contains("Asia/Seoul"), "{}", unread[0]);
        assert_eq!(from_json(&to_json(&zones, &unread)), Ok((zones, unread)));
    }

    #[test]
    fn another_document_is_refused() {
        assert_eq!(from_json(r#"{"version":2,"zones":[]}"#), Err(SavedError::OtherVersion(2)));
        assert_eq!(from_json(r#"{"version":1,"watches":[]}"#), Err(SavedError::NotAList));
    }
}
