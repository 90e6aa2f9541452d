//! What a recording tells of a run beside single answers. Each of these stands for many polls, so that replaying
//! a week takes as long as what changed in it.

use super::{GAPS_KEPT, Gap, Outcome, Run, Timeline};
use crate::error::PollError;
use crate::model::Timestamp;

impl Timeline {
    /// The answer at `at` was about the run before.
    pub fn followed(&mut self, at: Timestamp) {
        self.follows = Some(at);
    }

    /// Answers went on to say what the latest one says, without a gap, the last of them at `until`.
    pub fn went_on(&mut self, until: Timestamp) {
        if let Some(mut latest) = self.latest.take() {
            latest.observed_at = latest.observed_at.max(until);
            self.remember_work(&latest, latest.observed_at);
            self.latest = Some(latest);
        }
    }

    /// So many polls failed one after the other in one way, the first of them at `from`.
    pub fn missed(&mut self, error: PollError, count: u32, from: Timestamp) {
        self.record(Outcome::Failed(error), from);
        if let Some(outage) = &mut self.outage {
            outage.count = outage.count.saturating_add(count.saturating_sub(1));
        }
    }

    /// Nobody watched in this stretch.
    pub fn unwatched(&mut self, gap: Gap) {
        self.gaps.push(gap);
        let surplus = self.gaps.len().saturating_sub(GAPS_KEPT);
        self.gaps.drain(..surplus);
    }

    /// This history, with what is known of runs before all of it, the newest first.
    pub fn after(mut self, earlier: &[Run]) -> Self {
        let mut all = std::mem::take(&mut self.earlier);
        all.extend_from_slice(earlier);
        Timeline { earlier: Timeline::with_earlier(all).earlier, ..self }
    }
}
