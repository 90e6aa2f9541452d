//! What a vendor says of an account: its clusters in a region, the versions that are offered there, and whose
//! the credential is.
//!
//! Vendor pages, beside those of the services: "caller-identity" of NAVER's temporary keys, and "Querying
//! Project Information" (`GET /v3/projects`) of Huawei's identity service, 2026.

use crate::answer::Answer;
use crate::fleet::{Cluster, Story, clusters};
use crate::question::{Page, Question, Subject};
use crate::random::Random;
use crate::refusal::Refusal;
use crate::scene::Scene;
use crate::tell::enveloped;
use crate::verify::Caller;
use crate::{cdss, css, hologres, ses};
use rollwatch_core::model::Service;
use rollwatch_core::provider::Endpoint;
use serde_json::{Value, json};

/// A cluster of the account at the asked endpoint, and the moment of its story.
pub(crate) type Owned<'a> = (&'static Cluster, Scene<'a>);

pub(crate) fn tell(
    asked: &Question,
    endpoint: &Endpoint,
    caller: Caller,
    owned: &[Owned<'_>],
    seed: u64,
    request_id: &str,
) -> Result<Answer, Refusal> {
    let good = |result| Ok(enveloped(0, "SUCCESS", result, request_id));
    match &asked.subject {
        Subject::SesVersions => good(ses::versions()),
        Subject::SesClusters => good(ncp_list(owned, asked.page)),
        Subject::CdssVersions => good(cdss::versions()),
        Subject::CdssClusters => good(ncp_list(owned, asked.page)),
        Subject::NcpCaller => Ok(Answer::json(200, &ncp_caller(caller, seed))),
        Subject::CssClusters => {
            let projects = projects(endpoint, caller, seed);
            if projects.iter().all(|(_, project)| *project != asked.project) {
                return Err(Refusal::Cluster);
            }
            let of_project = owned.iter().filter(|(cluster, _)| cluster.project == asked.project);
            let clusters: Vec<Value> = of_project.filter_map(css_cluster).collect();
            let body = json!({ "totalSize": clusters.len(), "clusters": asked.page.of(clusters) });
            Ok(Answer::json(200, &body))
        }
        Subject::HuaweiProjects { name } => {
            let mut projects = projects(endpoint, caller, seed);
            projects.retain(|(region, _)| name.as_ref().is_none_or(|name| name == region));
            Ok(Answer::json(200, &project_list(&projects, endpoint, caller, seed)))
        }
        Subject::HologresInstances => {
            let instances = owned.iter().flat_map(|(cluster, scene)| match &cluster.story {
                Story::Hologres(plan) => hologres::instances(plan, scene),
                // What is told about it is too much for every question but this.
                _ => hologres::instances(&UNTOLD, scene),
            });
            Ok(Answer::json(200, &hologres::list(instances.collect(), request_id)))
        }
        _ => Err(Refusal::Route),
    }
}

/// An instance about which nothing else is known.
const UNTOLD: hologres::Plan = hologres::Plan::Preparing { from: "r2.2.47", to: "r2.2.47" };

/// A page over all clusters that the account sees, in two lists: those that it may open and those it may not.
fn ncp_list(owned: &[Owned<'_>], page: Page) -> Value {
    let (total, size) = (owned.len(), page.size.max(1));
    let (current, last) = (page.skip / size + 1, total.div_ceil(size).max(1));
    let (mut allowed, mut disallowed) = (Vec::new(), Vec::new());
    for (cluster, scene) in page.of(owned.iter().collect()) {
        match (&cluster.story, cluster.service) {
            (Story::Ses(plan), _) => allowed.push(ses::listed(plan, scene)),
            (Story::Cdss(plan), _) => allowed.push(cdss::listed(plan, scene)),
            (_, Service::NcpSearchEngine) => disallowed.push(ses::listed_closed(scene)),
            _ => disallowed.push(cdss::listed_closed(scene)),
        }
    }
    json!({
        "allowedClusters": allowed,
        "disallowedClusters": disallowed,
        "currentPage": current,
        "isFirst": current == 1,
        "isLast": current >= last,
        "pageSize": size,
        "totalCount": total,
        "totalPage": last,
    })
}

/// The identity service answers without an envelope.
fn ncp_caller(caller: Caller, seed: u64) -> Value {
    json!({
        "id": Random::of(seed, caller.account.name, 0).word(12),
        "loginAlias": caller.account.name,
        "userType": if caller.is_temporary { "Sub" } else { "Customer" },
    })
}

fn css_cluster((cluster, scene): &Owned<'_>) -> Option<Value> {
    match &cluster.story {
        Story::Css(plan) => Some(css::cluster(plan, scene)),
        _ => None,
    }
}

/// The region and the id of every project of the account. A region where the account has no cluster has a
/// project of its own all the same.
fn projects(endpoint: &Endpoint, caller: Caller, seed: u64) -> Vec<(String, String)> {
    let of_account = clusters()
        .filter(|cluster| cluster.service == endpoint.service && caller.account.opens(cluster.site));
    let mut projects: Vec<(String, String)> = Vec::new();
    for cluster in of_account {
        let project = (cluster.region.to_owned(), cluster.project.to_owned());
        if !projects.contains(&project) {
            projects.push(project);
        }
    }
    if projects.iter().all(|(region, _)| *region != endpoint.region) {
        let id = Random::of(seed, &endpoint.region, 0).uuid().replace('-', "");
        projects.push((endpoint.region.clone(), id));
    }
    projects
}

fn project_list(projects: &[(String, String)], endpoint: &Endpoint, caller: Caller, seed: u64) -> Value {
    let domain = Random::of(seed, caller.account.name, 0).uuid().replace('-', "");
    let host = format!("https://{}/v3/projects", endpoint.host);
    let project = |(region, id): &(String, String)| {
        json!({
            "id": id,
            "name": region,
            "domain_id": domain,
            "parent_id": domain,
            "is_domain": false,
            "enabled": true,
            "description": "",
            "links": { "self": format!("{host}/{id}") },
        })
    };
    json!({
        "projects": projects.iter().map(project).collect::<Vec<Value>>(),
        "links": { "self": host, "next": null, "previous": null },
    })
}
