//! What the proxy forwards. Pure: a decision is a function of the request's head and the configuration.
//!
//! The address of a call is `/proxy/{endpoint id}{path}?{query}`. Everything after the id is kept byte for
//! byte, because it is signed, and is never decoded: the catalogue compares the bytes that will be sent.

use ::http::{HeaderMap, Method, Uri, header};
use rollwatch_core::http;
use rollwatch_core::provider::{Endpoint, ProxyReason, Route};

use crate::Rules;
use crate::cors::{self, only};
use crate::headers;

/// What the addresses of calls begin with.
pub const PREFIX: &str = "/proxy/";

/// A call that may be made: where it goes and what goes along.
#[derive(Debug)]
pub struct Call<'c, 'r> {
    pub endpoint: &'c Endpoint,
    pub route: &'static Route,
    /// Path and query for the vendor, byte for byte.
    pub target: &'r str,
    /// The headers that pass; `host` and the framing of the body are added on sending.
    pub headers: HeaderMap,
}

/// Decides about a request whose Host header has been found to be the proxy's.
pub(crate) fn decide<'c, 'r>(
    method: &Method,
    uri: &'r Uri,
    given: &HeaderMap,
    rules: &'c Rules,
) -> Result<Call<'c, 'r>, ProxyReason> {
    cors::admit(given, &rules.allowed_origins)?;
    let (id, target) = address(uri)?;
    let endpoint = rules.catalogue.by_id(id).ok_or(ProxyReason::UnknownEndpoint)?;
    let method = match *method {
        Method::GET => http::Method::Get,
        Method::POST => http::Method::Post,
        _ => return Err(ProxyReason::RouteNotAllowed),
    };
    let route = endpoint.route(method, target).map_err(|_| ProxyReason::RouteNotAllowed)?;
    for (name, value) in route.pinned_headers {
        // A vendor that finds no such header might take the action from somewhere else, so it must be there.
        let mut named = given.get_all(*name).iter().peekable();
        if named.peek().is_none() || named.any(|named| named.as_bytes() != value.as_bytes()) {
            return Err(ProxyReason::RouteNotAllowed);
        }
    }
    framing(method, given, rules.request_bytes)?;
    Ok(Call { endpoint, route, target, headers: headers::going_up(given)? })
}

/// The endpoint's id and the target. An address with a scheme or an authority of its own is a request to some
/// other server, which this proxy never makes.
fn address(uri: &Uri) -> Result<(&str, &str), ProxyReason> {
    if uri.scheme().is_some() || uri.authority().is_some() {
        return Err(ProxyReason::BadRequest);
    }
    let raw = uri.path_and_query().ok_or(ProxyReason::BadRequest)?.as_str();
    let rest = raw.strip_prefix(PREFIX).ok_or(ProxyReason::UnknownEndpoint)?;
    let slash = rest.find('/').ok_or(ProxyReason::UnknownEndpoint)?;
    Ok(rest.split_at(slash))
}

/// Refuses every way to give a body but a plain length within the limit: the calls are short texts, and two
/// ways to tell where a body ends are how requests are smuggled.
fn framing(method: http::Method, given: &HeaderMap, limit: usize) -> Result<(), ProxyReason> {
    if given.contains_key(header::TRANSFER_ENCODING) {
        return Err(ProxyReason::BadRequest);
    }
    let length = match only(given, header::CONTENT_LENGTH)? {
        Some(text) => text.parse::<usize>().map_err(|_| ProxyReason::BadRequest)?,
        None => 0,
    };
    let most = if method == http::Method::Get { 0 } else { limit };
    if length <= most { Ok(()) } else { Err(ProxyReason::BadRequest) }
}

