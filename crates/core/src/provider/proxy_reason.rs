//! Why the proxy itself refused or failed: the words that it and the page share.

/// The response header that marks an answer as the proxy's own; its value is a reason's code.
pub const PROXY_ERROR_HEADER: &str = "x-rollwatch-proxy-error";

/// Why the proxy did not bring an answer of the vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProxyReason {
    /// The address names no endpoint of the proxy's catalogue.
    UnknownEndpoint,
    /// The endpoint has no such route, or not with this method or query.
    RouteNotAllowed,
    /// The page's origin is not among those that the proxy serves.
    OriginNotAllowed,
    /// The request is malformed or larger than any call of the catalogue needs.
    BadRequest,
    /// The vendor's name was not found, or no connection or TLS session came about.
    VendorUnreachable,
    /// The vendor did not answer in time.
    VendorTimeout,
    /// The vendor's answer is larger than any answer of the catalogue.
    AnswerTooLarge,
    /// The proxy has too many requests in flight; try later.
    Overloaded,
}

impl ProxyReason {
    pub const ALL: [ProxyReason; 8] = [
        ProxyReason::UnknownEndpoint,
        ProxyReason::RouteNotAllowed,
        ProxyReason::OriginNotAllowed,
        ProxyReason::BadRequest,
        ProxyReason::VendorUnreachable,
        ProxyReason::VendorTimeout,
        ProxyReason::AnswerTooLarge,
        ProxyReason::Overloaded,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            ProxyReason::UnknownEndpoint => "unknown-endpoint",
            ProxyReason::RouteNotAllowed => "route-not-allowed",
            ProxyReason::OriginNotAllowed => "origin-not-allowed",
            ProxyReason::BadRequest => "bad-request",
            ProxyReason::VendorUnreachable => "vendor-unreachable",
            ProxyReason::VendorTimeout => "vendor-timeout",
            ProxyReason::AnswerTooLarge => "answer-too-large",
            ProxyReason::Overloaded => "overloaded",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// The HTTP status that carries this reason.
    pub const fn status(self) -> u16 {
        match self {
            ProxyReason::UnknownEndpoint => 404,
            ProxyReason::RouteNotAllowed | ProxyReason::OriginNotAllowed => 403,
            ProxyReason::BadRequest => 400,
            ProxyReason::VendorUnreachable | ProxyReason::AnswerTooLarge => 502,
            ProxyReason::VendorTimeout => 504,
            ProxyReason::Overloaded => 503,
        }
    }
}
