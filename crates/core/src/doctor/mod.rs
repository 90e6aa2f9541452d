//! The connection doctor: how far a question gets on its way from the page over the proxy to a cluster, and why
//! no further.
//!
//! Nothing here asks anything. `next` says what is still worth asking, the driver asks it and adds what came of
//! it to the `Evidence`, and `diagnose` judges the whole at any time: one mark for each hop, and the cause where
//! the way ends.
//!
//! What may be asked is ordered by what it costs. The proxy has to refuse the first call by itself, so nothing
//! leaves for the vendor; the second reaches the vendor without a key, which tells the two clocks apart before
//! anything is signed; only then the question itself is signed, once, or twice where the clock is refused.

mod address;
mod diagnosis;
mod evidence;
#[cfg(test)]
pub(crate) mod scenes;
#[cfg(test)]
mod tests;

pub use address::{Address, Reach};
pub use diagnosis::{Cause, Diagnosis, Hop, Mark, diagnose, tolerance};
pub use evidence::{Ask, Case, Evidence, Key, Listed, Permission, Probe, Reply, next};
