//! The vendors' APIs. One file per API, all of one shape: `request` says what to ask, `decode` says what an
//! answer means, and it names the vendor's fields where it reads them. What else an API can be asked stands
//! beside it: lists, checks, and the supplements that make an answer clearer.

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
pub use catalogue::{Catalogue, Endpoint, Purpose, ROUTES, Route, RouteRefusal, is_id};
pub use inquiry::Inquiry;
pub use proxy_reason::{PROXY_ERROR_HEADER, ProxyReason};

use crate::error::{ErrorKind, PollError};
use crate::http::{Exchange, Request};
use crate::model::{
    Check, Holder, Listing, Observation, OperationKind, Precheck, Provider, Service, Timestamp, Watch,
};
use wire::Answer;

/// What to ask for a watch, unsigned.
pub fn request(watch: &Watch, endpoint: &Endpoint, background: &Background) -> Result<Request, PollError> {
    match (watch.service, watch.operation) {
        (Service::NcpSearchEngine, OperationKind::Upgrade) => {
            ncp_search_engine::request(watch, endpoint, background)
        }
        (Service::NcpDataStreaming, OperationKind::RollingRestart | OperationKind::Upgrade) => {
            ncp_data_streaming::request(watch, endpoint)
        }
        (Service::NcpDataStreaming, OperationKind::Precheck) => {
            ncp_precheck::request(watch, endpoint, &Check::Restart)
        }
        (Service::HuaweiCss, OperationKind::Upgrade | OperationKind::AzMigration) => {
            huawei_css::request(watch, endpoint, background)
        }
        (Service::AlibabaHologres, OperationKind::Upgrade) => alibaba_hologres::request(watch, endpoint),
        _ => Err(PollError::field(ErrorKind::BadWatch, "operation")),
    }
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
    let answer = Answer::new(exchange, &body);
    match (watch.service, watch.operation) {
        (Service::NcpSearchEngine, OperationKind::Upgrade) => {
            ncp_search_engine::decode(watch, endpoint, background, answer, observed_at)
        }
        (Service::NcpDataStreaming, OperationKind::RollingRestart | OperationKind::Upgrade) => {
            ncp_data_streaming::decode(watch, endpoint, background, answer, observed_at)
        }
        (Service::NcpDataStreaming, OperationKind::Precheck) => {
            ncp_precheck::decode(endpoint, background, answer, observed_at)
        }
        (Service::HuaweiCss, OperationKind::Upgrade | OperationKind::AzMigration) => {
            huawei_css::decode(watch, endpoint, background, answer, observed_at)
        }
        (Service::AlibabaHologres, OperationKind::Upgrade) => {
            alibaba_hologres::decode(watch, endpoint, background, answer, observed_at)
        }
        _ => Err(PollError::field(ErrorKind::BadWatch, "operation")),
    }
}

/// Changes the background so that the same question can be put in another form after `error`. False: there is
/// no other form.
fn adapt(watch: &Watch, endpoint: &Endpoint, error: &PollError, background: &mut Background) -> bool {
    match watch.service {
        Service::NcpSearchEngine => ncp_search_engine::adapt(endpoint, error, background),
        _ => false,
    }
}

/// The supplement that would make `observation` clearer and is due at `now`.
fn wanted(
    watch: &Watch,
    background: &Background,
    observation: &Observation,
    now: Timestamp,
) -> Option<Supplement> {
    match watch.service {
        Service::NcpSearchEngine => ncp_search_engine::wanted(background, observation, now),
        Service::NcpDataStreaming => ncp_data_streaming::wanted(background, now),
        Service::HuaweiCss => huawei_css::wanted(background, observation, now),
        Service::AlibabaHologres => alibaba_hologres::wanted(background, observation, now),
    }
}

