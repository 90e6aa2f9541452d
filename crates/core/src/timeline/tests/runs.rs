//! Runs that are over, and what makes another run.

use super::*;

fn task(seconds: i64, id: &str, state: State) -> Outcome {
    let mut operation = Operation::new(OperationKind::Upgrade, state);
    operation.id = Some(id.to_owned());
    operation.nodes = vec![Node::new("n0", NodeRole::Data, state)];
    Outcome::Observed(Box::new(Observation { operation: Some(operation), ..Observation::new(at(seconds)) }))
}

fn follow(outcomes: impl IntoIterator<Item = (i64, Outcome)>) -> Timeline {
    let mut timeline = Timeline::default();
    for (seconds, outcome) in outcomes {
        timeline.record(outcome, at(seconds));
    }
    timeline
}

#[test]
fn a_run_is_kept_with_its_turns_when_the_next_one_begins() {
    let timeline = follow([
        (0, task(0, "one", State::Pending)),
        (10, task(10, "one", State::Running)),
        (70, task(70, "one", State::Succeeded)),
        (100, task(100, "two", State::Running)),
    ]);
    let [run] = timeline.earlier() else { panic!("{:?}", timeline.earlier()) };
    assert_eq!((run.id.as_deref(), run.state), (Some("one"), State::Succeeded));
    assert_eq!((run.first_seen_at, run.seen_until), (at(0), at(70)));
    assert_eq!(run.began, When::Between { after: at(0), until: at(10) });
    assert_eq!(run.ended, Some(When::Between { after: at(10), until: at(70) }));
    assert_eq!(run.tracks[0].turns[0].took_for(), Some(Span::seconds(35)));
    assert!(timeline.transitions().is_empty());
    assert_eq!(timeline.first_seen_at(), Some(at(100)));
}

#[test]
fn a_task_that_goes_on_after_a_failure_is_the_same_run() {
    let timeline = follow([
        (0, task(0, "one", State::Running)),
        (10, task(10, "one", State::Failed)),
        (20, task(20, "one", State::Running)),
    ]);
    assert!(timeline.earlier().is_empty());
    assert_eq!(timeline.tracks().next().map(|track| track.turns.len()), Some(2));
}

#[test]
fn an_operation_under_the_same_start_is_the_same_run_although_it_had_failed() {
    let failing = |seconds, state| match started(seconds, "2025-03-24 17:09:41", Zone::Assumed(0)) {
        Outcome::Observed(mut observation) => {
            if let Some(operation) = &mut observation.operation {
                operation.state = state;
            }
            (seconds, Outcome::Observed(observation))
        }
        failed => (seconds, failed),
    };
    let timeline =
        follow([failing(0, State::Running), failing(10, State::Failed), failing(20, State::Running)]);
    assert!(timeline.earlier().is_empty());
}

#[test]
fn the_newest_runs_are_kept_and_colours_at_rest_are_none() {
    let mut timeline = Timeline::default();
    for run in 0..(RUNS_KEPT as i64 + 5) {
        timeline.record(task(run * 10, &run.to_string(), State::Succeeded), at(run * 10));
    }
    let newest = timeline.earlier().first().and_then(|run| run.id.clone());
    assert_eq!((timeline.earlier().len(), newest.as_deref()), (RUNS_KEPT, Some("23")));

    let mut rests = Timeline::default();
    rests.record(colours(0, &[State::Succeeded]), at(0));
    assert_eq!(rests.run(), None);
}

#[test]
fn what_is_known_of_earlier_runs_outlives_the_page() {
    let before = follow([(0, task(0, "one", State::Succeeded)), (10, task(10, "two", State::Succeeded))]);
    let mut timeline = Timeline::with_earlier(before.earlier().to_vec());
    timeline.record(task(100, "two", State::Succeeded), at(100));
    timeline.record(task(110, "three", State::Running), at(110));
    let ids: Vec<_> = timeline.earlier().iter().filter_map(|run| run.id.as_deref()).collect();
    assert_eq!(ids, ["two", "one"]);
}
