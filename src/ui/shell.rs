//! The frame around every page, and the choice of the page.

use leptos::prelude::*;
use rollwatch_core::view::words::{Shell as Words, Vault};

use super::about::About;
use super::add::Add;
use super::board::Board;
use super::cluster::Cluster;
use super::keys::Keys;
use super::masthead::Masthead;
use super::{lang, say};
use crate::browser::{document, keyboard, location, task};
use crate::live::settings::Settings;
use crate::live::{self, Live};
use crate::route::Route;

/// The id of the page's content, which a change of page moves the focus to.
const CONTENT: &str = "content";

#[component]
pub fn Shell(settings: Settings) -> impl IntoView {
    let live = Live::new(settings);
    provide_context(live);
    let route = RwSignal::new(Route::parse(&location::fragment()));
    if let Some(listener) = location::on_hash_change(move |fragment| {
        let next = Route::parse(&fragment);
        // The board is come back to where it was left; every other page is read from its top.
        let leaves_board = next != Route::Board;
        if leaves_board {
            document::scroll_to_top();
        }
        route.set(next);
        // On the board every card would have to be read once more, and nothing is left behind that often.
        if leaves_board {
            task::spawn(async move { live.let_go_of_readers() });
        }
        document::focus_in_place(CONTENT);
    }) {
        listener.keep();
    }
    if let Some(listener) = keyboard::on_key(move |key| {
        let leave = key == "Escape" && route.with_untracked(|route| *route != Route::Board);
        if leave {
            location::set_fragment(&Route::Board.fragment());
        }
        leave
    }) {
        listener.keep();
    }
    task::spawn(live::run(live));
    let current = Memo::new(move |_| route.get());
    // A new language builds the page anew: words are not signals.
    let chosen = live.signals.lang;
    view! {
        {move || {
            chosen.track();
            view! {
                <header>
                    <a class="button skip" href=move || route.get().href() on:click=|event| {
                        event.prevent_default();
                        document::focus(CONTENT);
                    }>{say(Words::SkipToContent)}</a>
                    <Masthead />
                </header>
                <main id=CONTENT tabindex="-1">{move || page(current.get())}</main>
                <footer class="foot quiet">
                    <p>{say(Words::Keyboard)}</p>
                    <p>
                        <a href=Route::Keys.href()>{say(Vault::Page)}</a>
                        " · "
                        <a href=Route::About.href()>{say(Words::About)}</a>
                    </p>
                </footer>
            }
        }}
        <Spoken live />
    }
}

/// What a screen reader speaks: transitions, never ticking numbers.
#[component]
fn Spoken(live: Live) -> impl IntoView {
    let said = live.signals.said;
    let text = move |urgent: bool| {
        said.with(|said| if said.urgent == urgent { said.text.clone() } else { String::new() })
    };
    view! {
        <div class="hidden-text" role="status" aria-live="polite">{move || text(false)}</div>
        <div class="hidden-text" role="alert" aria-live="assertive">{move || text(true)}</div>
    }
}

fn page(route: Route) -> AnyView {
    match route {
        Route::Board => view! { <Board /> }.into_any(),
        Route::Cluster(watch) => view! { <Cluster watch /> }.into_any(),
        Route::Add => view! { <Add /> }.into_any(),
        Route::Keys => view! { <Keys /> }.into_any(),
        Route::About => view! { <About /> }.into_any(),
        Route::Broken { text, .. } => lost(lang().fill(Words::BrokenLink, &[&text])),
        Route::Unknown(text) => lost(lang().fill(Words::UnknownPage, &[&text])),
    }
}

fn lost(problem: String) -> AnyView {
    view! {
        <div class="empty">
            <p>{problem}</p>
            <a class="button primary" href=Route::Board.href()>{say(Words::ToBoard)}</a>
        </div>
    }
    .into_any()
}
