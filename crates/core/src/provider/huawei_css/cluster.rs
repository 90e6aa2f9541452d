//! The cluster itself, "ShowClusterDetail": its name, the version that it runs, and how it is.
//!
//! What is read: `name`, `status`, `actions []`, `failedReason { errorCode, errorMsg }`,
//! `datastore { version, subVersion }`.
//!
//! What the page does not say:
//! - `status` and `actions` are codes and words of which not all are documented: they are shown as they are.
//! - When `datastore` changes to the new version. Before that it is the version which an upgrade leaves; an
//!   upgrade that is over says nothing of it, so a version which was first asked for then is not taken for it.

use super::task::IMAGE;
use super::{clusters_request, wire};
use crate::error::PollError;
use crate::http::Request;
use crate::model::{Fact, Operation, Span, State, Timestamp, VersionChange, Watch};
use crate::provider::wire::Answer;
use crate::provider::{Background, Endpoint, Supplement};

/// How long an answer is good for. Its status and actions change while an operation goes on.
const GOOD_FOR: Span = Span::minutes(10);

pub(super) fn wanted(background: &Background, now: Timestamp) -> Option<Supplement> {
    background.is_due(Supplement::Cluster, GOOD_FOR, now).then_some(Supplement::Cluster)
}

pub(super) fn request(watch: &Watch, endpoint: &Endpoint) -> Result<Request, PollError> {
    let route = format!("/{}", wire::id("cluster", &watch.cluster)?);
    clusters_request(endpoint, &watch.project, &route, String::new())
}

pub(super) fn learn(answer: Answer<'_>, background: &mut Background) -> Result<(), PollError> {
    let cluster = answer.body;
    let datastore = cluster.object("datastore");
    let name = cluster.owned("name");
    if name.is_none() && datastore.is_none() {
        return Err(answer.malformed("name"));
    }
    background.cluster_name = name.or(background.cluster_name.take());
    background.current_version = datastore.and_then(|datastore| datastore.owned("version"));
    background.current_image = datastore.and_then(|datastore| datastore.owned("subVersion"));
    let actions = cluster.names("actions").join(", ");
    let reason = cluster.object("failedReason").map(|reason| {
        let parts = [reason.text("errorCode"), reason.text("errorMsg")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(": ")
    });
    let told = [
        ("cluster.status", cluster.owned("status")),
        ("cluster.actions", Some(actions)),
        ("cluster.failedReason", reason),
    ];
    let told = told.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let told = told.filter(|(_, value)| !value.is_empty());
    background.cluster_facts = told.map(|(name, value)| Fact { name: name.to_owned(), value }).collect();
    Ok(())
}

/// Gives a task the change of versions that was known while it ran.
pub(super) fn recall(task: &mut Operation, background: &Background) {
    if let Some(change) = task.id.as_deref().and_then(|id| background.version_change(id)) {
        task.versions = Some(change.clone());
    }
}

/// Adds to the current task what the cluster itself tells.
pub(super) fn describe(task: &mut Operation, background: &Background) {
    if task.state == State::Running
        && task.versions.as_ref().is_some_and(|change| change.from.is_none())
        && let Some(change) = change(task, background)
    {
        task.versions = Some(change);
    }
    task.facts.extend(background.cluster_facts.iter().cloned());
}

/// The change that a running task makes: of the version, or of the image where the version stays.
fn change(task: &Operation, background: &Background) -> Option<VersionChange> {
    let to = &task.versions.as_ref()?.to;
    let current = background.current_version.as_ref()?;
    if current != to {
        return Some(VersionChange { from: Some(current.clone()), to: to.clone() });
    }
    let image = background.current_image.as_ref()?;
    let target = task.facts.iter().find(|fact| fact.name == IMAGE).map(|fact| &fact.value)?;
    (image != target).then(|| VersionChange { from: Some(image.clone()), to: target.clone() })
}
