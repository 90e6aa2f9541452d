//! Which pages may use the proxy, and how a browser is told.

use ::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use rollwatch_core::provider::ProxyReason;

use crate::{Answer, headers};

/// For how many seconds a browser may keep the answer to a preflight: a day is the longest that Firefox does.
/// Chromium makes two hours of it by itself.
pub const MAX_AGE: &str = "86400";

/// What a page may ask with.
pub(crate) const METHODS: &str = "GET, POST";

const REQUEST_PRIVATE_NETWORK: HeaderName = HeaderName::from_static("access-control-request-private-network");
const ALLOW_PRIVATE_NETWORK: HeaderName = HeaderName::from_static("access-control-allow-private-network");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The only value of a header. `Ok(None)` when it is absent; `Err` when it comes twice or is not text.
pub(crate) fn only(headers: &HeaderMap, name: HeaderName) -> Result<Option<&str>, ProxyReason> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| ProxyReason::BadRequest),
        (Some(_), Some(_)) => Err(ProxyReason::BadRequest),
    }
}

/// Whether the sender may use the proxy.
///
/// A page of another origin may only when it is on the list. A request without `Origin` is allowed unless the
/// browser marks it as another site's; one without both headers comes from a program that is no browser. Such
/// a program follows no rule of CORS and could call the vendor itself, so nothing is gained by refusing it.
pub(crate) fn admit(headers: &HeaderMap, allowed_origins: &[String]) -> Result<(), ProxyReason> {
    let allowed = match only(headers, header::ORIGIN)? {
        Some(origin) => own(origin, headers)? || allowed_origins.iter().any(|allowed| allowed == origin),
        None => matches!(only(headers, FETCH_SITE)?, None | Some("same-origin" | "none")),
    };
    if allowed { Ok(()) } else { Err(ProxyReason::OriginNotAllowed) }
}

/// Whether an origin is the proxy's own. Behind something that adds TLS it is an https origin; the proxy
/// cannot tell, and the Host header has been checked before.
fn own(origin: &str, headers: &HeaderMap) -> Result<bool, ProxyReason> {
    let Some(host) = only(headers, header::HOST)? else { return Ok(false) };
    let name = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    Ok(name.is_some_and(|name| name.eq_ignore_ascii_case(host)))
}

/// Whether a request is the browser's question before the real one.
pub(crate) fn is_preflight(method: &Method, headers: &HeaderMap) -> bool {
    *method == Method::OPTIONS
        && headers.contains_key(header::ORIGIN)
        && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// The answer to a preflight. It is the same for every origin and address: were a foreign page refused here,
/// it would see a network failure in place of the reason. The real request is judged on its own, as it has to
/// be anyway, because a browser sends simple requests without asking.
pub(crate) fn preflight(asked: &HeaderMap) -> Answer {
    let mut answer = Response::new(String::new());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    let headers = answer.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
    if let Ok(names) = HeaderValue::from_str(&headers::allowed()) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names);
    }
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(MAX_AGE));
    if asked.get(REQUEST_PRIVATE_NETWORK).is_some_and(|value| value == "true") {
        headers.insert(ALLOW_PRIVATE_NETWORK, HeaderValue::from_static("true"));
    }
    answer
}

/// Lets the asking page read an answer of the proxy.
///
/// A vendor's answer gets here only after `admit`. A refusal is shown to every origin, so that the page can
/// tell its reader what to do: it holds a fixed sentence and nothing of the vendor or of the user, and without
/// `Access-Control-Allow-Credentials` no cookie plays a part.
pub(crate) fn share(answer: &mut HeaderMap, origin: Option<&HeaderValue>, exposed: &HeaderValue) {
    if let Some(origin) = origin {
        answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        answer.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(pairs: &[(&'static str, &'static str)]) -> Result<(), ProxyReason> {
        let headers: HeaderMap =
            pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect();
        admit(&headers, &["https://watch.example".to_owned()])
    }

    const REFUSED: Result<(), ProxyReason> = Err(ProxyReason::OriginNotAllowed);

    #[test]
    fn a_page_that_the_proxy_serves_itself_is_admitted() {
        assert_eq!(admitted(&[("host", "localhost:8787"), ("origin", "http://localhost:8787")]), Ok(()));
        assert_eq!(
            admitted(&[("host", "rollwatch.example"), ("origin", "https://rollwatch.example")]),
            Ok(())
        );
        assert_eq!(admitted(&[("host", "localhost:8787"), ("sec-fetch-site", "same-origin")]), Ok(()));
    }

    #[test]
    fn another_origin_is_admitted_only_when_it_is_listed_exactly() {
        let from = |origin| admitted(&[("host", "localhost:8787"), ("origin", origin)]);
        assert_eq!(from("https://watch.example"), Ok(()));
        for foreign in [
            "http://watch.example",
            "https://watch.example.evil.example",
            "https://watch.example:8443",
            "https://evil-watch.example",
            "http://localhost:3000",
            "http://localhost",
            "null",
            "",
            "localhost:8787",
        ] {
            assert_eq!(from(foreign), REFUSED, "{foreign}");
        }
    }

    #[test]
    fn a_request_that_the_browser_marks_as_anothers_is_refused_without_an_origin_too() {
        assert_eq!(admitted(&[("host", "localhost"), ("sec-fetch-site", "cross-site")]), REFUSED);
        assert_eq!(admitted(&[("host", "localhost"), ("sec-fetch-site", "same-site")]), REFUSED);
    }

    #[test]
    fn a_program_that_is_no_browser_is_admitted() {
        assert_eq!(admitted(&[("host", "localhost")]), Ok(()));
    }

    #[test]
    fn two_origins_are_a_bad_request() {
        let twice = [("host", "h"), ("origin", "http://h"), ("origin", "https://watch.example")];
        let mut headers = HeaderMap::new();
        for (name, value) in twice {
            headers.append(name, HeaderValue::from_static(value));
        }
        assert_eq!(admit(&headers, &[]), Err(ProxyReason::BadRequest));
    }

    #[test]
    fn only_the_browsers_question_is_a_preflight() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ORIGIN, HeaderValue::from_static("https://watch.example"));
        assert!(!is_preflight(&Method::OPTIONS, &headers));
        headers.insert(header::ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("POST"));
        assert!(is_preflight(&Method::OPTIONS, &headers));
        assert!(!is_preflight(&Method::POST, &headers));
    }
}
