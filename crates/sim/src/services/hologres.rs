//! Alibaba Cloud Hologres: what `GetUpgradeStatus` says of an upgrade, and `GetInstance` and `ListInstances` of
//! instances.
//!
//! Vendor pages: "GetUpgradeStatus", "GetInstance" and "ListInstances", Hologres API reference 2022-06-01, May
//! 2026. The first gives no schema for `Details`, prints a sample of it that is not valid JSON, and shows
//! `archived` beside a failure and a rollback. The words of running and failed steps and of the preparation are
//! invented here, and so is that an upgrade says `upgrading` until its rollback is over and the code of its
//! failure from the moment on at which it fails. None says that `Success` is a text in a list, that no status of an instance tells of an upgrade, nor
//! what `GetUpgradeStatus` answers about a follower: here, what it answers about its leader.

use super::{Simulated, Story, of_plan};
use crate::answer::Answer;
use crate::question::{Question, body, query, segment};
use crate::refusal::Refusal;
use crate::scene::Scene;
use crate::schedule::{Layout, Progress, Schedule, Spread, schedule};
use crate::written::with_millis;
use rollwatch_core::http::{Method, Request};
use rollwatch_core::model::Span;
use rollwatch_core::provider::{Endpoint, Route};
use serde_json::{Map, Value, json};

pub(super) const SIMULATED: Simulated = Simulated { read, is_told_under };

fn read(request: &Request, endpoint: &Endpoint, route: &Route) -> Result<Question, Refusal> {
    let is_pinned = |(name, value): &(&str, &str)| {
        let header = request.headers.iter().find(|header| header.name == *name);
        header.is_some_and(|header| header.value.trim() == *value)
    };
    if !route.pinned_headers.iter().all(is_pinned) {
        return Err(Refusal::Route);
    }
    match (route.method, route.path) {
        (Method::Get, "/api/v1/instances/{id}/upgrade/status") => {
            if query(request, "RegionId").is_some_and(|region| region != endpoint.region) {
                return Err(Refusal::Cluster);
            }
            Ok(of_plan(plan, segment(request, 4), |plan, scene, call| {
                let body = status(plan, scene, call.request_id);
                Answer::text(200, "application/json;charset=utf-8", body)
            }))
        }
        (Method::Get, "/api/v1/instances/{id}") => {
            let id = segment(request, 4);
            let asked = of_plan(plan, id.clone(), move |plan, scene, call| {
                Answer::json(200, &instance(plan, scene, &id, call.request_id))
            });
            Ok(Question { is_further: true, ..asked })
        }
        (Method::Post, "/api/v1/instances") => {
            if !body(request).is_object() {
                return Err(Refusal::Field("body"));
            }
            Ok(Question::of_account(|owned, call| {
                // An instance whose story is that it does not answer is told about here and nowhere else.
                let instances = owned
                    .iter()
                    .flat_map(|(cluster, scene)| instances(plan(&cluster.story).unwrap_or(&UNTOLD), scene));
                Ok(Answer::json(200, &list(instances.collect(), call.request_id)))
            }))
        }
        _ => Err(Refusal::Route),
    }
}

fn plan(story: &Story) -> Option<&Plan> {
    if let Story::Hologres(plan) = story { Some(plan) } else { None }
}

/// A follower goes where its leader goes.
fn is_told_under(story: &Story, scene: &Scene<'_>, id: &str) -> bool {
    plan(story).is_some_and(|plan| followers(plan, scene).iter().any(|(follower, _)| follower == id))
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Plan {
    /// The documented sample, byte for byte.
    Documented,
    /// An upgrade that is being prepared, which takes hours.
    Preparing { from: &'static str, to: &'static str },
    /// An upgrade whose preparation is over and good for seven days.
    Prepared { from: &'static str, to: &'static str },
    /// A hot upgrade from its first step to its archive.
    Hot { from: &'static str, to: &'static str, followers: &'static [&'static str], spread: Spread },
    /// A hot upgrade that fails while the version changes and is rolled back.
    RolledBack { from: &'static str, to: &'static str },
}

/// An instance about which nothing else is known.
const UNTOLD: Plan = Plan::Preparing { from: "r2.2.47", to: "r2.2.47" };

const DOCUMENTED: &str =
    include_str!("../../../../tests/fixtures/alibaba_hologres/documented/response-001.json");

/// The vendor's own estimate of the three steps, in seconds.
const ESTIMATE: [(&str, i64); 3] = [("StopInstance", 240), ("BackupData", 720), ("UpgradeInstance", 1080)];

/// The whole answer.
fn status(plan: &Plan, scene: &Scene<'_>, request_id: &str) -> String {
    let data = match plan {
        Plan::Documented => return DOCUMENTED.to_owned(),
        Plan::Preparing { from, to } => preparing(from, to, scene),
        Plan::Prepared { from, to } => prepared(from, to, scene),
        Plan::Hot { .. } | Plan::RolledBack { .. } => hot(plan, scene),
    };
    enveloped("Data", json!([data]), json!(true), request_id).to_string()
}

