//! One bar.

use leptos::prelude::*;
use rollwatch_core::model::State;
use rollwatch_core::view::{Bar, BarKind};

use super::patterns::fill;
use super::percent;
use crate::ui::tone;

/// The middle of a row.
pub const MIDDLE: i32 = 12;

/// An arrow head: the bar goes on.
const TIP: &str = "M-1 6 6 12-1 18z";

/// A bar in its row. What ended badly is crossed out, so that it is not told by colour alone.
pub fn drawn(bar: &Bar) -> AnyView {
    let (x, width) = (percent(bar.x), percent(bar.width));
    let title = bar.title.clone();
    match bar.kind {
        BarKind::Waiting => view! {
            <line class="bar waits" x1=x x2=percent(bar.x + bar.width) y1=MIDDLE y2=MIDDLE><title>{title}</title></line>
        }
        .into_any(),
        BarKind::Unreported => view! {
            <rect class="bar unreported" x=x.clone() width=width.clone() y="6" height="12"><title>{title}</title></rect>
            <foreignObject x=x width=width y="3" height="18"><div class="bar-label"><span>{bar.label.clone()}</span></div></foreignObject>
        }
        .into_any(),
        _ => {
            let (class, pattern, y, height) = look(bar.kind, bar.state);
            let fill = pattern.map(|pattern| fill(pattern, bar.state));
            // A node that is at work again may have failed before.
            let class = format!("bar {class} {}", tone::of_state(bar.state));
            let tip = bar.goes_on.then(|| {
                view! { <svg x=percent(bar.x + bar.width) overflow="visible"><path class="tip" d=TIP /></svg> }
            });
            view! {
                <rect class=class x=x width=width y=y height=height fill=fill><title>{title}</title></rect>
                {tip}
            }
            .into_any()
        }
    }
}

/// The class of a bar, the kind of its pattern, and where it lies within its row.
fn look(kind: BarKind, state: State) -> (&'static str, Option<&'static str>, i32, i32) {
    let bad = matches!(state, State::Failed | State::RolledBack | State::PartiallySucceeded);
    match kind {
        BarKind::Ghost => ("ghost", None, 1, 22),
        BarKind::Turn if bad => ("turn", Some("cross"), 3, 18),
        BarKind::Turn => ("turn plain", None, 3, 18),
        BarKind::Between => ("between", Some("hatch"), 6, 12),
        BarKind::Open => ("open", Some("fade"), 6, 12),
        _ if bad => ("bad", Some("cross"), 6, 12),
        BarKind::Seen => ("seen", None, 6, 12),
        BarKind::Inferred => ("inferred", None, 6, 12),
        BarKind::Many => ("many", None, 6, 12),
        _ if state == State::Unknown => ("seen", None, 6, 12),
        _ => ("reported", None, 6, 12),
    }
}
