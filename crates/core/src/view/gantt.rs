//! The timeline of a run as positions and words: rows of bars over a common axis, and the same as a table.
//!
//! Time comes in three kinds that never look alike: what the vendor reports, what this browser saw change
//! between two answers, and what nobody watched.

mod bars;
mod facts;
mod ghosts;
mod hand;
mod rows;
mod table;
#[cfg(test)]
mod tests;
mod texts;
mod ticks;
mod window;

pub use bars::{Bar, BarKind};
pub use hand::{Gesture, Hand};
pub use rows::ROWS_AT_MOST;
pub use table::TimeRow;
pub use ticks::{TICKS_AT_MOST, Tick};
pub use window::{SHORTEST, Stretch};

use super::format::Reader;
use super::look::{Look, Window};
use super::names::state_name;
use crate::model::{Span, State, Timestamp};
use crate::timeline::{Gap, GapCause, Timeline};
use bars::Axis;
use facts::Course;
use ghosts::Ghosts;
use rows::Lane;
use texts::Texts;

/// The axis runs from 0 to this many units, so that a second more rarely moves anything.
pub const WIDTH: i32 = 1000;

/// The least width of a bar.
pub const MIN_WIDTH: i32 = 3;

/// How much a press of a key or a button zooms, and what fraction of the width it moves.
pub const ZOOM: f64 = 2.0;
pub const PAN: f64 = 0.25;

/// The width of the faded edge of what began before it was first seen.
pub const STUB: i32 = 14;

/// Without a good answer for so long, the time since the last one counts as not watched, as it will when the
/// next answer comes.
const BLIND_AFTER: Span = Span::minutes(3);

/// One line of the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GanttRow {
    /// Unique within the chart.
    pub key: String,
    /// What stands above the row: a role, or "Steps". Empty but for the first row of a group.
    pub heading: String,
    /// A node, a step of the operation, or "97 waiting".
    pub name: String,
    /// How many nodes the row stands for; 0 for a step.
    pub nodes: usize,
    pub state: State,
    /// The state in words.
    pub word: String,
    pub bars: Vec<Bar>,
    /// Whether something lies before and after what is shown.
    pub goes_beyond: (bool, bool),
}

/// A stretch in which nobody watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// From 0 to `WIDTH`.
    pub x: i32,
    pub width: i32,
    /// "not watched, 12 min: no page was open".
    pub label: String,
}

/// The chart and its table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gantt {
    /// None when there is nothing to draw.
    pub rows: Vec<GanttRow>,
    pub ticks: Vec<Tick>,
    /// Where now is; `None` once the operation is over, and when now is not shown.
    pub now_x: Option<i32>,
    pub blanks: Vec<Blank>,
    /// What the picture has bars of, in the order of a legend.
    pub kinds: Vec<BarKind>,
    /// The choice that holds: a wish that cannot be met shows the whole run.
    pub window: Window,
    pub shown: Stretch,
    pub whole: Stretch,
    /// What is shown, in words: "16:02 to 17:02".
    pub span: String,
    /// Whether something is at work now.
    pub at_work: bool,
    pub nodes: usize,
    /// Whether the nodes are so many that they are folded, unless somebody wants to see each of them.
    pub foldable: bool,
    pub unfolded: bool,
    /// The earlier runs that this one may be compared with, the newest first.
    pub runs: Vec<String>,
    pub compared: Option<usize>,
    pub table: Vec<TimeRow>,
}

impl Gantt {
    /// The choice that shows `factor` times less time, in which the instant at `around` stays where it is.
    pub fn zoomed(&self, factor: f64, around: f64) -> Window {
        self.choice(self.shown.zoomed(factor, around, self.whole))
    }

    /// The choice that shows as much, later by a fraction of it.
    pub fn panned(&self, fraction: f64) -> Window {
        self.choice(self.shown.panned(fraction, self.whole))
    }

    /// What a key asks for while the chart has the focus; `None` for keys that mean nothing here.
    pub fn pressed(&self, key: &str) -> Option<Window> {
        Some(match key {
            "+" | "=" => self.zoomed(ZOOM, 0.5),
            "-" | "_" => self.zoomed(1.0 / ZOOM, 0.5),
            "ArrowLeft" => self.panned(-PAN),
            "ArrowRight" => self.panned(PAN),
            "0" => Window::All,
            "a" | "A" if self.at_work => Window::Active,
            "h" | "H" => Window::LastHour,
            _ => return None,
        })
    }

    /// What a movement asks for; `None` when nothing would change.
    pub fn moved(&self, gesture: Gesture) -> Option<Window> {
        let window = match gesture {
            Gesture::Zoom { factor, around } => self.zoomed(factor, around),
            Gesture::Pan(fraction) => self.panned(fraction),
        };
        let (from, to) = match window {
            Window::Between(from, to) => (from, to),
            _ => (self.whole.from, self.whole.to),
        };
        (self.shown != Stretch { from, to }).then_some(window)
    }

    /// Whether there is more to see than what is shown.
    pub fn is_zoomed(&self) -> bool {
        self.shown != self.whole
    }

    fn choice(&self, stretch: Stretch) -> Window {
        if stretch == self.whole { Window::All } else { Window::Between(stretch.from, stretch.to) }
    }
}

