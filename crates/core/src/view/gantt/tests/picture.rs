use super::support::*;
use crate::error::{ErrorKind, PollError};
use crate::model::{Node, NodeRole, Span, State};
use crate::timeline::{Outcome, Timeline};
use crate::view::gantt::{BarKind, Gantt, MIN_WIDTH, ROWS_AT_MOST, WIDTH, gantt};
use crate::view::look::{Look, Window};
use State::{Failed, Pending, Running, Succeeded};

#[test]
fn waiting_comes_before_work_and_a_turn_that_goes_on_ends_now() {
    let timeline = seen(&[
        (0, &[Pending, Pending]),
        (1, &[Running, Pending]),
        (10, &[Running, Pending]),
        (11, &[Succeeded, Running]),
        (13, &[Succeeded, Running]),
    ]);
    let chart = drawn(&timeline, 14);
    assert_eq!(minutes(&chart, "n0", BarKind::Seen), [(1, 10)]);
    assert_eq!(minutes(&chart, "n0", BarKind::Between), [(0, 1), (10, 11)]);
    assert_eq!(minutes(&chart, "n1", BarKind::Waiting), [(0, 10)]);
    let last = row(&chart, "n1").bars.last().unwrap();
    assert!(last.goes_on && Some(last.x + last.width) == chart.now_x, "{last:?}");
}

#[test]
fn what_the_vendor_reports_and_what_was_seen_here_look_different() {
    let mut timeline = Timeline::default();
    let mut told = operation(&[Running, Running]);
    told.nodes[0].steps = vec![step(0, "stop", Running, Some(2), None)];
    record(&mut timeline, 3, told);
    let chart = drawn(&timeline, 5);
    assert_eq!(minutes(&chart, "n0", BarKind::Turn), [(2, 5)]);
    assert_eq!(minutes(&chart, "n0", BarKind::Reported), [(2, 5)]);
    assert_eq!(minutes(&chart, "n1", BarKind::Seen), [(3, 5)]);
    let open = row(&chart, "n1").bars.iter().find(|bar| bar.kind == BarKind::Open).expect("an open edge");
    assert!(open.width > 0 && open.x + open.width == row(&chart, "n1").bars.last().unwrap().x);
    assert_eq!(minutes(&chart, "n1", BarKind::Waiting), [], "nobody saw it wait");
}

#[test]
fn a_beginning_that_is_not_reported_is_taken_from_the_end_before_it() {
    let mut timeline = Timeline::default();
    let mut told = operation(&[Succeeded, Succeeded, Pending]);
    told.nodes[0].updated_at = time(10);
    told.nodes[1].updated_at = time(25);
    record(&mut timeline, 30, told);
    let chart = drawn(&timeline, 30);
    assert_eq!(minutes(&chart, "n0", BarKind::Inferred), [(0, 10)]);
    assert_eq!(minutes(&chart, "n1", BarKind::Inferred), [(10, 25)]);
    assert_eq!(minutes(&chart, "n1", BarKind::Waiting), [(0, 10)]);
    assert!(
        row(&chart, "n1").bars.iter().any(|bar| bar.title == "n1: done, not before 08:10:00 to 08:25:00")
    );
}

#[test]
fn what_was_over_at_the_first_look_was_over_when_the_run_ended() {
    let mut told = operation(&[Succeeded, Failed]);
    told.state = Failed;
    told.ended_at = time(20);
    told.nodes[1].steps = vec![step(0, "move", Failed, Some(5), Some(20))];
    let mut timeline = Timeline::default();
    record(&mut timeline, 100, told);
    let chart = drawn(&timeline, 100);
    assert_eq!(minutes(&chart, "n0", BarKind::Between), [(0, 20)]);
    assert_eq!(minutes(&chart, "n0", BarKind::Waiting), [], "nobody knows when its turn came");
    assert_eq!(minutes(&chart, "n1", BarKind::Waiting), [(0, 5)]);
}

#[test]
fn a_retry_is_a_bar_of_its_own_and_a_failed_turn_stays_failed() {
    let timeline = seen(&[(0, &[Running]), (2, &[Failed]), (4, &[Running]), (6, &[Running])]);
    let chart = drawn(&timeline, 8);
    let work: Vec<_> = row(&chart, "n0").bars.iter().filter(|bar| bar.kind == BarKind::Seen).collect();
    assert_eq!(work.iter().map(|bar| bar.state).collect::<Vec<_>>(), [Failed, Running]);
    assert!(work[1].title.starts_with("n0, turn 2: active"), "{}", work[1].title);
    assert!(work[0].x + work[0].width < work[1].x);
}

