//! The tables of the cluster page: rows as values, drawn by one component.

use leptos::prelude::*;
use rollwatch_core::view::words::{Findings, Page};
use rollwatch_core::view::{FindingRow, Level, NodeRow, Shown, StepRow};

use super::{say, tone};

/// A table row before it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    tone: &'static str,
    cells: Vec<Cell>,
}

#[derive(Debug, Clone, PartialEq)]
struct Cell {
    kind: Kind,
    text: String,
    /// What a closer look shows.
    title: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    /// Names the row.
    Head,
    /// In the row's tone.
    State,
    /// Not broken over lines.
    Short,
    Long,
}

fn cell(kind: Kind, text: String) -> Cell {
    Cell { kind, text, title: String::new() }
}

fn time(shown: Shown) -> Cell {
    Cell { kind: Kind::Short, text: shown.text, title: shown.evidence }
}

/// A table that can be scrolled sideways on a small screen, by keyboard too.
#[component]
pub fn Table(label: Page, columns: Vec<Page>, #[prop(into)] rows: Signal<Vec<Row>>) -> impl IntoView {
    let heads = columns.into_iter().map(|column| view! { <th scope="col">{say(column)}</th> }).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say(label)>
            <table>
                <thead><tr>{heads}</tr></thead>
                <tbody>{move || rows.get().into_iter().map(drawn).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn drawn(row: Row) -> impl IntoView {
    let cells = row.cells.into_iter().map(|Cell { kind, text, title }| match kind {
        Kind::Head => view! { <th scope="row">{text}</th> }.into_any(),
        Kind::State => view! { <td class="short state-word">{text}</td> }.into_any(),
        Kind::Plain => view! { <td>{text}</td> }.into_any(),
        Kind::Short => view! { <td class="short" title=title>{text}</td> }.into_any(),
        Kind::Long => view! { <td class="long">{text}</td> }.into_any(),
    });
    view! { <tr class=row.tone>{cells.collect_view()}</tr> }
}

pub const STEP_COLUMNS: [Page; 8] = [
    Page::Node,
    Page::Order,
    Page::Step,
    Page::State,
    Page::Begin,
    Page::End,
    Page::Duration,
    Page::Description,
];

pub fn step(row: StepRow) -> Row {
    let cells = vec![
        cell(Kind::Plain, row.node),
        cell(Kind::Plain, row.order),
        cell(Kind::Head, row.name),
        cell(Kind::State, row.word),
        time(row.begin),
        time(row.end),
        cell(Kind::Short, row.duration),
        cell(Kind::Long, row.description),
    ];
    Row { tone: tone::of_state(row.state), cells }
}

pub const NODE_COLUMNS: [Page; 5] = [Page::Node, Page::Role, Page::State, Page::VendorWord, Page::Changed];

pub fn node(row: NodeRow) -> Row {
    let cells = vec![
        cell(Kind::Head, row.name),
        cell(Kind::Plain, row.role),
        cell(Kind::State, row.word),
        cell(Kind::Plain, row.vendor_word),
        time(row.changed),
    ];
    Row { tone: tone::of_state(row.state), cells }
}

#[component]
pub fn FindingList(#[prop(into)] rows: Signal<Vec<FindingRow>>) -> impl IntoView {
    let row = |row: FindingRow| {
        let class = match row.level {
            Level::Bad => "level-bad",
            Level::Odd => "level-odd",
            Level::Note => "level-note",
        };
        let since = (!row.since.is_empty()).then(|| view! { <span class="aside">{row.since}</span> });
        let impact = (!row.impact.is_empty()).then(|| view! { <span class="aside">{row.impact}</span> });
        view! { <li class=class><span class="level">{row.level_word}</span>" · "{row.sentence}{since}{impact}</li> }
    };
    move || match rows.get() {
        rows if rows.is_empty() => view! { <p class="quiet">{say(Findings::None)}</p> }.into_any(),
        rows => view! { <ul class="findings">{rows.into_iter().map(row).collect_view()}</ul> }.into_any(),
    }
}
