//! What the tests share: requests as the vendors' pages describe them, signed by core.

#![allow(dead_code, reason = "each test file uses a part of this")]

pub mod clients;
pub mod wire;

use rollwatch_core::http::{Header, Method, Request};
use rollwatch_core::model::{OperationKind, Provider, Service, Timestamp};
use rollwatch_core::provider::Catalogue;
use rollwatch_core::sign::{AccessKey, Credential, Secret, sign};
use rollwatch_sim::{ACCOUNTS, Answer, Clouds, Cluster, SimClock, account_of, clusters};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};

pub const START: Timestamp = Timestamp::from_millis(1_763_600_000_000);

/// Clouds whose clock stands still until a test advances it.
pub fn clouds() -> Clouds {
    seeded(1)
}

pub fn seeded(seed: u64) -> Clouds {
    Clouds::new(seed, SimClock::new(START, 0.0))
}

pub fn cluster(id: &str) -> &'static Cluster {
    clusters().find(|cluster| cluster.id == id).expect("a cluster of the fleet")
}

pub fn named(name: &str) -> &'static Cluster {
    clusters().find(|cluster| cluster.name == name).expect("a cluster of the fleet")
}

/// The one cluster of a provider that serves as an example.
pub fn example(provider: Provider) -> &'static Cluster {
    cluster(match provider {
        Provider::Ncp => "1001",
        Provider::Huawei => "ea244205-d641-45d9-9dcb-ab2236bcd07e",
        Provider::Alibaba => "hgpostcn-cn-demo0000001",
    })
}

/// The unsigned request that asks for a cluster's operation.
pub fn request(cluster: &Cluster) -> Request {
    let catalogue = Catalogue::built_in();
    let endpoint = catalogue.find(cluster.service, cluster.site, cluster.region).expect("an endpoint");
    let (id, prefix) = (cluster.id, &endpoint.prefix);
    let post = |route: &str, body: Value| {
        (Method::Post, format!("{prefix}/cluster/{route}"), String::new(), body.to_string())
    };
    let number = || json!({ "serviceGroupInstanceNo": id.parse::<u32>().expect("a number") });
    let mut headers = Vec::new();
    let (method, path, query, body) = match (cluster.service, cluster.operation) {
        (Service::NcpSearchEngine, _) => {
            let mut body = json!({ "serviceGroupInstanceNo": id });
            let region = match (cluster.site.id(), cluster.region) {
                ("public", "KR") => Some("1"),
                ("public", "SGN") => Some("7"),
                ("public", "JPN") => Some("8"),
                _ => None,
            };
            if let Some(region) = region {
                body["regionNo"] = json!(region);
            }
            post("getRollingUpgradeProgress", body)
        }
        (Service::NcpDataStreaming, OperationKind::Precheck) => post("rollingRestartPreCheck", number()),
        (Service::NcpDataStreaming, OperationKind::Upgrade) => post("rollingUpgradeProgressCheck", number()),
        (Service::NcpDataStreaming, _) => post("rollingRestartProgressCheck", number()),
        (Service::HuaweiCss, operation) => {
            let path = format!("/v1.0/{}/clusters/{id}/upgrade/detail", cluster.project);
            let moves = operation == OperationKind::AzMigration;
            let query = if moves { "action_mode=AZ_MIGRATION" } else { "" };
            (Method::Get, path, query.to_owned(), String::new())
        }
        (Service::AlibabaHologres, _) => {
            headers.push(Header::new("x-acs-action", "GetUpgradeStatus"));
            headers.push(Header::new("x-acs-version", "2022-06-01"));
            let path = format!("/api/v1/instances/{id}/upgrade/status");
            (Method::Get, path, format!("RegionId={}", cluster.region), String::new())
        }
    };
    headers.push(Header::new("host", endpoint.host.clone()));
    Request { endpoint: endpoint.id(), host: endpoint.host.clone(), method, path, query, headers, body }
}

pub fn credential(cluster: &Cluster) -> AccessKey {
    let account = account_of(cluster).expect("an owner");
    AccessKey {
        access_key_id: account.access_key_id.to_owned(),
        secret: Secret::new(account.secret),
        security_token: None,
    }
}

pub fn signed_by(mut request: Request, provider: Provider, key: &AccessKey, now: Timestamp) -> Request {
    static NONCE: AtomicU64 = AtomicU64::new(0);
    let nonce = format!("nonce-{}", NONCE.fetch_add(1, Ordering::Relaxed));
    let headers = sign(provider, &request, &Credential::Key(key.clone()), now, &nonce);
    request.headers.extend(headers);
    request
}

/// The request for a cluster, signed by its owner at the clouds' time.
pub fn signed(clouds: &Clouds, cluster: &Cluster) -> Request {
    signed_by(request(cluster), cluster.service.provider(), &credential(cluster), clouds.clock().now())
}

pub fn ask(clouds: &Clouds, cluster: &Cluster) -> Answer {
    clouds.answer(&signed(clouds, cluster)).expect("an answer")
}

/// An unsigned request to an endpoint of the catalogue; `target` is the path after its prefix, with a query.
/// A body makes it a POST. Hologres names its action in a header.
pub fn plain(endpoint: &str, target: &str, body: Option<Value>, action: Option<&str>) -> Request {
    let catalogue = Catalogue::built_in();
    let at = catalogue.by_id(endpoint).expect("an endpoint");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers = vec![Header::new("host", at.host.clone())];
    if let Some(action) = action {
        headers.push(Header::new("x-acs-action", action));
        headers.push(Header::new("x-acs-version", "2022-06-01"));
    }
    Request {
        endpoint: endpoint.to_owned(),
        host: at.host.clone(),
        method: if body.is_some() { Method::Post } else { Method::Get },
        path: format!("{}{path}", at.prefix),
        query: query.to_owned(),
        headers,
        body: body.map_or(String::new(), |body| body.to_string()),
    }
}

/// The answer to such a request, signed by the lasting key of the site's account.
pub fn call(clouds: &Clouds, request: Request) -> Answer {
    let catalogue = Catalogue::built_in();
    let at = catalogue.by_id(&request.endpoint).expect("an endpoint");
    let provider = at.service.provider();
    let account = ACCOUNTS.iter().find(|account| account.provider == provider && account.site == at.site);
    let account = account.expect("an account");
    let key = AccessKey {
        access_key_id: account.access_key_id.to_owned(),
        secret: Secret::new(account.secret),
        security_token: None,
    };
    clouds.answer(&signed_by(request, provider, &key, clouds.clock().now())).expect("an answer")
}

pub fn body(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).expect("JSON")
}

/// What a vendor says of a cluster, with its status checked and the envelope taken off.
pub fn told(clouds: &Clouds, id: &str) -> Value {
    let answer = ask(clouds, cluster(id));
    assert_eq!(answer.status, 200, "{id}: {}", answer.body);
    body(&answer)
}
