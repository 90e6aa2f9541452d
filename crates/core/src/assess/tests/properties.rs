//! What holds whatever is seen.

use proptest::prelude::*;

use super::*;

fn any_state() -> impl Strategy<Value = State> {
    prop::sample::select(vec![
        State::Pending,
        State::Running,
        State::Succeeded,
        State::PartiallySucceeded,
        State::Failed,
        State::RolledBack,
        State::Unknown,
    ])
}

fn any_role() -> impl Strategy<Value = NodeRole> {
    prop::sample::select(NodeRole::ALL.to_vec())
}

prop_compose! {
    fn any_step()(
        order in prop::option::of(0..13_i64),
        name in "Stop|Backup|DoUpgrade|Rollback|Restart",
        state in any_state(),
        began in prop::option::of(-600..600_i64),
        ended in prop::option::of(-600..600_i64),
    ) -> Step {
        let mut step = step(order, &name, state, began);
        step.ended_at = ended.and_then(time);
        step
    }
}

prop_compose! {
    fn any_node()(
        name in "[a-c]",
        role in any_role(),
        state in any_state(),
        word in prop::option::of("running|orange|Upgrade_OpenSearch"),
        updated in prop::option::of(-600..600_i64),
        steps in prop::collection::vec(any_step(), 0..3),
    ) -> Node {
        let mut node = Node::new(name, role, state);
        (node.raw_status, node.updated_at, node.steps) = (word, updated.and_then(time), steps);
        node
    }
}

prop_compose! {
    fn any_operation()(
        id in prop::option::of("[xy]"),
        kind in prop::sample::select(OperationKind::ALL.to_vec()),
        state in any_state(),
        started in prop::option::of(-600..600_i64),
        ended in prop::option::of(-600..600_i64),
        nodes in prop::collection::vec(any_node(), 0..5),
        steps in prop::collection::vec(any_step(), 0..3),
        estimated in prop::option::of(-10..600_i64),
        valid in prop::option::weighted(0.1, -600..60_000_i64),
    ) -> Operation {
        let mut operation = Operation::new(kind, state);
        (operation.id, operation.nodes, operation.steps) = (id, nodes, steps);
        (operation.started_at, operation.ended_at) = (started.and_then(time), ended.and_then(time));
        (operation.estimated_for, operation.valid_until) = (estimated.map(Span::minutes), valid.map(at));
        operation
    }
}

#[derive(Debug, Clone)]
enum Happening {
    Seen(Box<Option<Operation>>, Vec<Operation>),
    Missed(ErrorKind),
    Reopened,
}

fn any_happening() -> impl Strategy<Value = Happening> {
    let errors = vec![ErrorKind::Timeout, ErrorKind::VendorDown, ErrorKind::KeyExpired];
    prop_oneof![
        8 => (prop::option::weighted(0.9, any_operation()), prop::collection::vec(any_operation(), 0..2))
            .prop_map(|(operation, earlier)| Happening::Seen(Box::new(operation), earlier)),
        1 => prop::sample::select(errors).prop_map(Happening::Missed),
        1 => Just(Happening::Reopened),
    ]
}

fn timeline(happenings: Vec<(i64, Happening)>) -> (Timeline, i64) {
    let (mut timeline, mut now) = (Timeline::default(), 0);
    for (passed, happening) in happenings {
        now += passed;
        match happening {
            Happening::Seen(operation, earlier) => {
                let observation = Observation { operation: *operation, earlier, ..Observation::new(at(now)) };
                timeline.record(Outcome::Observed(Box::new(observation)), at(now));
            }
            Happening::Missed(kind) => {
                timeline.record(Outcome::Failed(PollError::new(kind)), at(now));
            }
            Happening::Reopened => timeline.reopened(at(now)),
        }
    }
    (timeline, now)
}

fn any_story() -> impl Strategy<Value = Vec<(i64, Happening)>> {
    prop::collection::vec((0..200_i64, any_happening()), 1..8)
}

proptest! {
    #[test]
    fn a_later_time_without_a_change_never_makes_a_verdict_better(
        story in any_story(),
        waits in prop::collection::vec(0..5_000_i64, 1..6),
        overdue in prop::option::of(1..5_000_i64),
    ) {
        let (timeline, mut now) = timeline(story);
        let circumstances = Circumstances { overdue_after: overdue.map(Span::minutes), ..Circumstances::default() };
        let mut before: Option<Verdict> = None;
        for wait in waits {
            now += wait;
            let judged = assess(&timeline, &circumstances, at(now));
            if let Some(before) = before {
                // Who has lost sight of something stalled knows less, not better.
                let lost = judged.verdict == Verdict::CannotSee && overdue.is_some();
                prop_assert!(judged.verdict <= before || lost, "{before:?}, then {:?}", judged.verdict);
                prop_assert!(before != Verdict::CannotSee || judged.verdict == Verdict::CannotSee);
            }
            before = Some(judged.verdict);
        }
    }

    #[test]
    fn whatever_was_seen_a_judgement_holds_together(story in any_story(), wait in -600..50_000_i64) {
        let (timeline, now) = timeline(story);
        let circumstances = Circumstances { clock_offset: Span::minutes(wait), overdue_after: Some(Span::minutes(1)) };
        for circumstances in [circumstances, Circumstances::default()] {
            let judged = assess(&timeline, &circumstances, at(now + wait));
            match judged.estimate {
                Estimate::Remaining { low, high, .. } => {
                    prop_assert!(Span::ZERO <= low && low <= high, "{low:?} {high:?}");
                }
                Estimate::AtLeast { low, .. } => prop_assert!(low >= Span::ZERO),
                Estimate::Overdue { by, of, .. } => prop_assert!(by > Span::ZERO && of > Span::ZERO),
                Estimate::None => {}
            }
            if let Some(basis) = &judged.basis {
                prop_assert!(basis.slow_after <= basis.stalled_after, "{basis:?}");
            }
            prop_assert_eq!(judged.blind.is_some(), judged.verdict == Verdict::CannotSee);
            let hidden = matches!(judged.verdict, Verdict::CannotSee | Verdict::Asking);
            prop_assert!(judged.last_seen.is_none() || hidden);
            let bad = |level| judged.findings.iter().position(|found| found.level > level);
            prop_assert!(judged.findings.iter().is_sorted_by_key(|found| found.level), "{:?}", bad(Level::Bad));
            if judged.verdict == Verdict::Done {
                let state = timeline.operation().map(|operation| operation.state);
                prop_assert_eq!(state, Some(State::Succeeded));
            }
        }
    }
}
