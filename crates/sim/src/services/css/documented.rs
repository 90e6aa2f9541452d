//! The documented sample of a move between zones, six days of it: the order of its nodes, the two steps that it
//! lists and how far their times are from the start. The answer stays what it is, for the sample goes no further.
//!
//! Vendor page: "Querying Cluster Upgrade Details" (UpgradeDetail), 2026-09-02.

use super::{STEPS, step_value};
use crate::scene::Scene;
use rollwatch_core::model::Span;
use serde_json::Value;

/// The numbers in the names of the nodes, in the order of work: the first is done, the second is worked on.
pub(super) const NODES: [usize; 3] = [2, 1, 3];

/// From 08:32:29 to the times of the steps: 08:41:05 and 08:41:23 of the same day, and 06:53:42 six days later.
const MIGRATION: (Span, Span) = (Span::seconds(8 * 60 + 36), Span::seconds(8 * 60 + 54));
const UPDATE: Span = Span::seconds(((5 * 24 + 22) * 60 + 21) * 60 + 13);

/// The first and the last step of the second node.
pub(super) fn steps(scene: &Scene<'_>) -> Vec<Value> {
    let [first, .., last] = &STEPS;
    vec![
        step_value(first, "SUCCESS", (Some(MIGRATION.0), Some(MIGRATION.1)), scene),
        step_value(last, "RUNNING", (Some(UPDATE), None), scene),
    ]
}
