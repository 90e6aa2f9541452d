//! The vendors' APIs. One file per API, all of one shape: `request` says what to ask, `decode` says what an
//! answer means, and it names the vendor's fields where it reads them. What else an API can be asked stands
//! beside it: lists, checks, and the supplements that make an answer clearer.

mod adapter;
mod alibaba_hologres;
mod background;
mod catalogue;
#[cfg(test)]
mod conversation;
mod huawei_css;
mod inquiry;
mod ncp_data_streaming;
mod ncp_precheck;
mod ncp_search_engine;
mod proxy_reason;
mod refusal;
mod wire;

pub use background::{Background, Supplement};
pub use catalogue::{
    Call, Catalogue, Endpoint, Grant, Occasion, Policy, Purpose, ROUTES, Route, RouteRefusal, calls, is_id,
};
pub use inquiry::Inquiry;
pub use proxy_reason::{PROXY_ERROR_HEADER, ProxyReason};

use crate::error::PollError;
use crate::http::{Exchange, Request};
use crate::model::{Check, Holder, Listing, Observation, Precheck, Service, Timestamp, Watch};
use adapter::{Adapter, not_offered};
use wire::Answer;

/// The adapter of a service.
const fn adapter(service: Service) -> &'static Adapter {
    match service {
        Service::NcpSearchEngine => &ncp_search_engine::ADAPTER,
        Service::NcpDataStreaming => &ncp_data_streaming::ADAPTER,
        Service::HuaweiCss => &huawei_css::ADAPTER,
        Service::AlibabaHologres => &alibaba_hologres::ADAPTER,
    }
}

/// What to ask for a watch, unsigned.
///
/// # Errors
/// `BadWatch` naming the field that cannot be asked, or `operation` where the service lists no such one.
pub fn request(watch: &Watch, endpoint: &Endpoint, background: &Background) -> Result<Request, PollError> {
    if !watch.service.operations().contains(&watch.operation) {
        return Err(not_offered());
    }
    (adapter(watch.service).request)(watch, endpoint, background)
}

/// What an answer to `request(watch, endpoint, …)` means. `observed_at` is when it arrived, on the vendor's
/// clock as far as that is known.
pub fn decode(
    watch: &Watch,
    endpoint: &Endpoint,
    exchange: &Exchange,
    background: &Background,
    observed_at: Timestamp,
) -> Result<Observation, PollError> {
    let body = refusal::success(watch.service.provider(), exchange)?;
    if !watch.service.operations().contains(&watch.operation) {
        return Err(not_offered());
    }
    let answer = Answer::new(exchange, &body);
    (adapter(watch.service).decode)(watch, endpoint, background, answer, observed_at)
}

/// Adds what the answer to a supplement tells to the background.
fn learn(
    watch: &Watch,
    endpoint: &Endpoint,
    supplement: Supplement,
    exchange: &Exchange,
    background: &mut Background,
) -> Result<(), PollError> {
    let body = refusal::success(watch.service.provider(), exchange)?;
    let answer = Answer::new(exchange, &body);
    (adapter(watch.service).learn)(watch, endpoint, supplement, answer, background)
}

/// What to ask to learn whether something could start now, unsigned.
///
/// # Errors
/// `BadWatch` naming the field that cannot be asked, or `operation` where the service answers no such check.
pub fn check_request(watch: &Watch, endpoint: &Endpoint, check: &Check) -> Result<Request, PollError> {
    let calls = adapter(watch.service).check.as_ref().ok_or_else(not_offered)?;
    (calls.request)(watch, endpoint, check)
}

/// What the answer to a check means.
pub fn decode_check(endpoint: &Endpoint, exchange: &Exchange) -> Result<Precheck, PollError> {
    let calls = adapter(endpoint.service).check.as_ref().ok_or_else(not_offered)?;
    match refusal::success(endpoint.service.provider(), exchange) {
        Ok(body) => (calls.decode)(endpoint, Answer::new(exchange, &body)),
        Err(error) => (calls.refusal)(endpoint, error),
    }
}

/// What to ask for the clusters of an account, unsigned. `page` counts from 1; `project` is empty where the
/// service has none.
///
/// # Errors
/// `BadWatch` naming `project`.
pub fn list_request(endpoint: &Endpoint, project: &str, page: u32) -> Result<Request, PollError> {
    (adapter(endpoint.service).list_request)(endpoint, project, page)
}

/// The clusters that an answer to `list_request` with this `page` names.
pub fn decode_list(endpoint: &Endpoint, exchange: &Exchange, page: u32) -> Result<Listing, PollError> {
    let body = refusal::success(endpoint.service.provider(), exchange)?;
    (adapter(endpoint.service).decode_list)(Answer::new(exchange, &body), page)
}

/// What to ask the vendor's identity service about a credential, unsigned. `identity` is the endpoint of
/// [`Purpose::Identity`] that belongs to a region. `None`: the vendor has none that Rollwatch asks.
pub fn holder_request(identity: &Endpoint) -> Option<Request> {
    let calls = adapter(identity.service).holder.as_ref()?;
    Some((calls.request)(identity))
}

/// Whose credential it is, as an answer to `holder_request` tells.
pub fn decode_holder(identity: &Endpoint, exchange: &Exchange) -> Result<Holder, PollError> {
    let body = refusal::success(identity.service.provider(), exchange)?;
    let calls = adapter(identity.service).holder.as_ref().ok_or_else(not_offered)?;
    (calls.decode)(identity, Answer::new(exchange, &body))
}
