//! NAVER Cloud Data Streaming Service: what it says of a rolling restart or upgrade, of whether one could start,
//! of an account's clusters and of its versions.
//!
//! Vendor pages: "rollingRestartProgressCheck", "rollingUpgradeProgressCheck", both "PreCheck" pages,
//! "getClusterInfoList" and "getCDSSVersionList", NAVER Cloud API guide, 2026-10-08, and the models of the
//! vendor's Go client. The pages do not say that the summary may be green over orange nodes (their own sample
//! is), that all progress checks tell of the cluster and not of one operation, nor what clusters without
//! ZooKeeper answer.

use super::ncp::{self, CLUSTER, number_field};
use super::{Simulated, Story, of_plan};
use crate::question::{Question, at_least_one, body};
use crate::refusal::Refusal;
use crate::scene::Scene;
use crate::schedule::{Incident, Layout, Progress, Schedule, Spread, Stop, Turn, schedule};
use crate::written::spaced;
use rollwatch_core::http::{Method, Request};
use rollwatch_core::model::Span;
use rollwatch_core::provider::{Endpoint, Route};
use serde_json::{Value, json};

pub(super) const SIMULATED: Simulated = Simulated::of(read);

fn read(request: &Request, _: &Endpoint, route: &Route) -> Result<Question, Refusal> {
    let cluster = || number_field(request, CLUSTER).map(|number| number.to_string());
    match (route.method, route.path) {
        // One answer for both: what is told is the state of the cluster.
        (Method::Post, "/cluster/rollingRestartProgressCheck" | "/cluster/rollingUpgradeProgressCheck") => {
            Ok(of_plan(plan, cluster()?, |plan, scene, call| {
                ncp::good(progress(plan, scene), call.request_id)
            }))
        }
        (Method::Post, "/cluster/rollingRestartPreCheck") => {
            Ok(of_plan(plan, cluster()?, |plan, scene, call| {
                ncp::verdict(refusal(plan, scene), call.request_id)
            }))
        }
        (Method::Post, "/cluster/rollingUpgradePreCheck") => {
            let version = number_field(request, "upgradeKafkaVersionCode")?;
            let config_group = number_field(request, "upgradeConfigGroupNo")?;
            Ok(of_plan(plan, cluster()?, move |plan, scene, call| {
                ncp::verdict(upgrade_refusal(plan, scene, version, config_group), call.request_id)
            }))
        }
        (Method::Get, "/cluster/getCDSSVersionList") => {
            Ok(Question::of_account(|_, call| Ok(ncp::good(versions(), call.request_id))))
        }
        (Method::Post, "/cluster/getClusterInfoList") => {
            let body = body(request);
            let number = |name| match body.get(name) {
                None => Ok(None),
                Some(given) => given.as_u64().and_then(at_least_one).map(Some).ok_or(Refusal::Field(name)),
            };
            let page = ncp::numbered(number("pageNo")?, number("pageSize")?);
            Ok(ncp::list(page, listed, listed_closed))
        }
        (Method::Get, ncp::CALLER_IDENTITY) => Ok(ncp::caller_identity()),
        _ => Err(Refusal::Route),
    }
}

