//! The facts of one answer.

use super::{NodeRole, Operation, State, Timestamp};

/// What one answer says, mapped to our words and otherwise untouched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// When the answer arrived, on the vendor's clock as far as it is known.
    pub observed_at: Timestamp,
    /// The name that people gave the cluster, when the answer tells it.
    pub cluster_name: Option<String>,
    /// The operation in progress, or else the latest one. `None`: the vendor reports none.
    pub operation: Option<Operation>,
    /// Older operations that the vendor lists, newest first.
    pub earlier: Vec<Operation>,
    pub precheck: Option<Precheck>,
    /// What the vendor says of groups of nodes, which may disagree with the nodes themselves.
    pub groups: Vec<GroupSummary>,
    /// What was odd about this answer, and was understood or kept all the same.
    pub warnings: Vec<Warning>,
}

impl Observation {
    /// An observation that says nothing yet.
    pub fn new(observed_at: Timestamp) -> Self {
        Observation {
            observed_at,
            cluster_name: None,
            operation: None,
            earlier: Vec::new(),
            precheck: None,
            groups: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

/// The answer to "could a rolling restart start now?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Precheck {
    Passed,
    /// The vendor's reason, in its own words.
    Refused {
        reason: String,
    },
    /// The vendor answered something that is neither.
    Unclear {
        raw: String,
    },
}

/// A vendor's summary over a group of nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupSummary {
    pub role: NodeRole,
    /// How many nodes the group has.
    pub total: Option<u32>,
    /// How many of them the vendor counts as operating.
    pub operating: Option<u32>,
    pub state: State,
    pub raw_status: Option<String>,
}

/// Something odd in an answer that did not keep it from being understood.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Warning {
    /// A word that no table of ours lists, kept and shown as it is.
    UnknownWord { field: String, word: String },
    /// Embedded text was not valid JSON and was read tolerantly; every value is exact.
    Repaired { field: String },
    /// Embedded text could not be read; it is kept for showing.
    Unreadable { field: String, raw: String },
    /// A time that could not be read.
    BadTime { field: String, raw: String },
    /// A field that the vendor documents is missing or has another shape.
    MissingField { field: String },
    /// The vendor reports more operations than this answer holds.
    MoreOperations { total: u32, shown: u32 },
}
