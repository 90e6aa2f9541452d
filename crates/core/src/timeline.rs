//! What was seen over time: outcomes folded into the latest facts, the transitions between them, and the
//! times in which nobody watched.
//!
//! A vendor answers with a snapshot. A change seen between two answers happened somewhere in the interval
//! between them, and it is kept as that interval, never as a false instant.

mod changes;
mod replay;
mod run;
mod track;
mod when;

pub use changes::{Subject, Transition};
pub use run::Run;
pub use track::{Stage, Track, Turn};
pub use when::{Gap, GapCause, Outage, Pause, When};

use std::collections::{BTreeMap, BTreeSet};

use crate::error::PollError;
use crate::model::{Node, NodeRole, Observation, Operation, Span, State, Timestamp};
use track::Between;

/// The most transitions that are kept for one operation; the oldest go first.
const TRANSITIONS_KEPT: usize = 2_000;

/// A pause between two good answers that is longer than this was not watched. It is above the slowest regular
/// interval of `poll`, for an operation that goes on and for the rest.
const UNWATCHED_AFTER: Span = Span::minutes(3);
const UNWATCHED_AFTER_IDLE: Span = Span::minutes(16);

/// The most gaps, and the most pauses, that are kept for one operation; the oldest go first.
const GAPS_KEPT: usize = 200;

/// How many earlier runs of a cluster are kept, and how many nodes they may have together: a page watches many
/// clusters for weeks, and the runs of large ones fill its memory.
pub const RUNS_KEPT: usize = 20;
const NODES_KEPT: usize = 1_000;

/// Nothing changed for so long, and then it went on: worth noting when somebody asks what happened.
const PAUSE_WORTH_NOTING: Span = Span::minutes(15);

/// The longest pause between two nodes of one restart, where a vendor shows only colours.
const PAUSE_BETWEEN_NODES: Span = Span::minutes(10);

/// What one poll brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Observed(Box<Observation>),
    Failed(PollError),
}

/// What `Timeline::record` made of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recorded {
    /// The answer is about another run than the one before it, which has gone to the earlier ones.
    pub another_run: bool,
    /// The answer says something else than the one before it.
    pub changed: bool,
    /// When the answer before it came, if it is the first one about another run.
    pub followed: Option<Timestamp>,
    /// Between the answer before it and this one nobody watched.
    pub gap: Option<Gap>,
}

/// The history of one watched cluster: the run that goes on in full, and the runs before it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    latest: Option<Observation>,
    outage: Option<Outage>,
    transitions: Vec<Transition>,
    gaps: Vec<Gap>,
    pauses: Vec<Pause>,
    /// The latest time that the nodes came in another order than before.
    reordered: Option<When>,
    /// When this operation was first seen.
    first_seen_at: Option<Timestamp>,
    /// Since when the observed facts have been what they are.
    unchanged_since: Option<Timestamp>,
    tracks: BTreeMap<(NodeRole, String), Track>,
    stages: Vec<Stage>,
    /// When a node was last seen at work. Where a vendor shows only colours, the same green means "not yet"
    /// before that and "done" after it.
    worked_last_at: Option<Timestamp>,
    /// When the latest answer about the run before came, where this one was seen to follow it.
    follows: Option<Timestamp>,
    /// When a page began to watch after the latest answer.
    reopened_at: Option<Timestamp>,
    /// The newest first.
    earlier: Vec<Run>,
}

impl Timeline {
    /// A history that begins with what is known of earlier runs, the newest first.
    pub fn with_earlier(mut earlier: Vec<Run>) -> Self {
        let mut nodes = 0;
        let fits = |run: &&Run| {
            nodes += run.tracks.len();
            nodes <= NODES_KEPT
        };
        let fitting = earlier.iter().take(RUNS_KEPT).take_while(fits).count();
        // The latest one is kept whatever its size: it is what the next one is compared with.
        earlier.truncate(fitting.max(1));
        earlier.shrink_to_fit();
        Timeline { earlier, ..Timeline::default() }
    }

    /// Adds what one poll brought, at `at` on the vendor's clock.
    pub fn record(&mut self, outcome: Outcome, at: Timestamp) -> Recorded {
        match outcome {
            Outcome::Failed(error) => {
                let earlier = self.outage.take();
                self.outage = Some(Outage {
                    since: earlier.as_ref().map_or(at, |outage| outage.since),
                    count: earlier.map_or(1, |outage| outage.count.saturating_add(1)),
                    error,
                });
                Recorded::default()
            }
            Outcome::Observed(observation) => self.observe(*observation),
        }
    }

    /// Notes that a page began to watch again: from the latest answer until `at` none was open.
    pub fn reopened(&mut self, at: Timestamp) {
        self.outage = None;
        self.reopened_at = Some(at);
    }

