//! Two published NAVER signers: NAVER's own Python SDK and an npm package of others.

use crate::client::Client::{self, NaverJavaScript, NaverPython};
use crate::vendor::{Key, Vendor};
use rollwatch_core::model::{Service, Span};
use rollwatch_core::provider::Catalogue;
use serde_json::{Value, json};

const CLIENTS: [Client; 2] = [NaverPython, NaverJavaScript];

/// The call that asks for the progress of a vendor's cluster.
fn progress(vendor: &Vendor) -> Value {
    let cluster = vendor.cluster;
    let catalogue = Catalogue::built_in();
    let endpoint = catalogue.find(cluster.service, cluster.site, cluster.region).expect("an endpoint");
    let (path, body) = match cluster.service {
        Service::NcpSearchEngine => {
            let mut body = json!({ "serviceGroupInstanceNo": cluster.id });
            if let Some(number) = &endpoint.region_number {
                body["regionNo"] = json!(number);
            }
            ("/cluster/getRollingUpgradeProgress", body)
        }
        _ => {
            let number: u32 = cluster.id.parse().expect("a number");
            ("/cluster/rollingRestartProgressCheck", json!({ "serviceGroupInstanceNo": number }))
        }
    };
    call("POST", &endpoint.prefix, path, &[], body)
}

/// The Python signer takes the address in three parts, and the other one as it is sent.
fn call(method: &str, prefix: &str, path: &str, query: &[(&str, &str)], body: Value) -> Value {
    let text = query.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
    let whole = if text.is_empty() { format!("{prefix}{path}") } else { format!("{prefix}{path}?{text}") };
    let query: serde_json::Map<_, _> = query.iter().map(|(n, v)| ((*n).to_owned(), json!(v))).collect();
    json!({ "method": method, "prefix": prefix, "path": path, "query": query, "whole": whole, "body": body })
}

async fn asked(client: Client, vendor: &Vendor, key: &Key) -> Value {
    let outcomes = client.ask(vendor, key, json!([progress(vendor)])).await;
    outcomes.into_iter().next().expect("an outcome")
}

fn is_refused(outcome: &Value, client: Client) {
    assert_eq!(outcome["status"], 401, "{client:?}: {outcome}");
    assert_eq!(outcome["body"]["error"]["errorCode"], "200", "{client:?}: {outcome}");
    assert_eq!(outcome["body"]["error"]["message"], "Authentication Failed", "{client:?}: {outcome}");
}

#[tokio::test]
async fn published_naver_signers_are_understood_in_every_zone() {
    for client in CLIENTS {
        for cluster in
            ["search-prod", "catalog-sgn", "archive-krs", "ledger-search", "events-prod", "payments-kraft"]
        {
            let vendor = Vendor::with(cluster).await;
            let outcome = asked(client, &vendor, &vendor.key()).await;
            assert_eq!(outcome["status"], 200, "{client:?} {cluster}: {outcome}");
            assert_eq!(outcome["body"]["message"], "SUCCESS", "{client:?} {cluster}: {outcome}");
            let result = &outcome["body"]["result"];
            let name = result["name"].as_str().or(result["clusterName"].as_str());
            assert_eq!(name, Some(cluster), "{client:?}: {outcome}");
        }
    }
}

#[tokio::test]
async fn a_query_is_signed_as_published_naver_signers_sign_it() {
    for client in CLIENTS {
        let vendor = Vendor::with("search-prod").await;
        let query = [("pageNo", "1"), ("pageSize", "20")];
        let list = call("GET", "/api/v2", "/cluster/getClusterInfoList", &query, Value::Null);
        let outcomes = client.ask(&vendor, &vendor.key(), json!([list])).await;
        let listed = outcomes[0]["body"]["result"]["allowedClusters"].as_array();
        let listed = listed.unwrap_or_else(|| panic!("{client:?}: {outcomes:?}"));
        assert!(listed.iter().any(|cluster| cluster["clusterName"] == "search-prod"), "{listed:?}");
    }
}

#[tokio::test]
async fn a_published_naver_signer_with_a_wrong_secret_is_refused() {
    for client in CLIENTS {
        let vendor = Vendor::with("search-prod").await;
        is_refused(&asked(client, &vendor, &vendor.key().with_secret("another-secret")).await, client);
    }
}

#[tokio::test]
async fn a_published_naver_signer_with_a_stale_clock_is_refused() {
    for client in CLIENTS {
        let vendor = Vendor::with("search-prod").await;
        vendor.clouds.clock().advance(Span::hours(1));
        is_refused(&asked(client, &vendor, &vendor.key()).await, client);
    }
}

#[tokio::test]
async fn a_temporary_key_signs_as_a_lasting_one() {
    for client in CLIENTS {
        let vendor = Vendor::with("search-prod").await;
        let outcome = asked(client, &vendor, &vendor.temporary_key()).await;
        assert_eq!(outcome["body"]["result"]["name"], "search-prod", "{client:?}: {outcome}");
    }
}
