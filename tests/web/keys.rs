//! Keys of every kind: what the form asks for, and what becomes of a key that ends.

use leptos::prelude::*;
use rollwatch::browser::clock;
use rollwatch::browser::crypto::Typed;
use rollwatch::live::settings::{Demo, Settings};
use rollwatch::live::{Credential, Custody, KeyChoice, KeyKind, KeyName, Live, NewKey, tick};
use rollwatch::ui::{Add, KeyForm, Keys, Masthead};
use rollwatch_core::model::{OperationKind, Provider, Service, Span};
use rollwatch_core::sign::{AccessKey, Secret};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::document::{Mounted, mount, mount_with, settings};
use crate::vendor::Vendor;
use crate::views::{SEARCH_ENGINE, watch};

async fn submit(mounted: &Mounted) -> String {
    mounted.click("form button:not([type=button])").await;
    mounted.one(".problem").text_content().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn each_cloud_offers_the_kinds_of_keys_that_it_issues() {
    let mounted = mount(|| view! { <Add /> });
    for (cloud, kinds) in [("ncp", 2), ("huawei", 3), ("alibaba", 2)] {
        mounted.choose("#provider", cloud).await;
        assert_eq!(mounted.options("#key-kind").len(), kinds, "{cloud}");
    }
}

#[wasm_bindgen_test]
async fn a_kind_shows_its_own_fields_and_no_others() {
    let mounted = mount(|| view! { <Add /> });
    let shown = |ids: [&str; 5]| ids.map(|id| mounted.all(id).len());
    let ids = ["#access-key", "#secret", "#token", "#auth-token", "#valid-until"];
    assert_eq!(shown(ids), [1, 1, 0, 0, 1], "the form leads with temporary keys; NAVER's have no token");
    mounted.choose("#key-kind", "long-lived").await;
    assert_eq!(shown(ids), [1, 1, 0, 0, 0]);
    mounted.choose("#key-kind", "temporary").await;
    mounted.choose("#provider", "alibaba").await;
    assert_eq!(shown(ids), [1, 1, 1, 0, 1]);
    mounted.choose("#provider", "huawei").await;
    mounted.choose("#key-kind", "auth-token").await;
    assert_eq!(shown(ids), [0, 0, 0, 1, 1]);
    mounted.choose("#provider", "ncp").await;
    assert_eq!(shown(ids), [1, 1, 0, 0, 0], "a kind that the cloud lacks falls back to the usual one");
    for field in mounted.all("input, select") {
        let id = field.id();
        assert_eq!(mounted.all(&format!("label[for='{id}']")).len(), 1, "{id} has a label");
    }
}

#[wasm_bindgen_test]
async fn what_is_wrong_with_a_typed_key_is_said_before_anything_is_asked() {
    let vendor = Vendor::answering(200, SEARCH_ENGINE);
    let mounted = mount(|| view! { <Add /> });
    mounted.choose("#provider", "alibaba").await;
    mounted.choose("#key-kind", "temporary").await;
    mounted.fill("#cluster", "hgprecn-cn-1");
    assert_eq!(submit(&mounted).await, "Fill in: Account name, Access key id, Secret key");
    for (field, text) in [("#account", "prod"), ("#access-key", "an-id"), ("#secret", "a-secret")] {
        mounted.fill(field, text);
    }
    assert!(submit(&mounted).await.contains("has a security token"));
    mounted.fill("#token", "a-token");
    mounted.fill("#valid-until", "tomorrow");
    assert!(submit(&mounted).await.contains("not a time we can read"));
    mounted.fill("#valid-until", "2020-01-01T00:00:00Z");
    assert!(submit(&mounted).await.contains("ended at"));
    assert_eq!(vendor.asked(), 0.0);
}

fn held() -> Settings {
    let asked = watch(Service::NcpSearchEngine, OperationKind::Upgrade);
    let credential = Credential::Key(AccessKey {
        access_key_id: "an-id".to_owned(),
        secret: Custody::Memory(Secret::new("a-secret")),
        security_token: None,
    });
    let demo = Demo { keys: vec![(KeyName::of(&asked), credential)], watches: vec![asked], speed: 1.0 };
    Settings { demo: Some(demo), ..settings() }
}

#[wasm_bindgen_test]
async fn a_new_key_is_offered_first_where_the_held_one_does_not_help() {
    let asked = watch(Service::NcpSearchEngine, OperationKind::Upgrade);
    let mounted = mount_with(|| Live::new(held()), move || view! { <KeyForm watch=asked /> });
    assert_eq!(mounted.options("#held").len(), 2);
    assert_eq!(mounted.all("#secret").len(), 1);
    mounted.choose("#held", "night-shift").await;
    assert_eq!(mounted.all("#secret").len(), 0, "the person may still pick it");

    // Another cluster of the same cloud has no reason to doubt the key.
    let other = rollwatch_core::model::Watch {
        cluster: "2002".to_owned(),
        ..watch(Service::NcpSearchEngine, OperationKind::Upgrade)
    };
    let mounted = mount_with(|| Live::new(held()), move || view! { <KeyForm watch=other /> });
    assert_eq!(mounted.all("#secret").len(), 0);
}

/// The page's clock, later by so many minutes.
fn advance(minutes: i64) {
    clock::set_demo_clock(clock::now().plus(Span::minutes(minutes)).as_millis() as f64, 1.0);
}

#[wasm_bindgen_test]
async fn a_key_that_ends_is_announced_and_used_for_nothing_from_then_on() {
    let vendor = Vendor::answering(200, SEARCH_ENGINE);
    let owner = Owner::new();
    let live = owner.with(|| Live::new(settings()));
    let asked = watch(Service::NcpSearchEngine, OperationKind::Upgrade);
    let (name, key) = (KeyName::of(&asked), asked.key());
    let ends_at = clock::now().plus(Span::minutes(20));
    let typed = NewKey {
        account: asked.account.clone(),
        kind: KeyKind::Temporary,
        access_key_id: "an-id".to_owned(),
        has_secret: true,
        token: String::new(),
        valid_until: ends_at.iso(),
    };
    let choice = live
        .typed_key(Provider::Ncp, typed, Typed::of("a-secret"), false)
        .expect("a key that is fit to be tried");
    live.test_and_add(asked, choice).await.expect("an answer");
    let told = || live.signals.ending.get_untracked();
    assert!(live.is_usable(&name) && told().is_empty());

    advance(10);
    tick(live);
    assert!(told()[0].1.contains("“night-shift” ends at"), "{:?}", told());
    assert!(live.is_usable(&name));

    advance(11);
    tick(live);
    assert!(told()[0].1.contains("“night-shift” ended at"), "{:?}", told());
    let asked_before = vendor.asked();
    for _ in 0..3 {
        advance(1);
        tick(live);
        live.ask_now(&key);
    }
    assert_eq!(vendor.asked(), asked_before);
    let trouble = live.card(&key).unwrap().with_untracked(|card| card.trouble.clone()).expect("a trouble");
    assert_eq!(trouble.what, "The temporary key has expired.");
    assert!(trouble.key_helps);
    assert!(matches!(
        live.test_and_add(live.watch(&key).unwrap(), KeyChoice::Held("night-shift".to_owned())).await,
        Err(error) if error.kind == rollwatch_core::error::ErrorKind::KeyExpired
    ));

    let mounted = mount_with(move || live, || view! { <Masthead /><Keys /> });
    assert_eq!(mounted.text().matches("“night-shift” ended at").count(), 2);
    live.forget_key(&name);
    assert!(told().is_empty());
}
