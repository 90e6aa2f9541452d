//! Regions that the built-in table lacks, or has at another address: told to the page and to the proxy.

use rollwatch_core::view::words::{Discover, Lang};

use crate::support::{Fleet, Network, Page, Setup, World, fill_cluster, fill_key, fill_place, fleet, submit};

async fn world(regions: &'static str) -> World {
    World::start(Setup { fleet: Fleet::Empty, speed: 1.0, regions: Some(regions), ..Setup::default() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_added_region_is_offered_and_its_calls_go_to_its_hosts() {
    let world = world(
        r#"[{ "service": "huawei_css", "site": "public", "region": "xx-new-1",
              "host": "css.xx-new-1.example.com", "identity_host": "iam.xx-new-1.example.com" },
            { "service": "huawei_css", "site": "public", "region": "cn-north-4",
              "host": "moved.cn-north-4.example.com" }]"#,
    )
    .await;
    let page = Page::open(&world, "#/add").await;
    fill_place(&page, "css-orders").await;
    page.choose("#region", "xx-new-1").await;
    page.until_text(".leaves", "css.xx-new-1.example.com").await;
    fill_key(&page, "css-orders").await;
    page.click("#list-clusters").await;
    page.until_text(".discover [role=status]", Lang::En.say(Discover::FoundNone)).await;
    let hosts =
        || -> Vec<String> { world.clouds.requests().into_iter().map(|request| request.host).collect() };
    assert_eq!(hosts(), ["iam.xx-new-1.example.com", "css.xx-new-1.example.com"]);

    // An entry takes the place of the built-in one.
    fill_cluster(&page, "css-orders").await;
    submit(&page).await;
    page.until_text(".banner h2", "css-orders").await;
    assert!(hosts()[2..].iter().all(|host| host == "moved.cn-north-4.example.com"), "{:?}", hosts());

    // The link works for everybody whose page knows the region.
    page.go(&format!("{}{}", world.page, fleet::link("css-orders"))).await;
    page.find(".banner").await;
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_cannot_be_used_is_named_and_the_others_are_offered() {
    let world = world(
        r#"[{ "service": "huawei_css", "site": "public", "region": "xx-new-1", "host": "10.0.0.1" },
            { "service": "huawei_css", "site": "public", "region": "xx-new-2", "host": "css.xx-new-2.example.com" }]"#,
    )
    .await;
    let page = Page::open(&world, "#/add").await;
    page.until_text(".notice, header", "regions[0].host: write a host name").await;
    page.choose("#provider", "huawei").await;
    page.choose("#region", "xx-new-2").await;
    assert_eq!(page.count("#region option[value=xx-new-1]").await, 0);
    page.close(Network::Sound).await;
}
