//! Version codes, and the versions that they stand for.
//!
//! "getSearchEngineVersionList": of `result` is read
//! `searchEngineVersionList [{ searchEngineVersionCode, searchEngineVersionName }]`.

use super::super::Background;
use super::super::wire::{self, Answer, Notes, Object};
use crate::error::PollError;
use crate::model::VersionChange;

/// The fields that hold a code, in `versionVo` and as facts of an operation.
pub(super) const CODES: [&str; 2] = ["currentVersionCode", "targetVersionCode"];

pub(super) const ROUTE: &str = "/cluster/getSearchEngineVersionList";

/// The codes that can be had, with the vendor's names for them.
pub(super) fn listed(answer: Answer<'_>) -> Result<Vec<(String, String)>, PollError> {
    wire::ncp::versions(
        answer,
        "searchEngineVersionList",
        "searchEngineVersionCode",
        &["searchEngineVersionName"],
    )
}

/// From which version to which.
pub(super) fn change(
    background: &Background,
    versions: Object<'_>,
    notes: &mut Notes,
) -> Option<VersionChange> {
    let named = |code: String| match background.version_name(&code) {
        Some(name) => name.to_owned(),
        None => version(code),
    };
    let from = notes.required("versionVo.currentVersionCode", versions.text("currentVersionCode"));
    let to = notes.required("versionVo.targetVersionCode", versions.text("targetVersionCode"))?;
    Some(VersionChange { from: from.map(named), to: named(to) })
}

/// The version that a code stands for which has no listed name: 2140 is 2.14.0. The vendor explains no code, so only the shape that
/// all known ones have is read (major, minor, patch of one digit); any other code stays as it is.
fn version(code: String) -> String {
    let read = || {
        let (major, rest) = code.split_at_checked(1)?;
        let (minor, patch) = rest.split_at_checked(rest.len().checked_sub(1)?)?;
        let digits = code.bytes().all(|byte| byte.is_ascii_digit());
        let plain =
            major != "0" && (1..=2).contains(&minor.len()) && (minor == "0" || !minor.starts_with('0'));
        (digits && plain).then(|| format!("{major}.{minor}.{patch}"))
    };
    read().unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_codes_of_the_known_shape_are_read_and_others_stay() {
        let read = |code: &str| version(code.to_owned());
        for (code, meant) in
            [("133", "1.3.3"), ("2140", "2.14.0"), ("2111", "2.11.1"), ("2150", "2.15.0"), ("200", "2.0.0")]
        {
            assert_eq!(read(code), meant);
        }
        for odd in ["", "2", "21", "21405", "2030", "0123", "2.14.0", "v214", "２１４０"] {
            assert_eq!(read(odd), odd);
        }
    }
}
