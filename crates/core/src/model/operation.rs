//! One rolling operation as a vendor reports it: nodes, steps and versions.

use super::{OperationKind, Span, State, VendorTime};

/// The version that an operation leaves and the one it goes to. Some vendors tell only the target.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VersionChange {
    pub from: Option<String>,
    pub to: String,
}

/// What a node does in its cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeRole {
    Master,
    Manager,
    Data,
    Broker,
    ZooKeeper,
    Leader,
    Follower,
    /// The vendor does not say, or says a word that no table of ours lists.
    Unstated,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Node {
    /// The vendor's host name or id. Together with `role` it is unique within the operation: one host may
    /// appear once as a broker and once as a ZooKeeper.
    pub name: String,
    pub role: NodeRole,
    pub state: State,
    /// The vendor's own word for the state; `None` when the vendor lists the node without one.
    pub raw_status: Option<String>,
    /// When the vendor says that this node last changed.
    pub updated_at: Option<VendorTime>,
    /// The steps within this node's turn, in the vendor's order. Empty where the vendor gives none.
    pub steps: Vec<Step>,
}

/// A step of the operation, or of one node's turn.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Step {
    /// The vendor's own number, which may have gaps.
    pub order: Option<i64>,
    pub name: String,
    pub state: State,
    pub raw_status: Option<String>,
    pub description: Option<String>,
    pub began_at: Option<VendorTime>,
    pub ended_at: Option<VendorTime>,
}

/// Where an availability-zone migration moves nodes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct AzPlan {
    pub source: Option<String>,
    pub target: Option<String>,
    /// The nodes that each zone will hold at the end, in the vendor's order.
    pub final_nodes: Vec<(String, Vec<String>)>,
}

/// A further fact worth showing, under the vendor's own name for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fact {
    pub name: String,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Operation {
    /// The vendor's task id, where it has one.
    pub id: Option<String>,
    pub kind: OperationKind,
    /// The vendor's claim, mapped to our words.
    pub state: State,
    /// The vendor's own word for `state`; `None` when the state was derived from the nodes.
    pub raw_status: Option<String>,
    /// A coarse phase, in the vendor's words.
    pub phase: Option<String>,
    pub versions: Option<VersionChange>,
    pub started_at: Option<VendorTime>,
    pub ended_at: Option<VendorTime>,
    /// In the vendor's order, which is not promised to be the order of work.
    pub nodes: Vec<Node>,
    /// Steps of the operation as a whole (Hologres); steps of a node's turn are with the node.
    pub steps: Vec<Step>,
    /// How many times the vendor has run this task, where it says so.
    pub attempts: Option<u32>,
    /// The vendor's own estimate of the whole duration.
    pub estimated_for: Option<Span>,
    pub az_plan: Option<AzPlan>,
    pub facts: Vec<Fact>,
}

impl Operation {
    /// An operation of which nothing is known yet but its kind and state.
    pub fn new(kind: OperationKind, state: State) -> Self {
        Operation {
            id: None,
            kind,
            state,
            raw_status: None,
            phase: None,
            versions: None,
            started_at: None,
            ended_at: None,
            nodes: Vec::new(),
            steps: Vec::new(),
            attempts: None,
            estimated_for: None,
            az_plan: None,
            facts: Vec::new(),
        }
    }

    /// The nodes role by role, in the vendor's order within a role.
    pub fn nodes_by_role(&self) -> Vec<&Node> {
        let mut nodes: Vec<&Node> = self.nodes.iter().collect();
        nodes.sort_by_key(|node| node.role);
        nodes
    }
}

impl Node {
    pub fn new(name: impl Into<String>, role: NodeRole, state: State) -> Self {
        Node { name: name.into(), role, state, raw_status: None, updated_at: None, steps: Vec::new() }
    }
}
