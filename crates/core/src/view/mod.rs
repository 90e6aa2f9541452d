//! What the page shows, as values: every word, number and position, in the reader's language. The browser
//! only turns these into elements.

mod card;
mod changes;
mod check;
mod doctor;
mod findings;
mod format;
mod gantt;
mod history;
mod judgement;
mod leaves;
mod look;
mod names;
mod page;
mod replay;
#[cfg(test)]
mod tests;
mod trouble;
mod when;
pub mod words;

pub use crate::assess::{Level, Verdict};
pub use card::{CardView, Cell, Liveness, card};
pub use changes::{Changes, Entry, EntryKind, Line};
pub use check::{CheckView, check};
pub use doctor::{DoctorView, HopView, Surroundings, doctor};
pub use format::{OFFSETS, Reader, clock, duration, minute, offset_name};
pub use gantt::{
    Bar, BarKind, Blank, Gantt, GanttRow, Gesture, Hand, MIN_WIDTH, PAN, ROWS_AT_MOST, SHORTEST, STUB,
    Stretch, TICKS_AT_MOST, Tick, TimeRow, WIDTH, ZOOM,
};
pub use history::{RunRow, TurnRow};
pub use leaves::{CallRow, LeavesView, PolicyView, leaves};
pub use look::{Look, Window, Wish};
pub use names::{
    operation_name, place_name, provider_name, role_name, service_name, site_name, state_name, verdict_name,
};
pub use page::{FindingRow, NodeRow, PageView, Shown, StepRow, page};
pub use replay::{Replay, replay};
pub use trouble::{Trouble, locked, needs_key, not_agreed, trouble};
