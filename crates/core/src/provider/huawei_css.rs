//! Huawei Cloud Search Service, "UpgradeDetail" (China site, page of 2026-01-09; Open Telekom Cloud publishes the
//! same call), with what stands beside it: the cluster's detail, the lists of clusters and of projects.
//!
//! What is read: `totalSize` and `detailList`, whose tasks `task.rs` describes.
//!
//! What the page does not say:
//! - The order of `detailList` is not promised, and neither is which task is the current one: a running task
//!   comes first here, then the one that started last.
//! - Times have no zone; the samples fall into Beijing office hours when read as UTC.
//! - An answer holds the target version only, and not the cluster's name, which node names begin with.
//! - The paging parameter was renamed from `start` to `offset`. The first question sends neither, which means
//!   the first ten; `pages.rs` asks for the others.

mod account;
mod cluster;
mod nodes;
mod pages;
mod task;
#[cfg(test)]
mod tests;

use super::adapter::{Adapter, HolderCalls, not_offered};
use super::wire::{self, Answer, Notes};
use super::{Background, Endpoint, Supplement};
use crate::error::PollError;
use crate::http::{Header, Method, Request};
use crate::model::{Observation, Operation, OperationKind, State, Timestamp, Watch};

pub(super) const ADAPTER: Adapter = Adapter {
    wanted,
    supplement_request,
    learn,
    holder: Some(HolderCalls { request: account::holder_request, decode: account::decode_holder }),
    ..Adapter::of(request, decode, account::list_request, account::decode_list)
};

/// # Errors
/// `BadWatch` naming `project` or `cluster`.
fn request(watch: &Watch, endpoint: &Endpoint, background: &Background) -> Result<Request, PollError> {
    tasks_request(watch, endpoint, pages::first_query(background))
}

/// The call for tasks, of the page that `query` names.
fn tasks_request(watch: &Watch, endpoint: &Endpoint, page: String) -> Result<Request, PollError> {
    let mode = match watch.operation {
        OperationKind::AzMigration => "action_mode=AZ_MIGRATION",
        _ => "",
    };
    let parts = [mode, &page];
    let query = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
    let route = format!("/{}/upgrade/detail", wire::id("cluster", &watch.cluster)?);
    clusters_request(endpoint, &watch.project, &route, query)
}

/// A call below the clusters of a project. The header names the project once more, as the vendor's own clients
/// do: resources in a sub-project are found by it alone.
fn clusters_request(
    endpoint: &Endpoint,
    project: &str,
    route: &str,
    query: String,
) -> Result<Request, PollError> {
    let project = wire::id("project", project)?;
    Ok(Request {
        endpoint: endpoint.id(),
        host: endpoint.host.clone(),
        method: Method::Get,
        path: format!("{}/v1.0/{project}/clusters{route}", endpoint.prefix),
        query,
        headers: vec![Header::new("x-project-id", project)],
        body: String::new(),
    })
}

fn decode(
    watch: &Watch,
    endpoint: &Endpoint,
    background: &Background,
    answer: Answer<'_>,
    observed_at: Timestamp,
) -> Result<Observation, PollError> {
    let mut notes = Notes::new(endpoint, background);
    let (listed, total) = tasks(watch.operation, answer, &mut notes)?;
    let mut operations = pages::merged(listed, total, background, &mut notes);
    operations.sort_by_key(|operation| std::cmp::Reverse(rank(operation)));
    for operation in &mut operations {
        cluster::recall(operation, background);
    }
    let mut operations = operations.into_iter();
    let mut latest = operations.next();
    if let Some(latest) = &mut latest {
        cluster::describe(latest, background);
    }
    let in_nodes = || latest.as_ref().and_then(|operation| nodes::cluster_name(&operation.nodes));
    Ok(Observation {
        cluster_name: background.cluster_name.clone().or_else(in_nodes),
        operation: latest,
        earlier: operations.collect(),
        warnings: notes.warnings,
        ..Observation::new(observed_at)
    })
}

/// What makes a task the current one: that it runs, else that it started last.
fn rank(operation: &Operation) -> (bool, Option<Timestamp>) {
    (operation.state == State::Running, operation.started_at.as_ref().map(|time| time.at))
}

/// The tasks of one answer in the vendor's order, and how many the vendor counts.
fn tasks(
    kind: OperationKind,
    answer: Answer<'_>,
    notes: &mut Notes,
) -> Result<(Vec<Operation>, Option<u32>), PollError> {
    let total = answer.body.count("totalSize");
    let listed = answer.body.list("detailList");
    match (listed, total) {
        (Some(_), _) | (None, Some(0)) => {}
        (None, Some(_)) => notes.missing("detailList"),
        (None, None) => return Err(answer.malformed("detailList")),
    }
    let listed = notes.objects("detailList", listed);
    Ok((listed.into_iter().map(|task| task::operation(kind, task, notes)).collect(), total))
}

fn wanted(background: &Background, observation: &Observation, now: Timestamp) -> Option<Supplement> {
    cluster::wanted(background, now).or_else(|| pages::wanted(background, observation, now))
}

fn supplement_request(
    watch: &Watch,
    endpoint: &Endpoint,
    supplement: Supplement,
) -> Result<Request, PollError> {
    match supplement {
        Supplement::Cluster => cluster::request(watch, endpoint),
        Supplement::Operations { from } => tasks_request(watch, endpoint, pages::query_from(from)),
        Supplement::Versions | Supplement::Nodes => Err(not_offered()),
    }
}

fn learn(
    watch: &Watch,
    endpoint: &Endpoint,
    supplement: Supplement,
    answer: Answer<'_>,
    background: &mut Background,
) -> Result<(), PollError> {
    match supplement {
        Supplement::Cluster => cluster::learn(answer, background),
        Supplement::Operations { from } => {
            let mut notes = Notes::new(endpoint, background);
            let (listed, total) = tasks(watch.operation, answer, &mut notes)?;
            pages::learn(from, listed, total, background);
            Ok(())
        }
        Supplement::Versions | Supplement::Nodes => Err(answer.malformed("body")),
    }
}
