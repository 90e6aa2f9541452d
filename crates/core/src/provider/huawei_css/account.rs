//! What a credential opens: "ListClustersDetails" of the service and "KeystoneListProjects" of IAM.
//!
//! What is read: `totalSize`, `clusters [{ id, name, status, actions [], datastore { version } }]`;
//! `projects [{ id, name, enabled }]`.
//!
//! What the pages do not say:
//! - That `offset` counts from 1 here is said; that it was `start` before and may be ignored is not. The count
//!   ends the reading, so pages that repeat do not go on for ever.
//! - `actions` is empty when nothing goes on; its words are not all documented, so any of them counts.

use super::clusters_request;
use crate::error::PollError;
use crate::http::{Method, Request};
use crate::model::{Holder, Listed, Listing, Project};
use crate::provider::Endpoint;
use crate::provider::wire::{Answer, Object};

/// How many clusters one page lists.
const PAGE: u32 = 100;

/// The most pages that are asked for, where the vendor does not count its clusters.
const PAGES: u32 = 100;

/// # Errors
/// `BadWatch` naming `project`.
pub(super) fn list_request(endpoint: &Endpoint, project: &str, page: u32) -> Result<Request, PollError> {
    let offset = page.saturating_sub(1).saturating_mul(PAGE).saturating_add(1);
    clusters_request(endpoint, project, "", format!("limit={PAGE}&offset={offset}"))
}

pub(super) fn decode_list(answer: Answer<'_>, page: u32) -> Result<Listing, PollError> {
    let total = answer.body.count("totalSize");
    let listed = match (answer.body.list("clusters"), total) {
        (Some(listed), _) => listed,
        (None, Some(0)) => &[],
        (None, _) => return Err(answer.malformed("clusters")),
    };
    let clusters: Vec<Listed> = listed.iter().filter_map(Object::new).filter_map(cluster).collect();
    let read = page.saturating_mul(PAGE);
    let more = match total {
        Some(total) => total > read && !listed.is_empty(),
        None => page < PAGES && u32::try_from(listed.len()).is_ok_and(|count| count >= PAGE),
    };
    Ok(Listing { clusters, next: more.then(|| page.saturating_add(1)) })
}

/// A cluster without an id cannot be asked about.
fn cluster(cluster: Object<'_>) -> Option<Listed> {
    let id = cluster.owned("id")?;
    let busy = match cluster.text("status") {
        _ if !cluster.names("actions").is_empty() => Some(true),
        Some("100") => Some(true),
        Some("200") => Some(false),
        _ => None,
    };
    Some(Listed {
        name: cluster.owned("name").unwrap_or_else(|| id.clone()),
        id,
        raw_status: cluster.owned("status"),
        version: cluster.object("datastore").and_then(|datastore| datastore.owned("version")),
        busy,
        open: true,
    })
}

pub(super) fn holder_request(identity: &Endpoint) -> Request {
    Request {
        endpoint: identity.id(),
        host: identity.host.clone(),
        method: Method::Get,
        path: format!("{}/v3/projects", identity.prefix),
        query: format!("name={}", identity.region),
        headers: Vec::new(),
        body: String::new(),
    }
}

/// The projects of the region that can be used: the region's own, which has its name, and sub-projects, whose
/// names begin with it. A server that does not know the filter lists those of other regions too.
pub(super) fn decode_holder(identity: &Endpoint, answer: Answer<'_>) -> Result<Holder, PollError> {
    let Some(listed) = answer.body.list("projects") else { return Err(answer.malformed("projects")) };
    let mut projects: Vec<Project> = Vec::new();
    for project in listed.iter().filter_map(Object::new) {
        let (Some(id), Some(name)) = (project.owned("id"), project.owned("name")) else { continue };
        let of_region = name
            .strip_prefix(identity.region.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
        if of_region && project.text("enabled") != Some("false") {
            projects.push(Project { id, name });
        }
    }
    Ok(Holder::Projects(projects))
}
