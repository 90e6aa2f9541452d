//! Simulated clouds: the five vendor APIs as far as Rollwatch calls them, with their signatures, clocks,
//! errors and the defects of their documented answers. The demo and the end-to-end tests talk to these, so
//! they go the same road as the real thing.
//!
//! Every answer is a function of the seed, the simulated clock and the faults that were set; only request ids
//! count up. The vendors' shapes are written here once more, from the vendors' pages: nothing of this crate
//! knows how Rollwatch reads them, so that one misunderstanding cannot hide on both sides.

mod answer;
mod clock;
mod clouds;
mod demo;
mod fault;
mod fleet;
mod question;
mod random;
mod refusal;
mod scene;
mod schedule;
mod server;
mod services;
mod verify;
mod written;

pub use answer::{Answer, Course};
pub use clock::SimClock;
pub use clouds::{Clouds, Logged};
pub use demo::demo_router;
pub use fault::Fault;
pub use fleet::{
    ACCOUNTS, Account, CLUSTERS, Cluster, Pass, SOAK, TEMPORARY, Temporary, UNWATCHED, account_of, clusters,
};
pub use server::{clouds_router, vendor_router};
