//! The table of endpoints.
//!
//! Sources: NAVER Cloud API guides (public, government and finance zones); the region table of Huawei's Python
//! SDK 3.1.219 and Open Telekom Cloud's "Regions and Endpoints"; the endpoint map of Alibaba's Python SDK
//! `alibabacloud_hologram20220601` 1.11.1.

use super::Endpoint;
use crate::model::{Provider, Service, Site};

/// Korean time. NAVER states no zone; its documented sample falls into Korean office hours.
const SEOUL: i32 = 9 * 3600;
/// Huawei states no zone; its documented samples fall into Beijing office hours when read as UTC.
const UTC: i32 = 0;

/// Site, region, path segment before the version, host of the search engine, host of data streaming.
const NCP: [(Site, &str, &str, &str, &str); 6] = [
    (
        Site::Public,
        "KR",
        "",
        "vpcsearchengine.apigw.ntruss.com",
        "clouddatastreamingservice.apigw.ntruss.com",
    ),
    (
        Site::Public,
        "SGN",
        "sgn-",
        "vpcsearchengine.apigw.ntruss.com",
        "clouddatastreamingservice.apigw.ntruss.com",
    ),
    (
        Site::Public,
        "JPN",
        "jpn-",
        "vpcsearchengine.apigw.ntruss.com",
        "clouddatastreamingservice.apigw.ntruss.com",
    ),
    (
        Site::Gov,
        "KR",
        "",
        "vpcsearchengine.apigw.gov-ntruss.com",
        "clouddatastreamingservice.apigw.gov-ntruss.com",
    ),
    (
        Site::Gov,
        "KRS",
        "krs-",
        "vpcsearchengine.apigw.gov-ntruss.com",
        "clouddatastreamingservice.apigw.gov-ntruss.com",
    ),
    (
        Site::Fin,
        "FKR",
        "",
        "fin-vpcsearchengine.apigw.fin-ntruss.com",
        "fin-clouddatastreamingservice.apigw.fin-ntruss.com",
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
    let mut add = |service: Service, site: Site, region: &str, host: String, prefix: String| {
        let assumed_offset = if service.provider() == Provider::Ncp { SEOUL } else { UTC };
        endpoints.push(Endpoint { service, site, region: region.to_owned(), host, prefix, assumed_offset });
    };
    for (site, region, segment, host, _) in &NCP {
        add(Service::NcpSearchEngine, *site, region, (*host).to_owned(), format!("/api/{segment}v2"));
    }
    for (site, region, segment, _, host) in &NCP {
        add(Service::NcpDataStreaming, *site, region, (*host).to_owned(), format!("/api/{segment}v1"));
    }
    let mut huawei = |site, region: &str, host: String| {
        add(Service::HuaweiCss, site, region, host, String::new());
    };
    for region in HUAWEI_CSS {
        huawei(Site::Public, region, format!("css.{region}.myhuaweicloud.com"));
    }
    for region in HUAWEI_ES {
        huawei(Site::Public, region, format!("es.{region}.myhuaweicloud.com"));
    }
    // The SDK's own table says `.com` for this region, its other services say `.eu`, and Huawei's European
    // documents do too.
    huawei(Site::Public, "eu-west-101", "css.eu-west-101.myhuaweicloud.eu".to_owned());
    huawei(Site::Public, "ru-moscow-1", "css.ru-moscow-1.myhuaweicloud.com".to_owned());
    huawei(Site::Otc, "eu-de", "css.eu-de.otc.t-systems.com".to_owned());
    for (site, region) in &HOLOGRES {
        let host = format!("hologram.{region}.aliyuncs.com");
        add(Service::AlibabaHologres, *site, region, host, String::new());
    }
    endpoints
}
