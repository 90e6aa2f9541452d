//! What the proxy counts, for Prometheus: calls by service, route and outcome. Routes are the catalogue's shapes,
//! so neither a cluster's id nor an address gets in.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use rollwatch_policy::Limit;

/// Where a call went, as a label. Refused calls went nowhere: both are `none`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Where {
    service: &'static str,
    route: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ended {
    service: &'static str,
    route: &'static str,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Turned {
    service: &'static str,
    limit: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Of {
    service: &'static str,
}

/// The counters of one proxy; a clone counts into the same ones.
#[derive(Clone)]
pub struct Metrics(Arc<Counted>);

struct Counted {
    registry: Registry,
    ended: Family<Ended, Counter>,
    took: Family<Where, Histogram>,
    in_flight: Family<Of, Gauge>,
    shed: Family<Turned, Counter>,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("rollwatch_proxy");
        let ended = Family::default();
        let took = Family::new_with_constructor(seconds as fn() -> Histogram);
        let in_flight = Family::default();
        let shed = Family::default();
        registry.register("calls", "Calls by where they went and how they ended", ended.clone());
        registry.register_with_unit(
            "call",
            "How long calls took that went to a vendor",
            Unit::Seconds,
            took.clone(),
        );
        registry.register("in_flight", "Calls that are on their way to a vendor", in_flight.clone());
        registry.register("shed", "Calls that were sent away because a limit was reached", shed.clone());
        Metrics(Arc::new(Counted { registry, ended, took, in_flight, shed }))
    }
}

/// From a fast answer to the longest that is waited for.
fn seconds() -> Histogram {
    Histogram::new([0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0])
}

/// A call that is on its way to a vendor, as the gauge sees it.
pub(crate) struct InFlight(Gauge);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    /// All of it as text, in the format that Prometheus reads.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string fails only for a metric that cannot be written at all.
        let _ = text::encode(&mut text, &self.0.registry);
        text
    }

    pub(crate) fn begin(&self, service: &'static str) -> InFlight {
        let gauge = self.0.in_flight.get_or_create(&Of { service }).clone();
        gauge.inc();
        InFlight(gauge)
    }

    pub(crate) fn shed(&self, service: &'static str, limit: Limit) {
        self.0.shed.get_or_create(&Turned { service, limit: limit.code() }).inc();
    }

    /// Counts a call that has ended; `place` is the service and the route where it went, if anywhere.
    pub(crate) fn end(
        &self,
        place: Option<(&'static str, &'static str)>,
        outcome: &'static str,
        took_for: Duration,
    ) {
        let (service, route) = place.unwrap_or(("none", "none"));
        self.0.ended.get_or_create(&Ended { service, route, outcome }).inc();
        if place.is_some() {
            self.0.took.get_or_create(&Where { service, route }).observe(took_for.as_secs_f64());
        }
    }

    pub(crate) fn answer(&self) -> Response {
        let kind = HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");
        ([(header::CONTENT_TYPE, kind)], self.text()).into_response()
    }
}

/// `/metrics` alone, for a listener of its own.
pub fn metrics_app(metrics: Metrics) -> Router {
    Router::new().route("/metrics", get(async move || metrics.answer()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_told_in_the_format_of_prometheus() {
        let metrics = Metrics::default();
        let way = metrics.begin("huawei_css");
        let route = "/v1.0/{id}/clusters";
        metrics.end(Some(("huawei_css", route)), "2xx", Duration::from_millis(30));
        metrics.end(None, "route-not-allowed", Duration::ZERO);
        metrics.shed("huawei_css", Limit::HostAtOnce);
        let text = metrics.text();
        for line in [
            "rollwatch_proxy_calls_total{service=\"huawei_css\",route=\"/v1.0/{id}/clusters\",outcome=\"2xx\"} 1",
            "rollwatch_proxy_calls_total{service=\"none\",route=\"none\",outcome=\"route-not-allowed\"} 1",
            "rollwatch_proxy_call_seconds_bucket{le=\"0.05\",service=\"huawei_css\",route=\"/v1.0/{id}/clusters\"} 1",
            "rollwatch_proxy_in_flight{service=\"huawei_css\"} 1",
            "rollwatch_proxy_shed_total{service=\"huawei_css\",limit=\"host-at-once\"} 1",
        ] {
            assert!(text.lines().any(|told| told == line), "{line} is not in\n{text}");
        }
        assert!(text.ends_with("# EOF\n"));
        drop(way);
        assert!(metrics.text().contains("rollwatch_proxy_in_flight{service=\"huawei_css\"} 0"));
    }
}
