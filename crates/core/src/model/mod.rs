//! The words of the field as types: what is watched, and the facts of one answer.
//!
//! These types are not serialisable on purpose. Wire shapes belong to their adapter, and saved documents
//! and links have small versioned types of their own.

mod observation;
mod operation;
mod question;
mod state;
mod time;
mod watch;

pub use observation::{GroupSummary, Observation, Precheck, Warning};
pub use operation::{AzPlan, Fact, Node, NodeRole, Operation, Step, VersionChange};
pub use question::{Check, Holder, Listed, Listing, Project};
pub use state::State;
pub use time::{Span, Timestamp, VendorTime, Zone};
pub use watch::{OperationKind, Provider, Service, Site, Watch};
