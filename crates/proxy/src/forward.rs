//! Makes a call that the policy allowed, within the limits.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{HeaderValue, Request, Uri, header, uri};
use axum::response::Response;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body as _, Bytes};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Builder, Client};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rollwatch_core::http;
use rollwatch_core::provider::{Catalogue, ProxyReason};
use rollwatch_policy::{Call, Client as Asker, Place, Places, Shed};
use rustls::RootCertStore;
use tokio::time::{timeout, timeout_at};

use crate::answer::{Held, Reading, Relay, Turns};
use crate::config::{Limits, Upstream};
use crate::egress::{Egress, Lookup, VendorConnector, settle};

/// How long an unused connection to a vendor is kept.
const IDLE_FOR: Duration = Duration::from_secs(30);

/// How many unused connections to one vendor's host are kept: those of a busy board, which would otherwise be made
/// anew for every other call.
const IDLE: usize = 64;

/// The longest head of a vendor's answer, in bytes, and the most that is read of one answer before it is another's
/// turn.
const PIECE_BYTES: usize = 16 * 1024;

/// The way to the vendors.
pub(crate) struct Outbound {
    client: VendorClient,
    /// How the hosts of the catalogue are written in requests.
    hosts: HashMap<String, Written>,
    places: Arc<Places>,
    /// Of all long answers.
    turns: Turns,
    /// Where the time of the places begins.
    started_at: Instant,
    limits: Limits,
}

/// A host as a Host header and as a part of an address.
struct Written {
    header: HeaderValue,
    authority: uri::Authority,
}

enum VendorClient {
    Vendors(Client<VendorConnector, Full<Bytes>>),
    Fixed(Client<HttpConnector, Full<Bytes>>),
}

/// An answer with all headers of the vendor, and what carries its rest down where it was not whole at once.
pub(crate) struct Forwarded {
    pub response: Response,
    /// How long the body is, in bytes, where the vendor says so.
    pub length: Option<u64>,
    pub rest: Option<(Relay, Place)>,
}

/// Why there is no answer of the vendor.
pub(crate) enum Failed {
    Refused(ProxyReason),
    Shed(Shed),
}

impl From<ProxyReason> for Failed {
    fn from(reason: ProxyReason) -> Self {
        Failed::Refused(reason)
    }
}

impl From<Shed> for Failed {
    fn from(shed: Shed) -> Self {
        Failed::Shed(shed)
    }
}

