//! The cards of the board as they are read in the browser.

use serde::Deserialize;
use serde_json::json;

use super::fleet;
use super::page::Page;

/// What a card shows. A part that is absent or cannot be seen is empty.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Seen {
    pub key: String,
    pub class: String,
    pub glyph: String,
    pub word: String,
    pub since: String,
    pub last: String,
    pub name: String,
    pub origin: String,
    pub impact: String,
    #[serde(rename = "where")]
    pub place: String,
    pub counts: String,
    pub kind: String,
    pub versions: String,
    pub elapsed: String,
    pub remaining: String,
    pub basis: String,
    pub freshness: String,
    pub trouble: String,
    pub badges: Vec<String>,
    pub cells: Vec<String>,
}

/// Reads one card, given as `card`. What takes no room on the screen is not seen.
const READ: &str = "(card) => {
    const seen = (e) => e && e.getClientRects().length > 0;
    const text = (selector) => {
        const e = card.querySelector(selector);
        return seen(e) ? e.textContent.trim() : '';
    };
    const glyph = card.querySelector('.verdict .glyph');
    return {
        key: card.dataset.key,
        class: card.className,
        glyph: seen(glyph) ? glyph.querySelector('path').getAttribute('d') : '',
        word: text('.verdict strong'), since: text('.since'), last: text('.verdict .last'),
        name: text('h3 a'), origin: text('.origin'), impact: text('.impact'), where: text('.where'),
        counts: text('.counts'), kind: text('.change span:first-child'), versions: text('.versions'),
        elapsed: text('.elapsed'), remaining: text('.remaining'), basis: text('.basis'),
        freshness: text('.freshness'), trouble: text('.trouble'),
        badges: [...card.querySelectorAll('.badge')].map((e) => e.textContent),
        cells: [...card.querySelectorAll('.strip .cell')].filter(seen).map((e) => e.className),
    };
}";

/// Every card, from the top.
pub async fn cards(page: &Page) -> Vec<Seen> {
    page.read(&format!("[...document.querySelectorAll('.cards > .card')].map({READ})")).await
}

/// The card of a cluster of the demo.
pub async fn card(page: &Page, name: &str) -> Seen {
    let key = fleet::key(name);
    let all = cards(page).await;
    all.into_iter().find(|card| card.key == key).unwrap_or_else(|| panic!("there is no card of {name}"))
}

/// Waits until a condition on a card, called `card` with the fields of `Seen`, is true.
pub async fn until_card(page: &Page, name: &str, condition: &str) -> Seen {
    let key = json!(fleet::key(name));
    let expression = format!(
        "[...document.querySelectorAll('.cards > .card')].map({READ})
            .some((card) => card.key === {key} && ({condition}))"
    );
    page.until(&format!("the card of {name} has {condition}"), &expression).await;
    card(page, name).await
}

/// The selector of a cluster's card.
pub fn selector(name: &str) -> String {
    format!(".card[data-key={}]", json!(fleet::key(name)))
}

/// Waits until the first answer about every cluster is there.
pub async fn until_all_answered(page: &Page) {
    let asking = "document.querySelector('.card') && !document.querySelector('.card.tone-asking')";
    page.until("every cluster has been asked about", asking).await;
}