#[test]
fn time_between_steps_of_which_the_vendor_tells_nothing_is_a_labelled_gap() {
    let day = 24 * 60;
    let end = 9 + 5 * day + 22 * 60;
    let mut told = operation(&[Succeeded, Running, Pending]);
    told.nodes[1].steps =
        vec![step(0, "move", Succeeded, Some(8), Some(9)), step(12, "status", Running, Some(end), None)];
    let mut timeline = Timeline::default();
    record(&mut timeline, end + 60, told);
    let chart = drawn(&timeline, end + 60);
    let bars = &row(&chart, "n1").bars;
    let gap = bars.iter().find(|bar| bar.kind == BarKind::Unreported).expect("a gap");
    assert_eq!(gap.label, "not reported, 5 d 22 h");
    let solid = bars.iter().filter(|bar| bar.kind == BarKind::Turn || bar.kind == BarKind::Reported);
    assert!(solid.clone().count() >= 2);
    for bar in solid {
        assert!(
            bar.x + bar.width <= gap.x + MIN_WIDTH || bar.x >= gap.x + gap.width,
            "{bar:?} lies in {gap:?}"
        );
    }
    assert!(
        chart.table.iter().any(|row| row.took == "5 d 22 h" && row.known == "steps 1 to 11 are not listed")
    );
}

#[test]
fn nothing_runs_through_time_that_nobody_watched_unless_the_vendor_reports_both_ends() {
    let mut timeline = Timeline::default();
    let mut told = operation(&[Running, Running]);
    told.nodes[1].steps = vec![step(0, "stop", Succeeded, Some(1), Some(30))];
    record(&mut timeline, 2, told.clone());
    timeline.record(Outcome::Failed(PollError::new(ErrorKind::Timeout)), at(5));
    record(&mut timeline, 20, told);
    let chart = drawn(&timeline, 22);
    let blank = &chart.blanks[..];
    assert_eq!(blank.len(), 1);
    assert_eq!(blank[0].label, "not watched, 18 min: No answer in time");
    assert_eq!(minutes(&chart, "n0", BarKind::Seen), [(20, 22)]);
    assert_eq!(minutes(&chart, "n1", BarKind::Reported), [(1, 30)]);
    for bar in row(&chart, "n0").bars.iter().filter(|bar| bar.kind == BarKind::Seen) {
        assert!(bar.x >= blank[0].x + blank[0].width, "{bar:?} in {blank:?}");
    }
}

#[test]
fn time_without_answers_until_now_is_blank_already() {
    let timeline = seen(&[(0, &[Running])]);
    assert_eq!(drawn(&timeline, 2).blanks, []);
    let mut timeline = timeline;
    timeline.record(Outcome::Failed(PollError::new(ErrorKind::ProxyUnreachable)), at(1));
    let chart = drawn(&timeline, 30);
    assert_eq!(chart.blanks.len(), 1);
    assert_eq!(chart.blanks[0].label, "not watched, 30 min: Nothing answers at the proxy's address");
    assert!(row(&chart, "n0").bars.iter().all(|bar| bar.x + bar.width <= chart.blanks[0].x + MIN_WIDTH));
    let mut closed = seen(&[(0, &[Running])]);
    closed.reopened(at(60));
    assert_eq!(drawn(&closed, 60).blanks[0].label, "not watched, 1 h 0 min: no page was open");
}

#[test]
fn what_lies_outside_the_window_is_cut_at_its_edge_and_marked() {
    let timeline = seen(&[(0, &[Pending, Pending]), (1, &[Running, Pending]), (40, &[Running, Pending])]);
    let chart = drawn_in(&timeline, Window::Between(at(10), at(20)), 40);
    let cut = row(&chart, "n0");
    assert_eq!(cut.goes_beyond, (true, true));
    assert_eq!(row(&chart, "n1").goes_beyond, (false, false), "waiting is not work");
    let past = drawn_in(&timeline, Window::Between(at(0), at(2)), 40);
    assert!(row(&past, "n0").bars.iter().all(|bar| bar.x + bar.width <= WIDTH && !bar.goes_on));
    assert_eq!(past.now_x, None);
}

#[test]
fn many_nodes_fold_to_a_line_for_each_state_and_those_at_work_or_failed_keep_theirs() {
    let mut timeline = Timeline::default();
    let mut told = many(200, 40);
    told.nodes[5].state = Failed;
    record(&mut timeline, 130, told);
    let names = |chart: &Gantt| chart.rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
    let chart = drawn(&timeline, 131);
    assert_eq!(names(&chart), ["39 done", "n5", "n40", "59 waiting", "100 waiting"]);
    assert_eq!(minutes(&chart, "39 done", BarKind::Many), [(0, 120)]);
    assert_eq!((chart.nodes, chart.rows.iter().map(|row| row.nodes).sum()), (200, 200));
    assert!(chart.foldable && chart.rows.len() < ROWS_AT_MOST);
    let look = Look { unfolded: true, ..Look::default() };
    assert_eq!(gantt(&timeline, &look, UTC, at(131)).rows.len(), 200);
    // The table names each of them, folded or not.
    let nodes: std::collections::BTreeSet<_> = chart.table.iter().map(|row| row.node.as_str()).collect();
    assert_eq!(nodes.len(), 200);
}

