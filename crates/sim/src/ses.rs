//! NAVER Cloud Search Engine Service: what `getRollingUpgradeProgress` says of a rolling upgrade.
//!
//! Vendor page: "getRollingUpgradeProgress", NAVER Cloud API guide, public and government zones, 2026-10-22.
//! That page lists no node words but those of its sample, does not say that `running` means "in service, not
//! touched yet", and gives times without a zone.

use crate::scene::Scene;
use crate::schedule::{Progress, Stop, schedule};
use crate::written::spaced;
use rollwatch_core::model::Span;
use serde_json::{Value, json};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// Roles with the number of their nodes, in the order of work. A role may come twice.
    pub nodes: &'static [(&'static str, usize)],
    pub from: &'static str,
    pub to: &'static str,
    /// How long after its start the upgrade touches the first node.
    pub lead_for: Span,
    pub stop: Option<Stop>,
}

/// What a node says while its turn lasts, and about how many seconds it says it.
const STEPS: [(&str, i64); 2] = [("Upgrade_OpenSearch", 150), ("Restart_OpenSearch", 100)];

pub(crate) fn progress(plan: &Plan, scene: &Scene<'_>) -> Value {
    let roles: Vec<&str> =
        plan.nodes.iter().flat_map(|(role, count)| std::iter::repeat_n(*role, *count)).collect();
    let seconds = STEPS.map(|(_, seconds)| seconds);
    let schedule = schedule(&mut scene.of_round(), plan.lead_for, roles.len(), &seconds);
    let reached = schedule.reached(scene.elapsed_for, plan.stop);
    let stopped = plan.stop.filter(|_| reached < scene.elapsed_for);
    let mut names = scene.lasting();
    let nodes = roles.iter().zip(&schedule.turns).enumerate().map(|(index, (role, turn))| {
        let step = turn.steps.iter().zip(STEPS).find(|(step, _)| step.progress(reached) == Progress::Running);
        let word_of_stop = stopped.filter(|stop| stop.turn == index).and_then(|stop| stop.word);
        let (status, updated_at) = match (turn.whole.progress(reached), step) {
            (Progress::Done, _) => ("complete", scene.at(turn.whole.ends_after)),
            (_, Some((step, (word, _)))) => (word_of_stop.unwrap_or(word), scene.at(step.begins_after)),
            // Nodes reported in when the cluster was last looked at, some seconds apart and before the upgrade.
            _ => ("running", scene.started_at.minus(Span::seconds(2000 - 6 * index as i64))),
        };
        json!({
            "hostname": format!("{}-{}-{}", scene.name, role.to_ascii_lowercase(), names.word(4)),
            "status": status,
            "nodeRoleCode": role,
            "updatedDate": spaced(updated_at, scene.offset),
        })
    });
    json!({
        "name": scene.name,
        "nodeCount": roles.len(),
        "versionVo": {
            "currentVersionCode": plan.from,
            "targetVersionCode": plan.to,
            "actionDate": spaced(scene.started_at, scene.offset),
        },
        "nodeStatusVoList": nodes.collect::<Vec<Value>>(),
    })
}
