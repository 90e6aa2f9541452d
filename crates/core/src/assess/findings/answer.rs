//! What the latest answer says by itself: where it contradicts itself, what failed, and what it leaves open.

use super::{Evidence, Found, Level};
use crate::assess::mixes_versions;
use crate::model::{Observation, Operation, State, Warning, Zone};
use crate::timeline::{Stage, Timeline, When};

pub(super) fn find(timeline: &Timeline, latest: &Observation, found: &mut Found) {
    summaries(latest, found);
    if let Some(operation) = &latest.operation {
        outcome(timeline, operation, found);
        failed_steps(timeline, operation, found);
    }
}

/// What keeps the answer from being taken at its word.
pub(super) fn reservations(latest: &Observation, found: &mut Found) {
    for node in latest.operation.iter().flat_map(|operation| &operation.nodes) {
        let listed: Vec<i64> = node.steps.iter().filter_map(|step| step.order).collect();
        let gap = |pair: (&i64, &i64)| *pair.1 > pair.0.saturating_add(1);
        if listed.iter().zip(listed.iter().skip(1)).any(gap) {
            found.add(Level::Note, Evidence::StepGaps { node: node.name.clone(), listed }, None);
        }
    }
    for warning in &latest.warnings {
        let level = match warning {
            Warning::UnknownWord { .. } | Warning::Unreadable { .. } => Level::Odd,
            _ => Level::Note,
        };
        found.add(level, Evidence::Warned(warning.clone()), None);
    }
    if let Some(zone) = latest.operation.as_ref().and_then(zone_not_stated) {
        found.add(Level::Note, Evidence::ZoneNotStated { zone }, None);
    }
}

/// A group that is summed up as well although its nodes or its own counts say otherwise.
fn summaries(latest: &Observation, found: &mut Found) {
    let nodes = latest.operation.as_ref().map_or(&[][..], |operation| &operation.nodes);
    for group in latest.groups.iter().filter(|group| group.state == State::Succeeded) {
        let well = |state: State| matches!(state, State::Succeeded | State::Pending);
        let not_well = nodes.iter().filter(|node| node.role == group.role && !well(node.state)).count();
        let (operating, total) = (group.operating.unwrap_or(0), group.total.unwrap_or(0));
        let short = group.operating.is_some() && operating < total;
        if not_well > 0 || short {
            let summary = group.raw_status.clone().unwrap_or_default();
            let evidence =
                Evidence::SummaryDisagrees { role: group.role, summary, operating, total, not_well };
            found.add(Level::Odd, evidence, None);
        }
    }
}

fn outcome(timeline: &Timeline, operation: &Operation, found: &mut Found) {
    let ended = timeline.ended(operation);
    let claims_success = operation.raw_status.as_deref() == Some("archived");
    if claims_success && operation.state.is_bad() {
        let evidence = Evidence::FinishedButFailed {
            status: operation.raw_status.clone().unwrap_or_default(),
            reported: reported_code(operation).or(operation.phase.as_ref()).cloned().unwrap_or_default(),
        };
        found.add(Level::Bad, evidence, ended);
    } else if (operation.state.is_bad() || operation.state == State::Unknown)
        && let Some(code) = reported_code(operation)
    {
        found.add(Level::Odd, Evidence::Reported { code: code.clone() }, ended);
    }
    for node in operation.nodes.iter().filter(|node| node.state == State::Failed) {
        let word = node.raw_status.clone().unwrap_or_default();
        let turn = timeline.track(node).and_then(|track| track.turns.last());
        let reported = node.updated_at.as_ref().map(|time| When::Reported(time.at));
        let since = turn.and_then(|turn| turn.ended).or(reported).filter(|when| when.earliest().is_some());
        found.add(Level::Bad, Evidence::NodeFailed { node: node.name.clone(), word }, since);
    }
    if let Some((done, total)) = mixes_versions(operation) {
        found.add(Level::Bad, Evidence::MixedVersions { done, total }, ended);
    }
}

/// The vendor's own code for how the operation ended.
fn reported_code(operation: &Operation) -> Option<&String> {
    operation.facts.iter().find(|fact| fact.name == "StatusCode").map(|fact| &fact.value)
}

fn failed_steps(timeline: &Timeline, operation: &Operation, found: &mut Found) {
    let since = |stages: &[Stage], name: &str| {
        let stage = stages.iter().rev().find(|stage| stage.name == name && stage.state == State::Failed);
        stage.and_then(|stage| stage.ended).filter(|when| when.earliest().is_some())
    };
    for node in &operation.nodes {
        let turn = timeline.track(node).and_then(|track| track.turns.last());
        let stages = turn.map_or(&[][..], |turn| &turn.stages);
        for step in node.steps.iter().filter(|step| step.state == State::Failed) {
            let evidence = Evidence::StepFailed { node: node.name.clone(), step: step.name.clone() };
            found.add(Level::Bad, evidence, since(stages, &step.name));
        }
    }
    for step in operation.steps.iter().filter(|step| step.state == State::Failed) {
        let evidence = Evidence::StepFailed { node: String::new(), step: step.name.clone() };
        found.add(Level::Bad, evidence, since(timeline.stages(), &step.name));
    }
}

/// The zone that was taken for the first time without one.
fn zone_not_stated(operation: &Operation) -> Option<Zone> {
    let of_steps = operation.nodes.iter().flat_map(|node| &node.steps).filter_map(|s| s.began_at.as_ref());
    let of_nodes = operation.nodes.iter().filter_map(|node| node.updated_at.as_ref());
    let mut times = operation.started_at.iter().chain(of_nodes).chain(of_steps);
    times.find(|time| time.zone != Zone::Stated).map(|time| time.zone)
}
