//! NAVER Cloud Search Engine Service, "getRollingUpgradeProgress" (government zone page of 2026-10-22, public
//! zone pages since 2026-07-23).
//!
//! What is read of `result`: `name`, `nodeCount`,
//! `versionVo { currentVersionCode, targetVersionCode, actionDate }`,
//! `nodeStatusVoList [{ hostname, status, nodeRoleCode, updatedDate }]`.
//!
//! What the page does not say:
//! - The words of `status` are listed nowhere. `running` means that the service is up: in the sample those
//!   nodes were last updated before the upgrade began, so they are still waiting for it. What is being worked
//!   on carries the name of the step.
//! - There is no state of the whole upgrade. It is derived from the nodes.
//! - Dates have no zone; office hours in the sample point to Korean time.
//! - The public zone requires `regionNo`; the pages of the other zones do not know it, and older ones of the
//!   public zone did not either. A refusal that speaks of it has the question put in the other form.
//! - What comes before the first upgrade is not documented; an answer without versions is taken for none.

mod further;
mod versions;
mod zone;

pub(super) use further::speaks_of_region;

use super::adapter::Adapter;
use super::wire::{self, Answer, Notes, Object};
use super::{Background, Endpoint, ncp_precheck};
use crate::error::PollError;
use crate::http::Request;
use crate::model::{Fact, Node, NodeRole, Observation, Operation, State, Step, Timestamp, VendorTime, Watch};

pub(super) const ADAPTER: Adapter = Adapter {
    adapt: further::adapt,
    wanted: further::wanted,
    supplement_request: further::supplement_request,
    learn: |_, _, supplement, answer, background| further::learn(supplement, answer, background),
    check: Some(ncp_precheck::CALLS),
    holder: Some(wire::ncp::HOLDER),
    ..Adapter::of(
        request,
        decode,
        |endpoint, _, page| Ok(further::list_request(endpoint, page)),
        further::decode_list,
    )
};

/// # Errors
/// `BadWatch` naming `cluster`.
fn request(watch: &Watch, endpoint: &Endpoint, background: &Background) -> Result<Request, PollError> {
    let cluster = wire::id("cluster", &watch.cluster)?;
    let sends = background.sends_region_number.unwrap_or(true);
    let region = if sends { region_field(endpoint)? } else { String::new() };
    let body = format!("{{\"serviceGroupInstanceNo\":\"{cluster}\"{region}}}");
    Ok(wire::ncp::post(endpoint, "/cluster/getRollingUpgradeProgress", body))
}

/// The number of the region as a further field of a body; nothing in the zones that have none.
pub(super) fn region_field(endpoint: &Endpoint) -> Result<String, PollError> {
    match &endpoint.region_number {
        Some(number) => Ok(format!(",\"regionNo\":\"{}\"", wire::id("region", number)?)),
        None => Ok(String::new()),
    }
}

fn decode(
    watch: &Watch,
    endpoint: &Endpoint,
    background: &Background,
    answer: Answer<'_>,
    observed_at: Timestamp,
) -> Result<Observation, PollError> {
    let mut notes = Notes::new(endpoint, background);
    let mut observation = Observation::new(observed_at);
    if let Some(progress) = wire::ncp::result(answer, &mut notes)? {
        observation.cluster_name = notes.required("name", progress.text("name"));
        observation.operation = operation(watch, background, progress, &mut notes);
    }
    observation.warnings = notes.warnings;
    Ok(observation)
}

