//! NAVER Cloud Data Streaming Service, "rollingRestartPreCheck" (public, government and finance zone pages of
//! 2026).
//!
//! What the page does not say: "not possible" has the shape of a failed call, a `code` other than 0 beside a
//! `result` of null, and the reason stands in `message`. It is an answer to the question all the same.

use super::wire::{self, Answer, Notes};
use super::{Background, Endpoint};
use crate::error::{ErrorKind, PollError, redact};
use crate::http::Request;
use crate::json::Json;
use crate::model::{Check, Observation, Precheck, Timestamp, Watch};

/// # Errors
/// `BadWatch` naming `cluster`, which this service wants as a number.
pub(super) fn request(watch: &Watch, endpoint: &Endpoint, check: &Check) -> Result<Request, PollError> {
    match check {
        Check::Restart => {
            let body = wire::ncp::numbered_cluster(&watch.cluster)?;
            Ok(wire::ncp::post(endpoint, "/cluster/rollingRestartPreCheck", body))
        }
        Check::Upgrade { .. } => Err(PollError::field(ErrorKind::BadWatch, "operation")),
    }
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
pub(super) fn outcome(endpoint: &Endpoint, answer: Answer<'_>) -> Result<Precheck, PollError> {
    read(answer, &mut Notes::new(endpoint, &Background::default()))
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
