//! Huawei's identity service: the projects of an account.
//!
//! Vendor page: "Querying Project Information" (`GET /v3/projects`), 2026.

use crate::answer::Answer;
use crate::fleet::clusters;
use crate::question::{Call, Question, query};
use crate::random::Random;
use rollwatch_core::http::Request;
use serde_json::{Value, json};

/// The path of the identity service, which every service reads beside its own.
pub(super) const PROJECTS: &str = "/v3/projects";

/// Which projects there are, or the one of a name, which is its region's.
pub(super) fn project_list(request: &Request) -> Question {
    let name = query(request, "name").map(str::to_owned);
    Question::of_account(move |_, call| {
        let mut projects = projects(call);
        projects.retain(|(region, _)| name.as_ref().is_none_or(|name| name == region));
        Ok(Answer::json(200, &listed(&projects, call)))
    })
}

/// The region and the id of every project of the account. A region where the account has no cluster has a
/// project of its own all the same.
pub(super) fn projects(call: &Call<'_>) -> Vec<(String, String)> {
    let endpoint = call.endpoint;
    let of_account = clusters()
        .filter(|cluster| cluster.service == endpoint.service && call.caller.account.opens(cluster.site));
    let mut projects: Vec<(String, String)> = Vec::new();
    for cluster in of_account {
        let project = (cluster.region.to_owned(), cluster.project.to_owned());
        if !projects.contains(&project) {
            projects.push(project);
        }
    }
    if projects.iter().all(|(region, _)| *region != endpoint.region) {
        let id = Random::of(call.seed, &endpoint.region, 0).uuid().replace('-', "");
        projects.push((endpoint.region.clone(), id));
    }
    projects
}

fn listed(projects: &[(String, String)], call: &Call<'_>) -> Value {
    let domain = Random::of(call.seed, call.caller.account.name, 0).uuid().replace('-', "");
    let host = format!("https://{}/v3/projects", call.endpoint.host);
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
