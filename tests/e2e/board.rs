//! The board at a glance.

use crate::support::{Network, Page, World, cards, until_all_answered};

#[tokio::test(flavor = "multi_thread")]
async fn probe() {
    let world = World::demo().await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    for card in cards(&page).await {
        println!("{}", serde_json::json!([card.name, card.word, card.since, card.last, card.origin, card.impact, card.place, card.counts, card.kind, card.versions, card.elapsed, card.remaining, card.basis, card.freshness, card.trouble, card.badges, card.cells.len(), card.glyph]));
    }
    page.close(Network::Fails).await;
}
