//! The proxy between the page and the clouds.
//!
//! A browser may not read the clouds' answers, because the clouds send no CORS headers. This proxy forwards
//! the calls of the catalogue, which only read, and adds those headers. It holds no key and changes no byte
//! that is signed. When it is given the folder of the built page it serves that too, so that page and proxy
//! share an origin.
//!
//! - `/proxy/{endpoint id}{path}?{query}` is forwarded: `policy` decides, `forward` sends.
//! - `/healthz` answers `ok`, and `/metrics` what was counted where that is wished.
//! - Everything else is a file of the page.

mod answer;
mod client;
mod config;
mod cors;
mod egress;
mod forward;
mod headers;
mod limits;
mod log;
mod metrics;
mod policy;
mod refusal;
mod security;
mod serve;
mod static_files;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rollwatch_core::provider::{PROXY_ERROR_HEADER, ProxyReason};

pub use config::{Config, Limits, Upstream};
pub use egress::{Lookup, is_public};
pub use limits::Budget;
pub use log::Log;
pub use metrics::{Metrics, metrics_app};
pub use serve::{Connections, serve, serve_within};

use answer::Relay;
use forward::{Failed, Forwarded, Outbound};
use limits::{Limit, Place};
use log::{End, Record};
use security::Policies;

/// The proxy as a router. Everything is answered by its fallback, so routes may be added to it; they are
/// matched first and are not checked by the proxy.
pub fn app(config: Config) -> Router {
    let proxy = Arc::new(Proxy::new(config));
    Router::new().fallback(move |request: Request| {
        let proxy = Arc::clone(&proxy);
        async move { proxy.answer(request).await }
    })
}

/// A configuration with what follows from it.
struct Proxy {
    outbound: Outbound,
    policies: Policies,
    exposed: HeaderValue,
    config: Config,
}

/// An answer with what is still to be done for it.
#[derive(Default)]
struct Answered {
    response: Response,
    limit: Option<Limit>,
    rest: Option<(Relay, Place)>,
}

impl From<Response> for Answered {
    fn from(response: Response) -> Self {
        Answered { response, ..Answered::default() }
    }
}

impl Proxy {
    fn new(config: Config) -> Self {
        Proxy {
            outbound: Outbound::new(config.upstream.clone(), config.limits),
            policies: Policies::new(&config.connect_src),
            exposed: HeaderValue::from_str(&headers::exposed())
                .unwrap_or(HeaderValue::from_static(PROXY_ERROR_HEADER)),
            config,
        }
    }

    async fn answer(&self, request: Request) -> Response {
        let mut record = Record::begin(&self.config.log, &self.config.metrics, request.method());
        let Answered { response, limit, rest } = self.route(request, &mut record).await;
        let status = response.status().as_u16();
        let reason = response.headers().get(PROXY_ERROR_HEADER).and_then(|code| code.to_str().ok());
        let reason = reason.and_then(ProxyReason::from_code).map(ProxyReason::code);
        match rest {
            None => record.end(End { status, reason, limit }),
            Some((relay, place)) => {
                tokio::spawn(async move {
                    let ended = relay.run().await;
                    drop(place);
                    match ended {
                        Ok(()) => record.end(End { status, reason, limit }),
                        Err(Some(reason)) => record.end(End { status, reason: Some(reason.code()), limit }),
                        // The record says by itself that nobody waited for the end.
                        Err(None) => drop(record),
                    }
                });
            }
        }
        response
    }

    async fn route(&self, request: Request, record: &mut Record) -> Answered {
        let (head, body) = request.into_parts();
        let path = head.uri.path();
        if path == "/healthz" {
            self.page("ok".into_response()).into()
        } else if !policy::knows_host(&head.headers, &self.config.allowed_hosts) {
            self.call(refusal::unknown_host(), head.headers.get(header::ORIGIN)).into()
        } else if path.starts_with(policy::PREFIX) {
            self.forward(&head, body, record).await
        } else if path == "/metrics" && self.config.serves_metrics {
            self.page(self.config.metrics.answer()).into()
        } else {
            self.page(static_files::answer(&head, &self.config).await).into()
        }
    }

    async fn forward(&self, head: &Parts, body: Body, record: &mut Record) -> Answered {
        let origin = head.headers.get(header::ORIGIN);
        if cors::is_preflight(&head.method, &head.headers) {
            return self.call(cors::preflight(&head.headers), origin).into();
        }
        record.is_call = true;
        let call = match policy::decide(&head.method, &head.uri, &head.headers, &self.config) {
            Ok(call) => call,
            Err(reason) => return self.call(refusal::refuse(reason), origin).into(),
        };
        record.goes_to(call.endpoint, call.route);
        let asker = client::of(head, self.config.client_header.as_ref());
        let answered = match self.outbound.send(call, body, asker).await {
            Ok(Forwarded { response, rest }) => Answered { response, limit: None, rest },
            Err(Failed::Refused(reason)) => refusal::refuse(reason).into(),
            Err(Failed::Shed(shed)) => Answered { limit: Some(shed.limit), ..refusal::shed(shed).into() },
        };
        Answered { response: self.call(answered.response, origin), ..answered }
    }

    /// Finishes an answer to a call.
    fn call(&self, mut response: Response, origin: Option<&HeaderValue>) -> Response {
        cors::share(response.headers_mut(), origin, &self.exposed);
        self.policies.secure_call(response.headers_mut());
        response
    }

    /// Finishes an answer that belongs to the page.
    fn page(&self, mut response: Response) -> Response {
        self.policies.secure_page(response.headers_mut());
        response
    }
}
