//! Which headers pass, in each direction. Everything else stays behind.

use ::http::{HeaderMap, HeaderName, HeaderValue};
use rollwatch_core::provider::{PROXY_ERROR_HEADER, ProxyReason};

/// The headers of a request that reach a vendor: what the three signature schemes and the vendors' APIs use.
pub const UP: [&str; 17] = [
    "content-type",
    "accept",
    "authorization",
    "x-sdk-date",
    "x-security-token",
    "x-auth-token",
    "x-project-id",
    "x-language",
    "x-ncp-apigw-timestamp",
    "x-ncp-iam-access-key",
    "x-ncp-apigw-signature-v2",
    "x-acs-action",
    "x-acs-version",
    "x-acs-date",
    "x-acs-signature-nonce",
    "x-acs-content-sha256",
    "x-acs-security-token",
];

/// The headers of an answer that reach the page, beside every `x-acs-…`. The page measures clocks with `date`
/// and `age`, and obeys `retry-after`.
pub const DOWN: [&str; 7] = [
    "content-type",
    "date",
    "age",
    "retry-after",
    "x-request-id",
    "x-ncp-apigw-request-id",
    "x-ncp-trace-id",
];

/// The `x-acs-…` of answers that a page may read across origins.
pub const DOWN_ACS: [&str; 3] = ["x-acs-request-id", "x-acs-trace-id", "x-acs-retry-after"];

fn goes_up(name: &HeaderName) -> bool {
    UP.contains(&name.as_str())
}

fn goes_down(name: &HeaderName) -> bool {
    DOWN.contains(&name.as_str()) || name.as_str().starts_with("x-acs-")
}

/// The headers that go on to the vendor. A header that comes twice is refused, because two readers may choose
/// differently between its values; so is a value outside visible ASCII, which no scheme can sign.
pub(crate) fn going_up(given: &HeaderMap) -> Result<HeaderMap, ProxyReason> {
    let mut kept = HeaderMap::with_capacity(16);
    for (name, value) in given.iter().filter(|(name, _)| goes_up(name)) {
        if value.to_str().is_err() || kept.insert(name.clone(), value.clone()).is_some() {
            return Err(ProxyReason::BadRequest);
        }
    }
    Ok(kept)
}

/// The headers of a vendor's answer that go on to the page.
pub(crate) fn going_down(given: &HeaderMap) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
    given.iter().filter(|(name, _)| goes_down(name)).map(|(name, value)| (name.clone(), value.clone()))
}

/// The value of `Access-Control-Allow-Headers`.
pub fn allowed() -> String {
    UP.join(", ")
}

/// The value of `Access-Control-Expose-Headers`.
pub fn exposed() -> String {
    DOWN.iter().chain(&DOWN_ACS).chain(&[PROXY_ERROR_HEADER]).copied().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn what_a_browser_adds_stays_behind() {
        let given = headers(&[
            ("authorization", "a"),
            ("x-acs-version", "b"),
            ("cookie", "c"),
            ("origin", "d"),
            ("referer", "e"),
            ("x-forwarded-for", "f"),
            ("forwarded", "g"),
            ("connection", "x-acs-version"),
            ("host", "h"),
            ("x-acs-credentials-provider", "i"),
            ("content-length", "3"),
        ]);
        let kept = going_up(&given).expect("no header comes twice");
        assert_eq!(kept, headers(&[("authorization", "a"), ("x-acs-version", "b")]));
    }

    #[test]
    fn a_passing_header_that_comes_twice_is_refused() {
        let mut given = headers(&[("x-acs-date", "1")]);
        given.append("x-acs-date", HeaderValue::from_static("2"));
        assert_eq!(going_up(&given), Err(ProxyReason::BadRequest));
    }

    #[test]
    fn a_value_outside_visible_ascii_is_refused() {
        let mut given = HeaderMap::new();
        given.insert("x-language", HeaderValue::from_bytes(b"\xea\xb0\x80").expect("obs-text"));
        assert_eq!(going_up(&given), Err(ProxyReason::BadRequest));
    }

    #[test]
    fn cookies_and_access_rules_of_a_vendor_stay_behind() {
        let given = headers(&[
            ("content-type", "application/json"),
            ("x-acs-request-id", "1"),
            ("set-cookie", "s=1"),
            ("access-control-allow-origin", "*"),
            ("location", "https://elsewhere.example/"),
            ("server", "x"),
        ]);
        assert_eq!(
            going_down(&given).collect::<HeaderMap>(),
            headers(&[("content-type", "application/json"), ("x-acs-request-id", "1")])
        );
    }
}
