//! When "nothing has changed" is too long.
//!
//! A limit comes from how long this very step took before: on the nodes that are done, else in earlier runs of
//! the cluster; else from the vendor's documents; else from a default. Whatever it is, the page prints it.

use super::documented::{self, documented};
use super::service::service_of;
use super::usual::{Experience, average, role_of, usual};
use super::work::{Doing, at_work};
use crate::model::{Operation, Span, Timestamp};
use crate::timeline::Timeline;

/// Where a limit comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitSource {
    /// The same took `usual_for` before.
    Usual { usual_for: Span, experience: Experience },
    /// The vendor documents how long it takes.
    Documented { from: Span, to: Span },
    /// Nothing better is known.
    Default,
}

/// What "slow" and "stalled" rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    pub unchanged_for: Span,
    pub slow_after: Span,
    pub stalled_after: Span,
    /// The step that the limits are for, as the vendor calls it; `None`: they are for a node's whole turn or for
    /// a phase without a name.
    pub step: Option<String>,
    pub source: LimitSource,
    /// How long the vendor itself lets it go on, where that decides over "stalled".
    pub legal: Option<Span>,
    /// Whether the operation has taken longer than the estimate.
    pub past_estimate: bool,
}

impl Basis {
    /// Whether nothing has changed for longer than usual.
    pub fn is_late(&self) -> bool {
        self.unchanged_for > self.slow_after
    }

    pub fn is_slow(&self) -> bool {
        self.is_late() || self.past_estimate
    }

    pub fn is_stalled(&self) -> bool {
        self.unchanged_for > self.stalled_after
    }
}

/// No limit is tighter than this: a small cluster restarts a node in seconds.
const FLOOR: (Span, Span) = (Span::minutes(10), Span::minutes(15));

/// The limits that apply to what is going on now; `None` when nothing is. Of several things at work the one with
/// the tightest limit counts: it should have changed first.
pub(super) fn basis(
    timeline: &Timeline,
    operation: &Operation,
    past_estimate: bool,
    now: Timestamp,
) -> Option<Basis> {
    let unchanged_for = now.since(timeline.unchanged_since()?);
    let limits = at_work(timeline, operation, service_of(operation)).into_iter().map(|doing| {
        let basis = limits(timeline, operation, &doing);
        Basis { unchanged_for, past_estimate, ..basis }
    });
    limits.min_by_key(|basis| (basis.stalled_after, basis.slow_after))
}

fn limits(timeline: &Timeline, operation: &Operation, doing: &Doing<'_>) -> Basis {
    let service = service_of(operation);
    let known = documented(service, operation.kind, doing);
    // The whole turn of a node is no less than a step of it, and its average holds what was waited for too: it
    // comes after what the vendor documents.
    let turns = || {
        let is_of_node = matches!(doing, Doing::Stage { role: Some(_), .. });
        is_of_node.then(|| average(operation, role_of(doing))).flatten().map(|usual| (usual, None))
    };
    let name = match doing {
        Doing::Stage { name, .. } => Some((*name).to_owned()),
        _ => None,
    };
    let found = usual(timeline, operation, doing).map(|usual| (usual, name.clone()));
    let known_or_turns = || if known.usual.is_none() { turns() } else { None };
    let found = found.or_else(known_or_turns);
    let (slow, stalled, source, step) = if let Some(((usual_for, experience), step)) = found {
        let source = LimitSource::Usual { usual_for, experience };
        (usual_for.scaled(2.0), usual_for.scaled(3.0), source, step)
    } else if let Some((from, to)) = known.usual {
        let slow = from.scaled(2.0).max(to);
        let stalled = from.scaled(3.0).max(to.scaled(2.0));
        (slow, stalled, LimitSource::Documented { from, to }, None)
    } else {
        let (slow, stalled) = documented::default(service, doing);
        (slow, stalled, LimitSource::Default, name)
    };
    let (slow_after, stalled_after) = (slow.max(FLOOR.0), stalled.max(FLOOR.1));
    let legal = known.legal.filter(|legal| *legal > stalled_after);
    Basis {
        unchanged_for: Span::ZERO,
        slow_after,
        stalled_after: legal.unwrap_or(stalled_after),
        step,
        source,
        legal,
        past_estimate: false,
    }
}
