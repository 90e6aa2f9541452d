//! Turns of nodes and the stages within them.

use super::*;
use crate::model::Step;

fn reported(seconds: i64) -> Option<VendorTime> {
    Some(VendorTime { raw: String::new(), at: at(seconds), zone: Zone::Stated })
}

/// What NAVER's search clusters tell of one node: a word, and since when it stands.
fn word(seconds: i64, state: State, word: &str, since: i64) -> Outcome {
    let mut node = Node::new("n0", NodeRole::Data, state);
    node.raw_status = Some(word.to_owned());
    node.updated_at = reported(since);
    if state == State::Running {
        node.steps = vec![step(None, word, state, Some(since), None)];
    }
    answer(seconds, State::Running, vec![node])
}

fn step(order: Option<i64>, name: &str, state: State, began: Option<i64>, ended: Option<i64>) -> Step {
    Step {
        order,
        name: name.to_owned(),
        state,
        raw_status: None,
        description: None,
        began_at: began.and_then(reported),
        ended_at: ended.and_then(reported),
    }
}

/// What Huawei tells of a task: the steps of the node that is at work.
fn numbered(seconds: i64, steps: Vec<Step>) -> Outcome {
    let state = if steps.is_empty() { State::Succeeded } else { State::Running };
    let node = Node { steps, ..Node::new("n0", NodeRole::Data, state) };
    answer(seconds, State::Running, vec![node, Node::new("n1", NodeRole::Data, State::Pending)])
}

fn answer(seconds: i64, state: State, nodes: Vec<Node>) -> Outcome {
    let mut operation = Operation::new(OperationKind::Upgrade, state);
    operation.started_at = reported(0);
    operation.nodes = nodes;
    Outcome::Observed(Box::new(Observation { operation: Some(operation), ..Observation::new(at(seconds)) }))
}

fn follow(outcomes: impl IntoIterator<Item = (i64, Outcome)>) -> Timeline {
    let mut timeline = Timeline::default();
    for (seconds, outcome) in outcomes {
        timeline.record(outcome, at(seconds));
    }
    timeline
}

fn turns(timeline: &Timeline) -> &[Turn] {
    &timeline.tracks().next().expect("a track").turns
}

#[test]
fn a_word_that_the_vendor_has_left_has_ended_when_the_next_one_began() {
    use State::{Pending, Running, Succeeded};
    let timeline = follow([
        (0, word(0, Pending, "running", -100)),
        (10, word(10, Running, "Upgrade_OpenSearch", 8)),
        (300, word(300, Running, "Restart_OpenSearch", 295)),
        (400, word(400, Succeeded, "complete", 396)),
    ]);
    let [turn] = turns(&timeline) else { panic!("{:?}", turns(&timeline)) };
    assert_eq!((turn.began, turn.ended), (When::Reported(at(8)), Some(When::Reported(at(396)))));
    let stages: Vec<_> = turn.stages.iter().map(|stage| (stage.name.as_str(), stage.took_for())).collect();
    let expected = [("Upgrade_OpenSearch", Span::seconds(287)), ("Restart_OpenSearch", Span::seconds(101))];
    assert_eq!(stages, expected.map(|(name, took_for)| (name, Some(took_for))));
    assert!(turn.stages.iter().all(|stage| stage.state == Succeeded));
}

#[test]
fn a_later_time_of_the_same_word_is_no_retry() {
    use State::Running;
    let timeline = follow([
        (10, word(10, Running, "Upgrade_OpenSearch", 8)),
        (300, word(300, Running, "Restart_OpenSearch", 295)),
        (900, word(900, Running, "Restart_OpenSearch", 890)),
    ]);
    assert_eq!(turns(&timeline).len(), 1, "{:?}", turns(&timeline));
}

#[test]
fn a_word_that_comes_back_is_a_retry() {
    use State::Running;
    let timeline = follow([
        (10, word(10, Running, "Upgrade_OpenSearch", 8)),
        (300, word(300, Running, "Restart_OpenSearch", 295)),
        (900, word(900, Running, "Upgrade_OpenSearch", 890)),
    ]);
    let [first, second] = turns(&timeline) else { panic!("{:?}", turns(&timeline)) };
    assert_eq!(first.state, State::Unknown);
    assert_eq!((second.began, second.ended), (When::Reported(at(890)), None));
}