#[test]
fn three_nodes_over_six_days_have_a_row_each_and_the_hour_at_work_can_be_seen() {
    let mut timeline = Timeline::default();
    let end = 6 * 24 * 60;
    let mut told = operation(&[Succeeded, Running, Pending]);
    told.nodes[0].updated_at = time(end - 30);
    told.nodes[1].steps = vec![step(0, "move", Running, Some(end - 20), None)];
    record(&mut timeline, end, told);
    let all = drawn(&timeline, end);
    assert_eq!((all.rows.len(), all.foldable), (3, false));
    let work = |kind| row(&all, "n1").bars.iter().find(|bar| bar.kind == kind).expect("a bar").width;
    assert!(work(BarKind::Turn) >= MIN_WIDTH && work(BarKind::Reported) >= MIN_WIDTH);
    let active = drawn_in(&timeline, Window::Active, end);
    let bar = row(&active, "n1").bars.iter().find(|bar| bar.kind == BarKind::Turn).unwrap();
    assert!(bar.width > 700 && bar.x > 0, "{bar:?}");
    assert_eq!(drawn_in(&timeline, Window::LastHour, end).shown.length(), Span::hours(1));
}

#[test]
fn an_earlier_run_is_an_outline_from_the_same_beginning() {
    let first = |minute, states: &[State]| {
        let mut told = operation(states);
        told.nodes[0].name = "old".to_owned();
        (minute, told)
    };
    let mut timeline = Timeline::default();
    for (minute, told) in [
        first(0, &[Pending, Pending]),
        first(2, &[Running, Pending]),
        first(4, &[Succeeded, Running]),
        first(9, &[Succeeded, Succeeded]),
    ] {
        record(&mut timeline, minute, told);
    }
    for minute in [100, 101] {
        let mut told = operation(&[Running, Pending]);
        told.id = Some("next".to_owned());
        told.started_at = time(100);
        record(&mut timeline, minute, told);
    }
    let look = |compared| Look { compared, ..Look::default() };
    let chart = gantt(&timeline, &look(Some(0)), UTC, at(102));
    assert_eq!(chart.runs, ["08:00, done, 9 min"]);
    // "n1" by its name, "n0" by its place; each ghost lies where it lay in its own run.
    assert_eq!(minutes(&chart, "n0", BarKind::Ghost), [(100, 104)]);
    assert_eq!(minutes(&chart, "n1", BarKind::Ghost), [(102, 109)]);
    assert!(chart.table.iter().any(|row| row.node == "old" && row.known.starts_with("earlier run: ")));
    for none in [None, Some(1), Some(usize::MAX)] {
        let chart = gantt(&timeline, &look(none), UTC, at(102));
        assert_eq!(chart.compared, None);
        assert!(chart.rows.iter().flat_map(|row| &row.bars).all(|bar| bar.kind != BarKind::Ghost));
    }
}

#[test]
fn an_unchanged_second_moves_nothing() {
    let timeline = seen(&[(0, &[Pending, Pending]), (1, &[Running, Pending]), (60, &[Running, Pending])]);
    let later = |seconds| gantt(&timeline, &Look::default(), UTC, at(61).plus(Span::seconds(seconds)));
    assert_eq!(later(1), later(2));
}

#[test]
fn steps_of_the_operation_stand_above_its_nodes() {
    let mut told = operation(&[Pending]);
    told.nodes.push(Node::new("lead", NodeRole::Leader, Running));
    told.steps =
        vec![step(1, "Prepare", Succeeded, Some(0), Some(4)), step(2, "Upgrade", Running, Some(4), None)];
    let mut timeline = Timeline::default();
    record(&mut timeline, 5, told);
    let chart = drawn(&timeline, 6);
    let rows: Vec<_> = chart.rows.iter().map(|row| (row.heading.as_str(), row.name.as_str())).collect();
    assert_eq!(rows, [("Steps", "Prepare"), ("", "Upgrade"), ("data", "n0"), ("leader", "lead")]);
    assert_eq!(minutes(&chart, "Prepare", BarKind::Reported), [(0, 4)]);
}

#[test]
fn nothing_known_is_nothing_drawn() {
    assert_eq!(drawn(&Timeline::default(), 0), Gantt::default());
}
