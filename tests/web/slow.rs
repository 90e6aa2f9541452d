//! A host that is slow to answer, which must not have all of a browser's connections.

use leptos::prelude::*;
use rollwatch::browser::clock;
use rollwatch::live::{Live, tick};
use rollwatch_core::model::{OperationKind, Service, Span, Watch};
use rollwatch_core::view::Verdict;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::document::settings;
use crate::typed::typed_key;
use crate::vendor::Vendor;
use crate::views::{SEARCH_ENGINE, watch};
use crate::waiting::until;

const CLUSTERS: usize = 20;

/// Goes on by so many seconds of the page's clock, one at a time, and lets what was begun go out.
async fn go_on(live: Live, seconds: usize) {
    for _ in 0..seconds {
        clock::set_demo_clock(clock::now().plus(Span::seconds(1)).as_millis() as f64, 1.0);
        tick(live);
        clock::sleep(Span::millis(15)).await;
    }
}

fn nth_cluster(nth: usize) -> Watch {
    let first = watch(Service::NcpSearchEngine, OperationKind::Upgrade);
    if nth == 0 { first } else { Watch { cluster: format!("{nth}"), ..first } }
}

/// Many clusters of one host, each of them seen.
async fn watching(owner: &Owner, vendor: &Vendor) -> Live {
    let live = owner.with(|| Live::new(settings()));
    let first = watch(Service::NcpSearchEngine, OperationKind::Upgrade);
    let choice = typed_key(live, &first.account);
    live.test_and_add(first.clone(), choice).await.expect("an answer");
    for nth in 1..CLUSTERS {
        live.add(nth_cluster(nth));
    }
    let before = vendor.asked();
    go_on(live, 15).await;
    until("every cluster is seen", || vendor.asked() - before >= CLUSTERS as f64).await;
    live
}

#[wasm_bindgen_test]
async fn a_host_that_answers_nothing_is_asked_about_few_clusters_and_later_about_all_again() {
    let vendor = Vendor::answering(200, SEARCH_ENGINE);
    let owner = Owner::new();
    let live = watching(&owner, &vendor).await;

    vendor.hold();
    let before = vendor.asked();
    go_on(live, 9).await;
    let begun = vendor.asked() - before;
    // Those that were due before the first of them was late, and no more.
    assert!((1.0..=6.0).contains(&begun), "{begun} of {CLUSTERS} clusters wait for the host");

    vendor.release();
    let before = vendor.asked();
    go_on(live, 25).await;
    let asked = vendor.asked() - before;
    assert!(asked >= CLUSTERS as f64, "{asked} questions are too few for {CLUSTERS} clusters");
}

#[wasm_bindgen_test]
async fn those_who_wait_for_a_host_that_fails_are_not_shown_as_if_they_were_seen() {
    let vendor = Vendor::answering(200, SEARCH_ENGINE);
    let owner = Owner::new();
    let live = watching(&owner, &vendor).await;
    let before = vendor.asked();
    vendor.time_out();
    for _ in 0..4 {
        vendor.hold();
        go_on(live, 11).await;
        vendor.release();
        go_on(live, 1).await;
    }
    let asked = vendor.asked() - before;
    assert!(asked <= 2.0 * CLUSTERS as f64, "{asked} questions to a host that answers nothing");
    for nth in 0..CLUSTERS {
        let card = live.card(&nth_cluster(nth).key()).expect("it is watched").get_untracked();
        assert_eq!(card.verdict, Verdict::CannotSee, "{card:?}");
        let told = format!("{card:?}");
        assert!(!told.contains("slept"), "{told}");
    }
}

#[wasm_bindgen_test]
async fn a_device_that_slept_says_nothing_of_a_host() {
    let vendor = Vendor::answering(200, SEARCH_ENGINE);
    let owner = Owner::new();
    let live = watching(&owner, &vendor).await;
    vendor.hold();
    let before = vendor.asked();
    go_on(live, 2).await;
    until("a question is under way", || vendor.asked() > before).await;
    clock::set_demo_clock(clock::now().plus(Span::hours(1)).as_millis() as f64, 1.0);
    tick(live);
    vendor.release();
    let before = vendor.asked();
    go_on(live, 3).await;
    let asked = vendor.asked() - before;
    assert!(asked >= CLUSTERS as f64 / 2.0, "{asked} of {CLUSTERS} clusters are asked about on waking up");
}
