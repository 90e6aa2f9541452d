//! What a person should know beyond the verdict, each with its evidence.

use super::Circumstances;
use crate::model::{NodeRole, Observation, Operation, OperationKind, State, Timestamp, Warning, Zone};
use crate::timeline::Timeline;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Something is broken.
    Bad,
    /// Something does not fit together.
    Odd,
    /// Good to know when reading the rest.
    Note,
}

/// The facts that a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// The vendor's summary of a group says one thing, its nodes another.
    SummaryDisagrees {
        role: NodeRole,
        summary: String,
        operating: u32,
        total: u32,
        not_well: usize,
    },
    /// The vendor calls the operation finished although it reports a failure.
    FinishedButFailed {
        status: String,
        reported: String,
    },
    NodeFailed {
        node: String,
        word: String,
    },
    StepFailed {
        node: String,
        step: String,
    },
    /// The vendor's own code for how the operation ended.
    Reported {
        code: String,
    },
    /// The end state mixes versions.
    MixedVersions {
        done: usize,
        total: usize,
    },
    /// The operation is prepared, and had to be started before this.
    PreparationOver {
        until: Timestamp,
    },
    Warned(Warning),
    /// Times come without a zone. This is the zone that was taken for them, and on what ground.
    ZoneNotStated {
        zone: Zone,
    },
    /// The vendor numbers its steps and lists only these of them.
    StepGaps {
        node: String,
        listed: Vec<i64>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    pub level: Level,
    pub evidence: Evidence,
}

/// Everything that is to be said of the latest good answer at `now`, the most serious first.
pub(super) fn find(timeline: &Timeline, _circumstances: &Circumstances, now: Timestamp) -> Vec<Finding> {
    let Some(latest) = timeline.latest() else { return Vec::new() };
    let mut found = Vec::new();
    let mut add = |level, evidence| found.push(Finding { level, evidence });
    summaries(latest, &mut add);
    if let Some(operation) = &latest.operation {
        outcome(operation, &mut add);
        steps(operation, &mut add);
        if let Some(until) = operation.valid_until.filter(|until| now >= *until) {
            add(Level::Odd, Evidence::PreparationOver { until });
        }
    }
    for warning in &latest.warnings {
        let level = match warning {
            Warning::UnknownWord { .. } | Warning::Unreadable { .. } => Level::Odd,
            _ => Level::Note,
        };
        add(level, Evidence::Warned(warning.clone()));
    }
    if let Some(zone) = latest.operation.as_ref().and_then(zone_not_stated) {
        add(Level::Note, Evidence::ZoneNotStated { zone });
    }
    let of_level = |level| found.iter().filter(move |finding: &&Finding| finding.level == level).cloned();
    [Level::Bad, Level::Odd, Level::Note].into_iter().flat_map(of_level).collect()
}

/// A group that is summed up as well although its nodes or its own counts say otherwise.
fn summaries(latest: &Observation, add: &mut impl FnMut(Level, Evidence)) {
    let nodes = latest.operation.as_ref().map_or(&[][..], |operation| &operation.nodes);
    for group in latest.groups.iter().filter(|group| group.state == State::Succeeded) {
        let well = |state: State| matches!(state, State::Succeeded | State::Pending);
        let not_well = nodes.iter().filter(|node| node.role == group.role && !well(node.state)).count();
        let (operating, total) = (group.operating.unwrap_or(0), group.total.unwrap_or(0));
        let short = group.operating.is_some() && operating < total;
        if not_well > 0 || short {
            let summary = group.raw_status.clone().unwrap_or_default();
            add(
                Level::Odd,
                Evidence::SummaryDisagrees { role: group.role, summary, operating, total, not_well },
            );
        }
    }
}

fn outcome(operation: &Operation, add: &mut impl FnMut(Level, Evidence)) {
    let claims_success = operation.raw_status.as_deref() == Some("archived");
    if claims_success && operation.state.is_bad() {
        add(
            Level::Bad,
            Evidence::FinishedButFailed {
                status: operation.raw_status.clone().unwrap_or_default(),
                reported: reported_code(operation).or(operation.phase.as_ref()).cloned().unwrap_or_default(),
            },
        );
    } else if (operation.state.is_bad() || operation.state == State::Unknown)
        && let Some(code) = reported_code(operation)
    {
        add(Level::Odd, Evidence::Reported { code: code.clone() });
    }
    for node in operation.nodes.iter().filter(|node| node.state == State::Failed) {
        let word = node.raw_status.clone().unwrap_or_default();
        add(Level::Bad, Evidence::NodeFailed { node: node.name.clone(), word });
    }
    let done = operation.nodes.iter().filter(|node| node.state == State::Succeeded).count();
    let total = operation.nodes.len();
    // A restart or a move to another zone changes no version.
    let ended_badly = matches!(operation.state, State::Failed | State::PartiallySucceeded);
    if operation.kind == OperationKind::Upgrade && ended_badly && done > 0 && done < total {
        add(Level::Bad, Evidence::MixedVersions { done, total });
    }
}

/// The vendor's own code for how the operation ended.
fn reported_code(operation: &Operation) -> Option<&String> {
    operation.facts.iter().find(|fact| fact.name == "StatusCode").map(|fact| &fact.value)
}

fn steps(operation: &Operation, add: &mut impl FnMut(Level, Evidence)) {
    for node in &operation.nodes {
        for step in node.steps.iter().filter(|step| step.state == State::Failed) {
            add(Level::Bad, Evidence::StepFailed { node: node.name.clone(), step: step.name.clone() });
        }
        let listed: Vec<i64> = node.steps.iter().filter_map(|step| step.order).collect();
        let gap = |pair: (&i64, &i64)| *pair.1 > pair.0.saturating_add(1);
        if listed.iter().zip(listed.iter().skip(1)).any(gap) {
            add(Level::Note, Evidence::StepGaps { node: node.name.clone(), listed });
        }
    }
    for step in operation.steps.iter().filter(|step| step.state == State::Failed) {
        add(Level::Bad, Evidence::StepFailed { node: String::new(), step: step.name.clone() });
    }
}

/// The zone that was taken for the first time without one.
fn zone_not_stated(operation: &Operation) -> Option<Zone> {
    let of_steps = operation.nodes.iter().flat_map(|node| &node.steps).filter_map(|s| s.began_at.as_ref());
    let of_nodes = operation.nodes.iter().filter_map(|node| node.updated_at.as_ref());
    let mut times = operation.started_at.iter().chain(of_nodes).chain(of_steps);
    times.find(|time| time.zone != Zone::Stated).map(|time| time.zone)
}
