//! What is recorded in the browser: it outlives a reload, is written by one tab alone, and ends when a person
//! wants it to.

use rollwatch_core::model::Span;
use rollwatch_core::view::words::{Errors, Lang, Recordings, Shell};
use rollwatch_sim::Fault;
use serde_json::json;

use crate::support::{
    Fleet, Network, Page, Setup, World, card, fill_cluster, fill_key, fleet, selector, submit, texts,
    until_all_answered, until_card,
};

/// The texts of both stores of the recordings, as `[moments, runs]`.
const READ: &str = "const done = arguments[0];
    const request = indexedDB.open('rollwatch.demo.recordings');
    request.onsuccess = () => {
        const all = request.result.transaction(['moments', 'runs']);
        const texts = ['moments', 'runs'].map((name) => all.objectStore(name).getAll());
        all.oncomplete = () => { request.result.close(); done(texts.map((text) => text.result)); };
    };";

/// Notes how often this window asks through the proxy from now on.
const NOTE_ASKED: &str = "window.asked = 0;
    const { fetch } = window;
    window.fetch = (...all) => { window.asked += 1; return fetch(...all); };";

/// The documents of moments and of runs.
async fn recorded(page: &Page) -> [Vec<String>; 2] {
    page.run_async(READ).await
}

/// Waits until so many moments are recorded at least.
async fn until_recorded(page: &Page, moments: usize) {
    loop {
        if recorded(page).await[0].len() >= moments {
            return;
        }
        page.until("the page is there", "document.querySelector('main')").await;
    }
}

