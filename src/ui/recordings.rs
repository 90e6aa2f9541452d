//! What is recorded in this browser: how much, for how long, and an end of it.

use leptos::prelude::*;
use rollwatch_core::view::words::Recordings as Words;

use super::{lang, live, say};
use crate::browser::{document, task};
use crate::live::{BOUNDS, Usage};

/// How far a person has come with deleting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Deleting {
    #[default]
    No,
    /// It was asked for once, and not confirmed.
    Sure,
    Under,
    Over {
        done: bool,
    },
}

const QUESTION: &str = "delete-recordings";

#[component]
pub fn Recordings() -> impl IntoView {
    let live = live();
    let usage = RwSignal::new(None::<Usage>);
    let deleting = RwSignal::new(Deleting::default());
    // Whoever has left the page meanwhile is told nothing.
    let look = move || {
        task::spawn(async move {
            usage.try_set(live.usage().await);
        });
    };
    look();
    let held = move || match usage.get() {
        None | Some(Usage { clusters: 0, .. }) => say(Words::Empty).to_owned(),
        Some(held) => {
            let (runs, clusters) = (held.runs.to_string(), held.clusters.to_string());
            lang().fill(Words::Held, &[&runs, &clusters, &held.amount()])
        }
    };
    let (runs, days, size) =
        (BOUNDS.runs.to_string(), BOUNDS.days().to_string(), BOUNDS.megabytes().to_string());
    let bounds = lang().fill(Words::KeptFor, &[&runs, &days, &size]);
    let ask = move |_| {
        deleting.set(Deleting::Sure);
        task::spawn(async {
            // The question is there with the next turn.
            leptos::task::tick().await;
            document::focus(QUESTION);
        });
    };
    let delete = move |_| {
        deleting.set(Deleting::Under);
        task::spawn(async move {
            let done = live.delete_recordings().await;
            deleting.try_set(Deleting::Over { done });
            look();
        });
    };
    view! {
        <section class="recordings">
            <h2>{say(Words::Title)}</h2>
            <p>{say(Words::What)}</p>
            <p>{bounds}</p>
            <p class="held">{held}</p>
            {move || match deleting.get() {
                Deleting::Sure => view! {
                    <div class="problem" id=QUESTION tabindex="-1">
                        <p>{say(Words::DeleteSure)}</p>
                        <p>
                            <button class="delete" on:click=delete>{say(Words::DeleteYes)}</button>
                            " "
                            <button on:click=move |_| deleting.set(Deleting::No)>{say(Words::DeleteNo)}</button>
                        </p>
                    </div>
                }.into_any(),
                state => view! {
                    <p><button disabled=state == Deleting::Under on:click=ask>{say(Words::Delete)}</button></p>
                }.into_any(),
            }}
            <p class="quiet" role="status">{move || match deleting.get() {
                Deleting::Over { done: true } => say(Words::Deleted),
                Deleting::Over { done: false } => say(Words::NotDeleted),
                _ => "",
            }}</p>
        </section>
    }
}
