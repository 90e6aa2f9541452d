//! What further calls make clearer on a cluster's page, and what remains when they are denied.

use rollwatch_core::view::words::{Findings, Lang};
use rollwatch_sim::Fault;

use crate::support::{
    Fleet, Network, Page, Setup, World, fill_cluster, fill_key, fleet, selector, submit, table, texts,
    until_card,
};

async fn open(world: &World, page: &Page, name: &str) {
    page.go(&format!("{}{}", world.page, fleet::link(name))).await;
    page.until("its answer is there", "document.querySelector('details pre.raw')").await;
}

/// From which version and to which.
async fn versions(page: &Page) -> Vec<String> {
    texts(page, "dl.pairs:first-of-type dd").await
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_have_the_names_of_the_vendors_lists() {
    let world = World::still(&["search-prod", "css-orders"]).await;
    let page = Page::open(&world, "").await;
    for (name, from, to) in [
        ("search-prod", "OpenSearch 2.14.0", "OpenSearch 2.15.0"),
        // The answer about the upgrade tells only where it goes to.
        ("css-orders", "7.10.2_24.3.2_0422", "7.10.2_25.9.0_0918"),
    ] {
        until_card(&page, name, &format!("card.versions === '{from} → {to}'")).await;
        open(&world, &page, name).await;
        page.until_text("dl.pairs dd", from).await;
        assert_eq!(versions(&page).await[..2], [from, to]);
        page.click(".crumbs a").await;
    }
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_zone_is_measured_and_one_that_a_person_chooses_is_kept() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    fill_cluster(&page, "reviews-kr").await;
    fill_key(&page, "reviews-kr").await;
    submit(&page).await;
    page.until_text(".findings li", &Lang::En.fill(Findings::MeasuredZone, &["UTC"])).await;
    page.until_text(".banner", "going for 10 min").await;

    page.choose("#account-zone", "540").await;
    let chosen = Lang::En.fill(Findings::ChosenZone, &["UTC+09:00"]);
    page.until_text(".findings li", &chosen).await;
    // Written in universal time and taken for Korean time, its beginning is nine hours earlier.
    page.until_text(".banner", "going for 9 h 1").await;

    page.reload().await;
    fill_key(&page, "reviews-kr").await;
    submit(&page).await;
    page.until_text(".findings li", &chosen).await;
    page.until("the choice is shown", "document.querySelector('#account-zone').value === '540'").await;
    page.choose("#account-zone", "").await;
    page.until_text(".findings li", &Lang::En.fill(Findings::MeasuredZone, &["UTC"])).await;
    page.until_text(".banner", "going for 1").await;
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_ten_earlier_tasks_are_all_on_the_page() {
    let world = World::still(&["css-shop-history"]).await;
    let page = Page::open(&world, "").await;
    open(&world, &page, "css-shop-history").await;
    let listed = "[...document.querySelectorAll('table.runs > tbody > tr:first-child')]
        .filter((r) => r.textContent.includes('listed by the vendor')).length";
    page.until("all earlier tasks are listed", &format!("{listed} === 25")).await;
    let rows = table(&page, "Runs").await;
    let listed = rows.iter().filter(|row| row.iter().any(|cell| cell == "listed by the vendor"));
    // Of a run that it lists, this vendor tells no nodes, and only a recorded one can be compared with.
    let told = |row: &Vec<String>| row[4] == "done" && row[..3].iter().all(|cell| !cell.is_empty());
    assert_eq!(listed.filter(|row| told(row)).count(), 25, "{rows:#?}");
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_may_ask_for_progress_only_leaves_the_cards_whole() {
    let world = World::still(&["search-prod", "css-orders", "streams-kafka", "holo-orders"]).await;
    let names = [
        // A version code is decoded, and the version before the upgrade is not known.
        ("search-prod", "2.14.0 → 2.15.0"),
        ("css-orders", "? → 7.10.2"),
        ("streams-kafka", "versions not reported"),
        ("holo-orders", "r2.2.47 → r3.0.12"),
    ];
    for (name, _) in names {
        world.clouds.set_fault(fleet::cluster(name).id, Some(Fault::PermissionLists));
    }
    let page = Page::open(&world, "").await;
    for (name, versions) in names {
        let card = until_card(&page, name, "card.word === 'Running'").await;
        assert_eq!((card.trouble.as_str(), card.last.as_str()), ("", ""), "{card:#?}");
        assert!(!card.counts.is_empty() && !card.cells.is_empty() && !card.place.is_empty(), "{card:#?}");
        assert_eq!(card.versions, versions, "{name}");
    }
    page.click(&format!("{} h3 a", selector("search-prod"))).await;
    page.until_text(".findings li", &Lang::En.fill(Findings::AssumedZone, &["UTC+09:00"])).await;
    let denied = world.clouds.requests().iter().filter(|request| request.status != 200).count();
    assert!(denied >= 3, "supplements were asked for and denied");
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn how_far_the_vendors_clock_is_off_is_said_where_it_matters() {
    let fleet = Fleet::Of(&["search-prod", "css-orders", "holo-orders"]);
    let world = World::start(Setup { fleet, speed: 1.0, page_speed: 1.0, ..Setup::default() }).await;
    for name in ["search-prod", "css-orders"] {
        world.clouds.set_fault(fleet::cluster(name).id, Some(Fault::StaleClock));
    }
    let page = Page::open(&world, "").await;
    // An hour, measured against a header of whole seconds.
    let off = "/^The vendor's clock is (59 min|1 h 0 min) ahead of this device's; requests are signed in its time.$/
        .test(document.querySelector('.cluster > .notice')?.textContent)";
    for name in ["search-prod", "css-orders"] {
        until_card(&page, name, "card.trouble === '' && card.counts !== ''").await;
        open(&world, &page, name).await;
        page.until("the difference is said", off).await;
        page.click(".crumbs a").await;
    }
    until_card(&page, "holo-orders", "card.word === 'Running'").await;
    open(&world, &page, "holo-orders").await;
    assert_eq!(page.count(".cluster > .notice").await, 0, "a clock that agrees is not worth a word");
    page.close(Network::Fails).await;
}
