//! One task of `detailList`.
//!
//! What is read: `id, status, startTime, endTime, executeTimes, batchSize,
//!   imageInfo { displayName, datastoreType, datastoreVersion },
//!   totalNodes, completedNodes, currentNodeName, currentBatchNodes,
//!   currentNodeDetail [{ order, name, status, desc, beginTime, endTime }],
//!   migrateParam { instType, migrateType, sourceAz, targetAz }, finalAzInfoMap { zone: nodes }`.
//!
//! What the page does not say:
//! - Steps are listed for the current node only, their numbers have gaps, and their names are localised.
//! - Nodes have no state of their own: it follows from the lists in which their names stand. Nothing names the
//!   nodes that failed, so in a failed task it is those that were being worked on.
//! - `executeTimes` is called the number of retries and is 1 in the sample of a first run.

use super::nodes;
use crate::model::{AzPlan, Fact, Operation, OperationKind, State, VersionChange};
use crate::provider::wire::{Notes, Object};

pub(super) fn operation(kind: OperationKind, task: Object<'_>, notes: &mut Notes) -> Operation {
    let raw_status = notes.required("status", task.text("status"));
    let state = match raw_status.as_deref() {
        Some("RUNNING") => State::Running,
        Some("SUCCESS") => State::Succeeded,
        Some("FAILED") => State::Failed,
        Some("PARTIAL_FAILED") => State::PartiallySucceeded,
        None => State::Unknown,
        Some(word) => {
            notes.unknown("status", word);
            State::Unknown
        }
    };
    let mut operation = Operation::new(kind, state);
    operation.id = notes.required("id", task.text("id"));
    operation.raw_status = raw_status;
    let start_time = notes.expected("startTime", task.text("startTime"));
    operation.started_at = notes.time("startTime", start_time);
    operation.ended_at = notes.time("endTime", task.text("endTime"));
    operation.attempts = task.count("executeTimes");
    let image = task.object("imageInfo").unwrap_or_else(|| {
        if kind == OperationKind::Upgrade {
            notes.missing("imageInfo");
        }
        Object::ABSENT
    });
    operation.versions = image.owned("datastoreVersion").map(|to| VersionChange { from: None, to });
    for (name, place) in [(IMAGE, image), ("datastoreType", image), ("batchSize", task)] {
        operation.facts.extend(place.owned(name).map(|value| Fact { name: name.to_owned(), value }));
    }
    if kind == OperationKind::AzMigration {
        operation.az_plan = az_plan(task, notes);
    }
    let steps = nodes::steps(task, notes);
    (operation.nodes, operation.steps) = nodes::nodes(task, steps, state, notes);
    operation
}

/// The field, and the fact, that names the image which an upgrade installs. One version has several images.
pub(super) const IMAGE: &str = "displayName";

/// The plan of a migration, from two JSON texts inside the JSON.
fn az_plan(task: Object<'_>, notes: &mut Notes) -> Option<AzPlan> {
    let mut embedded = |name: &str| {
        let value = notes.expected(name, task.any(name))?;
        notes.embedded(name, value)
    };
    let (param, zones) = (embedded("migrateParam"), embedded("finalAzInfoMap"));
    let param = param.as_ref().and_then(Object::new).unwrap_or(Object::ABSENT);
    let zones = zones.as_ref().and_then(Object::new).unwrap_or(Object::ABSENT);
    let plan = AzPlan {
        kind: param.owned("migrateType"),
        node_type: param.owned("instType"),
        source: param.owned("sourceAz"),
        target: param.owned("targetAz"),
        final_nodes: zones.names_by_field(),
    };
    (plan != AzPlan::default()).then_some(plan)
}
