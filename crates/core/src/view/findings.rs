//! Findings in words.

use super::format::{Reader, clock, offset_name};
use super::names::role_name;
use super::words::{Findings, Lang};
use crate::assess::Evidence;
use crate::model::{Timestamp, Warning, Zone};

pub(super) fn sentence(reader: Reader, evidence: &Evidence, now: Timestamp) -> String {
    let lang = reader.lang;
    match evidence {
        Evidence::SummaryDisagrees { role, summary, operating, total, not_well } => {
            let counts = (not_well.to_string(), operating.to_string(), total.to_string());
            lang.fill(
                Findings::SummaryDisagrees,
                &[role_name(lang, *role), summary, &counts.0, &counts.1, &counts.2],
            )
        }
        Evidence::FinishedButFailed { status, reported } => {
            lang.fill(Findings::FinishedButFailed, &[status, reported])
        }
        Evidence::NodeFailed { node, word } if word.is_empty() => {
            lang.fill(Findings::NodeFailedWordless, &[node])
        }
        Evidence::NodeFailed { node, word } => lang.fill(Findings::NodeFailed, &[node, word]),
        Evidence::StepFailed { node, step } => of_node(node, lang.fill(Findings::StepFailed, &[step])),
        Evidence::MixedVersions { done, total } => {
            lang.fill(Findings::MixedVersions, &[&done.to_string(), &total.to_string()])
        }
        Evidence::Reported { code } => lang.fill(Findings::Reported, &[code]),
        Evidence::ZoneNotStated { zone } => {
            let basis = match zone {
                Zone::Stated | Zone::Assumed(_) => Findings::AssumedZone,
                Zone::Measured(_) => Findings::MeasuredZone,
                Zone::Chosen(_) => Findings::ChosenZone,
            };
            lang.fill(basis, &[&offset_name(zone.offset())])
        }
        Evidence::StepGaps { node, listed } => {
            let numbers: Vec<String> = listed.iter().map(i64::to_string).collect();
            lang.fill(Findings::StepGaps, &[node, &numbers.join(", ")])
        }
        Evidence::PreparationOver { until } => {
            lang.fill(Findings::PreparationOver, &[&clock(reader, *until, now)])
        }
        Evidence::Warned(warning) => warned(lang, warning),
    }
}

/// A sentence about one node's turn; a step of the whole operation has no node.
fn of_node(node: &str, sentence: String) -> String {
    if node.is_empty() { sentence } else { format!("{node}: {sentence}") }
}

fn warned(lang: Lang, warning: &Warning) -> String {
    match warning {
        Warning::UnknownWord { field, word } => lang.fill(Findings::UnknownWord, &[field, word]),
        Warning::Repaired { field } => lang.fill(Findings::Repaired, &[field]),
        Warning::Unreadable { field, .. } => lang.fill(Findings::Unreadable, &[field]),
        Warning::BadTime { field, raw } => lang.fill(Findings::BadTime, &[field, raw]),
        Warning::MissingField { field } => lang.fill(Findings::MissingField, &[field]),
        Warning::MoreOperations { total, shown } => {
            lang.fill(Findings::MoreOperations, &[&total.to_string(), &shown.to_string()])
        }
    }
}
