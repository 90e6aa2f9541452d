//! One rolling operation as a vendor reports it: nodes, steps and versions.

use super::{OperationKind, Span, State, Timestamp, VendorTime};

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

impl NodeRole {
    /// In the order in which roles are shown.
    pub const ALL: [NodeRole; 8] = [
        NodeRole::Master,
        NodeRole::Manager,
        NodeRole::Data,
        NodeRole::Broker,
        NodeRole::ZooKeeper,
        NodeRole::Leader,
        NodeRole::Follower,
        NodeRole::Unstated,
    ];
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
    /// The kind of migration, in the vendor's word.
    pub kind: Option<String>,
    /// The kind of nodes that are moved, in the vendor's word.
    pub node_type: Option<String>,
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
    /// Until when an operation that is prepared and not begun may be started; after that it has to be prepared
    /// again.
    pub valid_until: Option<Timestamp>,
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
            valid_until: None,
            az_plan: None,
            facts: Vec::new(),
        }
    }

    /// Whether the vendor shows nothing of this operation but the colours of its nodes, as it does of brokers and
    /// ZooKeepers. Green then means as much before the work as after it.
    pub fn shows_only_colours(&self) -> bool {
        let is_coloured = |node: &Node| matches!(node.role, NodeRole::Broker | NodeRole::ZooKeeper);
        self.id.is_none() && !self.nodes.is_empty() && self.nodes.iter().all(is_coloured)
    }

    /// The nodes role by role, in the vendor's order within a role.
    pub fn nodes_by_role(&self) -> Vec<&Node> {
        let of_role = |role| self.nodes.iter().filter(move |node| node.role == role);
        NodeRole::ALL.into_iter().flat_map(of_role).collect()
    }
}

impl Node {
    pub fn new(name: impl Into<String>, role: NodeRole, state: State) -> Self {
        Node { name: name.into(), role, state, raw_status: None, updated_at: None, steps: Vec::new() }
    }

    /// The vendor's word for what is being done to this node, where it lists no steps but changes this word as the
    /// work goes on, as NAVER's search clusters do. Colours, and the status of an instance, say nothing of that.
    pub fn work_word(&self) -> Option<&str> {
        let says_steps = matches!(self.role, NodeRole::Master | NodeRole::Manager | NodeRole::Data);
        let at_work = matches!(self.state, State::Running | State::Unknown);
        self.raw_status.as_deref().filter(|_| says_steps && at_work && self.steps.is_empty())
    }
}
