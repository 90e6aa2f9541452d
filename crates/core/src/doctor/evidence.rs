//! What an examination is of, what has been found, and what is still worth asking.

use super::address::Address;
use super::diagnosis::{Hop, diagnose};
use crate::error::{ErrorKind, PollError};
use crate::http::{Exchange, Request};
use crate::model::{Provider, Service, Site, Span, Watch};
use crate::provider::{self, Endpoint, Grant, PROXY_ERROR_HEADER};

/// What is examined: one question, and the way that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub page: Address,
    pub proxy: Address,
    /// The proxy's whole address, which calls are appended to.
    pub proxy_address: String,
    /// The catalogue's id of the endpoint, which the proxy's addresses name.
    pub endpoint: String,
    pub service: Service,
    pub site: Site,
    pub region: String,
    /// The vendor's host.
    pub host: String,
    /// Method and path of the question.
    pub call: String,
    pub cluster: String,
    /// The permission that the question needs.
    pub grant: Grant,
}

/// Whether the browser lets this page into the network that the proxy is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Permission {
    /// The browser has no such permission, or the proxy needs none.
    #[default]
    NotNeeded,
    Granted,
    Denied,
    /// The person was not asked yet, or has not answered.
    NotAsked,
}

/// What came of a call that the proxy has to refuse by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Probe {
    /// An answer that the page may read.
    Answer {
        status: u16,
        /// The proxy's own reason; `None` when nothing in the answer is of Rollwatch's proxy.
        reason: Option<String>,
        took_for: Span,
    },
    /// An answer began with this status and did not come to its end.
    BrokenOff { status: u16 },
    /// Nothing came in time.
    Late,
    /// The browser reports a failure of the network, which may be its own decision.
    Failed {
        /// The page's own content security policy does not allow the address.
        is_forbidden: bool,
    },
}

/// What came of a call to the vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// `None` when there was no answer.
    pub status: Option<u16>,
    /// `None`: the answer told what was asked.
    pub error: Option<PollError>,
    pub request_id: Option<String>,
    /// How far the vendor's clock is ahead of this device's, as this answer tells.
    pub offset: Option<Span>,
    /// Whether the request was signed with the vendor's time.
    pub in_time: bool,
    pub took_for: Span,
}

/// The key that the question would be signed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Key {
    #[default]
    Usable,
    /// None is in memory.
    Missing,
    /// Its time is over.
    Over,
    /// Nobody has agreed that it is used through this proxy and at this host.
    NotAgreed,
}

/// What the list of the account's clusters says of this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    Among,
    /// This many others; there may be more on further pages.
    NotAmong {
        others: usize,
        more: bool,
    },
    /// The list itself was refused.
    Unknown(PollError),
}

/// Everything that has been found so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Whether the browser knows that there is no network.
    pub is_offline: bool,
    pub permission: Permission,
    pub key: Key,
    pub proxy: Option<Probe>,
    /// Whether anything answers at the proxy's origin, be it readable or not.
    pub hears: Option<bool>,
    /// The call without a key.
    pub vendor: Option<Reply>,
    /// The question, signed: each attempt.
    pub signed: Vec<Reply>,
    pub listed: Option<Listed>,
}

/// What to ask next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// A call that the proxy refuses by itself: its reason shows that it is there, that it serves this page and
    /// that it knows the endpoint.
    Proxy,
    /// Whether anything at all answers at the proxy's origin.
    Hears,
    /// The question without a key: the vendor refuses it and tells its time.
    Vendor,
    /// The question, signed.
    Cluster,
    /// The first page of the account's clusters, signed.
    List,
}

impl Case {
    /// `None` when the question cannot be put, because an id is empty or has characters that no id has.
    pub fn new(watch: &Watch, endpoint: &Endpoint, page: &str, proxy: &str) -> Option<Self> {
        let request = provider::request(watch, endpoint, &provider::Background::default()).ok()?;
        let route = endpoint.route(request.method, &request.target()).ok()?;
        Some(Case {
            page: Address::parse(page),
            proxy: Address::parse(proxy),
            proxy_address: proxy.to_owned(),
            endpoint: endpoint.id(),
            service: watch.service,
            site: watch.site,
            region: watch.region.clone(),
            host: endpoint.host.clone(),
            call: call(&request),
            cluster: watch.cluster.clone(),
            grant: route.grant(),
        })
    }

    pub const fn provider(&self) -> Provider {
        self.service.provider()
    }

    /// An address of the proxy that names the endpoint and no call of it.
    pub fn probe_address(&self) -> String {
        format!("{}/{}/", self.proxy_address, self.endpoint)
    }

    /// Whether the proxy is in a nearer network than the page, which browsers guard.
    pub fn enters_local_network(&self) -> bool {
        self.proxy.reach < self.page.reach
    }

    /// Whether page and proxy are of one origin.
    pub fn is_own_proxy(&self) -> bool {
        self.page.origin == self.proxy.origin
    }
}

fn call(request: &Request) -> String {
    format!("{} {}", request.method.as_str(), request.path)
}

impl Probe {
    /// What an answer shows. `took_for` is in the device's own time.
    pub fn of(exchange: &Exchange, took_for: Span) -> Self {
        Probe::Answer {
            status: exchange.status,
            reason: exchange.header(PROXY_ERROR_HEADER).map(str::to_owned),
            took_for,
        }
    }
}

/// The headers under which the vendors name a request, and the proxy passes them on.
const REQUEST_IDS: [&str; 5] =
    ["x-ncp-apigw-request-id", "x-ncp-trace-id", "x-request-id", "x-acs-request-id", "x-acs-trace-id"];

impl Reply {
    /// What an answer shows, with the failure that it is, if it is one.
    pub fn of(exchange: &Exchange, error: Option<PollError>, in_time: bool, took_for: Span) -> Self {
        let from_proxy = exchange.header(PROXY_ERROR_HEADER).is_some();
        let in_body = error.as_ref().and_then(|error| error.request_id.clone());
        let in_head = || REQUEST_IDS.iter().find_map(|name| exchange.header(name)).map(crate::error::redact);
        Reply {
            status: Some(exchange.status),
            request_id: in_body.or_else(in_head),
            offset: exchange.clock_offset().filter(|_| !from_proxy),
            error,
            in_time,
            took_for,
        }
    }

    /// No answer came, or none that came to its end.
    pub fn none(error: PollError, took_for: Span) -> Self {
        Reply {
            status: error.status,
            error: Some(error),
            request_id: None,
            offset: None,
            in_time: false,
            took_for,
        }
    }

    /// Why it failed.
    pub fn kind(&self) -> Option<ErrorKind> {
        self.error.as_ref().map(|error| error.kind)
    }
}

/// What to ask next; `None` when nothing more can be learnt.
pub fn next(case: &Case, evidence: &Evidence) -> Option<Ask> {
    let Some(probe) = &evidence.proxy else { return Some(Ask::Proxy) };
    let ended = diagnose(case, evidence).cause.map(|(hop, _)| hop);
    let failed = matches!(probe, Probe::Failed { .. }) && ended == Some(Hop::Proxy);
    match (&evidence.vendor, evidence.signed.last()) {
        _ if failed && evidence.hears.is_none() => Some(Ask::Hears),
        (_, Some(reply)) if reply.kind() == Some(ErrorKind::NotFound) && evidence.listed.is_none() => {
            Some(Ask::List)
        }
        (_, Some(_)) => None,
        _ if ended.is_some() => None,
        (None, None) => Some(Ask::Vendor),
        (Some(_), None) => Some(Ask::Cluster),
    }
}
