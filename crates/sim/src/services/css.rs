//! Huawei Cloud Search Service: what `upgrade/detail` says of upgrades and moves between zones.
//!
//! Vendor page: "Querying Cluster Upgrade Details" (UpgradeDetail), 2026-09-02. The page names two of the steps,
//! order 0 and 12, and not those between them, which are invented here; it does not say that times are UTC,
//! in which order tasks are listed, nor what a task that failed looks like. That a task may be retried or
//! terminated after it failed stands in the user guide; what either then looks like is invented too: a retry
//! keeps the task with its start and counts one execution more, what was terminated is called a success.

mod cluster;
mod documented;

use super::{Simulated, Story, huawei, of_plan};
use crate::answer::Answer;
use crate::question::{Page, Question, USUAL_SIZE, counted, query, segment};
use crate::refusal::Refusal;
use crate::scene::Scene;
use crate::schedule::{Incident, Layout, Progress, Schedule, Spread, Stop, Turn, Work, plus, schedule};
use crate::written::joined;
use cluster::{cluster, list};
use rollwatch_core::http::{Method, Request};
use rollwatch_core::model::Span;
use rollwatch_core::provider::{Endpoint, Route};
use serde_json::{Value, json};

pub(super) const SIMULATED: Simulated = Simulated::of(read);

fn read(request: &Request, endpoint: &Endpoint, route: &Route) -> Result<Question, Refusal> {
    match (route.method, route.path) {
        (Method::Get, "/v1.0/{id}/clusters/{id}/upgrade/detail") => {
            let az_migration = match query(request, "action_mode") {
                None | Some("" | "UPGRADING") => false,
                Some("AZ_MIGRATION") => true,
                Some(_) => return Err(Refusal::Field("action_mode")),
            };
            let page = from_offset(request, endpoint)?;
            let asked = of_plan(plan, segment(request, 4), move |plan, scene, _| {
                Answer::json(200, &detail(plan, scene, az_migration, page))
            });
            Ok(Question { project: segment(request, 2), ..asked })
        }
        (Method::Get, "/v1.0/{id}/clusters/{id}") => {
            let asked =
                of_plan(plan, segment(request, 4), |plan, scene, _| Answer::json(200, &cluster(plan, scene)));
            Ok(Question { project: segment(request, 2), is_further: true, ..asked })
        }
        (Method::Get, "/v1.0/{id}/clusters") => {
            Ok(list(segment(request, 2), from_offset(request, endpoint)?))
        }
        (Method::Get, huawei::PROJECTS) => Ok(huawei::project_list(request)),
        _ => Err(Refusal::Route),
    }
}

fn plan(story: &Story) -> Option<&Plan> {
    if let Story::Css(plan) = story { Some(plan) } else { None }
}

/// The regions with an older service, where the number of the first task is called `start` and `offset` means
/// nothing: both names stand in pages of the vendor.
const KNOW_START_ONLY: [&str; 1] = ["cn-east-2"];

/// Pages begin with an item whose number counts from 1.
fn from_offset(request: &Request, endpoint: &Endpoint) -> Result<Page, Refusal> {
    let first = if KNOW_START_ONLY.contains(&endpoint.region.as_str()) { "start" } else { "offset" };
    let size = counted(request, "limit")?.unwrap_or(USUAL_SIZE);
    if size > 1000 {
        return Err(Refusal::Field("limit"));
    }
    let first = counted(request, first)?.unwrap_or(1);
    Ok(Page { skip: first.saturating_sub(1), size })
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub nodes: usize,
    /// How many nodes are replaced at the same time.
    pub batch: usize,
    pub task: Task,
    /// The length of a step in percent of the usual one.
    pub pace: i64,
    /// Where the task stops; with a word, that is the status in which it ends.
    pub stop: Option<Stop>,
    pub incident: Option<Incident>,
    pub spread: Spread,
    /// Whether the list of all nodes has another order from half of the nodes on. No page promises one.
    pub reorders: bool,
    /// How many older tasks the answer lists too, a month apart.
    pub earlier: u32,
    pub order: Order,
}

