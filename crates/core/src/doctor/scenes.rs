//! Scripted evidence: how far a question came, for the tests of the verdicts and of their words.

use super::{Case, Evidence, Probe, Reply};
use crate::error::{ErrorKind, PollError};
use crate::model::{OperationKind, Service, Site, Span, Watch};
use crate::provider::{Catalogue, ProxyReason};

pub(crate) const PAGE: &str = "https://watch.example/";
pub(crate) const PROXY: &str = "https://proxy.example/proxy";

/// A question about a cluster in the first region of a service.
pub(crate) fn case_of(service: Service, page: &str, proxy: &str) -> Case {
    let catalogue = Catalogue::built_in();
    let region = catalogue.regions(service, Site::Public).first().map(|region| (*region).to_owned());
    let watch = Watch {
        service,
        operation: OperationKind::Upgrade,
        site: Site::Public,
        region: region.expect("a region"),
        project: "p1".to_owned(),
        cluster: "c1".to_owned(),
        account: "night-shift".to_owned(),
    };
    let endpoint = catalogue.find(service, Site::Public, &watch.region).expect("an endpoint");
    Case::new(&watch, endpoint, page, proxy).expect("a question")
}

pub(crate) fn naver() -> Case {
    case_of(Service::NcpSearchEngine, PAGE, PROXY)
}

/// An encrypted page, and the proxy on this device.
pub(crate) fn beside() -> Case {
    case_of(Service::HuaweiCss, PAGE, "http://localhost:8787/proxy")
}

/// What answers the first call: the proxy with this reason, or without one something else.
pub(crate) fn answers(reason: &str) -> Evidence {
    let reason = (!reason.is_empty()).then(|| reason.to_owned());
    let probe = Probe::Answer { status: 403, reason, took_for: Span::millis(12) };
    Evidence { proxy: Some(probe), ..Evidence::default() }
}

/// Nothing answers, or the browser does not let it.
pub(crate) fn silent() -> Evidence {
    Evidence { proxy: Some(Probe::Failed { is_forbidden: false }), hears: Some(false), ..Evidence::default() }
}

/// The proxy serves this page and knows the endpoint.
pub(crate) fn past_proxy() -> Evidence {
    answers(ProxyReason::RouteNotAllowed.code())
}

/// The vendor has refused the call without a key.
pub(crate) fn past_vendor() -> Evidence {
    Evidence { vendor: Some(failed(ErrorKind::Signature)), ..past_proxy() }
}

/// The question was signed and got this reply.
pub(crate) fn asked(reply: Reply) -> Evidence {
    Evidence { signed: vec![reply], ..past_vendor() }
}

pub(crate) fn reply(error: Option<PollError>) -> Reply {
    Reply {
        status: Some(if error.is_some() { 401 } else { 200 }),
        request_id: Some("r-7".to_owned()),
        error,
        offset: Some(Span::ZERO),
        in_time: true,
        took_for: Span::millis(80),
    }
}

pub(crate) fn failed(kind: ErrorKind) -> Reply {
    reply(Some(PollError::new(kind)))
}

/// A refusal in the vendor's own words.
pub(crate) fn refused(kind: ErrorKind, code: &str, message: &str) -> Reply {
    reply(Some(PollError {
        status: Some(401),
        code: Some(code.to_owned()),
        message: Some(message.to_owned()),
        ..PollError::new(kind)
    }))
}

/// A failure that the proxy tells of.
pub(crate) fn by_proxy(kind: ErrorKind, reason: ProxyReason) -> Reply {
    let code = Some(reason.code().to_owned());
    reply(Some(PollError { status: Some(reason.status()), code, ..PollError::new(kind) }))
}

/// An answer that began well and broke off.
pub(crate) fn broken_off() -> Reply {
    Reply::none(PollError { status: Some(200), ..PollError::new(ErrorKind::BrokenOff) }, Span::millis(80))
}
