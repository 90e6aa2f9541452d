//! Alibaba's complaints.
//!
//! Vendor pages: "Common error codes", "GetUpgradeStatus", 2026-09.
//!
//! What the pages do not admit:
//! - throttling is HTTP 400 with a code that begins with `Throttling`, and newer gateways mark it with a
//!   header of their own whatever the status;
//! - a refusal by the service itself is HTTP 200 with `Success` false, and `ErrorCode` and `ErrorMessage`
//!   mean nothing while `Success` is true;
//! - the status of one code differs between products, so the code decides first;
//! - a text may be the word `null`;
//! - the message for a bad signature echoes every signed header.

use super::{Complaint, by_status, is_success, text};
use crate::error::ErrorKind;
use crate::http::Exchange;
use crate::json::Json;
use crate::model::Span;

/// The gateway's own header for how long to wait, in milliseconds.
const RETRY_AFTER: &str = "x-acs-retry-after";

/// The longest wait that the vendor's own clients keep when that header names one.
const LONGEST_WAIT: Span = Span::seconds(120);

pub(super) fn complaint(exchange: &Exchange, body: &Json) -> Option<(ErrorKind, Complaint)> {
    if is_success(exchange) && !was_refused(body) {
        return None;
    }
    let first = |names: &[&str]| names.iter().find_map(|name| text(body, name).filter(|t| t != "null"));
    let status = match first(&["HttpStatusCode"]).and_then(|status| status.parse().ok()) {
        Some(status) if is_success(exchange) => status,
        _ => exchange.status,
    };
    let code = first(&["Code", "code", "ErrorCode"]);
    let message = first(&["Message", "message", "ErrorMessage"]);
    let request_id = first(&["RequestId", "requestId"]);
    Some((kind(status, code.as_deref().unwrap_or_default()), Complaint { code, message, request_id }))
}

/// The complaint in an XML document, which a gateway may send whatever was accepted.
pub(super) fn xml_complaint(exchange: &Exchange) -> Option<(ErrorKind, Complaint)> {
    let (_, error) = exchange.body.split_once("<Error>")?;
    let element = |name: &str| {
        let (_, rest) = error.split_once(&format!("<{name}>"))?;
        let (value, _) = rest.split_once(&format!("</{name}>"))?;
        Some(value.trim().to_owned())
    };
    let code = element("Code")?;
    let kind = kind(exchange.status, &code);
    let (message, request_id) = (element("Message"), element("RequestId"));
    Some((kind, Complaint { code: Some(code), message, request_id }))
}

/// A failure is throttling when the answer asks to wait, whatever else it says.
pub(super) fn throttled_or(exchange: &Exchange, kind: ErrorKind) -> ErrorKind {
    let wait = exchange.header(RETRY_AFTER).and_then(|millis| millis.trim().parse::<i64>().ok());
    if wait.is_some_and(|millis| millis > 0) { ErrorKind::Throttled } else { kind }
}

/// How long the answer asks to wait, in the gateway's own header or in the common one.
pub(super) fn retry_after(exchange: &Exchange) -> Option<Span> {
    let wait = exchange.retry_after()?;
    Some(if exchange.header(RETRY_AFTER).is_some() { wait.min(LONGEST_WAIT) } else { wait })
}

fn was_refused(body: &Json) -> bool {
    match body.get("Success") {
        Some(Json::Bool(success)) => !success,
        Some(Json::Text(success)) => success.eq_ignore_ascii_case("false"),
        _ => false,
    }
}

fn kind(status: u16, code: &str) -> ErrorKind {
    // Many codes have a more exact part after a dot, such as `Forbidden.RAM`.
    let (family, detail) = code.split_once('.').unwrap_or((code, ""));
    match (family, detail) {
        ("SignatureDoesNotMatch" | "IncompleteSignature", _) => ErrorKind::Signature,
        ("InvalidTimeStamp", "Expired") => ErrorKind::Clock,
        ("InvalidAccessKeyId", _) => ErrorKind::KeyUnknown,
        ("InvalidSecurityToken" | "MissingSecurityToken", _) => ErrorKind::KeyExpired,
        ("Forbidden" | "NoPermission", _) => ErrorKind::Permission,
        ("InternalError" | "ServiceUnavailable", _) => ErrorKind::VendorDown,
        ("InvalidTimeStamp" | "SignatureNonceUsed" | "InvalidProtocol", _) => ErrorKind::Refused,
        _ if code.starts_with("Throttling") => ErrorKind::Throttled,
        _ if code.starts_with("Missing") => ErrorKind::Refused,
        _ if code.ends_with("NotFound") => ErrorKind::NotFound,
        _ => by_status(status),
    }
}
