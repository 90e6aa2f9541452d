use super::support::*;
use crate::model::State;
use crate::timeline::Timeline;
use crate::view::gantt::TimeRow;
use State::{Failed, Pending, Running, Succeeded};

fn lines(rows: &[TimeRow]) -> Vec<String> {
    let line = |row: &TimeRow| {
        let TimeRow { node, turn, stage, word, began, ended, took, known, .. } = row;
        [node, turn, stage, word, began, ended, took, known].map(String::as_str).join(" | ")
    };
    rows.iter().map(line).collect()
}

#[test]
fn the_table_says_what_the_picture_shows_in_the_order_of_time() {
    let mut timeline = seen(&[
        (0, &[Pending, Pending]),
        (1, &[Running, Pending]),
        (2, &[Failed, Pending]),
        (3, &[Running, Pending]),
    ]);
    record(&mut timeline, 20, operation(&[Running, Pending]));
    assert_eq!(
        lines(&drawn(&timeline, 21).table),
        [
            "n0 | 1 |  | failed | between 08:00:00 and 08:01:00 | between 08:01:00 and 08:02:00 | 1 min | beginning seen between 08:00:00 and 08:01:00, end seen between 08:01:00 and 08:02:00",
            "n0 | 2 |  | active | between 08:02:00 and 08:03:00 | goes on | 18 min | seen between 08:02:00 and 08:03:00",
            " |  |  | not watched | 08:03:00 | 08:20:00 | 17 min | the device slept or the browser paused the page",
            "n1 |  |  | waiting | 08:00:00 | goes on | 21 min | reported",
        ]
    );
}

#[test]
fn the_table_says_what_is_reported_and_what_nobody_saw() {
    let mut told = operation(&[Running, Succeeded, Running]);
    told.nodes[0].steps =
        vec![step(0, "move", Succeeded, Some(1), Some(2)), step(3, "check", Running, Some(8), None)];
    told.nodes[1].updated_at = time(5);
    let mut timeline = Timeline::default();
    record(&mut timeline, 10, told);
    assert_eq!(
        lines(&drawn(&timeline, 10).table),
        [
            "n1 | 1 |  | done | not before 08:00:00 | 08:05:00 |  | beginning not seen, end reported",
            "n0 |  |  | waiting | 08:00:00 | 08:01:00 | 1 min | reported",
            "n0 | 1 |  | active | 08:01:00 | goes on | 9 min | reported",
            "n0 | 1 | move | done | 08:01:00 | 08:02:00 | 1 min | reported",
            "n0 | 1 |  | not reported | 08:02:00 | 08:08:00 | 6 min | steps 1 to 2 are not listed",
            "n0 | 1 | check | active | 08:08:00 | goes on | 2 min | reported",
            "n2 | 1 |  | active | 08:10:00 at the latest | goes on |  | not seen",
        ]
    );
}
