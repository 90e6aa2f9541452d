//! What each node went through: its turns, and the stages within them, also those that the vendor has stopped
//! reporting.

use super::When;
use crate::model::{Node, NodeRole, Span, State, Step, Timestamp, VendorTime};

/// One node's way through an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    pub role: NodeRole,
    pub name: String,
    /// The oldest first. More than one means that the node was worked on again.
    pub turns: Vec<Turn>,
}

/// One time that a node was worked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    pub began: When,
    /// `None` while it goes on.
    pub ended: Option<When>,
    /// How it stands or ended. `Pending`: the node went back to waiting without a result.
    pub state: State,
    /// In the order in which they were first seen. Empty where the vendor tells none.
    pub stages: Vec<Stage>,
}

/// A step of a turn or of the whole operation, with what was seen of it beside what is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The vendor's name of the step, or its word for a node that is at work.
    pub name: String,
    /// The vendor's own number, where it has one.
    pub order: Option<i64>,
    pub state: State,
    /// `None` before it has begun.
    pub began: Option<When>,
    /// `None` before it has ended.
    pub ended: Option<When>,
}

impl Turn {
    /// How long it took, as well as that is known; `None` while it goes on, and when that is not known: see
    /// [`When::span_to`].
    pub fn took_for(&self) -> Option<Span> {
        self.began.span_to(self.ended?)
    }
}

impl Stage {
    /// How long it took, as well as that is known; `None` while it goes on, and when that is not known: see
    /// [`When::span_to`].
    pub fn took_for(&self) -> Option<Span> {
        self.began?.span_to(self.ended?)
    }
}

/// The most turns of a node and stages of a turn that are kept; the oldest turns go first, and stages beyond
/// are not added. Both are far above what an operation has.
const TURNS_KEPT: usize = 20;
const STAGES_KEPT: usize = 64;

/// A vendor's time counts for a change that was seen when it lies this close to the interval in which it was
/// seen. A clock or a zone that is off puts it elsewhere.
pub(super) const CLOSE: Span = Span::minutes(2);

/// The two answers between which something is seen to have changed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Between {
    /// `None` at the first look.
    pub after: Option<Timestamp>,
    pub until: Timestamp,
}

impl Between {
    fn seen(self) -> When {
        match self.after {
            Some(after) => When::Between { after, until: self.until },
            None => When::By(self.until),
        }
    }

    /// The vendor's own time for the change, if it can be of this change.
    fn reported(self, time: Option<&VendorTime>) -> Option<When> {
        let at = time?.at;
        let late_enough = self.after.is_none_or(|after| at >= after.minus(CLOSE));
        (late_enough && at <= self.until.plus(CLOSE)).then_some(When::Reported(at))
    }
}

impl Track {
    pub(super) fn of(node: &Node) -> Self {
        Track { role: node.role, name: node.name.clone(), turns: Vec::new() }
    }

    /// Takes in what an answer says of the node.
    pub(super) fn follow(&mut self, node: &Node, between: Between) {
        let at_work = matches!(node.state, State::Running | State::Unknown);
        if self.open().is_some_and(|turn| turn.was_begun_anew(node)) {
            self.close(State::Unknown, between.seen());
        }
        match (at_work, self.open().is_some()) {
            (true, false) => self.begin(node, between),
            (false, true) => {
                // What the last answer about this turn adds to its steps.
                self.update(node, between);
                let step_end =
                    node.steps.iter().filter_map(|step| step.ended_at.as_ref()).max_by_key(|t| t.at);
                let ended = between.reported(step_end.or(node.updated_at.as_ref()));
                self.close(node.state, ended.unwrap_or(between.seen()));
            }
            (false, false) if node.state.is_over() => self.add_finished(node, between),
            _ => {}
        }
        if at_work {
            self.update(node, between);
        }
        let surplus = self.turns.len().saturating_sub(TURNS_KEPT);
        self.turns.drain(..surplus);
    }

    fn open(&mut self) -> Option<&mut Turn> {
        self.turns.last_mut().filter(|turn| turn.ended.is_none())
    }

    fn begin(&mut self, node: &Node, between: Between) {
        let first = node.steps.iter().filter_map(|step| step.began_at.as_ref()).min_by_key(|time| time.at);
        // A vendor that numbers its steps lists those before the current one too. Where a step is but the current
        // word, others may have come before the first look.
        let lists_all = node.steps.iter().any(|step| step.order.is_some());
        let began = match (first, between.after, &node.updated_at) {
            (Some(time), None, _) if !lists_all => When::By(time.at),
            (Some(time), _, _) => When::Reported(time.at),
            // The node's latest change may be one within the turn.
            (None, None, Some(time)) if time.at <= between.until => When::By(time.at),
            (None, _, updated) => between.reported(updated.as_ref()).unwrap_or(between.seen()),
        };
        self.turns.push(Turn { began, ended: None, state: node.state, stages: Vec::new() });
    }

