//! The routes that may be called: read-only calls and nothing else. A method says nothing about that: NAVER
//! restarts clusters with GET and Alibaba lists with POST.

use super::{Endpoint, Purpose};
use crate::http::Method;
use crate::model::{OperationKind, Service};

/// One callable route of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    pub service: Service,
    pub purpose: Purpose,
    /// The operations whose progress this route tells; empty for every other call.
    pub operations: &'static [OperationKind],
    pub method: Method,
    /// The path after the endpoint's prefix. `{id}` stands for one segment of letters, digits, `-` and `_`.
    pub path: &'static str,
    /// The names that the query may hold.
    pub query: &'static [&'static str],
    /// Headers, by their lower-case names, that may have no other value: Alibaba names the action in one.
    pub pinned_headers: &'static [(&'static str, &'static str)],
}

/// Why a request has no route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteRefusal {
    /// The path is not one of the service's callable paths.
    Path,
    /// The path is callable, with another method.
    Method,
    /// The query holds a name that the route does not have, or a value with characters outside RFC 3986's
    /// unreserved set and percent-encoding.
    Query,
}

/// A call that tells the progress of operations.
const fn progress(
    service: Service,
    operations: &'static [OperationKind],
    method: Method,
    path: &'static str,
) -> Route {
    Route { operations, ..further(service, method, path) }
}

/// Any other call of a service.
const fn further(service: Service, method: Method, path: &'static str) -> Route {
    let purpose = Purpose::Service;
    Route { service, purpose, operations: &[], method, path, query: &[], pinned_headers: &[] }
}

/// A call of a vendor's identity service.
const fn identity(service: Service, path: &'static str, query: &'static [&'static str]) -> Route {
    Route { purpose: Purpose::Identity, query, ..further(service, Method::Get, path) }
}

/// A call of Hologres, which names its action in a header as well.
const fn hologres(
    operations: &'static [OperationKind],
    method: Method,
    path: &'static str,
    query: &'static [&'static str],
    pinned_headers: &'static [(&'static str, &'static str)],
) -> Route {
    Route { operations, query, pinned_headers, ..further(Service::AlibabaHologres, method, path) }
}

const SES: Service = Service::NcpSearchEngine;
const CDSS: Service = Service::NcpDataStreaming;
const CSS: Service = Service::HuaweiCss;

pub const ROUTES: [Route; 20] = [
    progress(SES, &[OperationKind::Upgrade], Method::Post, "/cluster/getRollingUpgradeProgress"),
    further(SES, Method::Post, "/cluster/rollingUpgradePreCheck"),
    further(SES, Method::Get, "/cluster/getSearchEngineVersionList"),
    further(SES, Method::Get, "/cluster/getClusterNodeList/{id}"),
    Route { query: &["pageNo", "pageSize"], ..further(SES, Method::Get, "/cluster/getClusterInfoList") },
    identity(SES, "/api/v1/caller-identity", &[]),
    progress(CDSS, &[OperationKind::RollingRestart], Method::Post, "/cluster/rollingRestartProgressCheck"),
    progress(CDSS, &[OperationKind::Upgrade], Method::Post, "/cluster/rollingUpgradeProgressCheck"),
    progress(CDSS, &[OperationKind::Precheck], Method::Post, "/cluster/rollingRestartPreCheck"),
    further(CDSS, Method::Post, "/cluster/rollingUpgradePreCheck"),
    further(CDSS, Method::Get, "/cluster/getCDSSVersionList"),
    further(CDSS, Method::Post, "/cluster/getClusterInfoList"),
    identity(CDSS, "/api/v1/caller-identity", &[]),
    Route {
        query: &["action_mode", "limit", "offset"],
        ..progress(
            CSS,
            &[OperationKind::Upgrade, OperationKind::AzMigration],
            Method::Get,
            "/v1.0/{id}/clusters/{id}/upgrade/detail",
        )
    },
    Route { query: &["limit", "offset"], ..further(CSS, Method::Get, "/v1.0/{id}/clusters") },
    further(CSS, Method::Get, "/v1.0/{id}/clusters/{id}"),
    identity(CSS, "/v3/projects", &["name"]),
    hologres(
        &[OperationKind::Upgrade],
        Method::Get,
        "/api/v1/instances/{id}/upgrade/status",
        &["RegionId"],
        &[("x-acs-action", "GetUpgradeStatus"), ("x-acs-version", "2022-06-01")],
    ),
    hologres(
        &[],
        Method::Get,
        "/api/v1/instances/{id}",
        &[],
        &[("x-acs-action", "GetInstance"), ("x-acs-version", "2022-06-01")],
    ),
    hologres(
        &[],
        Method::Post,
        "/api/v1/instances",
        &[],
        &[("x-acs-action", "ListInstances"), ("x-acs-version", "2022-06-01")],
    ),
];

