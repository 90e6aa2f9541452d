//! The timeline of a run: a picture, its controls, and the same as a table.

mod bar;
mod controls;
mod patterns;
mod picture;
mod time_table;

use leptos::prelude::*;
use rollwatch_core::model::State;
use rollwatch_core::view::words::Chart as Words;
use rollwatch_core::view::{Bar, BarKind, Gantt, WIDTH, Window, Wish};

use super::{say, tone};
use controls::Controls;
use picture::Picture;
use time_table::TimeTable;

/// What the parts of the chart share.
#[derive(Clone, Copy)]
struct Hold {
    gantt: Signal<Gantt>,
    wish: Callback<Wish>,
    /// The part of time that was chosen last, for a screen reader to speak.
    said: RwSignal<String>,
}

impl Hold {
    /// Shows another part of time, and says which.
    fn choose(self, window: Window) {
        self.show(window);
        self.tell();
    }

    fn show(self, window: Window) {
        self.wish.run(Wish::Window(window));
    }

    fn tell(self) {
        self.said.set(self.gantt.with_untracked(|gantt| gantt.span.clone()));
    }

    /// A slice that changes only when its own value does.
    fn of<T>(self, pick: fn(&Gantt) -> T) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.gantt.with(pick))
    }
}

/// The chart; `wish` is told what the reader wants to see of it.
#[component]
pub fn Chart(#[prop(into)] gantt: Signal<Gantt>, #[prop(into)] wish: Callback<Wish>) -> impl IntoView {
    let hold = Hold { gantt, wish, said: RwSignal::new(String::new()) };
    let drawn = hold.of(|gantt| !gantt.rows.is_empty());
    view! {
        <Show when=move || drawn.get() fallback=|| view! { <p class="quiet">{say(Words::Empty)}</p> }>
            <p class="quiet">{say(Words::About)}</p>
            <Controls hold />
            <Picture hold />
            <Legend hold />
            <TimeTable hold />
        </Show>
    }
}

#[component]
fn Legend(hold: Hold) -> impl IntoView {
    let kinds = hold.of(|gantt| gantt.kinds.clone());
    let blank = hold.of(|gantt| !gantt.blanks.is_empty());
    let entry = |kind: BarKind| {
        let word = match kind {
            BarKind::Reported | BarKind::Turn => Words::Reported,
            BarKind::Seen => Words::Seen,
            BarKind::Many => Words::Many,
            BarKind::Between => Words::Between,
            BarKind::Open => Words::Open,
            BarKind::Inferred => Words::Inferred,
            BarKind::Waiting => Words::Waiting,
            BarKind::Unreported => Words::Unreported,
            BarKind::Ghost => Words::EarlierRun,
        };
        let bar = Bar {
            x: 0,
            width: WIDTH,
            state: State::Running,
            kind,
            title: String::new(),
            label: String::new(),
            goes_on: false,
        };
        view! { <li class=tone::of_state(State::Running)><svg aria-hidden="true">{bar::drawn(&bar)}</svg>" "{say(word)}</li> }
    };
    view! {
        <ul class="legend">
            {move || kinds.get().into_iter().map(entry).collect_view()}
            {move || blank.get().then(|| view! {
                <li><svg aria-hidden="true"><rect class="veil" width="100%" height="100%" fill=patterns::VEIL /></svg>" "{say(Words::NotWatched)}</li>
            })}
        </ul>
    }
}

/// A length or a place on the axis, as the browser wants it.
fn percent(units: i32) -> String {
    format!("{}.{}%", units / 10, units % 10)
}
