//! What NAVER's services share: one shape of request and one envelope around every answer.

mod listing;

pub(in crate::provider) use listing::{LIST_ROUTE, ListFields, PAGE_SIZE, list};

use super::{Answer, Notes, Object};
use crate::error::{ErrorKind, PollError};
use crate::http::{Header, Method, Request};
use crate::model::Holder;
use crate::provider::adapter::HolderCalls;
use crate::provider::{Endpoint, refusal};

/// A call to `route`, which stands behind the prefix of the endpoint's region.
pub(in crate::provider) fn post(endpoint: &Endpoint, route: &str, body: String) -> Request {
    Request {
        method: Method::Post,
        headers: vec![Header::new("content-type", "application/json")],
        body,
        ..get(endpoint, route, String::new())
    }
}

/// A call to `route` without a body; `query` is without its `?`.
pub(in crate::provider) fn get(endpoint: &Endpoint, route: &str, query: String) -> Request {
    Request {
        endpoint: endpoint.id(),
        host: endpoint.host.clone(),
        method: Method::Get,
        path: format!("{}{route}", endpoint.prefix),
        query,
        headers: Vec::new(),
        body: String::new(),
    }
}

/// A whole number as data streaming wants its ids, where the search engine wants texts; `field` names it in the
/// error.
pub(in crate::provider) fn number(field: &str, value: &str) -> Result<u64, PollError> {
    super::id(field, value)?.parse().map_err(|_| PollError::field(ErrorKind::BadWatch, field))
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
    let result = answer.body.object("result");
    match code(answer, result.is_some(), notes)? {
        0 => Ok(notes.expected("result", result)),
        code => Err(failure(answer, code)),
    }
}

/// The same for a question to which nothing is no answer.
pub(in crate::provider) fn content(answer: Answer<'_>) -> Result<Object<'_>, PollError> {
    match answer.body.integer("code") {
        Some(0) | None => answer.body.object("result").ok_or_else(|| answer.malformed("result")),
        Some(code) => Err(failure(answer, code)),
    }
}

/// The failure that an envelope with another `code` than 0 is.
pub(in crate::provider) fn failure(answer: Answer<'_>, code: i64) -> PollError {
    let message = answer.body.text("message").unwrap_or_default();
    refusal::service_failure(answer.exchange, code, message, answer.body.text("requestId"))
}

/// The pairs of code and name in a list of versions; a version without either is left out.
pub(in crate::provider) fn versions(
    answer: Answer<'_>,
    list: &str,
    code: &str,
    names: &[&str],
) -> Result<Vec<(String, String)>, PollError> {
    let listed = content(answer)?.list(list).ok_or_else(|| answer.malformed(list))?;
    let pairs = listed.iter().filter_map(Object::new).filter_map(|version| {
        let name = names.iter().find_map(|name| version.text(name))?;
        Some((version.owned(code)?, name.to_owned()))
    });
    Ok(pairs.collect())
}

/// What every service's identity endpoint answers.
pub(in crate::provider) const HOLDER: HolderCalls =
    HolderCalls { request: holder_request, decode: |_, answer| decode_holder(answer) };

/// NAVER Cloud STS, "caller-identity": whose a key is. Every key may ask that.
fn holder_request(identity: &Endpoint) -> Request {
    get(identity, "/api/v1/caller-identity", String::new())
}

/// What is read: `loginAlias`, `userType` (Customer, Sub or Role), and `id`, which shows that the answer is about
/// a user at all. The page shows them bare; an envelope around them is understood too.
fn decode_holder(answer: Answer<'_>) -> Result<Holder, PollError> {
    let user = match (answer.body.integer("code"), answer.body.object("result")) {
        (Some(code), _) if code != 0 => return Err(failure(answer, code)),
        (_, Some(user)) => user,
        (_, None) => answer.body,
    };
    if ["id", "loginAlias", "userType"].iter().all(|name| user.text(name).is_none()) {
        return Err(answer.malformed("loginAlias"));
    }
    Ok(Holder::User { alias: user.owned("loginAlias"), kind: user.owned("userType") })
}
