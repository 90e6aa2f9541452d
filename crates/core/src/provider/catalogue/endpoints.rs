//! The table of endpoints.
//!
//! Sources: NAVER Cloud API guides (public, government and finance zones); the region table of Huawei's Python
//! SDK 3.1.219 and Open Telekom Cloud's "Regions and Endpoints"; the endpoint map of Alibaba's Python SDK
//! `alibabacloud_hologram20220601` 1.11.1.

use super::{Endpoint, Purpose};
use crate::model::{Provider, Service, Site};

/// Korean time. NAVER states no zone; its documented sample falls into Korean office hours.
const SEOUL: i32 = 9 * 3600;
/// Huawei states no zone; its documented samples fall into Beijing office hours when read as UTC.
const UTC: i32 = 0;

/// Site, region, its number, path segment before the version, host of the search engine, host of data
/// streaming, host of the service that knows temporary keys and whose a key is.
///
/// Numbers are known for the public regions only, whose search engine requires them: "getRegionList" and the
/// pages of the search engine.
const NCP: [(Site, &str, &str, &str, &str, &str, &str); 6] = [
    (
        Site::Public,
        "KR",
        "1",
        "",
        "vpcsearchengine.apigw.ntruss.com",
        "clouddatastreamingservice.apigw.ntruss.com",
        "sts.apigw.ntruss.com",
    ),
    (
        Site::Public,
        "SGN",
        "7",
        "sgn-",
        "vpcsearchengine.apigw.ntruss.com",
        "clouddatastreamingservice.apigw.ntruss.com",
        "sts.apigw.ntruss.com",
    ),
    (
        Site::Public,
        "JPN",
        "8",
        "jpn-",
        "vpcsearchengine.apigw.ntruss.com",
        "clouddatastreamingservice.apigw.ntruss.com",
        "sts.apigw.ntruss.com",
    ),
    (
        Site::Gov,
        "KR",
        "",
        "",
        "vpcsearchengine.apigw.gov-ntruss.com",
        "clouddatastreamingservice.apigw.gov-ntruss.com",
        "sts.apigw.gov-ntruss.com",
    ),
    (
        Site::Gov,
        "KRS",
        "",
        "krs-",
        "vpcsearchengine.apigw.gov-ntruss.com",
        "clouddatastreamingservice.apigw.gov-ntruss.com",
        "sts.apigw.gov-ntruss.com",
    ),
    (
        Site::Fin,
        "FKR",
        "",
        "",
        "fin-vpcsearchengine.apigw.fin-ntruss.com",
        "fin-clouddatastreamingservice.apigw.fin-ntruss.com",
        "sts.apigw.fin-ntruss.com",
    ),
];

/// The regions that answer at `css.<region>.myhuaweicloud.com`.
const HUAWEI_CSS: [&str; 28] = [
    "cn-north-2",
    "cn-north-4",
    "cn-north-9",
    "cn-north-11",
    "cn-north-12",
    "cn-east-3",
    "cn-east-4",
    "cn-east-5",
    "cn-south-1",
    "cn-south-2",
    "cn-south-4",
    "cn-southwest-2",
    "cn-southwest-3",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "af-south-1",
    "af-north-1",
    "la-north-2",
    "la-south-2",
    "na-mexico-1",
    "sa-brazil-1",
    "tr-west-1",
    "ae-ad-1",
    "me-east-1",
    "my-kualalumpur-1",
];

/// The regions that kept the older name `es.<region>.myhuaweicloud.com`.
const HUAWEI_ES: [&str; 2] = ["cn-north-1", "cn-east-2"];

const HOLOGRES: [(Site, &str); 21] = [
    (Site::Public, "cn-hangzhou"),
    (Site::Public, "cn-shanghai"),
    (Site::Public, "cn-beijing"),
    (Site::Public, "cn-shenzhen"),
    (Site::Public, "cn-zhangjiakou"),
    (Site::Public, "cn-wulanchabu"),
    (Site::Public, "cn-chengdu"),
    (Site::Public, "cn-hongkong"),
    (Site::Public, "ap-southeast-1"),
    (Site::Public, "ap-southeast-3"),
    (Site::Public, "ap-southeast-5"),
    (Site::Public, "ap-northeast-1"),
    (Site::Public, "ap-northeast-2"),
    (Site::Public, "us-west-1"),
    (Site::Public, "us-east-1"),
    (Site::Public, "na-south-1"),
    (Site::Public, "eu-central-1"),
    (Site::Public, "me-east-1"),
    (Site::Fin, "cn-shanghai-finance-1"),
    (Site::Fin, "cn-shenzhen-finance-1"),
    (Site::Gov, "cn-north-2-gov-1"),
];

pub(super) fn built_in() -> Vec<Endpoint> {
    let mut endpoints = Vec::new();
    for service in [Service::NcpSearchEngine, Service::NcpDataStreaming] {
        for (site, region, number, segment, search, streaming, identity) in &NCP {
            let (host, prefix) = match service {
                Service::NcpSearchEngine => (search, format!("/api/{segment}v2")),
                _ => (streaming, format!("/api/{segment}v1")),
            };
            let number = (!number.is_empty()).then(|| (*number).to_owned());
            let at = endpoint(service, *site, region, (*host).to_owned());
            endpoints.push(Endpoint { prefix, region_number: number, ..at.clone() });
            endpoints.push(at.identity((*identity).to_owned()));
        }
    }
    let mut huawei = |site, region: &str, host: String, identity: String| {
        let at = endpoint(Service::HuaweiCss, site, region, host);
        endpoints.extend([at.clone(), at.identity(identity)]);
    };
    for (name, regions) in [("css", &HUAWEI_CSS[..]), ("es", &HUAWEI_ES[..])] {
        for region in regions {
            let at = |service: &str| format!("{service}.{region}.myhuaweicloud.com");
            huawei(Site::Public, region, at(name), at("iam"));
        }
    }
    // The SDK's own table says `.com` for this region, its other services say `.eu`, and Huawei's European
    // documents do too.
    let europe = ("css.eu-west-101.myhuaweicloud.eu", "iam.myhuaweicloud.eu");
    huawei(Site::Public, "eu-west-101", europe.0.to_owned(), europe.1.to_owned());
    let moscow = |service: &str| format!("{service}.ru-moscow-1.myhuaweicloud.com");
    huawei(Site::Public, "ru-moscow-1", moscow("css"), moscow("iam"));
    let otc = |service: &str| format!("{service}.eu-de.otc.t-systems.com");
    huawei(Site::Otc, "eu-de", otc("css"), otc("iam"));
    for (site, region) in &HOLOGRES {
        let host = format!("hologram.{region}.aliyuncs.com");
        endpoints.push(endpoint(Service::AlibabaHologres, *site, region, host));
    }
    endpoints
}

/// The endpoint of a region's service, without a prefix.
pub(super) fn endpoint(service: Service, site: Site, region: &str, host: String) -> Endpoint {
    Endpoint {
        service,
        purpose: Purpose::Service,
        site,
        region: region.to_owned(),
        host,
        prefix: String::new(),
        assumed_offset: if service.provider() == Provider::Ncp { SEOUL } else { UTC },
        region_number: None,
    }
}

impl Endpoint {
    /// The endpoint of the identity service at `host` that belongs to this region.
    pub(super) fn identity(self, host: String) -> Endpoint {
        Endpoint { purpose: Purpose::Identity, host, prefix: String::new(), region_number: None, ..self }
    }
}