/// The chart at `now`; without rows when there is nothing to draw.
pub(super) fn gantt(timeline: &Timeline, look: &Look, reader: Reader, now: Timestamp) -> Gantt {
    let Some(course) = Course::of(timeline, now) else { return Gantt::default() };
    let texts = Texts { reader, now, name: "" };
    let earlier = timeline.earlier();
    let compared = look.compared.filter(|index| *index < earlier.len());
    let run = compared.and_then(|index| earlier.get(index));
    let ghosts = run.map(|run| Ghosts::of_run(run, &course)).unwrap_or_default();
    let gaps = gaps(timeline, &course, now);
    let lanes = rows::lanes(timeline, &course, &gaps, &ghosts, texts);
    let Some(whole) = whole(&lanes, &course) else { return Gantt::default() };
    let gaps: Vec<Gap> =
        gaps.into_iter().filter(|gap| gap.until > whole.from && gap.after < whole.to).collect();
    let open = lanes.iter().flat_map(|lane| &lane.facts).filter(|fact| fact.ended.is_none());
    let active = open.filter(|fact| !fact.is_waiting() && course.goes_on).map(|fact| fact.begins_at());
    let active = active.min();
    let (window, shown) = shown(look.window, whole, active, course.until);
    let nodes = lanes.iter().map(|lane| lane.nodes).sum();
    let table = table::table(&lanes, &gaps, &ghosts, texts);
    let foldable = nodes > ROWS_AT_MOST;
    let lanes = if foldable && !look.unfolded { rows::folded(lanes, reader) } else { lanes };
    let axis = Axis { shown };
    let rows = drawn(lanes, axis, reader);
    let is_drawn = |kind: &BarKind| rows.iter().flat_map(|row| &row.bars).any(|bar| bar.kind == *kind);
    Gantt {
        kinds: BarKind::LEGEND.into_iter().filter(is_drawn).collect(),
        rows,
        ticks: ticks::ticks(axis, reader),
        now_x: (course.goes_on && now >= shown.from && now <= shown.to).then(|| axis.x(now)),
        blanks: gaps.iter().filter_map(|gap| blank(gap, axis, &texts)).collect(),
        window,
        shown,
        whole,
        span: texts.span(shown.from, shown.to),
        at_work: active.is_some(),
        nodes,
        foldable,
        unfolded: look.unfolded,
        runs: earlier.iter().map(|run| texts.run(run)).collect(),
        compared,
        table,
    }
}

/// The stretches in which nobody watched, with the one that lasts until now.
fn gaps(timeline: &Timeline, course: &Course, now: Timestamp) -> Vec<Gap> {
    let mut gaps = timeline.gaps().to_vec();
    let after = timeline.latest().map_or(now, |latest| latest.observed_at);
    if course.goes_on && now.since(after) > BLIND_AFTER {
        let cause = match timeline.outage() {
            Some(outage) => GapCause::Unanswered(outage.error.kind),
            None if timeline.reopened_at().is_some() => GapCause::Closed,
            None => GapCause::Suspended,
        };
        gaps.push(Gap { after, until: now, cause });
    }
    gaps
}

/// The whole run with what is compared; `None` when there is nothing to draw.
fn whole(lanes: &[Lane<'_>], course: &Course) -> Option<Stretch> {
    let pieces = || lanes.iter().flat_map(|lane| &lane.pieces);
    let from = pieces().map(|piece| piece.from).min()?.min(course.began.latest());
    let to = pieces().map(|piece| piece.to).max()?;
    let whole = Stretch::rounded(from, if course.goes_on { to.max(course.until) } else { to });
    // What began before it was first seen needs room for that.
    let open = pieces().any(|piece| piece.kind == BarKind::Open && piece.from <= from);
    Some(if open { whole.with_margin() } else { whole })
}

/// The choice that holds, and the part of time that it shows. `active` is when the oldest turn at work began,
/// and `until` is now or the run's end.
fn shown(wish: Window, whole: Stretch, active: Option<Timestamp>, until: Timestamp) -> (Window, Stretch) {
    match (wish, active) {
        (Window::Active, Some(from)) => {
            (wish, Stretch::rounded(from, until.max(from)).with_margin().within(whole))
        }
        (Window::LastHour, _) => {
            let minute = Span::minutes(1).as_millis();
            let to =
                Timestamp::from_millis((until.as_millis().div_euclid(minute) + 1).saturating_mul(minute));
            (wish, Stretch { from: to.minus(Span::hours(1)), to }.within(whole))
        }
        (Window::Between(from, to), _) => (wish, Stretch { from, to }.within(whole)),
        (Window::All | Window::Active, _) => (Window::All, whole),
    }
}

fn drawn(lanes: Vec<Lane<'_>>, axis: Axis, reader: Reader) -> Vec<GanttRow> {
    let mut previous = None;
    let row = |lane: Lane<'_>| {
        let begins_group = previous != Some(lane.role);
        previous = Some(lane.role);
        let work = || lane.pieces.iter().filter(|piece| piece.is_work());
        GanttRow {
            heading: if begins_group { rows::heading(lane.role, reader) } else { String::new() },
            name: lane.name,
            nodes: lane.nodes,
            state: lane.state,
            word: state_name(reader.lang, lane.state).to_owned(),
            goes_beyond: (
                work().any(|piece| piece.from < axis.shown.from),
                work().any(|piece| piece.to > axis.shown.to),
            ),
            bars: lane.pieces.into_iter().filter_map(|piece| axis.bar(piece)).collect(),
            key: lane.key,
        }
    };
    lanes.into_iter().map(row).collect()
}

fn blank(gap: &Gap, axis: Axis, texts: &Texts<'_>) -> Option<Blank> {
    let (from, to) = (axis.x(gap.after), axis.x(gap.until));
    (from < to).then(|| Blank { x: from, width: to - from, label: texts.gap(gap) })
}
