//! How many nodes are done. Counts, never a bare percentage: a percentage that stands still says nothing.

use crate::model::{Operation, State};

/// Nodes by state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Completion {
    pub done: usize,
    pub active: usize,
    pub waiting: usize,
    pub failed: usize,
    pub rolled_back: usize,
    pub unknown: usize,
}

impl Completion {
    pub fn of(operation: &Operation) -> Self {
        let mut counts = Completion::default();
        for node in &operation.nodes {
            match node.state {
                State::Succeeded => counts.done += 1,
                State::Running => counts.active += 1,
                State::Pending => counts.waiting += 1,
                State::Failed | State::PartiallySucceeded => counts.failed += 1,
                State::RolledBack => counts.rolled_back += 1,
                State::Unknown => counts.unknown += 1,
            }
        }
        counts
    }

    pub fn total(self) -> usize {
        self.done + self.active + self.waiting + self.failed + self.rolled_back + self.unknown
    }
}
