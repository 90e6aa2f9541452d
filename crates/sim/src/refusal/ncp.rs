//! NAVER Cloud: refusals of the API gateway and of the services behind it.
//!
//! Vendor page: "API error handling", NAVER Cloud API guide, government zone, 2026-10-22. It does not say what
//! a request with a stale timestamp is told: here, as with any other bad signature, nothing more than that
//! authentication failed, and so is a temporary key whose time is over. Service errors come with HTTP status
//! 200.

use super::{Context, Refusal};
use crate::answer::Answer;
use serde_json::json;

pub(super) fn answer(refusal: &Refusal, context: Context<'_>) -> Answer {
    match refusal {
        Refusal::Unsigned => {
            gateway(401, "200", "Authentication Failed", "Authentication information are missing.")
        }
        Refusal::KeyUnknown
        | Refusal::KeyLocked
        | Refusal::Clock
        | Refusal::Signature(_)
        | Refusal::NonceUsed
        | Refusal::TokenMissing
        | Refusal::TokenWrong
        | Refusal::KeyExpired
        | Refusal::AuthTokenExpired => {
            gateway(401, "200", "Authentication Failed", "Invalid authentication information.")
        }
        // The details of this one are seen to be absent.
        Refusal::Permission => {
            Answer::json(401, &json!({ "error": { "errorCode": "210", "message": "Permission Denied" } }))
        }
        Refusal::Route => gateway(404, "300", "Not Found Exception", "URL not found."),
        Refusal::Throttled => {
            gateway(429, "410", "Throttle Limited", "Too many requests.").with("retry-after", "20")
        }
        Refusal::Quota => gateway(429, "400", "Quota Exceeded", "The quota of this API is used up."),
        Refusal::Cluster => service("Invalid Service Group Instance No", context),
        Refusal::Field(name) => {
            service(&format!("{name} has an error : missing or of the wrong type"), context)
        }
        Refusal::Unexpected(name) => {
            service(&format!("{name} has an error : this zone does not know it"), context)
        }
    }
}

fn gateway(status: u16, code: &str, message: &str, details: &str) -> Answer {
    Answer::json(status, &json!({ "error": { "errorCode": code, "message": message, "details": details } }))
}

fn service(message: &str, context: Context<'_>) -> Answer {
    let body = json!({ "code": 3, "message": message, "result": null, "requestId": context.request_id });
    Answer::json(200, &body)
}
