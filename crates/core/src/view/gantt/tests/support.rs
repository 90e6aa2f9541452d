//! Runs to draw, on a chosen clock.

use crate::model::{
    Node, NodeRole, Observation, Operation, OperationKind, Span, State, Step, Timestamp, VendorTime, Zone,
};
use crate::timeline::{Outcome, Timeline};
use crate::view::format::Reader;
use crate::view::gantt::{Bar, BarKind, Gantt, GanttRow, gantt};
use crate::view::look::{Look, Window};
use crate::view::words::Lang;

/// 2025-03-24 08:00:00 UTC.
pub const START: Timestamp = Timestamp::from_millis(1_742_803_200_000);
pub const UTC: Reader = Reader { lang: Lang::En, offset_at: |_| 0 };

pub fn at(minutes: i64) -> Timestamp {
    START.plus(Span::minutes(minutes))
}

pub fn time(minutes: i64) -> Option<VendorTime> {
    Some(VendorTime { raw: String::new(), at: at(minutes), zone: Zone::Stated })
}

pub fn step(order: i64, name: &str, state: State, began: Option<i64>, ended: Option<i64>) -> Step {
    Step {
        order: Some(order),
        name: name.to_owned(),
        state,
        raw_status: None,
        description: None,
        began_at: began.and_then(time),
        ended_at: ended.and_then(time),
    }
}

/// An operation that began at minute 0, over nodes "n0", "n1" … in these states.
pub fn operation(states: &[State]) -> Operation {
    let over = states.iter().all(|state| state.is_over());
    let state = if over { State::Succeeded } else { State::Running };
    let mut operation = Operation::new(OperationKind::Upgrade, state);
    operation.id = Some("task".to_owned());
    operation.started_at = time(0);
    let node = |(i, state): (usize, &State)| Node::new(format!("n{i}"), NodeRole::Data, *state);
    operation.nodes = states.iter().enumerate().map(node).collect();
    operation
}

pub fn record(timeline: &mut Timeline, minute: i64, operation: Operation) {
    let observation = Observation { operation: Some(operation), ..Observation::new(at(minute)) };
    timeline.record(Outcome::Observed(Box::new(observation)), at(minute));
}

/// An answer each minute; the states of the nodes change at these minutes.
pub fn seen(changes: &[(i64, &[State])]) -> Timeline {
    let mut timeline = Timeline::default();
    let ends = changes.iter().skip(1).map(|(minute, _)| *minute).chain([i64::MIN]);
    for ((minute, states), end) in changes.iter().zip(ends) {
        for minute in *minute..end.max(minute + 1) {
            record(&mut timeline, minute, operation(states));
        }
    }
    timeline
}

pub fn drawn(timeline: &Timeline, minute: i64) -> Gantt {
    gantt(timeline, &Look::default(), UTC, at(minute))
}

pub fn drawn_in(timeline: &Timeline, window: Window, minute: i64) -> Gantt {
    gantt(timeline, &Look { window, ..Look::default() }, UTC, at(minute))
}

pub fn row<'a>(gantt: &'a Gantt, name: &str) -> &'a GanttRow {
    gantt.rows.iter().find(|row| row.name == name).expect(name)
}

/// The bars of a row of these kinds, as minutes from the beginning of what is shown, rounded.
pub fn minutes(gantt: &Gantt, name: &str, kind: BarKind) -> Vec<(i64, i64)> {
    let length = gantt.shown.length().as_millis();
    let begin = gantt.shown.from.since(START).as_millis();
    let minute = |x: i32| ((begin + i64::from(x) * length / 1000) as f64 / 60_000.0).round() as i64;
    let bars = row(gantt, name).bars.iter().filter(|bar| bar.kind == kind);
    bars.map(|bar: &Bar| (minute(bar.x), minute(bar.x + bar.width))).collect()
}

/// Two hundred nodes of two roles, of which `done` are done, each three minutes after the one before it.
pub fn many(total: i64, done: i64) -> Operation {
    let mut operation = operation(&[]);
    operation.state = State::Running;
    let node = |i: i64| {
        let role = if i < total / 2 { NodeRole::Master } else { NodeRole::Data };
        let state = match i {
            i if i < done => State::Succeeded,
            i if i == done => State::Running,
            _ => State::Pending,
        };
        Node {
            updated_at: (i < done).then(|| time(3 * i + 3)).flatten(),
            ..Node::new(format!("n{i}"), role, state)
        }
    };
    operation.nodes = (0..total).map(node).collect();
    operation
}
