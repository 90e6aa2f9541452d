//! What happens while the board is open: changes arrive, and nothing else moves.

use rollwatch_core::model::Span;
use rollwatch_sim::Fault;
use serde::Deserialize;

use crate::support::{
    Fleet, Network, Page, Setup, World, card, cards, fleet, selector, until_all_answered, until_card,
};

/// A change of the document: in which card, and within which part of it.
#[derive(Debug, Deserialize)]
struct Mutation {
    card: Option<String>,
    part: String,
    kind: String,
}

/// The parts of a card that tell an age and so move with time alone.
const AGES: [&str; 5] = ["since", "elapsed", "remaining", "basis", "freshness"];

/// Notes every change within the cards from now on.
const WATCH: &str = "
    window.mutations = [];
    const note = (records) => {
        for (const { target, type } of records) {
            const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
            const card = element?.closest('.card');
            let part = element;
            while (part && part.parentElement !== card && !part.matches('.verdict > *, .times > *, .trust > *, .strip')) {
                part = part.parentElement;
            }
            window.mutations.push({ card: card?.dataset.key, part: part?.className ?? '', kind: type });
        }
    };
    const observer = new MutationObserver(note);
    observer.observe(document.querySelector('.cards'),
        { subtree: true, childList: true, attributes: true, characterData: true });
    window.noted = () => { note(observer.takeRecords()); return window.mutations; };
    document.querySelectorAll('.card').forEach((card) => { card.marked = true; });
    window.marked = true;
";

async fn mutations(page: &Page) -> Vec<Mutation> {
    page.read("window.noted()").await
}

fn is_age(mutation: &Mutation) -> bool {
    AGES.contains(&mutation.part.as_str())
}

/// Waits until the page has asked so many more times.
async fn until_asked(page: &Page, world: &World, more: usize) {
    let enough = world.asked() + more;
    while world.asked() < enough {
        // Each look takes a round trip to the browser, so this does not spin.
        page.until("the page is there", "window.marked").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identical_answer_changes_nothing_but_ages() {
    // The clouds stand still and the page asks once a second, so every answer says the same.
    let names = &["search-prod", "audit-gov", "registry-gov", "css-orders", "holo-orders"];
    let world = World::start(Setup { fleet: Fleet::Of(names), page_speed: 10.0, ..Setup::default() }).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    page.run::<()>(WATCH).await;
    until_asked(&page, &world, 3 * names.len()).await;
    let moved: Vec<_> = mutations(&page).await.into_iter().filter(|m| !is_age(m)).collect();
    assert!(moved.is_empty(), "{moved:#?}");
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_node_arrives_without_reload_and_changes_only_its_card() {
    let world = World::watching(&["search-prod", "audit-gov", "ledger-search"]).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    let before = card(&page, "search-prod").await;
    page.run::<()>(WATCH).await;
    // Less than what NAVER lets a clock be off, so that no answer is a refusal.
    world.advance(Span::minutes(4));
    let changed = format!("card.counts !== {}", serde_json::json!(before.counts));
    let after = until_card(&page, "search-prod", &changed).await;
    assert_ne!(before.cells, after.cells);

    let mutations = mutations(&page).await;
    let elsewhere: Vec<_> = mutations
        .iter()
        .filter(|m| m.card.as_deref() != Some(&fleet::key("search-prod")) && !is_age(m))
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
    let strip = |m: &&Mutation| m.part == "strip" && m.card.as_deref() == Some(&fleet::key("search-prod"));
    assert!(mutations.iter().any(|m| strip(&m)), "{mutations:#?}");
    assert!(mutations.iter().filter(strip).all(|m| m.kind == "attributes"), "cells are never built anew");
    page.until("no element was replaced", "[...document.querySelectorAll('.card')].every((c) => c.marked)")
        .await;
    page.until("the page was not loaded again", "window.marked").await;
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finished_upgrade_is_done_on_the_board_and_told_to_a_screen_reader() {
    let world = World::watching(&["css-orders"]).await;
    let page = Page::open(&world, "").await;
    until_card(&page, "css-orders", "card.word === 'Running'").await;
    // Thirty-five minutes in steps below the fifteen that Huawei lets a clock be off.
    for _ in 0..20 {
        if card(&page, "css-orders").await.word == "Done" {
            break;
        }
        let asked = world.asked();
        world.advance(Span::minutes(4));
        while world.asked() == asked {
            page.until("the page is there", "document.querySelector('.card')").await;
        }
    }
    let done = until_card(&page, "css-orders", "card.word === 'Done'").await;
    assert_eq!(done.counts, "5 done, 0 active, 0 waiting");
    assert!(done.cells.iter().all(|class| class == "cell tone-succeeded"), "{:?}", done.cells);
    page.until_text("[aria-live]", ": Done").await;
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_keep_their_places_while_the_pointer_or_the_focus_is_among_them() {
    let world = World::watching(&["search-prod", "catalog-sgn", "ledger-search"]).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    page.point_at(&selector("ledger-search")).await;
    assert_eq!(order(&page).await, ["catalog-sgn", "search-prod", "ledger-search"]);

    world.clouds.set_fault("1001", Some(Fault::NotFound));
    until_card(&page, "search-prod", "card.word === 'Cannot see'").await;
    assert_eq!(order(&page).await, ["catalog-sgn", "search-prod", "ledger-search"]);
    page.point_at(".masthead").await;
    let first = "document.querySelector('.card h3').textContent";
    page.until("the worst comes first", &format!("{first} === 'search-prod'")).await;

    page.click("#search").await;
    page.press("\u{e004}").await;
    page.until("a card has the focus", "document.activeElement.closest('.card')").await;
    world.clouds.set_fault("1002", Some(Fault::NotFound));
    until_card(&page, "catalog-sgn", "card.word === 'Cannot see'").await;
    assert_eq!(order(&page).await, ["search-prod", "catalog-sgn", "ledger-search"]);
    page.click("#search").await;
    page.until("the order is that of the names again", &format!("{first} === 'catalog-sgn'")).await;
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pointer_that_rests_among_the_cards_from_the_start_does_not_keep_the_worst_from_the_top() {
    let world = World::still(&["search-prod", "logs-jpn", "css-orders", "css-risk"]).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    page.point_at(".card:first-child").await;
    page.reload().await;
    page.point_at(".card:last-child").await;
    until_all_answered(&page).await;
    assert_eq!(order(&page).await, ["logs-jpn", "css-risk", "search-prod", "css-orders"]);
    page.close(Network::Sound).await;
}

async fn order(page: &Page) -> Vec<String> {
    cards(page).await.into_iter().map(|card| card.name).collect()
}
