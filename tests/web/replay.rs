//! The page of a cluster goes to the past and back, over what was recorded while it was open.

use leptos::prelude::*;
use leptos::task::tick as follow;
use rollwatch::browser::{clock, storage};
use rollwatch::live::{Live, tick};
use rollwatch::ui::Cluster;
use rollwatch_core::model::{OperationKind, Service, Span, Watch};
use rollwatch_core::view::{CardView, PageView, Verdict};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::document::{Mounted, mount_with, settings};
use crate::typed::typed_key;
use crate::vendor::Vendor;
use crate::views::{NOW, SEARCH_ENGINE, watch};
use crate::waiting::until;

const LOOKED: &str = "rollwatch.looked";

/// What was kept is gone when a test ends, however it ends.
struct Forgotten;

impl Drop for Forgotten {
    fn drop(&mut self) {
        storage::remove(LOOKED);
    }
}

/// Sets the page's clock so many seconds after the sample.
fn set_clock(seconds: i64) {
    clock::set_demo_clock(NOW.plus(Span::seconds(seconds)).as_millis() as f64, 1.0);
}

fn asked() -> Watch {
    watch(Service::NcpSearchEngine, OperationKind::Upgrade)
}

async fn watched(owner: &Owner) -> Live {
    let live = owner.with(|| Live::new(settings()));
    let choice = typed_key(live, &asked().account);
    live.test_and_add(asked(), choice).await.expect("an answer");
    live
}

fn card(live: Live) -> CardView {
    live.card(&asked().key()).expect("it is watched").get_untracked()
}

fn page(live: Live) -> Option<PageView> {
    live.page(&asked().key()).expect("it is watched").get_untracked()
}

fn open(live: Live) -> Mounted {
    mount_with(move || live, move || view! { <Cluster watch=asked() /> })
}

/// The sample with every node done.
fn all_done() -> String {
    SEARCH_ENGINE.replace("Upgrade_OpenSearch", "complete").replace(r#""running""#, r#""complete""#)
}

/// The upgrade is first seen under way and then seen done, ten minutes later.
async fn seen_to_end(live: Live, mounted: &Mounted) -> Vendor {
    until("the first answer is shown", || card(live).verdict != Verdict::Asking).await;
    let vendor = Vendor::answering(200, &all_done());
    set_clock(600);
    live.ask_now(&asked().key());
    until("the end is seen", || card(live).verdict == Verdict::Done).await;
    follow().await;
    assert_eq!(mounted.all(".cluster.past").len(), 0);
    vendor
}

#[wasm_bindgen_test]
async fn the_page_shows_what_was_known_then_and_nothing_of_the_present() {
    let _forgotten = Forgotten;
    storage::remove(LOOKED);
    set_clock(0);
    let _first = Vendor::answering(200, SEARCH_ENGINE);
    let owner = Owner::new();
    let live = watched(&owner).await;
    let mounted = open(live);
    until("the first answer is shown", || card(live).verdict != Verdict::Asking).await;
    let then = page(live).expect("it is open");
    let _vendor = seen_to_end(live, &mounted).await;
    let present = page(live).expect("it is open");
    assert!(present.replay.last >= 2, "{:?}", present.replay);
    assert_eq!((present.replay.at, &present.replay.past), (present.replay.last, &None));
    assert!(!present.changes.before.is_empty());

    live.replay(Some(0));
    follow().await;
    let past = page(live).expect("it is open");
    assert_eq!(past.card.verdict, Verdict::Running);
    assert_eq!((&past.card.counts, &past.card.place_of_work), (&then.card.counts, &then.card.place_of_work));
    assert_eq!((&past.nodes, &past.steps), (&then.nodes, &then.steps));
    assert!(past.changes.before.is_empty() && past.changes.since.is_none());
    assert_eq!(past.replay.past.as_deref(), Some("This is the past: as known at 08:15:28 (10 min ago)."));
    assert_eq!(past.replay.text, "08:15:28: first seen");
    assert_eq!(mounted.all(".cluster.past").len(), 1);
    assert_eq!(mounted.all(".past-mark").len(), 1);
    assert!(mounted.one(".banner").class_list().contains("tone-running"));
    for hidden in [".actions", ".raw", ".checks"] {
        let of_the_present = mounted.all(hidden);
        assert!(
            of_the_present.iter().all(|element| element.closest("[hidden]").unwrap().is_some()),
            "{hidden}"
        );
    }
    // The board goes on.
    tick(live);
    assert_eq!(card(live).verdict, Verdict::Done);
    assert_eq!(page(live).expect("it is open").card.verdict, Verdict::Running);

    mounted.click(".past-mark button").await;
    assert_eq!(mounted.all(".cluster.past").len(), 0);
    assert_eq!(page(live).expect("it is open").card, card(live));
}

#[wasm_bindgen_test]
async fn the_bar_of_the_page_stops_at_each_recorded_change() {
    let _forgotten = Forgotten;
    storage::remove(LOOKED);
    set_clock(0);
    let _first = Vendor::answering(200, SEARCH_ENGINE);
    let owner = Owner::new();
    let live = watched(&owner).await;
    let mounted = open(live);
    let _vendor = seen_to_end(live, &mounted).await;
    let last = page(live).expect("it is open").replay.last;
    mounted.click(".replay .step:first-of-type").await;
    let replay = page(live).expect("it is open").replay;
    assert_eq!(replay.at, last - 1);
    assert!(replay.text.contains("is done"), "{}", replay.text);
    assert!(mounted.one(".banner").class_list().contains("tone-done"), "the last change is the end");
}

#[wasm_bindgen_test]
async fn what_has_changed_since_a_person_looked_is_told_until_the_page_is_opened() {
    let _forgotten = Forgotten;
    set_clock(0);
    storage::set(LOOKED, &NOW.minus(Span::hours(3)).as_millis().to_string()).unwrap();
    let _first = Vendor::answering(200, SEARCH_ENGINE);
    let owner = Owner::new();
    let live = watched(&owner).await;
    until("the first answer is shown", || card(live).verdict != Verdict::Asking).await;
    assert_eq!(card(live).badges, Vec::<String>::new(), "nothing has changed yet");
    let _vendor = Vendor::answering(200, &all_done());
    set_clock(60);
    live.ask_now(&asked().key());
    until("the end is seen", || card(live).verdict == Verdict::Done).await;
    let badges = card(live).badges;
    assert!(badges.iter().any(|badge| badge.ends_with("changes since you last looked")), "{badges:?}");
    let mounted = open(live);
    follow().await;
    assert_eq!(card(live).badges, Vec::<String>::new());
    let heading = mounted.one("h3.since").text_content().unwrap();
    assert_eq!(heading, "Since you last looked (05:15:28, 3 h 1 min ago)");
    // It is kept that the page is seen, for the next visit.
    tick(live);
    let kept: i64 = storage::get(LOOKED).unwrap().parse().unwrap();
    assert!(kept >= NOW.plus(Span::seconds(60)).as_millis(), "{kept}");
}
