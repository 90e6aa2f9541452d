//! Nothing is signed before somebody has seen what leaves, and has clicked what names the account: not for a link, not
//! for a list from elsewhere, and not once more when the proxy or a host is another one.

use rollwatch_core::model::Span;
use rollwatch_core::view::words::{Doctor, Lang, Leaves};
use rollwatch_sim::{Pass, TEMPORARY};
use serde_json::json;

use crate::access;
use crate::support::{
    Fleet, Folder, Host, Network, Page, Setup, World, fill_cluster, fill_key, fill_pass, fleet, selector,
    submit, texts,
};
use crate::vault::{PASSPHRASE, remember, unlock, until_seen};

fn say(word: Leaves) -> &'static str {
    Lang::En.say(word)
}

/// How many requests the clouds have heard whose path or host has this in it.
fn heard(world: &World, part: &str) -> usize {
    world.clouds.requests().iter().filter(|r| r.path.contains(part) || r.host.contains(part)).count()
}

/// Adds a cluster with its long-lived key.
async fn add(page: &Page, name: &str) -> &'static str {
    fill_cluster(page, name).await;
    let account = fill_key(page, name).await;
    submit(page).await;
    until_seen(page, name).await;
    account.name
}

async fn ask_now(world: &World, page: &Page, part: &str) {
    let before = heard(world, part);
    page.click_words("Ask now").await;
    while heard(world, part) == before {
        page.find(".banner").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_in_a_tab_with_a_key_asks_nothing_before_a_click_that_names_the_account() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    let account = add(&page, "search-prod").await;
    page.run::<()>(&format!("location.hash = {}", json!(fleet::link("catalog-sgn")))).await;
    page.until_text("section p", "This link needs read access to").await;
    let button = format!("Use the key “{account}”");
    page.until_text("form button.primary", &button).await;
    let told = texts(&page, ".leaves li span:first-child").await;
    assert!(
        told.iter().any(|call| call.contains("/api/sgn-v2/cluster/getRollingUpgradeProgress at ")),
        "{told:?}"
    );
    // Meanwhile the other cluster is asked about.
    page.run::<()>("history.back()").await;
    page.find(".banner").await;
    ask_now(&world, &page, "/api/v2/").await;
    assert_eq!(heard(&world, "sgn-v2"), 0, "a link signs nothing by itself");
    page.run::<()>(&format!("location.hash = {}", json!(fleet::link("catalog-sgn")))).await;
    page.click_words(&button).await;
    until_seen(&page, "catalog-sgn").await;
    assert!(heard(&world, "sgn-v2") > 0);
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_never_names_the_proxy() {
    let world = World::empty().await;
    let elsewhere = "http%3A%2F%2F127.0.0.1%3A9%2Fproxy";
    let page = Page::open(&world, &format!("?proxy={elsewhere}#/add?proxy={elsewhere}")).await;
    page.until_text(".leaves p", &format!("through the proxy {}", world.proxy_address)).await;
    let link = format!("{}?proxy={elsewhere}", fleet::link("search-prod"));
    page.run::<()>(&format!("location.hash = {}", json!(link))).await;
    page.until("the link is read", "!location.hash.includes('/add')").await;
    let shown: String = page.read("document.body.innerText").await;
    assert!(!shown.contains("127.0.0.1:9/proxy"), "{shown}");
    assert_eq!(world.asked(), 0);
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_proxy_than_the_one_agreed_to_is_asked_for_before_the_first_signed_call() {
    let setup = Setup { fleet: Fleet::Empty, speed: 1.0, host: Host::Files, ..Setup::default() };
    let world = World::start(setup).await;
    let mut page = Page::open(&world, "#/add").await;
    remember(&world, &page, "search-prod").await;
    page.go(&format!("{}{}", world.page, fleet::link("search-prod"))).await;
    // Another proxy, as good as the first, in the configuration of the host.
    let other = world.another_proxy().await;
    world.configure(&json!({ "title": "Rollwatch", "proxy": format!("{other}/proxy") }));
    page.origins.push(other.clone());
    page.reload().await;
    page.until_text(".banner .trouble", "vault").await;
    let asked = world.asked();
    unlock(&page, PASSPHRASE).await;
    page.until_text(".banner .trouble", "was not agreed to yet").await;
    page.until_text(".banner .trust", say(Leaves::NotAgreedShort)).await;
    page.click_words("Ask now").await;
    page.until_text(".agreement .leaves li", "getRollingUpgradeProgress at vpcsearchengine").await;
    page.until_text(".agreement .leaves p", &format!("through the proxy {other}/proxy")).await;
    assert_eq!(world.asked(), asked, "nothing is signed for a proxy that was not agreed to");
    access::check(&page, "what is to be agreed to").await;

    page.click(".doctor > p > button").await;
    page.until_text(".doctor .outcome", "Nothing was signed").await;
    assert_eq!(texts(&page, ".hops .verdict span").await[4], Lang::En.say(Doctor::Bad));
    assert_eq!(world.asked(), asked + 1, "the doctor has asked without a key");

    page.click_words(&Lang::En.fill(Leaves::Agree, &["demo-ncp"])).await;
    until_seen(&page, "search-prod").await;
    page.reload().await;
    unlock(&page, PASSPHRASE).await;
    until_seen(&page, "search-prod").await;

    // The agreement is with one proxy: the first one may be another's by now.
    world.configure(&json!({ "title": "Rollwatch", "proxy": world.proxy_address }));
    page.reload().await;
    let asked = world.asked();
    unlock(&page, PASSPHRASE).await;
    page.until_text(".banner .trust", say(Leaves::NotAgreedShort)).await;
    page.click_words("Ask now").await;
    page.until_text(".banner .trouble", "was not agreed to yet").await;
    assert_eq!(world.asked(), asked);
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_from_elsewhere_leads_an_account_to_no_new_host_by_itself() {
    let world = World::empty().await;
    let folder = Folder::new("elsewhere");
    let page = Page::open(&world, "#/add").await;
    let account = add(&page, "search-prod").await;
    let events = fleet::cluster("events-prod");
    let list = json!({ "version": 1, "watches": [{
        "service": events.service.id(), "operation": events.operation.id(), "site": events.site.id(),
        "region": events.region, "project": "", "cluster": events.id, "account": account,
    }] });
    let path = folder.path().join("list.json");
    std::fs::write(&path, list.to_string()).expect("the folder can be written");
    page.click_words("Keys in memory").await;
    let field = page.find("#import").await;
    field.send_keys(path.to_str().expect("a path")).await.expect("a field that takes files");
    page.click_words("Add 1").await;
    page.click_words("To the board").await;
    page.until_text(".card .trouble", "was not agreed to yet").await;
    assert_eq!(heard(&world, "clouddatastreaming"), 0);
    page.click(&format!("{} h3 a", selector("events-prod"))).await;
    page.until_text(".agreement .leaves li", "clouddatastreamingservice").await;
    page.click_words(&Lang::En.fill(Leaves::Agree, &[account])).await;
    page.until("it is seen", "!document.querySelector('.banner.tone-asking, .banner .trouble')").await;
    assert!(heard(&world, "clouddatastreaming") > 0);
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_tells_what_leaves_and_what_the_key_has_to_be_allowed() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    for (provider, leaves, policy) in [
        ("ncp", "x-ncp-apigw-signature-v2", "Sub Account"),
        ("huawei", "x-security-token", "css:cluster:listUpgradeCluster"),
        ("alibaba", "x-acs-security-token", "hologram:ListInstances"),
    ] {
        page.choose("#provider", provider).await;
        page.until_text(".leaves p", leaves).await;
        page.until_text(".leaves details", policy).await;
        let kind: String = page.read("document.querySelector('#key-kind').value").await;
        assert_eq!(kind, "temporary", "the form leads with temporary keys");
    }
    page.click(".leaves summary").await;
    page.until_text(".leaves .hint", "hologram:GetUpgradeStatus").await;
    page.click_words(say(Leaves::CopyPolicy)).await;
    page.until_text(".leaves [role=status]", Lang::En.say(Doctor::Copied)).await;
    access::check(&page, "the form with its policy").await;
    page.resize(390, 844).await;
    let width: u32 = page.read("document.documentElement.scrollWidth").await;
    assert!(width <= 390, "{width} px wide");
    assert_eq!(world.asked(), 0);
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_ends_soon_counts_down_and_is_replaced_in_place() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    let Pass::Key { access_key_id, secret, .. } = TEMPORARY[0].pass else { panic!("NAVER's is a key") };
    let until = |seconds| world.clouds.clock().now().plus(Span::seconds(seconds)).iso();
    fill_cluster(&page, "search-prod").await;
    fill_pass(&page, "naver-sts", TEMPORARY[0].pass).await;
    page.fill("#valid-until", &until(9 * 60 + 25)).await;
    submit(&page).await;
    page.until_text(".banner .badge", "key ends in 9 min").await;
    page.until_text(".notice", "The key of account “naver-sts” ends at").await;
    page.until_text(".notice", ", in 9 min.").await;
    page.until_text(".notice", ", in 8 min.").await;
    page.click_words("Keys in memory").await;
    page.until_text(".held-keys .ending", ", in 8 min.").await;
    page.click_words(say(Leaves::Fresh)).await;
    page.find(".banner").await;
    let account: String = page.text("#account").await;
    assert_eq!(account, "", "it is a field");
    let typed: String = page.read("document.querySelector('#account').value").await;
    assert_eq!(typed, "naver-sts", "the account stays");
    page.fill("#access-key", access_key_id).await;
    page.fill("#secret", secret).await;
    page.fill("#valid-until", &until(300 * 60)).await;
    submit(&page).await;
    page.until("nothing is asked for any more", "!document.querySelector('.banner .badge, #secret')").await;
    assert_eq!(page.count(".banner .trouble").await, 0);
    page.click_words("Keys in memory").await;
    page.until_text(".held-keys", "valid for 4 h 5").await;
    page.close(Network::Sound).await;
}