fn enveloped(name: &str, value: Value, success: Value, request_id: &str) -> Value {
    json!({
        "RequestId": request_id,
        name: value,
        "Success": success,
        "ErrorCode": "null",
        "ErrorMessage": "null",
        "HttpStatusCode": "200",
    })
}

/// The answer to `GetInstance` about the instance itself or one of its followers.
fn instance(plan: &Plan, scene: &Scene<'_>, id: &str, request_id: &str) -> Value {
    let all = instances(plan, scene);
    let asked = all.into_iter().find(|instance| instance.get("InstanceId").is_some_and(|known| known == id));
    enveloped("Instance", json!(asked), json!(true), request_id)
}

/// The answer to `ListInstances`, whose `Success` is a text.
fn list(instances: Vec<Value>, request_id: &str) -> Value {
    enveloped("InstanceList", json!(instances), json!("true"), request_id)
}

/// The ids and names of the read-only secondaries.
fn followers(plan: &Plan, scene: &Scene<'_>) -> Vec<(String, &'static str)> {
    let Plan::Hot { followers, .. } = plan else { return Vec::new() };
    let mut names = scene.lasting();
    followers.iter().map(|name| (format!("hgfollower-{}", names.word(12)), *name)).collect()
}

/// An instance and its followers, which the list shows as their own pages do.
fn instances(plan: &Plan, scene: &Scene<'_>) -> Vec<Value> {
    let leader = fields(plan, scene);
    let follower = |(id, name): (String, &'static str)| {
        let mut instance = leader.clone();
        if let Some(fields) = instance.as_object_mut() {
            fields.insert("InstanceId".into(), json!(id));
            fields.insert("InstanceName".into(), json!(name));
            fields.insert("InstanceType".into(), json!("Follower"));
            fields.insert("LeaderInstanceId".into(), json!(scene.id));
        }
        instance
    };
    let followers: Vec<Value> = followers(plan, scene).into_iter().map(follower).collect();
    [leader].into_iter().chain(followers).collect()
}

fn fields(plan: &Plan, scene: &Scene<'_>) -> Value {
    let version = match plan {
        Plan::Documented => "1.3.23",
        Plan::Preparing { from, .. } | Plan::Prepared { from, .. } | Plan::RolledBack { from, .. } => from,
        Plan::Hot { from, to, .. } => {
            if step_of(&hot_schedule(plan, scene), 2, scene.elapsed_for) == Progress::Done {
                to
            } else {
                from
            }
        }
    };
    json!({
        "InstanceId": scene.id,
        "InstanceName": scene.name,
        "InstanceStatus": "Running",
        "InstanceType": "Standard",
        "Version": version,
        "RegionId": scene.region,
        "ZoneId": format!("{}-h", scene.region),
        "ComputeNodeCount": 2,
        "Cpu": 32,
        "Memory": 128,
        "CreationTime": "2021-02-03T13:06:06Z",
        "Endpoints": [{
            "Type": "Intranet",
            "Enabled": true,
            "Endpoint": format!("{}-{}-internal.hologres.aliyuncs.com:80", scene.id, scene.region),
        }],
        "Tags": [],
    })
}

/// Statements are replayed on the new version, some more every two minutes.
fn preparing(from: &str, to: &str, scene: &Scene<'_>) -> Value {
    let replayed = 150 * (scene.elapsed_for.as_seconds() / 120).max(0);
    let details = json!({
        "UpgradePhase": "Prepare",
        "StatusCode": "Preparing",
        "FlightingReport": { "SQLResultStat": statistics(replayed) },
        "Instances": leader(scene, "Running"),
    });
    json!({
        "FromVersion": from,
        "ToVersion": to,
        "Status": "preparing",
        "Details": details.to_string(),
        "PrepareFinishTime": "",
    })
}

/// The report of the preparation, which took two hours.
fn prepared(from: &str, to: &str, scene: &Scene<'_>) -> Value {
    let details = json!({
        "UpgradePhase": "Prepare",
        "StatusCode": "Success",
        "FlightingReport": {
            "SQLResultStat": statistics(9000),
            "SegmentFormatStat": [{ "Database": "orders", "TableUsingSegmentCount": 2 }],
            "EstimatedUpgradeTime": estimate(),
            "ReadPermissionCheckStat": [],
        },
        "Instances": leader(scene, "Running"),
    });
    json!({
        "FromVersion": from,
        "ToVersion": to,
        "Status": "preparing",
        "Details": details.to_string(),
        "PrepareFinishTime": with_millis(scene.at(Span::hours(2))),
    })
}

