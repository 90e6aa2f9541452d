//! What is known of a cluster beside its progress, from further calls to the same vendor.
//!
//! A background is held in memory for as long as a cluster is watched with one credential. Nothing in it is
//! needed to understand an answer: without it, fewer things have names.

use crate::error::{ErrorKind, PollError};
use crate::model::{Fact, Observation, Operation, Span, Timestamp, VersionChange, Zone};

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
    /// The image of that version, where the vendor has several of one version.
    pub current_image: Option<String>,
    /// What the vendor says of the cluster beside its name and version.
    pub cluster_facts: Vec<Fact>,
    /// Operations of other pages than the first, in the vendor's order.
    pub further_operations: Vec<Operation>,
    /// How far those pages are read; `None` before the first of them.
    pub(super) pages: Option<Pages>,
    /// Whether the question itself asks for all operations: the current one stood on another page than the first.
    pub(super) asks_for_all: bool,
    /// Whether the number of the region goes along, where a refusal has taught that the table is wrong.
    pub(super) sends_region_number: Option<bool>,
    settled: Vec<Settled>,
    seen: Vec<Seen>,
}

/// How far the pages of a list of operations are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pages {
    /// How many operations the vendor counted with the first of these pages.
    pub(super) total: u32,
    /// With which operation the next page begins, counted from 1; `None` when no page is left to ask for.
    pub(super) next: Option<u32>,
}

/// An operation that was seen under way.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    operation: String,
    /// The change that it makes, once the version which it leaves is known.
    versions: Option<VersionChange>,
    /// Whether it was over when it was seen last.
    over: bool,
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

    /// Keeps what an answer tells and a later one may not tell again: which version an operation leaves, and
    /// that the current one stands on another page than the first. When an operation that was seen under way
    /// is over, the cluster has to be asked anew.
    pub(super) fn remember(&mut self, observation: &Observation) {
        let Some(operation) = &observation.operation else { return };
        let Some(id) = &operation.id else { return };
        self.asks_for_all |= self.further_operations.iter().any(|other| other.id.as_ref() == Some(id));
        let over = operation.state.is_over();
        let versions = operation.versions.clone().filter(|versions| versions.from.is_some());
        match self.seen.iter_mut().find(|seen| seen.operation == *id) {
            None if over => {}
            None => self.seen.push(Seen { operation: id.clone(), versions, over }),
            Some(seen) => {
                let ended = over && !seen.over;
                seen.over = over;
                seen.versions = seen.versions.take().or(versions);
                if ended {
                    self.current_version = None;
                    self.current_image = None;
                    self.settled.retain(|settled| settled.supplement != Supplement::Cluster);
                }
            }
        }
    }

    /// The change of versions that an operation was seen to make.
    pub(super) fn version_change(&self, operation: &str) -> Option<&VersionChange> {
        self.seen.iter().find(|seen| seen.operation == operation)?.versions.as_ref()
    }
}
