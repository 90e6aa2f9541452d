//! One line of JSON about each request. Nothing that a client or a vendor wrote gets in: routes are the
//! catalogue's shapes, with `{id}` where an id stood.

use std::time::Duration;

use ::http::Method;
use rollwatch_core::model::Service;
use rollwatch_core::provider::Route;
use serde::Serialize;

use crate::Limit;

/// What is said of one request.
#[derive(Debug)]
pub struct Line<'a> {
    /// The service, its region and the route, where the request was allowed to go there.
    pub place: Option<(Service, &'a str, &'static Route)>,
    /// As [`known_method`] names it.
    pub method: &'static str,
    pub status: u16,
    /// Why the proxy refused, or why an answer ended early.
    pub reason: Option<&'static str>,
    /// Which limit was reached, where one was.
    pub limit: Option<Limit>,
    pub took_for: Duration,
}

impl Line<'_> {
    /// The line, without its end.
    pub fn text(&self) -> String {
        let written = Written {
            limit: self.limit.map(Limit::code),
            method: self.method,
            milliseconds: u64::try_from(self.took_for.as_millis()).unwrap_or(u64::MAX),
            reason: self.reason,
            region: self.place.map(|(_, region, _)| region),
            route: self.place.map(|(_, _, route)| route.path),
            service: self.place.map(|(service, _, _)| service.id()),
            status: self.status,
        };
        // Numbers and texts can always be written.
        serde_json::to_string(&written).unwrap_or_default()
    }
}

/// The line under the names that it has.
#[derive(Serialize)]
struct Written<'a> {
    limit: Option<&'static str>,
    method: &'static str,
    milliseconds: u64,
    reason: Option<&'static str>,
    region: Option<&'a str>,
    route: Option<&'static str>,
    service: Option<&'static str>,
    status: u16,
}

/// A method may be any word that a client makes up, so only the usual ones are repeated.
pub fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_method_is_not_repeated() {
        let method = Method::from_bytes(b"MARKED").expect("a token");
        let line = Line {
            place: None,
            method: known_method(&method),
            status: 403,
            reason: Some("route-not-allowed"),
            limit: None,
            took_for: Duration::from_millis(3),
        };
        let line: serde_json::Value = serde_json::from_str(&line.text()).expect("JSON");
        assert_eq!(line["method"], "other");
        assert_eq!(line["milliseconds"], 3);
        assert_eq!(line["reason"], "route-not-allowed");
    }
}
