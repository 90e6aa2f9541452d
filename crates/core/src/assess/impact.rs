//! What an operation does to those who use the cluster now, where the vendor documents it.
//!
//! - Hologres, user guide "Upgrade an instance": pre-check and backup have no impact; then writes are stopped;
//!   while the version changes writes are blocked and reads may flicker; then writes are restored. A regular
//!   upgrade stops the service.
//! - NAVER CDSS, "rollingRestartProgressCheck": a broker that is changing does not operate.
//! - Huawei CSS, user guide "Upgrading the Cluster Version": a node goes offline, its data is migrated to others,
//!   and it joins the cluster again.
//! - NAVER SES documents nothing; a node that is being worked on may not answer.

use super::completion::Completion;
use super::service::service_of;
use super::work::{Doing, at_work};
use crate::model::{NodeRole, Operation, Precheck, Service, State, Timestamp};
use crate::timeline::Timeline;

/// What is hurt now.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Impact {
    /// A rolling restart could start; nothing goes on.
    Possible,
    /// A rolling restart could not start, for this reason.
    Impossible { reason: String },
    /// What the pre-check answered is not known.
    Unclear { raw: String },
    /// Nothing is touched while the vendor prepares.
    Preparing,
    /// Prepared, and nothing is touched before somebody starts it, at the latest then.
    Prepared { until: Timestamp },
    /// Prepared, and it can no longer be started.
    Expired { until: Timestamp },
    /// The step that goes on is documented to have no impact.
    Unaffected,
    /// Writes are stopped, or the whole service in a regular upgrade.
    WritesStopped,
    /// The version changes: writes are blocked, reads may flicker.
    WritesBlocked,
    /// The version is changed, and writes are possible again.
    WritesRestored,
    /// So many of the brokers operate.
    Brokers { operating: u32, total: u32 },
    /// Nodes are worked on, and requests to them may fail.
    AtWork { active: usize, total: usize },
    /// Nodes are offline, and requests to them may fail; `migrating`: their data is being moved.
    Offline { active: usize, total: usize, migrating: bool },
    /// Nodes failed. What that hurts is not known.
    NodesFailed { failed: usize, total: usize },
    /// The vendor documents nothing about it.
    Unknown,
}

impl Impact {
    /// Whether it tells of something that is hurt now.
    pub const fn hurts(&self) -> bool {
        match self {
            Impact::Brokers { operating, total } => *operating < *total,
            Impact::WritesStopped
            | Impact::WritesBlocked
            | Impact::AtWork { .. }
            | Impact::Offline { .. } => true,
            _ => false,
        }
    }
}

/// The impact at `now`; `None` when nothing goes on that could have one.
pub(super) fn impact(timeline: &Timeline, now: Timestamp) -> Option<Impact> {
    let latest = timeline.latest()?;
    if let Some(precheck) = &latest.precheck {
        return Some(match precheck {
            Precheck::Passed => Impact::Possible,
            Precheck::Refused { reason } => Impact::Impossible { reason: reason.clone() },
            Precheck::Unclear { raw } => Impact::Unclear { raw: raw.clone() },
        });
    }
    let operation = latest.operation.as_ref()?;
    let brokers = latest.groups.iter().find(|group| group.role == NodeRole::Broker);
    let operating = brokers.and_then(|group| Some((group.operating?, group.total?)));
    // A broker that is down still hurts when the restart is over.
    if let Some((operating, total)) = operating.filter(|(up, all)| up < all || !operation.state.is_over()) {
        return Some(Impact::Brokers { operating, total });
    }
    let counts = Completion::of(operation);
    let (active, total) = (counts.active, counts.total());
    if operation.state.is_over() {
        return (counts.failed > 0).then_some(Impact::NodesFailed { failed: counts.failed, total });
    }
    if operation.state == State::Pending {
        if let Some(until) = operation.valid_until {
            return Some(if now < until { Impact::Prepared { until } } else { Impact::Expired { until } });
        }
        return (total > 0 || operation.phase.is_some()).then_some(Impact::Preparing);
    }
    Some(match service_of(operation) {
        Some(Service::AlibabaHologres) => of_hologres(operation),
        _ if active == 0 => Impact::Unknown,
        Some(Service::HuaweiCss) => {
            let mut doing = at_work(timeline, operation, Some(Service::HuaweiCss)).into_iter();
            Impact::Offline {
                active,
                total,
                migrating: doing.any(|doing: Doing<'_>| doing.is_data_migration()),
            }
        }
        _ => Impact::AtWork { active, total },
    })
}

/// By the steps `Stop`, `Backup` and `DoUpgrade`. Their order is not documented: what was stopped counts until
/// the version is changed.
fn of_hologres(operation: &Operation) -> Impact {
    let is = |name: &str, state| operation.steps.iter().any(|step| step.name == name && step.state == state);
    let goes_on = |name| is(name, State::Running);
    let waits_only = |name: &str| {
        let others = operation.steps.iter().filter(|step| step.name != name);
        others.into_iter().all(|step| matches!(step.state, State::Succeeded | State::Pending))
    };
    if operation.state != State::Running {
        Impact::Unknown
    } else if goes_on("DoUpgrade") {
        Impact::WritesBlocked
    } else if is("DoUpgrade", State::Succeeded) && waits_only("DoUpgrade") {
        Impact::WritesRestored
    } else if !waits_only("Stop") && !goes_on("Backup") {
        // A roll-back, a failed step, or one that we do not know.
        Impact::Unknown
    } else if goes_on("Stop") || is("Stop", State::Succeeded) {
        Impact::WritesStopped
    } else if goes_on("Backup") {
        Impact::Unaffected
    } else {
        Impact::Unknown
    }
}
