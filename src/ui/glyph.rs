//! One shape per verdict, so that no verdict is told by colour alone.

use leptos::prelude::*;
use rollwatch_core::view::Verdict;

/// The shape of a verdict. It follows the verdict without being built anew, and the word beside it says the
/// same to a screen reader.
#[component]
pub fn Glyph(#[prop(into)] verdict: Signal<Verdict>) -> impl IntoView {
    view! {
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">
            <path d=move || shape(verdict.get()) />
        </svg>
    }
}

const fn shape(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Failed => "M3.5 3.5 12.5 12.5M12.5 3.5 3.5 12.5",
        Verdict::PartlyFailed => "M2.5 4l4.5 5M7 4 2.5 9M8.5 11.5l2 2 3.5-6",
        Verdict::RollingBack => "M8 4 2.5 8 8 12zM13.5 4 8 8l5.5 4z",
        Verdict::RolledBack => "M6 3 3 6l3 3M3.5 6H10a3.5 3.5 0 0 1 0 7H6",
        Verdict::Stalled => "M8 2V9.5M8 13v.1",
        Verdict::DoneMixed => "M1.5 8.5 4.5 11.5 9 4.5M11 6h4M11 10h4",
        Verdict::CannotSee => "M1.5 8C4 4 12 4 14.5 8 12 12 4 12 1.5 8M3 13.5 13 2.5",
        Verdict::Slow => "M4 2h8M4 14h8M4.5 2c0 5 7 7 7 12M11.5 2c0 5-7 7-7 12",
        Verdict::Unrecognised => "M5.5 5.5C5.5 2 10.5 2 10.5 5.3 10.5 7.5 8 7.5 8 10M8 13v.1",
        Verdict::Refused => "M8 2a6 6 0 1 0 .01 0M4.5 8h7",
        Verdict::Running => "M8 2a6 6 0 1 0 .01 0M8 2v12M10.5 3.5v9M13 6v4",
        Verdict::Waiting => "M8 2a6 6 0 1 0 .01 0M8 5v3.2l2.3 1.5",
        Verdict::Passed => "M8 2a6 6 0 1 0 .01 0M5.3 8.2l2 2 3.5-4",
        Verdict::Done => "M3 8.5 6.5 12 13 4.5",
        Verdict::Idle => "M4 8h8",
        Verdict::Asking => "M3.5 8v.01M8 8v.01M12.5 8v.01",
    }
}
