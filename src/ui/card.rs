//! One card of the board.

use leptos::prelude::*;
use rollwatch_core::view::words::{Doctor as Examine, Page, Vault};
use rollwatch_core::view::{CardView, Trouble};

use super::glyph::Glyph;
use super::strip::Strip;
use super::vault::go_to_unlock;
use super::{live, say, tone};

/// A watched cluster at a glance. It is built once; each part follows its own slice of the view.
#[component]
pub fn Card(card: ArcRwSignal<CardView>) -> impl IntoView {
    let card = RwSignal::from(card);
    let text = move |pick: fn(&CardView) -> &String| Memo::new(move |_| card.with(|card| pick(card).clone()));
    let line = move |class: &'static str, pick: fn(&CardView) -> &Option<String>| {
        let text = Memo::new(move |_| card.with(|card| pick(card).clone()));
        let there = Memo::new(move |_| text.with(Option::is_some));
        move || there.get().then(|| view! { <p class=class>{move || text.get()}</p> })
    };
    let verdict = Memo::new(move |_| card.with(|card| card.verdict));
    let stale = Memo::new(move |_| card.with(|card| card.stale));
    let link = card.with_untracked(|card| format!("#/{}", card.link));
    let doctor = link.clone();
    let origin = Memo::new(move |_| card.with(origin));
    let has_nodes = Memo::new(move |_| card.with(|card| !card.cells.is_empty()));
    let badges = Memo::new(move |_| card.with(|card| card.badges.clone()));
    view! {
        <li class=move || format!("card {}", tone::of_verdict(verdict.get())) class:stale=stale data-key=card.with_untracked(|card| card.key.clone())>
            <p class="verdict">
                <Glyph verdict />
                <strong>{text(|card| &card.word)}</strong>
                <span class="since">{text(|card| &card.since)}</span>
                {line_span(card, "last", |card| &card.last_seen)}
            </p>
            <h3><a href=link>{text(|card| &card.name)}</a></h3>
            <p class="origin">{origin}</p>
            {line("impact", |card| &card.impact)}
            {line("where", |card| &card.place_of_work)}
            {move || has_nodes.get().then(|| view! {
                <Strip card />
                <p class="counts">{text(|card| &card.counts)}</p>
            })}
            <p class="change">
                <span>{text(|card| &card.kind)}</span>
                <span class="versions">{text(|card| &card.versions)}</span>
            </p>
            <p class="times">
                {line_span(card, "elapsed", |card| &card.elapsed)}
                {line_span(card, "remaining", |card| &card.remaining)}
            </p>
            {line("basis", |card| &card.basis)}
            <TroubleNote card doctor />
            <p class="trust">
                <span class="freshness">{text(|card| &card.freshness)}</span>
                {move || badges.get().into_iter().map(|badge| view! { <span class="badge">{badge}</span> }).collect_view()}
            </p>
        </li>
    }
}

/// What stands in the way of seeing the cluster, and what to do.
#[component]
pub fn TroubleNote(
    #[prop(into)] card: Signal<CardView>,
    /// Where the way to the cluster can be examined, if it is not on this page.
    #[prop(optional, into)]
    doctor: String,
) -> impl IntoView {
    let live = live();
    let trouble = Memo::new(move |_| card.with(|card| card.trouble.clone()));
    move || {
        trouble.get().map(|trouble| {
            let Trouble { what, todo, evidence, unlock_helps, .. } = trouble;
            let doctor = (!doctor.is_empty()).then(|| doctor.clone());
            view! {
                <div class="trouble" role="note" aria-label=say(Page::Findings)>
                    <p><strong>{what}</strong></p>
                    <p>{todo}</p>
                    {unlock_helps.then(|| view! {
                        <p><button on:click=move |_| go_to_unlock(live)>{say(Vault::UnlockVault)}</button></p>
                    })}
                    {(!evidence.is_empty()).then(|| view! { <p class="evidence">{evidence}</p> })}
                    {doctor.map(|href| view! { <a class="examine" href=href>{say(Examine::Check)}</a> })}
                </div>
            }
        })
    }
}

/// A part of a line that is there only at times.
fn line_span(
    card: RwSignal<CardView>,
    class: &'static str,
    pick: fn(&CardView) -> &Option<String>,
) -> impl IntoView {
    let text = Memo::new(move |_| card.with(|card| pick(card).clone()));
    let there = Memo::new(move |_| text.with(Option::is_some));
    move || there.get().then(|| view! { <span class=class>{move || text.get()}</span> })
}

fn origin(card: &CardView) -> String {
    let parts = [&card.provider, &card.service, &card.place, &card.account];
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
}
