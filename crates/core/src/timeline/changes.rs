//! What differs between two answers about the same run.

use std::collections::BTreeMap;

use super::track::CLOSE;
use crate::model::{Node, NodeRole, Observation, Operation, State, Timestamp, VendorTime};

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Operation,
    Node {
        role: NodeRole,
        name: String,
    },
    /// A step of a node's turn, or of the operation itself when `node` is empty.
    Step {
        node: String,
        name: String,
    },
}

/// A difference between two observations. The change happened after `after` and not later than `until`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    pub subject: Subject,
    pub from: State,
    pub to: State,
    pub after: Timestamp,
    pub until: Timestamp,
}

/// Whether the new answer is about another run than the old one: another task, another start, or work that
/// begins again after everything was over.
pub(super) fn is_another_run(old: &Observation, new: &Observation) -> bool {
    let (Some(was), Some(is)) = (&old.operation, &new.operation) else {
        return old.operation.is_some() != new.operation.is_some();
    };
    let other_task = was.id.is_some() && is.id.is_some() && was.id != is.id;
    let same_start = match (&was.started_at, &is.started_at) {
        (Some(a), Some(b)) => Some(same_instant(a, b)),
        _ => None,
    };
    let other_start = same_start == Some(false);
    // What failed and goes on after a retry has kept its task or its start.
    let same_task = (was.id.is_some() && was.id == is.id) || same_start == Some(true);
    let began_again = was.state.is_over() && !is.state.is_over() && !same_task;
    was.kind != is.kind || other_task || other_start || began_again
}

/// Whether two answers name the same time. The zone of a text without one may have been learnt or chosen
/// between them: then the text itself is compared, since the instants differ by the zone alone.
fn same_instant(was: &VendorTime, is: &VendorTime) -> bool {
    was.at == is.at || (was.zone != is.zone && was.raw == is.raw)
}

pub(super) fn changes(old: &Observation, new: &Observation) -> Vec<Transition> {
    let (Some(was), Some(is)) = (&old.operation, &new.operation) else { return Vec::new() };
    let mut found = Found { after: old.observed_at, until: new.observed_at, transitions: Vec::new() };
    found.note(Subject::Operation, was.state, is.state);
    let nodes = first_by(&was.nodes, |node| (node.role, node.name.as_str()));
    for node in &is.nodes {
        if let Some(before) = nodes.get(&(node.role, node.name.as_str())) {
            of_node(before, node, &mut found);
        }
    }
    let steps = first_by(&was.steps, |step| step.name.as_str());
    for step in &is.steps {
        let from = steps.get(step.name.as_str()).map_or(State::Pending, |earlier| earlier.state);
        found.note(Subject::Step { node: String::new(), name: step.name.clone() }, from, step.state);
    }
    found.transitions
}

fn of_node(before: &Node, node: &Node, found: &mut Found) {
    found.note(Subject::Node { role: node.role, name: node.name.clone() }, before.state, node.state);
    let steps = first_by(&before.steps, |step| (step.order, step.name.as_str()));
    for step in &node.steps {
        let earlier = steps.get(&(step.order, step.name.as_str()));
        let from = earlier.map_or(State::Pending, |earlier| earlier.state);
        found.note(Subject::Step { node: node.name.clone(), name: step.name.clone() }, from, step.state);
    }
    // Where the vendor lists no steps, its word for a node at work is one.
    if let Some(word) = node.work_word().filter(|word| before.work_word() != Some(*word)) {
        let subject = Subject::Step { node: node.name.clone(), name: word.to_owned() };
        found.note(subject, State::Pending, State::Running);
    }
}

struct Found {
    after: Timestamp,
    until: Timestamp,
    transitions: Vec<Transition>,
}

impl Found {
    fn note(&mut self, subject: Subject, from: State, to: State) {
        if from != to {
            self.transitions.push(Transition { subject, from, to, after: self.after, until: self.until });
        }
    }
}

/// Whether the nodes that both answers list stand in another order.
pub(super) fn is_reordered(was: &Operation, is: &Operation) -> bool {
    let common = |these: &Operation, those: &Operation| -> Vec<(_, String)> {
        let there = first_by(&those.nodes, |node| (node.role, node.name.as_str()));
        let kept = these.nodes.iter().filter(|node| there.contains_key(&(node.role, node.name.as_str())));
        kept.map(|node| (node.role, node.name.clone())).collect()
    };
    let same = was.nodes.len() == is.nodes.len()
        && was.nodes.iter().zip(&is.nodes).all(|(a, b)| a.role == b.role && a.name == b.name);
    !same && common(was, is) != common(is, was)
}

/// Items by what names them. Of several with one name, the first counts.
fn first_by<'a, T, K: Ord>(items: &'a [T], name: impl Fn(&'a T) -> K) -> BTreeMap<K, &'a T> {
    let mut by_name = BTreeMap::new();
    for item in items {
        by_name.entry(name(item)).or_insert(item);
    }
    by_name
}

/// The latest time that a vendor reports anywhere in an operation and that can be of something that has happened
/// by `until`. A zone that is not known may put times ahead of that.
pub(super) fn latest_reported(operation: &Operation, until: Timestamp) -> Option<Timestamp> {
    let of_steps = operation.nodes.iter().flat_map(|node| &node.steps).chain(&operation.steps);
    of_steps
        .flat_map(|step| [&step.began_at, &step.ended_at])
        .chain(operation.nodes.iter().map(|node| &node.updated_at))
        .chain([&operation.started_at, &operation.ended_at])
        .flatten()
        .map(|time| time.at)
        .filter(|at| *at <= until.plus(CLOSE))
        .max()
}
