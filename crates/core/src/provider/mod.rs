//! The vendors' APIs. One file per API, all of one shape: `request` says what to ask, `decode` says what an
//! answer means, and it names the vendor's fields where it reads them.

mod alibaba_hologres;
mod catalogue;
mod huawei_css;
mod ncp_data_streaming;
mod ncp_precheck;
mod ncp_search_engine;
mod proxy_reason;
mod refusal;
mod wire;

pub use catalogue::{Catalogue, Endpoint, ROUTES, Route, RouteRefusal, is_id};
pub use proxy_reason::{PROXY_ERROR_HEADER, ProxyReason};

use crate::error::{ErrorKind, PollError};
use crate::http::{Exchange, Request};
use crate::model::{Observation, OperationKind, Service, Timestamp, Watch};
use wire::Answer;

/// What to ask for a watch, unsigned.
pub fn request(watch: &Watch, endpoint: &Endpoint) -> Result<Request, PollError> {
    match (watch.service, watch.operation) {
        (Service::NcpSearchEngine, OperationKind::Upgrade) => ncp_search_engine::request(watch, endpoint),
        (Service::NcpDataStreaming, OperationKind::RollingRestart) => {
            ncp_data_streaming::request(watch, endpoint)
        }
        (Service::NcpDataStreaming, OperationKind::Precheck) => ncp_precheck::request(watch, endpoint),
        (Service::HuaweiCss, OperationKind::Upgrade | OperationKind::AzMigration) => {
            huawei_css::request(watch, endpoint)
        }
        (Service::AlibabaHologres, OperationKind::Upgrade) => alibaba_hologres::request(watch, endpoint),
        _ => Err(PollError::field(ErrorKind::BadWatch, "operation")),
    }
}

/// What an answer to `request(watch, endpoint)` means. `observed_at` is when it arrived, on the vendor's clock
/// as far as that is known.
pub fn decode(
    watch: &Watch,
    endpoint: &Endpoint,
    exchange: &Exchange,
    observed_at: Timestamp,
) -> Result<Observation, PollError> {
    let body = refusal::success(watch.service.provider(), exchange)?;
    let answer = Answer::new(exchange, &body);
    match (watch.service, watch.operation) {
        (Service::NcpSearchEngine, OperationKind::Upgrade) => {
            ncp_search_engine::decode(watch, endpoint, answer, observed_at)
        }
        (Service::NcpDataStreaming, OperationKind::RollingRestart) => {
            ncp_data_streaming::decode(watch, endpoint, answer, observed_at)
        }
        (Service::NcpDataStreaming, OperationKind::Precheck) => {
            ncp_precheck::decode(watch, endpoint, answer, observed_at)
        }
        (Service::HuaweiCss, OperationKind::Upgrade | OperationKind::AzMigration) => {
            huawei_css::decode(watch, endpoint, answer, observed_at)
        }
        (Service::AlibabaHologres, OperationKind::Upgrade) => {
            alibaba_hologres::decode(watch, endpoint, answer, observed_at)
        }
        _ => Err(PollError::field(ErrorKind::BadWatch, "operation")),
    }
}
