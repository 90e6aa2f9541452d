//! The node timeline as positions: rows of bars over a common axis.

use super::format::{Reader, clock, duration};
use super::names::{role_name, state_name};
use crate::model::{Node, Operation, State, Step, Timestamp};
use crate::timeline::Timeline;

/// The axis runs from 0 to this many units.
pub const WIDTH: f64 = 1000.0;

/// Who says that something was going on then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BarKind {
    /// The vendor gives both ends, or the beginning of something still going on.
    Reported,
    /// This browser saw the change between two answers.
    Observed,
    /// The vendor gives the end only; the beginning is taken from the end before it.
    Inferred,
    /// Nobody watched.
    NotWatched,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// From 0 to `WIDTH`.
    pub x: f64,
    pub width: f64,
    pub state: State,
    pub kind: BarKind,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct GanttRow {
    /// Unique within the chart.
    pub key: String,
    pub name: String,
    pub role: String,
    /// Whether a new group of roles begins here.
    pub starts_group: bool,
    pub state: State,
    pub bars: Vec<Bar>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    pub x: f64,
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Gantt {
    pub rows: Vec<GanttRow>,
    pub ticks: Vec<Tick>,
    /// Where now is; `None` once the operation is over.
    pub now_x: Option<f64>,
    pub not_watched: Vec<Bar>,
}

/// The chart at `now`; without rows when there is nothing to draw.
pub(super) fn gantt(timeline: &Timeline, reader: Reader, now: Timestamp) -> Gantt {
    let Some(operation) = timeline.operation() else { return Gantt::default() };
    let mut rows: Vec<(Row, Vec<Piece>)> = rows(timeline, operation, reader, now);
    let pieces = rows.iter().flat_map(|(_, pieces)| pieces);
    let starts = pieces.clone().map(|piece| piece.from).chain(operation.started_at.as_ref().map(|t| t.at));
    let ends = pieces.map(|piece| piece.to).chain(operation.ended_at.as_ref().map(|t| t.at));
    let over = operation.state.is_over();
    let (Some(from), Some(to)) = (starts.min(), ends.chain((!over).then_some(now)).max()) else {
        return Gantt::default();
    };
    if rows.iter().all(|(_, pieces)| pieces.is_empty()) {
        return Gantt::default();
    }
    let axis = Axis::over(from, to);
    Gantt {
        rows: rows.drain(..).map(|(row, pieces)| row.drawn(pieces, axis)).collect(),
        ticks: ticks(axis, reader),
        now_x: (!over).then(|| axis.x(now)),
        not_watched: timeline
            .gaps()
            .iter()
            .filter(|gap| gap.until > from)
            .map(|gap| Bar {
                x: axis.x(gap.after),
                width: axis.x(gap.until) - axis.x(gap.after),
                state: State::Unknown,
                kind: BarKind::NotWatched,
                title: duration(reader.lang, gap.until.since(gap.after)),
            })
            .collect(),
    }
}

#[derive(Clone, Copy)]
struct Axis {
    from: Timestamp,
    /// Milliseconds.
    length: f64,
}

impl Axis {
    /// An axis from `from` to a little after `to`. Its end stands on whole sixteenths, so that the chart does
    /// not shift with every second that passes.
    fn over(from: Timestamp, to: Timestamp) -> Self {
        let length = to.since(from).as_millis().max(10_000);
        let wanted = length / 16_000;
        let step = TICK_STEPS.iter().copied().find(|step| *step >= wanted).unwrap_or(wanted) * 1000;
        let steps = (length + length / 50).div_euclid(step) + 1;
        Axis { from, length: (steps * step) as f64 }
    }

    fn x(self, at: Timestamp) -> f64 {
        let x = at.since(self.from).as_millis() as f64 / self.length * WIDTH;
        (x.clamp(0.0, WIDTH) * 2.0).round() / 2.0
    }
}

struct Row {
    key: String,
    name: String,
    role: String,
    starts_group: bool,
    state: State,
}

/// A stretch of time before it has a position.
struct Piece {
    from: Timestamp,
    to: Timestamp,
    state: State,
    kind: BarKind,
    title: String,
}

impl Row {
    fn drawn(self, pieces: Vec<Piece>, axis: Axis) -> GanttRow {
        let bars = pieces.into_iter().map(|piece| {
            let x = axis.x(piece.from);
            // A step of a second in a week must still be seen.
            let width = (axis.x(piece.to) - x).max(3.0);
            Bar { x, width, state: piece.state, kind: piece.kind, title: piece.title }
        });
        GanttRow {
            bars: bars.collect(),
            key: self.key,
            name: self.name,
            role: self.role,
            starts_group: self.starts_group,
            state: self.state,
        }
    }
}

fn rows(
    timeline: &Timeline,
    operation: &Operation,
    reader: Reader,
    now: Timestamp,
) -> Vec<(Row, Vec<Piece>)> {
    let mut previous = None;
    let known = Known::of(timeline, operation);
    let of_nodes = operation.nodes_by_role().into_iter().map(|node| {
        let starts_group = previous.is_some_and(|role| role != node.role);
        previous = Some(node.role);
        let role = role_name(reader.lang, node.role).to_owned();
        let row = Row {
            key: format!("{role}/{}", node.name),
            name: node.name.clone(),
            role,
            starts_group,
            state: node.state,
        };
        (row, node_pieces(&known, node, reader, now))
    });
    let of_steps = operation.steps.iter().map(|step| {
        let row = Row {
            key: format!("step/{}", step.name),
            name: step.name.clone(),
            role: String::new(),
            starts_group: false,
            state: step.state,
        };
        (row, step_piece(step, reader, now).into_iter().collect())
    });
    of_steps.chain(of_nodes).collect()
}

/// What the bars of all nodes are drawn from, looked up once: a cluster may have thousands of them.
struct Known<'a> {
    timeline: &'a Timeline,
    started_at: Option<Timestamp>,
    /// When nodes were done, as the vendor says, the earliest first.
    ends: Vec<Timestamp>,
}

