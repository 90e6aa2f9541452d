//! The tables of the cluster page.

use leptos::prelude::*;
use rollwatch_core::view::Level;
use rollwatch_core::view::words::{Findings, Page};
use rollwatch_core::view::{EarlierRow, FindingRow, NodeRow, Shown, StepRow};

use super::{say, tone};

#[component]
pub fn Steps(#[prop(into)] rows: Signal<Vec<StepRow>>) -> impl IntoView {
    view! {
        <Show when=move || rows.with(|rows| !rows.is_empty())
            fallback=|| view! { <p class="quiet">{say(Page::NoSteps)}</p> }>
            <div class="scroll" tabindex="0" role="region" aria-label=say(Page::Steps)>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{say(Page::Node)}</th>
                            <th scope="col">{say(Page::Order)}</th>
                            <th scope="col">{say(Page::Step)}</th>
                            <th scope="col">{say(Page::State)}</th>
                            <th scope="col">{say(Page::Begin)}</th>
                            <th scope="col">{say(Page::End)}</th>
                            <th scope="col">{say(Page::Duration)}</th>
                            <th scope="col">{say(Page::Description)}</th>
                        </tr>
                    </thead>
                    <tbody>{move || rows.get().into_iter().map(step).collect_view()}</tbody>
                </table>
            </div>
        </Show>
    }
}

fn step(row: StepRow) -> impl IntoView {
    view! {
        <tr class=tone::of_state(row.state)>
            <td>{row.node}</td>
            <td>{row.order}</td>
            <th scope="row">{row.name}</th>
            <td class="state"><span class="state-word">{row.word}</span></td>
            {time(row.begin)}
            {time(row.end)}
            <td class="duration">{row.duration}</td>
            <td class="description">{row.description}</td>
        </tr>
    }
}

fn time(shown: Shown) -> impl IntoView {
    view! { <td class="time" title=shown.evidence>{shown.text}</td> }
}

#[component]
pub fn Nodes(#[prop(into)] rows: Signal<Vec<NodeRow>>) -> impl IntoView {
    let row = |row: NodeRow| {
        view! {
            <tr class=tone::of_state(row.state)>
                <th scope="row">{row.name}</th>
                <td>{row.role}</td>
                <td class="state"><span class="state-word">{row.word}</span></td>
                <td>{row.vendor_word}</td>
                {time(row.changed)}
            </tr>
        }
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say(Page::Nodes)>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{say(Page::Node)}</th>
                        <th scope="col">{say(Page::Role)}</th>
                        <th scope="col">{say(Page::State)}</th>
                        <th scope="col">{say(Page::VendorWord)}</th>
                        <th scope="col">{say(Page::Changed)}</th>
                    </tr>
                </thead>
                <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
pub fn FindingList(#[prop(into)] rows: Signal<Vec<FindingRow>>) -> impl IntoView {
    let row = |row: FindingRow| {
        let class = match row.level {
            Level::Bad => "level-bad",
            Level::Odd => "level-odd",
            Level::Note => "level-note",
        };
        view! { <li class=class><span class="level">{row.level_word}</span>" · "{row.sentence}</li> }
    };
    view! {
        <Show when=move || rows.with(|rows| !rows.is_empty())
            fallback=|| view! { <p class="quiet">{say(Findings::None)}</p> }>
            <ul class="findings">{move || rows.get().into_iter().map(row).collect_view()}</ul>
        </Show>
    }
}

#[component]
pub fn Earlier(#[prop(into)] rows: Signal<Vec<EarlierRow>>) -> impl IntoView {
    let row = |row: EarlierRow| {
        view! {
            <tr class=tone::of_state(row.state)>
                <td class="state"><span class="state-word">{row.word}</span></td>
                <td>{row.versions}</td>
                {time(row.begin)}
                <td class="duration">{row.duration}</td>
            </tr>
        }
    };
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{say(Page::State)}</th>
                    <th scope="col">{say(Page::Versions)}</th>
                    <th scope="col">{say(Page::Begin)}</th>
                    <th scope="col">{say(Page::Duration)}</th>
                </tr>
            </thead>
            <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
