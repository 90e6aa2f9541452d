//! What is known of a cluster beside its progress, from further calls to the same vendor.
//!
//! A background is held in memory for as long as a cluster is watched with one credential. Nothing in it is
//! needed to understand an answer: without it, fewer things have names.

use crate::error::{ErrorKind, PollError};
use crate::model::{Operation, Span, Timestamp, Zone};

/// A further call that could tell more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Supplement {
    /// The list of versions, for the names that stand for version codes.
    Versions,
    /// The list of nodes, whose times show in which zone the vendor writes.
    Nodes,
    /// The cluster itself: its name and its version before the upgrade.
    Cluster,
    /// The operations from this number on, counted from 1, where one answer does not list all.
    Operations { from: u32 },
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Background {
    /// Version codes and the names that the vendor gives them.
    pub versions: Vec<(String, String)>,
    /// In which zone the vendor writes times without one; `None` while only an assumption is known.
    pub zone: Option<Zone>,
    pub cluster_name: Option<String>,
    /// The version that the cluster runs, as it was asked for last.
    pub current_version: Option<String>,
    /// Operations of other pages than the first, in the vendor's order.
    pub further_operations: Vec<Operation>,
    /// Whether the number of the region goes along, where a refusal has taught that the table is wrong.
    pub(super) sends_region_number: Option<bool>,
    settled: Vec<Settled>,
}

#[derive(Debug, Clone, PartialEq)]
struct Settled {
    supplement: Supplement,
    at: Timestamp,
    /// `None` after an answer.
    failure: Option<ErrorKind>,
}

/// After a failure that may heal, a supplement is not asked for again before this has passed.
const FAILED_FOR: Span = Span::minutes(10);

impl Background {
    /// Whether a supplement is worth asking for at `now`: an answer is good for `good_for`, and a refusal that
    /// only a person can mend is final.
    pub(super) fn is_due(&self, supplement: Supplement, good_for: Span, now: Timestamp) -> bool {
        let Some(settled) = self.settled.iter().find(|settled| settled.supplement == supplement) else {
            return true;
        };
        let age = now.since(settled.at);
        match settled.failure {
            None => age >= good_for,
            Some(kind) => kind.may_heal() && age >= FAILED_FOR,
        }
    }

    /// Remembers what came of asking for a supplement.
    pub(super) fn settle(&mut self, supplement: Supplement, outcome: &Result<(), PollError>, now: Timestamp) {
        self.settled.retain(|settled| settled.supplement != supplement);
        let failure = outcome.as_ref().err().map(|error| error.kind);
        self.settled.push(Settled { supplement, at: now, failure });
    }

    /// The name that the vendor gives a version code.
    pub(super) fn version_name(&self, code: &str) -> Option<&str> {
        self.versions.iter().find(|(known, _)| known == code).map(|(_, name)| name.as_str())
    }
}