impl<'a> Known<'a> {
    fn of(timeline: &'a Timeline, operation: &Operation) -> Self {
        let done = operation.nodes.iter().filter(|node| node.state == State::Succeeded);
        let mut ends: Vec<Timestamp> = done.filter_map(|node| Some(node.updated_at.as_ref()?.at)).collect();
        ends.sort_unstable();
        let started_at = operation.started_at.as_ref().map(|time| time.at);
        Known { timeline, started_at, ends }
    }

    /// The latest end of a node before `at`.
    fn end_before(&self, at: Timestamp) -> Option<Timestamp> {
        let earlier = self.ends.partition_point(|end| *end < at);
        self.ends.get(earlier.checked_sub(1)?).copied()
    }
}

fn node_pieces(known: &Known<'_>, node: &Node, reader: Reader, now: Timestamp) -> Vec<Piece> {
    let reported: Vec<Piece> = node.steps.iter().filter_map(|step| step_piece(step, reader, now)).collect();
    if !reported.is_empty() {
        return reported;
    }
    let title = |from: Timestamp, to: Timestamp| {
        let times = [clock(reader, from, now), clock(reader, to, now)].join(" – ");
        format!("{}: {} ({times})", node.name, state_name(reader.lang, node.state))
    };
    let piece = |from, to, kind| Piece { from, to, state: node.state, kind, title: title(from, to) };
    let turn = known.timeline.track(node).and_then(|track| track.turns.last());
    if let Some(turn) = turn.filter(|turn| turn.ended.is_none() || turn.began.earliest().is_some()) {
        let to = turn.ended.map_or(now, |ended| ended.latest());
        return vec![piece(turn.began.latest(), to, BarKind::Observed)];
    }
    // The vendor gives one time for a node that is done: its end. Its turn began no earlier than the last end
    // before it, so that is where the bar begins, marked as not reported.
    let ended = node.updated_at.as_ref().filter(|_| matches!(node.state, State::Succeeded | State::Failed));
    let Some(ended) = ended.map(|time| time.at) else { return Vec::new() };
    let began = known.end_before(ended).or(known.started_at);
    match began.filter(|began| *began < ended) {
        Some(began) => vec![piece(began, ended, BarKind::Inferred)],
        None => vec![piece(ended, ended, BarKind::Reported)],
    }
}

