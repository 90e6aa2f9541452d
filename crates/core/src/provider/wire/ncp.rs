//! What NAVER's services share: one shape of request and one envelope around every answer.

use super::{Answer, Notes, Object};
use crate::error::{ErrorKind, PollError};
use crate::http::{Header, Method, Request};
use crate::model::Holder;
use crate::provider::{Endpoint, refusal};

/// A call to `route`, which stands behind the prefix of the endpoint's region.
pub(in crate::provider) fn post(endpoint: &Endpoint, route: &str, body: String) -> Request {
    Request {
        endpoint: endpoint.id(),
        host: endpoint.host.clone(),
        method: Method::Post,
        path: format!("{}{route}", endpoint.prefix),
        query: String::new(),
        headers: vec![Header::new("content-type", "application/json")],
        body,
    }
}

/// The body that data streaming expects: the cluster's number as a JSON number, where the search engine
/// expects a string.
pub(in crate::provider) fn numbered_cluster(cluster: &str) -> Result<String, PollError> {
    match super::id("cluster", cluster)?.parse::<u64>() {
        Ok(number) => Ok(format!("{{\"serviceGroupInstanceNo\":{number}}}")),
        Err(_) => Err(PollError::field(ErrorKind::BadWatch, "cluster")),
    }
}

/// The `code` of the envelope around every answer, beside `message`, `result` and `requestId`. 0 is success,
/// and another one may come with HTTP 200. An object with neither `code` nor `result` is no envelope.
pub(in crate::provider) fn code(
    answer: Answer<'_>,
    has_result: bool,
    notes: &mut Notes,
) -> Result<i64, PollError> {
    match answer.body.integer("code") {
        Some(code) => Ok(code),
        None if has_result => {
            notes.missing("code");
            Ok(0)
        }
        None => Err(answer.malformed("result")),
    }
}

/// What the envelope of a successful answer holds; nothing, with a warning, when it is empty.
pub(in crate::provider) fn result<'a>(
    answer: Answer<'a>,
    notes: &mut Notes,
) -> Result<Option<Object<'a>>, PollError> {
    let Answer { exchange, body } = answer;
    let result = body.object("result");
    match code(answer, result.is_some(), notes)? {
        0 => Ok(notes.expected("result", result)),
        code => {
            let message = body.text("message").unwrap_or_default();
            Err(refusal::service_failure(exchange, code, message, body.text("requestId")))
        }
    }
}

pub(in crate::provider) fn holder_request(identity: &Endpoint) -> Request {
    Request {
        endpoint: identity.id(),
        host: identity.host.clone(),
        method: Method::Get,
        path: "/api/v1/caller-identity".to_owned(),
        query: String::new(),
        headers: Vec::new(),
        body: String::new(),
    }
}

pub(in crate::provider) fn decode_holder(answer: Answer<'_>) -> Holder {
    Holder::User { alias: answer.body.owned("loginAlias"), kind: answer.body.owned("userType") }
}
