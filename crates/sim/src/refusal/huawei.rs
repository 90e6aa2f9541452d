//! Huawei Cloud and Open Telekom Cloud: refusals of the API gateway and of CSS.
//!
//! Vendor pages: "API Request Signing Guide", "Error Codes" of API Gateway and of Cloud Search Service, 2026.
//! They do not say that CSS writes `errCode` and `externalMessage` where everything else writes `error_code`
//! and `error_msg`, nor that a cluster that does not exist is a 403.

use super::{Context, Refusal};
use crate::answer::Answer;
use rollwatch_core::model::Site;
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
        Refusal::Clock => wrong("calc ak sk signature fail:signature expired"),
        Refusal::Signature(expected) => {
            let request = expected.as_ref().and_then(|expected| expected.canonical_request.as_deref());
            let echo = request.unwrap_or_default().replace('\n', "|");
            wrong(&format!("verify aksk signature fail,canonicalRequest:{echo}"))
        }
        Refusal::Route => {
            let message = "The API does not exist or has not been published in the environment";
            gateway(404, prefix(context.site), "0101", message, context)
        }
        Refusal::Throttled => {
            let message = "The throttling threshold has been reached: policy user over ratelimit,limit:60,time:1 minute";
            gateway(429, "APIG", "0308", message, context)
        }
        // A Huawei signature has no nonce.
        Refusal::Cluster | Refusal::NonceUsed => {
            service(403, "CSS.0015", "No resources are found or the access is denied.")
        }
        Refusal::Field(name) => service(400, "CSS.0001", &format!("Invalid parameter: {name}.")),
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
