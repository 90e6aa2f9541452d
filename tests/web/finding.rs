//! The list of clusters to choose from.

use std::collections::BTreeSet;

use leptos::prelude::*;
use rollwatch::browser::clock;
use rollwatch::live::{Live, Place};
use rollwatch::ui::Add;
use rollwatch::ui::discover::Clusters;
use rollwatch::ui::search::{List, Search};
use rollwatch_core::model::{Listed, OperationKind, Service, Site, Span};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use wasm_bindgen::JsCast;

use crate::document::{Mounted, mount, mount_with, settings};
use crate::typed::typed_key;
use crate::vendor::Vendor;
use crate::views::watch;

fn listed(id: &str, busy: Option<bool>, open: bool) -> Listed {
    Listed {
        id: id.to_owned(),
        name: format!("name of {id}"),
        raw_status: Some("Running".to_owned()),
        version: Some("2.5.0".to_owned()),
        busy,
        open,
    }
}

fn found() -> List {
    let place = Place {
        service: Service::NcpSearchEngine,
        site: Site::Public,
        region: "KR".to_owned(),
        project: String::new(),
    };
    let clusters = vec![
        listed("3003", Some(true), true),
        listed("1001", Some(false), true),
        listed("2002", None, true),
        listed("4004", Some(false), false),
    ];
    List { place, account: "night-shift".to_owned(), clusters }
}

/// The list, over a board that has cluster 1001 already.
fn show() -> (Mounted, Search, Live) {
    let owner = Owner::new();
    let live = owner.with(|| Live::new(settings()));
    live.add(watch(Service::NcpSearchEngine, OperationKind::Upgrade));
    let search = owner.with(Search::empty);
    search.list.set(Some(found()));
    std::mem::forget(owner);
    let operation = RwSignal::new(OperationKind::Upgrade);
    let mounted = mount_with(move || live, move || view! { <Clusters search operation /> });
    (mounted, search, live)
}

/// Cleans the saved list up when a test ends.
fn network() -> Vendor {
    Vendor::answering(500, "")
}

#[wasm_bindgen_test]
fn what_is_known_of_each_cluster_is_shown_and_what_cannot_be_chosen_says_why() {
    let _network = network();
    let (mounted, ..) = show();
    let rows: Vec<String> = mounted.all("li").iter().filter_map(|row| row.text_content()).collect();
    assert!(rows[0].contains("name of 3003") && rows[0].contains("operation in progress"), "{rows:?}");
    assert!(rows[0].contains("3003 · 2.5.0 · Running"), "{rows:?}");
    assert!(rows[1].contains("watched already"), "{rows:?}");
    assert!(rows[2].contains("is not known"), "{rows:?}");
    assert!(rows[3].contains("may not ask about it"), "{rows:?}");
    let disabled: Vec<bool> = mounted
        .all("li input")
        .into_iter()
        .map(|b| b.unchecked_into::<HtmlInputElement>().disabled())
        .collect();
    assert_eq!(disabled, [false, true, false, true]);
}

#[wasm_bindgen_test]
async fn all_that_is_ticked_is_watched_at_once() {
    let _network = network();
    let (mounted, search, live) = show();
    let button = || mounted.one("#watch-chosen").unchecked_into::<web_sys::HtmlElement>();
    assert!(button().has_attribute("disabled"));
    mounted.click("input[value='3003']").await;
    mounted.click("input[value='2002']").await;
    assert_eq!(search.picked.get_untracked(), BTreeSet::from(["2002".to_owned(), "3003".to_owned()]));
    search.picked.update(|picked| picked.extend(["4004".to_owned()]));
    leptos::task::tick().await;
    assert_eq!(
        button().text_content().as_deref(),
        Some("Watch 2 clusters"),
        "what may not be asked is left out"
    );
    mounted.click("#watch-chosen").await;
    for cluster in ["2002", "3003"] {
        let watch = rollwatch_core::model::Watch {
            cluster: cluster.to_owned(),
            ..watch(Service::NcpSearchEngine, OperationKind::Upgrade)
        };
        assert_eq!(live.watch(&watch.key()), Some(watch));
    }
    let saved = rollwatch::browser::storage::get("rollwatch.watches").unwrap();
    assert_eq!(saved.matches("night-shift").count(), 3, "{saved}");
    web_sys::window().unwrap().location().set_hash("").unwrap();
}

#[wasm_bindgen_test]
async fn another_region_forgets_what_was_found() {
    let _network = network();
    let mounted = mount(|| view! { <Add /> });
    assert_eq!(mounted.all("#look-up").len(), 0);
    mounted.choose("#provider", "huawei").await;
    assert_eq!(mounted.all("#look-up").len(), 1, "projects are a matter of Huawei");
    mounted.click("#list-clusters").await;
    assert!(mounted.one(".discover .problem").text_content().unwrap().starts_with("Fill in: Account name"));
    mounted.choose("#region", "cn-north-1").await;
    assert_eq!(mounted.all(".discover .problem").len(), 0);
}

#[wasm_bindgen_test]
async fn a_typed_key_with_which_nothing_is_listed_is_not_kept() {
    let vendor = Vendor::answering(401, "{}");
    let owner = Owner::new();
    let live = owner.with(|| Live::new(settings()));
    let choice = typed_key(live, "night-shift");
    assert!(live.list_clusters(&found().place, choice, |_| true).await.is_err());
    assert_eq!(vendor.asked(), 1.0, "a refused key is tried once");
    assert_eq!(live.signals.keys.get_untracked(), []);
}

#[wasm_bindgen_test]
async fn leaving_the_form_while_clusters_are_listed_is_safe() {
    let vendor = Vendor::answering(401, "{}");
    for button in ["#list-clusters", "#look-up"] {
        let before = vendor.asked();
        // What is running outlives every form.
        let owner = Owner::new();
        let live = owner.with(|| Live::new(settings()));
        let mounted = mount_with(move || live, || view! { <Add /> });
        mounted.choose("#provider", "huawei").await;
        mounted.choose("#key-kind", "long-lived").await;
        for (field, text) in [("#account", "prod"), ("#access-key", "an-id"), ("#secret", "a-secret")] {
            mounted.fill(field, text);
        }
        mounted.click(button).await;
        drop(mounted);
        // The answer comes to a form that is gone.
        clock::sleep(Span::millis(50)).await;
        assert!(vendor.asked() > before, "{button}");
    }
}
