//! Finding a cluster among many: filters, search and the keyboard.

use rollwatch_sim::CLUSTERS;
use thirtyfour::Key;

use crate::support::{Network, Page, World, cards, fleet, until_all_answered};

async fn names(page: &Page) -> Vec<String> {
    cards(page).await.into_iter().map(|card| card.name).collect()
}

async fn until_shown(page: &Page, count: usize) {
    page.until(
        &format!("{count} cards are shown"),
        &format!("document.querySelectorAll('.card').length === {count}"),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_shows_one_verdict_and_gives_the_rest_back() {
    let world = World::demo().await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    let failed =
        "[...document.querySelectorAll('.filters button')].find((b) => b.textContent.endsWith('Failed'))";
    assert_eq!(page.read::<String>(&format!("{failed}.textContent")).await, "5Failed");
    page.run::<()>(&format!("{failed}.id = 'failed'")).await;
    page.click("#failed").await;
    until_shown(&page, 5).await;
    assert!(cards(&page).await.iter().all(|card| card.word == "Failed"));
    let pressed = "[...document.querySelectorAll('.filters [aria-pressed=true]')].map((b) => b.textContent)";
    assert_eq!(page.read::<Vec<String>>(pressed).await, ["5Failed"]);
    page.click("#failed").await;
    until_shown(&page, CLUSTERS.len()).await;
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_looks_at_names_clouds_regions_and_accounts() {
    let world = World::demo().await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    for (typed, count) in
        [("PAYMENTS", 1), ("hologres", 8), ("telekom", 1), ("demo-ncp-gov", 4), ("migration", 2)]
    {
        page.fill("#search", typed).await;
        until_shown(&page, count).await;
    }
    page.fill("#search", "no such thing").await;
    page.until_text(".empty", "No cluster matches.").await;
    page.click(".empty button").await;
    until_shown(&page, CLUSTERS.len()).await;
    assert_eq!(page.read::<String>("document.querySelector('#search').value").await, "");
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_alone_finds_opens_and_leaves_a_cluster() {
    let world = World::demo().await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    let order = names(&page).await;
    let focused = "document.activeElement.textContent";
    for (key, nth) in [("j", 0), ("j", 1), ("j", 2), ("k", 1)] {
        page.press(key).await;
        assert_eq!(page.read::<String>(focused).await, order[nth], "after {key}");
    }
    page.press("/").await;
    page.until("the search has the focus", "document.activeElement.id === 'search'").await;
    page.press("css-orders").await;
    page.press(Key::Escape.value().to_string()).await;
    page.until("the search is left", "document.activeElement.id !== 'search'").await;
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn enter_opens_the_chosen_cluster_and_escape_goes_back() {
    let world = World::demo().await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    page.press("/").await;
    // Letters that are commands elsewhere are text here.
    page.press("kj").await;
    assert_eq!(page.read::<String>("document.querySelector('#search').value").await, "kj");
    page.fill("#search", "audit").await;
    until_shown(&page, 1).await;
    page.press(Key::Tab.value().to_string()).await;
    page.press(Key::Enter.value().to_string()).await;
    page.until_text(".banner h2", "audit-gov").await;
    assert!(
        page.driver.current_url().await.expect("an address").as_str().ends_with(&fleet::link("audit-gov"))
    );
    page.press(Key::Escape.value().to_string()).await;
    page.until("the board is back", "location.hash === '#/' && document.querySelector('.cards')").await;
    page.close(Network::Fails).await;
}
