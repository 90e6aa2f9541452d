//! Alibaba Cloud Hologres, "GetUpgradeStatus" of version 2022-06-01 (page of May 2026).
//!
//! What is read: `Success` and `Data [{ FromVersion, ToVersion, Status, Details, PrepareFinishTime }]`.
//!
//! What the page does not say:
//! - `Details` is JSON inside a JSON string, without a schema, and the documented one is not valid: commas are
//!   missing in three places and one is too many.
//! - `ErrorCode`, `ErrorMessage` and `HttpStatusCode` hold example values in a successful answer. `Success` alone
//!   decides, as a boolean or as a string; they are not read here.
//! - `Status` has no word for failure. An archived upgrade may have failed, which only `StatusCode` and the
//!   steps in `Details` tell; without them `archived` proves nothing.
//! - The order of `Data` is not promised.
//! - An upgrade that is prepared and waits for its start is still `preparing`: `PrepareFinishTime` tells the two
//!   apart. It has milliseconds in the sample and none in the text, and a zone.
//! - Instances report whether they are up, not how far their upgrade is.

mod details;
mod instance;
#[cfg(test)]
mod tests;

use super::adapter::{Adapter, not_offered};
use super::wire::{self, Answer, Notes, Object};
use super::{Background, Endpoint, Supplement};
use crate::error::PollError;
use crate::http::{Header, Method, Request};
use crate::model::{Fact, Observation, Operation, Span, State, Timestamp, VersionChange, Watch};
use details::Details;

pub(super) const ADAPTER: Adapter = Adapter {
    wanted: instance::wanted,
    supplement_request,
    learn: |_, _, supplement, answer, background| learn(supplement, answer, background),
    ..Adapter::of(
        request,
        decode,
        |endpoint, _, _| Ok(instance::list_request(endpoint)),
        |answer, _| instance::decode_list(answer),
    )
};

/// # Errors
/// `BadWatch` naming `cluster` or `region`.
fn request(watch: &Watch, endpoint: &Endpoint, _background: &Background) -> Result<Request, PollError> {
    let route = format!("/{}/upgrade/status", wire::id("cluster", &watch.cluster)?);
    let query = format!("RegionId={}", wire::id("region", &endpoint.region)?);
    Ok(call(endpoint, Method::Get, "GetUpgradeStatus", &route, query))
}

/// A call below the instances. The action is named in a header beside the path.
fn call(endpoint: &Endpoint, method: Method, action: &str, route: &str, query: String) -> Request {
    Request {
        endpoint: endpoint.id(),
        host: endpoint.host.clone(),
        method,
        path: format!("{}/api/v1/instances{route}", endpoint.prefix),
        query,
        headers: vec![
            Header::new("x-acs-action", action),
            Header::new("x-acs-version", "2022-06-01"),
            Header::new("accept", "application/json"),
        ],
        body: String::new(),
    }
}

fn decode(
    watch: &Watch,
    endpoint: &Endpoint,
    background: &Background,
    answer: Answer<'_>,
    observed_at: Timestamp,
) -> Result<Observation, PollError> {
    let mut notes = Notes::new(endpoint, background);
    let data = answer.body.list("Data");
    match answer.body.text("Success") {
        Some(success) if success.eq_ignore_ascii_case("true") => {}
        None if data.is_some() => notes.missing("Success"),
        _ => return Err(answer.malformed("Success")),
    }
    let data = notes.expected("Data", data);
    let upgrades = notes.objects("Data", data);
    let mut observation = Observation::new(observed_at);
    // Within a rank the vendor's order is kept.
    for wanted in 0..3 {
        for upgrade in upgrades.iter().filter(|upgrade| rank(**upgrade) == wanted) {
            let (operation, leader_name) = operation(watch, *upgrade, &mut notes);
            if observation.operation.is_none() {
                observation.operation = Some(operation);
                observation.cluster_name = leader_name;
            } else {
                observation.earlier.push(operation);
            }
        }
    }
    observation.warnings = notes.warnings;
    instance::describe(&mut observation, background);
    Ok(observation)
}

/// The current upgrade comes first, then the one that is prepared.
fn rank(upgrade: Object<'_>) -> u8 {
    match upgrade.text("Status") {
        Some("upgrading") => 0,
        Some("preparing") => 1,
        _ => 2,
    }
}

/// How long an upgrade that is prepared may be started; after that it has to be prepared again. The user guide
/// "Upgrade an instance" says seven days.
const PREPARATION_VALID_FOR: Span = Span::hours(7 * 24);

/// The operation, and the name of its leader instance.
fn operation(watch: &Watch, upgrade: Object<'_>, notes: &mut Notes) -> (Operation, Option<String>) {
    let raw_status = notes.required("Status", upgrade.text("Status"));
    let raw_details = notes.expected("Details", upgrade.any("Details"));
    let embedded = raw_details.and_then(|value| notes.embedded("Details", value));
    let known = embedded.is_some();
    let details = Details::new(embedded.as_ref());
    let steps = details.steps(notes);

    let state = match raw_status.as_deref() {
        Some("upgrading") => State::Running,
        Some("preparing") if details.says_failure() => State::Failed,
        Some("preparing") => State::Pending,
        Some("archived") if known => details.outcome(&steps),
        Some("archived") | None => State::Unknown,
        Some(word) => {
            notes.unknown("Status", word);
            State::Unknown
        }
    };
    let mut operation = Operation::new(watch.operation, state);
    operation.raw_status = raw_status;
    operation.phase = details.phase();
    operation.versions = notes
        .required("ToVersion", upgrade.text("ToVersion"))
        .map(|to| VersionChange { from: upgrade.owned("FromVersion"), to });
    let began = steps.iter().filter_map(|step| step.began_at.as_ref());
    operation.started_at = began.min_by_key(|time| time.at).cloned();
    if state.is_over() {
        let ended = steps.iter().filter_map(|step| step.ended_at.as_ref());
        operation.ended_at = ended.max_by_key(|time| time.at).cloned();
    }
    operation.estimated_for = details.estimated_for();
    operation.nodes = details.nodes(state, notes);
    operation.facts = details.facts();
    let prepared = upgrade.text("PrepareFinishTime");
    let prepared_at = notes.time("PrepareFinishTime", prepared);
    operation
        .facts
        .extend(prepared.map(|value| Fact { name: "PrepareFinishTime".to_owned(), value: value.to_owned() }));
    if state == State::Pending {
        operation.valid_until = prepared_at.map(|time| time.at.plus(PREPARATION_VALID_FOR));
    }
    operation.steps = steps;
    (operation, details.leader_name())
}

fn supplement_request(
    watch: &Watch,
    endpoint: &Endpoint,
    supplement: Supplement,
) -> Result<Request, PollError> {
    match supplement {
        Supplement::Cluster => instance::request(watch, endpoint),
        _ => Err(not_offered()),
    }
}

fn learn(supplement: Supplement, answer: Answer<'_>, background: &mut Background) -> Result<(), PollError> {
    match supplement {
        Supplement::Cluster => instance::learn(answer, background),
        _ => Err(answer.malformed("body")),
    }
}
