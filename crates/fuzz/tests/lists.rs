//! The same variations over the answers that list clusters.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "the variations are shared with the other adapters' tests")]

mod support;
#[path = "adapters/vary.rs"]
mod vary;

use rollwatch_core::model::{Listing, Service};
use rollwatch_core::provider::decode_list;
use rollwatch_fuzz::{Target, endpoint, exchange};
use serde_json::{Value, json};
use support::{own_seeds, run};

fn documented() -> Vec<(Service, Value)> {
    let read = |service| {
        let path = own_seeds().join(Target::List(service).name()).join("documented.json");
        (service, serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
    };
    Service::ALL.map(read).to_vec()
}

fn listed(service: Service, document: &Value) -> Listing {
    decode_list(&endpoint(service), &exchange(&document.to_string()), 1).unwrap()
}

#[test]
fn every_service_lists_the_cluster_of_its_sample() {
    for (service, document) in documented() {
        let listing = listed(service, &document);
        let cluster = &listing.clusters[0];
        assert!(cluster.open && !cluster.name.is_empty() && cluster.raw_status.is_some(), "{cluster:?}");
        let extra = vary::with_every(&document, &|value| {
            if let Value::Object(fields) = value {
                fields.insert("anythingElse".to_owned(), json!([{ "id": null }]));
            }
        });
        assert_eq!(listed(service, &extra), listing, "{}", service.id());
    }
}

#[test]
fn lists_with_fields_that_are_missing_or_of_another_type_keep_the_promises() {
    let others =
        [Value::Null, json!(true), json!(-1.5), json!("x"), json!(""), json!([]), json!({}), json!([null])];
    for (service, document) in documented() {
        for place in vary::places(&document) {
            let varied = others.iter().map(|other| vary::replaced(&document, &place, other.clone()));
            for answer in varied.chain([vary::without(&document, &place)]) {
                run(Target::List(service), &place, answer.to_string().as_bytes());
            }
        }
    }
}

#[test]
fn lists_of_ten_thousand_keep_the_promises() {
    for (service, document) in documented() {
        for place in vary::places(&document) {
            let value = document.pointer(&place).unwrap();
            for (_, long) in vary::long(value, 10_000).into_iter().filter(|_| value.is_array()) {
                let answer = vary::replaced(&document, &place, long).to_string();
                run(Target::List(service), &place, answer.as_bytes());
            }
        }
    }
}
