use proptest::prelude::*;

use super::support::*;
use crate::model::{Span, State, Timestamp};
use crate::timeline::{Outcome, Timeline};
use crate::view::format::Reader;
use crate::view::gantt::bars::Axis;
use crate::view::gantt::ticks::ticks;
use crate::view::gantt::{BarKind, Gesture, SHORTEST, Stretch, TICKS_AT_MOST, Tick, WIDTH, gantt};
use crate::view::look::{Look, Window};
use crate::view::words::Lang;
use State::{Failed, Pending, Running, Succeeded};

fn scale(from: Timestamp, length: Span, reader: Reader) -> Vec<Tick> {
    ticks(Axis { shown: Stretch { from, to: from.plus(length) } }, reader)
}

#[test]
fn ticks_stand_on_round_times_of_the_chosen_zone_and_name_the_date_where_it_changes() {
    let reader = Reader { offset_at: |_| 9 * 3600 + 1800, ..UTC };
    let ticks = scale(at(0), Span::hours(14), reader);
    let told: Vec<_> =
        ticks.iter().map(|tick| (tick.label.as_str(), tick.date.as_str(), tick.minor)).collect();
    assert_eq!(
        told,
        [
            ("18:00", "", true),
            ("20:00", "03-24", false),
            ("22:00", "", true),
            ("00:00", "03-25", false),
            ("02:00", "", true),
            ("04:00", "", false),
            ("06:00", "", true),
        ]
    );
}

#[test]
fn clocks_that_are_put_forward_leave_ticks_on_round_times() {
    // At minute 120 the zone goes from UTC to UTC+01:00.
    let reader = Reader { offset_at: |then| if then < at(120) { 0 } else { 3600 }, lang: Lang::En };
    let labels: Vec<_> = scale(at(0), Span::hours(6), reader).into_iter().map(|tick| tick.label).collect();
    assert_eq!(labels, ["08:00", "09:00", "11:00", "12:00", "13:00", "14:00", "15:00"]);
}

#[test]
fn keys_zoom_move_and_choose() {
    let timeline = seen(&[(0, &[Pending, Pending]), (200, &[Running, Pending]), (201, &[Running, Pending])]);
    let chart = |window| drawn_in(&timeline, window, 202);
    let all = chart(Window::All);
    let zoomed = chart(all.pressed("+").expect("a window"));
    assert_eq!(zoomed.shown.length().as_millis() * 2, all.whole.length().as_millis());
    let moved = chart(zoomed.pressed("ArrowRight").expect("a window"));
    assert!(moved.shown.from > zoomed.shown.from && moved.shown.length() == zoomed.shown.length());
    assert_eq!(chart(zoomed.pressed("-").expect("a window")).window, Window::All);
    assert_eq!(zoomed.pressed("0"), Some(Window::All));
    assert_eq!(all.pressed("h"), Some(Window::LastHour));
    assert_eq!(all.pressed("a"), Some(Window::Active));
    assert_eq!(all.pressed("Tab"), None);
    assert_eq!(all.moved(Gesture::Pan(0.5)), None, "there is nothing beyond");
    assert!(zoomed.moved(Gesture::Pan(0.1)).is_some());
    assert!(all.moved(Gesture::of_wheel(-50.0, 0.5)).is_some());
    let over = drawn(&seen(&[(0, &[Running]), (2, &[Succeeded])]), 300);
    assert_eq!(over.pressed("a"), None, "nothing is at work");
    assert!(!over.at_work);
}

#[test]
fn the_last_hour_is_that_of_the_run_and_is_said() {
    let timeline = seen(&[(0, &[Running]), (120, &[Running])]);
    let chart = drawn_in(&timeline, Window::LastHour, 121);
    assert_eq!((chart.span.as_str(), chart.window), ("09:02 to 10:02", Window::LastHour));
    let short = drawn_in(&seen(&[(0, &[Running]), (2, &[Running])]), Window::LastHour, 3);
    assert!(short.shown.from >= short.whole.from && short.shown.to <= short.whole.to);
}

const STATES: [State; 5] = [Pending, Running, Succeeded, Failed, State::Unknown];

