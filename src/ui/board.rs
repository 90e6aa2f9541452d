//! The board: every watched cluster, the one that most needs a person first.

use leptos::prelude::*;
use rollwatch_core::view::Verdict;
use rollwatch_core::view::verdict_name;
use rollwatch_core::view::words::{Form, Shell};

use super::card::Card;
use super::glyph::Glyph;
use super::{lang, live, say, tone};
use crate::browser::{focus, keyboard, text};
use crate::route::Route;

/// The id of the search field, which `/` moves to.
const SEARCH: &str = "search";
/// What `j` and `k` move between.
const CARD_LINKS: &str = ".card h3 a";

#[component]
pub fn Board() -> impl IntoView {
    let live = live();
    let only = RwSignal::new(None::<Verdict>);
    let search = RwSignal::new(String::new());
    let order = live.signals.order;
    let shown = Memo::new(move |_| {
        let needle = text::lower(&search.get());
        let fits = |key: &String| {
            let Some(card) = live.card(key) else { return false };
            card.with(|card| {
                only.get().is_none_or(|verdict| card.verdict == verdict)
                    && [
                        &card.name,
                        &card.provider,
                        &card.service,
                        &card.place,
                        &card.account,
                        &card.key,
                        &card.kind,
                    ]
                    .into_iter()
                    .any(|word| text::lower(word).contains(&needle))
            })
        };
        order.get().into_iter().filter(fits).collect::<Vec<_>>()
    });
    let empty = move || order.with(Vec::is_empty);
    let no_match = move || !empty() && shown.with(Vec::is_empty);
    let keys = keyboard::on_key(|key| match key {
        "/" => {
            crate::browser::document::focus(SEARCH);
            true
        }
        "j" => {
            focus::step(CARD_LINKS, false);
            true
        }
        "k" => {
            focus::step(CARD_LINKS, true);
            true
        }
        _ => false,
    });
    let keys = StoredValue::new_local(keys);
    on_cleanup(move || {
        keys.try_update_value(Option::take);
        live.hold_order(false);
    });
    view! {
        <h2 class="hidden-text">{say(Shell::Clusters)}</h2>
        <Show when=move || !empty()>
            <div class="filters">
                <Filters only />
                <label class="search">
                    <span>{say(Shell::Search)}</span>
                    <input id=SEARCH type="search" autocomplete="off" prop:value=search on:input:target=move |event| search.set(event.target().value()) />
                </label>
            </div>
        </Show>
        <ul
            class="cards"
            on:pointerenter=move |_| live.hold_order(true)
            on:pointerleave=move |_| live.hold_order(false)
            on:focusin=move |_| live.hold_order(true)
            on:focusout=move |_| live.hold_order(false)
        >
            <For each=move || shown.get() key=|key| key.clone() children=move |key| {
                live.card(&key).map(|card| view! { <Card card /> })
            } />
        </ul>
        <Show when=no_match>
            <div class="empty">
                <p>{say(Shell::NoMatch)}</p>
                <button on:click=move |_| { only.set(None); search.set(String::new()); }>{say(Shell::ClearFilter)}</button>
            </div>
        </Show>
        <Show when=empty>
            <div class="empty">
                <p><strong>{say(Shell::EmptyTitle)}</strong></p>
                <p>{say(Shell::EmptyDo)}</p>
                <a class="button primary" href=Route::Add.href()>{say(Form::AddTitle)}</a>
            </div>
        </Show>
    }
}

/// One button per verdict on the board, with its count.
#[component]
fn Filters(only: RwSignal<Option<Verdict>>) -> impl IntoView {
    let tally = live().signals.tally;
    let total = move || tally.with(|tally| tally.iter().map(|(_, count)| count).sum::<usize>());
    let all = move || lang().fill(Shell::All, &[&total().to_string()]);
    let verdicts = move || tally.with(|tally| tally.iter().map(|(verdict, _)| *verdict).collect::<Vec<_>>());
    let count = move |verdict| {
        tally.with(|tally| tally.iter().find(|(v, _)| *v == verdict).map_or(0, |(_, count)| *count))
    };
    let pressed = move |choice| if only.get() == choice { "true" } else { "false" };
    view! {
        <ul>
            <li><button aria-pressed=move || pressed(None) on:click=move |_| only.set(None)>{all}</button></li>
            <For each=verdicts key=|verdict| *verdict children=move |verdict| view! {
                <li class=tone::of_verdict(verdict)>
                    <button
                        aria-pressed=move || pressed(Some(verdict))
                        on:click=move |_| only.update(|only| *only = (*only != Some(verdict)).then_some(verdict))
                    >
                        <Glyph verdict=Signal::stored(verdict) />
                        <span>{move || count(verdict)}</span>
                        <span>{verdict_name(lang(), verdict)}</span>
                    </button>
                </li>
            } />
        </ul>
    }
}
