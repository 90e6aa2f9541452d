//! One line of JSON about each request. Nothing that a client or a vendor wrote gets in: routes are the
//! catalogue's shapes, with `{id}` where an id stood.

use std::fmt;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use axum::http::Method;
use rollwatch_core::provider::{Endpoint, Route};
use serde_json::json;

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

    pub(crate) fn write(&self, entry: &Entry<'_>) {
        (self.0)(&entry.line());
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Log")
    }
}

/// What is said of one request.
pub(crate) struct Entry<'a> {
    /// The endpoint, where the request was allowed to go to one.
    pub endpoint: Option<&'a Endpoint>,
    pub route: Option<&'static Route>,
    pub method: &'a Method,
    pub status: u16,
    /// The code of the proxy's own refusal, where it refused.
    pub reason: Option<&'a str>,
    pub took_for: Duration,
}

impl Entry<'_> {
    fn line(&self) -> String {
        json!({
            "service": self.endpoint.map(|endpoint| endpoint.service.id()),
            "region": self.endpoint.map(|endpoint| endpoint.region.as_str()),
            "method": known(self.method),
            "route": self.route.map(|route| route.path),
            "status": self.status,
            "reason": self.reason,
            "milliseconds": self.took_for.as_millis() as u64,
        })
        .to_string()
    }
}

/// A method may be any word that a client makes up, so only the usual ones are repeated.
fn known(method: &Method) -> &str {
    match *method {
        Method::GET | Method::POST | Method::HEAD | Method::OPTIONS => method.as_str(),
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_method_is_not_repeated() {
        let method = Method::from_bytes(b"MARKED").expect("a token");
        let entry = Entry {
            endpoint: None,
            route: None,
            method: &method,
            status: 403,
            reason: Some("route-not-allowed"),
            took_for: Duration::from_millis(3),
        };
        let line: serde_json::Value = serde_json::from_str(&entry.line()).expect("JSON");
        assert_eq!(line["method"], "other");
        assert_eq!(line["milliseconds"], 3);
        assert_eq!(line["reason"], "route-not-allowed");
    }
}
