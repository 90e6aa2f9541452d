//! The policy between the page and the clouds: what is forwarded, to whom, for whom, how much of it, and what a
//! browser is told.
//!
//! Pure: no socket, no clock and no file. The program in `crates/proxy` and the worker in `crates/edge` move the
//! bytes and ask this crate about each of them; `xtask` writes the same rules down for nginx.
//!
//! `Policy::judge` is the way of every request. What it calls an `Answer` is whole; a `Call` is to be made, and
//! its outcome is handed to the page by `Policy::hand_down` or `Policy::refuse`.

mod call;
mod client;
mod cors;
mod files;
mod headers;
mod limits;
mod line;
mod names;
pub mod nginx;
mod refusal;
mod security;

use std::time::Duration;

use ::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use rollwatch_core::provider::{Catalogue, PROXY_ERROR_HEADER, ProxyReason};

pub use call::{Call, PREFIX};
pub use client::named as client_named;
pub use cors::MAX_AGE;
pub use files::{ASK_AGAIN, FOR_GOOD, caching, is_hashed};
pub use headers::{DOWN, DOWN_ACS, UP, allowed as allowed_headers, exposed as exposed_headers};
pub use limits::{Budget, Client, ClientPlace, Limit, Place, Places, Shed};
pub use line::{Line, known_method};
pub use names::{host, origin};
pub use refusal::{advice, document};
pub use security::{ALWAYS, CALL_POLICY, STRICT_TRANSPORT, meta_policy, page_policy};

use security::Policies;

/// The longest body of a request, in bytes.
pub const REQUEST_BYTES: usize = 64 * 1024;
/// The longest body of an answer, in bytes.
pub const ANSWER_BYTES: usize = 2 * 1024 * 1024;
/// How much of an answer is read before its first byte goes down. Nearly every answer ends before, and as long
/// as nothing went down, the page can still be told what went wrong after the head.
pub const HELD_BYTES: usize = 64 * 1024;
/// How long the page may take to send its body.
pub const BODY_FOR: Duration = Duration::from_secs(5);
/// How long the vendor may take from the connection to the last byte of its answer: whatever a vendor does, the
/// page knows within ten seconds.
pub const ANSWER_FOR: Duration = Duration::from_millis(9_500);

/// What an operator decides about who may call what.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The endpoints that may be called.
    pub catalogue: Catalogue,
    /// Origins of pages, beside the proxy's own, that may read answers: `https://watch.example`, as a browser
    /// writes it, without a trailing slash.
    pub allowed_origins: Vec<String>,
    /// Host names that the proxy answers to, in lower case and without a port.
    pub allowed_hosts: Vec<String>,
    /// Origins beside its own that the served page may connect to.
    pub connect_src: Vec<String>,
    /// The longest body of a request, in bytes.
    pub request_bytes: usize,
}

/// The rules, with what follows from them.
#[derive(Debug)]
pub struct Policy {
    rules: Rules,
    policies: Policies,
    exposed: HeaderValue,
}

/// An answer that the policy gives itself.
pub type Answer = Response<String>;

/// What is to be done with a request.
#[derive(Debug)]
pub enum Judged<'p, 'r> {
    /// It asks for none of the proxy's own: it may be for a file of the page.
    Elsewhere,
    /// Whoever moves the bytes gives this answer, and no call was asked for.
    Answered(Answer),
    /// A call that is not made.
    Refused(Answer),
    /// A call that may be made.
    Call(Call<'p, 'r>),
}

impl Policy {
    pub fn new(rules: Rules) -> Self {
        Policy {
            policies: Policies::new(&rules.connect_src),
            exposed: HeaderValue::from_str(&headers::exposed())
                .unwrap_or(HeaderValue::from_static(PROXY_ERROR_HEADER)),
            rules,
        }
    }

    /// Judges a request by its head.
    pub fn judge<'p, 'r>(&'p self, method: &Method, uri: &'r Uri, given: &HeaderMap) -> Judged<'p, 'r> {
        let origin = given.get(header::ORIGIN);
        if uri.path() == "/healthz" {
            return Judged::Answered(self.page(Response::new("ok".to_owned())));
        }
        if !call::knows_host(given, &self.rules.allowed_hosts) {
            return Judged::Answered(self.told(refusal::unknown_host(), origin));
        }
        if !uri.path().starts_with(PREFIX) {
            return Judged::Elsewhere;
        }
        if cors::is_preflight(method, given) {
            return Judged::Answered(self.told(cors::preflight(given), origin));
        }
        match call::decide(method, uri, given, &self.rules) {
            Ok(call) => Judged::Call(call),
            Err(reason) => Judged::Refused(self.refuse(reason, origin)),
        }
    }

    /// The answer to a call that did not come about.
    pub fn refuse(&self, reason: ProxyReason, origin: Option<&HeaderValue>) -> Answer {
        self.told(refusal::refuse(reason), origin)
    }

    /// The answer to a request that could not be read, so that nobody knows its origin: every page may see the reason.
    pub fn unreadable(&self) -> Answer {
        self.refuse(ProxyReason::BadRequest, Some(&HeaderValue::from_static("*")))
    }

    /// The answer to a call for which there is no place now.
    pub fn shed(&self, shed: Shed, origin: Option<&HeaderValue>) -> Answer {
        self.told(refusal::shed(shed), origin)
    }

    /// The headers with which a vendor's answer goes down to the page.
    pub fn hand_down(&self, given: &HeaderMap, origin: Option<&HeaderValue>) -> HeaderMap {
        let mut headers = self.policies.call.clone();
        headers.extend(headers::going_down(given));
        cors::share(&mut headers, origin, &self.exposed);
        headers
    }

    /// Finishes an answer that belongs to the page.
    pub fn page<B>(&self, mut answer: Response<B>) -> Response<B> {
        answer.headers_mut().extend(self.policies.page.clone());
        answer
    }

    fn told(&self, mut answer: Answer, origin: Option<&HeaderValue>) -> Answer {
        let headers = answer.headers_mut();
        headers.extend(self.policies.call.clone());
        cors::share(headers, origin, &self.exposed);
        answer
    }
}

/// The status that carries a reason.
fn status(reason: ProxyReason) -> StatusCode {
    StatusCode::from_u16(reason.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The rules of a proxy on this machine, for tests.
#[cfg(test)]
fn rules() -> Rules {
    Rules {
        catalogue: Catalogue::built_in(),
        allowed_origins: Vec::new(),
        allowed_hosts: ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).to_vec(),
        connect_src: Vec::new(),
        request_bytes: REQUEST_BYTES,
    }
}