/// Whether a text is fit to be one `{id}` segment. Every id that the vendors document is.
pub fn is_id(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

pub(super) fn find(
    endpoint: &Endpoint,
    method: Method,
    target: &str,
) -> Result<&'static Route, RouteRefusal> {
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (target, None),
    };
    let path = path.strip_prefix(endpoint.prefix.as_str()).ok_or(RouteRefusal::Path)?;
    let mut refusal = RouteRefusal::Path;
    let of_endpoint = |route: &&Route| {
        route.service == endpoint.service && route.purpose == endpoint.purpose && matches(route.path, path)
    };
    for route in ROUTES.iter().filter(of_endpoint) {
        if route.method != method {
            refusal = RouteRefusal::Method;
        } else if query.is_some_and(|query| !allows(route, query)) {
            refusal = RouteRefusal::Query;
        } else {
            return Ok(route);
        }
    }
    Err(refusal)
}

fn matches(shape: &str, path: &str) -> bool {
    let mut given = path.split('/');
    let fits = shape.split('/').all(|part| match given.next() {
        Some(segment) => {
            if part == "{id}" {
                is_id(segment)
            } else {
                part == segment
            }
        }
        None => false,
    });
    fits && given.next().is_none()
}

fn allows(route: &Route, query: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte);
    query.len() <= 512
        && query.split('&').all(|pair| match pair.split_once('=') {
            Some((name, value)) => route.query.contains(&name) && value.bytes().all(plain),
            None => false,
        })
}

#[cfg(test)]
mod tests {
    use super::super::Catalogue;
    use super::*;
    use crate::model::Site;

    fn route(
        service: Service,
        site: Site,
        region: &str,
        method: Method,
        target: &str,
    ) -> Result<&'static str, RouteRefusal> {
        let catalogue = Catalogue::built_in();
        let endpoint = catalogue.find(service, site, region).expect("in the table");
        endpoint.route(method, target).map(|route| route.path)
    }

    #[test]
    fn a_route_is_open_only_under_the_prefix_of_its_region() {
        let ask = |target: &str| route(Service::NcpSearchEngine, Site::Gov, "KRS", Method::Post, target);
        assert!(ask("/api/krs-v2/cluster/getRollingUpgradeProgress").is_ok());
        assert_eq!(ask("/api/v2/cluster/getRollingUpgradeProgress"), Err(RouteRefusal::Path));
    }

    #[test]
    fn mutating_calls_have_no_route() {
        let ask = |method, target: &str| route(Service::NcpDataStreaming, Site::Public, "KR", method, target);
        assert_eq!(ask(Method::Post, "/api/v1/cluster/rollingRestart"), Err(RouteRefusal::Path));
        assert_eq!(ask(Method::Get, "/api/v1/cluster/restartAllServices/1"), Err(RouteRefusal::Path));
        assert_eq!(ask(Method::Get, "/api/v1/cluster/rollingRestartPreCheck"), Err(RouteRefusal::Method));
        let holo = |method, target: &str| {
            route(Service::AlibabaHologres, Site::Public, "cn-hangzhou", method, target)
        };
        assert_eq!(holo(Method::Post, "/api/v1/instances/hgx/upgrade/prepare"), Err(RouteRefusal::Path));
        assert_eq!(holo(Method::Post, "/api/v1/instances/hgx/upgrade/status"), Err(RouteRefusal::Method));
    }

    #[test]
    fn tricks_with_the_path_and_the_query_find_no_route() {
        let ask = |target: &str| route(Service::HuaweiCss, Site::Public, "cn-north-4", Method::Get, target);
        let good = "/v1.0/6204a5bd/clusters/ea244205-d641/upgrade/detail";
        assert!(ask(good).is_ok());
        assert!(ask(&format!("{good}?action_mode=AZ_MIGRATION&limit=10")).is_ok());
        for bad in [
            "/v1.0/p/clusters/c/upgrade/detail/",
            "/v1.0/p/clusters/../upgrade/detail",
            "/v1.0/p/clusters/c%2Fd/upgrade/detail",
            "/v1.0//clusters/c/upgrade/detail",
            "/V1.0/p/clusters/c/upgrade/detail",
            "//v1.0/p/clusters/c/upgrade/detail",
            "/v1.0/p/clusters/c/upgrade/detail#x",
        ] {
            assert_eq!(ask(bad), Err(RouteRefusal::Path), "{bad}");
        }
        for bad in ["?retry_mode=abort", "?limit", "?limit=1&", "?limit=1 2", "?limit=1?x", "?"] {
            assert_eq!(ask(&format!("{good}{bad}")), Err(RouteRefusal::Query), "{bad}");
        }
    }
}
