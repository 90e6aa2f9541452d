//! NAVER Cloud Search Engine Service: what it says of a rolling upgrade, of a cluster's nodes, of an account's
//! clusters, of its versions, and of whether an upgrade could start.
//!
//! Vendor pages: "getRollingUpgradeProgress", "rollingUpgradePreCheck", "getClusterNodeList",
//! "getClusterInfoList" and "getSearchEngineVersionList", NAVER Cloud API guide, public and government zones,
//! 2026-10-22, and the models of the vendor's Go client. The pages list no node words but those of their
//! sample, do not say that `running` means "in service, not touched yet", give times without a zone (only the
//! list of nodes has them in UTC as well), and do not say which word a cluster has while it is upgraded.

use super::ncp::{self, CLUSTER, text_field};
use super::{Simulated, Story, of_plan};
use crate::question::{Question, counted, last_segment};
use crate::refusal::Refusal;
use crate::scene::Scene;
use crate::schedule::{Incident, Layout, Progress, Schedule, Spread, Stop, schedule};
use crate::written::{spaced, time_object};
use rollwatch_core::http::{Method, Request};
use rollwatch_core::model::Span;
use rollwatch_core::provider::{Endpoint, Route};
use serde_json::{Value, json};

pub(super) const SIMULATED: Simulated = Simulated::of(read);

fn read(request: &Request, endpoint: &Endpoint, route: &Route) -> Result<Question, Refusal> {
    match (route.method, route.path) {
        (Method::Post, "/cluster/getRollingUpgradeProgress") => {
            let asked = of_plan(plan, text_field(request, CLUSTER)?, |plan, scene, call| {
                ncp::good(progress(plan, scene), call.request_id)
            });
            Ok(Question { names_region: true, ..asked })
        }
        (Method::Post, "/cluster/rollingUpgradePreCheck") => {
            // What is missing here is told by the service, in words of its own.
            let target = text_field(request, "targetVersionCode").unwrap_or_default();
            let asked = of_plan(plan, text_field(request, CLUSTER)?, move |plan, scene, call| {
                ncp::verdict(refusal(plan, scene, &target), call.request_id)
            });
            Ok(Question { names_region: true, ..asked })
        }
        (Method::Get, "/cluster/getClusterNodeList/{id}") => {
            let number = endpoint.region_number.as_deref().and_then(|number| number.parse().ok());
            let asked = of_plan(plan, last_segment(request), move |plan, scene, call| {
                ncp::good(nodes(plan, scene, number.unwrap_or(1)), call.request_id)
            });
            Ok(Question { is_further: true, ..asked })
        }
        (Method::Get, "/cluster/getSearchEngineVersionList") => {
            Ok(Question::of_account(|_, call| Ok(ncp::good(versions(), call.request_id))))
        }
        (Method::Get, "/cluster/getClusterInfoList") => {
            let page = ncp::numbered(counted(request, "pageNo")?, counted(request, "pageSize")?);
            Ok(ncp::list(page, listed, listed_closed))
        }
        (Method::Get, ncp::CALLER_IDENTITY) => Ok(ncp::caller_identity()),
        _ => Err(Refusal::Route),
    }
}

fn plan(story: &Story) -> Option<&Plan> {
    if let Story::Ses(plan) = story { Some(plan) } else { None }
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// Roles with the number of their nodes, in the order of work. A role may come twice.
    pub nodes: &'static [(&'static str, usize)],
    pub from: &'static str,
    pub to: &'static str,
    /// How long after its start the upgrade touches the first node.
    pub lead_for: Span,
    pub stop: Option<Stop>,
    pub incident: Option<Incident>,
    pub spread: Spread,
    /// The offset in seconds east of UTC at which the cluster writes times, where it is not the usual one.
    pub offset: Option<i32>,
    /// Why an upgrade could not start now even while nothing runs.
    pub refusal: Option<&'static str>,
}

