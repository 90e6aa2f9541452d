//! Huawei Cloud Search Service, "UpgradeDetail" (China site, page of 2026-01-09; Open Telekom Cloud publishes the
//! same call).
//!
//! What the page does not say:
//! - The order of `detailList` is not promised, and neither is which task is the current one: a running task
//!   comes first here, then the one that started last.
//! - Times have no zone; the samples fall into Beijing office hours when read as UTC.
//! - Steps are listed for the current node only, their numbers have gaps, and their names are localised.
//! - Nodes have no state of their own: it follows from the lists in which their names stand. Nothing names the
//!   nodes that failed, so in a failed task it is those that were being worked on.
//! - An answer holds the target version only, and not the cluster's name, which node names begin with.
//! - The paging parameter was renamed from `start` to `offset`; neither is sent, which means the first ten.

mod nodes;

use serde::Deserialize;
use serde_json::Value;

use super::Endpoint;
use super::wire::{self, Field, List, Names, Notes, Text};
use crate::error::{ErrorKind, PollError};
use crate::http::{Exchange, Method, Request};
use crate::model::{
    AzPlan, Fact, Observation, Operation, OperationKind, State, Timestamp, VersionChange, Warning, Watch,
};

/// # Errors
/// `BadWatch` naming `project` or `cluster`.
pub(super) fn request(watch: &Watch, endpoint: &Endpoint) -> Result<Request, PollError> {
    let project = wire::id("project", &watch.project)?;
    let cluster = wire::id("cluster", &watch.cluster)?;
    let query = match watch.operation {
        OperationKind::AzMigration => "action_mode=AZ_MIGRATION",
        _ => "",
    };
    Ok(Request {
        endpoint: endpoint.id(),
        host: endpoint.host.clone(),
        method: Method::Get,
        path: format!("{}/v1.0/{project}/clusters/{cluster}/upgrade/detail", endpoint.prefix),
        query: query.to_owned(),
        headers: Vec::new(),
        body: String::new(),
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Answer {
    total_size: Text,
    detail_list: List<Task>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Task {
    id: Text,
    start_time: Text,
    end_time: Text,
    status: Text,
    image_info: Field<Image>,
    total_nodes: Names,
    completed_nodes: Names,
    current_node_name: Text,
    current_batch_nodes: Names,
    batch_size: Text,
    execute_times: Text,
    migrate_param: Field<Value>,
    final_az_info_map: Field<Value>,
    current_node_detail: List<TaskStep>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Image {
    display_name: Text,
    datastore_type: Text,
    datastore_version: Text,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct TaskStep {
    order: Text,
    name: Text,
    status: Text,
    desc: Text,
    begin_time: Text,
    end_time: Text,
}

pub(super) fn decode(
    watch: &Watch,
    endpoint: &Endpoint,
    exchange: &Exchange,
    observed_at: Timestamp,
) -> Result<Observation, PollError> {
    let mut notes = Notes::new(endpoint);
    let answer: Answer = wire::body(exchange)?;
    let total = answer.total_size.count();
    if answer.detail_list.0.is_none() && total != Some(0) {
        if total.is_none() {
            let error = PollError::field(ErrorKind::Malformed, "detailList");
            return Err(PollError { status: Some(exchange.status), ..error });
        }
        notes.missing("detailList");
    }
    let tasks = notes.items("detailList", answer.detail_list);
    let shown = u32::try_from(tasks.len()).unwrap_or(u32::MAX);
    if let Some(total) = total.filter(|total| *total > shown) {
        notes.warn(Warning::MoreOperations { total, shown });
    }
    let mut operations: Vec<Operation> =
        tasks.into_iter().map(|task| operation(watch.operation, task, &mut notes)).collect();
    operations.sort_by_key(|operation| {
        let started_at = operation.started_at.as_ref().map(|time| time.at);
        std::cmp::Reverse((operation.state == State::Running, started_at))
    });
    let mut operations = operations.into_iter();
    let latest = operations.next();
    Ok(Observation {
        cluster_name: latest.as_ref().and_then(|operation| nodes::cluster_name(&operation.nodes)),
        operation: latest,
        earlier: operations.collect(),
        warnings: notes.warnings,
        ..Observation::new(observed_at)
    })
}

fn operation(kind: OperationKind, task: Task, notes: &mut Notes) -> Operation {
    let raw_status = notes.required("status", &task.status);
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
    operation.id = notes.required("id", &task.id);
    operation.raw_status = raw_status;
    operation.started_at = notes.required_time("startTime", &task.start_time);
    operation.ended_at = notes.time("endTime", &task.end_time);
    operation.attempts = task.execute_times.count();
    let image = task.image_info.0.unwrap_or_else(|| {
        if kind == OperationKind::Upgrade {
            notes.missing("imageInfo");
        }
        Image::default()
    });
    operation.versions = image.datastore_version.owned().map(|to| VersionChange { from: None, to });
    let named = [
        ("displayName", &image.display_name),
        ("datastoreType", &image.datastore_type),
        ("batchSize", &task.batch_size),
    ];
    let facts = named.into_iter().filter_map(|(name, text)| Some(fact(name, text.owned()?)));
    operation.facts = facts.collect();
    if kind == OperationKind::AzMigration {
        operation.az_plan = az_plan(task.migrate_param, task.final_az_info_map, notes);
    }
    let steps = nodes::steps(task.current_node_detail, notes);
    let lists = nodes::Lists {
        total: task.total_nodes.0,
        completed: task.completed_nodes.0,
        current: task.current_node_name.owned(),
        batch: task.current_batch_nodes.0,
    };
    (operation.nodes, operation.steps) = nodes::nodes(lists, steps, state, notes);
    operation
}

/// The plan of a migration, from two JSON texts inside the JSON.
fn az_plan(param: Field<Value>, zones: Field<Value>, notes: &mut Notes) -> Option<AzPlan> {
    let mut embedded = |name: &str, field: Field<Value>| match field.0 {
        Some(value) => notes.embedded(name, value),
        None => {
            notes.missing(name);
            None
        }
    };
    let param = embedded("migrateParam", param);
    let zones = embedded("finalAzInfoMap", zones);
    let named = |name: &str| Text::from(param.as_ref()?.get(name)?.clone()).owned();
    let plan = AzPlan {
        source: named("sourceAz"),
        target: named("targetAz"),
        final_nodes: zones
            .iter()
            .filter_map(Value::as_object)
            .flatten()
            .map(|(zone, names)| (zone.clone(), Names::from(names.clone()).0))
            .collect(),
    };
    (plan != AzPlan::default()).then_some(plan)
}

fn fact(name: &str, value: String) -> Fact {
    Fact { name: name.to_owned(), value }
}
