//! Alibaba's Python SDK for Hologres and its generic TypeScript client, which sign different sets of headers.

use crate::client::Client::{self, AlibabaPython, AlibabaTypeScript};
use crate::vendor::{Key, Vendor};
use rollwatch_core::model::Span;
use serde_json::{Value, json};

const CLIENTS: [Client; 2] = [AlibabaPython, AlibabaTypeScript];

fn call(client: Client, vendor: &Vendor, name: &str) -> Value {
    let arguments = match name {
        "GetUpgradeStatus" => json!({ "instance": vendor.cluster.id, "region": vendor.cluster.region }),
        _ => json!({ "instance": vendor.cluster.id }),
    };
    let python = match name {
        "GetUpgradeStatus" => "get_upgrade_status",
        "GetInstance" => "get_instance",
        _ => "list_instances",
    };
    json!({ "call": if matches!(client, AlibabaPython) { python } else { name }, "arguments": arguments })
}

async fn refusal(client: Client, vendor: &Vendor, key: &Key, nonce: Option<&str>) -> Value {
    let mut call = call(client, vendor, "GetUpgradeStatus");
    call["nonce"] = nonce.into();
    let outcomes = client.ask(vendor, key, json!([call])).await;
    assert!(outcomes[0]["answer"].is_null(), "{outcomes:?}");
    outcomes[0]["refusal"].clone()
}

fn says(refusal: &Value, code: &str, client: Client) {
    assert_eq!(refusal["code"], code, "{client:?}: {refusal}");
    assert_eq!(refusal["status"], 400, "{client:?}: {refusal}");
}

#[tokio::test]
async fn alibabas_clients_read_an_upgrade() {
    for client in CLIENTS {
        let vendor = Vendor::with("holo-orders").await;
        let calls = json!([call(client, &vendor, "GetUpgradeStatus")]);
        let outcomes = client.ask(&vendor, &vendor.key(), calls).await;
        let upgrade = &outcomes[0]["answer"]["Data"][0];
        assert_eq!(upgrade["Status"], "upgrading", "{client:?}: {outcomes:?}");
        assert!(upgrade["Details"].as_str().unwrap().contains("UpgradingSteps"), "{client:?}: {upgrade}");
    }
}

#[tokio::test]
async fn alibabas_clients_read_the_list_of_instances_and_one_of_them() {
    for client in CLIENTS {
        let vendor = Vendor::with("holo-orders").await;
        let calls = ["GetInstance", "ListInstances"].map(|name| call(client, &vendor, name));
        let outcomes = client.ask(&vendor, &vendor.key(), json!(calls)).await;
        let [instance, list] = &outcomes[..] else { panic!("{outcomes:?}") };
        assert_eq!(instance["answer"]["Instance"]["InstanceId"], vendor.cluster.id, "{client:?}: {instance}");
        let listed =
            list["answer"]["InstanceList"].as_array().unwrap_or_else(|| panic!("{client:?}: {list}"));
        assert!(listed.iter().any(|one| one["InstanceId"] == vendor.cluster.id), "{client:?}: {list}");
    }
}

#[tokio::test]
async fn alibabas_clients_with_a_wrong_secret_are_told_that_the_signature_differs() {
    for client in CLIENTS {
        let vendor = Vendor::with("holo-orders").await;
        let refusal = refusal(client, &vendor, &vendor.key().with_secret("another-secret"), None).await;
        says(&refusal, "SignatureDoesNotMatch", client);
    }
}

#[tokio::test]
async fn alibabas_clients_with_a_stale_clock_are_told_that_the_time_has_passed() {
    for client in CLIENTS {
        let vendor = Vendor::with("holo-orders").await;
        vendor.clouds.clock().advance(Span::hours(1));
        let refusal = refusal(client, &vendor, &vendor.key(), None).await;
        says(&refusal, "InvalidTimeStamp.Expired", client);
    }
}

#[tokio::test]
async fn alibabas_clients_are_refused_when_a_nonce_comes_twice() {
    for client in CLIENTS {
        let vendor = Vendor::with("holo-orders").await;
        let mut call = call(client, &vendor, "GetUpgradeStatus");
        call["nonce"] = "0123456789abcdef0123456789abcdef".into();
        let outcomes = client.ask(&vendor, &vendor.key(), json!([call, call])).await;
        assert_eq!(outcomes[0]["answer"]["Data"][0]["Status"], "upgrading", "{client:?}: {outcomes:?}");
        says(&outcomes[1]["refusal"], "SignatureNonceUsed", client);
    }
}

#[tokio::test]
async fn alibabas_clients_read_an_upgrade_with_a_temporary_key_and_not_without_its_token() {
    for client in CLIENTS {
        let vendor = Vendor::with("holo-orders").await;
        let key = vendor.temporary_key();
        let calls = json!([call(client, &vendor, "GetUpgradeStatus")]);
        let outcomes = client.ask(&vendor, &key, calls).await;
        assert_eq!(outcomes[0]["answer"]["Data"][0]["Status"], "upgrading", "{client:?}: {outcomes:?}");
        let without = Key { token: None, ..key.clone() };
        says(&refusal(client, &vendor, &without, None).await, "MissingSecurityToken", client);
        let another = Key { token: Some("another-token".to_owned()), ..key };
        says(
            &refusal(client, &vendor, &another, None).await,
            "InvalidSecurityToken.MismatchWithAccessKey",
            client,
        );
    }
}
