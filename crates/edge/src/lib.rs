//! The proxy at a CDN's edge, without its input and output.
//!
//! `worker.js` reads requests, asks the vendors and passes bytes on; everything that it has to know about them it
//! asks here, where `rollwatch-policy` decides. Each request gets a ticket when it is judged. Under that number
//! its place in the limits and what the log will say of it are kept until it ends.
//!
//! Values cross as JSON text, so that nothing in the script can keep a piece of this module's memory: after a
//! panic the script begins with an empty one.

mod settings;
mod tickets;

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header};
use rollwatch_core::provider::{PROXY_ERROR_HEADER, ProxyReason};
use rollwatch_policy::{
    ANSWER_BYTES, ANSWER_FOR, Answer, BODY_FOR, Budget, Client, HELD_BYTES, Judged, Places, Policy,
    REQUEST_BYTES, STRICT_TRANSPORT, Shed, caching, client_named, known_method,
};
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

use tickets::{Ticket, Tickets};

/// Where Cloudflare names the client. Its edge writes this header itself, whatever a client sends.
const CLIENT: HeaderName = HeaderName::from_static("cf-connecting-ip");

/// The reason of every answer when the settings do not fit.
const MISCONFIGURED: &str = "misconfigured";
/// The reason in the log when nobody waited for the answer.
const CLIENT_GONE: &str = "client-gone";
/// The reason in the log when the script itself failed.
const BROKEN: &str = "broken";

/// One worker's proxy.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Edge {
    policy: Policy,
    /// What is wrong with the settings. Nothing is forwarded then.
    wrong: Option<String>,
    places: Arc<Places>,
    tickets: Tickets,
}

/// Times are milliseconds since any instant that stays the same, as `Date.now()` counts them.
#[wasm_bindgen]
impl Edge {
    /// `settings` is a JSON object with the bindings `ALLOW_ORIGIN`, `HOSTS` and `REGIONS`. When they do not fit,
    /// every call is answered with what to set.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &str) -> Edge {
        let (rules, wrong) = match settings::read(settings) {
            Ok(rules) => (rules, None),
            Err(sentence) => (settings::none(), Some(sentence)),
        };
        Edge {
            policy: Policy::new(rules),
            wrong,
            places: Arc::new(Places::new(Budget::CLIENT, Budget::HOST)),
            tickets: Tickets::default(),
        }
    }

    /// The bounds that the script keeps: bytes and milliseconds.
    pub fn bounds(&self) -> String {
        json!({
            "request_bytes": REQUEST_BYTES,
            "held_bytes": HELD_BYTES,
            "answer_bytes": ANSWER_BYTES,
            "body_for": BODY_FOR.as_millis() as u64,
            "answer_for": ANSWER_FOR.as_millis() as u64,
        })
        .to_string()
    }

    /// The answer when this module itself has failed and can say nothing any more, for a page of no origin.
    pub fn broken(&self) -> String {
        let message = "The proxy failed at this request and has begun anew: try again in a while.";
        let answer = self.own(ProxyReason::Overloaded.code(), message, None);
        written(&answer).to_string()
    }

    /// Judges a request by its head. `target` is path and query as they came, `headers` a JSON list of names and
    /// values. Gives `ticket`, and at most one of the others is not null:
    ///
    /// - `answer`: `status`, `headers` and `body`, to be given as they are;
    /// - `elsewhere`: headers for an answer that belongs to the page, where its file is there.
    ///
    /// With neither, the body is to be read, and then `call` tells what to do.
    pub fn judge(&mut self, method: &str, target: &str, headers: &str, now: f64) -> String {
        let now = time(now);
        self.tickets.sweep(now);
        let given = read(headers);
        let method = Method::from_bytes(method.as_bytes()).ok();
        let known = method.as_ref().map_or("other", known_method);
        let mut ticket = Ticket::new(known, given.get(header::ORIGIN).cloned(), now);
        let (mut answer, mut elsewhere) = (None, None);
        match self.decide(method.as_ref(), target, &given, &mut ticket, now) {
            Decided::Answer(given) => answer = Some(written(&given)),
            Decided::Page(headers) => elsewhere = Some(pairs(&headers)),
            Decided::Call => {}
        }
        json!({ "ticket": self.tickets.keep(ticket), "answer": answer, "elsewhere": elsewhere }).to_string()
    }

    /// The call of a ticket, after the body was read: `call` with `url`, `method` and `headers`, or an `answer`
    /// when there is no place at the vendor's host now.
    pub fn call(&mut self, ticket: u32, now: f64) -> String {
        match self.tickets.of(ticket).map(|ticket| ticket.go(time(now))) {
            Some(Ok(call)) => json!({ "call": call }).to_string(),
            Some(Err(Some(shed))) => json!({ "answer": self.shed(ticket, shed) }).to_string(),
            Some(Err(None)) | None => {
                json!({ "answer": self.refusal(ticket, ProxyReason::Overloaded) }).to_string()
            }
        }
    }

    /// The headers with which a vendor's answer goes down to the page, as a list of names and values.
    pub fn hand_down(&mut self, ticket: u32, headers: &str) -> String {
        let origin = self.tickets.origin(ticket);
        pairs(&self.policy.hand_down(&read(headers), origin.as_ref())).to_string()
    }

    /// The answer to a call that did not come about for this reason.
    pub fn refuse(&mut self, ticket: u32, reason: &str) -> String {
        self.refusal(ticket, ProxyReason::from_code(reason).unwrap_or(ProxyReason::VendorUnreachable))
            .to_string()
    }

    /// Ends a request, however it ended, and gives its place back. `status` is what its client was told, `reason`
    /// why there was no answer, or why it ended early. Gives the line for the log.
    pub fn end(&mut self, ticket: u32, status: u16, reason: Option<String>, now: f64) -> Option<String> {
        let reason = reason.as_deref().and_then(named);
        self.tickets.end(ticket).map(|ticket| ticket.line(status, reason, time(now)))
    }
}

