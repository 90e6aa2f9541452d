//! For everybody: no fault that axe-core finds, every control by keyboard, narrow screens, four languages.

use std::sync::LazyLock;

use rollwatch_core::view::words::Lang;
use serde::Deserialize;
use serde_json::json;
use thirtyfour::Key;

use crate::support::{Network, Page, World, fleet, until_all_answered};

/// The pages that have something to read or to do.
const PAGES: [&str; 4] = ["#/add", "#/keys", "#/about", "#/nowhere"];

static AXE: LazyLock<String> = LazyLock::new(|| {
    let path =
        std::env::var("AXE_CORE_JS").expect("AXE_CORE_JS names axe.min.js; `cargo xtask test` sets it");
    std::fs::read_to_string(path).expect("AXE_CORE_JS names axe.min.js")
});

#[derive(Debug, Deserialize)]
struct Fault {
    #[expect(dead_code, reason = "printed when a test fails")]
    id: String,
    #[expect(dead_code, reason = "printed when a test fails")]
    help: String,
    #[expect(dead_code, reason = "printed when a test fails")]
    places: Vec<String>,
}

/// Panics on any fault of what is shown now.
pub async fn check(page: &Page, what: &str) {
    if !page.read::<bool>("Boolean(window.axe)").await {
        page.run::<()>(&AXE).await;
    }
    // Nothing is fetched, because the page's policy allows no foreign style sheet anyway.
    let faults: Vec<Fault> = page
        .run_async(
            "const done = arguments[0];
             axe.run(document, { preload: false, resultTypes: ['violations'] }).then(({ violations }) => done(
                 violations.map(({ id, help, nodes }) => ({
                     id, help, places: nodes.slice(0, 5).map((n) => `${n.html} ${n.failureSummary}`),
                 }))));",
        )
        .await;
    assert!(faults.is_empty(), "{what}: {faults:#?}");
}

/// Goes to a page of the application and waits until it is drawn.
async fn visit(page: &Page, fragment: &str) {
    page.run::<()>(&format!("location.hash = {}", json!(fragment))).await;
    let drawn =
        "document.querySelector('main').children.length > 0 && document.activeElement.id === 'content'";
    page.until("the page is drawn", drawn).await;
}

async fn choose_theme(page: &Page, theme: &str) {
    page.choose(".choices select:last-of-type", theme).await;
    page.until("the theme is shown", &format!("document.documentElement.dataset.theme === {}", json!(theme)))
        .await;
}

async fn choose_language(page: &Page, lang: Lang) {
    page.choose("#lang", lang.tag()).await;
    page.until(
        "the language is declared",
        &format!("document.documentElement.lang === {}", json!(lang.tag())),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_no_fault_in_any_page_in_light_and_dark() {
    let world = World::demo().await;
    let page = Page::open(&world, "").await;
    for theme in ["light", "dark"] {
        choose_theme(&page, theme).await;
        visit(&page, "#/").await;
        until_all_answered(&page).await;
        check(&page, &format!("the board, {theme}")).await;
        for name in ["css-orders", "holo-erp", "events-prod", "css-kul-unreachable"] {
            visit(&page, &fleet::link(name)).await;
            page.find(".banner").await;
            check(&page, &format!("{name}, {theme}")).await;
        }
        for fragment in PAGES {
            visit(&page, fragment).await;
            check(&page, &format!("{fragment}, {theme}")).await;
        }
    }
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_no_fault_where_a_form_complains_or_a_key_is_wanted() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    for theme in ["light", "dark"] {
        choose_theme(&page, theme).await;
        visit(&page, "#/").await;
        check(&page, &format!("the empty board, {theme}")).await;
        visit(&page, "#/add").await;
        page.click("form button.primary").await;
        page.find("form .problem").await;
        check(&page, &format!("the form with a problem, {theme}")).await;
        visit(&page, &fleet::link("css-orders")).await;
        page.find("#secret").await;
        check(&page, &format!("a link without a key, {theme}")).await;
    }
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_language_is_declared_reads_well_and_has_no_fault() {
    let world = World::demo().await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    let mut titles = Vec::new();
    for lang in Lang::ALL {
        choose_language(&page, lang).await;
        check(&page, &format!("the board in {}", lang.own_name())).await;
        visit(&page, &fleet::link("css-orders")).await;
        page.find(".banner").await;
        check(&page, &format!("a cluster in {}", lang.own_name())).await;
        visit(&page, "#/add").await;
        check(&page, &format!("the form in {}", lang.own_name())).await;
        titles.push(page.text("form h2").await);
        visit(&page, "#/").await;
        page.find(".card").await;
    }
    titles.dedup();
    assert_eq!(titles.len(), Lang::ALL.len(), "{titles:?}");
    page.reload().await;
    page.until("the choice is kept", "document.documentElement.lang === 'ja'").await;
    page.close(Network::Fails).await;
}

/// What a person can act on and that is neither hidden nor disabled.
const CONTROLS: &str = "[...document.querySelectorAll(
    'a[href], button:not(:disabled), input, select, textarea, summary, [tabindex=\"0\"]')]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }))";

