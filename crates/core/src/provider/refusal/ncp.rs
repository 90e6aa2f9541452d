//! NAVER's complaints.
//!
//! Vendor pages: "Ncloud API overview", "API call error handling", 2026-10-22.
//!
//! What the pages do not admit:
//! - the gateway and the services behind it have different shapes, and further shapes of older products
//!   show through, some with an HTML page as the message;
//! - a missing permission is 401 with code 210, and not 403;
//! - a stale clock has no code of its own: it looks like a bad signature, and so do a key that does not exist and
//!   a temporary key that has expired: all are code 200 with the same words;
//! - a quota that is used up is told in words only; when it fills again is not;
//! - `errorCode` is a text at most products and repeats the status as a number at some.

use super::{Complaint, by_status, evidence, is_success, text};
use crate::error::{ErrorKind, PollError};
use crate::http::Exchange;
use crate::json::Json;
use crate::model::{Provider, Span};

/// How far apart the gateway's clock and the sender's may be.
const CLOCK_TOLERANCE: Span = Span::minutes(5);

const QUOTA_EXCEEDED: &str = "400";

/// How long nothing is asked after a quota was exceeded.
const QUOTA_WAIT: Span = Span::minutes(10);

/// The complaint of the gateway, or of a service with a status other than 2xx.
pub(super) fn complaint(exchange: &Exchange, body: &Json) -> Option<(ErrorKind, Complaint)> {
    let request_id = text(body, "requestId");
    if let Some(error) = body.get("error").filter(|error| error.is_object()) {
        let code = text(error, "errorCode");
        let parts: Vec<_> = ["message", "details"].iter().filter_map(|name| text(error, name)).collect();
        let kind = gateway_kind(exchange.status, code.as_deref().unwrap_or_default());
        let message = Some(parts.join(": "));
        return Some((kind, Complaint { code, message, request_id }));
    }
    let (code, message) = match body.get("responseError").filter(|error| error.is_object()) {
        Some(error) => (text(error, "returnCode"), text(error, "returnMessage")),
        None if is_success(exchange) => return None,
        None => (text(body, "code"), text(body, "message").or_else(|| text(body, "error"))),
    };
    let message = message.unwrap_or_default();
    let kind = service_kind(exchange.status, &message);
    Some((kind, Complaint { code, message: Some(without_markup(&message)), request_id }))
}

/// The failure in a service's envelope: `code` is not 0, and it may have come with HTTP 200.
pub(in crate::provider) fn service_failure(
    exchange: &Exchange,
    code: i64,
    message: &str,
    request_id: Option<&str>,
) -> PollError {
    let complaint = Complaint {
        code: Some(code.to_string()),
        message: Some(without_markup(message)),
        request_id: request_id.map(str::to_owned),
    };
    evidence(Provider::Ncp, exchange, service_kind(exchange.status, message), complaint)
}

/// A refused signature is a matter of the clock when the two clocks are further apart than the gateway
/// allows.
pub(super) fn clock_or(exchange: &Exchange, kind: ErrorKind) -> ErrorKind {
    let is_stale = exchange.clock_offset().is_some_and(|offset| offset.abs() >= CLOCK_TOLERANCE);
    if kind == ErrorKind::Signature && is_stale { ErrorKind::Clock } else { kind }
}

/// How long to wait when the answer does not say: a quota fills again much later than a rate falls.
pub(super) fn wait(kind: ErrorKind, code: Option<&str>) -> Option<Span> {
    (kind == ErrorKind::Throttled && code == Some(QUOTA_EXCEEDED)).then_some(QUOTA_WAIT)
}

fn gateway_kind(status: u16, code: &str) -> ErrorKind {
    if status >= 300 && code == status.to_string() {
        return by_status(status);
    }
    match code {
        "100" | "430" => ErrorKind::Refused,
        "200" => ErrorKind::Signature,
        "210" | "230" => ErrorKind::Permission,
        "300" => ErrorKind::NotFound,
        QUOTA_EXCEEDED | "410" | "420" => ErrorKind::Throttled,
        "500" => ErrorKind::VendorDown,
        _ => by_status(status),
    }
}

/// The services publish no table of codes, and code 3 stands for any invalid parameter: the words decide.
fn service_kind(status: u16, message: &str) -> ErrorKind {
    let words: String = message.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let is_absent = ["invalid", "notfound", "notexist"].iter().any(|word| words.contains(word));
    if words.contains("servicegroupinstanceno") && is_absent {
        ErrorKind::NotFound
    } else if is_markup(message) || words.contains("temporarilyunavailable") {
        ErrorKind::VendorDown
    } else {
        by_status(status)
    }
}

fn is_markup(message: &str) -> bool {
    message.contains("</") || message.contains("<!") || message.contains("/>")
}

/// The words of a message that may be a page of HTML.
fn without_markup(message: &str) -> String {
    if !is_markup(message) {
        return message.to_owned();
    }
    let words = message.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words).trim());
    words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
}
