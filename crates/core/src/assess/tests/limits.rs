//! How long nothing may change, and on what ground.

use super::*;

fn basis(timeline: &Timeline, minutes: i64) -> Basis {
    judged(timeline, minutes).basis.expect("a basis")
}

fn minutes(basis: &Basis) -> (i64, i64) {
    (basis.slow_after.as_seconds() / 60, basis.stalled_after.as_seconds() / 60)
}

#[test]
fn the_same_step_of_the_nodes_before_comes_first() {
    let mut timeline = Timeline::default();
    one_by_one(&mut timeline, 0, &[6, 8, 100, 6, 6], 20);
    let basis = basis(&timeline, 20);
    assert_eq!(basis.step.as_deref(), Some("Restart_OpenSearch"));
    let source =
        LimitSource::Usual { usual_for: Span::minutes(7), experience: Experience::ThisRun { nodes: 2 } };
    assert_eq!((basis.source, minutes(&basis)), (source, (14, 21)));
    let verdicts = [15 + 14, 15 + 15, 15 + 21, 15 + 22].map(|minutes| judged(&timeline, minutes).verdict);
    assert_eq!(verdicts, [Verdict::Running, Verdict::Slow, Verdict::Slow, Verdict::Stalled]);
}

#[test]
fn the_runs_before_come_next() {
    let mut timeline = Timeline::default();
    one_by_one(&mut timeline, 0, &[10, 12], 30);
    one_by_one(&mut timeline, 100, &[14, 20], 140);
    one_by_one(&mut timeline, 200, &[50, 50], 203);
    assert_eq!(timeline.earlier().len(), 2);
    let basis = basis(&timeline, 203);
    let experience = Experience::EarlierRuns { runs: 2 };
    assert_eq!(basis.source, LimitSource::Usual { usual_for: Span::minutes(13), experience });
    assert_eq!(minutes(&basis), (26, 39));
}

#[test]
fn a_quick_cluster_has_the_shortest_limits_that_there_are() {
    let mut timeline = Timeline::default();
    one_by_one(&mut timeline, 0, &[1, 1, 30], 5);
    assert_eq!(minutes(&basis(&timeline, 5)), (10, 15));
}

#[test]
fn what_the_vendors_document_comes_before_our_defaults() {
    use State::{Pending, Running};
    let node = |steps: Vec<Step>| {
        let mut operation = upgrade(&[Running, Pending]);
        (operation.id, operation.nodes[0].steps) = (Some("task".into()), steps);
        basis(&seen(operation, 1), 1)
    };
    let documented = |from, to| LimitSource::Documented { from: Span::minutes(from), to: Span::minutes(to) };
    let replacing = node(vec![step(Some(3), "Replace", Running, Some(0))]);
    assert_eq!(
        (replacing.source, minutes(&replacing), replacing.legal),
        (documented(15, 15), (30, 45), None)
    );
    // Without its steps a node may be migrating data.
    let stepless = node(Vec::new());
    assert_eq!((minutes(&stepless), stepless.legal), ((30, 48 * 60), Some(Span::hours(48))));
    let migrated = node(vec![step(Some(0), "Migrate", State::Succeeded, Some(0))]);
    assert_eq!((minutes(&migrated), migrated.legal), ((30, 45), None));
    let migrating = node(vec![step(Some(0), "Migrate", Running, Some(0))]);
    assert_eq!((migrating.source, minutes(&migrating)), (LimitSource::Default, (120, 48 * 60)));

    let hologres = |state| {
        let mut operation = upgrade(&[]);
        operation.state = state;
        operation.nodes = vec![Node::new("leader", NodeRole::Leader, state)];
        basis(&seen(operation, 1), 1)
    };
    assert_eq!((hologres(Pending).source, minutes(&hologres(Pending))), (documented(60, 180), (180, 360)));
    assert_eq!((hologres(Running).source, minutes(&hologres(Running))), (documented(5, 30), (30, 60)));
}

#[test]
fn a_data_migration_is_late_by_the_others_and_stalled_by_the_vendors_limit() {
    use State::{Pending, Running, Succeeded};
    let mut timeline = Timeline::default();
    let migration = |state, began: i64, ended: Option<i64>| {
        let mut step = step(Some(0), "Migrate", state, Some(began));
        step.ended_at = ended.and_then(time);
        vec![step]
    };
    let mut first = upgrade(&[Running, Pending]);
    first.id = Some("task".into());
    first.nodes[0].steps = migration(Succeeded, 1, Some(41));
    record(&mut timeline, first, 42);
    let mut second = upgrade(&[Succeeded, Running]);
    second.id = Some("task".into());
    second.nodes[1].steps = migration(Running, 43, None);
    record(&mut timeline, second, 44);
    let basis = basis(&timeline, 44);
    assert_eq!((minutes(&basis), basis.legal), ((80, 48 * 60), Some(Span::hours(48))));
}

#[test]
fn defaults_are_for_a_service() {
    let default = |role, word: Option<&str>, state| {
        let mut operation = upgrade(&[state]);
        (operation.state, operation.nodes[0].role) = (state, role);
        operation.nodes[0].raw_status = word.map(str::to_owned);
        let basis = basis(&seen(operation, 1), 1);
        assert_eq!(basis.source, LimitSource::Default);
        minutes(&basis)
    };
    assert_eq!(default(NodeRole::Broker, Some("orange"), State::Running), (20, 60));
    assert_eq!(default(NodeRole::Data, Some("Upgrade_OpenSearch"), State::Running), (30, 90));
    assert_eq!(default(NodeRole::Data, Some("running"), State::Pending), (60, 240));
}

#[test]
fn what_waits_for_a_person_has_no_limit() {
    let mut operation = upgrade(&[State::Pending]);
    (operation.state, operation.valid_until) = (State::Pending, Some(at(7 * 24 * 60)));
    let judged = judged(&seen(operation, 1), 6 * 24 * 60);
    assert_eq!((judged.verdict, judged.basis), (Verdict::Waiting, None));
}

#[test]
fn past_the_estimate_is_slow_since_then() {
    let mut operation = upgrade(&[State::Running]);
    operation.estimated_for = Some(Span::minutes(25));
    let timeline = seen(operation, 20);
    assert_eq!(judged(&timeline, 25).verdict, Verdict::Running);
    let late = judged(&timeline, 27);
    assert_eq!((late.verdict, late.since), (Verdict::Slow, Some(at(25))));
    let basis = late.basis.expect("a basis");
    assert!(basis.past_estimate && !basis.is_late());
}

#[test]
fn a_change_brings_what_stood_still_back_to_running() {
    let mut timeline = Timeline::default();
    one_by_one(&mut timeline, 0, &[6, 40, 6], 46);
    assert_eq!(judged(&timeline, 46).verdict, Verdict::Stalled);
    one_by_one(&mut timeline, 0, &[6, 40, 6], 48);
    assert_eq!(judged(&timeline, 48).verdict, Verdict::Running);
}
