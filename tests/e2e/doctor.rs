//! The connection doctor: every wrong set-up has its own hop, its own words and its own fix, and the report of none
//! holds a secret.

use std::time::Duration;

use rollwatch_core::view::words::{Causes, Doctor, Lang};
use rollwatch_proxy::{Budget, Limits};
use rollwatch_sim::{ACCOUNTS, Fault};
use thirtyfour::Key;

use crate::access;
use crate::support::{
    Browser, Fleet, Host, Network, Page, Proxy, Setup, World, fill_cluster, fill_key, fleet, problem,
    selector, submit, texts, until_all_answered,
};

/// What the doctor has said.
pub struct Told {
    pub word: String,
    pub what: String,
    pub todo: String,
    pub report: String,
    /// The words of the hops.
    pub hops: Vec<String>,
}

const EN: Lang = Lang::En;

/// A world where nothing is watched, and the form with a test that failed in it.
pub async fn failed(setup: Setup, name: &str, prepare: impl AsyncFnOnce(&World, &Page)) -> (World, Page) {
    let world = World::start(Setup { fleet: Fleet::Empty, speed: 1.0, ..setup }).await;
    let page = Page::open(&world, "#/add").await;
    fill_cluster(&page, name).await;
    fill_key(&page, name).await;
    prepare(&world, &page).await;
    submit(&page).await;
    problem(&page).await;
    (world, page)
}

/// Clusters of the demo, at clocks that go as the page's does.
async fn steady(names: &'static [&'static str]) -> World {
    World::start(Setup { fleet: Fleet::Of(names), speed: 1.0, page_speed: 1.0, ..Setup::default() }).await
}

/// Presses the doctor's button and reads what it says.
pub async fn examined(page: &Page, within: &str) -> Told {
    page.click(&format!("{within} .doctor > p > button")).await;
    page.until("the doctor has an answer", &format!("document.querySelector('{within} .hops')")).await;
    let outcome = texts(page, &format!("{within} .doctor .outcome p")).await;
    let part = |at: usize| outcome.get(at).cloned().unwrap_or_default();
    Told {
        word: part(0),
        what: part(1),
        todo: part(2),
        report: page.text(&format!("{within} .doctor .report")).await,
        hops: texts(page, &format!("{within} .hops .verdict span")).await,
    }
}

/// Copies the report and pastes it as a person does.
pub async fn copied(page: &Page, within: &str) -> String {
    page.click(&format!("{within} .doctor .actions button")).await;
    page.until_text(&format!("{within} .doctor .actions [role=status]"), EN.say(Doctor::Copied)).await;
    page.run::<()>(
        "const into = document.createElement('textarea');
         into.id = 'pasted';
         document.querySelector('main').append(into);
         into.focus();",
    )
    .await;
    let field = page.find("#pasted").await;
    field.send_keys(Key::Control + "v").await.expect("a field that takes what is pasted");
    page.until("something is pasted", "document.querySelector('#pasted').value").await;
    let pasted: String = page.read("document.querySelector('#pasted').value").await;
    page.run::<()>("document.querySelector('#pasted').remove()").await;
    pasted
}

fn assert_has_no_secret(report: &str) {
    for account in &ACCOUNTS {
        for secret in [account.secret, account.access_key_id, account.name] {
            assert!(!report.contains(secret), "{secret} is in a report:\n{report}");
        }
    }
    for word in ["mistyped", "NO-SUCH-KEY", "Signature=", "signature-v2"] {
        assert!(!report.contains(word), "{word} is in a report:\n{report}");
    }
}

/// Expects that the way ends at a hop for this cause, and nothing is reached behind it.
pub fn assert_ends(told: &Told, hop: Doctor, cause: Causes) {
    let words = EN.say(cause).split(['{', '}']).max_by_key(|part| part.len()).expect("words");
    assert_eq!(told.word, EN.fill(Doctor::EndsAt, &[EN.say(hop)]), "{}", told.report);
    assert!(told.what.contains(words), "{:?} does not say {words:?}", told.what);
    assert!(!told.todo.is_empty());
    assert!(told.report.contains(&told.what) && told.report.contains(&told.todo));
    assert_has_no_secret(&told.report);
    let bad = told.hops.iter().position(|word| word == EN.say(Doctor::Bad)).expect("a hop where it ends");
    assert!(told.hops[bad + 1..].iter().all(|word| word == EN.say(Doctor::NotReached)), "{:?}", told.hops);
}

pub async fn nothing(_: &World, _: &Page) {}

