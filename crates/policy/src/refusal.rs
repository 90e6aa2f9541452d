//! The proxy's own refusals: a code for the page and one sentence for its reader.

use ::http::{HeaderValue, Response, header};
use rollwatch_core::provider::{PROXY_ERROR_HEADER, ProxyReason};
use serde_json::json;

use crate::limits::{Limit, Shed};
use crate::{Answer, status};

/// What to do about a refusal.
pub const fn advice(reason: ProxyReason) -> &'static str {
    match reason {
        ProxyReason::UnknownEndpoint => {
            "The proxy knows no such service and region: check both, and that page and proxy are of one version."
        }
        ProxyReason::RouteNotAllowed => {
            "The proxy forwards only the calls that read an operation's progress: check that page and proxy are of one version."
        }
        ProxyReason::OriginNotAllowed => {
            "The proxy does not serve pages of this origin: start it with --allow-origin and the page's origin."
        }
        ProxyReason::BadRequest => {
            "The request is malformed or larger than any call needs: check that page and proxy are of one version."
        }
        ProxyReason::VendorUnreachable => {
            "The proxy could not get an answer from the cloud: check the proxy's own connection to the internet, then try again."
        }
        ProxyReason::VendorTimeout => "The cloud did not answer in time: try again in a while.",
        ProxyReason::AnswerTooLarge => {
            "The cloud's answer is larger than any progress report: look at the cluster in the cloud's console."
        }
        ProxyReason::Overloaded => {
            "The proxy has too many requests on their way: try again in a while, or watch with longer intervals."
        }
    }
}

/// The answer that tells a reason.
pub(crate) fn refuse(reason: ProxyReason) -> Answer {
    worded(reason, advice(reason), None)
}

/// The answer to a call for which there is no place now.
pub(crate) fn shed(shed: Shed) -> Answer {
    let message = match shed.limit {
        Limit::ClientAtOnce | Limit::ClientPerMinute => {
            "The proxy gets too many requests from this address: try again in a while, or watch with longer intervals."
        }
        Limit::HostAtOnce | Limit::HostPerMinute => advice(ProxyReason::Overloaded),
    };
    let mut answer = worded(ProxyReason::Overloaded, message, Some(shed.limit));
    answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(shed.retry_for.as_secs()));
    answer
}

/// What to do about a name that is not the proxy's.
pub(crate) const UNKNOWN_HOST: &str =
    "The proxy does not answer to this host name: start it with --host and the name, if the name is yours.";

/// The answer to a request under a name that is not the proxy's.
pub(crate) fn unknown_host() -> Answer {
    worded(ProxyReason::BadRequest, UNKNOWN_HOST, None)
}

fn worded(reason: ProxyReason, message: &str, limit: Option<Limit>) -> Answer {
    let mut answer = Response::new(document(reason, message, limit));
    *answer.status_mut() = status(reason);
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(PROXY_ERROR_HEADER, HeaderValue::from_static(reason.code()));
    answer
}

/// The body of a refusal: a JSON object with the reason's code as `error`, a sentence as `message`, and the name
/// of the limit where one was reached.
pub fn document(reason: ProxyReason, message: &str, limit: Option<Limit>) -> String {
    let mut body = json!({ "error": reason.code(), "message": message });
    if let (Some(limit), Some(fields)) = (limit, body.as_object_mut()) {
        fields.insert("limit".to_owned(), limit.code().into());
    }
    body.to_string()
}
