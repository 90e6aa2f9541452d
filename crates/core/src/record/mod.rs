//! What is kept of a watched cluster, so that a reload, a crash or a night does not lose it: every answer of a
//! vendor is a snapshot, and what was not recorded is gone.
//!
//! A [`Recorder`] turns the outcomes of polls into documents. A [`Tape`] reads them back, a [`Reel`] plays them
//! again. The documents are JSON texts with a version, in English words that never change their meaning. They hold
//! what was understood of answers, not the answers, and of failures the kind and the code, not the message: no
//! credential can get into them.
//!
//! The first observation of a run and every sixty-fourth is whole; the others hold what differs from the one before,
//! as a merge patch. What this version does not understand costs itself alone where that is possible, and what lies
//! over it until the next whole observation where it is not. A document of a later version is left as it is.

mod fields;
pub mod keys;
mod moment;
mod observation;
mod operation;
mod patch;
mod recorder;
mod reel;
mod retention;
mod run;
mod tape;
mod words;

pub use moment::{Moment, VERSION, last_at};
pub use recorder::{Recorder, Write};
pub use reel::Reel;
pub use retention::{KEPT_FOR, Kept, MOMENTS_PER_RUN, RUNS_PER_WATCH, TOTAL_BYTES, retain};
pub use run::{read_run, write_run};
pub use tape::Tape;

#[cfg(test)]
mod tests;