fn supplement_request(
    watch: &Watch,
    endpoint: &Endpoint,
    supplement: Supplement,
) -> Result<Request, PollError> {
    match watch.service {
        Service::NcpSearchEngine => ncp_search_engine::supplement_request(watch, endpoint, supplement),
        Service::NcpDataStreaming => ncp_data_streaming::supplement_request(endpoint, supplement),
        Service::HuaweiCss => huawei_css::supplement_request(watch, endpoint, supplement),
        Service::AlibabaHologres => alibaba_hologres::supplement_request(watch, endpoint, supplement),
    }
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
    match watch.service {
        Service::NcpSearchEngine => ncp_search_engine::learn(supplement, answer, background),
        Service::NcpDataStreaming => ncp_data_streaming::learn(supplement, answer, background),
        Service::HuaweiCss => huawei_css::learn(watch, endpoint, supplement, answer, background),
        Service::AlibabaHologres => alibaba_hologres::learn(supplement, answer, background),
    }
}

/// What to ask to learn whether something could start now, unsigned.
///
/// # Errors
/// `BadWatch` naming the field that cannot be asked, or `operation` where the service answers no such check.
pub fn check_request(watch: &Watch, endpoint: &Endpoint, check: &Check) -> Result<Request, PollError> {
    match watch.service {
        Service::NcpSearchEngine | Service::NcpDataStreaming => ncp_precheck::request(watch, endpoint, check),
        Service::HuaweiCss | Service::AlibabaHologres => {
            Err(PollError::field(ErrorKind::BadWatch, "operation"))
        }
    }
}

/// What the answer to a check means.
pub fn decode_check(endpoint: &Endpoint, exchange: &Exchange) -> Result<Precheck, PollError> {
    match refusal::success(endpoint.service.provider(), exchange) {
        Ok(body) => ncp_precheck::outcome(endpoint, Answer::new(exchange, &body)),
        Err(error) => ncp_precheck::refusal(endpoint, error),
    }
}

/// What to ask for the clusters of an account, unsigned. `page` counts from 1; `project` is empty where the
/// service has none.
pub fn list_request(endpoint: &Endpoint, project: &str, page: u32) -> Result<Request, PollError> {
    match endpoint.service {
        Service::NcpSearchEngine => Ok(ncp_search_engine::list_request(endpoint, page)),
        Service::NcpDataStreaming => Ok(ncp_data_streaming::list_request(endpoint, page)),
        Service::HuaweiCss => huawei_css::list_request(endpoint, project, page),
        Service::AlibabaHologres => Ok(alibaba_hologres::list_request(endpoint)),
    }
}

/// The clusters that an answer to `list_request` with this `page` names.
pub fn decode_list(endpoint: &Endpoint, exchange: &Exchange, page: u32) -> Result<Listing, PollError> {
    let body = refusal::success(endpoint.service.provider(), exchange)?;
    let answer = Answer::new(exchange, &body);
    match endpoint.service {
        Service::NcpSearchEngine => ncp_search_engine::decode_list(answer, page),
        Service::NcpDataStreaming => ncp_data_streaming::decode_list(answer, page),
        Service::HuaweiCss => huawei_css::decode_list(answer, page),
        Service::AlibabaHologres => alibaba_hologres::decode_list(answer),
    }
}

/// What to ask the vendor's identity service about a credential, unsigned. `identity` is the endpoint of
/// [`Purpose::Identity`] that belongs to a region. `None`: the vendor has none that Rollwatch asks.
pub fn holder_request(identity: &Endpoint) -> Option<Request> {
    match identity.service.provider() {
        Provider::Ncp => Some(wire::ncp::holder_request(identity)),
        Provider::Huawei => Some(huawei_css::holder_request(identity)),
        Provider::Alibaba => None,
    }
}

/// Whose credential it is, as an answer to `holder_request` tells.
pub fn decode_holder(identity: &Endpoint, exchange: &Exchange) -> Result<Holder, PollError> {
    let provider = identity.service.provider();
    let body = refusal::success(provider, exchange)?;
    let answer = Answer::new(exchange, &body);
    match provider {
        Provider::Ncp => wire::ncp::decode_holder(answer),
        Provider::Huawei => huawei_css::decode_holder(identity, answer),
        Provider::Alibaba => Err(answer.malformed("body")),
    }
}