/// The changes that the page of a cluster lists, a line for each.
async fn changes(page: &Page) -> Vec<String> {
    texts(page, ".changes .state-line").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_survives_a_reload_and_what_nobody_watched_is_marked() {
    let world = World::watching(&["search-prod"]).await;
    let page = Page::open(&world, &fleet::link("search-prod")).await;
    page.until_text(".banner", "2 done, 1 active, 5 waiting").await;
    world.advance(Span::minutes(4));
    page.until_text(".banner", "3 done, 1 active, 4 waiting").await;
    page.until_text("ol.changes li", " is done").await;
    let before = changes(&page).await;
    until_recorded(&page, 2).await;

    // Nothing answers, so that what is shown is what was recorded.
    world.clouds.set_fault("1001", Some(Fault::Reset));
    page.driver.goto("about:blank").await.expect("an empty page");
    world.advance(Span::minutes(6));
    page.go(&format!("{}{}", world.page, fleet::link("search-prod"))).await;
    page.until_text(".banner", "3 done, 1 active, 4 waiting").await;
    page.until_text(".banner .trust", "seen 6 min ago").await;
    assert_eq!(changes(&page).await, before);

    world.clouds.set_fault("1001", None);
    page.until_text(".banner .trust", "seen just now").await;
    let [_, runs] = recorded(&page).await;
    assert_eq!(runs.len(), 1, "it is the same run: {runs:?}");
    assert!(runs[0].contains("\"cause\":\"closed\""), "{runs:?}");
    let after = changes(&page).await;
    assert!(before.iter().all(|change| after.contains(change)), "{before:#?} is not in {after:#?}");
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_says_the_same_is_recorded_once() {
    // It was over long ago, so it is asked about every five minutes, and a minute is a second.
    let fleet = Fleet::Of(&["ledger-search"]);
    let setup = Setup { fleet, speed: 60.0, page_speed: 60.0, ..Setup::default() };
    let world = World::start(setup).await;
    let page = Page::open(&world, "").await;
    until_recorded(&page, 1).await;
    let enough = world.asked() + 2;
    while world.asked() < enough {
        page.until("the page is there", "document.querySelector('main')").await;
    }
    let [moments, runs] = recorded(&page).await;
    assert_eq!((moments.len(), runs.len()), (1, 1), "{moments:?}");
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_tab_asks_the_vendors_nothing_and_shows_the_same() {
    let world = World::watching(&["search-prod", "css-orders"]).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    page.run::<()>(NOTE_ASKED).await;
    let [first, _] = page.go_beside(&world.page).await;
    page.run::<()>(NOTE_ASKED).await;
    until_all_answered(&page).await;
    world.advance(Span::minutes(4));
    until_card(&page, "search-prod", "card.counts === '3 done, 1 active, 4 waiting'").await;
    assert_eq!(page.read::<usize>("window.asked").await, 0, "a tab that follows asks nothing");
    let here = card(&page, "search-prod").await;
    page.enter(&first).await;
    let there = card(&page, "search-prod").await;
    assert_eq!((here.word, here.counts, here.cells), (there.word, there.counts, there.cells));
    assert!(page.read::<usize>("window.asked").await > 0, "the tab that leads asks");
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_tab_that_leads_is_closed_the_other_takes_over() {
    let world = World::watching(&["search-prod"]).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    let [first, other] = page.go_beside(&world.page).await;
    until_all_answered(&page).await;
    let moments = recorded(&page).await[0].len();
    page.enter(&first).await;
    page.driver.close_window().await.expect("it closes");
    page.enter(&other).await;
    let asked = world.asked();
    world.advance(Span::minutes(4));
    until_card(&page, "search-prod", "card.counts === '3 done, 1 active, 4 waiting'").await;
    assert!(world.asked() > asked, "it asks now");
    until_recorded(&page, moments + 1).await;

    // What both have recorded is one recording.
    page.click(&format!("{} h3 a", selector("search-prod"))).await;
    page.until_text("ol.changes li", " is done").await;
    let [_, runs] = recorded(&page).await;
    assert_eq!(runs.len(), 1, "{runs:?}");
    page.close(Network::Sound).await;
}

/// What the browser does when the window is not seen any more.
const HIDE: &str =
    "Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));";

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_that_is_seen_takes_the_lead_from_one_that_is_not() {
    let world = World::watching(&["search-prod"]).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    page.run::<()>(NOTE_ASKED).await;
    let [first, other] = page.go_beside(&world.page).await;
    page.run::<()>(NOTE_ASKED).await;
    until_all_answered(&page).await;
    page.enter(&first).await;
    page.run::<()>(HIDE).await;
    page.enter(&other).await;
    page.run::<()>("document.dispatchEvent(new Event('visibilitychange'))").await;
    page.until("the window that is seen asks", "window.asked > 0").await;
    page.enter(&first).await;
    let asked: usize = page.read("window.asked").await;
    world.advance(Span::minutes(4));
    until_card(&page, "search-prod", "card.counts === '3 done, 1 active, 4 waiting'").await;
    assert_eq!(page.read::<usize>("window.asked").await, asked, "it follows now");
    let [_, runs] = recorded(&page).await;
    assert_eq!(runs.len(), 1, "{runs:?}");
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_without_a_key_shows_what_another_one_sees() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    fill_cluster(&page, "search-prod").await;
    fill_key(&page, "search-prod").await;
    submit(&page).await;
    page.until_text(".banner .verdict", "Running").await;
    let asked = world.asked();
    let [first, other] = page.go_beside(&world.page).await;
    until_card(&page, "search-prod", "card.word === 'Running' && !card.trouble").await;
    page.go(&format!("{}#/keys", world.page)).await;
    page.until_text("main", Lang::En.say(Errors::NoKey)).await;
    page.click(".crumbs a").await;
    assert!(world.asked() <= asked + 1, "nobody asked for it but the other tab, every ten seconds");

    // Nobody is left who could ask.
    page.enter(&first).await;
    page.driver.close_window().await.expect("it closes");
    page.enter(&other).await;
    page.reload().await;
    page.listen().await;
    until_card(&page, "search-prod", "card.trouble && card.counts === '2 done, 1 active, 5 waiting'").await;

    // Somebody comes who can.
    page.go_beside(&format!("{}{}", world.page, fleet::link("search-prod"))).await;
    fill_key(&page, "search-prod").await;
    submit(&page).await;
    page.until("it is seen", "!document.querySelector('.banner .trouble, #secret')").await;
    page.enter(&other).await;
    until_card(&page, "search-prod", "card.word === 'Running' && !card.trouble").await;
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn recordings_of_a_newer_version_are_left_alone_and_that_is_told() {
    let world = World::watching(&["search-prod"]).await;
    let page = Page::open(&world, "").await;
    until_recorded(&page, 1).await;
    page.run_async::<()>(
        "const done = arguments[0];
         const request = indexedDB.open('rollwatch.demo.recordings', 99);
         request.onsuccess = () => { request.result.close(); done(); };",
    )
    .await;
    let before = recorded(&page).await;
    world.advance(Span::minutes(4));
    until_card(&page, "search-prod", "card.counts === '3 done, 1 active, 4 waiting'").await;
    page.until_text(".notice", Lang::En.say(Recordings::Newer)).await;
    page.reload().await;
    page.until_text(".notice", Lang::En.say(Recordings::Newer)).await;
    until_card(&page, "search-prod", "card.word === 'Running'").await;
    assert_eq!(recorded(&page).await, before);
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_once_and_the_page_goes_on() {
    let world = World::watching(&["search-prod"]).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    until_recorded(&page, 1).await;
    page.run::<()>(
        "window.put = IDBObjectStore.prototype.put;
         IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };",
    )
    .await;
    world.advance(Span::minutes(4));
    until_card(&page, "search-prod", "card.counts === '3 done, 1 active, 4 waiting'").await;
    page.until_text(".notice", Lang::En.say(Recordings::Full)).await;
    page.click_words(Lang::En.say(Shell::Dismiss)).await;
    world.advance(Span::minutes(4));
    until_card(&page, "search-prod", "card.counts !== '3 done, 1 active, 4 waiting'").await;
    let told = format!("document.body.textContent.includes({})", json!(Lang::En.say(Recordings::Full)));
    assert!(!page.read::<bool>(&told).await, "it is told once");

    // There is room again: nothing that was seen meanwhile is lost.
    page.run::<()>("IDBObjectStore.prototype.put = window.put").await;
    let counts = card(&page, "search-prod").await.counts;
    world.advance(Span::minutes(4));
    until_card(&page, "search-prod", &format!("card.counts !== {}", json!(counts))).await;
    until_recorded(&page, 4).await;
    assert!(!page.read::<bool>(&told).await, "that it works is no news");
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn recordings_are_deleted_on_request_and_nothing_of_them_is_left() {
    let world = World::watching(&["search-prod", "css-orders"]).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    world.advance(Span::minutes(4));
    until_card(&page, "search-prod", "card.counts === '3 done, 1 active, 4 waiting'").await;
    until_recorded(&page, 3).await;
    // The page stops asking about clusters that are gone, so nothing new is recorded.
    for name in ["search-prod", "css-orders"] {
        world.clouds.set_fault(fleet::cluster(name).id, Some(Fault::NotFound));
        until_card(&page, name, "card.word === 'Cannot see'").await;
    }
    page.click_words(Lang::En.say(Shell::About)).await;
    page.until_text(".recordings .held", "2 runs, 2 clusters, ").await;

    page.click_words(Lang::En.say(Recordings::Delete)).await;
    page.until_text(".recordings", Lang::En.say(Recordings::DeleteSure)).await;
    page.click_words(Lang::En.say(Recordings::DeleteNo)).await;
    page.until_text(".recordings .held", "2 runs, 2 clusters, ").await;
    page.click_words(Lang::En.say(Recordings::Delete)).await;
    page.click_words(Lang::En.say(Recordings::DeleteYes)).await;
    page.until_text(".recordings", Lang::En.say(Recordings::Deleted)).await;
    assert_eq!(recorded(&page).await[1], [""; 0], "no run is left");
    page.go(&format!("{}{}", world.page, fleet::link("search-prod"))).await;
    page.until_text(".banner", "3 done, 1 active, 4 waiting").await;
    assert_eq!(changes(&page).await, [""; 0], "the history is gone, the latest answer is not");
    page.close(Network::Fails).await;
}
