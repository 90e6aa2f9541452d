//! The nodes of a task, put together from the lists of names that the answer has instead of them.
//!
//! All nodes of a batch are worked on at once; the steps tell about the one that is named as the current one.

use std::collections::BTreeSet;

use crate::model::{Node, NodeRole, State, Step};
use crate::provider::wire::{Notes, Object};

/// The nodes in the order of the total list, with the steps given to the node that they tell about. Steps
/// that tell about no named node come back beside the nodes.
pub(super) fn nodes(
    task: Object<'_>,
    steps: Vec<Step>,
    task_state: State,
    notes: &mut Notes,
) -> (Vec<Node>, Vec<Step>) {
    let total = task.names("totalNodes");
    let completed = task.names("completedNodes");
    let current = task.text("currentNodeName");
    let batch = task.names("currentBatchNodes");
    if total.is_empty() {
        notes.missing("totalNodes");
    }
    let mut names = total.clone();
    let mut known: BTreeSet<&str> = total.iter().copied().collect();
    let elsewhere = [
        ("currentNodeName", current.as_slice()),
        ("currentBatchNodes", &batch),
        ("completedNodes", &completed),
    ];
    for (field, list) in elsewhere {
        for name in list.iter().copied().filter(|name| known.insert(name)) {
            names.push(name);
            if !total.is_empty() {
                notes.unknown(field, name);
            }
        }
    }
    let completed: BTreeSet<&str> = completed.into_iter().collect();
    let in_work: BTreeSet<&str> = batch.iter().copied().chain(current).collect();
    let state = |name: &str| {
        if completed.contains(name) {
            State::Succeeded
        } else if in_work.contains(name) {
            state_in_work(task_state)
        } else {
            State::Pending
        }
    };
    let mut nodes: Vec<Node> =
        names.into_iter().map(|name| Node::new(name, role(name), state(name))).collect();
    let told_about = current.or(match batch.as_slice() {
        [only] => Some(*only),
        _ => None,
    });
    let mut left_over = steps;
    if let Some(node) = nodes.iter_mut().find(|node| told_about == Some(node.name.as_str())) {
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
pub(super) fn steps(task: Object<'_>, notes: &mut Notes) -> Vec<Step> {
    let listed = notes.objects("currentNodeDetail", task.list("currentNodeDetail"));
    let mut steps: Vec<Step> = listed.into_iter().map(|step| read(step, notes)).collect();
    steps.sort_by_key(|step| step.order);
    steps
}

fn read(step: Object<'_>, notes: &mut Notes) -> Step {
    let raw_status = notes.required("currentNodeDetail.status", step.text("status"));
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
        order: step.integer("order"),
        name: notes.required("currentNodeDetail.name", step.text("name")).unwrap_or_default(),
        state,
        raw_status,
        description: step.owned("desc"),
        began_at: notes.time("currentNodeDetail.beginTime", step.text("beginTime")),
        ended_at: notes.time("currentNodeDetail.endTime", step.text("endTime")),
    }
}