/// Goes through the page with the Tab key from its beginning, and returns what never had a visible focus.
async fn unreached(page: &Page) -> Vec<String> {
    page.run::<()>(&format!("window.waiting = new Set({CONTROLS}); document.activeElement.blur();")).await;
    let count: usize = page.read("window.waiting.size").await;
    assert!(count > 0);
    for _ in 0..count + 2 {
        page.press(Key::Tab.value().to_string()).await;
        page.run::<()>(
            "const e = document.activeElement, style = getComputedStyle(e);
             const seen = e.matches(':focus-visible') && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
             if (seen) { window.waiting.delete(e); }",
        )
        .await;
    }
    page.read("[...window.waiting].map((e) => e.outerHTML.slice(0, 160))").await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_control_is_reached_by_tab_and_shows_its_focus() {
    let world = World::still(&["css-orders", "events-prod"]).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    for fragment in ["#/".to_owned(), fleet::link("css-orders")].into_iter().chain(PAGES.map(str::to_owned)) {
        // Loading anew puts the start of the Tab order where a person finds it.
        page.driver.goto(format!("{}{fragment}", world.page)).await.expect("an address");
        page.reload().await;
        until_drawn(&page).await;
        let missed = unreached(&page).await;
        assert!(missed.is_empty(), "{fragment}: {missed:#?}");
    }
    page.close(Network::Sound).await;
}

async fn until_drawn(page: &Page) {
    page.until("the page is drawn", "document.querySelector('main').children.length > 0").await;
    page.until(
        "the first answers are there",
        "!document.querySelector('.tone-asking') && (!document.querySelector('.banner') || document.querySelector('summary'))",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_tab_leads_past_the_masthead() {
    let world = World::still(&["css-orders"]).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    page.press(Key::Tab.value().to_string()).await;
    page.until("the skip link has the focus", "document.activeElement.textContent === 'Skip to content'")
        .await;
    page.press(Key::Enter.value().to_string()).await;
    page.until("the content has the focus", "document.activeElement.id === 'content'").await;
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_scrolls_sideways_on_a_phone_in_any_language() {
    let world = World::demo().await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    page.resize(390, 844).await;
    for lang in Lang::ALL {
        choose_language(&page, lang).await;
        let links = ["css-orders", "holo-erp", "css-lake"].map(fleet::link);
        for fragment in ["#/", "#/add", "#/keys", "#/about"].map(str::to_owned).into_iter().chain(links) {
            visit(&page, &fragment).await;
            let width: u32 = page.read("document.documentElement.scrollWidth").await;
            assert!(width <= 390, "{fragment} in {} is {width} px wide", lang.own_name());
        }
    }
    page.close(Network::Fails).await;
}
