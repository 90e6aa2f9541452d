//! The patterns of the chart, one of each kind per tone: a pattern takes its colour from where it is defined.

use leptos::prelude::*;
use rollwatch_core::model::State;

use crate::ui::tone;

const STATES: [State; 7] = [
    State::Pending,
    State::Running,
    State::Succeeded,
    State::PartiallySucceeded,
    State::Failed,
    State::RolledBack,
    State::Unknown,
];

const CROSS: &str = "M0 0 7 7M7 0 0 7";

/// A reference to the pattern of what nobody watched, to be used as `fill`.
pub const VEIL: &str = "url(#veil)";

/// A reference to the pattern of a kind and a state, to be used as `fill`.
pub fn fill(kind: &str, state: State) -> String {
    format!("url(#{kind}-{})", tone::of_state(state))
}

pub fn definitions() -> impl IntoView {
    // An element without a computed attribute would be wrapped into another, which no gradient understands.
    let stop = |class: &'static str, offset: i32| view! { <stop class=class offset=offset /> };
    let of_state = move |state: State| {
        let tone = tone::of_state(state);
        view! {
            <pattern id=format!("hatch-{tone}") class=tone width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect class="ink" width=2 height=5 />
            </pattern>
            <pattern id=format!("cross-{tone}") class=tone width="7" height="7" patternUnits="userSpaceOnUse">
                <path class="stroke" d=CROSS />
            </pattern>
            <linearGradient id=format!("fade-{tone}") class=tone>
                {stop("ink clear", 0)}
                {stop("ink", 1)}
            </linearGradient>
        }
    };
    view! {
        <defs>
            {STATES.into_iter().map(of_state).collect_view()}
            <pattern id="veil" width=9 height=9 patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
                <rect class="veil-ground" width=9 height=9 />
                <rect class="veil-ink" width=1.5 height=9 />
            </pattern>
        </defs>
    }
}
