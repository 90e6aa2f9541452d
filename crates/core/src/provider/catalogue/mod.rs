//! The endpoint catalogue: every host, path prefix, region and callable route, in one table that request
//! building, the add-cluster form, the proxy's allow-list and the simulated clouds all read.

mod added;
mod calls;
mod endpoints;
mod grants;
mod policies;
mod routes;

pub use calls::{Call, Occasion, calls};
pub use grants::Grant;
pub use policies::Policy;
pub use routes::{ROUTES, Route, RouteRefusal, is_id};

use crate::http::Method;
use crate::json::Json;
use crate::model::{Service, Site};

/// What an endpoint is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The service itself.
    Service,
    /// The vendor's identity service: whose a credential is, and what it opens.
    Identity,
}

/// What stands between a service's id and the rest in the id of its identity endpoints.
const IDENTITY: &str = "~identity";

/// One region of one site of one service: where requests go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    pub service: Service,
    pub purpose: Purpose,
    pub site: Site,
    /// The vendor's own region code.
    pub region: String,
    pub host: String,
    /// The path before every route of this region, without a trailing slash; empty where there is none.
    pub prefix: String,
    /// The offset in seconds east of UTC that is taken for times which the vendor writes without a zone.
    pub assumed_offset: i32,
    /// The number by which NAVER's search engine knows the region; `None` where the zone has none.
    pub region_number: Option<String>,
}

impl Endpoint {
    /// The name of this endpoint in the proxy's address: `ncp_search_engine.public.KR`, or
    /// `ncp_search_engine~identity.public.KR`.
    pub fn id(&self) -> String {
        let purpose = match self.purpose {
            Purpose::Service => "",
            Purpose::Identity => IDENTITY,
        };
        format!("{}{purpose}.{}.{}", self.service.id(), self.site.id(), self.region)
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

    /// Adds the regions of a list as `config.json` holds it. What cannot be added is left out and told, one
    /// sentence for each: it names the entry by its place and says what to write there.
    pub fn add_regions(&mut self, list: &Json) -> Vec<String> {
        added::add(&mut self.endpoints, list)
    }

    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    /// The endpoint of a region at which its service is asked.
    pub fn find(&self, service: Service, site: Site, region: &str) -> Option<&Endpoint> {
        self.find_for(Purpose::Service, service, site, region)
    }

    /// The endpoint of a region at which its vendor's identity service is asked.
    pub fn identity(&self, service: Service, site: Site, region: &str) -> Option<&Endpoint> {
        self.find_for(Purpose::Identity, service, site, region)
    }

    fn find_for(&self, purpose: Purpose, service: Service, site: Site, region: &str) -> Option<&Endpoint> {
        let is = |e: &&Endpoint| {
            e.purpose == purpose && e.service == service && e.site == site && e.region == region
        };
        self.endpoints.iter().find(is)
    }

    /// The endpoint that a proxy address names.
    pub fn by_id(&self, id: &str) -> Option<&Endpoint> {
        let mut parts = id.splitn(3, '.');
        let first = parts.next()?;
        let (purpose, service) = match first.strip_suffix(IDENTITY) {
            Some(service) => (Purpose::Identity, service),
            None => (Purpose::Service, first),
        };
        let (service, site) = (Service::from_id(service)?, Site::from_id(parts.next()?)?);
        self.find_for(purpose, service, site, parts.next()?)
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
        let of_site = |endpoint: &&Endpoint| {
            endpoint.purpose == Purpose::Service && endpoint.service == service && endpoint.site == site
        };
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