impl Outbound {
    pub(crate) fn new(upstream: Upstream, catalogue: &Catalogue, limits: Limits) -> Self {
        let hosts = hosts(catalogue, &upstream);
        let mut builder = Client::builder(TokioExecutor::new());
        builder.pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE_FOR).pool_max_idle_per_host(IDLE);
        builder.http1_max_buf_size(PIECE_BYTES);
        let client = match upstream {
            Upstream::Vendors => vendors(&builder, Egress::public(Lookup::system()), limits),
            Upstream::Named(lookup) => vendors(&builder, Egress::public(lookup), limits),
            Upstream::Secured(at, certificate) => {
                let mut roots = RootCertStore::empty();
                // One that cannot be read vouches for nobody.
                let _ = roots.add(certificate);
                let lookup = Lookup::new(move |_| async move { Ok(vec![at]) });
                vendors(&builder, Egress::anywhere(lookup, roots), limits)
            }
            Upstream::Fixed(_) => {
                let mut connector = HttpConnector::new();
                settle(&mut connector, limits.connect_for);
                VendorClient::Fixed(builder.build(connector))
            }
        };
        let places = Arc::new(Places::new(limits.client, limits.host));
        Outbound { client, hosts, places, turns: Turns::default(), started_at: Instant::now(), limits }
    }

    /// Reads the page's body, makes the call and reads the answer, or its beginning when it is long.
    ///
    /// The body is read before the call takes a place at the host, so that a slow sender holds up nobody but
    /// itself.
    pub(crate) async fn send(
        &self,
        call: Call<'_, '_>,
        body: Body,
        asker: Asker,
    ) -> Result<Forwarded, Failed> {
        let own = self.places.enter(asker, self.started_at.elapsed())?;
        let body = timeout(self.limits.body_for, Limited::new(body, self.limits.request_bytes).collect())
            .await
            .map_err(|_| ProxyReason::BadRequest)?
            .map_err(|_| ProxyReason::BadRequest)?
            .to_bytes();
        let place = own.at(&call.endpoint.host, self.started_at.elapsed())?;
        let request = self.request(call, body)?;
        self.exchange(request, place).await.map_err(Failed::Refused)
    }

    fn request(&self, call: Call<'_, '_>, body: Bytes) -> Result<Request<Full<Bytes>>, ProxyReason> {
        let host = self.hosts.get(&call.endpoint.host).ok_or(ProxyReason::UnknownEndpoint)?;
        let scheme = match &self.client {
            VendorClient::Vendors(_) => uri::Scheme::HTTPS,
            VendorClient::Fixed(_) => uri::Scheme::HTTP,
        };
        let mut parts = uri::Parts::default();
        parts.scheme = Some(scheme);
        parts.authority = Some(host.authority.clone());
        parts.path_and_query = Some(call.target.parse().map_err(|_| ProxyReason::BadRequest)?);
        let uri = Uri::from_parts(parts).map_err(|_| ProxyReason::BadRequest)?;
        let posts = call.route.method == http::Method::Post;
        let length = body.len();
        let mut request = Request::new(Full::new(body));
        *request.uri_mut() = uri;
        *request.headers_mut() = call.headers;
        let headers = request.headers_mut();
        headers.insert(header::HOST, host.header.clone());
        // The answer's size is bounded here, so it must not grow on being unpacked in the page.
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        if posts {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
            *request.method_mut() = axum::http::Method::POST;
        }
        Ok(request)
    }

    async fn exchange(&self, request: Request<Full<Bytes>>, place: Place) -> Result<Forwarded, ProxyReason> {
        let ends_at = tokio::time::Instant::now() + self.limits.answer_for;
        let answered = async {
            match &self.client {
                VendorClient::Vendors(client) => client.request(request).await,
                VendorClient::Fixed(client) => client.request(request).await,
            }
        };
        let answered = timeout_at(ends_at, answered).await.map_err(|_| ProxyReason::VendorTimeout)?;
        let (head, body) = answered.map_err(|_| ProxyReason::VendorUnreachable)?.into_parts();
        // Nobody asked to switch protocols, and passing that on would leave the page's connection undefined.
        if head.status.is_informational() {
            return Err(ProxyReason::VendorUnreachable);
        }
        let most = self.limits.answer_bytes;
        let length = body.size_hint().exact();
        if length.is_some_and(|length| length > most as u64) {
            return Err(ProxyReason::AnswerTooLarge);
        }
        let (body, rest) = match Reading::new(body, self.turns.clone(), most, ends_at).hold().await? {
            Held::Whole(bytes) => (Body::from(bytes), None),
            Held::Begun(begun, reading) => {
                let (body, relay) = Relay::new(begun, reading);
                (body, Some((relay, place)))
            }
        };
        let mut response = Response::new(body);
        *response.status_mut() = head.status;
        *response.headers_mut() = head.headers;
        Ok(Forwarded { response, length, rest })
    }
}

/// Every host that the catalogue names. One that cannot be written, which the catalogue's own checks leave out, is
/// called by nobody.
fn hosts(catalogue: &Catalogue, upstream: &Upstream) -> HashMap<String, Written> {
    let written = |host: &str| {
        let authority = match upstream {
            Upstream::Vendors | Upstream::Named(_) | Upstream::Secured(..) => host.parse().ok()?,
            Upstream::Fixed(address) => address.to_string().parse().ok()?,
        };
        Some(Written { header: HeaderValue::from_str(host).ok()?, authority })
    };
    let hosts = catalogue.endpoints().iter().map(|endpoint| &endpoint.host);
    hosts.filter_map(|host| Some((host.clone(), written(host)?))).collect()
}

fn vendors(builder: &Builder, egress: Egress, limits: Limits) -> VendorClient {
    VendorClient::Vendors(builder.build(egress.connector(limits.connect_for)))
}

#[cfg(test)]
mod tests;
