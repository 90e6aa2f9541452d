//! What a row of the chart tells, before it is drawn or written down: both the picture and the table are made
//! of these.

use crate::model::{Span, State, Timestamp};
use crate::timeline::{Run, Stage, Timeline, Track, Turn, When};

/// Times between two reported steps that are shorter than this go without saying.
const WORTH_NOTING: Span = Span::minutes(1);

/// What a run gives all its rows.
#[derive(Debug, Clone)]
pub(super) struct Course {
    pub began: When,
    /// Now, or when the run ended.
    pub until: Timestamp,
    pub goes_on: bool,
    /// When it ended, as the vendor says.
    ended_at: Option<Timestamp>,
    /// When nodes were done, as the vendor says, the earliest first.
    ends: Vec<Timestamp>,
}

impl Course {
    /// The run that goes on or was seen last; `None` when the vendor reports no operation.
    pub fn of(timeline: &Timeline, now: Timestamp) -> Option<Self> {
        let operation = timeline.operation()?;
        let goes_on = !operation.state.is_over();
        let ended_at = operation.ended_at.as_ref().map(|time| time.at).filter(|_| !goes_on);
        let ended = ended_at.or(timeline.unchanged_since());
        let of_nodes = timeline.tracks().filter_map(|track| track.turns.first()).map(|turn| turn.began);
        let parts = of_nodes.chain(timeline.stages().iter().filter_map(|stage| stage.began));
        let first = parts.min_by_key(|began| began.earliest().unwrap_or(began.latest()));
        let seen = timeline.first_seen_at().unwrap_or(now);
        let began = match &operation.started_at {
            Some(time) => When::Reported(time.at),
            None => first.filter(|began| began.latest() < seen).unwrap_or(When::By(seen)),
        };
        let until = if goes_on { now } else { ended.unwrap_or(now) };
        Some(Course { began, until, goes_on, ended_at, ends: reported_ends(timeline.tracks()) })
    }

    pub fn of_run(run: &Run) -> Self {
        let until = run.ended.map_or(run.seen_until, When::latest);
        let ended_at = run.ended.filter(|ended| matches!(ended, When::Reported(_))).map(When::latest);
        Course { began: run.began, until, goes_on: false, ended_at, ends: reported_ends(run.tracks.iter()) }
    }

    /// What was so already at the first look was so at the latest when the run ended.
    fn known(&self, when: When) -> When {
        match (when, self.ended_at) {
            (When::By(at), Some(ended)) => When::By(at.min(ended)),
            (when, _) => when,
        }
    }

    /// The latest end of a node before `at`, or the run's beginning.
    fn end_before(&self, at: Timestamp) -> Timestamp {
        let earlier = self.ends.partition_point(|end| *end < at).checked_sub(1);
        earlier.and_then(|index| self.ends.get(index).copied()).unwrap_or(self.began.latest()).min(at)
    }
}

fn reported_ends<'a>(tracks: impl Iterator<Item = &'a Track>) -> Vec<Timestamp> {
    let ended = tracks.flat_map(|track| &track.turns).filter_map(|turn| turn.ended);
    let reported = ended.filter(|ended| matches!(ended, When::Reported(_)));
    let mut ends: Vec<Timestamp> = reported.map(When::latest).collect();
    ends.sort_unstable();
    ends
}

/// What something on a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The node's turn has not come; whether only the earliest time is known at which it may have come.
    Waiting { inferred: bool },
    /// One time that a node is worked on; whether stages of it are told.
    Turn { staged: bool },
    /// A step of a turn, or of the whole operation.
    Stage,
    /// Within a turn, time of which the vendor tells no step, with the first and the last number that its own
    /// count leaves out.
    Unreported { left_out: Option<(i64, i64)> },
}

/// Something that began and ended, as well as that is known.
#[derive(Debug, Clone)]
pub(super) struct Fact<'a> {
    pub kind: Kind,
    /// The place of the turn among the node's turns, from 1 on; 0 outside of turns.
    pub turn: usize,
    /// How many turns the node has.
    pub turns: usize,
    /// The step's name; empty for what is no step.
    pub stage: &'a str,
    pub state: State,
    pub began: When,
    /// `None` while it goes on.
    pub ended: Option<When>,
    /// It began no earlier than this.
    pub not_before: Timestamp,
    /// Now or the run's end, for what goes on.
    pub until: Timestamp,
}

impl Fact<'_> {
    /// Whether nothing is known of it but its end.
    pub fn has_only_an_end(&self) -> bool {
        matches!(self.began, When::By(at) if self.ended.is_some_and(|ended| ended.latest() <= at))
    }

    pub fn is_waiting(&self) -> bool {
        matches!(self.kind, Kind::Waiting { .. })
    }

    pub fn is_reported(&self) -> bool {
        let reported = |when| matches!(when, When::Reported(_));
        reported(self.began) && self.ended.is_some_and(reported)
    }

    pub fn ends_at(&self) -> Timestamp {
        self.ended.map_or(self.until, When::latest)
    }

    /// The earliest instant at which it may have begun, as far as that is known.
    pub fn begins_at(&self) -> Timestamp {
        let begins = if self.has_only_an_end() { Some(self.not_before) } else { self.began.earliest() };
        begins.unwrap_or(self.began.latest()).min(self.ends_at())
    }

    /// How long it took or has taken; `None` when an end of it was not seen.
    pub fn took_for(&self) -> Option<Span> {
        if self.kind == (Kind::Waiting { inferred: true }) {
            return None;
        }
        let ended = self.ended.map_or(Some(self.until), When::about)?;
        let took_for = ended.since(self.began.about()?);
        (took_for >= Span::ZERO).then_some(took_for)
    }
}

