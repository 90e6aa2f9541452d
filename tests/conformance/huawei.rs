//! Huawei's Python SDK for Cloud Search Service.

use crate::client::Client::HuaweiPython;
use crate::vendor::{Key, Vendor};
use rollwatch_core::model::Span;
use serde_json::{Value, json};

fn upgrade_detail(vendor: &Vendor) -> Value {
    json!([{ "call": "upgrade_detail", "arguments": { "cluster_id": vendor.cluster.id } }])
}

async fn refusal(vendor: &Vendor, key: &Key) -> Value {
    let outcomes = HuaweiPython.ask(vendor, key, upgrade_detail(vendor)).await;
    assert!(outcomes[0]["answer"].is_null(), "{outcomes:?}");
    outcomes[0]["refusal"].clone()
}

#[tokio::test]
async fn huaweis_client_reads_an_upgrade_with_and_without_parameters() {
    let vendor = Vendor::with("css-orders").await;
    let parameters = json!({
        "cluster_id": vendor.cluster.id, "offset": 1, "limit": 10, "action_mode": "UPGRADING",
    });
    let mut calls = upgrade_detail(&vendor);
    calls.as_array_mut().unwrap().push(json!({ "call": "upgrade_detail", "arguments": parameters }));
    let outcomes = HuaweiPython.ask(&vendor, &vendor.key(), calls).await;
    assert_eq!(outcomes.len(), 2, "{outcomes:?}");
    for outcome in &outcomes {
        let task = &outcome["answer"]["detailList"][0];
        assert_eq!(task["status"], "RUNNING", "{outcome}");
        assert!(task["totalNodes"].as_str().unwrap().contains("css-orders-ess-esn-"), "{task}");
        assert_eq!(task["imageInfo"]["datastoreType"], "elasticsearch", "{task}");
    }
}

#[tokio::test]
async fn huaweis_client_reads_the_list_of_clusters_and_one_of_them() {
    let vendor = Vendor::with("css-orders").await;
    let id = vendor.cluster.id;
    let calls = json!([
        { "call": "list_clusters_details", "arguments": { "offset": 1, "limit": 10 } },
        { "call": "show_cluster_detail", "arguments": { "cluster_id": id } },
    ]);
    let outcomes = HuaweiPython.ask(&vendor, &vendor.key(), calls).await;
    let [list, cluster] = &outcomes[..] else { panic!("{outcomes:?}") };
    let listed = list["answer"]["clusters"].as_array().unwrap_or_else(|| panic!("{list}"));
    assert!(listed.iter().any(|cluster| cluster["id"] == id), "{list}");
    assert_eq!(cluster["answer"]["name"], "css-orders", "{cluster}");
}

#[tokio::test]
async fn huaweis_client_reads_a_migration_between_zones() {
    let vendor = Vendor::with("css-hk-search").await;
    let arguments = json!({ "cluster_id": vendor.cluster.id, "action_mode": "AZ_MIGRATION" });
    let calls = json!([{ "call": "upgrade_detail", "arguments": arguments }]);
    let outcomes = HuaweiPython.ask(&vendor, &vendor.key(), calls).await;
    let task = &outcomes[0]["answer"]["detailList"][0];
    let plan: Value = serde_json::from_str(task["migrateParam"].as_str().unwrap()).expect("JSON in a text");
    assert_eq!(plan["sourceAz"], "ap-southeast-1a", "{task}");
}

#[tokio::test]
async fn huaweis_client_with_a_wrong_secret_is_told_that_its_signature_is_wrong() {
    let vendor = Vendor::with("css-orders").await;
    let refusal = refusal(&vendor, &vendor.key().with_secret("another-secret")).await;
    assert_eq!((&refusal["status"], &refusal["code"]), (&json!(401), &json!("APIGW.0301")), "{refusal}");
    assert!(refusal["message"].as_str().unwrap().contains("verify aksk signature fail"), "{refusal}");
}

#[tokio::test]
async fn huaweis_client_with_a_stale_clock_is_told_that_its_signature_is_old() {
    let vendor = Vendor::with("css-orders").await;
    vendor.clouds.clock().advance(Span::hours(1));
    let refusal = refusal(&vendor, &vendor.key()).await;
    assert_eq!((&refusal["status"], &refusal["code"]), (&json!(401), &json!("APIGW.0301")), "{refusal}");
    assert!(refusal["message"].as_str().unwrap().contains("signature expired"), "{refusal}");
}

#[tokio::test]
async fn huaweis_client_is_told_when_its_key_is_locked() {
    let vendor = Vendor::with("css-orders").await;
    let one = upgrade_detail(&vendor)[0].clone();
    let calls = Value::from(vec![one; 6]);
    let outcomes = HuaweiPython.ask(&vendor, &vendor.key().with_secret("another-secret"), calls).await;
    let message = outcomes[5]["refusal"]["message"].as_str().unwrap();
    assert!(message.contains("AK access failed to reach the limit"), "{message}");
}

#[tokio::test]
async fn huaweis_client_is_told_that_another_accounts_cluster_is_out_of_reach() {
    let vendor = Vendor::with("css-orders").await;
    let arguments = json!({ "cluster_id": "00000000-0000-4000-8000-000000000000" });
    let calls = json!([{ "call": "upgrade_detail", "arguments": arguments }]);
    let outcomes = HuaweiPython.ask(&vendor, &vendor.key(), calls).await;
    // The SDK does not know the shape of this service's own errors: it passes on the body.
    let refusal = &outcomes[0]["refusal"];
    assert_eq!(refusal["status"], 403, "{refusal}");
    assert!(refusal["message"].as_str().unwrap().contains("CSS.0015"), "{refusal}");
}

#[tokio::test]
async fn huaweis_client_reads_an_upgrade_with_a_temporary_key_and_not_without_its_token() {
    let vendor = Vendor::with("css-orders").await;
    let key = vendor.temporary_key();
    let outcomes = HuaweiPython.ask(&vendor, &key, upgrade_detail(&vendor)).await;
    assert_eq!(outcomes[0]["answer"]["detailList"][0]["status"], "RUNNING", "{outcomes:?}");
    let another = Key { token: Some("another-token".to_owned()), ..key.clone() };
    for wrong in [Key { token: None, ..key }, another] {
        let refusal = refusal(&vendor, &wrong).await;
        assert_eq!((&refusal["status"], &refusal["code"]), (&json!(401), &json!("APIGW.0301")), "{refusal}");
    }
}

#[tokio::test]
async fn huaweis_client_finds_the_project_of_its_region_by_itself() {
    let vendor = Vendor::with("css-orders").await;
    let outcomes = HuaweiPython.ask_without_project(&vendor, &vendor.key(), upgrade_detail(&vendor)).await;
    assert_eq!(outcomes[0]["answer"]["detailList"][0]["status"], "RUNNING", "{outcomes:?}");
}
