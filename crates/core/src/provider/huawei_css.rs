//! Huawei Cloud Search Service, "UpgradeDetail" (China site, page of 2026-01-09; Open Telekom Cloud publishes the
//! same call).
//!
//! What is read: `totalSize` and
//! `detailList [{ id, status, startTime, endTime, executeTimes, batchSize,
//!   imageInfo { displayName, datastoreType, datastoreVersion },
//!   totalNodes, completedNodes, currentNodeName, currentBatchNodes,
//!   currentNodeDetail [{ order, name, status, desc, beginTime, endTime }],
//!   migrateParam { sourceAz, targetAz }, finalAzInfoMap { zone: nodes } }]`.
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

use super::wire::{self, Answer, Notes, Object};
use super::{Background, Endpoint, Supplement};
use crate::error::{ErrorKind, PollError};
use crate::http::{Method, Request};
use crate::model::{
    AzPlan, Fact, Holder, Listing, Observation, Operation, OperationKind, State, Timestamp, VersionChange,
    Warning, Watch,
};

/// # Errors
/// `BadWatch` naming `project` or `cluster`.
pub(super) fn request(
    watch: &Watch,
    endpoint: &Endpoint,
    _background: &Background,
) -> Result<Request, PollError> {
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

pub(super) fn decode(
    watch: &Watch,
    endpoint: &Endpoint,
    background: &Background,
    answer: Answer<'_>,
    observed_at: Timestamp,
) -> Result<Observation, PollError> {
    let mut notes = Notes::new(endpoint, background);
    let total = answer.body.count("totalSize");
    let listed = answer.body.list("detailList");
    match (listed, total) {
        (Some(_), _) | (None, Some(0)) => {}
        (None, Some(_)) => notes.missing("detailList"),
        (None, None) => return Err(answer.malformed("detailList")),
    }
    let tasks = notes.objects("detailList", listed);
    let shown = u32::try_from(tasks.len()).unwrap_or(u32::MAX);
    if let Some(total) = total.filter(|total| *total > shown) {
        notes.warn(Warning::MoreOperations { total, shown });
    }
    let rank = |operation: &Operation| {
        (operation.state == State::Running, operation.started_at.as_ref().map(|time| time.at))
    };
    let mut operations: Vec<Operation> = Vec::new();
    for task in tasks {
        let operation = operation(watch.operation, task, &mut notes);
        let at = operations.partition_point(|other| rank(other) >= rank(&operation));
        operations.insert(at, operation);
    }
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

fn operation(kind: OperationKind, task: Object<'_>, notes: &mut Notes) -> Operation {
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
    for (name, place) in [("displayName", image), ("datastoreType", image), ("batchSize", task)] {
        operation.facts.extend(place.owned(name).map(|value| Fact { name: name.to_owned(), value }));
    }
    if kind == OperationKind::AzMigration {
        operation.az_plan = az_plan(task, notes);
    }
    let steps = nodes::steps(task, notes);
    (operation.nodes, operation.steps) = nodes::nodes(task, steps, state, notes);
    operation
}

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
        source: param.owned("sourceAz"),
        target: param.owned("targetAz"),
        final_nodes: zones.names_by_field(),
    };
    (plan != AzPlan::default()).then_some(plan)
}

pub(super) fn wanted(
    _background: &Background,
    _observation: &Observation,
    _now: Timestamp,
) -> Option<Supplement> {
    None
}

pub(super) fn supplement_request(
    _watch: &Watch,
    _endpoint: &Endpoint,
    _supplement: Supplement,
) -> Result<Request, PollError> {
    Err(PollError::field(ErrorKind::BadWatch, "operation"))
}

pub(super) fn learn(
    _watch: &Watch,
    _endpoint: &Endpoint,
    _supplement: Supplement,
    answer: Answer<'_>,
    _background: &mut Background,
) -> Result<(), PollError> {
    Err(answer.malformed("result"))
}

pub(super) fn list_request(_endpoint: &Endpoint, _project: &str, _page: u32) -> Result<Request, PollError> {
    Err(PollError::field(ErrorKind::BadWatch, "operation"))
}

pub(super) fn decode_list(answer: Answer<'_>, _page: u32) -> Result<Listing, PollError> {
    Err(answer.malformed("clusters"))
}

pub(super) fn holder_request(identity: &Endpoint) -> Request {
    Request {
        endpoint: identity.id(),
        host: identity.host.clone(),
        method: Method::Get,
        path: "/v3/projects".to_owned(),
        query: format!("name={}", identity.region),
        headers: Vec::new(),
        body: String::new(),
    }
}

pub(super) fn decode_holder(answer: Answer<'_>) -> Result<Holder, PollError> {
    Err(answer.malformed("projects"))
}
