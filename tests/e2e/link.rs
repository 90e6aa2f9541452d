//! Handing a cluster on: a link opens the same page with the opener's own key, and no key is ever kept.

use rollwatch_sim::ACCOUNTS;
use thirtyfour::Key;

use crate::support::{Network, Page, World, fill_cluster, fill_key, fleet, left_behind, selector, submit};

/// Adds a cluster as a person does who opens the page for the first time.
async fn add(page: &Page, name: &str) {
    fill_cluster(page, name).await;
    fill_key(page, name).await;
    submit(page).await;
    page.find(".banner").await;
}

async fn assert_keeps_no_key(page: &Page) {
    let left = left_behind(page).await;
    for account in &ACCOUNTS {
        assert!(!left.contains(account.secret), "the secret of {} is left behind", account.name);
        assert!(!left.contains(account.access_key_id), "the key id of {} is left behind", account.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_link_asks_a_colleague_for_a_key_and_then_shows_the_same_cluster() {
    let world = World::empty().await;
    let mine = Page::open(&world, "#/add").await;
    add(&mine, "search-prod").await;
    mine.click_words("Copy link").await;
    mine.until_text(".actions [role=status]", "Copied").await;
    // What was copied is read as a person would: by pasting it.
    mine.press(Key::Escape.value().to_string()).await;
    mine.click("#search").await;
    let paste = mine.driver.action_chain().key_down(Key::Control).send_keys("v").key_up(Key::Control);
    paste.perform().await.expect("keys are pressed");
    mine.until("the link is pasted", "document.querySelector('#search').value").await;
    let link: String = mine.read("document.querySelector('#search').value").await;
    assert_eq!(link, format!("{}{}", world.page, fleet::link("search-prod")));
    assert_keeps_no_key(&mine).await;
    mine.close(Network::Sound).await;

    let asked = world.asked();
    let theirs = Page::open(&world, &fleet::link("search-prod")).await;
    theirs.until_text("section p", "This link needs read access to NAVER Cloud, KR.").await;
    theirs.find("#secret").await;
    assert_eq!(theirs.count("#cluster, #region, #service").await, 0, "nothing but the key is asked for");
    assert_eq!(theirs.driver.current_url().await.expect("an address").as_str(), link);
    assert_eq!(world.asked(), asked, "a link makes no call before a key is entered");

    fill_key(&theirs, "search-prod").await;
    submit(&theirs).await;
    theirs.until_text(".banner h2", "search-prod").await;
    theirs.until_text(".banner", "going for 9 min").await;
    assert_keeps_no_key(&theirs).await;
    // The cluster's id shows that the search finds what is there: the watch list is kept.
    let account = ACCOUNTS[0];
    let kept =
        theirs.close_and_search(Network::Sound, &[account.secret, account.access_key_id, "\"1001\""]).await;
    assert_eq!(kept, ["\"1001\""], "the browser has written a key to its profile");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_reload_the_watch_list_is_there_and_asks_for_its_key() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    add(&page, "css-orders").await;
    add_second(&page).await;
    page.driver.goto(&world.page).await.expect("the board opens");
    page.reload().await;
    let asked = world.asked();
    page.until("both are there", "document.querySelectorAll('.card').length === 2").await;
    page.until_text(".card .trouble", "No key for this account is in memory.").await;
    page.until_text(".card .freshness", "needs a key").await;
    assert_eq!(world.asked(), asked, "nothing is asked without a key");
    assert_keeps_no_key(&page).await;

    page.click(&format!("{} h3 a", selector("css-orders"))).await;
    page.find("#secret").await;
    fill_key(&page, "css-orders").await;
    submit(&page).await;
    page.until_text(".banner .verdict", "Running").await;
    page.close(Network::Sound).await;
}

/// A second cluster of the same account is added with the key that is in memory.
async fn add_second(page: &Page) {
    page.click(".masthead .primary").await;
    page.choose("#provider", "huawei").await;
    page.until_text("#held", "Use the key “demo-huawei” that is in memory").await;
    fill_cluster(page, "css-risk").await;
    assert_eq!(page.count("#secret").await, 0, "the key is not asked for again");
    submit(page).await;
    page.until_text(".banner .verdict", "Failed").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_key_leaves_its_clusters_and_asks_again() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    add(&page, "search-prod").await;
    page.click_words("Keys in memory").await;
    page.until_text(".held-keys h3", "demo-ncp").await;
    page.click_words("Forget").await;
    page.until_text("main", "No key for this account is in memory.").await;
    page.driver.back().await.expect("the cluster's page");
    page.find("#secret").await;
    page.close(Network::Sound).await;
}
