//! What was seen over time: outcomes folded into the latest facts, the transitions between them, and the
//! times in which nobody watched.
//!
//! A vendor answers with a snapshot. A change seen between two answers happened somewhere in the interval
//! between them, and it is kept as that interval, never as a false instant.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::PollError;
use crate::model::{Node, NodeRole, Observation, Operation, Span, State, Timestamp, VendorTime};

/// The most transitions that are kept for one operation; the oldest go first.
const TRANSITIONS_KEPT: usize = 2_000;

/// A pause between two good answers that is longer than this was not watched. It is above the slowest
/// regular interval of `poll`.
const UNWATCHED_AFTER: Span = Span::minutes(16);

/// The longest pause between two nodes of one restart, where a vendor shows only colours.
const PAUSE_BETWEEN_NODES: Span = Span::minutes(10);

/// What one poll brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Observed(Box<Observation>),
    Failed(PollError),
}

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

/// The polls that have failed since the last good answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outage {
    /// When the first of them failed.
    pub since: Timestamp,
    pub count: u32,
    /// The latest of them.
    pub error: PollError,
}

/// The history of one watched operation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    latest: Option<Observation>,
    outage: Option<Outage>,
    transitions: Vec<Transition>,
    unwatched: Vec<(Timestamp, Timestamp)>,
    /// When this operation was first seen.
    first_seen_at: Option<Timestamp>,
    /// Since when the observed facts have been what they are.
    unchanged_since: Option<Timestamp>,
    /// Nodes that were seen at work. Where a vendor shows only colours, the same green means "not yet" before
    /// that and "done" after it.
    worked: BTreeMap<(NodeRole, String), Timestamp>,
    /// When a node was last seen at work.
    worked_last_at: Option<Timestamp>,
}

impl Timeline {
    /// Adds what one poll brought, at `at` on the vendor's clock.
    pub fn record(&mut self, outcome: Outcome, at: Timestamp) {
        match outcome {
            Outcome::Failed(error) => {
                let earlier = self.outage.take();
                self.outage = Some(Outage {
                    since: earlier.as_ref().map_or(at, |outage| outage.since),
                    count: earlier.map_or(1, |outage| outage.count.saturating_add(1)),
                    error,
                });
            }
            Outcome::Observed(observation) => {
                self.outage = None;
                self.observe(*observation);
            }
        }
    }

    fn observe(&mut self, mut new: Observation) {
        let at = new.observed_at;
        let old = self.latest.take();
        if old.as_ref().is_some_and(|old| is_another_run(old, &new)) {
            *self = Timeline::default();
        }
        self.remember_work(&new, at);
        self.credit_finished_work(&mut new);
        self.bridge_pause(&mut new);
        if let Some(old) = &old {
            let pause = at.since(old.observed_at);
            if pause > UNWATCHED_AFTER {
                self.unwatched.push((old.observed_at, at));
            }
            let changes = changes(old, &new);
            if !changes.is_empty() || old.operation != new.operation || old.precheck != new.precheck {
                self.unchanged_since = Some(at);
            }
            if self.first_seen_at.is_some() {
                self.transitions.extend(changes);
            }
            let surplus = self.transitions.len().saturating_sub(TRANSITIONS_KEPT);
            self.transitions.drain(..surplus);
        }
        self.first_seen_at.get_or_insert(at);
        self.unchanged_since.get_or_insert(at);
        self.latest = Some(new);
    }

    fn remember_work(&mut self, new: &Observation, at: Timestamp) {
        for node in new.operation.iter().flat_map(|operation| &operation.nodes) {
            if node.state == State::Running {
                self.worked.entry((node.role, node.name.clone())).or_insert(at);
                self.worked_last_at = Some(at);
            }
        }
    }

    /// Turns "pending" into "succeeded" for a broker or ZooKeeper that was at work earlier in this run: their
    /// vendor shows only colours, and one green cannot tell the two apart.
    fn credit_finished_work(&self, new: &mut Observation) {
        let Some(operation) = &mut new.operation else { return };
        for node in &mut operation.nodes {
            let coloured = matches!(node.role, NodeRole::Broker | NodeRole::ZooKeeper);
            let worked = self.worked.contains_key(&(node.role, node.name.clone()));
            if coloured && worked && node.state == State::Pending {
                node.state = State::Succeeded;
            }
        }
    }

    /// Between two nodes of a restart or an upgrade every colour is green, which looks like the end. As long as
    /// work was seen lately and some nodes of the same group were not seen at work, their turn is taken to be
    /// ahead.
    fn bridge_pause(&self, new: &mut Observation) {
        let lately = self.worked_last_at.is_some_and(|at| new.observed_at.since(at) <= PAUSE_BETWEEN_NODES);
        let Some(operation) = &mut new.operation else { return };
        if !(lately && operation.shows_only_colours() && operation.state == State::Succeeded) {
            return;
        }
        let groups: BTreeSet<NodeRole> = self.worked.keys().map(|(role, _)| *role).collect();
        for node in &mut operation.nodes {
            if groups.contains(&node.role) && !self.worked.contains_key(&(node.role, node.name.clone())) {
                node.state = State::Pending;
                operation.state = State::Running;
            }
        }
    }

    /// The latest good answer, with finished nodes credited.
    pub fn latest(&self) -> Option<&Observation> {
        self.latest.as_ref()
    }

    pub fn operation(&self) -> Option<&Operation> {
        self.latest.as_ref()?.operation.as_ref()
    }

