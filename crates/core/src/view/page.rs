//! The cluster page: everything that is known of one watched operation.

use super::card::{CardView, Liveness, card};
use super::changes::{Changes, changes};
use super::findings::row as finding_row;
use super::format::{Reader, duration, offset_name, vendor_time};
use super::gantt::{Gantt, gantt};
use super::history::{RunRow, history};
use super::look::Look;
use super::names::{role_name, state_name};
use super::replay::Replay;
use super::trouble::clock_sentence;
use super::words::{Lang, Page};
use crate::assess::{Assessment, Evidence, Level};
use crate::model::{Node, Operation, OperationKind, State, Step, Timestamp, VendorTime, Watch, Zone};
use crate::timeline::Timeline;

#[derive(Debug, Clone, PartialEq)]
pub struct StepRow {
    pub key: String,
    /// The node whose turn it is in; empty for a step of the whole operation.
    pub node: String,
    pub order: String,
    pub name: String,
    pub state: State,
    pub word: String,
    pub begin: Shown,
    pub end: Shown,
    pub duration: String,
    pub description: String,
}

/// A text with the evidence for a closer look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    pub text: String,
    pub evidence: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct NodeRow {
    pub key: String,
    pub name: String,
    pub role: String,
    pub state: State,
    pub word: String,
    pub vendor_word: String,
    pub changed: Shown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingRow {
    pub level: Level,
    pub level_word: String,
    pub sentence: String,
    /// "since 17:11"; empty where it is not known, or says nothing.
    pub since: String,
    /// What is hurt now; empty where nothing is known to be.
    pub impact: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct PageView {
    pub card: CardView,
    pub gantt: Gantt,
    /// From and to, with their labels; empty for an operation that changes no version.
    pub versions: Vec<(String, String)>,
    pub nodes: Vec<NodeRow>,
    pub steps: Vec<StepRow>,
    pub findings: Vec<FindingRow>,
    pub facts: Vec<(String, String)>,
    /// A line per zone of an AZ migration, after the move and its kind.
    pub plan: Vec<String>,
    /// The present run and those before it, the newest first.
    pub history: Vec<RunRow>,
    pub changes: Changes,
    /// The bar that goes through the recording, and what it says while the page shows the past. Whoever holds the
    /// recording sets it: `replay`.
    pub replay: Replay,
    /// "Times are shown in UTC+09:00."
    pub zone: String,
    /// The zone that was taken for the vendor's times without one; `None` when there are no such times.
    pub zone_not_stated: Option<Zone>,
    /// How far the vendor's clock is from this device's, when that matters.
    pub clock: Option<String>,
}

/// The page of a watch at `now`, which is on the vendor's clock.
pub fn page(
    watch: &Watch,
    timeline: &Timeline,
    assessment: &Assessment,
    liveness: &Liveness,
    look: &Look,
    reader: Reader,
    now: Timestamp,
) -> PageView {
    let lang = reader.lang;
    let operation = timeline.operation();
    PageView {
        card: card(watch, timeline, assessment, liveness, reader, now),
        gantt: gantt(timeline, look, reader, now),
        versions: from_and_to(lang, watch, operation),
        nodes: operation
            .map(|o| o.nodes.iter().map(|n| node_row(reader, n, now)).collect())
            .unwrap_or_default(),
        steps: operation.map(|operation| steps(reader, operation, now)).unwrap_or_default(),
        findings: assessment.findings.iter().map(|finding| finding_row(reader, finding, now)).collect(),
        facts: operation.map(facts).unwrap_or_default(),
        plan: operation.map(|operation| plan(lang, operation)).unwrap_or_default(),
        history: history(timeline, look, reader, now),
        changes: changes(timeline, look, reader, now),
        replay: Replay::default(),
        zone: lang.fill(Page::Reader, &[&offset_name((reader.offset_at)(now))]),
        zone_not_stated: assessment.findings.iter().find_map(|finding| match finding.evidence {
            Evidence::ZoneNotStated { zone } => Some(zone),
            _ => None,
        }),
        clock: clock_sentence(lang, liveness.clock_offset),
    }
}

fn from_and_to(lang: Lang, watch: &Watch, operation: Option<&Operation>) -> Vec<(String, String)> {
    let change = operation.and_then(|operation| operation.versions.as_ref());
    if change.is_none() && watch.operation != OperationKind::Upgrade {
        return Vec::new();
    }
    let unknown = || lang.say(Page::NotReported).to_owned();
    let from = change.and_then(|change| change.from.clone()).unwrap_or_else(unknown);
    let to = change.map(|change| change.to.clone()).unwrap_or_else(unknown);
    vec![(lang.say(Page::From).to_owned(), from), (lang.say(Page::To).to_owned(), to)]
}

fn node_row(reader: Reader, node: &Node, now: Timestamp) -> NodeRow {
    let role = role_name(reader.lang, node.role).to_owned();
    NodeRow {
        key: format!("{role}/{}", node.name),
        name: node.name.clone(),
        role,
        state: node.state,
        word: state_name(reader.lang, node.state).to_owned(),
        vendor_word: node.raw_status.clone().unwrap_or_default(),
        changed: shown(reader, node.updated_at.as_ref(), now),
    }
}

fn steps(reader: Reader, operation: &Operation, now: Timestamp) -> Vec<StepRow> {
    let of_operation = operation.steps.iter().map(|step| step_row(reader, "", step, now));
    let of_nodes = operation
        .nodes
        .iter()
        .flat_map(|node| node.steps.iter().map(move |step| step_row(reader, &node.name, step, now)));
    of_operation.chain(of_nodes).collect()
}

fn step_row(reader: Reader, node: &str, step: &Step, now: Timestamp) -> StepRow {
    let length = step.began_at.as_ref().map(|began| {
        let end = step.ended_at.as_ref().map(|time| time.at);
        let until = end.or((step.state == State::Running).then_some(now));
        until.map(|until| duration(reader.lang, until.since(began.at))).unwrap_or_default()
    });
    StepRow {
        key: format!("{node}/{}/{}", step.order.unwrap_or_default(), step.name),
        node: node.to_owned(),
        order: step.order.map(|order| order.to_string()).unwrap_or_default(),
        name: step.name.clone(),
        state: step.state,
        word: state_name(reader.lang, step.state).to_owned(),
        begin: shown(reader, step.began_at.as_ref(), now),
        end: shown(reader, step.ended_at.as_ref(), now),
        duration: length.unwrap_or_default(),
        description: step.description.clone().unwrap_or_default(),
    }
}

fn shown(reader: Reader, time: Option<&VendorTime>, now: Timestamp) -> Shown {
    let Some(time) = time else { return Shown::default() };
    let (text, evidence) = vendor_time(reader, time, now);
    Shown { text, evidence }
}

fn facts(operation: &Operation) -> Vec<(String, String)> {
    let id = operation.id.iter().map(|id| ("id".to_owned(), id.clone()));
    let status = operation.raw_status.iter().map(|word| ("status".to_owned(), word.clone()));
    let facts = operation.facts.iter().map(|fact| (fact.name.clone(), fact.value.clone()));
    id.chain(status).chain(facts).collect()
}

fn plan(lang: Lang, operation: &Operation) -> Vec<String> {
    let Some(plan) = &operation.az_plan else { return Vec::new() };
    let ends = (plan.source.as_deref(), plan.target.as_deref());
    let moved = match ends {
        (None, None) => None,
        (source, target) => Some(lang.fill(Page::PlanMove, &[source.unwrap_or("?"), target.unwrap_or("?")])),
    };
    let kinds: Vec<&str> = [&plan.kind, &plan.node_type].into_iter().flatten().map(String::as_str).collect();
    let kinds = (!kinds.is_empty()).then(|| kinds.join(" · "));
    let zones = plan.final_nodes.iter().map(|(zone, nodes)| format!("{zone}: {}", nodes.join(", ")));
    moved.into_iter().chain(kinds).chain(zones).collect()
}
