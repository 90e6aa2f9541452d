//! What stands in `Details`. No schema of it is published, only one sample: every part may be absent.

use serde::Deserialize;
use serde_json::Value;

use crate::model::{Fact, Node, NodeRole, Span, State, Step};
use crate::provider::wire::{Field, List, Notes, Text};

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Details {
    upgrade_phase: Text,
    status_code: Text,
    flighting_report: Field<FlightingReport>,
    upgrading_steps: Field<UpgradingSteps>,
    instances: Field<Instances>,
}

/// What the rehearsal of the upgrade found, which the vendor calls flighting.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct FlightingReport {
    #[serde(rename = "SQLResultStat")]
    sql_result_stat: Field<SqlResultStat>,
    segment_format_stat: List<Value>,
    read_permission_check_stat: List<Value>,
    estimated_upgrade_time: Field<EstimatedUpgradeTime>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct SqlResultStat {
    total_executed: Text,
    exceptions: Text,
    incorrect: Text,
    slow: Text,
    #[serde(rename = "DQLSpeedup")]
    dql_speedup: Text,
}

/// Without a unit; the sum of the sample fits the duration in the user guide when it is in seconds.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct EstimatedUpgradeTime {
    stop_instance: Text,
    backup_data: Text,
    upgrade_instance: Text,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct UpgradingSteps {
    stop: Field<UpgradingStep>,
    backup: Field<UpgradingStep>,
    do_upgrade: Field<UpgradingStep>,
    rollback: Field<UpgradingStep>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct UpgradingStep {
    status: Text,
    start_time: Text,
    stop_time: Text,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Instances {
    leader_instance_id: Text,
    leader_instance_name: Text,
    leader_instance_status: Text,
    follower_instances: List<Follower>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Follower {
    instance_id: Text,
    instance_name: Text,
    status: Text,
}

/// The step that every clean upgrade has.
const UPGRADE: &str = "DoUpgrade";
/// The one step that a clean upgrade does not have.
const ROLLBACK: &str = "Rollback";

impl Details {
    pub(super) fn phase(&self) -> Option<String> {
        self.upgrade_phase.owned()
    }

    pub(super) fn leader_name(&self) -> Option<String> {
        self.instances.0.as_ref()?.leader_instance_name.owned()
    }

    /// Whether the status code is of the kind of the documented `LeaderRestartFailed`.
    pub(super) fn says_failure(&self) -> bool {
        self.status_code.as_deref().is_some_and(ends_in_failure)
    }

    /// How an archived upgrade ended. An upgrade that was discarded is archived too.
    pub(super) fn outcome(&self, steps: &[Step]) -> State {
        match steps.iter().find(|step| step.name == ROLLBACK) {
            Some(rollback) if rollback.state == State::Succeeded => State::RolledBack,
            Some(_) => State::Failed,
            None if self.says_failure() || steps.iter().any(|step| step.state == State::Failed) => {
                State::Failed
            }
            None if steps.is_empty() && self.status_code.as_deref().is_some() => State::Succeeded,
            None if steps.iter().any(|step| step.name == UPGRADE && step.state == State::Succeeded) => {
                State::Succeeded
            }
            None => State::Unknown,
        }
    }

    /// The steps in the order in which the page lists them.
    pub(super) fn steps(&self, notes: &mut Notes) -> Vec<Step> {
        let Some(steps) = &self.upgrading_steps.0 else { return Vec::new() };
        let listed = [
            ("Stop", &steps.stop),
            ("Backup", &steps.backup),
            (UPGRADE, &steps.do_upgrade),
            (ROLLBACK, &steps.rollback),
        ];
        let read = listed.into_iter().filter_map(|(name, step)| Some(step_of(name, step.0.as_ref()?, notes)));
        read.filter(|step| step.name != ROLLBACK || step.state != State::Pending).collect()
    }

    pub(super) fn estimated_for(&self) -> Option<Span> {
        let estimate = self.flighting_report.0.as_ref()?.estimated_upgrade_time.0.as_ref()?;
        let parts = [&estimate.stop_instance, &estimate.backup_data, &estimate.upgrade_instance];
        let seconds: Vec<u32> = parts.into_iter().filter_map(Text::count).collect();
        (!seconds.is_empty()).then(|| Span::seconds(seconds.into_iter().map(i64::from).sum()))
    }

    pub(super) fn facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        let mut add = |name: &str, value: Option<String>| {
            facts.extend(value.map(|value| Fact { name: name.to_owned(), value }));
        };
        add("StatusCode", self.status_code.owned());
        let Some(report) = &self.flighting_report.0 else { return facts };
        if let Some(stat) = &report.sql_result_stat.0 {
            add("SQLResultStat.TotalExecuted", stat.total_executed.owned());
            add("SQLResultStat.Exceptions", stat.exceptions.owned());
            add("SQLResultStat.Incorrect", stat.incorrect.owned());
            add("SQLResultStat.Slow", stat.slow.owned());
            add("SQLResultStat.DQLSpeedup", stat.dql_speedup.owned());
        }
        let count = |list: &List<Value>| list.0.as_ref().map(|items| items.len().to_string());
        add("SegmentFormatStat", count(&report.segment_format_stat));
        add("ReadPermissionCheckStat", count(&report.read_permission_check_stat));
        facts
    }

    /// The leader and its followers. `upgrade` is the state of the upgrade, which decides what it means for an
    /// instance to be up or down.
    pub(super) fn nodes(&self, upgrade: State, notes: &mut Notes) -> Vec<Node> {
        let Some(instances) = &self.instances.0 else { return Vec::new() };
        let mut node = |role, id: &Text, name: &Text, status: &Text| {
            let shown = match (name.as_deref(), id.as_deref()) {
                (Some(name), Some(id)) => format!("{name} ({id})"),
                (one, other) => one.or(other).unwrap_or_default().to_owned(),
            };
            let state = instance_state(role, status.as_deref(), upgrade, notes);
            Node { raw_status: status.owned(), ..Node::new(shown, role, state) }
        };
        let (id, name) = (&instances.leader_instance_id, &instances.leader_instance_name);
        let mut nodes = Vec::new();
        if id.as_deref().or(name.as_deref()).is_some() {
            nodes.push(node(NodeRole::Leader, id, name, &instances.leader_instance_status));
        }
        let followers = instances.follower_instances.0.iter().flatten().filter_map(|item| item.0.as_ref());
        nodes.extend(followers.map(|follower| {
            node(NodeRole::Follower, &follower.instance_id, &follower.instance_name, &follower.status)
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
fn step_of(name: &str, step: &UpgradingStep, notes: &mut Notes) -> Step {
    let began_at = notes.time("UpgradingSteps.StartTime", &step.start_time);
    let ended_at = notes.time("UpgradingSteps.StopTime", &step.stop_time);
    let state = match step.status.as_deref() {
        Some("Success") => State::Succeeded,
        Some(word) if ends_in_failure(word) => State::Failed,
        Some("Running") => State::Running,
        word => {
            if let Some(word) = word {
                notes.unknown("UpgradingSteps.Status", word);
            }
            match (step.start_time.as_deref(), step.stop_time.as_deref(), word) {
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
        raw_status: step.status.owned(),
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