fn operation(
    watch: &Watch,
    background: &Background,
    progress: Object<'_>,
    notes: &mut Notes,
) -> Option<Operation> {
    let listed = notes.expected("nodeStatusVoList", progress.list("nodeStatusVoList"));
    let listed = notes.objects("nodeStatusVoList", listed);
    let versions = progress.object("versionVo");
    let idle = listed.iter().all(|node| node.text("status") == Some("running"));
    if listed.is_empty() || (versions.is_none() && idle) {
        return None;
    }
    let versions = notes.expected("versionVo", versions).unwrap_or(Object::ABSENT);
    let action_date = notes.expected("versionVo.actionDate", versions.text("actionDate"));
    let started_at = notes.time("versionVo.actionDate", action_date);
    let mut nodes: Vec<Node> =
        listed.into_iter().map(|status| node(status, started_at.as_ref(), notes)).collect();
    notes.named_apart("nodeStatusVoList.hostname", &mut nodes);

    let mut operation = Operation::new(watch.operation, overall(&nodes));
    let node_count = notes.expected("nodeCount", progress.count("nodeCount"));
    let all_listed = notes.all_listed("nodeStatusVoList", &nodes, node_count);
    if operation.state == State::Succeeded && !all_listed {
        operation.state = State::Unknown;
    }
    operation.versions = versions::change(background, versions, notes);
    for name in versions::CODES {
        operation.facts.extend(versions.owned(name).map(|value| Fact { name: name.to_owned(), value }));
    }
    operation.started_at = started_at;
    operation.nodes = nodes;
    Some(operation)
}

fn node(status: Object<'_>, started_at: Option<&VendorTime>, notes: &mut Notes) -> Node {
    let updated_date = notes.expected("nodeStatusVoList.updatedDate", status.text("updatedDate"));
    let updated_at = notes.time("nodeStatusVoList.updatedDate", updated_date);
    let word = notes.required("nodeStatusVoList.status", status.text("status"));
    let before = matches!((&updated_at, started_at), (Some(updated), Some(start)) if updated.at < start.at);
    let state = match word.as_deref() {
        None => State::Unknown,
        Some("complete") => State::Succeeded,
        Some("running") if before => State::Pending,
        // Up, and touched since the upgrade began: nothing tells whether before or after its turn.
        Some("running") => State::Unknown,
        Some(word) if says_failure(word) => State::Failed,
        Some(word) if is_step(word) => State::Running,
        Some(word) => {
            notes.unknown("nodeStatusVoList.status", word);
            State::Unknown
        }
    };
    let mut node = Node::new(status.owned("hostname").unwrap_or_default(), role(status, notes), state);
    if let (State::Running, Some(name)) = (state, &word) {
        node.steps.push(Step {
            order: None,
            name: name.clone(),
            state: State::Running,
            raw_status: None,
            description: None,
            began_at: updated_at.clone(),
            ended_at: None,
        });
    }
    node.raw_status = word;
    node.updated_at = updated_at;
    node
}

fn role(status: Object<'_>, notes: &mut Notes) -> NodeRole {
    match notes.expected("nodeStatusVoList.nodeRoleCode", status.text("nodeRoleCode")) {
        Some("M") => NodeRole::Manager,
        Some("MO") => NodeRole::Master,
        Some("D" | "DO") => NodeRole::Data,
        None => NodeRole::Unstated,
        Some(word) => {
            notes.unknown("nodeStatusVoList.nodeRoleCode", word);
            NodeRole::Unstated
        }
    }
}

fn says_failure(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    word.contains("fail") || word.contains("error")
}

/// Whether a word has the shape of the one documented step, `Upgrade_OpenSearch`: a verb and its object.
fn is_step(word: &str) -> bool {
    let named = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_uppercase()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    word.contains('_') && word.split('_').all(named)
}

/// The state of the whole from its nodes. One node that stands apart from the others shows that the work has
/// begun, whatever its word means.
fn overall(nodes: &[Node]) -> State {
    let all = |state| nodes.iter().all(|node| node.state == state);
    if nodes.iter().any(|node| node.state == State::Failed) {
        return State::Failed;
    }
    let uniform = [State::Succeeded, State::Pending, State::Unknown].into_iter().find(|state| all(*state));
    uniform.unwrap_or(State::Running)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_capitalised_verb_with_an_object_is_taken_for_a_step() {
        for step in ["Upgrade_OpenSearch", "Restart_OpenSearch_Dashboards", "Install_Jdk17"] {
            assert!(is_step(step), "{step}");
        }
        for other in
            ["upgrade_opensearch", "Upgrading", "Upgrade_", "_OpenSearch", "Upgrade__Open", "Upgrade_Öl", ""]
        {
            assert!(!is_step(other), "{other}");
        }
    }
}
