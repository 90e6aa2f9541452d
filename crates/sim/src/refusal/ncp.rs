//! NAVER Cloud: refusals of the API gateway and of the services behind it.
//!
//! Vendor page: "API error handling", NAVER Cloud API guide, government zone, 2026-10-22. It does not say what
//! a request with a stale timestamp is told: here, as with any other bad signature, nothing more than that
//! authentication failed. Service errors come with HTTP status 200.

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
        | Refusal::NonceUsed => {
            gateway(401, "200", "Authentication Failed", "Invalid authentication information.")
        }
        Refusal::Route => gateway(404, "300", "Not Found Exception", "URL not found."),
        Refusal::Throttled => {
            gateway(429, "410", "Throttle Limited", "Too many requests.").with("retry-after", "20")
        }
        Refusal::Cluster => service("Invalid Service Group Instance No", context),
        Refusal::Field(name) => {
            service(&format!("{name} has an error : missing or of the wrong type"), context)
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