fn estimate() -> Map<String, Value> {
    ESTIMATE.iter().map(|(name, seconds)| ((*name).to_owned(), json!(seconds))).collect()
}

/// The steps of an upgrade that goes its way, and of one that does not, with how each of them ends.
const HOT: [(&str, i64, &str); 3] =
    [("Stop", 240, "Success"), ("Backup", 720, "Success"), ("DoUpgrade", 1080, "Success")];
const ROLLED_BACK: [(&str, i64, &str); 4] = [
    ("Stop", 240, "Success"),
    ("Backup", 720, "Success"),
    ("DoUpgrade", 600, "Failed"),
    ("Rollback", 900, "Success"),
];

fn hot_steps(plan: &Plan) -> &'static [(&'static str, i64, &'static str)] {
    if matches!(plan, Plan::RolledBack { .. }) { &ROLLED_BACK } else { &HOT }
}

fn hot_schedule(plan: &Plan, scene: &Scene<'_>) -> Schedule {
    let seconds: Vec<i64> = hot_steps(plan).iter().map(|(_, seconds, _)| *seconds).collect();
    let spread = if let Plan::Hot { spread, .. } = plan { *spread } else { Spread::Even };
    schedule(&mut scene.of_round(), &Layout { spread, ..Layout::of(Span::ZERO, 1, &seconds) })
}

/// An upgrade that goes on, or is over.
fn hot(plan: &Plan, scene: &Scene<'_>) -> Value {
    let (Plan::Hot { from, to, .. } | Plan::RolledBack { from, to }) = plan else { return Value::Null };
    let followers = followers(plan, scene);
    let schedule = hot_schedule(plan, scene);
    let elapsed_for = scene.elapsed_for;
    let fails = matches!(plan, Plan::RolledBack { .. });
    let over = elapsed_for >= schedule.ends_after;
    let mut instances = leader(scene, "Running");
    if let Some(fields) = instances.as_object_mut() {
        // Read-only secondaries follow their primary: they are away while the version changes.
        let away = step_of(&schedule, 2, elapsed_for) == Progress::Running;
        let status = if away { "Unavailable" } else { "Running" };
        let follower =
            |(id, name): &(String, &str)| json!({ "InstanceId": id, "InstanceName": name, "Status": status });
        fields.insert("FollowerInstances".into(), followers.iter().map(follower).collect());
    }
    let details = json!({
        "UpgradePhase": "Upgrade",
        "StatusCode": match over {
            _ if fails && step_of(&schedule, 2, elapsed_for) == Progress::Done => "LeaderRestartFailed",
            true => "Success",
            false => "Upgrading",
        },
        "FlightingReport": {
            "SQLResultStat": statistics(9000),
            "SegmentFormatStat": [{ "Database": "orders", "TableUsingSegmentCount": 2 }],
            "EstimatedUpgradeTime": estimate(),
            "ReadPermissionCheckStat": [],
        },
        "UpgradingSteps": steps(hot_steps(plan), &schedule, scene),
        "Instances": instances,
    });
    json!({
        "FromVersion": from,
        "ToVersion": to,
        "Status": if over { "archived" } else { "upgrading" },
        "Details": details.to_string(),
        "PrepareFinishTime": with_millis(scene.started_at.minus(Span::hours(20))),
    })
}

/// The steps that have begun; one that has not is left out.
fn steps(steps: &[(&str, i64, &str)], schedule: &Schedule, scene: &Scene<'_>) -> Map<String, Value> {
    let works = schedule.turns.iter().flat_map(|turn| &turn.steps);
    let begun = steps.iter().zip(works).filter_map(|((name, _, end), work)| {
        let start = with_millis(scene.at(work.begins_after));
        let value = match work.progress(scene.elapsed_for) {
            Progress::Waiting => return None,
            Progress::Running => json!({ "Status": "Running", "StartTime": start, "StopTime": "" }),
            Progress::Done => {
                json!({ "Status": end, "StartTime": start, "StopTime": with_millis(scene.at(work.ends_after)) })
            }
        };
        Some(((*name).to_owned(), value))
    });
    begun.collect()
}

fn step_of(schedule: &Schedule, step: usize, elapsed_for: Span) -> Progress {
    let work = schedule.turns.first().and_then(|turn| turn.steps.get(step));
    work.map_or(Progress::Waiting, |work| work.progress(elapsed_for))
}

fn statistics(total: i64) -> Value {
    json!({ "TotalExecuted": total, "Exceptions": 0, "Incorrect": 0, "Slow": total / 3000, "DQLSpeedup": 2 })
}

fn leader(scene: &Scene<'_>, status: &str) -> Value {
    json!({
        "LeaderInstanceId": scene.id,
        "LeaderInstanceName": scene.name,
        "LeaderInstanceStatus": status,
        "FollowerInstances": [],
    })
}
