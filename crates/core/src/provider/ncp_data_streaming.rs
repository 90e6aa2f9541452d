//! NAVER Cloud Data Streaming Service, "rollingRestartProgressCheck" (public zone pages re-issued 2026-10-08).
//!
//! What the page does not say:
//! - The answer is a snapshot of colours without a time, a task or a state of the whole. Green does not tell
//!   whether a node was restarted or still waits: next to a node that is changing it is taken for waiting,
//!   and the timeline turns "was orange, is green" into done.
//! - The summaries contradict the nodes: the sample has three orange brokers, none operating, and calls the
//!   group green. The state is derived from the nodes alone.
//! - Brokers and ZooKeepers run on the same hosts, and are restarted one group after the other. Clusters without
//!   ZooKeeper exist and are not mentioned.
//! - `cmakStatus` tells of a tool that was withdrawn in 2026; it is not read.

use serde::Deserialize;

use super::Endpoint;
use super::wire::{self, List, Notes, Text};
use crate::error::PollError;
use crate::http::{Exchange, Request};
use crate::model::{GroupSummary, Node, NodeRole, Observation, Operation, State, Timestamp, Watch};

/// # Errors
/// `BadWatch` naming `cluster`, which this service wants as a number.
pub(super) fn request(watch: &Watch, endpoint: &Endpoint) -> Result<Request, PollError> {
    let body = wire::ncp::numbered_cluster(&watch.cluster)?;
    Ok(wire::ncp::post(endpoint, "/cluster/rollingRestartProgressCheck", body))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Progress {
    cluster_name: Text,
    broker_node_total_number: Text,
    broker_number: Text,
    broker_status: Text,
    broker_status_per_node: List<NodeColour>,
    zookeeper_total_number: Text,
    zookeeper_number: Text,
    zookeeper_status: Text,
    zookeeper_status_per_node: List<NodeColour>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NodeColour {
    hostname: Text,
    status: Text,
}

/// Brokers or ZooKeepers.
struct Group {
    role: NodeRole,
    /// What the following fields are called in the answer, in their order.
    fields: [&'static str; 4],
    total: Text,
    operating: Text,
    colour: Text,
    nodes: List<NodeColour>,
}

pub(super) fn decode(
    watch: &Watch,
    endpoint: &Endpoint,
    exchange: &Exchange,
    observed_at: Timestamp,
) -> Result<Observation, PollError> {
    let mut notes = Notes::new(endpoint);
    let mut observation = Observation::new(observed_at);
    if let Some(progress) = wire::ncp::result::<Progress>(exchange, &mut notes)? {
        observation.cluster_name = notes.required("clusterName", &progress.cluster_name);
        let mut nodes = Vec::new();
        let mut complete = true;
        for group in groups(progress) {
            let [.., nodes_field] = group.fields;
            let (summary, members) = read(group, &mut notes);
            complete &= notes.all_listed(nodes_field, &members, summary.total);
            observation.groups.push(summary);
            nodes.extend(members);
        }
        // All green is a cluster at rest; green beside anything else has not shown that it was restarted.
        if nodes.iter().any(|node: &Node| node.state != State::Succeeded) {
            for node in nodes.iter_mut().filter(|node| node.state == State::Succeeded) {
                node.state = State::Pending;
            }
        }
        if !nodes.is_empty() {
            let mut operation = Operation::new(watch.operation, overall(&nodes, complete));
            operation.nodes = nodes;
            observation.operation = Some(operation);
        }
    }
    observation.warnings = notes.warnings;
    Ok(observation)
}

fn groups(progress: Progress) -> Vec<Group> {
    let brokers = Group {
        role: NodeRole::Broker,
        fields: ["brokerNodeTotalNumber", "brokerNumber", "brokerStatus", "brokerStatusPerNode"],
        total: progress.broker_node_total_number,
        operating: progress.broker_number,
        colour: progress.broker_status,
        nodes: progress.broker_status_per_node,
    };
    let zookeepers = Group {
        role: NodeRole::ZooKeeper,
        fields: ["zookeeperTotalNumber", "zookeeperNumber", "zookeeperStatus", "zookeeperStatusPerNode"],
        total: progress.zookeeper_total_number,
        operating: progress.zookeeper_number,
        colour: progress.zookeeper_status,
        nodes: progress.zookeeper_status_per_node,
    };
    let none_listed = zookeepers.nodes.0.as_ref().is_none_or(Vec::is_empty);
    if none_listed && zookeepers.total.count().unwrap_or(0) == 0 {
        return vec![brokers];
    }
    vec![brokers, zookeepers]
}

fn read(group: Group, notes: &mut Notes) -> (GroupSummary, Vec<Node>) {
    let [total_field, operating_field, status_field, nodes_field] = group.fields;
    if group.nodes.0.is_none() {
        notes.missing(nodes_field);
    }
    let mut nodes: Vec<Node> = notes
        .items(nodes_field, group.nodes)
        .iter()
        .map(|node| {
            let raw_status = notes.required(nodes_field, &node.status);
            let state = colour(nodes_field, raw_status.as_deref(), notes);
            let name = node.hostname.owned().unwrap_or_default();
            Node { raw_status, ..Node::new(name, group.role, state) }
        })
        .collect();
    notes.named_apart(nodes_field, &mut nodes);
    let raw_status = notes.required(status_field, &group.colour);
    let state = colour(status_field, raw_status.as_deref(), notes);
    let total = notes.count(total_field, &group.total);
    let operating = notes.count(operating_field, &group.operating);
    (GroupSummary { role: group.role, total, operating, state, raw_status }, nodes)
}

/// The documented colours: normal, partly abnormal, changing, abnormal, unknown.
fn colour(field: &str, word: Option<&str>, notes: &mut Notes) -> State {
    match word {
        Some("green") => State::Succeeded,
        Some("yellow" | "orange") => State::Running,
        Some("red") => State::Failed,
        Some("gray") | None => State::Unknown,
        Some(word) => {
            notes.unknown(field, word);
            State::Unknown
        }
    }
}

/// The state of the whole. `complete` says whether every node that the vendor counts is listed.
fn overall(nodes: &[Node], complete: bool) -> State {
    let any = |state| nodes.iter().any(|node| node.state == state);
    if any(State::Failed) {
        State::Failed
    } else if any(State::Running) {
        State::Running
    } else if complete && nodes.iter().all(|node| node.state == State::Succeeded) {
        State::Succeeded
    } else {
        State::Unknown
    }
}
