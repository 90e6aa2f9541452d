//! Observations as they are recorded: every field but the time of the answer, which the moment holds.

use super::fields::{Fields, items_of, number_of, text, text_of};
use super::{operation, words};
use crate::json::Json;
use crate::model::{GroupSummary, Observation, Precheck, Timestamp, Warning};

/// The observation as an object.
pub(super) fn write(observation: &Observation) -> Json {
    let Observation { observed_at: _, cluster_name, operation, earlier, precheck, groups, warnings } =
        observation;
    Fields::default()
        .text("name", cluster_name.as_deref())
        .with("operation", operation.as_ref().map(operation::write))
        .items("earlier", earlier, operation::write)
        .with("precheck", precheck.as_ref().map(of_precheck))
        .items("groups", groups, of_group)
        .items("warnings", warnings, of_warning)
        .done()
}

/// Whether `read` makes something of this: an object, and an operation of a kind that this version knows or none.
/// Without its operation the observation would claim that there is none.
pub(super) fn is_readable(json: &Json) -> bool {
    json.is_object() && json.get("operation").is_none_or(operation::is_readable)
}

/// The observation that `write` wrote, as of `observed_at`, if it is readable.
pub(super) fn read(json: &Json, observed_at: Timestamp) -> Option<Observation> {
    is_readable(json).then(|| Observation {
        observed_at,
        cluster_name: text_of(json, "name"),
        operation: json.get("operation").and_then(operation::read),
        earlier: items_of(json, "earlier", operation::read),
        precheck: json.get("precheck").map(precheck),
        groups: items_of(json, "groups", group),
        warnings: items_of(json, "warnings", warning),
    })
}

fn of_precheck(precheck: &Precheck) -> Json {
    let said = |answer, says| Fields::default().with("answer", text(answer)).text("says", says).done();
    match precheck {
        Precheck::Passed => said("passed", None),
        Precheck::Refused { reason } => said("refused", Some(reason)),
        Precheck::Unclear { raw } => said("unclear", Some(raw)),
    }
}

/// An answer that this version does not know is unclear, never passed.
fn precheck(json: &Json) -> Precheck {
    let says = text_of(json, "says").unwrap_or_default();
    match json.get("answer").and_then(Json::as_text) {
        Some("passed") => Precheck::Passed,
        Some("refused") => Precheck::Refused { reason: says },
        _ => Precheck::Unclear { raw: says },
    }
}

fn of_group(group: &GroupSummary) -> Json {
    let GroupSummary { role, total, operating, state, raw_status } = group;
    Fields::default()
        .with("role", text(words::of_role(*role)))
        .number("total", *total)
        .number("operating", *operating)
        .with("state", text(words::of_state(*state)))
        .text("raw", raw_status.as_deref())
        .done()
}

fn group(json: &Json) -> Option<GroupSummary> {
    json.is_object().then(|| GroupSummary {
        role: operation::role(json),
        total: number_of(json, "total"),
        operating: number_of(json, "operating"),
        state: operation::state(json),
        raw_status: text_of(json, "raw"),
    })
}

fn of_warning(warning: &Warning) -> Json {
    let odd = |odd, field, raw| {
        Fields::default().with("odd", text(odd)).with("field", text(field)).text("raw", raw).done()
    };
    match warning {
        Warning::UnknownWord { field, word } => odd("unknown-word", field, Some(word)),
        Warning::Repaired { field } => odd("repaired", field, None),
        Warning::Unreadable { field, raw } => odd("unreadable", field, Some(raw)),
        Warning::BadTime { field, raw } => odd("bad-time", field, Some(raw)),
        Warning::MissingField { field } => odd("missing", field, None),
        Warning::MoreOperations { total, shown } => Fields::default()
            .with("odd", text("more-operations"))
            .number("total", Some(total))
            .number("shown", Some(shown))
            .done(),
    }
}

/// A warning that a later version knows is left out: there are no words for it here.
fn warning(json: &Json) -> Option<Warning> {
    let field = || text_of(json, "field");
    let raw = || text_of(json, "raw");
    Some(match json.get("odd")?.as_text()? {
        "unknown-word" => Warning::UnknownWord { field: field()?, word: raw()? },
        "repaired" => Warning::Repaired { field: field()? },
        "unreadable" => Warning::Unreadable { field: field()?, raw: raw()? },
        "bad-time" => Warning::BadTime { field: field()?, raw: raw()? },
        "missing" => Warning::MissingField { field: field()? },
        "more-operations" => {
            Warning::MoreOperations { total: number_of(json, "total")?, shown: number_of(json, "shown")? }
        }
        _ => return None,
    })
}
