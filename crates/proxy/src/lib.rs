//! The proxy between the page and the clouds.
//!
//! A browser may not read the clouds' answers, because the clouds send no CORS headers. This proxy forwards
//! the calls of the catalogue, which only read, and adds those headers. It holds no key and changes no byte
//! that is signed. When it is given the folder of the built page it serves that too, so that page and proxy
//! share an origin.
//!
//! - `/proxy/{endpoint id}{path}?{query}` is forwarded: `policy` decides, `forward` sends.
//! - `/healthz` answers `ok`.
//! - Everything else is a file of the page.

mod config;
mod cors;
mod egress;
mod forward;
mod headers;
mod log;
mod policy;
mod refusal;
mod security;
mod serve;
mod static_files;

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rollwatch_core::provider::{Endpoint, PROXY_ERROR_HEADER, Route};

pub use config::{Config, Limits, Upstream};
pub use egress::{Lookup, is_public};
pub use log::Log;
pub use serve::{Connections, serve, serve_within};

use forward::Outbound;
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

/// An answer, and what the log may say about the request.
struct Answered<'a> {
    response: Response,
    endpoint: Option<&'a Endpoint>,
    route: Option<&'static Route>,
}

impl<'a> From<Response> for Answered<'a> {
    fn from(response: Response) -> Self {
        Answered { response, endpoint: None, route: None }
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
        let began_at = Instant::now();
        let method = request.method().clone();
        let Answered { response, endpoint, route } = self.route(request).await;
        let reason = response.headers().get(PROXY_ERROR_HEADER).and_then(|code| code.to_str().ok());
        self.config.log.write(&log::Entry {
            endpoint,
            route,
            method: &method,
            status: response.status().as_u16(),
            reason,
            took_for: began_at.elapsed(),
        });
        response
    }

    async fn route(&self, request: Request) -> Answered<'_> {
        let (head, body) = request.into_parts();
        let path = head.uri.path();
        if path == "/healthz" {
            self.page("ok".into_response()).into()
        } else if !policy::knows_host(&head.headers, &self.config.allowed_hosts) {
            self.call(refusal::unknown_host(), head.headers.get(header::ORIGIN)).into()
        } else if path.starts_with(policy::PREFIX) {
            self.forward(&head, body).await
        } else {
            self.page(static_files::answer(&head, &self.config).await).into()
        }
    }

    async fn forward(&self, head: &Parts, body: Body) -> Answered<'_> {
        let origin = head.headers.get(header::ORIGIN);
        if cors::is_preflight(&head.method, &head.headers) {
            return self.call(cors::preflight(&head.headers), origin).into();
        }
        let call = match policy::decide(&head.method, &head.uri, &head.headers, &self.config) {
            Ok(call) => call,
            Err(reason) => return self.call(refusal::refuse(reason), origin).into(),
        };
        let (endpoint, route) = (Some(call.endpoint), Some(call.route));
        let response = self.outbound.send(call, body).await.unwrap_or_else(refusal::refuse);
        Answered { response: self.call(response, origin), endpoint, route }
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
