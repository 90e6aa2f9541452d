//! One run of an operation, in full: what is kept of it when it is over.

use super::{Gap, Stage, Timeline, Track, When};
use crate::model::{Operation, OperationKind, State, Timestamp, VersionChange};

/// A run as far as it was seen. Later runs of the cluster are compared with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The vendor's task id, where it has one.
    pub id: Option<String>,
    pub kind: OperationKind,
    pub state: State,
    pub raw_status: Option<String>,
    pub versions: Option<VersionChange>,
    pub began: When,
    /// `None` when it was not seen to end.
    pub ended: Option<When>,
    pub first_seen_at: Timestamp,
    pub seen_until: Timestamp,
    /// In the vendor's order of the nodes, as it was listed last.
    pub tracks: Vec<Track>,
    /// The steps of the operation as a whole.
    pub stages: Vec<Stage>,
    pub gaps: Vec<Gap>,
}

impl Timeline {
    /// The run that is going on or was seen last; `None` when the vendor reports no operation, or one of which
    /// nothing can be told.
    pub fn run(&self) -> Option<Run> {
        let latest = self.latest()?;
        let operation = self.operation()?;
        if operation.shows_only_colours() && !self.saw_work() {
            return None;
        }
        Some(Run {
            id: operation.id.clone(),
            kind: operation.kind,
            state: operation.state,
            raw_status: operation.raw_status.clone(),
            versions: operation.versions.clone(),
            began: self.began(operation),
            ended: self.ended(operation),
            first_seen_at: self.first_seen_at().unwrap_or(latest.observed_at),
            seen_until: latest.observed_at,
            tracks: operation.nodes.iter().filter_map(|node| self.track(node)).cloned().collect(),
            stages: self.stages().to_vec(),
            gaps: self.gaps().to_vec(),
        })
    }

    /// When the operation began: as the vendor says, else as its work was seen to begin.
    fn began(&self, operation: &Operation) -> When {
        if let Some(time) = &operation.started_at {
            return When::Reported(time.at);
        }
        let first = self.tracks().filter_map(|track| track.turns.first()).map(|turn| turn.began);
        let seen_at = self.first_seen_at().unwrap_or(Timestamp::from_millis(0));
        first.min_by_key(|began| began.latest()).unwrap_or(When::By(seen_at))
    }

    /// When the operation ended: as the vendor says, else with the change that ended it, else with the latest
    /// change that is reported of its nodes and steps.
    pub fn ended(&self, operation: &Operation) -> Option<When> {
        if !operation.state.is_over() {
            return None;
        }
        let reported = operation.ended_at.as_ref().map(|time| When::Reported(time.at));
        let turns = self.tracks().filter_map(|track| track.turns.last()?.ended);
        let parts = turns.chain(self.stages().iter().filter_map(|stage| stage.ended));
        reported.or_else(|| parts.max_by_key(|ended| ended.latest()))
    }
}
