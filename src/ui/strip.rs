//! The strip: one cell per node.

use leptos::prelude::*;
use rollwatch_core::view::words::Card;
use rollwatch_core::view::{CardView, Cell};

use super::{say, tone};

/// The nodes of a card at a glance. A cell is built once; only its class and title follow its node. The
/// counts in words stand beside the strip, so a screen reader is given those and not two hundred cells.
#[component]
pub fn Strip(#[prop(into)] card: Signal<CardView>) -> impl IntoView {
    let cells = Memo::new(move |_| card.with(|card| card.cells.clone()));
    let keys = move || cells.with(|cells| cells.iter().map(|cell| cell.key.clone()).collect::<Vec<_>>());
    view! {
        <div class="strip" role="img" aria-label=move || label(&card.read())>
            <For each=keys key=|key| key.clone() children=move |key| {
                let cell = Memo::new(move |_| cells.with(|cells| cells.iter().find(|c| c.key == key).cloned()));
                let title = move || cell.with(|cell| cell.as_ref().map(|cell| cell.title.clone()));
                view! { <span class=move || cell.with(|cell| class(cell.as_ref())) title=title></span> }
            } />
        </div>
    }
}

fn class(cell: Option<&Cell>) -> String {
    let Some(cell) = cell else { return String::new() };
    let gap = if cell.starts_group { " starts-group" } else { "" };
    format!("cell {}{gap}", tone::of_state(cell.state))
}

fn label(card: &CardView) -> String {
    format!("{}: {}", say(Card::Strip), card.counts)
}
