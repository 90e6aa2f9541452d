//! Alibaba Cloud Hologres, "GetUpgradeStatus" of version 2022-06-01 (page of May 2026).
//!
//! What the page does not say:
//! - `Details` is JSON inside a JSON string, without a schema, and the documented one is not valid: commas are
//!   missing in three places and one is too many.
//! - `ErrorCode`, `ErrorMessage` and `HttpStatusCode` hold example values in a successful answer. `Success` alone
//!   decides, as a boolean or as a string; they are not read here.
//! - `Status` has no word for failure. An archived upgrade may have failed, which only `StatusCode` and the
//!   steps in `Details` tell; without them `archived` proves nothing.
//! - The order of `Data` is not promised.
//! - Instances report whether they are up, not how far their upgrade is.

mod details;

use serde::Deserialize;
use serde_json::Value;

use super::Endpoint;
use super::wire::{self, Field, List, Notes, Text};
use crate::error::{ErrorKind, PollError};
use crate::http::{Exchange, Header, Method, Request};
use crate::model::{Fact, Observation, Operation, State, Timestamp, VersionChange, Watch};
use details::Details;

/// # Errors
/// `BadWatch` naming `cluster` or `region`.
pub(super) fn request(watch: &Watch, endpoint: &Endpoint) -> Result<Request, PollError> {
    let cluster = wire::id("cluster", &watch.cluster)?;
    Ok(Request {
        endpoint: endpoint.id(),
        host: endpoint.host.clone(),
        method: Method::Get,
        path: format!("{}/api/v1/instances/{cluster}/upgrade/status", endpoint.prefix),
        query: format!("RegionId={}", wire::id("region", &endpoint.region)?),
        headers: vec![
            Header::new("x-acs-action", "GetUpgradeStatus"),
            Header::new("x-acs-version", "2022-06-01"),
            Header::new("accept", "application/json"),
        ],
        body: String::new(),
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Answer {
    data: List<Upgrade>,
    success: Text,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Upgrade {
    from_version: Text,
    to_version: Text,
    status: Text,
    details: Field<Value>,
    prepare_finish_time: Text,
}

pub(super) fn decode(
    watch: &Watch,
    endpoint: &Endpoint,
    exchange: &Exchange,
    observed_at: Timestamp,
) -> Result<Observation, PollError> {
    let mut notes = Notes::new(endpoint);
    let answer: Answer = wire::body(exchange)?;
    let success = answer.success.as_deref().map(str::to_ascii_lowercase);
    match success.as_deref() {
        Some("true") => {}
        None if answer.data.0.is_some() => notes.missing("Success"),
        _ => {
            let error = PollError::field(ErrorKind::Malformed, "Success");
            return Err(PollError { status: Some(exchange.status), ..error });
        }
    }
    if answer.data.0.is_none() {
        notes.missing("Data");
    }
    let mut upgrades = notes.items("Data", answer.data);
    // The sort is stable: beyond this the vendor's order is kept.
    upgrades.sort_by_key(|upgrade| match upgrade.status.as_deref() {
        Some("upgrading") => 0,
        Some("preparing") => 1,
        _ => 2,
    });
    let mut observation = Observation::new(observed_at);
    let mut upgrades = upgrades.into_iter();
    if let Some(upgrade) = upgrades.next() {
        let (operation, leader_name) = operation(watch, upgrade, &mut notes);
        observation.operation = Some(operation);
        observation.cluster_name = leader_name;
    }
    observation.earlier = upgrades.map(|upgrade| operation(watch, upgrade, &mut notes).0).collect();
    observation.warnings = notes.warnings;
    Ok(observation)
}

/// The operation, and the name of its leader instance.
fn operation(watch: &Watch, upgrade: Upgrade, notes: &mut Notes) -> (Operation, Option<String>) {
    let raw_status = notes.required("Status", &upgrade.status);
    if upgrade.details.0.is_none() {
        notes.missing("Details");
    }
    let details = upgrade.details.0.and_then(|value| notes.embedded("Details", value));
    let known = details.is_some();
    let details = details.and_then(|value| Details::deserialize(value).ok()).unwrap_or_default();
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
        .required("ToVersion", &upgrade.to_version)
        .map(|to| VersionChange { from: upgrade.from_version.owned(), to });
    let began = steps.iter().filter_map(|step| step.began_at.as_ref());
    operation.started_at = began.min_by_key(|time| time.at).cloned();
    if state.is_over() {
        let ended = steps.iter().filter_map(|step| step.ended_at.as_ref());
        operation.ended_at = ended.max_by_key(|time| time.at).cloned();
    }
    operation.estimated_for = details.estimated_for();
    operation.nodes = details.nodes(state, notes);
    operation.facts = details.facts();
    let prepared = upgrade.prepare_finish_time.owned();
    operation.facts.extend(prepared.map(|value| Fact { name: "PrepareFinishTime".to_owned(), value }));
    operation.steps = steps;
    (operation, details.leader_name())
}
