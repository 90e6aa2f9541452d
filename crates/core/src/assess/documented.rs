//! What the vendors document about how long things take.
//!
//! | Service | What | Documented | Page |
//! | --- | --- | --- | --- |
//! | Huawei CSS | a node of an upgrade | about 15 minutes, and the data migration | user guide "Upgrading the Cluster Version" |
//! | Huawei CSS | data migration of a node | ended as failed after 48 hours | 〃 |
//! | Hologres | preparation | 1 to 3 hours | user guide "Upgrade an instance" |
//! | Hologres | regular upgrade | 5 to 10 minutes | 〃 |
//! | Hologres | hot upgrade | 10 to 30 minutes | 〃 |
//! | NAVER SES, CDSS | anything | nothing | |

use super::work::Doing;
use crate::model::{OperationKind, Service, Span};

/// What is documented about one thing that may be going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Documented {
    /// How long it usually takes: from, to.
    pub usual: Option<(Span, Span)>,
    /// How long it may take before the vendor itself ends it.
    pub legal: Option<Span>,
}

/// A node of an upgrade at Huawei without its data migration, of which the length depends on the data.
pub(super) const HUAWEI_NODE: Span = Span::minutes(15);
/// Huawei ends a data migration that takes longer than this; until then it is legal.
pub(super) const HUAWEI_MIGRATION: Span = Span::hours(48);
pub(super) const HOLOGRES_PREPARATION: (Span, Span) = (Span::hours(1), Span::hours(3));
/// A regular upgrade or a hot one: no answer tells which of the two goes on.
pub(super) const HOLOGRES_UPGRADE: (Span, Span) = (Span::minutes(5), Span::minutes(30));

pub(super) fn documented(service: Option<Service>, kind: OperationKind, doing: &Doing<'_>) -> Documented {
    let of = |from, to| Documented { usual: Some((from, to)), legal: None };
    match (service, doing) {
        (Some(Service::AlibabaHologres), Doing::Preparing) => {
            of(HOLOGRES_PREPARATION.0, HOLOGRES_PREPARATION.1)
        }
        (Some(Service::AlibabaHologres), _) => of(HOLOGRES_UPGRADE.0, HOLOGRES_UPGRADE.1),
        (Some(Service::HuaweiCss), Doing::NotBegun) => Documented::default(),
        (Some(Service::HuaweiCss), _) if doing.is_data_migration() => {
            Documented { usual: None, legal: Some(HUAWEI_MIGRATION) }
        }
        (Some(Service::HuaweiCss), _) => Documented {
            usual: (kind == OperationKind::Upgrade).then_some((HUAWEI_NODE, HUAWEI_NODE)),
            // Without its steps a node may be migrating data.
            legal: matches!(doing, Doing::Turn { migrated: false, .. }).then_some(HUAWEI_MIGRATION),
        },
        _ => Documented::default(),
    }
}

/// How long we wait where nothing better is known: slow after the first, stalled after the second.
pub(super) const fn default(service: Option<Service>, doing: &Doing<'_>) -> (Span, Span) {
    match (service, doing) {
        // An operation that was accepted and has not begun.
        (_, Doing::NotBegun) => (Span::hours(1), Span::hours(4)),
        // Data is moved for as long as there is some.
        (Some(Service::HuaweiCss), Doing::Stage { order: Some(0), .. }) => (Span::hours(2), Span::hours(6)),
        // A broker restarts within minutes.
        (Some(Service::NcpDataStreaming), _) => (Span::minutes(20), Span::minutes(60)),
        _ => (Span::minutes(30), Span::minutes(90)),
    }
}
