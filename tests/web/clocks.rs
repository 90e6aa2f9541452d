//! A vendor whose clock is not this device's.

use leptos::prelude::*;
use rollwatch::browser::clock;
use rollwatch::live::{Live, tick};
use rollwatch_core::model::{OperationKind, Service, Span};
use rollwatch_core::view::Verdict;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::document::settings;
use crate::typed::typed_key;
use crate::vendor::Vendor;
use crate::views::{SEARCH_ENGINE, watch};
use crate::waiting::until;

fn advance(seconds: i64) {
    clock::set_demo_clock(clock::now().plus(Span::seconds(seconds)).as_millis() as f64, 1.0);
}

#[wasm_bindgen_test]
async fn the_offset_is_shown_and_an_outage_is_measured_on_the_vendors_clock() {
    let vendor = Vendor::with_clock_ahead(SEARCH_ENGINE, Span::minutes(7));
    let owner = Owner::new();
    let live = owner.with(|| Live::new(settings()));
    let asked = watch(Service::NcpSearchEngine, OperationKind::Upgrade);
    let key = asked.key();
    let choice = typed_key(live, &asked.account);
    live.test_and_add(asked, choice).await.expect("an answer");
    live.open(Some(key.clone()));
    let page = live.page(&key).expect("it is watched");
    let line = || page.get_untracked().and_then(|page| page.clock).unwrap_or_default();
    until("the offset is told", || line().contains("ahead of this device's")).await;
    let card = live.card(&key).expect("it is watched");
    until("it is seen", || card.with_untracked(|card| card.freshness.starts_with("seen just now"))).await;

    vendor.fall_silent();
    for seconds in [70, 31, 70, 31] {
        advance(seconds);
        tick(live);
    }
    let card = card.get_untracked();
    assert_eq!(card.verdict, Verdict::CannotSee);
    assert!(["for 1 min", "for 2 min"].contains(&card.since.as_str()), "{}", card.since);
}
