//! Huawei Cloud Search Service: what the list of clusters and the cluster's own page say.
//!
//! Vendor pages: "Querying the Cluster List" and "Querying Cluster Details", 2026-09-02. They name no value of
//! `actions` for an upgrade or a move, which are invented here, nor when the version changes.

use super::{Course, Image, Plan, Task, course, nodes, plan};
use crate::answer::Answer;
use crate::question::{Page, Question};
use crate::refusal::Refusal;
use crate::scene::Scene;
use crate::services::huawei::projects;
use crate::written::joined;
use rollwatch_core::model::Span;
use serde_json::{Value, json};

/// What a cluster runs whose story is a move.
const UNCHANGED: (&str, &str) = ("elasticsearch", "7.10.2_25.9.0_0918");

/// Which clusters there are in a project, if it is one of the account's.
pub(super) fn list(project: String, page: Page) -> Question {
    Question::of_account(move |owned, call| {
        if projects(call).iter().all(|(_, known)| *known != project) {
            return Err(Refusal::Cluster);
        }
        let of_project = owned.iter().filter(|(cluster, _)| cluster.project == project);
        let shown = of_project.filter_map(|(known, scene)| Some(cluster(plan(&known.story)?, scene)));
        let clusters: Vec<Value> = shown.collect();
        let body = json!({ "totalSize": clusters.len(), "clusters": page.of(clusters) });
        Ok(Answer::json(200, &body))
    })
}

/// A cluster, which the list shows as its own page does.
pub(super) fn cluster(plan: &Plan, scene: &Scene<'_>) -> Value {
    let Course { word, ended_after, .. } = course(plan, scene);
    let is_busy = ended_after.is_none();
    let (engine, full) = match plan.task {
        Task::Upgrade(Image { engine, name, earlier_name, .. }) => {
            let is_new = !is_busy && word.is_none();
            (engine, if is_new { name } else { earlier_name })
        }
        Task::AzMigration { .. } | Task::DocumentedMove { .. } => UNCHANGED,
    };
    let action = match plan.task {
        Task::Upgrade(_) => "UPGRADING",
        Task::AzMigration { .. } | Task::DocumentedMove { .. } => "AZ_MIGRATING",
    };
    let instance = |(index, name): (usize, &String)| {
        json!({
            "id": scene.lasting().uuid(),
            "name": name,
            "type": "ess",
            "status": "200",
            "azCode": format!("{}a", scene.region),
            "ip": format!("192.168.0.{}", 10 + index),
            "specCode": "ess.spec-4u16g",
        })
    };
    let actions: &[&str] = if is_busy { &[action] } else { &[] };
    json!({
        "id": scene.id,
        "name": scene.name,
        "status": if is_busy { "100" } else { "200" },
        "actions": actions,
        "actionProgress": {},
        "datastore": {
            "type": engine,
            "version": full.split('_').next(),
            "subVersion": full,
            "isEosCluster": false,
        },
        "instances": nodes(plan, scene).iter().enumerate().map(instance).collect::<Vec<Value>>(),
        "created": joined(scene.started_at.minus(Span::hours(400 * 24)), scene.offset),
        "updated": joined(scene.started_at, scene.offset),
    })
}