/// In which order tasks are listed. No page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    NewestFirst,
    OldestFirst,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Task {
    Upgrade(Image),
    /// From one zone to another.
    AzMigration {
        source: &'static str,
        target: &'static str,
    },
    /// The same with the nodes, steps and times of the documented sample.
    DocumentedMove {
        source: &'static str,
        target: &'static str,
    },
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Image {
    pub engine: &'static str,
    pub version: &'static str,
    /// The image's name and the one of the image before it.
    pub name: &'static str,
    pub earlier_name: &'static str,
}

struct Step {
    order: i64,
    seconds: i64,
    name: &'static str,
    text: &'static str,
}

const fn step(order: i64, seconds: i64, name: &'static str, text: &'static str) -> Step {
    Step { order, seconds, name, text }
}

/// The steps of one node's turn. The first and the last are documented, with these words.
const STEPS: [Step; 7] = [
    step(
        0,
        170,
        "Data migration",
        "Data is migrated from a node to other nodes in the cluster by running the exclude command.",
    ),
    step(3, 45, "Node offline", "The node leaves the cluster and its processes are stopped."),
    step(5, 100, "Node replacement", "A node of the target image is created in the place of the old one."),
    step(
        7,
        40,
        "Network attachment",
        "The network interface of the old node is attached to the new one, which keeps its address.",
    ),
    step(9, 60, "Cluster rejoining", "The new node joins the cluster."),
    step(10, 90, "Shard reallocation", "Shards are allocated to the new node and the cluster is checked."),
    step(
        12,
        40,
        "Task status update",
        "The cluster task status is refreshed. If there are no nodes to be replaced, the task is marked as completed. Otherwise, another node starts to be replaced.",
    ),
];

/// A page of the answer to a request for upgrades, or for moves when `az_migration` is true.
fn detail(plan: &Plan, scene: &Scene<'_>, az_migration: bool, page: Page) -> Value {
    let mut tasks = Vec::new();
    if az_migration != matches!(plan.task, Task::Upgrade(_)) {
        tasks.push(task(plan, scene, false));
        let over = Plan { stop: None, incident: None, ..*plan };
        tasks.extend((1..=plan.earlier).map(|number| task(&over, &scene.earlier(number), true)));
    }
    if plan.order == Order::OldestFirst {
        tasks.reverse();
    }
    json!({ "totalSize": tasks.len(), "detailList": page.of(tasks) })
}

/// A task laid out in time.
struct Course {
    id: String,
    schedule: Schedule,
    reached: Span,
    /// The word of a task that stopped.
    word: Option<&'static str>,
    /// How long after its start the task was over; `None` while it runs.
    ended_after: Option<Span>,
}

fn course(plan: &Plan, scene: &Scene<'_>) -> Course {
    let seconds = STEPS.map(|step| step.seconds * plan.pace / 100);
    let mut random = scene.of_round();
    let id = random.uuid();
    let turns = plan.nodes.div_ceil(plan.batch.max(1));
    let usual = Layout::of(Span::seconds(8), turns, &seconds);
    let layout = Layout { spread: plan.spread, incident: plan.incident, ..usual };
    let schedule = schedule(&mut random, &layout);
    let reached = schedule.reached(scene.elapsed_for, plan.stop);
    let stopped = plan.stop.filter(|_| reached < scene.elapsed_for).and_then(|stop| stop.word);
    let failure = schedule.failure(reached);
    let ended_after = match (stopped, failure) {
        // The task gave up some time after the step had begun.
        (Some(_), _) => Some(plus(reached, FAILED_AFTER)),
        (None, Some(failure)) => Some(failure.after),
        (None, None) => (reached >= schedule.ends_after).then_some(schedule.ends_after),
    };
    let word = stopped.or(failure.map(|failure| failure.word));
    Course { id, schedule, reached, word, ended_after }
}

fn task(plan: &Plan, scene: &Scene<'_>, earlier: bool) -> Value {
    let names = nodes(plan, scene);
    let batches: Vec<&[String]> = names.chunks(plan.batch.max(1)).collect();
    let Course { id, schedule, reached, word, ended_after } = course(plan, scene);
    let running = schedule.running(reached).filter(|_| word != Some(TERMINATED));
    let current: &[String] = running.and_then(|turn| batches.get(turn.unit).copied()).unwrap_or_default();
    let done = batches.iter().zip(schedule.turns_of(batches.len(), reached));
    let done = done.filter(|(_, turn)| turn.progress(reached) == Progress::Done);
    let completed: Vec<&str> = done.flat_map(|(batch, _)| batch.iter().map(String::as_str)).collect();
    let mut total = names.clone();
    let half = total.len() / 2;
    if plan.reorders && completed.len() >= half {
        total.rotate_left(half);
    }
    let current_steps = match (plan.task, running) {
        (Task::DocumentedMove { .. }, _) => documented::steps(scene),
        (_, Some(turn)) => steps(turn, scene, reached, word.is_some()),
        (_, None) => Vec::new(),
    };
    let mut answer = json!({
        "id": id,
        "startTime": joined(scene.started_at, scene.offset),
        "endTime": ended_after.map_or(String::new(), |after| joined(scene.at(after), scene.offset)),
        "status": word.unwrap_or(if ended_after.is_some() { "SUCCESS" } else { "RUNNING" }),
        "agencyName": "css_upgrade_agency",
        "totalNodes": total.join(","),
        "completedNodes": completed.join(","),
        "currentNodeName": current.first().map_or("", String::as_str),
        "executeTimes": schedule.attempts(reached).to_string(),
        "currentNodeDetail": current_steps,
    });
    if let Some(fields) = answer.as_object_mut() {
        if plan.batch > 1 {
            fields.insert("batchSize".into(), json!(plan.batch));
            fields.insert("currentBatchNodes".into(), json!(current.join(",")));
        }
        match plan.task {
            Task::Upgrade(image) => {
                fields.insert("imageInfo".into(), image_info(image, scene, earlier));
            }
            Task::AzMigration { source, target } | Task::DocumentedMove { source, target } => {
                let wish = json!({ "instType": "ess", "migrateType": "az_migrate", "sourceAz": source, "targetAz": target });
                let end = json!({ target: names.join(",") });
                fields.insert("migrateParam".into(), json!(wish.to_string()));
                fields.insert("finalAzInfoMap".into(), json!(end.to_string()));
            }
        }
    }
    answer
}

/// How long a step that fails was tried.
const FAILED_AFTER: Span = Span::seconds(95);

/// The status of a task that was terminated after it had failed.
pub(crate) const TERMINATED: &str = "SUCCESS";

fn steps(turn: &Turn, scene: &Scene<'_>, reached: Span, failed: bool) -> Vec<Value> {
    let value = |(number, (step, work)): (usize, (&Step, &Work))| {
        let has_failed = failed && turn.breaks_off_in == Some(number);
        let (status, end) = match work.progress(reached) {
            Progress::Waiting => ("WAITING", None),
            Progress::Done if has_failed => ("FAILED", Some(work.ends_after)),
            Progress::Done => ("SUCCESS", Some(work.ends_after)),
            Progress::Running if failed => ("FAILED", Some(plus(work.begins_after, FAILED_AFTER))),
            Progress::Running => ("RUNNING", None),
        };
        let begin = (status != "WAITING").then_some(work.begins_after);
        step_value(step, status, (begin, end), scene)
    };
    STEPS.iter().zip(&turn.steps).enumerate().map(value).collect()
}

/// A step, with how long after the start of the task it began and ended.
fn step_value(
    step: &Step,
    status: &str,
    (begin, end): (Option<Span>, Option<Span>),
    scene: &Scene<'_>,
) -> Value {
    let time =
        |after: Option<Span>| after.map_or(String::new(), |after| joined(scene.at(after), scene.offset));
    json!({
        "order": step.order, "name": step.name, "status": status, "desc": step.text,
        "beginTime": time(begin), "endTime": time(end),
    })
}

fn nodes(plan: &Plan, scene: &Scene<'_>) -> Vec<String> {
    let name = |number| format!("{}-ess-esn-{number}-1", scene.name);
    match plan.task {
        Task::DocumentedMove { .. } => documented::NODES.map(name).to_vec(),
        _ => (1..=plan.nodes).map(name).collect(),
    }
}

fn image_info(image: Image, scene: &Scene<'_>, earlier: bool) -> Value {
    let name = if earlier { image.earlier_name } else { image.name };
    json!({
        "id": scene.lasting().uuid(),
        "displayName": name,
        "imageDesc": format!("The latest image of version {}. The stability of the cluster has been optimized.", image.version),
        "datastoreType": image.engine,
        "datastoreVersion": image.version,
        "priority": 16,
    })
}
