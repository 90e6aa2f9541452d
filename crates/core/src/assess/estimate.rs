//! How much longer: a range with its source, or nothing.

use super::completion::Completion;
use super::pace;
use crate::model::{Operation, Span, State, Timestamp};

/// Where an estimate comes from, the most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EstimateSource {
    /// The vendor estimates this operation itself.
    Vendor,
    /// The pace of the nodes that are done.
    Pace { nodes: usize },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Estimate {
    /// There is no basis for one.
    None,
    /// It will take between `low` and `high` from now.
    Remaining { low: Span, high: Span, source: EstimateSource },
    /// It has taken `by` longer than the estimate of `of`.
    Overdue { by: Span, of: Span, source: EstimateSource },
}

/// A few nodes are a poor sample: the range is this wide around their average.
const PACE_RANGE: (f64, f64) = (0.8, 1.5);

pub(super) fn estimate(operation: &Operation, now: Timestamp) -> Estimate {
    let counts = Completion::of(operation);
    // What nodes in an unknown state still need cannot be counted.
    if operation.state != State::Running || counts.unknown > 0 {
        return Estimate::None;
    }
    let Some(started_at) = operation.started_at.as_ref().map(|time| time.at) else { return Estimate::None };
    let elapsed_for = now.since(started_at);
    if let Some(of) = operation.estimated_for {
        let left = of.as_millis() - elapsed_for.as_millis();
        return match left {
            ..0 => Estimate::Overdue { by: Span::millis(-left), of, source: EstimateSource::Vendor },
            _ => {
                let left = Span::millis(left);
                Estimate::Remaining { low: left, high: left, source: EstimateSource::Vendor }
            }
        };
    }
    let Some((usual_for, nodes)) = pace::pace(operation) else { return Estimate::None };
    let (total, done) = (counts.total(), counts.done);
    let source = EstimateSource::Pace { nodes };
    let whole = |factor: f64| {
        // What is done took what it took; the rest is taken at the pace times the factor.
        let rest = total.saturating_sub(done) as f64;
        Span::millis((usual_for.as_millis() as f64 * (done as f64 + rest * factor)) as i64)
    };
    let (low, high) = (whole(PACE_RANGE.0), whole(PACE_RANGE.1));
    if elapsed_for > high {
        let of = whole(1.0);
        return Estimate::Overdue { by: Span::millis(elapsed_for.as_millis() - of.as_millis()), of, source };
    }
    let left = |of: Span| Span::millis((of.as_millis() - elapsed_for.as_millis()).max(0));
    Estimate::Remaining { low: left(low), high: left(high), source }
}
