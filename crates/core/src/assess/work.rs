//! What goes on in an operation that is not over: the steps, turns and phases that a limit can be set to.

use std::collections::BTreeSet;

use crate::model::{NodeRole, Operation, Service, State};
use crate::timeline::{Stage, Timeline, Turn};

/// One thing that may be going on, in several places at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doing<'a> {
    /// Accepted, and nothing was touched.
    NotBegun,
    /// The vendor prepares the operation.
    Preparing,
    /// A step of a node's turn, or of the whole operation when `role` is `None`.
    Stage { order: Option<i64>, name: &'a str, role: Option<NodeRole> },
    /// A node's turn of which the vendor tells no step that goes on. `migrated`: its data migration is over.
    Turn { role: NodeRole, migrated: bool },
    /// Some nodes are done, and none is at work.
    Between,
}

impl Doing<'_> {
    /// Huawei's first step of a node's turn; its number is documented, its name is localised.
    pub fn is_data_migration(&self) -> bool {
        matches!(self, Doing::Stage { order: Some(0), role: Some(_), .. })
    }

    /// Whether a stage is this step.
    pub fn is(&self, stage: &Stage) -> bool {
        match *self {
            Doing::Stage { order: Some(order), .. } => stage.order == Some(order),
            Doing::Stage { order: None, name, .. } => stage.order.is_none() && stage.name == name,
            _ => false,
        }
    }
}

/// What is at work now, each once; empty when the operation is over, waits for a person, or does what we have
/// no word for.
pub(super) fn at_work<'a>(
    timeline: &'a Timeline,
    operation: &'a Operation,
    service: Option<Service>,
) -> BTreeSet<Doing<'a>> {
    // What is prepared waits for a person, who may take days.
    if operation.state.is_over() || operation.state == State::Unknown || operation.valid_until.is_some() {
        return BTreeSet::new();
    }
    if operation.state == State::Pending {
        let prepares = service == Some(Service::AlibabaHologres);
        return BTreeSet::from([if prepares { Doing::Preparing } else { Doing::NotBegun }]);
    }
    let of_operation = timeline.stages().iter().filter(|stage| goes_on(stage)).map(|stage| of(stage, None));
    let mut steps: BTreeSet<Doing<'_>> = of_operation.collect();
    let mut turns = BTreeSet::new();
    for node in operation.nodes.iter().filter(|node| node.state == State::Running) {
        let turn = timeline.track(node).and_then(|track| track.turns.last());
        match turn.filter(|turn| turn.ended.is_none()).and_then(current) {
            Some(stage) => {
                steps.insert(of(stage, Some(node.role)));
            }
            None => {
                turns.insert(Doing::Turn { role: node.role, migrated: turn.is_some_and(has_migrated) });
            }
        }
    }
    // A step says more than that a node is at work.
    match (steps.is_empty(), turns.is_empty()) {
        (false, _) => steps,
        (true, false) => turns,
        (true, true) => BTreeSet::from([Doing::Between]),
    }
}

fn has_migrated(turn: &Turn) -> bool {
    turn.stages.iter().any(|stage| stage.order == Some(0) && stage.state == State::Succeeded)
}

/// The step that a turn is in.
pub(super) fn current(turn: &Turn) -> Option<&Stage> {
    turn.stages.iter().rev().find(|stage| goes_on(stage))
}

fn goes_on(stage: &Stage) -> bool {
    stage.state == State::Running && stage.began.is_some() && stage.ended.is_none()
}

fn of(stage: &Stage, role: Option<NodeRole>) -> Doing<'_> {
    Doing::Stage { order: stage.order, name: &stage.name, role }
}
