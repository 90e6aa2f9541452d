//! The node timeline as a picture. The tables below it say the same in words.

use leptos::prelude::*;
use rollwatch_core::model::State;
use rollwatch_core::view::words::Page;
use rollwatch_core::view::{Bar, BarKind, Gantt, GanttRow, Tick, WIDTH};

use super::{say, tone};

/// Left of the axis: the names of the rows.
const LABEL_WIDTH: f64 = 290.0;
const ROW_HEIGHT: f64 = 24.0;
const GROUP_GAP: f64 = 10.0;
const HEAD_HEIGHT: f64 = 26.0;
/// A name longer than this is cut in the middle: names share their beginnings and differ at the end.
const LABEL_CHARS: usize = 26;

#[component]
pub fn Chart(#[prop(into)] gantt: Signal<Gantt>) -> impl IntoView {
    view! {
        <Show when=move || gantt.with(|gantt| !gantt.rows.is_empty())
            fallback=|| view! { <p class="quiet">{say(Page::TimelineEmpty)}</p> }>
            <p class="quiet">{say(Page::TimelineAbout)}</p>
            <div class="scroll" tabindex="0" role="region" aria-label=say(Page::Timeline)>
                {move || gantt.with(picture)}
            </div>
            <ul class="legend">
                {legend(BarKind::Reported, Page::Reported)}
                {legend(BarKind::Inferred, Page::Inferred)}
                {legend(BarKind::Observed, Page::Observed)}
                {legend(BarKind::NotWatched, Page::NotWatched)}
            </ul>
        </Show>
    }
}

fn legend(kind: BarKind, word: Page) -> impl IntoView {
    view! {
        <li><svg viewBox="0 0 26 12" aria-hidden="true"><rect class=bar_class(kind, State::Running) x=1 y=1 width="24" height="10" /></svg>" "{say(word)}</li>
    }
}

fn bar_class(kind: BarKind, state: State) -> String {
    let kind = match kind {
        BarKind::Reported => "",
        BarKind::Inferred => " inferred",
        BarKind::Observed => " observed",
        BarKind::NotWatched => " not-watched",
    };
    format!("bar {}{kind}", tone::of_state(state))
}

fn picture(gantt: &Gantt) -> impl IntoView + use<> {
    let mut y = HEAD_HEIGHT;
    let rows: Vec<_> = gantt
        .rows
        .iter()
        .map(|row| {
            y += if row.starts_group { GROUP_GAP } else { 0.0 };
            let drawn = drawn_row(row, y);
            y += ROW_HEIGHT;
            drawn
        })
        .collect();
    let height = y + 6.0;
    let gaps: Vec<_> =
        gantt.not_watched.iter().map(|bar| drawn_bar(bar, HEAD_HEIGHT, y - HEAD_HEIGHT)).collect();
    view! {
        <svg class="gantt" viewBox=format!("0 0 {} {height}", LABEL_WIDTH + WIDTH) role="img" aria-label=say(Page::Timeline)>
            {gantt.ticks.iter().map(|tick| drawn_tick(tick, height)).collect_view()}
            {gaps}
            {rows}
            {gantt.now_x.map(|x| drawn_now(LABEL_WIDTH + x, height))}
        </svg>
    }
}

fn drawn_tick(tick: &Tick, height: f64) -> impl IntoView + use<> {
    let x = LABEL_WIDTH + tick.x;
    view! {
        <line class="grid" x1=x x2=x y1=HEAD_HEIGHT - 6.0 y2=height />
        <text class="tick-label" x=x y=14 text-anchor="middle">{tick.label.clone()}</text>
    }
}

fn drawn_now(x: f64, height: f64) -> impl IntoView + use<> {
    view! {
        <line class="now" x1=x x2=x y1=HEAD_HEIGHT - 6.0 y2=height />
        <text class="now-label" x=x - 4.0 y=HEAD_HEIGHT + 2.0 text-anchor="end">{say(Page::Now)}</text>
    }
}

fn drawn_row(row: &GanttRow, y: f64) -> impl IntoView + use<> {
    let bars = row.bars.iter().map(|bar| drawn_bar(bar, y + 3.0, ROW_HEIGHT - 8.0)).collect_view();
    let baseline = y + ROW_HEIGHT - 9.0;
    view! {
        <g class=tone::of_state(row.state)>
            <text x=0 y=baseline>{shortened(&row.name)}<title>{row.name.clone()}</title></text>
            <text class="role" x=LABEL_WIDTH - 10.0 y=baseline text-anchor="end">{row.role.clone()}</text>
            <line class="grid" x1=LABEL_WIDTH x2=LABEL_WIDTH + WIDTH y1=y + ROW_HEIGHT - 2.0 y2=y + ROW_HEIGHT - 2.0 />
            {bars}
        </g>
    }
}

fn drawn_bar(bar: &Bar, y: f64, height: f64) -> impl IntoView + use<> {
    view! {
        <rect class=bar_class(bar.kind, bar.state) x=LABEL_WIDTH + bar.x y=y width=bar.width height=height rx=2>
            <title>{bar.title.clone()}</title>
        </rect>
    }
}

fn shortened(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    if chars.len() <= LABEL_CHARS {
        return name.to_owned();
    }
    let keep = LABEL_CHARS / 2;
    let head: String = chars.iter().take(keep - 1).collect();
    let tail: String = chars.iter().skip(chars.len().saturating_sub(keep)).collect();
    format!("{head}…{tail}")
}
