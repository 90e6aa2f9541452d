//! What is true of everything that was read, whatever it was read from.

use rollwatch_core::error::{ErrorKind, MESSAGE_LIMIT, PollError};
use rollwatch_core::model::{Observation, Operation, Precheck, State};
use std::collections::BTreeSet;

/// The most warnings that are worth reading.
const WARNING_LIMIT: usize = 50;

/// Holds what an answer about an operation means against what the model promises.
///
/// # Panics
/// When a promise is broken.
pub fn sound(outcome: &Result<Observation, PollError>) {
    let observation = match outcome {
        Ok(observation) => observation,
        Err(error) => return explained(error),
    };
    observation.operation.iter().chain(&observation.earlier).for_each(named_apart);
    observation.precheck.iter().for_each(shown);
    assert!(observation.warnings.len() <= WARNING_LIMIT, "warnings are few enough to be read");
}

fn named_apart(operation: &Operation) {
    let mut names = BTreeSet::new();
    for node in &operation.nodes {
        assert!(!node.name.is_empty(), "every node has a name");
        assert!(names.insert((node.role, &node.name)), "a node's name is its own: {:?}", node.name);
    }
    let is_done = |state| matches!(state, State::Succeeded);
    let derived = operation.raw_status.is_none() && is_done(operation.state);
    let all_done = operation.nodes.iter().all(|node| is_done(node.state));
    assert!(!derived || all_done, "success that no vendor states needs every node to be done");
}

/// An answer that means nothing names the field that shows it, and no text of a vendor is shown at any length.
pub(crate) fn explained(error: &PollError) {
    let names_what =
        !matches!(error.kind, ErrorKind::Malformed | ErrorKind::BadWatch) || error.field.is_some();
    assert!(names_what, "{:?} names the field", error.kind);
    error.message.iter().for_each(|message| fit_to_show(message));
}

/// A vendor's reason is as short and plain as any other text of a vendor.
pub(crate) fn shown(precheck: &Precheck) {
    match precheck {
        Precheck::Passed => {}
        Precheck::Refused { reason } => fit_to_show(reason),
        Precheck::Unclear { raw } => fit_to_show(raw),
    }
}

/// What [`rollwatch_core::error::redact`] promises of every text.
pub(crate) fn fit_to_show(text: &str) {
    assert!(text.chars().count() <= MESSAGE_LIMIT + 1, "a vendor's text is shortened");
    assert!(!text.chars().any(char::is_control), "a vendor's text is one line");
}
