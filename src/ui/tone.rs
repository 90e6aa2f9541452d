//! The class that gives an element the colour of a verdict or a state.

use rollwatch_core::model::State;
use rollwatch_core::view::Verdict;

pub const fn of_verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Failed => "tone-failed",
        Verdict::PartlyFailed => "tone-partlyfailed",
        Verdict::RollingBack | Verdict::RolledBack => "tone-rolledback",
        Verdict::Stalled => "tone-stalled",
        Verdict::DoneMixed => "tone-donemixed",
        Verdict::CannotSee => "tone-cannotsee",
        Verdict::Slow => "tone-slow",
        Verdict::Unrecognised => "tone-unrecognised",
        Verdict::Refused => "tone-refused",
        Verdict::Running => "tone-running",
        Verdict::Waiting => "tone-waiting",
        Verdict::Passed => "tone-passed",
        Verdict::Done => "tone-done",
        Verdict::Idle => "tone-idle",
        Verdict::Asking => "tone-asking",
    }
}

pub const fn of_state(state: State) -> &'static str {
    match state {
        State::Pending => "tone-pending",
        State::Running => "tone-running",
        State::Succeeded => "tone-succeeded",
        State::PartiallySucceeded => "tone-partiallysucceeded",
        State::Failed => "tone-failed",
        State::RolledBack => "tone-rolledback",
        State::Unknown => "tone-unknown",
    }
}
