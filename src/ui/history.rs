//! The runs of a cluster, each with the times of its nodes one step away.

use leptos::prelude::*;
use rollwatch_core::view::words::{Page, Recorder};
use rollwatch_core::view::{RunRow, TurnRow};

use super::{lang, say, tone};

/// The columns of the table.
const COLUMNS: [Recorder; 8] = [
    Recorder::RunBegan,
    Recorder::RunVersions,
    Recorder::Lasted,
    Recorder::Difference,
    Recorder::Outcome,
    Recorder::NodesDone,
    Recorder::Known,
    Recorder::Compare,
];

/// `on_compare` is told the place of a recorded run, or `None` when its bars are to go; `on_unfold` is told the
/// key of a run and whether the times of its nodes are to be shown.
#[component]
pub fn Runs(
    #[prop(into)] rows: Signal<Vec<RunRow>>,
    #[prop(into)] on_compare: Callback<Option<usize>>,
    #[prop(into)] on_unfold: Callback<(String, bool)>,
) -> impl IntoView {
    let heads =
        || COLUMNS.map(|column| view! { <th scope="col">{say(column)}</th> }).into_iter().collect_view();
    let keys = move || rows.with(|rows| rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>());
    let some = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    view! {
        <Show when=move || some.get() fallback=|| view! { <p class="quiet">{say(Recorder::NoRuns)}</p> }>
            <div class="scroll" tabindex="0" role="region" aria-label=say(Recorder::Runs)>
                <table class="runs">
                    <thead><tr>{heads()}</tr></thead>
                    <For each=keys key=|key| key.clone() children=move |key| {
                        let row = Memo::new({
                            let key = key.clone();
                            move |_| rows.with(|rows| rows.iter().find(|row| row.key == key).cloned())
                        });
                        view! { <RunRows key row on_compare on_unfold /> }
                    } />
                </table>
            </div>
        </Show>
    }
}

/// One run. It is built once and its texts follow, so that what a person has unfolded stays so.
#[component]
fn RunRows(
    key: String,
    row: Memo<Option<RunRow>>,
    on_compare: Callback<Option<usize>>,
    on_unfold: Callback<(String, bool)>,
) -> impl IntoView {
    let text = move |pick: fn(&RunRow) -> &String| {
        Memo::new(move |_| row.with(|row| row.as_ref().map(|row| pick(row).clone()).unwrap_or_default()))
    };
    let tone = move || row.with(|row| row.as_ref().map(|row| tone::of_state(row.state)).unwrap_or_default());
    let timed = Memo::new(move |_| row.with(|row| row.as_ref().map_or(0, |row| row.timed)));
    let index = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.index)));
    let compared = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.compared)));
    let turns =
        Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.turns.clone()).unwrap_or_default()));
    let began = text(|row| &row.began.text);
    let label = move || lang().fill(Recorder::CompareWith, &[&began.get()]);
    let compare = move |_| on_compare.run(index.get_untracked().filter(|_| !compared.get_untracked()));
    let unfold = StoredValue::new(key);
    view! {
        <tbody class=tone>
            <tr>
                <th scope="row" title=text(|row| &row.began.evidence)>{began}</th>
                <td class="short">{text(|row| &row.versions)}</td>
                <td class="short">{text(|row| &row.lasted)}</td>
                <td class="short">{text(|row| &row.difference)}</td>
                <td class="short state-word" title=text(|row| &row.outcome.evidence)>{text(|row| &row.outcome.text)}</td>
                <td class="short">{text(|row| &row.nodes)}</td>
                <td>{text(|row| &row.known)}</td>
                <td>{move || index.get().map(|_| view! {
                    <button
                        aria-label=label
                        aria-pressed=move || if compared.get() { "true" } else { "false" }
                        on:click=compare
                    >{say(Recorder::Compare)}</button>
                })}</td>
            </tr>
            {move || (timed.get() > 0).then(|| view! {
                <tr class="parts">
                    <td colspan=COLUMNS.len().to_string()>
                        <details on:toggle:target=move |event| {
                            on_unfold.run((unfold.get_value(), event.target().open()));
                        }>
                            <summary>{move || lang().fill(Recorder::PerNode, &[&timed.get().to_string()])}</summary>
                            <Turns turns />
                        </details>
                    </td>
                </tr>
            })}
        </tbody>
    }
}

/// What each node went through in one run.
#[component]
fn Turns(turns: Memo<Vec<TurnRow>>) -> impl IntoView {
    let row = |row: TurnRow| {
        view! {
            <tr class=tone::of_state(row.state)>
                <th scope="row">{row.node}</th>
                <td>{row.role}</td>
                <td class="short state-word">{row.word}</td>
                <td>{row.turns}</td>
                <td class="long" title=row.when.evidence>{row.when.text}</td>
                <td class="short">{row.took}</td>
            </tr>
        }
    };
    view! {
        <table class="turns">
            <thead>
                <tr>
                    <th scope="col">{say(Page::Node)}</th>
                    <th scope="col">{say(Page::Role)}</th>
                    <th scope="col">{say(Recorder::Outcome)}</th>
                    <th scope="col">{say(Recorder::Turns)}</th>
                    <th scope="col">{say(Recorder::TurnsWhen)}</th>
                    <th scope="col">{say(Recorder::Took)}</th>
                </tr>
            </thead>
            <tbody>{move || turns.get().into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
