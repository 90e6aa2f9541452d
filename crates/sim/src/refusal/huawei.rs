//! Huawei Cloud and Open Telekom Cloud: refusals of the API gateway and of CSS.
//!
//! Vendor pages: "API Request Signing Guide", "Error Codes" of API Gateway and of Cloud Search Service, 2026.
//! They do not say that CSS writes `errCode` and `externalMessage` where everything else writes `error_code`
//! and `error_msg`, that its identity service nests them in `error`, nor that a cluster that does not exist is
//! a 403.

use super::{Context, Refusal};
use crate::answer::Answer;
use rollwatch_core::model::Site;
use rollwatch_core::provider::Purpose;
use serde_json::json;

pub(super) fn answer(refusal: &Refusal, context: Context<'_>) -> Answer {
    let wrong = |detail: &str| {
        let message = format!("Incorrect IAM authentication information: {detail}");
        gateway(401, prefix(context.site), "0301", &message, context)
    };
    match refusal {
        Refusal::Unsigned => wrong("x-auth-token not found"),
        Refusal::KeyUnknown => {
            wrong(&format!("Get secretKey failed,ak:{},err:ak not exist", context.access_key_id))
        }
        Refusal::KeyLocked => wrong("AK access failed to reach the limit,forbidden"),
        // The guide gives the same text for a clock that is off and for a temporary key whose time is over.
        Refusal::Clock | Refusal::KeyExpired => wrong("calc ak sk signature fail:signature expired"),
        Refusal::TokenMissing => {
            wrong(&format!("Get secretKey failed,ak:{},err:ak not exist", context.access_key_id))
        }
        Refusal::TokenWrong => wrong("decrypt token fail"),
        Refusal::AuthTokenExpired => {
            let message = "Incorrect IAM authentication information: The token must be updated.";
            gateway(401, prefix(context.site), "0307", message, context)
        }
        Refusal::Permission if context.purpose == Purpose::Identity => {
            let message = "You are not authorized to perform the requested action: identity:list_projects.";
            let body = json!({ "error": { "code": 403, "message": message, "title": "Forbidden" } });
            Answer::json(403, &body)
        }
        Refusal::Permission => {
            service(403, "CSS.0032", "You do not have the permission to perform this operation.")
        }
        Refusal::Signature(expected) => {
            let request = expected.as_ref().and_then(|expected| expected.canonical_request.as_deref());
            let echo = request.unwrap_or_default().replace('\n', "|");
            wrong(&format!("verify aksk signature fail,canonicalRequest:{echo}"))
        }
        Refusal::Route => {
            let message = "The API does not exist or has not been published in the environment";
            gateway(404, prefix(context.site), "0101", message, context)
        }
        // No quota is documented beside the limit per time.
        Refusal::Throttled | Refusal::Quota => {
            let message = "The throttling threshold has been reached: policy user over ratelimit,limit:60,time:1 minute";
            gateway(429, "APIG", "0308", message, context)
        }
        // A Huawei signature has no nonce.
        Refusal::Cluster | Refusal::NonceUsed => {
            service(403, "CSS.0015", "No resources are found or the access is denied.")
        }
        Refusal::Field(name) | Refusal::Unexpected(name) => {
            service(400, "CSS.0001", &format!("Invalid parameter: {name}."))
        }
    }
}

/// Open Telekom Cloud's gateway is an older one, with a shorter prefix.
fn prefix(site: Site) -> &'static str {
    if site == Site::Otc { "APIG" } else { "APIGW" }
}

fn gateway(status: u16, prefix: &str, number: &str, message: &str, context: Context<'_>) -> Answer {
    let code = format!("{prefix}.{number}");
    let body = json!({ "error_code": code, "error_msg": message, "request_id": context.request_id });
    Answer::json(status, &body)
}

fn service(status: u16, code: &str, message: &str) -> Answer {
    let message = format!("{code} : {message}");
    Answer::json(status, &json!({ "errCode": code, "externalMessage": message }))
}
