//! Huawei's complaints, which Open Telekom Cloud shares.
//!
//! Vendor pages: "Error codes" of Cloud Search Service, 2025-12-01; "API Request Signing Guide", 2026-11-20.
//!
//! What the pages do not admit:
//! - the service answers with `errCode` and `externalMessage`, where they document `error_code` and
//!   `error_msg`; only the gateway uses those;
//! - a cluster that does not exist is 403 with CSS.0015, and not 404;
//! - code 0301 of the gateway covers a bad secret, an unknown key, a locked key, an expired token and a stale
//!   clock, which only its message tells apart;
//! - an error may come with 202.

use super::{Complaint, by_status, text};
use crate::error::ErrorKind;
use crate::http::Exchange;
use crate::json::Json;
use crate::model::Span;

/// How long to wait when the gateway throttles without saying how long: it advises two to five seconds.
const THROTTLED_FOR: Span = Span::seconds(5);

/// The pairs of names under which a code and its message appear.
const SHAPES: [(&str, &str); 4] = [
    ("errCode", "externalMessage"),
    ("error_code", "error_msg"),
    ("errorCode", "errorMsg"),
    ("code", "message"),
];

pub(super) fn complaint(exchange: &Exchange, body: &Json) -> Option<(ErrorKind, Complaint)> {
    // IAM puts its complaint one level deeper.
    let inner = body.get("error").filter(|error| error.is_object()).unwrap_or(body);
    let (code, message) =
        SHAPES.iter().find_map(|(code, message)| Some((text(inner, code)?, text(inner, message))))?;
    let message = message.unwrap_or_default();
    // The service's message may begin with the code.
    let rest = message.strip_prefix(&code).unwrap_or(&message).trim_start_matches([' ', ':']);
    let kind = kind(exchange.status, &code, rest);
    let request_id = text(inner, "request_id").or_else(|| text(body, "request_id"));
    Some((kind, Complaint { message: Some(rest.to_owned()), code: Some(code), request_id }))
}

/// How long to wait, as the answer asks or the page advises.
pub(super) fn retry_after(exchange: &Exchange, kind: ErrorKind) -> Option<Span> {
    exchange.retry_after().or((kind == ErrorKind::Throttled).then_some(THROTTLED_FOR))
}

fn kind(status: u16, code: &str, message: &str) -> ErrorKind {
    match code.split_once('.') {
        Some(("CSS", number)) => service_kind(status, number),
        Some(("APIGW" | "APIG" | "APIC", number)) => gateway_kind(status, number, message),
        _ => by_status(status),
    }
}

fn service_kind(status: u16, number: &str) -> ErrorKind {
    match number {
        "0001" | "0078" => ErrorKind::Refused,
        "0045" => ErrorKind::KeyExpired,
        "0010" | "0021" | "0032" | "0051" | "5045" => ErrorKind::Permission,
        "0002" | "0015" | "0016" | "0022" | "0047" | "1103" | "3027" => ErrorKind::NotFound,
        "0005" | "0036" | "1004" | "9999" => ErrorKind::VendorDown,
        _ => by_status(status),
    }
}

fn gateway_kind(status: u16, number: &str, message: &str) -> ErrorKind {
    match number {
        "0101" | "0310" => ErrorKind::NotFound,
        // One code for a request that is refused and for a backend that failed.
        "0201" if status < 500 => ErrorKind::Refused,
        "0301" => authentication_kind(message),
        "0303" | "0305" => ErrorKind::Signature,
        "0302" | "0306" | "0401" | "0402" | "0802" => ErrorKind::Permission,
        "0307" => ErrorKind::KeyExpired,
        "0308" => ErrorKind::Throttled,
        "0201" | "0601" | "0613" => ErrorKind::VendorDown,
        _ => by_status(status),
    }
}

fn authentication_kind(message: &str) -> ErrorKind {
    let message = message.to_ascii_lowercase();
    let says = |words: &str| message.contains(words);
    // The gateway echoes what was signed after these words, and a header's value must not choose the kind.
    if says("verify aksk signature fail") {
        ErrorKind::Signature
    } else if says("signature expired") {
        ErrorKind::Clock
    } else if says("ak not exist") || says("failed to reach the limit") {
        ErrorKind::KeyUnknown
    } else if says("decrypt token fail") || says("token expires") {
        ErrorKind::KeyExpired
    } else {
        ErrorKind::Signature
    }
}
