//! The controls of the chart: the part of time, the rows, the comparison.

use leptos::prelude::*;
use rollwatch_core::view::words::Chart as Words;
use rollwatch_core::view::{Window, Wish, ZOOM};

use super::Hold;
use crate::ui::{lang, say};

/// Where the keys of the chart are described.
pub const KEYS: &str = "gantt-keys";

#[component]
pub fn Controls(hold: Hold) -> impl IntoView {
    let window = hold.of(|gantt| gantt.window);
    let at_work = hold.of(|gantt| gantt.at_work);
    let choice = move |word: Words, this: Window| {
        let pressed = move || if window.get() == this { "true" } else { "false" };
        view! { <button aria-pressed=pressed on:click=move |_| hold.choose(this)>{say(word)}</button> }
    };
    let zoom = move |word: Words, sign: &'static str, factor: f64| {
        let zoomed = move |_| hold.choose(hold.gantt.with_untracked(|gantt| gantt.zoomed(factor, 0.5)));
        view! { <button class="sign" aria-label=say(word) title=say(word) on:click=zoomed>{sign}</button> }
    };
    view! {
        <div class="gantt-controls">
            <div class="choices" role="group" aria-label=say(Words::Controls)>
                {choice(Words::Whole, Window::All)}
                <Show when=move || at_work.get()>{choice(Words::Active, Window::Active)}</Show>
                {choice(Words::LastHour, Window::LastHour)}
                {zoom(Words::ZoomIn, "+", ZOOM)}
                {zoom(Words::ZoomOut, "−", 1.0 / ZOOM)}
            </div>
            <span class="span">{hold.of(|gantt| gantt.span.clone())}</span>
            <span class="hidden-text" role="status" aria-live="polite">{hold.said}</span>
            <Rows hold />
            <Compare hold />
        </div>
        <p class="hint" id=KEYS>{say(Words::Keys)}</p>
    }
}

/// Whether every node has a row, where they are many.
#[component]
fn Rows(hold: Hold) -> impl IntoView {
    let foldable = hold.of(|gantt| gantt.foldable);
    let unfolded = hold.of(|gantt| gantt.unfolded);
    let nodes = hold.of(|gantt| gantt.nodes);
    let pressed = move || if unfolded.get() { "true" } else { "false" };
    view! {
        <Show when=move || foldable.get()>
            <button class="every-node" aria-pressed=pressed on:click=move |_| hold.wish.run(Wish::Unfolded(!unfolded.get_untracked()))>
                {move || lang().fill(Words::EveryNode, &[&nodes.get().to_string()])}
            </button>
        </Show>
    }
}

/// The choice of an earlier run.
#[component]
fn Compare(hold: Hold) -> impl IntoView {
    let runs = hold.of(|gantt| gantt.runs.clone());
    let compared = hold.of(|gantt| gantt.compared);
    let chosen = move |value: String| hold.wish.run(Wish::Compared(value.parse().ok()));
    let option = move |(index, run): (usize, String)| {
        view! { <option value=index.to_string() selected=move || compared.get() == Some(index)>{run}</option> }
    };
    view! {
        <Show when=move || runs.with(|runs| !runs.is_empty())>
            <label class="compare">
                <span>{say(Words::Compare)}</span>
                <select on:change:target=move |event| chosen(event.target().value())>
                    <option value="" selected=move || compared.get().is_none()>{say(Words::NoComparison)}</option>
                    {move || runs.get().into_iter().enumerate().map(option).collect_view()}
                </select>
            </label>
        </Show>
    }
}
