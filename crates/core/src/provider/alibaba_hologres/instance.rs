//! The instances themselves: "GetInstance" and "ListInstances".
//!
//! What is read: `Instance { InstanceName, Version }`;
//! `InstanceList [{ InstanceId, InstanceName, InstanceStatus, Version }]`.
//!
//! What the pages do not say:
//! - `Success` is a boolean in one answer and a text in the other; only that it is not false counts.
//! - An instance that is being upgraded has no word of its own, so the list does not tell which ones are.
//! - Versions stand with and without an `r` before them.

use super::{call, wire};
use crate::error::PollError;
use crate::http::{Header, Method, Request};
use crate::model::{Listed, Listing, Observation, Span, State, Timestamp, VersionChange, Watch};
use crate::provider::wire::{Answer, Object};
use crate::provider::{Background, Endpoint, Supplement};

/// How long an answer is good for. What it tells hardly changes.
const GOOD_FOR: Span = Span::hours(1);

/// The instance is asked about when the upgrade's answer does not tell what it is called, or that there is an
/// upgrade, or which version an upgrade leaves.
pub(super) fn wanted(
    background: &Background,
    observation: &Observation,
    now: Timestamp,
) -> Option<Supplement> {
    let lacks_version = observation.operation.as_ref().is_none_or(|operation| {
        !operation.state.is_over()
            && operation.versions.as_ref().is_none_or(|versions| versions.from.is_none())
    });
    let lacks = lacks_version || observation.cluster_name.is_none();
    (lacks && background.is_due(Supplement::Cluster, GOOD_FOR, now)).then_some(Supplement::Cluster)
}

/// # Errors
/// `BadWatch` naming `cluster`.
pub(super) fn request(watch: &Watch, endpoint: &Endpoint) -> Result<Request, PollError> {
    let route = format!("/{}", wire::id("cluster", &watch.cluster)?);
    Ok(call(endpoint, Method::Get, "GetInstance", &route, String::new()))
}

pub(super) fn learn(answer: Answer<'_>, background: &mut Background) -> Result<(), PollError> {
    let Some(instance) = answer.body.object("Instance") else { return Err(answer.malformed("Instance")) };
    background.cluster_name = instance.owned("InstanceName").or(background.cluster_name.take());
    background.current_version = instance.owned("Version");
    Ok(())
}

/// Adds what the instance tells to an observation.
pub(super) fn describe(observation: &mut Observation, background: &Background) {
    if observation.cluster_name.is_none() {
        observation.cluster_name.clone_from(&background.cluster_name);
    }
    let Some(operation) = &mut observation.operation else { return };
    // The version of an instance whose upgrade is over, or is of unknown state, may be either of the two.
    let goes_on = matches!(operation.state, State::Pending | State::Running);
    if let Some(VersionChange { from: from @ None, to }) = operation.versions.as_mut().filter(|_| goes_on) {
        let current = background.current_version.as_deref().filter(|current| bare(current) != bare(to));
        // Both versions are written as the answer about the upgrade writes them.
        *from = current.map(|current| if bare(to) == to { bare(current) } else { current }.to_owned());
    }
}

/// A version without the letter that may stand before it: `r2.2.47` is `2.2.47`.
fn bare(version: &str) -> &str {
    let version = version.trim();
    let rest = version.strip_prefix(['r', 'R']);
    rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(version)
}

/// The list has no pages, and the host chooses the region.
pub(super) fn list_request(endpoint: &Endpoint) -> Request {
    let mut request = call(endpoint, Method::Post, "ListInstances", "", String::new());
    request.headers.push(Header::new("content-type", "application/json; charset=utf-8"));
    request.body = "{}".to_owned();
    request
}

pub(super) fn decode_list(answer: Answer<'_>) -> Result<Listing, PollError> {
    let listed = match (answer.body.list("InstanceList"), answer.body.text("Success")) {
        (Some(listed), _) => listed,
        // An account without instances.
        (None, Some(success)) if success.eq_ignore_ascii_case("true") => &[],
        (None, _) => return Err(answer.malformed("InstanceList")),
    };
    let clusters = listed.iter().filter_map(Object::new).filter_map(instance).collect();
    Ok(Listing { clusters, next: None })
}

/// An instance without an id cannot be asked about.
fn instance(instance: Object<'_>) -> Option<Listed> {
    let id = instance.owned("InstanceId")?;
    let raw_status = instance.owned("InstanceStatus");
    Some(Listed {
        name: instance.owned("InstanceName").unwrap_or_else(|| id.clone()),
        id,
        version: instance.owned("Version"),
        busy: matches!(raw_status.as_deref(), Some("Creating" | "Allocating")).then_some(true),
        raw_status,
        open: true,
    })
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn one_version_is_written_with_and_without_its_letter() {
        for (one, other) in [("r2.2.47", "2.2.47"), ("2.2.47", "R2.2.47"), (" r1.3.23", "r1.3.23 ")] {
            assert_eq!(bare(one), bare(other), "{one} {other}");
        }
        for (one, other) in [("r2.2.47", "2.2.4"), ("release", "elease"), ("rr2.0", "r2.0"), ("", "2.0")] {
            assert_ne!(bare(one), bare(other), "{one} {other}");
        }
    }
}
