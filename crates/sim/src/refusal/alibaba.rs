//! Alibaba Cloud: refusals of the gateway and of Hologres.
//!
//! Vendor pages: "Common error codes" and "V3 request body and signature mechanism", 2026. They do not say
//! that throttling is a 400 with a waiting time in milliseconds in `x-acs-retry-after`, nor that a service may
//! refuse with status 200 and `Success: false`.

use super::{Context, Refusal};
use crate::answer::Answer;
use serde_json::{Value, json};

pub(super) fn answer(refusal: &Refusal, context: Context<'_>) -> Answer {
    let gateway =
        |status: u16, code: &str, message: &str| Answer::json(status, &gateway_body(code, message, context));
    match refusal {
        Refusal::Unsigned => {
            gateway(400, "IncompleteSignature", "The request signature does not conform to Aliyun standards.")
        }
        Refusal::KeyUnknown => {
            gateway(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
        }
        // Alibaba locks no key for wrong signatures.
        Refusal::KeyLocked => {
            gateway(400, "InvalidAccessKeyId.Inactive", "Specified access key is disabled.")
        }
        Refusal::Clock => {
            gateway(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.")
        }
        Refusal::Signature(expected) => {
            let text = expected.as_ref().map_or("", |expected| expected.string_to_sign.as_str());
            let request = expected.as_ref().and_then(|expected| expected.canonical_request.as_deref());
            let message = format!(
                "Specified signature does not match our calculation. server StringToSign is [{text}] server CanonicalRequest is [{}]",
                request.unwrap_or_default()
            );
            gateway(400, "SignatureDoesNotMatch", &message)
        }
        Refusal::NonceUsed => {
            gateway(400, "SignatureNonceUsed", "Specified signature nonce was used already.")
        }
        Refusal::TokenMissing => {
            gateway(400, "MissingSecurityToken", "SecurityToken is mandatory for this action.")
        }
        Refusal::TokenWrong => gateway(
            400,
            "InvalidSecurityToken.MismatchWithAccessKey",
            "Specified SecurityToken mismatch with the AccessKey.",
        ),
        Refusal::KeyExpired | Refusal::AuthTokenExpired => {
            gateway(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.")
        }
        Refusal::Permission => forbidden(context),
        Refusal::Route => gateway(
            404,
            "InvalidAction.NotFound",
            "Specified api is not found, please check your url and method.",
        ),
        Refusal::Throttled => gateway(400, "Throttling.User", "Request was denied due to user flow control.")
            .with("x-acs-retry-after", "20000"),
        Refusal::Quota => gateway(400, "Throttling.Api", "Request was denied due to api flow control."),
        Refusal::Field(name) | Refusal::Unexpected(name) => {
            gateway(400, &format!("Missing{name}"), &format!("{name} is mandatory for this action."))
        }
        Refusal::Cluster => Answer::json(
            200,
            &json!({
                "RequestId": context.request_id, "Success": false, "ErrorCode": "InstanceNotFound",
                "ErrorMessage": "The specified instance does not exist.", "HttpStatusCode": "404",
            }),
        ),
    }
}

fn gateway_body(code: &str, message: &str, context: Context<'_>) -> Value {
    let help = format!(
        "https://api.alibabacloud.com/troubleshoot?q={code}&product=Hologram&requestId={}",
        context.request_id
    );
    json!({
        "Code": code, "Message": message, "RequestId": context.request_id,
        "HostId": context.request.host, "Recommend": help,
    })
}

/// What a policy forbids comes with the action that it forbids.
fn forbidden(context: Context<'_>) -> Answer {
    let action = context.request.headers.iter().find(|header| header.name == "x-acs-action");
    let action = action.map_or("", |header| header.value.trim());
    let message =
        "User not authorized to operate on the specified resource, or this API doesn't support RAM.";
    let mut body = gateway_body("Forbidden.RAM", message, context);
    if let Some(fields) = body.as_object_mut() {
        let detail =
            json!({ "AuthAction": format!("hologram:{action}"), "NoPermissionType": "ImplicitDeny" });
        fields.insert("AccessDeniedDetail".into(), detail);
    }
    Answer::json(403, &body)
}
