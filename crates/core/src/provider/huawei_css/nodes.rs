//! The nodes of a task, put together from the lists of names that the answer has instead of them.

use std::collections::BTreeSet;

use super::TaskStep;
use crate::model::{Node, NodeRole, State, Step};
use crate::provider::wire::{List, Notes};

/// The lists of names in a task.
pub(super) struct Lists {
    pub(super) total: Vec<String>,
    pub(super) completed: Vec<String>,
    pub(super) current: Option<String>,
    pub(super) batch: Vec<String>,
}

/// The nodes in the order of the total list, with the steps given to the node that they tell about. Steps
/// that tell about no named node come back beside the nodes.
pub(super) fn nodes(
    lists: Lists,
    steps: Vec<Step>,
    task: State,
    notes: &mut Notes,
) -> (Vec<Node>, Vec<Step>) {
    if lists.total.is_empty() {
        notes.missing("totalNodes");
    }
    let completed: BTreeSet<&String> = lists.completed.iter().collect();
    let in_work: BTreeSet<&String> = lists.current.iter().chain(&lists.batch).collect();
    let mut known: BTreeSet<&String> = lists.total.iter().collect();
    let mut names: Vec<&String> = lists.total.iter().collect();
    let elsewhere = [
        ("currentNodeName", lists.current.as_slice()),
        ("currentBatchNodes", &lists.batch),
        ("completedNodes", &lists.completed),
    ];
    for (field, name) in elsewhere.iter().flat_map(|(field, list)| list.iter().map(move |name| (field, name)))
    {
        if known.insert(name) {
            names.push(name);
            if !lists.total.is_empty() {
                notes.unknown(field, name);
            }
        }
    }
    let state = |name: &String| match (completed.contains(name), in_work.contains(name)) {
        (true, _) => State::Succeeded,
        (false, true) => state_in_work(task),
        (false, false) => State::Pending,
    };
    let mut nodes: Vec<Node> =
        names.into_iter().map(|name| Node::new(name.clone(), role(name), state(name))).collect();
    let told_about = lists.current.as_ref().or(match lists.batch.as_slice() {
        [only] => Some(only),
        _ => None,
    });
    let mut left_over = steps;
    if let Some(node) = nodes.iter_mut().find(|node| told_about == Some(&node.name)) {
        node.steps = std::mem::take(&mut left_over);
    }
    notes.named_apart("totalNodes", &mut nodes);
    (nodes, left_over)
}

/// The state of a node that is named as being worked on, which a finished task may still name.
fn state_in_work(task: State) -> State {
    match task {
        State::PartiallySucceeded => State::Failed,
        state => state,
    }
}

/// The cluster's name, which the answer does not hold: node names are `<cluster>-ess-…`. `None` unless all
/// nodes agree.
pub(super) fn cluster_name(nodes: &[Node]) -> Option<String> {
    let mut names = nodes.iter().map(|node| node.name.split_once("-ess-").map(|(cluster, _)| cluster));
    let first = names.next()??;
    names.all(|name| name == Some(first)).then(|| first.to_owned())
}

/// What a node does, from the part of its name that the vendor derives from the instance type.
fn role(name: &str) -> NodeRole {
    if name.contains("-ess-master-") {
        NodeRole::Master
    } else if name.contains("-ess-esn-") || name.contains("-ess-cold-") {
        NodeRole::Data
    } else {
        NodeRole::Unstated
    }
}

/// The steps of the current node, sorted by their numbers.
pub(super) fn steps(listed: List<TaskStep>, notes: &mut Notes) -> Vec<Step> {
    let listed = notes.items("currentNodeDetail", listed);
    let mut steps: Vec<Step> = listed.iter().map(|step| read(step, notes)).collect();
    steps.sort_by_key(|step| step.order);
    steps
}

fn read(step: &TaskStep, notes: &mut Notes) -> Step {
    let raw_status = notes.required("currentNodeDetail.status", &step.status);
    let state = match raw_status.as_deref() {
        Some("WAITING") => State::Pending,
        Some("RUNNING") => State::Running,
        Some("SUCCESS") => State::Succeeded,
        Some("FAILED") => State::Failed,
        None => State::Unknown,
        Some(word) => {
            notes.unknown("currentNodeDetail.status", word);
            State::Unknown
        }
    };
    Step {
        order: step.order.integer(),
        name: notes.required("currentNodeDetail.name", &step.name).unwrap_or_default(),
        state,
        raw_status,
        description: step.desc.owned(),
        began_at: notes.time("currentNodeDetail.beginTime", &step.begin_time),
        ended_at: notes.time("currentNodeDetail.endTime", &step.end_time),
    }
}
