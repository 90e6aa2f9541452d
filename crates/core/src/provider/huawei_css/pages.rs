//! The tasks that the first answer does not list.
//!
//! A list of more than ten tasks has pages. They are read once, and again when the vendor counts another number
//! of tasks. Once the current task was found on one of them, the first question asks for the whole list, so that
//! its answer shows how that task is now.
//!
//! What the page does not say: which of its two names for the paging parameter a server knows. One that ignores
//! `offset` repeats its first page, which ends the reading.

use std::collections::BTreeSet;

use crate::model::{Observation, Operation, Span, Timestamp, Warning};
use crate::provider::background::{Background, Pages, Supplement};
use crate::provider::wire::Notes;

/// The most tasks that the vendor lists in one answer, and the most that are read at all.
const MOST: u32 = 1000;

/// How many tasks a further page has.
const PAGE: u32 = 100;

/// A page that was read is not asked for again before this has passed, whatever the vendor counts meanwhile.
const GOOD_FOR: Span = Span::minutes(1);

/// The paging parameters of the first question; empty for none.
pub(super) fn first_query(background: &Background) -> String {
    if background.asks_for_all { format!("limit={MOST}") } else { String::new() }
}

/// The paging parameters of the page that begins with the task of this number, counted from 1.
pub(super) fn query_from(from: u32) -> String {
    format!("limit={PAGE}&offset={from}")
}

/// The tasks of the first answer with those of further pages, each once and as the first answer has it.
pub(super) fn merged(
    mut listed: Vec<Operation>,
    total: Option<u32>,
    background: &Background,
    notes: &mut Notes,
) -> Vec<Operation> {
    let count = |tasks: &[Operation]| u32::try_from(tasks.len()).unwrap_or(u32::MAX);
    let mut shown = count(&listed);
    let Some(total) = total.filter(|total| *total > shown) else { return listed };
    let known: BTreeSet<&str> = listed.iter().filter_map(key).collect();
    let is_new = |task: &&Operation| key(task).is_none_or(|key| !known.contains(key));
    let further: Vec<Operation> = background.further_operations.iter().filter(is_new).cloned().collect();
    listed.extend(further);
    // Pages that belong to another count have moved, and have to be read again from where the first one ends.
    if background.pages.is_some_and(|pages| pages.total == total) {
        shown = count(&listed);
    }
    if total > shown {
        notes.warn(Warning::MoreOperations { total, shown });
    }
    listed
}

/// What a task is told apart by; `None` for one that names neither its id nor its start.
fn key(task: &Operation) -> Option<&str> {
    task.id.as_deref().or_else(|| task.started_at.as_ref().map(|time| time.raw.as_str()))
}

pub(super) fn wanted(
    background: &Background,
    observation: &Observation,
    now: Timestamp,
) -> Option<Supplement> {
    let more = observation.warnings.iter().find_map(|warning| match warning {
        Warning::MoreOperations { total, shown } => Some((*total, *shown)),
        _ => None,
    });
    let (total, shown) = more?;
    let from = match background.pages {
        Some(pages) if pages.total == total => pages.next?,
        _ => shown.checked_add(1)?,
    };
    let page = Supplement::Operations { from };
    (from <= MOST && background.is_due(page, GOOD_FOR, now)).then_some(page)
}

/// Adds a page that begins with the task of the number `from`.
pub(super) fn learn(from: u32, listed: Vec<Operation>, total: Option<u32>, background: &mut Background) {
    let continued = background.pages.filter(|pages| pages.next == Some(from));
    let total = total.or(continued.map(|pages| pages.total)).unwrap_or(u32::MAX);
    match continued {
        // The list has changed while it was read: what was read stays until it is read anew.
        Some(pages) if pages.total != total => {
            background.pages = None;
            return;
        }
        Some(_) => {}
        None => background.further_operations.clear(),
    }
    let known: BTreeSet<&str> = background.further_operations.iter().filter_map(key).collect();
    let repeats = listed.first().and_then(key).is_some_and(|first| known.contains(first));
    let fresh = |task: &Operation| key(task).is_none_or(|key| !known.contains(key));
    let after = from.saturating_add(u32::try_from(listed.len()).unwrap_or(u32::MAX));
    let ended = listed.is_empty() || repeats || after > total.min(MOST);
    let new: Vec<Operation> = listed.into_iter().filter(fresh).collect();
    background.further_operations.extend(new);
    background.further_operations.truncate(MOST as usize);
    background.pages = Some(Pages { total, next: (!ended).then_some(after) });
}