/// What a node says while its turn lasts, and about how many seconds it says it.
const STEPS: [(&str, i64); 2] = [("Upgrade_OpenSearch", 150), ("Restart_OpenSearch", 100)];

/// The codes of all versions, with the numbers that they stand for.
const VERSIONS: [(&str, &str); 5] =
    [("133", "1.3.3"), ("2111", "2.11.1"), ("2140", "2.14.0"), ("2150", "2.15.0"), ("2180", "2.18.0")];

/// An upgrade laid out in time.
struct Course {
    roles: Vec<&'static str>,
    schedule: Schedule,
    reached: Span,
}

fn course(plan: &Plan, scene: &Scene<'_>) -> Course {
    let roles: Vec<&str> =
        plan.nodes.iter().flat_map(|(role, count)| std::iter::repeat_n(*role, *count)).collect();
    let seconds = STEPS.map(|(_, seconds)| seconds);
    let usual = Layout::of(plan.lead_for, roles.len(), &seconds);
    let layout = Layout { spread: plan.spread, incident: plan.incident, ..usual };
    let schedule = schedule(&mut scene.of_round(), &layout);
    let reached = schedule.reached(scene.elapsed_for, plan.stop);
    Course { roles, schedule, reached }
}

impl Course {
    fn is_over(&self) -> bool {
        self.reached >= self.schedule.ends_after
    }

    fn hosts(&self, scene: &Scene<'_>) -> Vec<String> {
        let mut names = scene.lasting();
        let host = |role: &&str| format!("{}-{}-{}", scene.name, role.to_ascii_lowercase(), names.word(4));
        self.roles.iter().map(host).collect()
    }
}

/// The answer to "how far is the upgrade?".
fn progress(plan: &Plan, scene: &Scene<'_>) -> Value {
    let course = course(plan, scene);
    let reached = course.reached;
    let stopped = plan.stop.filter(|_| reached < scene.elapsed_for);
    let hosts = course.hosts(scene);
    let roles = course.roles.iter().zip(&hosts);
    let offset = plan.offset.unwrap_or(scene.offset);
    let turns = course.schedule.turns_of(course.roles.len(), reached);
    let nodes = roles.zip(turns).enumerate().map(|(index, ((role, host), turn))| {
        let step = turn.steps.iter().zip(STEPS).find(|(step, _)| step.progress(reached) == Progress::Running);
        let word_of_stop = stopped.filter(|stop| stop.turn == index).and_then(|stop| stop.word);
        let failure = turn.failure.filter(|failure| reached >= failure.after);
        let (status, updated_at) = match (turn.progress(reached), step, failure) {
            (Progress::Running, _, Some(failure)) => (failure.word, scene.at(failure.after)),
            (Progress::Done, ..) => ("complete", scene.at(turn.whole.ends_after)),
            (_, Some((step, (word, _))), _) => (word_of_stop.unwrap_or(word), scene.at(step.begins_after)),
            // Nodes reported in when the cluster was last looked at, some seconds apart and before the upgrade.
            _ => ("running", scene.started_at.minus(Span::seconds(2000 - 6 * index as i64))),
        };
        json!({
            "hostname": host,
            "status": status,
            "nodeRoleCode": role,
            "updatedDate": spaced(updated_at, offset),
        })
    });
    json!({
        "name": scene.name,
        "nodeCount": course.roles.len(),
        "versionVo": {
            "currentVersionCode": plan.from,
            "targetVersionCode": plan.to,
            "actionDate": spaced(scene.started_at, offset),
        },
        "nodeStatusVoList": nodes.collect::<Vec<Value>>(),
    })
}

