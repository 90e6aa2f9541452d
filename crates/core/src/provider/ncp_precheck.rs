//! Whether something could start now: NAVER Cloud Data Streaming Service, "rollingRestartPreCheck" and
//! "rollingUpgradePreCheck", and Search Engine Service, "rollingUpgradePreCheck" (public, government and finance zone
//! pages of 2026).
//!
//! What the pages do not say:
//! - "Not possible" has the shape of a failed call, a `code` other than 0 beside a `result` of null, and the reason
//!   stands in `message`. It is an answer to the question all the same.
//! - The search engine wants a snapshot of the last 6 hours, and says so with code 10154, which may come with a
//!   failed HTTP status.
//! - One service takes numbers as texts, the other one as numbers.

use super::adapter::CheckCalls;
use super::wire::{self, Answer, Notes};
use super::{Background, Endpoint, ncp_search_engine};
use crate::error::{ErrorKind, PollError, redact};
use crate::http::Request;
use crate::json::Json;
use crate::model::{Check, Observation, Precheck, Service, Timestamp, Watch};

pub(super) const CALLS: CheckCalls = CheckCalls { request, decode: outcome, refusal };

/// The search engine's code for a cluster that lacks a recent snapshot.
const NO_SNAPSHOT: &str = "10154";

/// # Errors
/// `BadWatch` naming `cluster`, `target_version` or `config_group` where they are not what the service takes, or
/// `operation` for a restart of the search engine, which has no rolling one.
pub(super) fn request(watch: &Watch, endpoint: &Endpoint, check: &Check) -> Result<Request, PollError> {
    let (route, body) = match (watch.service, check) {
        (Service::NcpSearchEngine, Check::Upgrade { target_version, .. }) => {
            let cluster = wire::id("cluster", &watch.cluster)?;
            let target = wire::id("target_version", target_version)?;
            let region = ncp_search_engine::region_field(endpoint)?;
            let body = format!(
                "{{\"serviceGroupInstanceNo\":\"{cluster}\",\"targetVersionCode\":\"{target}\"{region}}}"
            );
            ("/cluster/rollingUpgradePreCheck", body)
        }
        (Service::NcpDataStreaming, Check::Restart) => {
            let cluster = wire::ncp::number("cluster", &watch.cluster)?;
            ("/cluster/rollingRestartPreCheck", format!("{{\"serviceGroupInstanceNo\":{cluster}}}"))
        }
        (Service::NcpDataStreaming, Check::Upgrade { target_version, config_group }) => {
            let cluster = wire::ncp::number("cluster", &watch.cluster)?;
            let target = wire::ncp::number("target_version", target_version)?;
            let group = wire::ncp::number("config_group", config_group)?;
            let body = format!(
                "{{\"serviceGroupInstanceNo\":{cluster},\"upgradeKafkaVersionCode\":{target},\
                 \"upgradeConfigGroupNo\":{group}}}"
            );
            ("/cluster/rollingUpgradePreCheck", body)
        }
        _ => return Err(PollError::field(ErrorKind::BadWatch, "operation")),
    };
    Ok(wire::ncp::post(endpoint, route, body))
}

pub(super) fn decode(
    endpoint: &Endpoint,
    background: &Background,
    answer: Answer<'_>,
    observed_at: Timestamp,
) -> Result<Observation, PollError> {
    let mut notes = Notes::new(endpoint, background);
    let precheck = read(answer, &mut notes)?;
    Ok(Observation { precheck: Some(precheck), warnings: notes.warnings, ..Observation::new(observed_at) })
}

/// What the answer says, for whoever asked once.
///
/// # Errors
/// A refusal of the question itself: one that speaks of the region's number says nothing of the cluster.
fn outcome(endpoint: &Endpoint, answer: Answer<'_>) -> Result<Precheck, PollError> {
    let precheck = read(answer, &mut Notes::new(endpoint, &Background::default()))?;
    match (&precheck, answer.body.integer("code")) {
        (Precheck::Refused { reason }, Some(code))
            if code != 0 && ncp_search_engine::speaks_of_region(reason) =>
        {
            Err(wire::ncp::failure(answer, code))
        }
        _ => Ok(precheck),
    }
}

/// What a failed call says: the reason why an upgrade cannot start has the shape of one.
fn refusal(endpoint: &Endpoint, error: PollError) -> Result<Precheck, PollError> {
    let is_reason =
        endpoint.service == Service::NcpSearchEngine && error.code.as_deref() == Some(NO_SNAPSHOT);
    match error.message.clone() {
        Some(reason) if is_reason => Ok(Precheck::Refused { reason }),
        _ => Err(error),
    }
}

fn read(answer: Answer<'_>, notes: &mut Notes) -> Result<Precheck, PollError> {
    let result = answer.body.any("result");
    let accepted = wire::ncp::code(answer, result.is_some(), notes)? == 0;
    // A call that went well says SUCCESS, which is no reason for a refusal.
    let reason =
        answer.body.text("message").filter(|message| !message.trim().eq_ignore_ascii_case("success"));
    Ok(match (result, reason) {
        (Some(Json::Bool(true)), _) if accepted => Precheck::Passed,
        (None | Some(Json::Bool(false)), Some(reason)) => Precheck::Refused { reason: redact(reason) },
        _ => Precheck::Unclear { raw: redact(&answer.exchange.body) },
    })
}