async fn mistyped(_: &World, page: &Page) {
    page.fill("#secret", "mistyped-and-not-a-real-secret").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn six_wrong_set_ups_are_told_apart_by_hop_evidence_and_fix() {
    let mut all = Vec::new();
    let regions = r#"[{ "service": "huawei_css", "site": "public", "region": "xx-new-1",
                        "host": "css.xx-new-1.example.com" }]"#;

    let off = Setup { proxy: Proxy::Absent, ..Setup::default() };
    let (world, page) = failed(off, "search-prod", nothing).await;
    let told = examined(&page, "form").await;
    assert_ends(&told, Doctor::HopProxy, Causes::ProxySilent);
    assert!(told.report.contains("nothing answers at http://127.0.0.1:"), "{}", told.report);
    assert_eq!(world.asked(), 0);
    all.push(told.what);
    page.close(Network::Fails).await;

    let old = Setup { proxy: Proxy::WithoutRegions, regions: Some(regions), ..Setup::default() };
    let (_world, page) = failed(old, "css-orders", async |_: &World, page: &Page| {
        page.choose("#region", "xx-new-1").await;
    })
    .await;
    let told = examined(&page, "form").await;
    assert_ends(&told, Doctor::HopProxy, Causes::RegionUnknown);
    assert!(told.report.contains("the proxy says: unknown-endpoint"), "{}", told.report);
    all.push(told.what);
    page.close(Network::Fails).await;

    let elsewhere = Setup { host: Host::Files, proxy: Proxy::NotForThisOrigin, ..Setup::default() };
    let (world, page) = failed(elsewhere, "search-prod", nothing).await;
    let told = examined(&page, "form").await;
    assert_ends(&told, Doctor::HopProxy, Causes::OriginNotAllowed);
    let origin: String = page.read("location.origin").await;
    assert!(told.todo.contains(&format!("--allow-origin {origin}")), "{}", told.todo);
    assert_eq!(world.asked(), 0);
    all.push(told.what);
    page.close(Network::Fails).await;

    let (_world, page) = failed(Setup::default(), "search-prod", mistyped).await;
    let told = examined(&page, "form").await;
    assert_ends(&told, Doctor::HopSignature, Causes::WrongSecretOrKey);
    assert!(told.report.contains("HTTP 401, code 200: Authentication Failed"), "{}", told.report);
    assert!(told.report.contains("request id "), "{}", told.report);
    all.push(told.what);
    page.close(Network::Fails).await;

    let other = async |_: &World, page: &Page| page.fill("#cluster", "9999").await;
    let (_world, page) = failed(Setup::default(), "search-prod", other).await;
    let told = examined(&page, "form").await;
    assert_ends(&told, Doctor::HopCluster, Causes::NotAmongOthers);
    assert!(told.what.contains("no cluster 9999 in KR"), "{}", told.what);
    all.push(told.what);
    page.close(Network::Fails).await;

    let told = with_a_clock_that_is_off().await;
    all.push(told.what);
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 6, "two of them are told alike: {all:#?}");
}

