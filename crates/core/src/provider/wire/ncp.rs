//! What NAVER's services share: one shape of request and one envelope around every answer.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Field, Notes, Text, body};
use crate::error::{ErrorKind, PollError};
use crate::http::{Exchange, Header, Method, Request};
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

/// The envelope around every answer. `code` 0 is success; another one may come with HTTP 200.
#[derive(Debug, Deserialize)]
#[serde(default, rename_all = "camelCase", bound = "T: DeserializeOwned")]
pub(in crate::provider) struct Envelope<T> {
    pub(in crate::provider) code: Text,
    pub(in crate::provider) message: Text,
    pub(in crate::provider) result: Field<T>,
    pub(in crate::provider) request_id: Text,
}

impl<T> Default for Envelope<T> {
    fn default() -> Self {
        let (code, message, request_id) = Default::default();
        Envelope { code, message, result: Field(None), request_id }
    }
}

/// The envelope of an answer. An object with neither `code` nor `result` is no envelope.
pub(in crate::provider) fn envelope<T: DeserializeOwned>(
    exchange: &Exchange,
    notes: &mut Notes,
) -> Result<Envelope<T>, PollError> {
    let envelope: Envelope<T> = body(exchange)?;
    if envelope.code.integer().is_none() {
        if envelope.result.0.is_none() {
            let error = PollError::field(ErrorKind::Malformed, "result");
            return Err(PollError { status: Some(exchange.status), ..error });
        }
        notes.missing("code");
    }
    Ok(envelope)
}

/// What the envelope of a successful answer holds; nothing, with a warning, when it is empty.
pub(in crate::provider) fn result<T: DeserializeOwned>(
    exchange: &Exchange,
    notes: &mut Notes,
) -> Result<Option<T>, PollError> {
    let envelope: Envelope<T> = envelope(exchange, notes)?;
    let message = envelope.message.as_deref().unwrap_or_default();
    match envelope.code.integer() {
        None | Some(0) => {}
        Some(code) => {
            return Err(refusal::service_failure(exchange, code, message, envelope.request_id.as_deref()));
        }
    }
    if envelope.result.0.is_none() {
        notes.missing("result");
    }
    Ok(envelope.result.0)
}
