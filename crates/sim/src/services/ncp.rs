//! What NAVER's services have in common: fields, pages and regions of their requests, the envelope and the lists
//! of their answers, and the identity service.
//!
//! Vendor page, beside those of the services: "caller-identity" of the temporary keys, NAVER Cloud API guide,
//! 2026.

use super::Story;
use crate::answer::Answer;
use crate::question::{Owned, Page, Question, USUAL_SIZE, body};
use crate::random::Random;
use crate::refusal::Refusal;
use crate::scene::Scene;
use crate::verify::Caller;
use rollwatch_core::http::Request;
use rollwatch_core::provider::Endpoint;
use serde_json::{Value, json};

/// The field with the number of a cluster.
pub(super) const CLUSTER: &str = "serviceGroupInstanceNo";
const REGION: &str = "regionNo";

/// The public zone requires the number of its region and the other zones do not know the field. When the zone
/// `is_contrary`, it is the other way round.
pub(crate) fn region_number(
    request: &Request,
    endpoint: &Endpoint,
    is_contrary: bool,
) -> Result<(), Refusal> {
    // The pages say a text, and a client of another hand sends a number.
    let given = match body(request).get(REGION) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(other) => Some(other.to_string()),
    };
    let is_wanted = endpoint.region_number.is_some() != is_contrary;
    match (is_wanted, given) {
        (true, None) => Err(Refusal::Field(REGION)),
        (true, Some(given)) => match &endpoint.region_number {
            Some(number) if *number != given => Err(Refusal::Field(REGION)),
            _ => Ok(()),
        },
        (false, None) => Ok(()),
        (false, Some(_)) => Err(Refusal::Unexpected(REGION)),
    }
}

/// The search engine wants the number of a cluster as a text.
pub(super) fn text_field(request: &Request, name: &'static str) -> Result<String, Refusal> {
    let body = body(request);
    body.get(name).and_then(Value::as_str).map(str::to_owned).ok_or(Refusal::Field(name))
}

/// Data streaming wants it as a number.
pub(super) fn number_field(request: &Request, name: &'static str) -> Result<u64, Refusal> {
    body(request).get(name).and_then(Value::as_u64).ok_or(Refusal::Field(name))
}

/// Pages have numbers from 1.
pub(super) fn numbered(number: Option<usize>, size: Option<usize>) -> Page {
    let size = size.unwrap_or(USUAL_SIZE);
    Page { skip: number.unwrap_or(1).saturating_sub(1).saturating_mul(size), size }
}

/// Every answer of a service stands in the same envelope.
fn enveloped(code: u32, message: &str, result: Value, request_id: &str) -> Answer {
    let body = json!({ "code": code, "message": message, "result": result, "requestId": request_id });
    Answer::json(200, &body)
}

pub(super) fn good(result: Value, request_id: &str) -> Answer {
    enveloped(0, "SUCCESS", result, request_id)
}

/// The code of a refused pre-check. The search engine documents it; data streaming documents none, and has this
/// one here.
const PRECHECK_REFUSED: u32 = 10154;

/// The answer to a pre-check: why it is refused, or that it is passed.
pub(super) fn verdict(reason: Option<&str>, request_id: &str) -> Answer {
    match reason {
        Some(reason) => enveloped(PRECHECK_REFUSED, reason, Value::Null, request_id),
        None => good(Value::Bool(true), request_id),
    }
}

/// Which clusters there are. `listed` shows one that the account may open, and `closed` any other.
pub(super) fn list(
    page: Page,
    listed: fn(&Story, &Scene<'_>) -> Option<Value>,
    closed: fn(&Scene<'_>) -> Value,
) -> Question {
    Question::of_account(move |owned, call| Ok(good(page_over(owned, page, listed, closed), call.request_id)))
}

/// A page over all clusters that the account sees, in two lists.
fn page_over(
    owned: &[Owned<'_>],
    page: Page,
    listed: fn(&Story, &Scene<'_>) -> Option<Value>,
    closed: fn(&Scene<'_>) -> Value,
) -> Value {
    let (total, size) = (owned.len(), page.size.max(1));
    let (current, last) = (page.skip / size + 1, total.div_ceil(size).max(1));
    let (mut allowed, mut disallowed) = (Vec::new(), Vec::new());
    for (cluster, scene) in page.of(owned.iter().collect()) {
        match listed(&cluster.story, scene) {
            Some(cluster) => allowed.push(cluster),
            None => disallowed.push(closed(scene)),
        }
    }
    json!({
        "allowedClusters": allowed,
        "disallowedClusters": disallowed,
        "currentPage": current,
        "isFirst": current == 1,
        "isLast": current >= last,
        "pageSize": size,
        "totalCount": total,
        "totalPage": last,
    })
}

/// The path of the identity service, which every service reads beside its own.
pub(super) const CALLER_IDENTITY: &str = "/api/v1/caller-identity";

/// Whose a credential is. The identity service answers without an envelope, and whoever may ask anything may ask
/// it.
pub(super) fn caller_identity() -> Question {
    let asked = Question::of_account(|_, call| Ok(Answer::json(200, &caller(call.caller, call.seed))));
    Question { is_further: false, ..asked }
}

fn caller(caller: Caller, seed: u64) -> Value {
    json!({
        "id": Random::of(seed, caller.account.name, 0).word(12),
        "loginAlias": caller.account.name,
        "userType": if caller.is_temporary { "Sub" } else { "Customer" },
    })
}
