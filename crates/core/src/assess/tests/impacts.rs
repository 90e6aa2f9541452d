//! What is hurt now, by service and step.

use super::*;

fn hologres(steps: &[(&str, State)]) -> Impact {
    let mut operation = upgrade(&[]);
    operation.nodes = vec![Node::new("leader", NodeRole::Leader, State::Running)];
    operation.steps = steps.iter().map(|(name, state)| step(None, name, *state, None)).collect();
    judged(&seen(operation, 1), 2).impact.expect("an impact")
}

#[test]
fn hologres_hurts_as_its_steps_are_documented() {
    use State::{Failed, Pending, Running, Succeeded, Unknown};
    for (steps, expected) in [
        (vec![("Backup", Running), ("DoUpgrade", Pending)], Impact::Unaffected),
        (vec![("Stop", Running), ("Backup", Pending)], Impact::WritesStopped),
        // Nothing tells that writes came back for the backup.
        (vec![("Stop", Succeeded), ("Backup", Running)], Impact::WritesStopped),
        (vec![("Stop", Succeeded), ("Backup", Succeeded), ("DoUpgrade", Running)], Impact::WritesBlocked),
        (vec![("Stop", Succeeded), ("DoUpgrade", Succeeded)], Impact::WritesRestored),
        (vec![("DoUpgrade", Failed), ("Rollback", Running)], Impact::Unknown),
        (vec![("DoUpgrade", Succeeded), ("Verify", Unknown)], Impact::Unknown),
        (vec![], Impact::Unknown),
    ] {
        assert_eq!(hologres(&steps), expected, "{steps:?}");
    }
}

#[test]
fn a_node_of_huawei_is_offline_and_its_data_moves_first() {
    use State::{Pending, Running};
    let impact = |order| {
        let mut operation = upgrade(&[Running, Pending]);
        operation.nodes[0].steps = vec![step(Some(order), "step", Running, Some(0))];
        judged(&seen(operation, 1), 2).impact
    };
    assert_eq!(impact(0), Some(Impact::Offline { active: 1, total: 2, migrating: true }));
    assert_eq!(impact(3), Some(Impact::Offline { active: 1, total: 2, migrating: false }));
}

#[test]
fn where_nothing_is_documented_the_impact_is_unknown_or_hedged() {
    use State::{Pending, Running, Succeeded};
    let mut operation = upgrade(&[Succeeded, Running, Pending]);
    operation.nodes.iter_mut().for_each(|node| node.raw_status = Some("Upgrade_OpenSearch".into()));
    assert_eq!(judged(&seen(operation, 1), 2).impact, Some(Impact::AtWork { active: 1, total: 3 }));
    let between = upgrade(&[Succeeded, Pending]);
    assert_eq!(judged(&seen(between, 1), 2).impact, Some(Impact::Unknown));
}

#[test]
fn what_is_prepared_hurts_nothing_before_and_after_its_end() {
    let mut operation = upgrade(&[State::Pending]);
    (operation.state, operation.valid_until) = (State::Pending, Some(at(100)));
    let timeline = seen(operation, 1);
    assert_eq!(judged(&timeline, 99).impact, Some(Impact::Prepared { until: at(100) }));
    assert_eq!(judged(&timeline, 100).impact, Some(Impact::Expired { until: at(100) }));
}

#[test]
fn a_broker_that_is_down_hurts_when_the_restart_is_over_too() {
    let mut operation = upgrade(&[State::Failed]);
    (operation.state, operation.nodes[0].role) = (State::Failed, NodeRole::Broker);
    let mut observation = Observation { operation: Some(operation), ..Observation::new(at(1)) };
    observation.groups = vec![GroupSummary {
        role: NodeRole::Broker,
        total: Some(3),
        operating: Some(2),
        state: State::Running,
        raw_status: None,
    }];
    let mut timeline = Timeline::default();
    timeline.record(Outcome::Observed(Box::new(observation)), at(1));
    let judged = judged(&timeline, 2);
    let down = Impact::Brokers { operating: 2, total: 3 };
    assert_eq!(judged.impact.as_ref(), Some(&down));
    let failed = judged.findings.iter().find(|f| matches!(f.evidence, Evidence::NodeFailed { .. }));
    assert_eq!(failed.expect("a finding").impact, Some(down));
}
