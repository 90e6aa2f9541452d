//! Which answers are failures, and of what kind.
//!
//! The proxy speaks first, because its own errors never came from a vendor. Then each vendor's complaint is
//! read from the body, whatever the content type says of it; the status alone decides only where the body
//! says nothing. Every text of a vendor is redacted here, since vendors echo signed headers.

mod alibaba;
mod huawei;
mod ncp;
#[cfg(test)]
mod tests;

pub(super) use ncp::service_failure;

use super::{PROXY_ERROR_HEADER, ProxyReason};
use crate::error::{ErrorKind, PollError, redact};
use crate::http::Exchange;
use crate::json::Json;
use crate::model::Provider;

/// What a vendor complains of, in its own words.
#[derive(Default)]
struct Complaint {
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
}

/// The object in the body of a successful answer, or else the failure that the answer is. At NAVER an envelope
/// with HTTP 200 is a success here whatever its code: what another code than 0 means depends on the call, so
/// its adapter judges it, with `service_failure`.
pub(super) fn success(provider: Provider, exchange: &Exchange) -> Result<Json, PollError> {
    if let Some(code) = exchange.header(PROXY_ERROR_HEADER) {
        return Err(proxy_failure(exchange, code));
    }
    let body = object(exchange);
    let found = match (provider, &body) {
        (Provider::Ncp, Some(body)) => ncp::complaint(exchange, body),
        (Provider::Huawei, Some(body)) => huawei::complaint(exchange, body),
        (Provider::Alibaba, Some(body)) => alibaba::complaint(exchange, body),
        (Provider::Alibaba, None) => alibaba::xml_complaint(exchange),
        (_, None) => None,
    };
    let (kind, complaint) = match (found, is_success(exchange), body) {
        (Some(found), _, _) => found,
        (None, true, Some(body)) => return Ok(body),
        (None, true, None) => {
            let malformed = evidence(provider, exchange, ErrorKind::Malformed, Complaint::default());
            return Err(PollError { field: Some("body".to_owned()), ..malformed });
        }
        (None, false, Some(_)) => (by_status(exchange.status), Complaint::default()),
        (None, false, None) => (without_words(exchange.status), Complaint::default()),
    };
    Err(evidence(provider, exchange, kind, complaint))
}

fn proxy_failure(exchange: &Exchange, code: &str) -> PollError {
    let kind = match ProxyReason::from_code(code) {
        Some(ProxyReason::VendorUnreachable | ProxyReason::VendorTimeout) => ErrorKind::VendorUnreachable,
        Some(ProxyReason::AnswerTooLarge) => ErrorKind::Malformed,
        Some(ProxyReason::Overloaded) => ErrorKind::ProxyBusy,
        // A reason that only a newer proxy knows is still the proxy's refusal.
        Some(
            ProxyReason::UnknownEndpoint
            | ProxyReason::RouteNotAllowed
            | ProxyReason::OriginNotAllowed
            | ProxyReason::BadRequest,
        )
        | None => ErrorKind::ProxyRefused,
    };
    PollError {
        status: Some(exchange.status),
        code: Some(redact(code)),
        message: object(exchange).and_then(|body| text(&body, "message")).map(|message| redact(&message)),
        retry_after: exchange.retry_after(),
        ..PollError::new(kind)
    }
}

/// The error that a complaint is, with the ids under which the vendor can find the request.
fn evidence(provider: Provider, exchange: &Exchange, kind: ErrorKind, complaint: Complaint) -> PollError {
    let (kind, headers): (_, &[&str]) = match provider {
        Provider::Ncp => (ncp::clock_or(exchange, kind), &["x-ncp-apigw-request-id", "x-ncp-trace-id"]),
        Provider::Huawei => (kind, &["x-request-id"]),
        Provider::Alibaba => (alibaba::throttled_or(exchange, kind), &["x-acs-request-id", "x-acs-trace-id"]),
    };
    let retry_after = match provider {
        Provider::Ncp => exchange.retry_after().or(ncp::wait(kind, complaint.code.as_deref())),
        Provider::Huawei => huawei::retry_after(exchange, kind),
        Provider::Alibaba => alibaba::retry_after(exchange),
    };
    let mut stated = headers.iter().filter_map(|name| exchange.header(name)).map(str::to_owned);
    PollError {
        status: Some(exchange.status),
        code: complaint.code.map(|code| redact(&code)),
        message: complaint.message.map(|message| redact(&message)).filter(|message| !message.is_empty()),
        request_id: complaint.request_id.or_else(|| stated.next()).map(|id| redact(&id)),
        retry_after,
        ..PollError::new(kind)
    }
}

fn is_success(exchange: &Exchange) -> bool {
    (200..300).contains(&exchange.status)
}

/// What a status means where the body names no code that we know.
fn by_status(status: u16) -> ErrorKind {
    match status {
        401 => ErrorKind::Signature,
        403 => ErrorKind::Permission,
        404 => ErrorKind::NotFound,
        429 => ErrorKind::Throttled,
        300..=399 | 500.. => ErrorKind::VendorDown,
        _ => ErrorKind::Refused,
    }
}

/// What a status means with a body that is not of the vendor's API, such as the page of a gateway. It says
/// nothing of the cluster or of permissions. A 401 still counts, because asking again could lock a key.
fn without_words(status: u16) -> ErrorKind {
    match status {
        401 | 429 => by_status(status),
        _ => ErrorKind::VendorDown,
    }
}

/// The JSON object in the body; content types are not believed.
fn object(exchange: &Exchange) -> Option<Json> {
    Json::read(&exchange.body).filter(Json::is_object)
}

/// A text or a number under a name; the vendors write codes either way. An empty text is nothing.
fn text(value: &Json, name: &str) -> Option<String> {
    let (Json::Text(text) | Json::Number(text)) = value.get(name)? else { return None };
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
