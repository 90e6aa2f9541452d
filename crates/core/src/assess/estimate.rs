//! How much longer: a range with its source, or nothing.

mod earlier;
mod formula;
mod pace;
#[cfg(test)]
mod tests;

use super::completion::Completion;
use super::service::service_of;
use crate::model::{Operation, Service, Span, State, Timestamp};
use crate::timeline::Timeline;

/// Where an estimate comes from, the most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EstimateSource {
    /// The vendor estimates this operation itself.
    Vendor,
    /// How long so many earlier runs of this cluster took.
    EarlierRuns { runs: usize },
    /// What the vendor publishes of such operations.
    Formula,
    /// The pace of the nodes that are done.
    Pace { nodes: usize },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Estimate {
    /// There is no basis for one.
    None,
    /// It will take between `low` and `high` from now.
    Remaining { low: Span, high: Span, source: EstimateSource },
    /// It will take `low` from now at least; how much longer depends on what is not known.
    AtLeast { low: Span, source: EstimateSource },
    /// It has taken `by` longer than the upper end `of` the estimate.
    Overdue { by: Span, of: Span, source: EstimateSource },
}

impl Estimate {
    /// How long ago it was passed, where that means anything: a small cluster may be done within a minute or ten.
    pub(super) fn past_for(&self) -> Option<Span> {
        match self {
            Estimate::Overdue { by, of, .. } => {
                (by.as_millis().saturating_add(of.as_millis()) > MATTERS_FROM.as_millis()).then_some(*by)
            }
            _ => None,
        }
    }
}

/// What goes on for no longer than this is not called slow, whatever was expected of it.
const MATTERS_FROM: Span = Span::minutes(10);

/// The first source in the order of [`EstimateSource`] that has something to say. A formula that this run has
/// disproved speaks only when nothing else does.
pub(super) fn estimate(timeline: &Timeline, operation: &Operation, now: Timestamp) -> Estimate {
    if operation.state != State::Running {
        return Estimate::None;
    }
    let run = Run {
        timeline,
        operation,
        counts: Completion::of(operation),
        started_at: operation.started_at.as_ref().map(|time| time.at).or_else(|| timeline.work_began_at()),
        now,
    };
    let formula = formula::estimate(&run);
    let holds = formula.filter(|_| !formula::is_disproved(&run));
    let sources = [vendor(&run), earlier::estimate(&run), holds, pace::estimate(&run), formula];
    sources.into_iter().flatten().next().unwrap_or(Estimate::None)
}

/// The run that goes on.
struct Run<'a> {
    timeline: &'a Timeline,
    operation: &'a Operation,
    counts: Completion,
    started_at: Option<Timestamp>,
    now: Timestamp,
}

impl Run<'_> {
    /// How long it has been going on; `None` when that is not known, or not possible.
    fn elapsed_for(&self) -> Option<Span> {
        Some(self.now.since(self.started_at?)).filter(|span| *span >= Span::ZERO)
    }

    /// How many nodes are not done; `None` when some are in a state whose needs cannot be counted, and where nodes
    /// do not take turns: Hologres upgrades its instances as one.
    fn left(&self) -> Option<usize> {
        if service_of(self.operation) == Some(Service::AlibabaHologres) {
            return None;
        }
        let Completion { active, waiting, unknown, failed, rolled_back, .. } = self.counts;
        (unknown + failed + rolled_back == 0 && active + waiting > 0).then_some(active + waiting)
    }

    /// How many nodes are worked on at once.
    fn width(&self) -> usize {
        let batch = self.operation.facts.iter().find(|fact| fact.name == "batchSize");
        let batch = batch.and_then(|fact| fact.value.parse().ok()).unwrap_or(1);
        if self.counts.active > 0 { self.counts.active } else { batch }.max(1)
    }

    /// How long the turns now at work have been going on, or, between two turns, how long it has been since the
    /// latest of them ended.
    fn spent_for(&self) -> Span {
        let turns = || self.timeline.tracks().flat_map(|track| &track.turns);
        let began = turns().filter(|turn| turn.ended.is_none()).map(|turn| turn.began.latest()).min();
        let ended = || turns().filter_map(|turn| turn.ended).map(|ended| ended.latest()).max();
        let from = began.or_else(ended).or(self.started_at).unwrap_or(self.now);
        self.now.since(from).max(Span::ZERO)
    }
}

fn vendor(run: &Run<'_>) -> Option<Estimate> {
    let of = run.operation.estimated_for.filter(|of| *of > Span::ZERO)?;
    Some(of_whole(run.elapsed_for()?, (of, of), EstimateSource::Vendor))
}

/// What is left of an operation of which the whole length is expected to be in a range.
fn of_whole(elapsed_for: Span, (low, high): (Span, Span), source: EstimateSource) -> Estimate {
    let left = |of: Span| Span::millis(of.as_millis().saturating_sub(elapsed_for.as_millis()));
    if elapsed_for > high {
        return Estimate::Overdue { by: left(high).abs(), of: high, source };
    }
    Estimate::Remaining { low: left(low).max(Span::ZERO), high: left(high), source }
}
