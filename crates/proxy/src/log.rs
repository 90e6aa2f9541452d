//! One line of JSON about each request. Nothing that a client or a vendor wrote gets in: routes are the
//! catalogue's shapes, with `{id}` where an id stood.

use std::fmt;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::Method;
use rollwatch_core::provider::{Endpoint, Route};
use serde_json::json;

use crate::metrics::{InFlight, Metrics};
use rollwatch_policy::Limit;

/// Where the lines go.
#[derive(Clone)]
pub struct Log(Arc<dyn Fn(&str) + Send + Sync>);

impl Log {
    /// Hands every line, without its end, to `sink`.
    pub fn new(sink: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Log(Arc::new(sink))
    }

    /// Writes every line to the standard error stream.
    pub fn stderr() -> Self {
        Log::new(|line| {
            // A closed stream must not end a request that went well.
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        })
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Log")
    }
}

/// What is said of one request.
struct Entry<'a> {
    /// The endpoint and the route, where the request was allowed to go to one.
    place: Option<(&'a Endpoint, &'static Route)>,
    method: &'static str,
    status: u16,
    /// Why the proxy refused, or why an answer ended early.
    reason: Option<&'static str>,
    /// Which limit was reached, where one was.
    limit: Option<&'static str>,
    took_for: Duration,
}

impl Entry<'_> {
    fn line(&self) -> String {
        json!({
            "service": self.place.map(|(endpoint, _)| endpoint.service.id()),
            "region": self.place.map(|(endpoint, _)| endpoint.region.as_str()),
            "method": self.method,
            "route": self.place.map(|(_, route)| route.path),
            "status": self.status,
            "reason": self.reason,
            "limit": self.limit,
            "milliseconds": self.took_for.as_millis() as u64,
        })
        .to_string()
    }
}

/// A method may be any word that a client makes up, so only the usual ones are repeated.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// How a request ended.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct End {
    pub status: u16,
    pub reason: Option<&'static str>,
    pub limit: Option<Limit>,
}

/// A request from its arrival to its end. It is logged and counted once: when it is ended, or when it is dropped
/// because its client went away.
pub(crate) struct Record {
    log: Log,
    metrics: Metrics,
    method: &'static str,
    began_at: Instant,
    /// Whether it asks for a call; files and the proxy's health are logged and not counted.
    pub is_call: bool,
    place: Option<(Endpoint, &'static Route)>,
    in_flight: Option<InFlight>,
    is_ended: bool,
}

impl Record {
    pub(crate) fn begin(log: &Log, metrics: &Metrics, method: &Method) -> Self {
        Record {
            log: log.clone(),
            metrics: metrics.clone(),
            method: known(method),
            began_at: Instant::now(),
            is_call: false,
            place: None,
            in_flight: None,
            is_ended: false,
        }
    }

    /// The request goes to this endpoint by this route.
    pub(crate) fn goes_to(&mut self, endpoint: &Endpoint, route: &'static Route) {
        self.in_flight = Some(self.metrics.begin(endpoint.service.id()));
        self.place = Some((endpoint.clone(), route));
    }

    pub(crate) fn end(mut self, end: End) {
        self.write(end);
    }

    fn write(&mut self, End { status, reason, limit }: End) {
        self.is_ended = true;
        self.in_flight = None;
        let took_for = self.began_at.elapsed();
        let place = self.place.as_ref().map(|(endpoint, route)| (endpoint, *route));
        if self.is_call {
            let place = place.map(|(endpoint, route)| (endpoint.service.id(), route.path));
            self.metrics.end(place, reason.unwrap_or(class(status)), took_for);
            if let Some(limit) = limit {
                self.metrics.shed(place.map_or("none", |(service, _)| service), limit);
            }
        }
        let limit = limit.map(Limit::code);
        (self.log.0)(&Entry { place, method: self.method, status, reason, limit, took_for }.line());
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        if !self.is_ended {
            // The status that other proxies write for a client that did not wait.
            self.write(End { status: 499, reason: Some("client-gone"), limit: None });
        }
    }
}

/// The outcome of a call that a vendor answered.
const fn class(status: u16) -> &'static str {
    match status {
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        _ => "5xx",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_method_is_not_repeated() {
        let method = Method::from_bytes(b"MARKED").expect("a token");
        let entry = Entry {
            place: None,
            method: known(&method),
            status: 403,
            reason: Some("route-not-allowed"),
            limit: None,
            took_for: Duration::from_millis(3),
        };
        let line: serde_json::Value = serde_json::from_str(&entry.line()).expect("JSON");
        assert_eq!(line["method"], "other");
        assert_eq!(line["milliseconds"], 3);
        assert_eq!(line["reason"], "route-not-allowed");
    }
}
