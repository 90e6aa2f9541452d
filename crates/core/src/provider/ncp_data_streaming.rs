//! NAVER Cloud Data Streaming Service, "rollingRestartProgressCheck" and "rollingUpgradeProgressCheck" (public zone
//! pages re-issued 2026-10-08). Both answer in one shape.
//!
//! What is read of `result`: `clusterName`, and the fields of two groups that [`BROKERS`] and [`ZOOKEEPERS`]
//! name; the nodes of a group are `[{ hostname, status }]`.
//!
//! What the page does not say:
//! - The answer is a snapshot of colours without a time, a task, a version or a state of the whole. Green does not
//!   tell whether a node was restarted or still waits: next to a node that is changing it is taken for waiting,
//!   and the timeline turns "was orange, is green" into done.
//! - The summaries contradict the nodes: the sample has three orange brokers, none operating, and calls the
//!   group green. The state is derived from the nodes alone.
//! - Brokers and ZooKeepers run on the same hosts, and are restarted one group after the other. Clusters without
//!   ZooKeeper exist and are not mentioned.
//! - `cmakStatus` tells of a tool that was withdrawn in 2026; it is not read.
//! - Which of the two operations goes on shows in neither answer.
//!
//! "getCDSSVersionList": of `result` is read
//! `kafkaVersionList [{ kafkaVersionCode, kafkaVersionName, applicationVersionName }]`. No progress holds a code;
//! the list is for choosing the version that an upgrade could go to.

use super::adapter::{Adapter, not_offered};
use super::wire::{self, Answer, Notes, Object};
use super::{Background, Endpoint, Supplement, ncp_precheck};
use crate::error::PollError;
use crate::http::Request;
use crate::model::{
    Check, GroupSummary, Listing, Node, NodeRole, Observation, Operation, OperationKind, Span, State,
    Timestamp, Watch,
};

/// How long the list of versions is good for.
const GOOD_FOR: Span = Span::hours(24);

const LIST: wire::ncp::ListFields =
    wire::ncp::ListFields { status: "serverStatus", version: &["kafkaVersion", "applicationVersion"] };

pub(super) const ADAPTER: Adapter = Adapter {
    wanted: |background, _, now| wanted(background, now),
    supplement_request: |_, endpoint, supplement| supplement_request(endpoint, supplement),
    learn: |_, _, supplement, answer, background| learn(supplement, answer, background),
    check: Some(ncp_precheck::CALLS),
    holder: Some(wire::ncp::HOLDER),
    ..Adapter::of(request, decode, |endpoint, _, page| Ok(list_request(endpoint, page)), decode_list)
};

/// # Errors
/// `BadWatch` naming `cluster`, which this service wants as a number.
fn request(watch: &Watch, endpoint: &Endpoint, _background: &Background) -> Result<Request, PollError> {
    if watch.operation == OperationKind::Precheck {
        return ncp_precheck::request(watch, endpoint, &Check::Restart);
    }
    let cluster = wire::ncp::number("cluster", &watch.cluster)?;
    let route = match watch.operation {
        OperationKind::Upgrade => "/cluster/rollingUpgradeProgressCheck",
        _ => "/cluster/rollingRestartProgressCheck",
    };
    Ok(wire::ncp::post(endpoint, route, format!("{{\"serviceGroupInstanceNo\":{cluster}}}")))
}

/// Brokers or ZooKeepers.
struct Group {
    role: NodeRole,
    total: &'static str,
    operating: &'static str,
    colour: &'static str,
    nodes: &'static str,
}

const BROKERS: Group = Group {
    role: NodeRole::Broker,
    total: "brokerNodeTotalNumber",
    operating: "brokerNumber",
    colour: "brokerStatus",
    nodes: "brokerStatusPerNode",
};

const ZOOKEEPERS: Group = Group {
    role: NodeRole::ZooKeeper,
    total: "zookeeperTotalNumber",
    operating: "zookeeperNumber",
    colour: "zookeeperStatus",
    nodes: "zookeeperStatusPerNode",
};

fn decode(
    watch: &Watch,
    endpoint: &Endpoint,
    background: &Background,
    answer: Answer<'_>,
    observed_at: Timestamp,
) -> Result<Observation, PollError> {
    if watch.operation == OperationKind::Precheck {
        return ncp_precheck::decode(endpoint, background, answer, observed_at);
    }
    let mut notes = Notes::new(endpoint, background);
    let mut observation = Observation::new(observed_at);
    if let Some(progress) = wire::ncp::result(answer, &mut notes)? {
        observation.cluster_name = notes.required("clusterName", progress.text("clusterName"));
        let mut nodes = Vec::new();
        let mut complete = true;
        let groups: &[Group] = if has_zookeepers(progress) { &[BROKERS, ZOOKEEPERS] } else { &[BROKERS] };
        for group in groups {
            let (summary, members) = read(group, progress, &mut notes);
            complete &= notes.all_listed(group.nodes, &members, summary.total);
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

fn has_zookeepers(progress: Object<'_>) -> bool {
    let is_listed = progress.list(ZOOKEEPERS.nodes).is_some_and(|nodes| !nodes.is_empty());
    is_listed || progress.count(ZOOKEEPERS.total).unwrap_or(0) > 0
}

fn read(group: &Group, progress: Object<'_>, notes: &mut Notes) -> (GroupSummary, Vec<Node>) {
    let listed = notes.expected(group.nodes, progress.list(group.nodes));
    let mut nodes: Vec<Node> = notes
        .objects(group.nodes, listed)
        .into_iter()
        .map(|node| {
            let raw_status = notes.required(group.nodes, node.text("status"));
            let state = colour(group.nodes, raw_status.as_deref(), notes);
            let name = node.owned("hostname").unwrap_or_default();
            Node { raw_status, ..Node::new(name, group.role, state) }
        })
        .collect();
    notes.named_apart(group.nodes, &mut nodes);
    let raw_status = notes.required(group.colour, progress.text(group.colour));
    let state = colour(group.colour, raw_status.as_deref(), notes);
    let total = notes.expected(group.total, progress.count(group.total));
    let operating = notes.expected(group.operating, progress.count(group.operating));
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

/// Whatever is watched, a person may want to know whether an upgrade could start.
fn wanted(background: &Background, now: Timestamp) -> Option<Supplement> {
    background.is_due(Supplement::Versions, GOOD_FOR, now).then_some(Supplement::Versions)
}

/// # Errors
/// `BadWatch` naming `operation` for what this service has no call for.
fn supplement_request(endpoint: &Endpoint, supplement: Supplement) -> Result<Request, PollError> {
    match supplement {
        Supplement::Versions => Ok(wire::ncp::get(endpoint, "/cluster/getCDSSVersionList", String::new())),
        _ => Err(not_offered()),
    }
}

fn learn(supplement: Supplement, answer: Answer<'_>, background: &mut Background) -> Result<(), PollError> {
    if supplement != Supplement::Versions {
        return Err(answer.malformed("result"));
    }
    let names = ["kafkaVersionName", "applicationVersionName"];
    background.versions = wire::ncp::versions(answer, "kafkaVersionList", "kafkaVersionCode", &names)?;
    Ok(())
}

fn list_request(endpoint: &Endpoint, page: u32) -> Request {
    let body = format!("{{\"pageNo\":{page},\"pageSize\":{}}}", wire::ncp::PAGE_SIZE);
    wire::ncp::post(endpoint, wire::ncp::LIST_ROUTE, body)
}

fn decode_list(answer: Answer<'_>, page: u32) -> Result<Listing, PollError> {
    wire::ncp::list(answer, page, &LIST)
}
