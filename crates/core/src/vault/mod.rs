//! The vault: keys that a person keeps on a device under a passphrase.
//!
//! What stands here is what needs no browser: the documents and what binds them to each other, how much work a
//! passphrase costs, how wrong ones are slowed, and when an open vault locks. The browser derives, seals and opens.

mod document;
mod guard;

pub use document::{About, Header, KDF, Record, Sealed, VaultProblem, record_key};
pub use guard::{
    FIRST_ITERATIONS, Guard, LEAST_ITERATIONS, LockedBy, PASSPHRASE_AT_LEAST, Tries, calibrated,
};
