//! Types as words.

use super::words::{Lang, Name};
use crate::assess::Verdict;
use crate::model::{NodeRole, OperationKind, Provider, Service, Site, State, Watch};

pub fn provider_name(lang: Lang, provider: Provider, site: Site) -> &'static str {
    lang.say(match (provider, site) {
        (Provider::Ncp, _) => Name::Ncp,
        (Provider::Huawei, Site::Otc) => Name::OpenTelekomCloud,
        (Provider::Huawei, _) => Name::Huawei,
        (Provider::Alibaba, _) => Name::Alibaba,
    })
}

pub fn service_name(lang: Lang, service: Service) -> &'static str {
    lang.say(match service {
        Service::NcpSearchEngine => Name::SearchEngine,
        Service::NcpDataStreaming => Name::DataStreaming,
        Service::HuaweiCss => Name::Css,
        Service::AlibabaHologres => Name::Hologres,
    })
}

pub fn site_name(lang: Lang, site: Site) -> &'static str {
    lang.say(match site {
        Site::Public => Name::SitePublic,
        Site::Gov => Name::SiteGov,
        Site::Fin => Name::SiteFin,
        Site::Otc => Name::OpenTelekomCloud,
    })
}

/// Region, with the site where it is not the usual one.
pub fn place_name(lang: Lang, watch: &Watch) -> String {
    match watch.site {
        Site::Public | Site::Otc => watch.region.clone(),
        site => format!("{} · {}", watch.region, site_name(lang, site)),
    }
}

pub fn role_name(lang: Lang, role: NodeRole) -> &'static str {
    lang.say(match role {
        NodeRole::Master => Name::RoleMaster,
        NodeRole::Manager => Name::RoleManager,
        NodeRole::Data => Name::RoleData,
        NodeRole::Broker => Name::RoleBroker,
        NodeRole::ZooKeeper => Name::RoleZooKeeper,
        NodeRole::Leader => Name::RoleLeader,
        NodeRole::Follower => Name::RoleFollower,
        NodeRole::Unstated => Name::RoleUnstated,
    })
}

pub fn operation_name(lang: Lang, kind: OperationKind) -> &'static str {
    lang.say(match kind {
        OperationKind::Upgrade => Name::Upgrade,
        OperationKind::RollingRestart => Name::RollingRestart,
        OperationKind::AzMigration => Name::AzMigration,
        OperationKind::Precheck => Name::Precheck,
    })
}

pub fn state_name(lang: Lang, state: State) -> &'static str {
    lang.say(match state {
        State::Pending => Name::StatePending,
        State::Running => Name::StateRunning,
        State::Succeeded => Name::StateSucceeded,
        State::PartiallySucceeded => Name::StatePartiallySucceeded,
        State::Failed => Name::StateFailed,
        State::RolledBack => Name::StateRolledBack,
        State::Unknown => Name::StateUnknown,
    })
}

pub fn verdict_name(lang: Lang, verdict: Verdict) -> &'static str {
    lang.say(match verdict {
        Verdict::Failed => Name::VerdictFailed,
        Verdict::PartlyFailed => Name::VerdictPartlyFailed,
        Verdict::RollingBack => Name::VerdictRollingBack,
        Verdict::RolledBack => Name::VerdictRolledBack,
        Verdict::Stalled => Name::VerdictStalled,
        Verdict::CannotSee => Name::VerdictCannotSee,
        Verdict::DoneMixed => Name::VerdictDoneMixed,
        Verdict::Slow => Name::VerdictSlow,
        Verdict::Unrecognised => Name::VerdictUnrecognised,
        Verdict::Refused => Name::VerdictRefused,
        Verdict::Running => Name::VerdictRunning,
        Verdict::Waiting => Name::VerdictWaiting,
        Verdict::Passed => Name::VerdictPassed,
        Verdict::Done => Name::VerdictDone,
        Verdict::Idle => Name::VerdictIdle,
        Verdict::Asking => Name::VerdictAsking,
    })
}
