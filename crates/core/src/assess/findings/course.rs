//! What the way of an operation tells: turns back, retries, roll-backs, deadlines, pauses, and times in which
//! nobody watched.

use std::collections::BTreeMap;

use super::{Evidence, Found, Level};
use crate::model::{Operation, Span, State, Timestamp};
use crate::timeline::{Stage, Subject, Timeline, When};

pub(super) fn find(timeline: &Timeline, operation: &Operation, now: Timestamp, found: &mut Found) {
    roll_back(timeline, operation, found);
    went_back(timeline, operation, found);
    retries(timeline, operation, found);
    preparation(operation, now, found);
    if let Some(when) = timeline.reordered() {
        found.add(Level::Note, Evidence::OrderChanged, Some(when));
    }
    not_watched(timeline, found);
    pauses(timeline, found);
}

/// How the vendors' words for a roll-back look, in the languages of their pages.
const ROLL_BACK: [&str; 5] = ["rollback", "roll back", "rolling back", "回滚", "롤백"];

fn says_roll_back(word: &str) -> bool {
    let word = word.to_lowercase().replace(['_', '-'], " ");
    ROLL_BACK.iter().any(|name| word.contains(name))
}

fn roll_back(timeline: &Timeline, operation: &Operation, found: &mut Found) {
    if let Some(RollBack { over, word, since }) = RollBack::of(timeline, operation) {
        found.add(Level::Bad, Evidence::RollingBack { over, word }, since);
    }
}

/// Whether the operation is being taken back now.
pub(in crate::assess) fn rolls_back(timeline: &Timeline, operation: &Operation) -> bool {
    !operation.state.is_over() && RollBack::of(timeline, operation).is_some_and(|roll_back| !roll_back.over)
}

/// A step or a phase that takes the operation back. One that failed is told as a failed step.
struct RollBack {
    over: bool,
    word: String,
    since: Option<When>,
}

impl RollBack {
    fn of(timeline: &Timeline, operation: &Operation) -> Option<RollBack> {
        let of_nodes = timeline.tracks().filter_map(|track| track.turns.last()).flat_map(|turn| &turn.stages);
        let stages = timeline.stages().iter().chain(of_nodes);
        // Hundreds of nodes go through steps of a dozen names.
        let mut known: BTreeMap<&str, bool> = BTreeMap::new();
        let named: Vec<&Stage> = stages
            .filter(|stage| stage.state != State::Pending)
            .filter(|stage| *known.entry(&stage.name).or_insert_with_key(|name| says_roll_back(name)))
            .collect();
        let running = named.iter().find(|stage| stage.state == State::Running);
        let phase = operation.phase.as_ref().filter(|phase| says_roll_back(phase));
        let seen = |when: Option<When>| when.filter(|when| when.earliest().is_some());
        let (over, word, since) = if let Some(stage) = running {
            (false, stage.name.clone(), seen(stage.began))
        } else if let Some(stage) = named.iter().find(|stage| stage.state == State::Succeeded) {
            (true, stage.name.clone(), seen(stage.ended))
        } else if let Some(phase) = phase {
            (operation.state.is_over(), phase.clone(), None)
        } else if operation.state == State::RolledBack {
            (true, String::new(), None)
        } else {
            return None;
        };
        Some(RollBack { over, word, since })
    }
}

/// A node that was done and is not any more: the latest time of each.
fn went_back(timeline: &Timeline, operation: &Operation, found: &mut Found) {
    let mut latest = BTreeMap::new();
    for transition in timeline.transitions().iter().filter(|transition| transition.from == State::Succeeded) {
        let back = matches!(transition.to, State::Pending | State::Running | State::Unknown);
        if let (Subject::Node { role, name }, true) = (&transition.subject, back) {
            latest.insert((*role, name.as_str()), transition);
        }
    }
    // In the vendor's order.
    for node in &operation.nodes {
        if let Some(transition) = latest.get(&(node.role, node.name.as_str())) {
            let when = When::Between { after: transition.after, until: transition.until };
            let evidence = Evidence::NodeWentBack { node: node.name.clone(), to: transition.to };
            found.add(Level::Odd, evidence, Some(when));
        }
    }
}

/// A further turn of a node after one that did not end well, and the vendor's own counter.
fn retries(timeline: &Timeline, operation: &Operation, found: &mut Found) {
    for node in &operation.nodes {
        let Some(track) = timeline.track(node) else { continue };
        let pairs = track.turns.iter().zip(track.turns.iter().skip(1));
        let mut again = pairs.filter(|(before, _)| matches!(before.state, State::Failed | State::Unknown));
        if let Some((_, turn)) = again.next_back() {
            let level = if operation.state == State::Succeeded { Level::Note } else { Level::Odd };
            let evidence = Evidence::NodeRetried { node: node.name.clone(), turns: track.turns.len() };
            found.add(level, evidence, Some(turn.began));
        }
    }
    if let Some(attempts) = operation.attempts.filter(|attempts| *attempts > 1) {
        found.add(Level::Note, Evidence::TaskRetried { attempts }, None);
    }
}

/// So long before a preparation ends somebody should decide.
const EXPIRES_SOON: Span = Span::hours(24);

fn preparation(operation: &Operation, now: Timestamp, found: &mut Found) {
    let Some(until) = operation.valid_until else { return };
    if now >= until {
        found.add(Level::Odd, Evidence::PreparationOver { until }, Some(When::Reported(until)));
    } else {
        let soon = until.since(now) <= EXPIRES_SOON;
        let level = if soon { Level::Odd } else { Level::Note };
        found.add(level, Evidence::PreparationExpires { until }, None);
    }
}

fn not_watched(timeline: &Timeline, found: &mut Found) {
    let gaps = timeline.gaps();
    let Some(latest) = gaps.last() else { return };
    let missed = gaps.iter().map(|gap| gap.until.since(gap.after).as_millis());
    let missed_for = Span::millis(missed.fold(0, i64::saturating_add));
    let evidence = Evidence::NotWatched { missed_for, gaps: gaps.len(), cause: latest.cause };
    found.add(Level::Note, evidence, Some(When::Between { after: latest.after, until: latest.until }));
}

fn pauses(timeline: &Timeline, found: &mut Found) {
    let pauses = timeline.pauses();
    let Some(longest) = pauses.iter().max_by_key(|pause| pause.until.since(pause.from)) else { return };
    let paused_for = longest.until.since(longest.from);
    let when = When::Between { after: longest.from, until: longest.until };
    found.add(Level::Note, Evidence::Paused { paused_for, pauses: pauses.len() }, Some(when));
}
