//! How a person looks at the page of a cluster.

use std::collections::BTreeSet;

use crate::model::Timestamp;

/// What the reader of a cluster's page has chosen to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// The part of time that the chart shows.
    pub window: Window,
    /// Whether every node has a row of its own in the chart, however many there are.
    pub unfolded: bool,
    /// The earlier run with which this one is compared: its place in `Timeline::earlier`. A place that the list
    /// does not have compares with none.
    pub compared: Option<usize>,
    /// Whether all that has changed is listed, however much that is.
    pub all_changes: bool,
    /// The runs whose nodes' times are shown: their `RunRow::key`.
    pub unfolded_runs: BTreeSet<String>,
    /// When this person last had the page before their eyes, before now.
    pub looked_at: Option<Timestamp>,
    /// What is shown is the past, as it was known then; this is the present.
    pub present: Option<Timestamp>,
}

/// The part of time that a chart shows. Every choice is kept within the run, and to at least a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Window {
    /// The whole run.
    #[default]
    All,
    /// What is at work now, from the beginning of its turns.
    Active,
    LastHour,
    Between(Timestamp, Timestamp),
}

/// A wish of the reader about the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Window(Window),
    Unfolded(bool),
    Compared(Option<usize>),
}

impl Look {
    /// Looks as somebody wishes to.
    pub fn follow(&mut self, wish: Wish) {
        match wish {
            Wish::Window(window) => self.window = window,
            Wish::Unfolded(unfolded) => self.unfolded = unfolded,
            Wish::Compared(compared) => self.compared = compared,
        }
    }
}