/// The answer to "could an upgrade start now?": why not, or nothing.
fn refusal(plan: &Plan, scene: &Scene<'_>, target: &str) -> Option<&'static str> {
    let course = course(plan, scene);
    let version = if course.is_over() { plan.to } else { plan.from };
    if target.is_empty() {
        Some("Target version code is not allowed to be empty")
    } else if !course.is_over() {
        Some("The cluster is being changed. Try again when it is running.")
    } else if version == target || !VERSIONS.iter().any(|(code, _)| *code == target) {
        Some("Invalid target version code")
    } else {
        plan.refusal
    }
}

/// The answer to "which nodes are there?".
fn nodes(plan: &Plan, scene: &Scene<'_>, region_number: i64) -> Value {
    let course = course(plan, scene);
    let offset = plan.offset.unwrap_or(scene.offset);
    let created_at = scene.started_at.minus(CREATED_BEFORE);
    let number: i64 = scene.id.parse().unwrap_or_default();
    let hosts = course.hosts(scene);
    let node = |(index, (role, host)): (usize, (&&str, &String))| {
        json!({
            "computeInstanceNo": number * 100 + index as i64,
            "computeInstanceStatus": "RUN",
            "createdYmdt": time_object(created_at, offset),
            "hostName": host,
            "nodeRoleCode": role,
            "operationYmdt": time_object(created_at.plus(Span::seconds(180 + 7 * index as i64)), offset),
            "regionCode": scene.region,
            "serviceGroupInstanceNo": number,
            "zoneName": format!("{}-1", scene.region),
        })
    };
    json!({
        "computeList": course.roles.iter().zip(&hosts).enumerate().map(node).collect::<Vec<Value>>(),
        "contractNo": 8_000_000 + number,
        "createdDate": time_object(created_at, offset),
        "productCode": "SPSES",
        "regionNo": region_number,
        "serviceGroupInstanceNo": number,
        "serviceGroupName": scene.name,
        "statusCode": "RUN",
    })
}

/// Clusters are this much older than their operation.
const CREATED_BEFORE: Span = Span::hours(200 * 24);

/// The cluster as the list of an account's clusters has it; `None` where the account may not open it.
fn listed(story: &Story, scene: &Scene<'_>) -> Option<Value> {
    let plan = plan(story)?;
    let course = course(plan, scene);
    let code = if course.is_over() { plan.to } else { plan.from };
    let number = VERSIONS.iter().find(|(known, _)| *known == code).map_or(code, |(_, number)| number);
    let count = |wanted: &[&str]| course.roles.iter().filter(|role| wanted.contains(role)).count();
    Some(json!({
        "clusterName": scene.name,
        "clusterStatus": if course.is_over() { "running" } else { "changing" },
        "createDate": spaced(scene.started_at.minus(CREATED_BEFORE), plan.offset.unwrap_or(scene.offset)),
        "dataNodeCount": count(&["D", "DO"]),
        "isDualManager": count(&["M"]) > 1,
        "isMasterOnlyNodeActivated": count(&["MO"]) > 0,
        "managerNodeCount": count(&["M"]),
        "masterNodeCount": count(&["MO"]),
        "searchEngineStatus": "green",
        "searchEngineVersion": format!("OpenSearch {number}"),
        "serviceGroupInstanceNo": scene.id,
        "softwareProductName": "CentOS 7.8 (64-bit)",
        "vpcName": "demo-vpc",
        "vpcNo": 4711,
    }))
}

/// The same of a cluster that the account may not open.
fn listed_closed(scene: &Scene<'_>) -> Value {
    json!({
        "clusterName": scene.name,
        "clusterStatus": "running",
        "searchEngineStatus": "green",
        "serviceGroupInstanceNo": scene.id,
    })
}

/// The answer to "which versions are there?".
fn versions() -> Value {
    let version = |(code, number): &(&str, &str)| {
        json!({
            "searchEngineVersionCode": code,
            "searchEngineVersionName": format!("OpenSearch {number}"),
            "searchEngineDashboardVersionName": format!("OpenSearch Dashboards {number}"),
            "type": "OpenSearch",
        })
    };
    json!({ "searchEngineVersionList": VERSIONS.iter().map(version).collect::<Vec<Value>>() })
}
