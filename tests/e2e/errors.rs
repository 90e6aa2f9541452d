//! What a person sees when something is wrong: what it is, what to do, and nothing that was typed is lost.

use std::time::Duration;

use rollwatch_core::view::words::{Errors, Lang, Shell};
use rollwatch_proxy::Limits;
use rollwatch_sim::Fault;
use serde_json::json;

use crate::support::{
    Fleet, Host, Network, Page, Proxy, Setup, World, fill_cluster, fill_key, fleet, problem, submit,
    until_all_answered, until_card,
};

/// A first visit to the form, with the right key for a cluster in it.
async fn filled(world: &World, name: &str) -> Page {
    let page = Page::open(world, "#/add").await;
    fill_cluster(&page, name).await;
    fill_key(&page, name).await;
    page
}

/// Sends the form and expects these two sentences; everything that was typed has to be there still.
async fn refused(page: &Page, what: Errors, todo: Errors) -> String {
    let fields = "[...document.querySelectorAll('form input, form select')].map((e) => [e.id, e.value])";
    let typed: Vec<(String, String)> = page.read(fields).await;
    submit(page).await;
    let said = problem(page).await;
    let expected = format!("{}{}", Lang::En.say(what), Lang::En.say(todo));
    assert!(said.starts_with(&expected), "{said:?} is not {expected:?}");
    assert_eq!(page.read::<Vec<(String, String)>>(fields).await, typed, "what was typed stays");
    let secret = typed.iter().find(|(id, _)| id == "secret").expect("there is a secret");
    assert!(!said.contains(&secret.1), "no secret is ever shown");
    assert_eq!(page.read::<String>("location.hash").await, "#/add");
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_is_named_with_the_vendors_own_words() {
    let world = World::empty().await;
    let page = filled(&world, "search-prod").await;
    page.fill("#secret", "mistyped-and-not-a-real-secret").await;
    let said = refused(&page, Errors::Signature, Errors::SignatureDo).await;
    assert!(said.contains("HTTP 401, code 200: Authentication Failed"), "{said}");
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_is_told_from_an_unknown_key_and_both_can_be_corrected() {
    let world = World::empty().await;
    let page = filled(&world, "holo-orders").await;
    page.fill("#secret", "mistyped-and-not-a-real-secret").await;
    refused(&page, Errors::Signature, Errors::SignatureDo).await;
    page.fill("#access-key", "NO-SUCH-KEY").await;
    submit(&page).await;
    page.until_text("form .problem", Lang::En.say(Errors::KeyUnknown)).await;
    fill_key(&page, "holo-orders").await;
    submit(&page).await;
    page.until_text(".banner h2", "holo-orders").await;
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_that_does_not_exist_is_not_added() {
    let world = World::empty().await;
    let page = filled(&world, "search-prod").await;
    page.fill("#cluster", "9999").await;
    refused(&page, Errors::NotFound, Errors::NotFoundDo).await;
    page.press("\u{e00c}").await;
    page.press("\u{e00c}").await;
    page.until_text(".empty", "Nothing is watched yet.").await;
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_that_throttles_says_so() {
    let world = World::empty().await;
    let page = filled(&world, "holo-tokyo-limited").await;
    refused(&page, Errors::Throttled, Errors::ThrottledDo).await;
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateways_error_page_is_not_taken_for_an_answer() {
    let world = World::empty().await;
    let page = filled(&world, "css-kul-unreachable").await;
    let said = refused(&page, Errors::VendorDown, Errors::VendorDownDo).await;
    assert!(said.contains("HTTP 502") && !said.contains("<html"), "{said}");
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_that_hangs_up_is_told_from_a_proxy_that_is_not_there() {
    let world = World::empty().await;
    world.clouds.set_fault(fleet::cluster("search-prod").id, Some(Fault::Reset));
    let page = filled(&world, "search-prod").await;
    refused(&page, Errors::VendorUnreachable, Errors::VendorUnreachableDo).await;
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_breaks_off_is_told_as_that_and_asked_for_again() {
    let limits = Limits { answer_for: Duration::from_millis(500), ..Limits::default() };
    let names = &["css-orders"];
    let fleet = Fleet::Of(names);
    let world =
        World::start(Setup { fleet, speed: 10.0, page_speed: 10.0, limits, ..Setup::default() }).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    let id = fleet::cluster("css-orders").id;
    world.clouds.set_fault(id, Some(Fault::Stall));
    let blind = until_card(&page, "css-orders", "card.class.includes('stale')").await;
    assert!(blind.trouble.starts_with(Lang::En.say(Errors::BrokenOff)), "{}", blind.trouble);
    assert!(blind.trouble.contains(Lang::En.say(Errors::BrokenOffDo)), "{}", blind.trouble);
    assert!(blind.trouble.contains("HTTP 200"), "how it began: {}", blind.trouble);
    world.clouds.set_fault(id, None);
    until_card(&page, "css-orders", "card.word === 'Running' && !card.class.includes('stale')").await;
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_of_the_configuration_that_nobody_knows_is_told_and_changes_nothing() {
    let setup = Setup { fleet: Fleet::Empty, speed: 1.0, host: Host::Files, ..Setup::default() };
    let world = World::start(setup).await;
    let proxy = &world.proxy_address;
    world.configure(&json!({ "proxy": proxy, "porxy": "https://elsewhere.example/proxy", "x": { "y": [] } }));
    let page = Page::open(&world, "#/add").await;
    for lang in Lang::ALL {
        page.choose("#lang", lang.tag()).await;
        page.reload().await;
        let told = lang.fill(Shell::ConfigUnknown, &["porxy, x", "title, proxy, demo, regions"]);
        page.until_text(".notice, header", &told).await;
    }
    page.until_text(".leaves p", proxy).await;
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_is_not_there_is_named() {
    let setup = Setup { fleet: Fleet::Empty, speed: 1.0, proxy: Proxy::Absent, ..Setup::default() };
    let world = World::start(setup).await;
    let page = filled(&world, "search-prod").await;
    refused(&page, Errors::ProxyUnreachable, Errors::ProxyUnreachableDo).await;
    assert_eq!(world.asked(), 0);
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_does_not_serve_this_page_is_named() {
    let setup = Setup {
        fleet: Fleet::Empty,
        speed: 1.0,
        host: Host::Files,
        proxy: Proxy::NotForThisOrigin,
        ..Setup::default()
    };
    let world = World::start(setup).await;
    let page = filled(&world, "search-prod").await;
    let said = refused(&page, Errors::ProxyRefused, Errors::ProxyRefusedDo).await;
    assert!(said.contains("origin-not-allowed"), "the proxy's own words are shown: {said}");
    assert_eq!(world.asked(), 0, "nothing went to the vendor");
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_or_cannot_be_an_id_is_said_before_anything_is_sent() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    submit(&page).await;
    page.until_text("form .problem", "Fill in: Cluster id").await;
    page.fill("#cluster", "10 01").await;
    submit(&page).await;
    page.until_text("form .problem", "Cluster id may hold only letters, digits").await;
    page.fill("#cluster", "1001").await;
    submit(&page).await;
    page.until_text("form .problem", "Fill in: Account name, Access key id, Secret key").await;
    assert_eq!(world.asked(), 0);
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_an_hour_off_heals_by_itself() {
    let world = World::empty().await;
    let id = fleet::cluster("search-prod").id;
    world.clouds.set_fault(id, Some(Fault::StaleClock));
    let page = filled(&world, "search-prod").await;
    submit(&page).await;
    page.until_text(".banner h2", "search-prod").await;
    page.until_text(".banner", "2 done, 1 active, 5 waiting").await;
    let answers: Vec<u16> = world.clouds.requests().iter().map(|request| request.status).collect();
    assert_eq!(answers[..2], [401, 200], "the first answer told the vendor's time, and the second was right");
    assert!(answers[2..].iter().all(|status| *status == 200), "{answers:?}");
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watched_cluster_survives_a_vendor_whose_clock_jumps() {
    let world = World::watching(&["search-prod", "css-orders", "holo-orders"]).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    for name in ["search-prod", "css-orders", "holo-orders"] {
        let id = fleet::cluster(name).id;
        world.clouds.set_fault(id, Some(Fault::StaleClock));
        let statuses = || -> Vec<u16> {
            let path =
                |path: &str| name == "search-prod" && path.contains("getRollingUpgrade") || path.contains(id);
            world.clouds.requests().iter().filter(|r| path(&r.path)).map(|r| r.status).collect()
        };
        let before = statuses().len();
        let healed = || statuses()[before..].windows(2).any(|pair| pair[0] != 200 && pair[1] == 200);
        while !healed() {
            until_card(&page, name, "card.word !== 'Cannot see'").await;
        }
    }
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_that_stops_answering_keeps_what_was_last_seen_and_comes_back() {
    let world = World::watching(&["css-orders", "search-prod"]).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    let before = until_card(&page, "css-orders", "card.word === 'Running'").await;
    let id = fleet::cluster("css-orders").id;

    world.clouds.set_fault(id, Some(Fault::Html502));
    let blind = until_card(&page, "css-orders", "card.class.includes('stale')").await;
    assert_eq!((blind.word.as_str(), blind.last.as_str()), ("Cannot see", "last seen: Running"));
    assert!(blind.trouble.starts_with(Lang::En.say(Errors::VendorDown)), "{}", blind.trouble);
    assert_eq!(blind.cells.len(), before.cells.len(), "the nodes stay in sight");
    assert!(!blind.place.is_empty() && !blind.counts.is_empty(), "{blind:#?}");
    let hatched = format!(
        "getComputedStyle(document.querySelector({}), '::after').backgroundImage.includes('gradient')",
        json!(crate::support::selector("css-orders"))
    );
    assert!(page.read::<bool>(&hatched).await, "a stale card is hatched");
    assert!(!until_card(&page, "search-prod", "card.word === 'Running'").await.class.contains("stale"));
    assert_eq!(page.driver.title().await.expect("a title"), "1 need attention · Rollwatch");

    world.clouds.set_fault(id, None);
    let back = until_card(&page, "css-orders", "!card.class.includes('stale')").await;
    assert_eq!((back.word.as_str(), back.last.as_str(), back.trouble.as_str()), ("Running", "", ""));
    page.until("the title is calm again", "document.title === 'Rollwatch'").await;
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_refused_stops_all_its_clusters_until_a_new_one_is_entered() {
    let world = World::watching(&["search-prod", "catalog-sgn", "css-orders"]).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    let id = fleet::cluster("search-prod").id;
    world.clouds.set_fault(id, Some(Fault::WrongSecret));
    let stopped = "card.freshness.includes('asking stopped until you act')";
    let first = until_card(&page, "search-prod", stopped).await;
    assert!(first.trouble.starts_with(Lang::En.say(Errors::Signature)), "{}", first.trouble);
    until_card(&page, "catalog-sgn", stopped).await;
    until_card(&page, "css-orders", "card.word === 'Running'").await;

    world.clouds.set_fault(id, None);
    page.go(&format!("{}{}", world.page, fleet::link("search-prod"))).await;
    page.choose("#held", "").await;
    fill_key(&page, "search-prod").await;
    submit(&page).await;
    page.until_text(".banner .verdict", "Running").await;
    page.close(Network::Fails).await;
}
