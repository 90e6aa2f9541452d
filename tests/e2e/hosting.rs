//! The built page on a plain host of files, below a folder, with its proxy on another origin.

use crate::support::{
    Fleet, Host, Network, Page, Proxy, Setup, World, cards, fill_cluster, fill_key, fleet, submit,
    until_all_answered,
};

#[tokio::test(flavor = "multi_thread")]
async fn the_board_works_from_any_folder_of_any_host() {
    let names = &["search-prod", "events-prod", "css-orders", "css-hk-search", "holo-orders"];
    let setup = Setup { fleet: Fleet::Of(names), host: Host::Files, ..Setup::default() };
    let world = World::start(setup).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    assert!(cards(&page).await.iter().all(|card| card.word == "Running"));
    assert!(world.proxied("OPTIONS", 204) >= 3, "the browser asked the proxy before it sent signed requests");
    assert!(world.proxied("GET", 200) + world.proxied("POST", 200) >= names.len());
    let base: String = page.read("document.baseURI").await;
    assert!(base.ends_with("/tools/rollwatch/"), "{base}");

    page.click(".card h3 a").await;
    page.find(".banner").await;
    page.reload().await;
    page.find(".banner").await;
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_a_page_below_a_folder_opens_there() {
    let setup = Setup { fleet: Fleet::Empty, speed: 1.0, host: Host::Files, ..Setup::default() };
    let world = World::start(setup).await;
    let page = Page::open(&world, "#/add").await;
    fill_cluster(&page, "css-orders").await;
    fill_key(&page, "css-orders").await;
    submit(&page).await;
    page.until_text(".banner .verdict", "Running").await;
    let address = page.driver.current_url().await.expect("an address").to_string();
    assert_eq!(address, format!("{}{}", world.page, fleet::link("css-orders")));
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_was_not_told_of_the_pages_origin_is_named_on_every_card() {
    let setup = Setup {
        fleet: Fleet::Of(&["search-prod", "css-orders"]),
        host: Host::Files,
        proxy: Proxy::NotForThisOrigin,
        ..Setup::default()
    };
    let world = World::start(setup).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    for card in cards(&page).await {
        assert_eq!(card.word, "Cannot see");
        assert!(card.trouble.starts_with("The proxy refused to forward this request."), "{}", card.trouble);
        assert!(card.trouble.contains("Ask whoever runs the proxy to allow this page"), "{}", card.trouble);
    }
    assert_eq!(world.asked(), 0, "nothing went to the vendors");
    page.close(Network::Fails).await;
}
