//! The picture: a scale, the ground with what nobody watched, and a row for each node.

use leptos::prelude::*;
use rollwatch_core::view::words::Chart as Words;
use rollwatch_core::view::{Blank, GanttRow, Gesture, Hand, Tick, Verdict};

use super::controls::KEYS;
use super::{Hold, bar, patterns, percent};
use crate::browser::pointer;
use crate::ui::glyph::Glyph;
use crate::ui::{say, tone};
use rollwatch_core::model::State;

/// The part of the picture whose width is the axis.
const GROUND: &str = ".gantt-ground";

/// A tick further to the right than this has its words to its left.
const LAST: i32 = 965;

/// How many letters of a name stand at its end whatever the room, as names share their beginnings; and up to
/// how many letters there is room for all.
const TAIL: usize = 9;
const SHORT: usize = 16;

/// The keys of the chart, as `aria-keyshortcuts` names them.
const SHORTCUTS: &str = "Plus - 0 A H ArrowLeft ArrowRight";

/// Arrow heads at both ends of a row: something lies before, or after, the part of time that is shown.
const BEFORE: &str = "M8 5 1 12l7 7z";
const AFTER: &str = "M-8 5-1 12l-7 7z";

#[component]
pub fn Picture(hold: Hold) -> impl IntoView {
    let hand = StoredValue::new(Hand::default());
    let zoomed = hold.of(|gantt| gantt.is_zoomed());
    let follow = move |gesture: Gesture| {
        if let Some(window) = hold.gantt.with_untracked(|gantt| gantt.moved(gesture)) {
            hold.show(window);
        }
    };
    let released = move |id: i32| {
        if hand.try_update_value(|hand| hand.up(id)) == Some(true) {
            hold.tell();
        }
    };
    view! {
        <div
            class="gantt" class:zoomed=zoomed tabindex="0" role="group"
            aria-label=say(Words::Title) aria-describedby=KEYS aria-keyshortcuts=SHORTCUTS
            on:keydown=move |event| {
                let shortcut = event.ctrl_key() || event.alt_key() || event.meta_key();
                let wish = hold.gantt.with_untracked(|gantt| gantt.pressed(&event.key()));
                if let Some(window) = wish.filter(|_| !shortcut) {
                    event.prevent_default();
                    hold.choose(window);
                }
            }
            on:wheel=move |event| {
                if let (Some(pixels), Some(around)) = (pointer::zooms(&event), pointer::along(&event, GROUND)) {
                    follow(Gesture::of_wheel(pixels, around));
                }
            }
            on:pointerdown=move |event| {
                let presses = event.button() == 0 && (zoomed.get_untracked() || event.pointer_type() == "touch");
                if let Some(x) = pointer::along(&event, GROUND).filter(|_| presses) {
                    hand.update_value(|hand| hand.down(event.pointer_id(), x));
                    pointer::hold(&event);
                }
            }
            on:pointermove=move |event| {
                let Some(x) = pointer::along(&event, GROUND) else { return };
                let gesture = hand.try_update_value(|hand| hand.moved(event.pointer_id(), x)).flatten();
                gesture.into_iter().for_each(follow);
            }
            on:pointerup=move |event| released(event.pointer_id())
            on:pointercancel=move |event| released(event.pointer_id())
        >
            <Scale hold />
            <div class="gantt-body">
                <Ground hold />
                <Rows hold />
            </div>
        </div>
    }
}

/// Names of instants and of what nobody watched. It stays in sight while the rows scroll.
#[component]
fn Scale(hold: Hold) -> impl IntoView {
    let ticks = hold.of(|gantt| gantt.ticks.clone());
    let blanks = hold.of(|gantt| gantt.blanks.clone());
    let tick = |tick: Tick| {
        let class = if tick.minor { "tick minor" } else { "tick" };
        // The last one may not lie beyond the page.
        let anchor = if tick.x > LAST { "end" } else { "middle" };
        view! {
            <svg class=class x=percent(tick.x) overflow="visible">
                <text y="13" text-anchor=anchor>{tick.label}</text>
                <text class="date" y="27" text-anchor=anchor>{tick.date}</text>
            </svg>
        }
    };
    let label = |blank: Blank| {
        view! {
            <foreignObject x=percent(blank.x) width=percent(blank.width) y="30" height="18">
                <div class="bar-label" title=blank.label.clone()><span>{blank.label.clone()}</span></div>
            </foreignObject>
        }
    };
    let class = move || if blanks.with(Vec::is_empty) { "gantt-scale" } else { "gantt-scale with-blanks" };
    view! {
        <div class=class>
            <svg aria-hidden="true">
                {move || ticks.get().into_iter().map(tick).collect_view()}
                {move || blanks.get().into_iter().map(label).collect_view()}
            </svg>
        </div>
    }
}

