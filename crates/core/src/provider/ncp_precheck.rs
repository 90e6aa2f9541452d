//! NAVER Cloud Data Streaming Service, "rollingRestartPreCheck" (public, government and finance zone pages of
//! 2026).
//!
//! What the page does not say: "not possible" has the shape of a failed call, a `code` other than 0 beside a
//! `result` of null, and the reason stands in `message`. It is an answer to the question all the same.

use serde_json::Value;

use super::Endpoint;
use super::wire::{self, Notes};
use crate::error::{PollError, redact};
use crate::http::{Exchange, Request};
use crate::model::{Observation, Precheck, Timestamp, Watch};

/// # Errors
/// `BadWatch` naming `cluster`, which this service wants as a number.
pub(super) fn request(watch: &Watch, endpoint: &Endpoint) -> Result<Request, PollError> {
    let body = wire::ncp::numbered_cluster(&watch.cluster)?;
    Ok(wire::ncp::post(endpoint, "/cluster/rollingRestartPreCheck", body))
}

pub(super) fn decode(
    _watch: &Watch,
    endpoint: &Endpoint,
    exchange: &Exchange,
    observed_at: Timestamp,
) -> Result<Observation, PollError> {
    let mut notes = Notes::new(endpoint);
    let envelope = wire::ncp::envelope::<Value>(exchange, &mut notes)?;
    let accepted = envelope.code.integer().unwrap_or(0) == 0;
    // A call that went well says SUCCESS, which is no reason for a refusal.
    let reason =
        envelope.message.as_deref().filter(|message| !message.trim().eq_ignore_ascii_case("success"));
    let precheck = match (envelope.result.0, reason) {
        (Some(Value::Bool(true)), _) if accepted => Precheck::Passed,
        (None | Some(Value::Bool(false)), Some(reason)) => Precheck::Refused { reason: redact(reason) },
        _ => Precheck::Unclear { raw: redact(&exchange.body) },
    };
    Ok(Observation { precheck: Some(precheck), warnings: notes.warnings, ..Observation::new(observed_at) })
}
