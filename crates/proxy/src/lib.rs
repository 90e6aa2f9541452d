//! The proxy between the page and the clouds.
//!
//! A browser may not read the clouds' answers, because the clouds send no CORS headers. This proxy forwards
//! the calls of the catalogue, which only read, and adds those headers. It holds no key and changes no byte
//! that is signed. When it is given the folder of the built page, or was built with the page inside, it serves
//! that too, so that page and proxy share an origin.
//!
//! - `/proxy/{endpoint id}{path}?{query}` is forwarded: the policy decides, `forward` sends.
//! - `/healthz` answers `ok`, and `/metrics` what was counted where that is wished.
//! - Everything else is a file of the page.

mod answer;
mod client;
mod config;
mod connection;
mod egress;
mod forward;
mod lines;
mod log;
mod metrics;
mod serve;
mod static_files;
mod stop;
mod tls;
mod vendor;

use std::fmt;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use rollwatch_core::provider::{PROXY_ERROR_HEADER, ProxyReason};
use rollwatch_policy::{Answer, Call, Judged, Limit, Place, Policy, STRICT_TRANSPORT};

pub use config::{Config, Embedded, Limits, Upstream};
pub use egress::{Lookup, is_public};
pub use log::Log;
pub use metrics::{Metrics, metrics_app};
pub use rollwatch_policy::Budget;
pub use serve::{Connections, Serve, serve, serve_tls, serve_within};
pub use stop::told_to_stop;
pub use tls::Tls;

use answer::Relay;
use forward::{Failed, Forwarded, Outbound};
use log::{End, Record};

/// The proxy as a router. Everything is answered by its fallback, so routes may be added to it; they are
/// matched first and are not checked by the proxy.
pub fn app(config: Config) -> Router {
    let App(proxy) = proxy(config);
    Router::new().fallback(move |request: Request| {
        let proxy = Arc::clone(&proxy);
        // Without a connection, as in a test of the router alone, all clients are one.
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        async move { proxy.answer(request, peer.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED))).await }
    })
}

/// The proxy alone, without the way through a router.
pub fn proxy(config: Config) -> App {
    App(Arc::new(Proxy::new(config)))
}

/// A proxy that can be served; a clone is the same one.
#[derive(Clone)]
pub struct App(Arc<Proxy>);

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("App")
    }
}

impl Serve for App {
    fn answer(self, request: Request, peer: SocketAddr) -> impl Future<Output = Response> + Send + 'static {
        let App(proxy) = self;
        async move { proxy.answer(request, peer.ip()).await }
    }

    fn refusal(&self) -> Option<Answer> {
        let App(proxy) = self;
        Some(proxy.policy.unreadable())
    }
}

/// A configuration with what follows from it.
struct Proxy {
    outbound: Outbound,
    policy: Policy,
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
            outbound: Outbound::new(config.upstream.clone(), &config.catalogue, config.limits),
            policy: Policy::new(config.rules()),
            config,
        }
    }

    async fn answer(&self, request: Request, peer: IpAddr) -> Response {
        let mut record = Record::begin(&self.config.log, &self.config.metrics, request.method());
        let Answered { response, limit, rest } = self.route(request, peer, &mut record).await;
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

    async fn route(&self, request: Request, peer: IpAddr, record: &mut Record) -> Answered {
        let (head, body) = request.into_parts();
        match self.policy.judge(&head.method, &head.uri, &head.headers) {
            Judged::Answered(answer) => answer.map(Body::from).into(),
            Judged::Refused(answer) => {
                record.is_call = true;
                answer.map(Body::from).into()
            }
            Judged::Call(call) => {
                record.is_call = true;
                record.goes_to(call.endpoint, call.route);
                self.forward(&head.headers, peer, call, body).await
            }
            Judged::Elsewhere if head.uri.path() == "/metrics" && self.config.serves_metrics => {
                self.page(self.config.metrics.answer()).into()
            }
            Judged::Elsewhere => self.page(static_files::answer(&head, &self.config).await).into(),
        }
    }

    /// Finishes an answer that belongs to the page.
    fn page(&self, answer: Response) -> Response {
        let mut answer = self.policy.page(answer);
        if self.config.serves_tls {
            answer.headers_mut().extend([STRICT_TRANSPORT]);
        }
        answer
    }

    async fn forward(&self, given: &HeaderMap, peer: IpAddr, call: Call<'_, '_>, body: Body) -> Answered {
        let origin = given.get(header::ORIGIN);
        let asker = client::of(given, peer, self.config.client_header.as_ref());
        match self.outbound.send(call, body, asker).await {
            Ok(Forwarded { mut response, length, rest }) => {
                let mut headers = self.policy.hand_down(response.headers(), origin);
                // With the length, a page notices when the rest of a long answer does not come.
                let length = length.filter(|_| rest.is_some()).map(HeaderValue::from);
                headers.extend(length.map(|length| (header::CONTENT_LENGTH, length)));
                *response.headers_mut() = headers;
                Answered { response, limit: None, rest }
            }
            Err(Failed::Refused(reason)) => self.policy.refuse(reason, origin).map(Body::from).into(),
            Err(Failed::Shed(shed)) => {
                let response = self.policy.shed(shed, origin).map(Body::from);
                Answered { limit: Some(shed.limit), ..response.into() }
            }
        }
    }
}