/// What a node went through, in the order of time.
pub(super) fn of_node<'a>(turns: &'a [Turn], state: State, course: &Course) -> Vec<Fact<'a>> {
    let mut facts = Vec::new();
    let mut not_before = course.began.latest();
    for (index, turn) in turns.iter().enumerate() {
        let fact = of_turn(turn, index + 1, turns.len(), not_before, course);
        let is_told = matches!(fact.ended, Some(When::Reported(_)));
        if index == 0 && (turn.began.earliest().is_some() || (fact.has_only_an_end() && is_told)) {
            let ended = if fact.has_only_an_end() { When::Reported(fact.not_before) } else { turn.began };
            let inferred = fact.has_only_an_end();
            let kind = Kind::Waiting { inferred };
            facts.extend(waiting(course.began, Some(ended), course).map(|fact| Fact { kind, ..fact }));
        }
        not_before = fact.ends_at();
        facts.push(fact.clone());
        facts.extend(stages(turn, &fact));
    }
    if state == State::Pending {
        let since = match turns.last() {
            None => Some(course.began),
            Some(turn) => turn.ended.filter(|_| course.goes_on),
        };
        facts.extend(since.and_then(|since| waiting(since, None, course)));
    }
    facts
}

/// A step of the operation as a whole; `None` before it has begun.
pub(super) fn of_stage<'a>(stage: &'a Stage, course: &Course) -> Option<Fact<'a>> {
    let not_before = course.began.latest();
    Some(Fact {
        kind: Kind::Stage,
        turn: 0,
        turns: 0,
        stage: &stage.name,
        state: stage.state,
        began: stage.began?,
        ended: stage.ended,
        not_before,
        until: course.until,
    })
}

fn of_turn<'a>(turn: &Turn, nth: usize, turns: usize, not_before: Timestamp, course: &Course) -> Fact<'a> {
    let (began, ended) = (course.known(turn.began), turn.ended.map(|ended| course.known(ended)));
    let end = ended.map_or(course.until, When::latest);
    // Nodes come one after the other: a turn that ended then began after the end before it.
    let follows = match ended {
        Some(When::Reported(_)) => course.end_before(end),
        _ => course.began.latest(),
    };
    Fact {
        kind: Kind::Turn { staged: turn.stages.iter().any(|stage| stage.began.is_some()) },
        turn: nth,
        turns,
        stage: "",
        state: turn.state,
        began,
        ended,
        not_before: follows.max(not_before).min(end),
        until: course.until,
    }
}

fn waiting<'a>(began: When, ended: Option<When>, course: &Course) -> Option<Fact<'a>> {
    let from = began.latest();
    let to = ended.map_or(course.until, |ended| ended.earliest().unwrap_or(ended.latest()));
    (from < to).then_some(Fact {
        kind: Kind::Waiting { inferred: false },
        turn: 0,
        turns: 0,
        stage: "",
        state: State::Pending,
        began,
        ended,
        not_before: from,
        until: course.until,
    })
}

/// The stages of a turn, and the times between them of which none is told.
fn stages<'a>(turn: &'a Turn, whole: &Fact<'a>) -> Vec<Fact<'a>> {
    let mut begun: Vec<(&Stage, When)> =
        turn.stages.iter().filter_map(|stage| Some((stage, stage.began?))).collect();
    begun.sort_by_key(|(_, began)| began.latest());
    let mut facts = Vec::new();
    // Until when the stages so far last, and the number of the one that lasts longest.
    let mut told: Option<(When, Option<i64>)> = None;
    for (stage, began) in begun {
        let begins = began.earliest().unwrap_or(began.latest());
        if let Some((until, order)) = told
            && begins.since(until.latest()) >= WORTH_NOTING
        {
            let left_out = order.zip(stage.order).map(|(last, next)| (last + 1, next - 1));
            facts.push(Fact {
                kind: Kind::Unreported { left_out: left_out.filter(|(first, last)| first <= last) },
                began: until,
                ended: Some(began),
                ..whole.clone()
            });
        }
        let lasts = stage.ended.unwrap_or(When::Reported(whole.until));
        if told.is_none_or(|(until, _)| until.latest() < lasts.latest()) {
            told = Some((lasts, stage.order));
        }
        facts.push(Fact {
            kind: Kind::Stage,
            stage: &stage.name,
            state: stage.state,
            began,
            ended: stage.ended,
            ..whole.clone()
        });
    }
    facts
}
