//! The endpoint catalogue: every host, path prefix, region and callable route, in one table that request
//! building, the add-cluster form, the proxy's allow-list and the simulated clouds all read.

mod endpoints;
mod routes;

pub use routes::{ROUTES, Route, RouteRefusal, is_id};

use crate::http::Method;
use crate::model::{Service, Site};

/// One region of one site of one service: where requests go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    pub service: Service,
    pub site: Site,
    /// The vendor's own region code.
    pub region: String,
    pub host: String,
    /// The path before every route of this region, without a trailing slash; empty where there is none.
    pub prefix: String,
    /// The offset in seconds east of UTC that is taken for times which the vendor writes without a zone.
    pub assumed_offset: i32,
}

impl Endpoint {
    /// The name of this endpoint in the proxy's address: `ncp_search_engine.public.KR`.
    pub fn id(&self) -> String {
        format!("{}.{}.{}", self.service.id(), self.site.id(), self.region)
    }

    /// The route that a request to this endpoint takes, or why there is none. `target` is the path with its
    /// query, exactly as on the wire.
    pub fn route(&self, method: Method, target: &str) -> Result<&'static Route, RouteRefusal> {
        routes::find(self, method, target)
    }
}

/// The endpoints that are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    endpoints: Vec<Endpoint>,
}

impl Catalogue {
    /// Every endpoint that the vendors document.
    pub fn built_in() -> Self {
        Catalogue { endpoints: endpoints::built_in() }
    }

    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    pub fn find(&self, service: Service, site: Site, region: &str) -> Option<&Endpoint> {
        self.endpoints.iter().find(|e| e.service == service && e.site == site && e.region == region)
    }

    /// The endpoint that a proxy address names.
    pub fn by_id(&self, id: &str) -> Option<&Endpoint> {
        let mut parts = id.splitn(3, '.');
        let service = Service::from_id(parts.next()?)?;
        let site = Site::from_id(parts.next()?)?;
        self.find(service, site, parts.next()?)
    }

    /// The sites of a service, in the order of the table.
    pub fn sites(&self, service: Service) -> Vec<Site> {
        let mut sites: Vec<Site> = Vec::new();
        for endpoint in self.endpoints.iter().filter(|endpoint| endpoint.service == service) {
            if !sites.contains(&endpoint.site) {
                sites.push(endpoint.site);
            }
        }
        sites
    }

    /// The regions of a service's site, in the order of the table.
    pub fn regions(&self, service: Service, site: Site) -> Vec<&str> {
        let of_site = |endpoint: &&Endpoint| endpoint.service == service && endpoint.site == site;
        self.endpoints.iter().filter(of_site).map(|endpoint| endpoint.region.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_endpoint_has_an_id_of_its_own_that_finds_it_again() {
        let catalogue = Catalogue::built_in();
        for endpoint in catalogue.endpoints() {
            assert_eq!(catalogue.by_id(&endpoint.id()), Some(endpoint));
        }
    }

    #[test]
    fn hosts_and_prefixes_are_those_that_the_vendors_document() {
        let catalogue = Catalogue::built_in();
        let at = |service, site, region| {
            let endpoint: &Endpoint = catalogue.find(service, site, region).expect("in the table");
            (endpoint.host.as_str().to_owned(), endpoint.prefix.clone())
        };
        let host = |host: &str, prefix: &str| (host.to_owned(), prefix.to_owned());
        assert_eq!(
            at(Service::NcpSearchEngine, Site::Gov, "KRS"),
            host("vpcsearchengine.apigw.gov-ntruss.com", "/api/krs-v2")
        );
        assert_eq!(
            at(Service::NcpDataStreaming, Site::Fin, "FKR"),
            host("fin-clouddatastreamingservice.apigw.fin-ntruss.com", "/api/v1")
        );
        assert_eq!(
            at(Service::HuaweiCss, Site::Public, "cn-north-1"),
            host("es.cn-north-1.myhuaweicloud.com", "")
        );
        assert_eq!(at(Service::HuaweiCss, Site::Otc, "eu-de"), host("css.eu-de.otc.t-systems.com", ""));
        assert_eq!(
            at(Service::AlibabaHologres, Site::Gov, "cn-north-2-gov-1"),
            host("hologram.cn-north-2-gov-1.aliyuncs.com", "")
        );
    }
}
