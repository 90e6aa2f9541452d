//! Where the line about each request goes, and when it is written.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::http::Method;
use rollwatch_core::model::Service;
use rollwatch_core::provider::{Endpoint, Route};

use crate::lines::Lines;
use crate::metrics::{InFlight, Metrics};
use rollwatch_policy::{Limit, Line, known_method};

/// Where the lines go.
#[derive(Clone)]
pub struct Log(Arc<dyn Fn(&str) + Send + Sync>);

impl Log {
    /// Hands every line, without its end, to `sink`.
    pub fn new(sink: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Log(Arc::new(sink))
    }

    /// Writes every line to the standard error stream, a moment later and without holding up the request. Dropping
    /// the last clone waits until all are written.
    pub fn stderr() -> Self {
        let lines: OnceLock<Lines> = OnceLock::new();
        Log::new(move |line| lines.get_or_init(|| Lines::to(std::io::stderr())).say(line))
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Log")
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
    place: Option<(Service, String, &'static Route)>,
    in_flight: Option<InFlight>,
    is_ended: bool,
}

impl Record {
    pub(crate) fn begin(log: &Log, metrics: &Metrics, method: &Method) -> Self {
        Record {
            log: log.clone(),
            metrics: metrics.clone(),
            method: known_method(method),
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
        self.place = Some((endpoint.service, endpoint.region.clone(), route));
    }

    pub(crate) fn end(mut self, end: End) {
        self.write(end);
    }

    fn write(&mut self, End { status, reason, limit }: End) {
        self.is_ended = true;
        self.in_flight = None;
        let took_for = self.began_at.elapsed();
        let place = self.place.as_ref().map(|(service, region, route)| (*service, region.as_str(), *route));
        if self.is_call {
            let counted = place.map(|(service, _, route)| (service.id(), route.path));
            self.metrics.end(counted, reason.unwrap_or(class(status)), took_for);
            if let Some(limit) = limit {
                self.metrics.shed(place.map_or("none", |(service, _, _)| service.id()), limit);
            }
        }
        (self.log.0)(&Line { place, method: self.method, status, reason, limit, took_for }.text());
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
