//! The headers that tell a browser what an answer may do.

use ::http::{HeaderMap, HeaderName, HeaderValue, header};

/// An answer to a call is data. A vendor's error page that someone opens as an address must not run as a part
/// of this origin.
pub const CALL_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");

/// On every answer.
pub const ALWAYS: [(HeaderName, HeaderValue); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    // It binds those that do not ask by CORS: no other site embeds what is served here.
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
        ),
    ),
];

/// For two years the browser comes by https alone. It is for whoever serves the page by https: a browser ignores it
/// on plain http.
pub const STRICT_TRANSPORT: (HeaderName, HeaderValue) =
    (header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000"));

/// The headers of every answer of a kind, made once: they are copied as a whole.
#[derive(Debug)]
pub(crate) struct Policies {
    pub page: HeaderMap,
    pub call: HeaderMap,
}

impl Policies {
    /// `connect_src` are the origins that the page may connect to beside its own.
    pub(crate) fn new(connect_src: &[String]) -> Self {
        let page = HeaderValue::from_str(&page_policy(connect_src)).unwrap_or(CALL_POLICY);
        let with = |policy| {
            // There is room for those that are added.
            let mut headers = HeaderMap::with_capacity(24);
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
            headers.extend(ALWAYS);
            headers
        };
        let mut call = with(CALL_POLICY);
        // Who may read an answer depends on who asks, and the next one is another.
        call.insert(header::VARY, HeaderValue::from_static("Origin"));
        call.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Policies { page: with(page), call }
    }
}

/// The policy of the page as a header. `connect_src` are the sources beside its own that it may connect to; one that
/// could end its directive and begin another is left out.
pub fn page_policy(connect_src: &[String]) -> String {
    format!("{}; frame-ancestors 'none'", meta_policy(connect_src))
}

/// The policy of the page as its document carries it, for hosts that send no headers: there a browser takes no
/// `frame-ancestors`. No script makes markup from a string, so no policy of Trusted Types is needed or allowed.
pub fn meta_policy(connect_src: &[String]) -> String {
    let fit = |source: &&String| source.bytes().all(|b| b.is_ascii_graphic() && b != b';' && b != b',');
    let connect: String = connect_src.iter().filter(fit).map(|source| format!(" {source}")).collect();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         connect-src 'self'{connect}; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_connects_to_its_origin_and_the_configured_ones_only() {
        assert!(page_policy(&[]).contains("; connect-src 'self'; "));
        let given = ["https://proxy.example".to_owned(), "x; script-src *".to_owned()];
        assert!(page_policy(&given).contains("; connect-src 'self' https://proxy.example; "));
    }

    #[test]
    fn the_documents_policy_is_that_of_the_header_without_what_only_a_header_can_say() {
        let (meta, header) = (meta_policy(&[]), page_policy(&[]));
        assert_eq!(header.strip_prefix(&meta), Some("; frame-ancestors 'none'"));
        assert!(!meta.contains("unsafe-inline") && !meta.contains("'unsafe-eval'"));
    }
}