fn step_piece(step: &Step, reader: Reader, now: Timestamp) -> Option<Piece> {
    let from = step.began_at.as_ref()?.at;
    let to = step.ended_at.as_ref().map_or(now, |time| time.at).max(from);
    let title = format!(
        "{}: {}, {}",
        step.name,
        state_name(reader.lang, step.state),
        duration(reader.lang, to.since(from))
    );
    Some(Piece { from, to, state: step.state, kind: BarKind::Reported, title })
}

/// Steps between ticks, in seconds: the ones that people read easily.
const TICK_STEPS: [i64; 19] = [
    10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
    1_209_600, 2_592_000, 7_776_000,
];
const TICKS_AT_MOST: f64 = 7.0;

fn ticks(axis: Axis, reader: Reader) -> Vec<Tick> {
    let fits = |step: &&i64| axis.length / (**step as f64 * 1000.0) <= TICKS_AT_MOST;
    let Some(step) = TICK_STEPS.iter().find(fits).map(|step| step * 1000) else { return Vec::new() };
    // Ticks stand on round times of the reader's zone.
    let offset = i64::from((reader.offset_at)(axis.from)) * 1000;
    let local = axis.from.as_millis() + offset;
    let first = local.div_euclid(step) * step + step;
    (0..)
        .map(|i| Timestamp::from_millis(first + i * step - offset))
        .take_while(|at| (at.since(axis.from).as_millis() as f64) < axis.length * 0.97)
        .map(|at| Tick { x: axis.x(at), label: tick_label(at, step, reader) })
        .collect()
}

fn tick_label(at: Timestamp, step: i64, reader: Reader) -> String {
    let Some(c) = at.civil((reader.offset_at)(at)) else { return String::new() };
    match step {
        86_400_000.. => format!("{:02}-{:02}", c.month, c.day),
        21_600_000.. => format!("{:02}-{:02} {:02}:{:02}", c.month, c.day, c.hour, c.minute),
        60_000.. => format!("{:02}:{:02}", c.hour, c.minute),
        _ => format!("{:02}:{:02}:{:02}", c.hour, c.minute, c.second),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;
    use crate::view::words::Lang;

    #[test]
    fn the_axis_stands_still_while_seconds_pass() {
        let from = Timestamp::from_millis(1_742_803_781_000);
        let length = |seconds| Axis::over(from, from.plus(Span::seconds(seconds))).length;
        assert_eq!(length(1801), length(1830));
        for seconds in [1, 59, 600, 1801, 86_000, 600_000, 90_000_000] {
            let (length, span) = (length(seconds), seconds as f64 * 1000.0);
            assert!(length >= span && length <= (span * 1.4).max(20_000.0), "{seconds} s: {length} ms");
        }
    }

    #[test]
    fn ticks_stand_on_round_times_and_never_crowd() {
        let reader = Reader { lang: Lang::En, offset_at: |_| 9 * 3600 };
        for minutes in [1, 3, 7, 20, 55, 200, 1000, 9000, 100_000] {
            let axis = Axis {
                from: Timestamp::from_millis(1_742_803_781_000),
                length: f64::from(minutes) * 60_000.0,
            };
            let ticks = ticks(axis, reader);
            assert!(ticks.len() <= 8, "{minutes} min: {}", ticks.len());
            assert!(minutes < 2 || !ticks.is_empty(), "{minutes} min has no tick");
        }
    }
}
