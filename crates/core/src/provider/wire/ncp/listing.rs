//! The lists of clusters, "getClusterInfoList" of both services.
//!
//! What is read of `result`: `isLast`, `totalPage`, and `allowedClusters` and `disallowedClusters`, whose items
//! hold `serviceGroupInstanceNo`, `clusterName` and the fields that [`ListFields`] names.
//!
//! What the pages do not say:
//! - A disallowed cluster is one that the key sees and may not ask about.
//! - The words of the status are listed nowhere; those that are read here are the ones by which NAVER's own
//!   Terraform provider waits. None of them tells what kind of change is going on.

use std::collections::BTreeSet;

use super::super::{Answer, Object};
use crate::error::PollError;
use crate::model::{Listed, Listing};
use crate::provider::is_id;

pub(in crate::provider) const LIST_ROUTE: &str = "/cluster/getClusterInfoList";

/// The clusters on a page. The services give 10 unless asked for more.
pub(in crate::provider) const PAGE_SIZE: u32 = 100;

/// No page after this one is asked for, whatever the answers say of further ones.
const LAST_PAGE: u32 = 100;

/// What the services call what they list.
pub(in crate::provider) struct ListFields {
    pub(in crate::provider) status: &'static str,
    /// The first that is there counts.
    pub(in crate::provider) version: &'static [&'static str],
}

/// The clusters of one page. One whose number is none that could be asked about is left out.
pub(in crate::provider) fn list(
    answer: Answer<'_>,
    page: u32,
    fields: &ListFields,
) -> Result<Listing, PollError> {
    let result = super::content(answer)?;
    let known = ["allowedClusters", "disallowedClusters", "isLast", "totalPage", "totalCount"];
    if known.iter().all(|name| result.any(name).is_none()) {
        return Err(answer.malformed("allowedClusters"));
    }
    let mut clusters: Vec<Listed> = Vec::new();
    let mut ids = BTreeSet::new();
    let mut entries = 0;
    for (name, open) in [("allowedClusters", true), ("disallowedClusters", false)] {
        let listed = result.list(name).unwrap_or_default();
        entries += listed.len();
        let read = listed.iter().filter_map(Object::new).filter_map(|cluster| entry(cluster, open, fields));
        clusters.extend(read.filter(|cluster| ids.insert(cluster.id.clone())));
    }
    let next = Some(page.saturating_add(1)).filter(|_| page < LAST_PAGE && has_more(result, page, entries));
    Ok(Listing { clusters, next })
}

fn entry(cluster: Object<'_>, open: bool, fields: &ListFields) -> Option<Listed> {
    let id = cluster.text("serviceGroupInstanceNo")?.trim();
    if !is_id(id) {
        return None;
    }
    let raw_status = cluster.owned(fields.status);
    Some(Listed {
        id: id.to_owned(),
        name: cluster.owned("clusterName").unwrap_or_else(|| id.to_owned()),
        busy: raw_status.as_deref().and_then(busy),
        raw_status,
        version: fields.version.iter().find_map(|name| cluster.owned(name)),
        open,
    })
}

/// Whether a cluster with this status is being changed; `None` for a word that says nothing of it.
fn busy(status: &str) -> Option<bool> {
    match status.trim().to_ascii_lowercase().as_str() {
        "changing" | "creating" | "deleting" => Some(true),
        "running" | "working" => Some(false),
        _ => None,
    }
}

/// Whether another page follows one with this many entries. An empty page is the last one whatever it says.
fn has_more(result: Object<'_>, page: u32, entries: usize) -> bool {
    let more = match (result.text("isLast"), result.count("totalPage")) {
        (Some("true"), _) => false,
        (_, Some(pages)) => page < pages,
        (Some("false"), None) => true,
        (_, None) => entries >= PAGE_SIZE as usize,
    };
    more && entries > 0
}