/// Whether the Host header names this proxy. A page can point a name of its own at a loopback address and so
/// become "same origin" with whatever listens there; it cannot make the browser send another name.
pub(crate) fn knows_host(given: &HeaderMap, allowed: &[String]) -> bool {
    let Ok(Some(host)) = only(given, header::HOST) else { return false };
    let (name, port) = match host.rfind(':') {
        Some(colon) if !host.ends_with(']') => host.split_at(colon),
        _ => (host, ""),
    };
    let port_fits = port.trim_start_matches(':').bytes().all(|byte| byte.is_ascii_digit());
    port_fits && allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod catalogue;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;
    use ::http::HeaderValue;
    use rollwatch_core::provider::Catalogue;

    const KR: &str = "/proxy/ncp_search_engine.public.KR/api/v2/cluster/getRollingUpgradeProgress";
    const CSS: &str = "/proxy/huawei_css.public.cn-north-4/v1.0/p1/clusters/c1/upgrade/detail";

    fn decided(
        method: &str,
        target: &str,
        extra: &[(&'static str, &'static str)],
    ) -> Result<String, ProxyReason> {
        let rules = rules();
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_static("localhost:8787"));
        for (name, value) in extra {
            headers.append(*name, HeaderValue::from_static(value));
        }
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let uri: Uri = target.parse().expect("a target");
        decide(&method, &uri, &headers, &rules).map(|call| format!("{} {}", call.endpoint.host, call.target))
    }

    #[test]
    fn a_call_of_the_catalogue_keeps_its_target_byte_for_byte() {
        assert_eq!(
            decided("POST", KR, &[]).as_deref(),
            Ok("vpcsearchengine.apigw.ntruss.com /api/v2/cluster/getRollingUpgradeProgress")
        );
        assert_eq!(
            decided("GET", &format!("{CSS}?limit=%31%30&action_mode=AZ%5fMIGRATION"), &[]).as_deref(),
            Ok(
                "css.cn-north-4.myhuaweicloud.com /v1.0/p1/clusters/c1/upgrade/detail?limit=%31%30&action_mode=AZ%5fMIGRATION"
            )
        );
    }

    #[test]
    fn every_endpoint_of_the_catalogue_is_found_by_its_address() {
        for endpoint in Catalogue::built_in().endpoints() {
            let uri: Uri = format!("/proxy/{}/x?y=1", endpoint.id()).parse().expect("a target");
            let (id, target) = address(&uri).expect("an address");
            assert_eq!((id, target), (endpoint.id().as_str(), "/x?y=1"));
        }
    }

    #[test]
    fn an_address_that_names_no_endpoint_is_unknown() {
        for target in [
            "/proxy/",
            "/proxy//",
            "/proxy/ncp_search_engine.public.KR",
            "/proxy/ncp_search_engine.public.KR?x=/api/v2",
            "/proxy/ncp_search_engine.public.kr/api/v2/cluster/getRollingUpgradeProgress",
            "/proxy/ncp_search_engine.public.KR./api/v2/cluster/getRollingUpgradeProgress",
            "/proxy/ncp_search_engine%2Epublic.KR/api/v2/cluster/getRollingUpgradeProgress",
            "/proxy/169.254.169.254/latest/meta-data/",
            "/proxy/https://localhost/",
            "/PROXY/ncp_search_engine.public.KR/api/v2/cluster/getRollingUpgradeProgress",
        ] {
            assert_eq!(decided("POST", target, &[]), Err(ProxyReason::UnknownEndpoint), "{target}");
        }
    }

    #[test]
    fn a_header_that_names_another_action_has_no_route() {
        let status = "/proxy/alibaba_hologres.public.cn-hangzhou/api/v1/instances/hgx/upgrade/status?RegionId=cn-hangzhou";
        let version = ("x-acs-version", "2022-06-01");
        let named = |actions: &[&'static str]| {
            let actions = actions.iter().map(|action| ("x-acs-action", *action));
            decided("GET", status, &actions.chain([version]).collect::<Vec<_>>())
        };
        let refused = Err(ProxyReason::RouteNotAllowed);
        assert!(named(&["GetUpgradeStatus"]).is_ok());
        for other in [
            &["UpgradeInstance"][..],
            &["getupgradestatus"],
            &[""],
            &[],
            &["GetUpgradeStatus", "RestartInstance"],
        ] {
            assert_eq!(named(other), refused, "{other:?}");
        }
        assert_eq!(decided("GET", status, &[("x-acs-action", "GetUpgradeStatus")]), refused);
    }

    #[test]
    fn a_path_of_another_region_has_no_route() {
        let crossed = KR.replace("public.KR", "gov.KRS");
        assert_eq!(decided("POST", &crossed, &[]), Err(ProxyReason::RouteNotAllowed));
    }

    #[test]
    fn methods_outside_the_catalogue_have_no_route() {
        for method in ["GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "post", "PROPFIND"] {
            assert_eq!(decided(method, KR, &[]), Err(ProxyReason::RouteNotAllowed), "{method}");
        }
    }

    #[test]
    fn a_request_to_some_other_server_is_refused() {
        for target in [&format!("http://localhost:8787{KR}"), "http://169.254.169.254/", "localhost:443"] {
            assert_eq!(decided("POST", target, &[]), Err(ProxyReason::BadRequest), "{target}");
        }
    }

    #[test]
    fn only_a_plain_length_within_the_limit_frames_a_body() {
        assert!(decided("POST", KR, &[("content-length", "65536")]).is_ok());
        assert!(decided("GET", CSS, &[("content-length", "0")]).is_ok());
        let bad = Err(ProxyReason::BadRequest);
        assert_eq!(decided("POST", KR, &[("content-length", "65537")]), bad);
        assert_eq!(decided("POST", KR, &[("content-length", "-1")]), bad);
        assert_eq!(decided("POST", KR, &[("content-length", "1"), ("content-length", "1")]), bad);
        assert_eq!(decided("POST", KR, &[("transfer-encoding", "chunked")]), bad);
        assert_eq!(decided("GET", CSS, &[("content-length", "1")]), bad);
    }

    #[test]
    fn only_the_names_of_the_proxy_itself_are_answered_to() {
        let knows = |host: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("host", HeaderValue::from_static(host));
            knows_host(&headers, &rules().allowed_hosts)
        };
        for good in ["localhost", "LocalHost:8787", "127.0.0.1:8787", "[::1]", "[::1]:8787"] {
            assert!(knows(good), "{good}");
        }
        for bad in
            ["evil.example", "evil.example:8787", "localhost.evil.example", "localhost:80@evil", "::1", ""]
        {
            assert!(!knows(bad), "{bad}");
        }
        assert!(!knows_host(&HeaderMap::new(), &rules().allowed_hosts));
    }
}
