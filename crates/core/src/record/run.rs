//! A run in one document, for the history of a cluster: `{"version":1,"run":{…}}`.
//!
//! When something happened is a number where the vendor says so, two numbers where it is known to lie between two
//! answers, and `{"by":…}` where it is known to be no later.

use super::fields::{Fields, instant_of, number_of, text, text_of};
use super::moment::VERSION;
use super::{operation, words};
use crate::error::ErrorKind;
use crate::json::Json;
use crate::model::{OperationKind, Timestamp};
use crate::timeline::{Gap, GapCause, Run, Stage, Track, Turn, When};

/// The document of a run.
pub fn write_run(run: &Run) -> String {
    let Run {
        id,
        kind,
        state,
        raw_status,
        versions,
        began,
        ended,
        first_seen_at,
        seen_until,
        tracks,
        stages,
        gaps,
    } = run;
    let run = Fields::default()
        .text("id", id.as_deref())
        .with("kind", text(kind.id()))
        .with("state", text(words::of_state(*state)))
        .text("raw", raw_status.as_deref())
        .with("versions", versions.as_ref().map(operation::of_versions))
        .with("began", of_when(*began))
        .with("ended", ended.map(of_when))
        .with("first_seen", of_instant(*first_seen_at))
        .with("seen_until", of_instant(*seen_until))
        .with("tracks", list(tracks, of_track))
        .with("stages", list(stages, of_stage))
        .with("gaps", list(gaps, of_gap))
        .done();
    Fields::default().number("version", Some(VERSION)).with("run", run).done().to_string()
}

/// The run of a document. `None`: it is not one, another version wrote it, or it is of a kind of operation that
/// this version does not know. What is odd within it is left out alone.
pub fn read_run(text: &str) -> Option<Run> {
    let document = Json::read(text)?;
    (number_of(&document, "version") == Some(VERSION)).then_some(())?;
    let run = document.get("run")?;
    Some(Run {
        id: text_of(run, "id"),
        kind: OperationKind::from_id(run.get("kind")?.as_text()?)?,
        state: operation::state(run),
        raw_status: text_of(run, "raw"),
        versions: run.get("versions").and_then(operation::versions),
        began: when_of(run, "began")?,
        ended: when_of(run, "ended"),
        first_seen_at: instant_of(run, "first_seen")?,
        seen_until: instant_of(run, "seen_until")?,
        tracks: items(run, "tracks", track),
        stages: items(run, "stages", stage),
        gaps: items(run, "gaps", gap),
    })
}

/// The items of a list in full, for documents that are never patched; `None` when there are none.
fn list<T>(items: &[T], write: impl Fn(&T) -> Json) -> Option<Json> {
    (!items.is_empty()).then(|| Json::List(items.iter().map(write).collect()))
}

fn items<T>(object: &Json, name: &str, read: impl Fn(&Json) -> Option<T>) -> Vec<T> {
    object.get(name).and_then(Json::as_list).unwrap_or_default().iter().filter_map(read).collect()
}

fn of_instant(at: Timestamp) -> Json {
    Json::Number(at.as_millis().to_string())
}

fn of_when(when: When) -> Json {
    match when {
        When::Reported(at) => of_instant(at),
        When::Between { after, until } => Json::List(vec![of_instant(after), of_instant(until)]),
        When::By(at) => Fields::default().with("by", of_instant(at)).done(),
    }
}

fn when_of(object: &Json, name: &str) -> Option<When> {
    let instant = |json: &Json| match json {
        Json::Number(number) => number.parse().ok().map(Timestamp::from_millis),
        _ => None,
    };
    match object.get(name)? {
        Json::List(both) => match both.as_slice() {
            [after, until] => Some(When::Between { after: instant(after)?, until: instant(until)? }),
            _ => None,
        },
        object @ Json::Object(_) => instant_of(object, "by").map(When::By),
        other => instant(other).map(When::Reported),
    }
}

fn of_track(track: &Track) -> Json {
    let Track { role, name, turns } = track;
    Fields::default()
        .with("role", text(words::of_role(*role)))
        .with("name", text(name))
        .with("turns", list(turns, of_turn))
        .done()
}

fn track(json: &Json) -> Option<Track> {
    Some(Track {
        role: operation::role(json),
        name: text_of(json, "name")?,
        turns: items(json, "turns", turn),
    })
}

fn of_turn(turn: &Turn) -> Json {
    let Turn { began, ended, state, stages } = turn;
    Fields::default()
        .with("state", text(words::of_state(*state)))
        .with("began", of_when(*began))
        .with("ended", ended.map(of_when))
        .with("stages", list(stages, of_stage))
        .done()
}

fn turn(json: &Json) -> Option<Turn> {
    Some(Turn {
        began: when_of(json, "began")?,
        ended: when_of(json, "ended"),
        state: operation::state(json),
        stages: items(json, "stages", stage),
    })
}

fn of_stage(stage: &Stage) -> Json {
    let Stage { name, order, state, began, ended } = stage;
    Fields::default()
        .number("order", *order)
        .with("name", text(name))
        .with("state", text(words::of_state(*state)))
        .with("began", began.map(of_when))
        .with("ended", ended.map(of_when))
        .done()
}

fn stage(json: &Json) -> Option<Stage> {
    Some(Stage {
        name: text_of(json, "name")?,
        order: number_of(json, "order"),
        state: operation::state(json),
        began: when_of(json, "began"),
        ended: when_of(json, "ended"),
    })
}

fn of_gap(gap: &Gap) -> Json {
    let Gap { after, until, cause } = gap;
    let span = Fields::default().with("after", of_instant(*after)).with("until", of_instant(*until));
    of_cause(span, *cause).done()
}

fn gap(json: &Json) -> Option<Gap> {
    Some(Gap { after: instant_of(json, "after")?, until: instant_of(json, "until")?, cause: cause(json) })
}

/// Adds the cause of a gap to its object.
pub(super) fn of_cause(gap: Fields, cause: GapCause) -> Fields {
    match cause {
        GapCause::Closed => gap.with("cause", text("closed")),
        GapCause::Suspended => gap.with("cause", text("suspended")),
        GapCause::Unanswered(kind) => {
            gap.with("cause", text("unanswered")).with("kind", text(words::of_error(kind)))
        }
    }
}

/// The cause of a gap. That nobody watched is worth more than why: one that a later version knows is as if the
/// page had not asked.
pub(super) fn cause(gap: &Json) -> GapCause {
    match gap.get("cause").and_then(Json::as_text) {
        Some("closed") => GapCause::Closed,
        Some("unanswered") => {
            let kind = gap.get("kind").and_then(Json::as_text).and_then(words::error);
            GapCause::Unanswered(kind.unwrap_or(ErrorKind::Malformed))
        }
        _ => GapCause::Suspended,
    }
}