    fn observe(&mut self, mut new: Observation) -> Recorded {
        let at = new.observed_at;
        let outage = self.outage.take();
        let reopened = self.reopened_at.take().is_some();
        let old = self.latest.take();
        let another_run = old.as_ref().is_some_and(|old| changes::is_another_run(old, &new));
        if another_run {
            self.latest = old.clone();
            let mut earlier = std::mem::take(&mut self.earlier);
            earlier.splice(0..0, self.run());
            let follows = old.as_ref().map(|old| old.observed_at);
            *self = Timeline { follows, ..Timeline::with_earlier(earlier) };
        }
        // Where a vendor shows only colours, an answer about the run before shows that this one had not begun.
        let coloured = new.operation.as_ref().is_some_and(Operation::shows_only_colours);
        let before = match &old {
            Some(old) if !another_run => Some(old.observed_at),
            _ => self.follows.filter(|_| coloured),
        };
        let between = Between { after: before, until: at };
        self.remember_work(&new, at);
        self.credit_finished_work(&mut new);
        self.bridge_pause(&mut new);
        self.follow(&new, between);
        let (mut changed, mut gap) = (true, None);
        if let Some(old) = &old {
            changed = !says_the_same(old, &new);
            gap = self.note_gap(old, at, outage, reopened);
            self.note_changes(old, &new, changed && !another_run);
        }
        self.first_seen_at.get_or_insert(at);
        self.unchanged_since.get_or_insert(at);
        self.latest = Some(new);
        let followed = self.follows.filter(|_| another_run);
        Recorded { another_run, changed, followed, gap }
    }

    fn note_gap(
        &mut self,
        old: &Observation,
        at: Timestamp,
        outage: Option<Outage>,
        reopened: bool,
    ) -> Option<Gap> {
        let goes_on = old.operation.as_ref().is_some_and(|operation| !operation.state.is_over());
        let longest = if goes_on { UNWATCHED_AFTER } else { UNWATCHED_AFTER_IDLE };
        let after = old.observed_at;
        if at.since(after) <= longest {
            return None;
        }
        let cause = match outage {
            _ if reopened => GapCause::Closed,
            Some(outage) => GapCause::Unanswered(outage.error.kind),
            None => GapCause::Suspended,
        };
        let gap = Gap { after, until: at, cause };
        self.unwatched(gap);
        Some(gap)
    }

    fn note_changes(&mut self, old: &Observation, new: &Observation, in_run: bool) {
        if !in_run {
            return;
        }
        let changes = changes::changes(old, new);
        let stood_since = self.unchanged_since;
        if let (Some(was), Some(is)) = (&old.operation, &new.operation)
            && changes::is_reordered(was, is)
        {
            self.reordered = Some(When::Between { after: old.observed_at, until: new.observed_at });
        }
        if !changes.is_empty() || old.operation != new.operation || old.precheck != new.precheck {
            self.unchanged_since = Some(new.observed_at);
            let goes_on = old.operation.as_ref().is_some_and(|operation| !operation.state.is_over());
            if let Some(from) = stood_since.filter(|_| goes_on)
                && self.watched_for(from, new.observed_at) >= PAUSE_WORTH_NOTING
            {
                self.pauses.push(Pause { from, until: new.observed_at });
                let surplus = self.pauses.len().saturating_sub(GAPS_KEPT);
                self.pauses.drain(..surplus);
            }
        }
        self.transitions.extend(changes);
        let surplus = self.transitions.len().saturating_sub(TRANSITIONS_KEPT);
        self.transitions.drain(..surplus);
    }

    /// How much of a stretch was watched.
    fn watched_for(&self, from: Timestamp, until: Timestamp) -> Span {
        let gaps = self.gaps.iter().filter(|gap| gap.until > from);
        let unwatched_for: i64 = gaps.map(|gap| gap.until.since(gap.after.max(from)).as_millis()).sum();
        Span::millis(until.since(from).as_millis() - unwatched_for)
    }

    fn remember_work(&mut self, new: &Observation, at: Timestamp) {
        let mut nodes = new.operation.iter().flat_map(|operation| &operation.nodes);
        if nodes.any(|node| node.state == State::Running) {
            self.worked_last_at = Some(at);
        }
    }

    fn follow(&mut self, new: &Observation, between: Between) {
        let Some(operation) = &new.operation else { return };
        for node in &operation.nodes {
            let track = self.tracks.entry((node.role, node.name.clone())).or_insert_with(|| Track::of(node));
            track.follow(node, between);
        }
        track::follow_steps(&mut self.stages, &operation.steps, between);
    }

    fn has_worked(&self, node: &Node) -> bool {
        self.track(node).is_some_and(|track| !track.turns.is_empty())
    }

