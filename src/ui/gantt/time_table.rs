//! The chart as a table.

use leptos::prelude::*;
use rollwatch_core::view::TimeRow;
use rollwatch_core::view::words::{Chart as Words, Page};

use super::Hold;
use crate::ui::{say, tone};

/// Every row of the picture in words. It is built when somebody opens it.
#[component]
pub fn TimeTable(hold: Hold) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <details class="time-table" on:toggle:target=move |event| open.set(event.target().open())>
            <summary>{say(Words::Table)}</summary>
            <Show when=move || open.get()><Opened hold /></Show>
        </details>
    }
}

#[component]
fn Opened(hold: Hold) -> impl IntoView {
    let rows = hold.of(|gantt| gantt.table.clone());
    let of_nodes = [say(Page::Node), say(Page::Role), say(Words::Turn), say(Page::Step), say(Page::State)];
    let of_time = [say(Words::Began), say(Words::Ended), say(Words::Took), say(Words::Known)];
    let heads = of_nodes.into_iter().chain(of_time).map(|head| view! { <th scope="col">{head}</th> });
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say(Words::Table)>
            <table>
                <thead><tr>{heads.collect_view()}</tr></thead>
                <tbody>{move || rows.get().into_iter().map(drawn).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn drawn(row: TimeRow) -> impl IntoView {
    let TimeRow { node, role, turn, stage, state, word, began, ended, took, known, .. } = row;
    view! {
        <tr class=state.map(tone::of_state).unwrap_or("blank")>
            <th scope="row">{node}</th>
            <td>{role}</td>
            <td>{turn}</td>
            <td>{stage}</td>
            <td class="short state-word">{word}</td>
            <td>{began}</td>
            <td>{ended}</td>
            <td class="short">{took}</td>
            <td>{known}</td>
        </tr>
    }
}