fn plan(story: &Story) -> Option<&Plan> {
    if let Story::Cdss(plan) = story { Some(plan) } else { None }
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub brokers: usize,
    /// Zero for a cluster that runs without ZooKeeper, whose answer then has no such fields.
    pub zookeepers: usize,
    pub order: Order,
    pub stop: Option<Stop>,
    pub incident: Option<Incident>,
    pub spread: Spread,
    /// Why nothing could start now even while nothing runs.
    pub refusal: Option<&'static str>,
    /// The codes of the versions before and after; the same where the operation is a restart.
    pub versions: (&'static str, &'static str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// A broker is orange during its own turn, and the summary tells it.
    OneByOne,
    /// Every broker is orange from the start to the end of its turn, and the summary stays green: the
    /// documented sample.
    AllAtOnce,
}

/// The codes of all versions, with the numbers of Kafka and of the manager beside it.
const VERSIONS: [(&str, &str, &str); 3] =
    [("2403005", "2.4.0", "3.0.0.5"), ("2804006", "2.8.0", "3.0.0.6"), ("3903006", "3.9.0", "3.0.0.6")];

/// The answer to "how far is the restart?" and to "how far is the upgrade?".
fn progress(plan: &Plan, scene: &Scene<'_>) -> Value {
    let schedule = restart(plan, scene);
    let reached = schedule.reached(scene.elapsed_for, plan.stop);
    let mut names = scene.lasting();
    let hosts: Vec<String> = (0..plan.brokers.max(plan.zookeepers))
        .map(|_| format!("{}-b-{}", scene.name, names.word(4)))
        .collect();
    let colours = brokers(plan, &schedule, reached);
    let node = |(host, colour): (&String, &&str)| json!({ "hostname": host, "status": colour });
    let mut answer = json!({
        "clusterName": scene.name,
        "brokerNodeTotalNumber": plan.brokers,
        "brokerNumber": colours.iter().filter(|colour| **colour == "green").count(),
        "brokerStatus": summary(plan, &colours),
        "brokerStatusPerNode": hosts.iter().zip(&colours).map(node).collect::<Vec<Value>>(),
    });
    if let (1.., Some(fields)) = (plan.zookeepers, answer.as_object_mut()) {
        let keepers = hosts.iter().take(plan.zookeepers).map(|host| node((host, &"green")));
        fields.insert("zookeeperTotalNumber".into(), json!(plan.zookeepers));
        fields.insert("zookeeperNumber".into(), json!(plan.zookeepers));
        fields.insert("zookeeperStatus".into(), json!("green"));
        fields.insert("zookeeperStatusPerNode".into(), keepers.collect());
        fields.insert("cmakStatus".into(), json!("green"));
    }
    answer
}

/// The answer to "could a restart start now?": why not, or nothing.
fn refusal(plan: &Plan, scene: &Scene<'_>) -> Option<&'static str> {
    if is_changing(plan, scene) {
        Some("The cluster is being changed. Try again when it is running.")
    } else {
        plan.refusal
    }
}

/// The answer to "could an upgrade to this version start now?": why not, or nothing.
fn upgrade_refusal(plan: &Plan, scene: &Scene<'_>, version: u64, config_group: u64) -> Option<&'static str> {
    let wanted = version.to_string();
    let is_known = VERSIONS.iter().any(|(code, ..)| *code == wanted);
    if !is_known || wanted == self::version(plan, scene) {
        Some("Invalid upgrade Kafka version code")
    } else if config_group == 0 {
        Some("Invalid upgrade config group no")
    } else {
        refusal(plan, scene)
    }
}

fn is_changing(plan: &Plan, scene: &Scene<'_>) -> bool {
    let schedule = restart(plan, scene);
    let reached = schedule.reached(scene.elapsed_for, plan.stop);
    schedule.running(reached).is_some()
}

/// The code of the version that the cluster runs.
fn version(plan: &Plan, scene: &Scene<'_>) -> &'static str {
    if is_changing(plan, scene) { plan.versions.0 } else { plan.versions.1 }
}

/// The cluster as the list of an account's clusters has it; `None` where the account may not open it.
fn listed(story: &Story, scene: &Scene<'_>) -> Option<Value> {
    let plan = plan(story)?;
    let code = version(plan, scene);
    let known = VERSIONS.iter().find(|(known, ..)| *known == code);
    let (kafka, manager) = known.map_or((code, ""), |(_, kafka, manager)| (*kafka, *manager));
    Some(json!({
        "applicationVersion": manager,
        "brokerNodeCount": plan.brokers,
        "clusterName": scene.name,
        "createDate": spaced(scene.started_at.minus(Span::hours(120 * 24)), scene.offset),
        "kafkaVersion": format!("Kafka {kafka}"),
        "managerNodeCount": 1,
        "serverStatus": if is_changing(plan, scene) { "changing" } else { "running" },
        "serviceGroupInstanceNo": scene.id,
        "vpcName": "demo-vpc",
        "vpcNo": 4711,
    }))
}

/// The same of a cluster that the account may not open.
fn listed_closed(scene: &Scene<'_>) -> Value {
    json!({ "clusterName": scene.name, "serviceGroupInstanceNo": scene.id })
}

/// The answer to "which versions are there?".
fn versions() -> Value {
    let version = |(code, kafka, manager): &(&str, &str, &str)| {
        json!({
            "applicationVersionName": manager,
            "kafkaVersionCode": code,
            "kafkaVersionName": format!("Kafka {kafka}"),
        })
    };
    json!({ "kafkaVersionList": VERSIONS.iter().map(version).collect::<Vec<Value>>() })
}

fn restart(plan: &Plan, scene: &Scene<'_>) -> Schedule {
    let steps: &[i64] = match plan.order {
        Order::OneByOne => &[140, 45],
        Order::AllAtOnce => &[780],
    };
    let usual = Layout::of(Span::seconds(20), plan.brokers, steps);
    schedule(&mut scene.of_round(), &Layout { spread: plan.spread, incident: plan.incident, ..usual })
}

fn brokers(plan: &Plan, schedule: &Schedule, reached: Span) -> Vec<&'static str> {
    let colour = |turn: &Turn| {
        // A broker is restarted in the first step of its turn and watched in the second.
        let restart = turn.steps.first().map_or(Progress::Done, |step| step.progress(reached));
        let stop = plan.stop.filter(|stop| stop.turn == turn.unit && restart == Progress::Running);
        match (stop.and_then(|stop| stop.word), restart, plan.order) {
            (Some(word), ..) => word,
            (None, Progress::Running, _) | (None, Progress::Waiting, Order::AllAtOnce) => "orange",
            _ => "green",
        }
    };
    schedule.turns_of(plan.brokers, reached).map(colour).collect()
}

fn summary(plan: &Plan, colours: &[&str]) -> &'static str {
    if plan.order == Order::AllAtOnce {
        "green"
    } else if colours.contains(&"red") {
        "yellow"
    } else if colours.contains(&"orange") {
        "orange"
    } else {
        "green"
    }
}