#[test]
fn a_node_that_is_worked_on_after_it_failed_has_two_turns_in_one_run() {
    use State::{Failed, Running, Succeeded};
    let mut outcomes = vec![
        (10, word(10, Running, "Upgrade_OpenSearch", 8)),
        (300, word(300, Failed, "Upgrade_Failed", 295)),
        (600, word(600, Running, "Upgrade_OpenSearch", 590)),
        (900, word(900, Succeeded, "complete", 880)),
    ];
    // The vendor calls the whole failed as long as the node is.
    outcomes[1].1 = match word(300, Failed, "Upgrade_Failed", 295) {
        Outcome::Observed(mut observation) => {
            if let Some(operation) = &mut observation.operation {
                operation.state = Failed;
            }
            Outcome::Observed(observation)
        }
        failed => failed,
    };
    let timeline = follow(outcomes);
    let states: Vec<State> = turns(&timeline).iter().map(|turn| turn.state).collect();
    assert_eq!(states, [Failed, Succeeded]);
    assert!(timeline.earlier().is_empty());
}

#[test]
fn the_first_look_does_not_take_the_current_word_for_the_beginning() {
    let timeline = follow([(300, word(300, State::Running, "Restart_OpenSearch", 295))]);
    let [turn] = turns(&timeline) else { panic!("one turn") };
    assert_eq!(turn.began, When::By(at(295)));
    assert_eq!(turn.stages[0].began, Some(When::Reported(at(295))));
}

#[test]
fn steps_that_a_vendor_stops_listing_stay() {
    use State::{Pending, Running, Succeeded};
    let timeline = follow([
        (
            60,
            numbered(
                60,
                vec![
                    step(Some(0), "Data migration", Succeeded, Some(5), Some(40)),
                    step(Some(3), "Node replacement", Running, Some(40), None),
                    step(Some(12), "Task status update", Pending, None, None),
                ],
            ),
        ),
        (120, numbered(120, Vec::new())),
    ]);
    let [turn] = turns(&timeline) else { panic!("one turn") };
    assert_eq!(turn.began, When::Reported(at(5)));
    let orders: Vec<Option<i64>> = turn.stages.iter().map(|stage| stage.order).collect();
    assert_eq!(orders, [Some(0), Some(3), Some(12)]);
    assert_eq!(turn.stages[0].took_for(), Some(Span::seconds(35)));
    // It ended with the turn, whose end was seen between two answers.
    let between = When::Between { after: at(60), until: at(120) };
    assert_eq!((turn.ended, turn.stages[1].ended), (Some(between), Some(between)));
    assert_eq!((turn.stages[2].began, turn.stages[2].ended), (None, None));
}

#[test]
fn steps_that_begin_anew_are_another_turn() {
    use State::{Running, Succeeded};
    let migration = |state, began, ended| step(Some(0), "Data migration", state, Some(began), ended);
    let timeline = follow([
        (
            60,
            numbered(
                60,
                vec![migration(Succeeded, 5, Some(40)), step(Some(3), "Replace", Running, Some(40), None)],
            ),
        ),
        (600, numbered(600, vec![migration(Running, 590, None)])),
    ]);
    let [first, second] = turns(&timeline) else { panic!("{:?}", turns(&timeline)) };
    assert_eq!((first.stages.len(), second.stages.len()), (2, 1));
    assert_eq!(second.began, When::Reported(at(590)));
}

#[test]
fn an_end_that_nobody_watched_gives_no_length() {
    let began = When::Reported(at(0));
    let ended = |after, until| When::Between { after: at(after), until: at(until) };
    assert_eq!(began.span_to(ended(300, 310)), Some(Span::seconds(305)));
    // Five minutes, or a night.
    assert_eq!(began.span_to(ended(300, 8 * 3600)), None);
    // Of a run of days a night more or less does not matter.
    let days = 5 * 24 * 3600;
    assert!(began.span_to(ended(days, days + 8 * 3600)).is_some());
    // A short turn between answers a minute apart.
    let seen = When::Between { after: at(0), until: at(66) };
    assert_eq!(seen.span_to(ended(66, 132)), Some(Span::seconds(66)));
    assert_eq!(When::By(at(0)).span_to(ended(300, 310)), None);
}

#[test]
fn what_began_and_ended_between_two_answers_has_no_length() {
    use State::{Pending, Succeeded};
    let node = |state| vec![Node::new("n0", NodeRole::Data, state)];
    let timeline = follow([
        (0, answer(0, State::Running, node(Pending))),
        (60, answer(60, State::Running, node(Succeeded))),
    ]);
    let [turn] = turns(&timeline) else { panic!("one turn") };
    assert_eq!((turn.state, turn.took_for()), (Succeeded, None));
}