    /// The polls that have failed since the last good answer; `None` while answers are good.
    pub fn outage(&self) -> Option<&Outage> {
        self.outage.as_ref()
    }

    /// Oldest first.
    pub fn transitions(&self) -> &[Transition] {
        &self.transitions
    }

    /// The intervals between good answers in which nothing was watched, oldest first.
    pub fn unwatched(&self) -> &[(Timestamp, Timestamp)] {
        &self.unwatched
    }

    /// When this operation was first seen by this browser.
    pub fn first_seen_at(&self) -> Option<Timestamp> {
        self.first_seen_at
    }

    /// Since when nothing has changed: the latest change seen here, or the latest time that the vendor
    /// reports, whichever is later.
    pub fn unchanged_since(&self) -> Option<Timestamp> {
        let seen = self.transitions.last().map(|transition| transition.until);
        let reported = self.operation().and_then(latest_reported);
        match (seen, reported) {
            (None, None) => self.unchanged_since,
            (seen, reported) => seen.max(reported),
        }
    }

    /// Whether any node was seen at work in this run.
    pub fn saw_work(&self) -> bool {
        !self.worked.is_empty()
    }

    /// When work was seen to begin. `None` when nodes were at work already at the first look.
    pub fn work_began_at(&self) -> Option<Timestamp> {
        let first_seen_at = self.first_seen_at?;
        self.worked.values().min().copied().filter(|at| *at > first_seen_at)
    }

    /// When a node was first seen at work.
    pub fn worked_since(&self, node: &Node) -> Option<Timestamp> {
        self.worked.get(&(node.role, node.name.clone())).copied()
    }

    /// When each node was last seen to leave work: the interval in which it did.
    pub fn left_work(&self) -> BTreeMap<(NodeRole, &str), (Timestamp, Timestamp)> {
        let left = self.transitions.iter().filter(|transition| transition.from == State::Running);
        // The transitions are in order, so that the latest of a node stays.
        left.filter_map(|transition| match &transition.subject {
            Subject::Node { role, name } => {
                Some(((*role, name.as_str()), (transition.after, transition.until)))
            }
            _ => None,
        })
        .collect()
    }
}

/// Whether the new answer is about another run than the old one: another task, another start, or work that
/// begins again after everything was over.
fn is_another_run(old: &Observation, new: &Observation) -> bool {
    let (Some(was), Some(is)) = (&old.operation, &new.operation) else {
        return old.operation.is_some() != new.operation.is_some();
    };
    let other_task = was.id.is_some() && is.id.is_some() && was.id != is.id;
    let other_start = match (&was.started_at, &is.started_at) {
        (Some(a), Some(b)) => !same_instant(a, b),
        _ => false,
    };
    let same_task = was.id.is_some() && was.id == is.id;
    let began_again = was.state.is_over() && !is.state.is_over() && !same_task;
    was.kind != is.kind || other_task || other_start || began_again
}

/// Whether two answers name the same time. The zone of a text without one may have been learnt or chosen
/// between them: then the text itself is compared, since the instants differ by the zone alone.
fn same_instant(was: &VendorTime, is: &VendorTime) -> bool {
    was.at == is.at || (was.zone != is.zone && was.raw == is.raw)
}

fn changes(old: &Observation, new: &Observation) -> Vec<Transition> {
    let (Some(was), Some(is)) = (&old.operation, &new.operation) else { return Vec::new() };
    let (after, until) = (old.observed_at, new.observed_at);
    let mut found = Vec::new();
    let mut note = |subject: Subject, from: State, to: State| {
        if from != to {
            found.push(Transition { subject, from, to, after, until });
        }
    };
    note(Subject::Operation, was.state, is.state);
    let nodes = first_by(&was.nodes, |node| (node.role, node.name.as_str()));
    for node in &is.nodes {
        let Some(before) = nodes.get(&(node.role, node.name.as_str())) else { continue };
        note(Subject::Node { role: node.role, name: node.name.clone() }, before.state, node.state);
        let steps = first_by(&before.steps, |step| (step.order, step.name.as_str()));
        for step in &node.steps {
            let earlier = steps.get(&(step.order, step.name.as_str()));
            let from = earlier.map_or(State::Pending, |earlier| earlier.state);
            note(Subject::Step { node: node.name.clone(), name: step.name.clone() }, from, step.state);
        }
    }
    let steps = first_by(&was.steps, |step| step.name.as_str());
    for step in &is.steps {
        let from = steps.get(step.name.as_str()).map_or(State::Pending, |earlier| earlier.state);
        note(Subject::Step { node: String::new(), name: step.name.clone() }, from, step.state);
    }
    found
}

/// Items by what names them. Of several with one name, the first counts.
fn first_by<'a, T, K: Ord>(items: &'a [T], name: impl Fn(&'a T) -> K) -> BTreeMap<K, &'a T> {
    let mut by_name = BTreeMap::new();
    for item in items {
        by_name.entry(name(item)).or_insert(item);
    }
    by_name
}

/// The latest time that a vendor reports anywhere in an operation.
fn latest_reported(operation: &Operation) -> Option<Timestamp> {
    let of_steps = operation.nodes.iter().flat_map(|node| &node.steps).chain(&operation.steps);
    of_steps
        .flat_map(|step| [&step.began_at, &step.ended_at])
        .chain(operation.nodes.iter().map(|node| &node.updated_at))
        .chain([&operation.started_at, &operation.ended_at])
        .flatten()
        .map(|time| time.at)
        .max()
}

#[cfg(test)]
mod tests;
