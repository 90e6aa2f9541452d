//! The headers that tell a browser what an answer may do.

use ::http::{HeaderMap, HeaderName, HeaderValue, header};

/// An answer to a call is data. A vendor's error page that someone opens as an address must not run as a part
/// of this origin.
pub const CALL_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");

/// On every answer.
pub const ALWAYS: [(HeaderName, HeaderValue); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
        ),
    ),
];

/// The content security policies, made once.
#[derive(Debug)]
pub(crate) struct Policies {
    page: HeaderValue,
}

impl Policies {
    /// `connect_src` are the origins that the page may connect to beside its own.
    pub(crate) fn new(connect_src: &[String]) -> Self {
        let page = HeaderValue::from_str(&page_policy(connect_src)).unwrap_or(CALL_POLICY);
        Policies { page }
    }

    pub(crate) fn secure_page(&self, headers: &mut HeaderMap) {
        headers.insert(header::CONTENT_SECURITY_POLICY, self.page.clone());
        headers.extend(ALWAYS);
    }

    pub(crate) fn secure_call(&self, headers: &mut HeaderMap) {
        headers.insert(header::CONTENT_SECURITY_POLICY, CALL_POLICY);
        headers.extend(ALWAYS);
    }
}

/// An entry that could end its directive and begin another is left out.
pub fn page_policy(connect_src: &[String]) -> String {
    let fit = |source: &&String| source.bytes().all(|b| b.is_ascii_graphic() && b != b';' && b != b',');
    let connect: String = connect_src.iter().filter(fit).map(|source| format!(" {source}")).collect();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'{connect}; manifest-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
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
}