fn windows(from: i64, to: i64) -> [Window; 4] {
    [Window::All, Window::Active, Window::LastHour, Window::Between(at(from), at(to))]
}

proptest! {
    #[test]
    fn ticks_are_few_rise_and_do_not_touch(
        seconds in 60i64..600_000_000, from in -1_000_000i64..1_000_000, quarters in -48i32..56,
    ) {
        // A function cannot hold the zone, so some of the zones stand for all.
        let offset_at: fn(Timestamp) -> i32 = match quarters.rem_euclid(4) {
            0 => |_| 0,
            1 => |_| 9 * 3600,
            2 => |_| -12_600,
            _ => |_| 20_700,
        };
        let reader = Reader { lang: Lang::En, offset_at };
        let ticks = scale(START.plus(Span::seconds(from)), Span::seconds(seconds), reader);
        prop_assert!(ticks.len() <= TICKS_AT_MOST as usize);
        prop_assert!(ticks.len() >= 2, "{seconds} s: {ticks:?}");
        // On a thousand pixels a letter takes less than 8; where there is a quarter of that, half the ticks go.
        let apart = |shown: Vec<&Tick>, width: i32| shown.windows(2).all(|pair| {
            let letters = |tick: &Tick| tick.label.len().max(tick.date.len()) as i32 * 8;
            (pair[1].x - pair[0].x) * width / WIDTH > (letters(pair[0]) + letters(pair[1])) / 2
        });
        prop_assert!(apart(ticks.iter().collect(), 1000), "{ticks:?}");
        prop_assert!(ticks.iter().all(|tick| (0..=WIDTH).contains(&tick.x)));
        prop_assert!(ticks.is_empty() || ticks.iter().any(|tick| !tick.minor && !tick.date.is_empty()));
        prop_assert!(ticks.iter().all(|tick| !tick.minor || tick.date.is_empty()));
    }

    #[test]
    fn whatever_was_seen_every_bar_lies_on_the_axis_and_turns_keep_their_order(
        answers in proptest::collection::vec((1i64..400, proptest::collection::vec(0usize..5, 3), any::<bool>()), 1..12),
        times in proptest::collection::vec((-30i64..4000, -30i64..4000), 3),
        from in -100i64..4000, length in -10i64..4000,
    ) {
        let mut timeline = Timeline::default();
        let mut minute = 0;
        for (pause, states, failed) in &answers {
            minute += pause;
            if *failed {
                let error = crate::error::PollError::new(crate::error::ErrorKind::Timeout);
                timeline.record(Outcome::Failed(error), at(minute));
                continue;
            }
            let states: Vec<State> = states.iter().map(|index| STATES[*index]).collect();
            let mut told = operation(&states);
            for (node, (began, ended)) in told.nodes.iter_mut().zip(&times) {
                node.updated_at = time(*ended);
                node.steps = vec![step(1, "one", node.state, Some(*began), Some(*ended))];
            }
            told.nodes[2].steps.clear();
            record(&mut timeline, minute, told);
        }
        for window in windows(from, from + length) {
            let chart = gantt(&timeline, &Look { window, ..Look::default() }, UTC, at(minute + 5));
            prop_assert!(chart.rows.is_empty() || chart.shown.length() >= SHORTEST);
            prop_assert!(chart.shown.from >= chart.whole.from && chart.shown.to <= chart.whole.to);
            for row in &chart.rows {
                for bar in &row.bars {
                    prop_assert!(bar.x >= 0 && bar.width > 0 && bar.x + bar.width <= WIDTH, "{bar:?}");
                    prop_assert!(!bar.title.is_empty());
                }
                let turns = row.bars.iter().filter(|bar| matches!(bar.kind, BarKind::Seen | BarKind::Inferred));
                let places: Vec<i32> = turns.map(|bar| bar.x).collect();
                prop_assert!(row.name != "n2" || places.is_sorted(), "{:?}", row.bars);
            }
            for pair in chart.blanks.windows(2) {
                prop_assert!(pair[0].x + pair[0].width <= pair[1].x, "labels of blanks overlap");
            }
            let keys: std::collections::BTreeSet<_> = chart.table.iter().map(|row| &row.key).collect();
            prop_assert_eq!(keys.len(), chart.table.len());
        }
    }
}
