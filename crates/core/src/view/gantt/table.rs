//! The chart as a table: every row of the picture in words, in the order of time.

use super::facts::{Fact, Kind};
use super::ghosts::Ghosts;
use super::rows::Lane;
use super::texts::Texts;
use crate::model::{State, Timestamp};
use crate::timeline::Gap;
use crate::view::names::role_name;
use crate::view::words::Chart;

/// Something that began and ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimeRow {
    /// Unique within the table.
    pub key: String,
    /// Empty for what concerns all nodes.
    pub node: String,
    pub role: String,
    /// The place of the turn among the node's turns; empty outside of turns.
    pub turn: String,
    pub stage: String,
    /// `None` for time that nobody watched or of which nothing is told.
    pub state: Option<State>,
    pub word: String,
    pub began: String,
    pub ended: String,
    pub took: String,
    /// How it is known.
    pub known: String,
}

/// All rows. What only waits comes last, since it has no beginning of its own; then the compared run.
pub(super) fn table(lanes: &[Lane<'_>], gaps: &[Gap], ghosts: &Ghosts<'_>, texts: Texts<'_>) -> Vec<TimeRow> {
    let mut rows: Vec<(Timestamp, TimeRow)> = Vec::new();
    for gap in gaps {
        rows.push((gap.after, of_gap(gap, &texts)));
    }
    let mut compared = Vec::new();
    let mut place = 0;
    let mut last_role = None;
    for lane in lanes {
        let role = lane.role.map(|role| role_name(texts.lang(), role)).unwrap_or_default();
        place = if lane.role == last_role { place + 1 } else { 0 };
        last_role = lane.role;
        let first_work = lane.facts.iter().filter(|fact| !fact.is_waiting()).map(Fact::begins_at).min();
        for (index, fact) in lane.facts.iter().enumerate() {
            let node = if lane.nodes == 0 { "" } else { &lane.name };
            let key = format!("{}/{index}", lane.key);
            let at = match (fact.kind, fact.ended) {
                (Kind::Waiting { .. }, None) => Timestamp::from_millis(i64::MAX),
                (Kind::Waiting { .. }, Some(_)) => first_work.unwrap_or(fact.begins_at()),
                _ => fact.begins_at(),
            };
            rows.push((at, of_fact(key, fact, &Texts { name: node, ..texts }, role)));
        }
        let track = lane.role.and_then(|role| ghosts.track(role, &lane.name, place));
        for (index, fact) in track.map(|track| ghosts.turns(track)).unwrap_or_default().iter().enumerate() {
            let name = track.map(|track| track.name.as_str()).unwrap_or_default();
            let key = format!("{}/earlier/{index}", lane.key);
            let row = of_fact(key, fact, &Texts { name, ..texts }, role);
            let known = format!("{}: {}", texts.lang().say(Chart::EarlierRun), row.known);
            compared.push(TimeRow { known, ..row });
        }
    }
    // Stable: what began at the same time keeps the order of the picture.
    rows.sort_by_key(|(at, _)| *at);
    rows.into_iter().map(|(_, row)| row).chain(compared).collect()
}

fn of_fact(key: String, fact: &Fact<'_>, texts: &Texts<'_>, role: &str) -> TimeRow {
    let lang = texts.lang();
    let untold = matches!(fact.kind, Kind::Unreported { .. });
    let ended =
        fact.ended.map_or_else(|| lang.say(Chart::GoesOn).to_owned(), |ended| texts.ended(fact, ended));
    let took = fact.took_for().map(|took| texts.duration(took)).unwrap_or_default();
    TimeRow {
        key,
        node: texts.name.to_owned(),
        role: role.to_owned(),
        turn: if fact.turn == 0 { String::new() } else { fact.turn.to_string() },
        stage: fact.stage.to_owned(),
        state: (!untold).then_some(fact.state),
        word: texts.state(fact),
        began: texts.began(fact),
        ended,
        took,
        known: if untold { texts.left_out(fact) } else { texts.known(fact) },
    }
}

fn of_gap(gap: &Gap, texts: &Texts<'_>) -> TimeRow {
    TimeRow {
        key: format!("gap/{}", gap.after.as_millis()),
        word: texts.lang().say(Chart::NotWatched).to_owned(),
        began: texts.clock(gap.after),
        ended: texts.clock(gap.until),
        took: texts.duration(gap.until.since(gap.after)),
        known: texts.cause(gap),
        ..TimeRow::default()
    }
}
