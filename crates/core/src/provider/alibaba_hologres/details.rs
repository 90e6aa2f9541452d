//! What stands in `Details`. No schema of it is published, only one sample: every part may be absent.
//!
//! What is read: `UpgradePhase`, `StatusCode`,
//! `FlightingReport { SQLResultStat { TotalExecuted, Exceptions, Incorrect, Slow, DQLSpeedup },
//!   SegmentFormatStat [{ Database, TableUsingSegmentCount }],
//!   ReadPermissionCheckStat [{ db, schema, table, user }],
//!   EstimatedUpgradeTime { StopInstance, BackupData, UpgradeInstance } }`,
//! `UpgradingSteps { Stop, Backup, DoUpgrade, Rollback }`, each of them `{ Status, StartTime, StopTime }`,
//! `Instances { LeaderInstanceId, LeaderInstanceName, LeaderInstanceStatus,
//!   FollowerInstances [{ InstanceId, InstanceName, Status }] }`.

use crate::json::Json;
use crate::model::{Fact, Node, NodeRole, Span, State, Step};
use crate::provider::wire::{Notes, Object};

/// The text, and the three objects in it.
pub(super) struct Details<'a> {
    top: Object<'a>,
    /// What the rehearsal of the upgrade found, which the vendor calls flighting.
    report: Object<'a>,
    steps: Object<'a>,
    instances: Object<'a>,
}

/// The parts of the vendor's estimate.
const ESTIMATED: [&str; 3] = ["StopInstance", "BackupData", "UpgradeInstance"];
/// How many findings of one check are named; the raw answer has them all.
const FOUND_SHOWN: usize = 5;
/// The one word of success that the vendor documents.
const SUCCESS: &str = "Success";
/// The step that every clean upgrade has.
const UPGRADE: &str = "DoUpgrade";
/// The one step that a clean upgrade does not have.
const ROLLBACK: &str = "Rollback";

impl<'a> Details<'a> {
    pub(super) fn new(details: Option<&'a Json>) -> Self {
        let top = details.and_then(Object::new).unwrap_or(Object::ABSENT);
        let part = |name: &str| top.object(name).unwrap_or(Object::ABSENT);
        let (report, steps) = (part("FlightingReport"), part("UpgradingSteps"));
        Details { top, report, steps, instances: part("Instances") }
    }

    pub(super) fn phase(&self) -> Option<String> {
        self.top.owned("UpgradePhase")
    }

    pub(super) fn leader_name(&self) -> Option<String> {
        self.instances.owned("LeaderInstanceName")
    }

    /// Whether the status code is of the kind of the documented `LeaderRestartFailed`.
    pub(super) fn says_failure(&self) -> bool {
        self.top.text("StatusCode").is_some_and(ends_in_failure)
    }

    /// How an archived upgrade ended. An upgrade that was discarded is archived too.
    pub(super) fn outcome(&self, steps: &[Step]) -> State {
        match steps.iter().find(|step| step.name == ROLLBACK) {
            Some(rollback) if rollback.state == State::Succeeded => State::RolledBack,
            Some(_) => State::Failed,
            None if self.says_failure() || steps.iter().any(|step| step.state == State::Failed) => {
                State::Failed
            }
            None if steps.is_empty() && self.top.text("StatusCode") == Some(SUCCESS) => State::Succeeded,
            None if steps.iter().any(|step| step.name == UPGRADE && step.state == State::Succeeded) => {
                State::Succeeded
            }
            None => State::Unknown,
        }
    }

    /// The steps in the order in which the page lists them, and then those that it does not know.
    pub(super) fn steps(&self, notes: &mut Notes) -> Vec<Step> {
        let listed = ["Stop", "Backup", UPGRADE, ROLLBACK];
        let further = self.steps.field_names().into_iter().filter(|name| !listed.contains(name));
        let names: Vec<&str> = listed.into_iter().chain(further).collect();
        let read = names.into_iter().filter_map(|name| Some(step_of(name, self.steps.object(name)?, notes)));
        read.filter(|step| step.name != ROLLBACK || step.state != State::Pending).collect()
    }

    /// Without a unit; the sum of the sample fits the duration in the user guide when it is in seconds.
    pub(super) fn estimated_for(&self) -> Option<Span> {
        let estimate = self.report.object("EstimatedUpgradeTime")?;
        let parts = ESTIMATED.map(|name| estimate.count(name));
        let seconds = parts.iter().flatten().map(|seconds| i64::from(*seconds));
        parts.iter().any(Option::is_some).then(|| Span::seconds(seconds.sum()))
    }