#[component]
fn Ground(hold: Hold) -> impl IntoView {
    let ticks = hold.of(|gantt| gantt.ticks.iter().map(|tick| (tick.x, tick.minor)).collect::<Vec<_>>());
    let blanks = hold.of(|gantt| gantt.blanks.clone());
    let now = hold.of(|gantt| gantt.now_x);
    let grid = |(x, minor): (i32, bool)| {
        let class = if minor { "grid minor" } else { "grid" };
        view! { <line class=class x1=percent(x) x2=percent(x) y1="0" y2="100%" /> }
    };
    let veil = |blank: Blank| {
        view! {
            <rect class="veil" x=percent(blank.x) width=percent(blank.width) height="100%" fill=patterns::VEIL>
                <title>{blank.label}</title>
            </rect>
        }
    };
    view! {
        <svg class="gantt-ground" aria-hidden="true">
            {patterns::definitions()}
            {move || ticks.get().into_iter().map(grid).collect_view()}
            {move || blanks.get().into_iter().map(veil).collect_view()}
            {move || now.get().map(|x| view! {
                <line class="now" x1=percent(x) x2=percent(x) y1="0" y2="100%" />
                <svg x=percent(x) y="100%" overflow="visible"><text class="now-label" x="-4" y="-4" text-anchor="end">{say(Words::Now)}</text></svg>
            })}
        </svg>
    }
}

/// A row is built once; what changes follows its own values.
#[component]
fn Rows(hold: Hold) -> impl IntoView {
    let rows = hold.of(|gantt| gantt.rows.clone());
    let keys = Memo::new(move |_| {
        rows.with(|rows| rows.iter().map(|row| row.key.clone()).enumerate().collect::<Vec<_>>())
    });
    view! {
        <For each=move || keys.get() key=|(_, key)| key.clone() children=move |(place, key)| {
            // It mostly stays in its place: looking it up among thousands each time would take long.
            let row = Memo::new(move |_| rows.with(|rows| {
                let there = rows.get(place).filter(|row| row.key == key);
                there.or_else(|| rows.iter().find(|row| row.key == key)).cloned()
            }));
            view! { <Row row /> }
        } />
    }
}

#[component]
fn Row(row: Memo<Option<GanttRow>>) -> impl IntoView {
    let text = move |pick: fn(&GanttRow) -> String| {
        Memo::new(move |_| row.with(|row| row.as_ref().map(pick).unwrap_or_default()))
    };
    let state = Memo::new(move |_| row.with(|row| row.as_ref().map_or(State::Unknown, |row| row.state)));
    let bars =
        Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.bars.clone()).unwrap_or_default()));
    let beyond =
        Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.goes_beyond).unwrap_or_default()));
    let (heading, name) = (text(|row| row.heading.clone()), text(|row| row.name.clone()));
    let glyph = Signal::derive(move || shape(state.get()));
    view! {
        <div class=move || format!("lane {}", tone::of_state(state.get()))>
            {move || (!heading.with(String::is_empty)).then(|| view! { <p class="lane-group">{heading}</p> })}
            <div class="lane-name" title=name>
                <Glyph verdict=glyph />
                {move || { let (head, tail) = name.with(|name| halves(name)); view! { <span class="head">{head}</span><span>{tail}</span> } }}
                <span class="hidden-text">" ("{text(|row| row.word.clone())}")"</span>
            </div>
            <svg class="lane-bars" aria-hidden="true">
                {move || bars.with(|bars| bars.iter().map(bar::drawn).collect_view())}
                {move || beyond.get().0.then(|| view! { <path class="beyond" d=BEFORE /> })}
                {move || beyond.get().1.then(|| view! { <svg x="100%" overflow="visible"><path class="beyond" d=AFTER /></svg> })}
            </svg>
        </div>
    }
}

/// A name in two parts, the first of which may be cut where there is little room.
fn halves(name: &str) -> (String, String) {
    let letters = name.chars().count();
    let at = name.char_indices().nth(letters.saturating_sub(TAIL)).map_or(name.len(), |(at, _)| at);
    let (head, tail) = name.split_at(if letters > SHORT { at } else { 0 });
    (head.to_owned(), tail.to_owned())
}

const fn shape(state: State) -> Verdict {
    match state {
        State::Pending => Verdict::Waiting,
        State::Running => Verdict::Running,
        State::Succeeded => Verdict::Done,
        State::PartiallySucceeded => Verdict::PartlyFailed,
        State::Failed => Verdict::Failed,
        State::RolledBack => Verdict::RolledBack,
        State::Unknown => Verdict::Unrecognised,
    }
}