    /// Turns "pending" into "succeeded" for a broker or ZooKeeper that was at work earlier in this run: their
    /// vendor shows only colours, and one green cannot tell the two apart.
    fn credit_finished_work(&self, new: &mut Observation) {
        let Some(operation) = &mut new.operation else { return };
        for node in &mut operation.nodes {
            let coloured = matches!(node.role, NodeRole::Broker | NodeRole::ZooKeeper);
            if coloured && node.state == State::Pending && self.has_worked(node) {
                node.state = State::Succeeded;
            }
        }
    }

    /// Between two nodes of a restart or an upgrade every colour is green, which looks like the end. As long as
    /// work was seen lately and some nodes of the same group were not seen at work, their turn is taken to be
    /// ahead.
    fn bridge_pause(&self, new: &mut Observation) {
        let lately = self.worked_last_at.is_some_and(|at| new.observed_at.since(at) <= PAUSE_BETWEEN_NODES);
        let Some(operation) = &mut new.operation else { return };
        if !(lately && operation.shows_only_colours() && operation.state == State::Succeeded) {
            return;
        }
        let worked = self.tracks.values().filter(|track| !track.turns.is_empty());
        let groups: BTreeSet<NodeRole> = worked.map(|track| track.role).collect();
        let ahead = |node: &Node| groups.contains(&node.role) && !self.has_worked(node);
        if !operation.nodes.iter().any(ahead) {
            return;
        }
        operation.state = State::Running;
        // Green means as little in the groups of which none was at work yet.
        for node in operation.nodes.iter_mut().filter(|node| !self.has_worked(node)) {
            node.state = State::Pending;
        }
    }

    /// The latest good answer, with finished nodes credited.
    pub fn latest(&self) -> Option<&Observation> {
        self.latest.as_ref()
    }

    pub fn operation(&self) -> Option<&Operation> {
        self.latest.as_ref()?.operation.as_ref()
    }

    /// The polls that have failed since the last good answer; `None` while answers are good.
    pub fn outage(&self) -> Option<&Outage> {
        self.outage.as_ref()
    }

    /// Oldest first.
    pub fn transitions(&self) -> &[Transition] {
        &self.transitions
    }

    /// The stretches in which nobody watched, oldest first.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// The stretches in which nothing changed for long until it went on, oldest first.
    pub fn pauses(&self) -> &[Pause] {
        &self.pauses
    }

    /// When the nodes last came in another order than before.
    pub fn reordered(&self) -> Option<When> {
        self.reordered
    }

    /// What a node went through; `None` for one that no answer has listed.
    pub fn track(&self, node: &Node) -> Option<&Track> {
        self.tracks.get(&(node.role, node.name.clone()))
    }

    /// What each node went through, also those that are no longer listed, by role and name.
    pub fn tracks(&self) -> impl Iterator<Item = &Track> {
        self.tracks.values()
    }

    /// The steps of the operation as a whole, with what was seen of them.
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// When the latest answer about the run before this one came; `None` when none was seen.
    pub fn follows(&self) -> Option<Timestamp> {
        self.follows
    }

    /// The runs before this one, the newest first.
    pub fn earlier(&self) -> &[Run] {
        &self.earlier
    }

    /// When a page began to watch again, while no answer has come since.
    pub fn reopened_at(&self) -> Option<Timestamp> {
        self.reopened_at
    }

    /// When this operation was first seen by this browser.
    pub fn first_seen_at(&self) -> Option<Timestamp> {
        self.first_seen_at
    }

    /// Since when nothing has changed: the latest change seen here, or the latest time that the vendor
    /// reports, whichever is later.
    pub fn unchanged_since(&self) -> Option<Timestamp> {
        let seen = self.transitions.last().map(|transition| transition.until);
        let latest = self.latest.as_ref();
        let reported = latest
            .and_then(|latest| changes::latest_reported(latest.operation.as_ref()?, latest.observed_at));
        match (seen, reported) {
            (None, None) => self.unchanged_since,
            (seen, reported) => seen.max(reported),
        }
    }

    /// Whether any node was seen at work in this run.
    pub fn saw_work(&self) -> bool {
        self.worked_last_at.is_some()
    }

    /// When work was seen to begin. `None` when nodes were at work already at the first look.
    pub fn work_began_at(&self) -> Option<Timestamp> {
        let began = self.tracks().filter_map(|track| track.turns.first()).map(|turn| turn.began);
        let first = began.min_by_key(|began| began.latest())?;
        first.earliest().map(|_| first.latest())
    }
}

/// Whether two answers say the same, whenever they came.
pub fn says_the_same(one: &Observation, other: &Observation) -> bool {
    let Observation { observed_at: _, cluster_name, operation, earlier, precheck, groups, warnings } = one;
    (cluster_name, operation, earlier) == (&other.cluster_name, &other.operation, &other.earlier)
        && (precheck, groups, warnings) == (&other.precheck, &other.groups, &other.warnings)
}

#[cfg(test)]
mod tests;