    pub(super) fn facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        let mut add = |name: &str, value: Option<String>| {
            facts.extend(value.map(|value| Fact { name: name.to_owned(), value }));
        };
        add("StatusCode", self.top.owned("StatusCode"));
        if let Some(stat) = self.report.object("SQLResultStat") {
            for name in ["TotalExecuted", "Exceptions", "Incorrect", "Slow", "DQLSpeedup"] {
                add(&format!("SQLResultStat.{name}"), stat.owned(name));
            }
        }
        if let Some(estimate) = self.report.object("EstimatedUpgradeTime") {
            for name in ESTIMATED {
                add(&format!("EstimatedUpgradeTime.{name}"), estimate.owned(name));
            }
        }
        add("SegmentFormatStat", self.found("SegmentFormatStat", &["Database"], "TableUsingSegmentCount"));
        let table = ["db", "schema", "table"];
        add("ReadPermissionCheckStat", self.found("ReadPermissionCheckStat", &table, "user"));
        facts
    }

    /// How many things a check of the report found, and which: `2 (test_db: 5, user_order: 7)`.
    fn found(&self, check: &str, place: &[&str], value: &str) -> Option<String> {
        let items = self.report.list(check)?;
        let named = items.iter().filter_map(Object::new).take(FOUND_SHOWN).map(|item| {
            let place: Vec<&str> = place.iter().filter_map(|name| item.text(name)).collect();
            [place.join("."), item.owned(value).unwrap_or_default()].join(": ")
        });
        let named: Vec<String> = named.collect();
        let more = if named.len() < items.len() { ", …" } else { "" };
        let count = items.len().to_string();
        Some(if named.is_empty() { count } else { format!("{count} ({}{more})", named.join(", ")) })
    }

    /// The leader and its followers. `upgrade` is the state of the upgrade, which decides what it means for an
    /// instance to be up or down.
    pub(super) fn nodes(&self, upgrade: State, notes: &mut Notes) -> Vec<Node> {
        let mut node = |role, id: Option<&str>, name: Option<&str>, status: Option<&str>| {
            let shown = match (name, id) {
                (Some(name), Some(id)) => format!("{name} ({id})"),
                (one, other) => one.or(other).unwrap_or_default().to_owned(),
            };
            let state = instance_state(role, status, upgrade, notes);
            Node { raw_status: status.map(str::to_owned), ..Node::new(shown, role, state) }
        };
        let leader = |name: &str| self.instances.text(name);
        let (id, name) = (leader("LeaderInstanceId"), leader("LeaderInstanceName"));
        let mut nodes = Vec::new();
        if id.or(name).is_some() {
            nodes.push(node(NodeRole::Leader, id, name, leader("LeaderInstanceStatus")));
        }
        let followers = self.instances.list("FollowerInstances").unwrap_or_default();
        nodes.extend(followers.iter().filter_map(Object::new).map(|follower| {
            let [id, name, status] = ["InstanceId", "InstanceName", "Status"].map(|name| follower.text(name));
            node(NodeRole::Follower, id, name, status)
        }));
        notes.named_apart("Instances", &mut nodes);
        nodes
    }
}

fn ends_in_failure(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    ["failed", "failure", "error"].iter().any(|ending| word.ends_with(ending))
}

/// One step. `Success` is the only documented word; where a word tells nothing, the times do.
fn step_of(name: &str, step: Object<'_>, notes: &mut Notes) -> Step {
    let began_at = notes.time("UpgradingSteps.StartTime", step.text("StartTime"));
    let ended_at = notes.time("UpgradingSteps.StopTime", step.text("StopTime"));
    let state = match step.text("Status") {
        Some(SUCCESS) => State::Succeeded,
        Some(word) if ends_in_failure(word) => State::Failed,
        Some("Running") => State::Running,
        word => {
            if let Some(word) = word {
                notes.unknown("UpgradingSteps.Status", word);
            }
            match (step.text("StartTime"), step.text("StopTime"), word) {
                (None, _, _) => State::Pending,
                (Some(_), None, None) => State::Running,
                _ => State::Unknown,
            }
        }
    };
    Step {
        order: None,
        name: name.to_owned(),
        state,
        raw_status: step.owned("Status"),
        description: None,
        began_at,
        ended_at,
    }
}

/// What an instance's own status says of its part in the upgrade.
fn instance_state(role: NodeRole, status: Option<&str>, upgrade: State, notes: &mut Notes) -> State {
    match (status, upgrade) {
        // The leader is upgraded first and its followers after it.
        (Some("Running"), State::Running) if role == NodeRole::Follower => State::Pending,
        // Up again after a failed upgrade: on which version is not told.
        (Some("Running"), State::Failed) => State::Unknown,
        (Some("Running"), upgrade) => upgrade,
        // An instance that is being upgraded is down for a while.
        (Some("Unavailable"), State::Running) => State::Running,
        (Some("Unavailable"), _) => State::Failed,
        (Some("Creating" | "Suspended" | "Allocating") | None, _) => State::Unknown,
        (Some(word), _) => {
            notes.unknown("Instances.Status", word);
            State::Unknown
        }
    }
}