/// A clock that is off does not keep a cluster from being seen, so the doctor is asked from a watched one that is
/// in another trouble, which goes while it looks.
async fn with_a_clock_that_is_off() -> Told {
    let world = steady(&["search-prod"]).await;
    let id = fleet::cluster("search-prod").id;
    world.clouds.set_fault(id, Some(Fault::Permission));
    let page = Page::open(&world, &fleet::link("search-prod")).await;
    page.find(".doctor").await;
    world.clouds.set_fault(id, Some(Fault::StaleClock));
    let told = examined(&page, ".cluster").await;
    assert_eq!(told.word, EN.fill(Doctor::WorksBut, &[EN.say(Doctor::HopClock)]), "{}", told.report);
    assert!(told.what.contains("NAVER Cloud accepts 5 min"), "{}", told.what);
    let seconds = ["+3599 s", "+3600 s", "+3601 s"];
    assert!(seconds.iter().any(|seconds| told.report.contains(seconds)), "{}", told.report);
    assert_has_no_secret(&told.report);
    page.close(Network::Fails).await;
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_at_the_proxys_address_is_told_from_a_proxy() {
    let setups = [
        (Host::Files, Proxy::HostOfFiles, Doctor::HopProxy, Causes::NotTheProxy),
        (Host::Proxy, Proxy::Unreadable, Doctor::HopProxy, Causes::ProxyUnreadable),
        (Host::Proxy, Proxy::Forbidden, Doctor::HopPage, Causes::PolicyForbids),
    ];
    for (host, proxy, hop, cause) in setups {
        let (world, page) = failed(Setup { host, proxy, ..Setup::default() }, "search-prod", nothing).await;
        let told = examined(&page, "form").await;
        assert_ends(&told, hop, cause);
        assert_eq!(world.asked(), 0, "nothing went to a vendor");
        let complaints = page.close_and_hear(Network::Fails).await;
        let forbidden =
            complaints.iter().filter(|complaint| complaint.contains("broke its own policy")).count();
        assert_eq!(forbidden > 0, proxy == Proxy::Forbidden, "{complaints:#?}");
    }
}

/// A proxy that waits half a second for an answer.
fn impatient() -> Setup {
    let limits = Limits { answer_for: Duration::from_millis(500), ..Limits::default() };
    Setup { limits, ..Setup::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_without_room_says_so_and_when_to_come_back() {
    let client = Budget { per_minute: 1, ..Budget::CLIENT };
    let limits = Limits { client, ..Limits::default() };
    // The test of the form takes the one call of this minute.
    let (world, page) = failed(Setup { limits, ..Setup::default() }, "search-prod", mistyped).await;
    assert_eq!(world.asked(), 1);
    let told = examined(&page, "form").await;
    assert_ends(&told, Doctor::HopProxy, Causes::ProxyBusy);
    assert!(told.todo.contains("raises its limits"), "{}", told.todo);
    for evidence in ["HTTP 503, code overloaded", "asks to wait "] {
        assert!(told.report.contains(evidence), "{}", told.report);
    }
    assert_eq!(world.asked(), 1, "nothing more went to the vendor");
    assert_eq!(copied(&page, "form").await, told.report);
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_that_is_late_and_an_answer_that_breaks_off_are_no_silence_of_the_proxy() {
    let cases = [
        (Fault::Silence, Causes::VendorLate, "HTTP 504, code vendor-timeout"),
        (Fault::Stall, Causes::AnswerBrokenOff, "the answer broke off"),
    ];
    for (fault, cause, evidence) in cases {
        let (world, page) = failed(impatient(), "search-prod", async |world: &World, _: &Page| {
            world.clouds.set_fault(fleet::cluster("search-prod").id, Some(fault));
        })
        .await;
        let before = world.asked();
        let told = examined(&page, "form").await;
        assert_ends(&told, Doctor::HopVendor, cause);
        assert_eq!(told.hops[..2], ["good", "good"], "the proxy does answer");
        assert!(told.report.contains(evidence), "{}", told.report);
        // The key is right, so a signed call is answered with 200. Firefox takes a refusal that was cut off for a
        // whole one, and there the signed call finds it out.
        let is_taken = fault == Fault::Stall && matches!(page.browser, Browser::Firefox(_));
        let statuses: Vec<u16> = world.clouds.requests()[before..].iter().map(|r| r.status).collect();
        assert_eq!(statuses, if is_taken { vec![401, 200] } else { vec![401] });
        assert_eq!(copied(&page, "form").await, told.report);
        page.close(Network::Fails).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_of_another_version_is_told_from_one_that_does_not_know_the_region() {
    let setup = Setup { proxy: Proxy::OtherPaths, ..Setup::default() };
    let (world, page) = failed(setup, "search-prod", nothing).await;
    let told = examined(&page, "form").await;
    assert_ends(&told, Doctor::HopProxy, Causes::OtherVersion);
    assert!(told.todo.contains("Update the proxy"), "{}", told.todo);
    assert!(told.report.contains("HTTP 403, code route-not-allowed"), "{}", told.report);
    assert_eq!(world.asked(), 0);
    assert_eq!(copied(&page, "form").await, told.report);
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_went_away_is_told_where_the_page_came_from_it() {
    let fleet = Fleet::Of(&["search-prod"]);
    let setup = Setup { fleet, speed: 1.0, page_speed: 1.0, host: Host::Proxy, ..Setup::default() };
    let world = World::start(setup).await;
    let page = Page::open(&world, &fleet::link("search-prod")).await;
    page.find(".banner").await;
    world.lose_proxy();
    page.click_words("Ask now").await;
    let told = examined(&page, ".cluster").await;
    assert_ends(&told, Doctor::HopProxy, Causes::OwnProxySilent);
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_vendor_has_against_a_key_is_told_apart_as_far_as_it_tells() {
    let world = steady(&["css-orders", "holo-orders"]).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    let cases = [
        ("css-orders", Fault::Reset, Doctor::HopVendor, Causes::VendorUnreachable),
        ("css-orders", Fault::Html502, Doctor::HopVendor, Causes::VendorDown),
        ("css-orders", Fault::WrongSecret, Doctor::HopSignature, Causes::WrongSecret),
        ("holo-orders", Fault::KeyExpired, Doctor::HopSignature, Causes::KeyEnded),
        ("css-orders", Fault::Permission, Doctor::HopPermission, Causes::NotPermitted),
        ("holo-orders", Fault::Permission, Doctor::HopPermission, Causes::NotPermitted),
        ("css-orders", Fault::NotFound, Doctor::HopCluster, Causes::OnlyListed),
    ];
    let mut reports = Vec::new();
    for (name, fault, hop, cause) in cases {
        world.clouds.set_fault(fleet::cluster(name).id, Some(fault));
        page.go(&format!("{}{}", world.page, fleet::link(name))).await;
        page.reload().await;
        let told = examined(&page, ".cluster").await;
        assert_ends(&told, hop, cause);
        reports.push(told.report);
        world.clouds.set_fault(fleet::cluster(name).id, None);
    }
    let permission = |at: usize, action: &str| assert!(reports[at].contains(action), "{}", reports[at]);
    permission(4, "css:cluster:listUpgradeCluster");
    permission(5, "hologram:GetUpgradeStatus (our guess");
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_key_is_told_without_its_id_although_the_vendor_repeats_it() {
    let unknown = async |_: &World, page: &Page| page.fill("#access-key", "NO-SUCH-KEY").await;
    let (_world, page) = failed(Setup::default(), "css-orders", unknown).await;
    let told = examined(&page, "form").await;
    assert_ends(&told, Doctor::HopSignature, Causes::KeyUnknown);
    assert!(told.report.contains("ak not exist"), "the vendor's own words: {}", told.report);
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_everything_before_the_signature_is_examined() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    fill_cluster(&page, "search-prod").await;
    fill_key(&page, "search-prod").await;
    submit(&page).await;
    page.find(".banner").await;
    page.reload().await;
    let told = examined(&page, ".cluster").await;
    assert_ends(&told, Doctor::HopSignature, Causes::NoKey);
    assert_eq!(told.hops[..4], ["good", "good", "good", "good"]);
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_is_found_from_a_card_and_on_the_page_of_the_keys() {
    let world = steady(&["search-prod", "catalog-sgn"]).await;
    world.clouds.set_fault(fleet::cluster("search-prod").id, Some(Fault::NotFound));
    let page = Page::open(&world, "").await;
    page.click(&format!("{} .examine", selector("search-prod"))).await;
    page.find(".banner").await;
    let told = examined(&page, ".cluster").await;
    assert_ends(&told, Doctor::HopCluster, Causes::OnlyListed);
    page.click(".doctor .actions button").await;
    page.until_text(".doctor .actions [role=status]", EN.say(Doctor::Copied)).await;

    page.go(&format!("{}#/keys", world.page)).await;
    let naver = "document.querySelector('.held-keys details summary').click()";
    page.run::<()>(naver).await;
    let id = fleet::cluster("catalog-sgn").id;
    let option = format!(
        "[...document.querySelectorAll('.held-keys select option')].find((o) => o.text === '{id}').value"
    );
    let key: String = page.read(&option).await;
    page.choose(".held-keys details select", &key).await;
    let told = examined(&page, ".held-keys").await;
    assert_eq!(told.word, EN.say(Doctor::Works), "{}", told.report);
    assert!(told.hops.iter().all(|word| word == EN.say(Doctor::Good)), "{:?}", told.hops);
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_doctor_says_is_for_everybody() {
    let world = steady(&["css-orders"]).await;
    world.clouds.set_fault(fleet::cluster("css-orders").id, Some(Fault::WrongSecret));
    let page = Page::open(&world, &fleet::link("css-orders")).await;
    examined(&page, ".cluster").await;
    for theme in ["light", "dark"] {
        page.choose(".choices select:last-of-type", theme).await;
        access::check(&page, &format!("the doctor, {theme}")).await;
    }
    page.resize(390, 844).await;
    page.click(".doctor summary").await;
    for lang in Lang::ALL {
        page.choose("#lang", lang.tag()).await;
        examined(&page, ".cluster").await;
        page.click(".doctor summary").await;
        let width: u32 = page.read("document.documentElement.scrollWidth").await;
        assert!(width <= 390, "{} px wide in {}", width, lang.own_name());
        let report = page.text(".doctor .report").await;
        assert!(report.starts_with(lang.say(Doctor::ReportTitle)), "{report}");
    }
    page.close(Network::Fails).await;
}
