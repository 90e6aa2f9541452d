//! Makes a call that the policy allowed, within the limits.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::http::{HeaderValue, Request, Uri, header, uri};
use axum::response::Response;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use rollwatch_core::http;
use rollwatch_core::provider::{Catalogue, ProxyReason};
use rollwatch_policy::{Call, Client as Asker, Place, Places, Shed};
use rustls::RootCertStore;
use tokio::time::{timeout, timeout_at};

use crate::answer::{Held, Reading, Relay, Turns};
use crate::config::{Limits, Upstream};
use crate::egress::{Egress, Lookup, VendorConnector};
use crate::vendor::Vendor;

/// The way to the vendors.
pub(crate) struct Outbound {
    connector: VendorConnector,
    /// Those of the catalogue, by their hosts.
    vendors: BTreeMap<String, Vendor>,
    places: Arc<Places>,
    /// Of all long answers.
    turns: Turns,
    /// Where the time of the places begins.
    started_at: Instant,
    limits: Limits,
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
        let vendors = vendors(catalogue, &upstream);
        let egress = match upstream {
            Upstream::Vendors => Egress::public(Lookup::system()),
            Upstream::Named(lookup) => Egress::public(lookup),
            Upstream::Fixed(_) => Egress::plain(),
            Upstream::Secured(at, certificate) => {
                let mut roots = RootCertStore::empty();
                // One that cannot be read vouches for nobody.
                let _ = roots.add(certificate);
                Egress::anywhere(Lookup::new(move |_| async move { Ok(vec![at]) }), roots)
            }
        };
        Outbound::over(egress, vendors, limits)
    }

    fn over(egress: Egress, vendors: BTreeMap<String, Vendor>, limits: Limits) -> Self {
        let connector = egress.connector(limits.connect_for);
        let places = Arc::new(Places::new(limits.client, limits.host));
        Outbound { connector, vendors, places, turns: Turns::default(), started_at: Instant::now(), limits }
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
        let vendor = self.vendors.get(&call.endpoint.host).ok_or(ProxyReason::UnknownEndpoint)?;
        let request = request(call, vendor, body)?;
        self.exchange(vendor, request, place).await.map_err(Failed::Refused)
    }

    async fn exchange(
        &self,
        vendor: &Vendor,
        request: Request<Full<Bytes>>,
        place: Place,
    ) -> Result<Forwarded, ProxyReason> {
        let ends_at = tokio::time::Instant::now() + self.limits.answer_for;
        let answered = timeout_at(ends_at, vendor.ask(&self.connector, request)).await;
        let (answer, coming) = answered.map_err(|_| ProxyReason::VendorTimeout)??;
        // Nobody asked to switch protocols, and passing that on would leave the page's connection undefined.
        if answer.status().is_informational() {
            return Err(ProxyReason::VendorUnreachable);
        }
        let most = self.limits.answer_bytes;
        let length = coming.length();
        if length.is_some_and(|length| length > most as u64) {
            return Err(ProxyReason::AnswerTooLarge);
        }
        let (body, rest) = match Reading::new(coming, self.turns.clone(), most, ends_at).hold().await? {
            Held::Whole(bytes) => (Body::from(bytes), None),
            Held::Begun(begun, reading) => {
                let (body, relay) = Relay::new(begun, reading);
                (body, Some((relay, place)))
            }
        };
        Ok(Forwarded { response: answer.map(|()| body), length, rest })
    }
}

/// The call as the vendor is asked.
fn request(call: Call<'_, '_>, vendor: &Vendor, body: Bytes) -> Result<Request<Full<Bytes>>, ProxyReason> {
    let target: uri::PathAndQuery = call.target.parse().map_err(|_| ProxyReason::BadRequest)?;
    let posts = call.route.method == http::Method::Post;
    let length = body.len();
    let mut request = Request::new(Full::new(body));
    *request.uri_mut() = Uri::from(target);
    *request.headers_mut() = call.headers;
    let headers = request.headers_mut();
    headers.insert(header::HOST, vendor.written.clone());
    // The answer's size is bounded here, so it must not grow on being unpacked in the page.
    headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    if posts {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        *request.method_mut() = axum::http::Method::POST;
    }
    Ok(request)
}

/// Those whom the catalogue names. One whose name cannot be written, which the catalogue's own checks leave out, is
/// called by nobody.
fn vendors(catalogue: &Catalogue, upstream: &Upstream) -> BTreeMap<String, Vendor> {
    let vendor = |host: &str| match upstream {
        Upstream::Vendors | Upstream::Named(_) | Upstream::Secured(..) => {
            Vendor::new(host, uri::Scheme::HTTPS, host)
        }
        Upstream::Fixed(address) => Vendor::new(host, uri::Scheme::HTTP, &address.to_string()),
    };
    let hosts = catalogue.endpoints().iter().map(|endpoint| &endpoint.host);
    hosts.filter_map(|host| Some((host.clone(), vendor(host)?))).collect()
}

#[cfg(test)]
mod tests;
