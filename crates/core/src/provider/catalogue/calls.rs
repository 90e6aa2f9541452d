//! Which calls the page makes for a watched cluster, and on what occasion: what a person is told before the first
//! of them.

use super::{Endpoint, ROUTES, Route};
use crate::model::{OperationKind, Service};

/// When the page makes a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occasion {
    /// Again and again while the cluster is watched.
    Poll,
    /// At most a few times a day, for what makes an answer clearer.
    Supplement,
    /// When a person presses a button for it.
    Click,
}

/// A call that may be made at an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Method and path; `…` stands for an id.
    pub what: String,
    pub host: String,
    pub occasion: Occasion,
}

impl Route {
    /// When the page makes this call while it watches `operation`. `None`: never.
    fn occasion(&self, operation: OperationKind) -> Option<Occasion> {
        if self.operations.contains(&operation) {
            return Some(Occasion::Poll);
        }
        match (self.service, self.path) {
            (
                Service::NcpSearchEngine,
                "/cluster/getSearchEngineVersionList" | "/cluster/getClusterNodeList/{id}",
            )
            | (Service::NcpDataStreaming, "/cluster/getCDSSVersionList")
            | (Service::HuaweiCss, "/v1.0/{id}/clusters/{id}")
            | (Service::AlibabaHologres, "/api/v1/instances/{id}") => Some(Occasion::Supplement),
            // A restart can be checked while an upgrade is watched.
            (_, "/cluster/rollingRestartPreCheck") => Some(Occasion::Click),
            _ => self.operations.is_empty().then_some(Occasion::Click),
        }
    }
}

/// The calls that the page makes for a cluster whose `operation` is watched: those again and again first. Between
/// them, the endpoints are those of one region.
pub fn calls<'e>(endpoints: impl IntoIterator<Item = &'e Endpoint>, operation: OperationKind) -> Vec<Call> {
    let mut calls = Vec::new();
    for endpoint in endpoints {
        let of_endpoint = ROUTES
            .iter()
            .filter(|route| (route.service, route.purpose) == (endpoint.service, endpoint.purpose));
        calls.extend(of_endpoint.filter_map(|route| {
            let occasion = route.occasion(operation)?;
            let path = route.path.replace("{id}", "…");
            let what = format!("{} {}{path}", route.method.as_str(), endpoint.prefix);
            Some(Call { what, host: endpoint.host.clone(), occasion })
        }));
    }
    calls.sort_by_key(|call| call.occasion);
    calls
}

#[cfg(test)]
mod tests {
    use super::super::Catalogue;
    use super::*;
    use crate::model::Site;

    fn told(service: Service, operation: OperationKind) -> Vec<(String, Occasion)> {
        let catalogue = Catalogue::built_in();
        let region = catalogue.regions(service, Site::Public).first().map(|region| (*region).to_owned());
        let region = region.expect("a region");
        let endpoints = [
            catalogue.find(service, Site::Public, &region),
            catalogue.identity(service, Site::Public, &region),
        ];
        let calls = calls(endpoints.into_iter().flatten(), operation);
        calls.into_iter().map(|call| (call.what, call.occasion)).collect()
    }

    #[test]
    fn every_watched_operation_is_asked_about_by_one_call_again_and_again() {
        for service in Service::ALL {
            for operation in service.operations() {
                let polls = told(service, *operation).iter().filter(|(_, at)| *at == Occasion::Poll).count();
                assert_eq!(polls, 1, "{service:?} {operation:?}");
            }
        }
    }

    #[test]
    fn the_calls_of_an_upgrade_are_told_with_their_occasions() {
        let told = told(Service::HuaweiCss, OperationKind::Upgrade);
        let call = |what: &str, occasion| (what.to_owned(), occasion);
        assert_eq!(
            told,
            [
                call("GET /v1.0/…/clusters/…/upgrade/detail", Occasion::Poll),
                call("GET /v1.0/…/clusters/…", Occasion::Supplement),
                call("GET /v1.0/…/clusters", Occasion::Click),
                call("GET /v3/projects", Occasion::Click),
            ]
        );
    }
}