/// What `judge` found.
enum Decided {
    Answer(Answer),
    Page(HeaderMap),
    Call,
}

impl Edge {
    fn decide(
        &self,
        method: Option<&Method>,
        target: &str,
        given: &HeaderMap,
        ticket: &mut Ticket,
        now: Duration,
    ) -> Decided {
        let origin = ticket.origin.clone();
        if let Some(sentence) = &self.wrong {
            let told = || self.own(MISCONFIGURED, sentence, origin.as_ref());
            return Decided::Answer(self.preflight(method, target, given).unwrap_or_else(told));
        }
        let (Some(method), Ok(uri)) = (method, target.parse::<Uri>()) else {
            return Decided::Answer(self.policy.refuse(ProxyReason::BadRequest, origin.as_ref()));
        };
        match self.policy.judge(method, &uri, given) {
            Judged::Answered(answer) | Judged::Refused(answer) => Decided::Answer(answer),
            Judged::Elsewhere => Decided::Page(self.of_page(uri.path())),
            Judged::Call(call) => {
                let client = client_named(given, &CLIENT).map_or(Client::Others, Client::from);
                match self.places.enter(client, now) {
                    Ok(place) => {
                        ticket.goes_to(&call, place);
                        Decided::Call
                    }
                    Err(shed) => {
                        ticket.goes_nowhere(&call, shed.limit);
                        Decided::Answer(self.policy.shed(shed, origin.as_ref()))
                    }
                }
            }
        }
    }

    /// The headers of a file of the page. Cloudflare answers by https, where browsers keep to it from then on.
    fn of_page(&self, path: &str) -> HeaderMap {
        let mut headers = self.policy.page(Response::new(())).into_parts().0.headers;
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching(path)));
        headers.extend([STRICT_TRANSPORT]);
        headers
    }

    /// The answer to a browser's question before the real request. Without it, a page could not read what is wrong
    /// with the settings.
    fn preflight(&self, method: Option<&Method>, target: &str, given: &HeaderMap) -> Option<Answer> {
        let mut given = given.clone();
        given.insert(header::HOST, HeaderValue::from_static(settings::NOBODY));
        match self.policy.judge(method?, &target.parse().ok()?, &given) {
            Judged::Answered(answer) if answer.status() == StatusCode::NO_CONTENT => Some(answer),
            _ => None,
        }
    }

    fn refusal(&mut self, ticket: u32, reason: ProxyReason) -> Value {
        let origin = self.tickets.origin(ticket);
        written(&self.policy.refuse(reason, origin.as_ref()))
    }

    fn shed(&mut self, ticket: u32, shed: Shed) -> Value {
        let origin = self.tickets.origin(ticket);
        written(&self.policy.shed(shed, origin.as_ref()))
    }

    /// An answer about the worker itself, in the shape of a refusal.
    fn own(&self, code: &'static str, message: &str, origin: Option<&HeaderValue>) -> Answer {
        let mut answer = Response::new(json!({ "error": code, "message": message }).to_string());
        *answer.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        *answer.headers_mut() = self.policy.hand_down(&HeaderMap::new(), origin);
        answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        answer.headers_mut().insert(PROXY_ERROR_HEADER, HeaderValue::from_static(code));
        answer
    }
}

/// Reasons that stand in the log: those that a page is told, and those that nobody is.
fn named(reason: &str) -> Option<&'static str> {
    match reason {
        CLIENT_GONE => Some(CLIENT_GONE),
        MISCONFIGURED => Some(MISCONFIGURED),
        BROKEN => Some(BROKEN),
        _ => ProxyReason::from_code(reason).map(ProxyReason::code),
    }
}

fn time(milliseconds: f64) -> Duration {
    // What is no number, or before the beginning, is the beginning.
    Duration::from_millis(milliseconds as u64)
}

/// Headers from a list of names and values. What is not ASCII keeps bytes outside of it, which the policy refuses.
fn read(pairs: &str) -> HeaderMap {
    let pairs: Vec<(String, String)> = serde_json::from_str(pairs).unwrap_or_default();
    let mut headers = HeaderMap::with_capacity(pairs.len());
    for (name, value) in pairs {
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_bytes(value.as_bytes()))
        {
            headers.append(name, value);
        }
    }
    headers
}

/// A list of names and values. A value that is not ASCII is left out, because a script would write other bytes.
fn pairs(headers: &HeaderMap) -> Value {
    headers.iter().filter_map(|(name, value)| Some(json!([name.as_str(), value.to_str().ok()?]))).collect()
}

fn written(answer: &Answer) -> Value {
    json!({ "status": answer.status().as_u16(), "headers": pairs(answer.headers()), "body": answer.body() })
}

#[cfg(test)]
mod tests;
