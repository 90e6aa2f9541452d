//! Makes a call that the policy allowed, within the limits.

use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, Request, Uri, header, uri};
use axum::response::Response;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Bytes;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Builder, Client};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rollwatch_core::http;
use rollwatch_core::provider::ProxyReason;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::config::{Limits, Upstream};
use crate::egress::{Egress, Lookup, VendorConnector};
use crate::headers;
use crate::policy::Forward;

/// How long an unused connection to a vendor is kept.
const IDLE_FOR: Duration = Duration::from_secs(30);

/// The way to the vendors.
pub(crate) struct Outbound {
    client: VendorClient,
    in_flight: Semaphore,
    limits: Limits,
}

enum VendorClient {
    Vendors(Client<VendorConnector, Full<Bytes>>),
    Fixed(SocketAddr, Client<HttpConnector, Full<Bytes>>),
}

impl Outbound {
    pub(crate) fn new(upstream: Upstream, limits: Limits) -> Self {
        let mut builder = Client::builder(TokioExecutor::new());
        builder.pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE_FOR).pool_max_idle_per_host(16);
        let client = match upstream {
            Upstream::Vendors => vendors(&builder, Egress::public(Lookup::system()), limits),
            Upstream::Named(lookup) => vendors(&builder, Egress::public(lookup), limits),
            Upstream::Fixed(address) => {
                let mut connector = HttpConnector::new();
                connector.set_connect_timeout(Some(limits.connect_for));
                connector.set_nodelay(true);
                VendorClient::Fixed(address, builder.build(connector))
            }
        };
        Outbound { client, in_flight: Semaphore::new(limits.in_flight), limits }
    }

    /// Reads the page's body, makes the call and reads the whole answer.
    ///
    /// The body is read before the call counts as on its way, so that a slow sender holds nobody else up.
    pub(crate) async fn send(&self, call: Forward<'_, '_>, body: Body) -> Result<Response, ProxyReason> {
        let body = timeout(self.limits.answer_for, Limited::new(body, self.limits.request_bytes).collect())
            .await
            .map_err(|_| ProxyReason::BadRequest)?
            .map_err(|_| ProxyReason::BadRequest)?
            .to_bytes();
        let request = self.request(call, body)?;
        let _place = self.in_flight.try_acquire().map_err(|_| ProxyReason::Overloaded)?;
        timeout(self.limits.answer_for, self.exchange(request))
            .await
            .map_err(|_| ProxyReason::VendorTimeout)?
    }

    fn request(&self, call: Forward<'_, '_>, body: Bytes) -> Result<Request<Full<Bytes>>, ProxyReason> {
        let host = HeaderValue::from_str(&call.endpoint.host).map_err(|_| ProxyReason::UnknownEndpoint)?;
        let (scheme, authority) = match &self.client {
            VendorClient::Vendors(_) => (uri::Scheme::HTTPS, call.endpoint.host.clone()),
            VendorClient::Fixed(address, _) => (uri::Scheme::HTTP, address.to_string()),
        };
        let uri = Uri::builder()
            .scheme(scheme)
            .authority(authority)
            .path_and_query(call.target)
            .build()
            .map_err(|_| ProxyReason::BadRequest)?;
        let posts = call.route.method == http::Method::Post;
        let length = body.len();
        let mut request = Request::new(Full::new(body));
        *request.uri_mut() = uri;
        *request.headers_mut() = call.headers;
        let headers = request.headers_mut();
        headers.insert(header::HOST, host);
        // The answer's size is bounded here, so it must not grow on being unpacked in the page.
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        if posts {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
            *request.method_mut() = axum::http::Method::POST;
        }
        Ok(request)
    }

    async fn exchange(&self, request: Request<Full<Bytes>>) -> Result<Response, ProxyReason> {
        let answered = match &self.client {
            VendorClient::Vendors(client) => client.request(request).await,
            VendorClient::Fixed(_, client) => client.request(request).await,
        };
        let (head, body) = answered.map_err(|_| ProxyReason::VendorUnreachable)?.into_parts();
        // Nobody asked to switch protocols, and passing that on would leave the page's connection undefined.
        if head.status.is_informational() {
            return Err(ProxyReason::VendorUnreachable);
        }
        let body = Limited::new(body, self.limits.answer_bytes).collect().await.map_err(|error| {
            if error.is::<LengthLimitError>() {
                ProxyReason::AnswerTooLarge
            } else {
                ProxyReason::VendorUnreachable
            }
        })?;
        let mut answer = Response::new(Body::from(body.to_bytes()));
        *answer.status_mut() = head.status;
        *answer.headers_mut() = headers::going_down(&head.headers);
        Ok(answer)
    }
}

fn vendors(builder: &Builder, egress: Egress, limits: Limits) -> VendorClient {
    VendorClient::Vendors(builder.build(egress.connector(limits.connect_for)))
}
