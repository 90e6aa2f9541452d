//! How a person looks at the page of a cluster.

use crate::model::Timestamp;

/// What the reader of a cluster's page has chosen to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// The part of time that the chart shows.
    pub window: Window,
    /// Whether every node has a row of its own in the chart, however many there are.
    pub unfolded: bool,
    /// The earlier run with which this one is compared: its place in `Timeline::earlier`.
    pub compared: Option<usize>,
    /// When this person last had the page before their eyes, before now.
    pub looked_at: Option<Timestamp>,
    /// What is shown is the past, as it was known then; this is the present.
    pub present: Option<Timestamp>,
}

/// The part of time that a chart shows.
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
