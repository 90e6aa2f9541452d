//! What is known of each run, from both sources.

use std::borrow::Cow;
use std::cmp::Reverse;

use crate::model::{Operation, OperationKind, Span, State, VersionChange};
use crate::timeline::{Run, Timeline, Track, When};

/// A vendor's start counts for a run that was seen to begin when it lies this close to the interval in which that
/// was seen.
const CLOSE: Span = Span::minutes(2);

/// One run, whoever tells of it.
pub(super) struct KnownRun<'a> {
    pub(super) key: String,
    pub(super) is_present: bool,
    /// The place in `Timeline::earlier`.
    pub(super) index: Option<usize>,
    /// Whether this browser recorded it, and if so, whether it watched all the time.
    pub(super) recorded: Option<bool>,
    pub(super) listed: bool,
    pub(super) kind: OperationKind,
    pub(super) state: State,
    pub(super) raw_status: Option<String>,
    pub(super) versions: Option<VersionChange>,
    pub(super) began: Option<When>,
    pub(super) ended: Option<When>,
    /// How many nodes are done, of how many.
    pub(super) nodes: Option<(usize, usize)>,
    /// What was recorded of it.
    run: Option<Cow<'a, Run>>,
}

impl KnownRun<'_> {
    /// What each node went through, as far as that was recorded.
    pub(super) fn tracks(&self) -> &[Track] {
        self.run.as_ref().map(|run| run.tracks.as_slice()).unwrap_or_default()
    }
}

/// The present run first, then the newest first.
pub(super) fn runs(timeline: &Timeline) -> Vec<KnownRun<'_>> {
    let present = timeline.run().into_iter().map(|run| (None, Cow::Owned(run)));
    let earlier = timeline.earlier().iter().enumerate();
    let earlier = earlier.map(|(index, run)| (Some(index), Cow::Borrowed(run)));
    let recorded: Vec<(Option<usize>, Cow<'_, Run>)> = present.chain(earlier).collect();
    let listed = timeline.latest().map(|latest| latest.earlier.as_slice()).unwrap_or_default();
    // The recorded run that each listed one is.
    let matches: Vec<Option<usize>> =
        listed.iter().map(|operation| recorded.iter().position(|(_, run)| is_of(run, operation))).collect();
    let mut runs: Vec<KnownRun<'_>> = recorded
        .into_iter()
        .enumerate()
        .map(|(place, (index, run))| {
            let also = matches.iter().zip(listed).find(|(of, _)| **of == Some(place));
            of_recorded(index, run, also.map(|(_, operation)| operation))
        })
        .collect();
    let others = listed.iter().zip(&matches).enumerate().filter(|(_, (_, of))| of.is_none());
    runs.extend(others.map(|(place, (operation, _))| of_listed(place, operation)));
    // The present run has its own place; a run of unknown beginning stays behind those that are known.
    runs.sort_by_key(|run| (!run.is_present, Reverse(run.began.map(When::latest))));
    runs
}

/// Whether a vendor's row is about this recorded run: the same task, or the same start.
fn is_of(run: &Run, operation: &Operation) -> bool {
    if run.kind != operation.kind {
        return false;
    }
    if let (Some(one), Some(other)) = (&run.id, &operation.id) {
        return one == other;
    }
    let Some(started) = operation.started_at.as_ref().map(|time| time.at) else { return false };
    match run.began {
        When::Reported(at) => at == started,
        When::Between { after, until } => after.minus(CLOSE) <= started && started <= until.plus(CLOSE),
        // It went on already when it was first seen.
        When::By(at) => {
            let ended = operation.ended_at.as_ref().map(|time| time.at);
            started <= at && ended.is_none_or(|ended| ended >= run.first_seen_at)
        }
    }
}

fn of_recorded<'a>(index: Option<usize>, run: Cow<'a, Run>, listed: Option<&Operation>) -> KnownRun<'a> {
    let tracks_done = run.tracks.iter().filter(|track| is_done(track)).count();
    let nodes = (!run.tracks.is_empty()).then_some((tracks_done, run.tracks.len()));
    // The vendor may know an end that nobody saw here.
    let by_vendor = listed.filter(|operation| operation.state.is_over() && !run.state.is_over());
    let reported = |operation: &Operation| Some(When::Reported(operation.ended_at.as_ref()?.at));
    KnownRun {
        key: format!("{}/{}", run.id.as_deref().unwrap_or_default(), run.first_seen_at.as_millis()),
        is_present: index.is_none(),
        index,
        recorded: Some(run.gaps.iter().all(|gap| gap.until <= run.began.latest())),
        listed: listed.is_some(),
        kind: run.kind,
        state: by_vendor.map_or(run.state, |operation| operation.state),
        raw_status: by_vendor.map_or(&run.raw_status, |operation| &operation.raw_status).clone(),
        versions: run.versions.clone().or_else(|| listed?.versions.clone()),
        began: Some(match listed.and_then(|operation| operation.started_at.as_ref()) {
            Some(time) => When::Reported(time.at),
            None => run.began,
        }),
        ended: listed.and_then(reported).or(run.ended),
        nodes,
        run: Some(run),
    }
}

fn is_done(track: &Track) -> bool {
    track.turns.last().is_some_and(|turn| turn.state == State::Succeeded)
}

fn of_listed(place: usize, operation: &Operation) -> KnownRun<'static> {
    let done = operation.nodes.iter().filter(|node| node.state == State::Succeeded).count();
    let started = operation.started_at.as_ref().map(|time| time.at);
    let name = match (&operation.id, started) {
        (Some(id), _) => id.clone(),
        (None, Some(at)) => at.as_millis().to_string(),
        (None, None) => String::new(),
    };
    KnownRun {
        key: format!("listed/{place}/{name}"),
        is_present: false,
        index: None,
        recorded: None,
        listed: true,
        kind: operation.kind,
        state: operation.state,
        raw_status: operation.raw_status.clone(),
        versions: operation.versions.clone(),
        began: started.map(When::Reported),
        ended: operation.ended_at.as_ref().map(|time| When::Reported(time.at)),
        nodes: (!operation.nodes.is_empty()).then_some((done, operation.nodes.len())),
        run: None,
    }
}