    /// A turn of which nothing but its end was seen.
    fn add_finished(&mut self, node: &Node, between: Between) {
        // A colour that was never another one says nothing of work.
        let coloured = matches!(node.role, NodeRole::Broker | NodeRole::ZooKeeper);
        if coloured && node.state == State::Succeeded {
            return;
        }
        if self.turns.last().is_some_and(|turn| turn.state == node.state) {
            return;
        }
        let first = node.steps.iter().filter_map(|step| step.began_at.as_ref()).min_by_key(|time| time.at);
        let last = node.steps.iter().filter_map(|step| step.ended_at.as_ref()).max_by_key(|time| time.at);
        let ended = between.reported(last.or(node.updated_at.as_ref())).unwrap_or(between.seen());
        let began = match (first, between.after) {
            (Some(time), _) => When::Reported(time.at),
            (None, Some(_)) => between.seen(),
            (None, None) => When::By(ended.latest()),
        };
        self.turns.push(Turn { began, ended: Some(ended), state: node.state, stages: Vec::new() });
        let Some(turn) = self.turns.last_mut() else { return };
        follow_steps(&mut turn.stages, &node.steps, between);
    }

    fn update(&mut self, node: &Node, between: Between) {
        let Some(turn) = self.open() else { return };
        turn.state = node.state;
        follow_steps(&mut turn.stages, &node.steps, between);
        if let Some(word) = node.work_word() {
            follow_word(&mut turn.stages, word, node.updated_at.as_ref(), between);
        }
    }

    fn close(&mut self, state: State, ended: When) {
        let Some(turn) = self.open() else { return };
        turn.state = state;
        turn.ended = Some(ended);
        for stage in turn.stages.iter_mut().filter(|stage| stage.ended.is_none() && stage.began.is_some()) {
            stage.ended = Some(ended);
            stage.state = state;
        }
    }
}

impl Turn {
    /// Whether a node's steps have begun anew, so that an attempt ended without being seen to end.
    fn was_begun_anew(&self, node: &Node) -> bool {
        let began_later = |step: &Step| {
            let known = self.stages.iter().find(|stage| is_of(stage, step)).and_then(|stage| stage.began);
            match (known, &step.began_at) {
                (Some(When::Reported(before)), Some(time)) => time.at.since(before) > CLOSE,
                _ => false,
            }
        };
        // The step that was reached last may be told a later time while it goes on.
        let reached = self.stages.iter().rposition(|stage| stage.began.is_some());
        let was_passed = |step: &Step| self.stages.iter().position(|stage| is_of(stage, step)) < reached;
        // Another zone moves every time, and the number of steps that have begun stays.
        let begun = node.steps.iter().filter(|step| step.began_at.is_some());
        node.steps.iter().any(|step| began_later(step) && was_passed(step)) && begun.count() < self.begun()
    }

    fn begun(&self) -> usize {
        self.stages.iter().filter(|stage| stage.began.is_some()).count()
    }
}

fn is_of(stage: &Stage, step: &Step) -> bool {
    stage.order == step.order && (stage.order.is_some() || stage.name == step.name)
}

/// Takes in the steps that an answer lists. A step that is no longer listed stays as it was seen last; one that
/// was going on ended when the vendor went on to another.
pub(super) fn follow_steps(stages: &mut Vec<Stage>, steps: &[Step], between: Between) {
    let new = steps.iter().filter(|step| !stages.iter().any(|stage| is_of(stage, step)));
    let begun = new.filter_map(|step| step.began_at.as_ref()).min_by_key(|time| time.at);
    if !steps.is_empty() {
        let left =
            |stage: &Stage| stage.state == State::Running && !steps.iter().any(|step| is_of(stage, step));
        let ended = between.reported(begun).unwrap_or(between.seen());
        for stage in stages.iter_mut().filter(|stage| left(stage)) {
            stage.ended = Some(ended);
            stage.state = State::Succeeded;
        }
    }
    for step in steps {
        let known = stages.iter().position(|stage| is_of(stage, step));
        let index = match known {
            Some(index) => index,
            None if stages.len() >= STAGES_KEPT => continue,
            None => {
                stages.push(Stage {
                    name: step.name.clone(),
                    order: step.order,
                    state: State::Pending,
                    began: None,
                    ended: None,
                });
                stages.len() - 1
            }
        };
        let Some(stage) = stages.get_mut(index) else { continue };
        let reported = |time: &Option<VendorTime>| time.as_ref().map(|time| When::Reported(time.at));
        stage.state = step.state;
        stage.name.clone_from(&step.name);
        if step.state != State::Pending {
            stage.began = reported(&step.began_at).or(stage.began).or(Some(between.seen()));
        }
        stage.ended = match (reported(&step.ended_at), step.state.is_over()) {
            (Some(ended), _) => Some(ended),
            (None, true) => stage.ended.or(Some(between.seen())),
            (None, false) => None,
        };
    }
}

/// Takes in the word that a vendor has for a node at work, where it lists no steps.
fn follow_word(stages: &mut Vec<Stage>, word: &str, updated: Option<&VendorTime>, between: Between) {
    if stages.last().is_some_and(|stage| stage.name == word) || stages.len() >= STAGES_KEPT {
        return;
    }
    let changed = between.reported(updated).unwrap_or(between.seen());
    if let Some(last) = stages.last_mut() {
        last.ended = Some(changed);
        last.state = State::Succeeded;
    }
    let name = word.to_owned();
    stages.push(Stage { name, order: None, state: State::Running, began: Some(changed), ended: None });
}
