//! What a person wants watched. A watch never holds a credential, so a link made of it cannot leak one.

/// A cloud vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provider {
    Ncp,
    Huawei,
    Alibaba,
}

/// A managed service of a vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    NcpSearchEngine,
    NcpDataStreaming,
    HuaweiCss,
    AlibabaHologres,
}

/// A separate world of a vendor with accounts of its own: keys of one site mean nothing in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Site {
    Public,
    Gov,
    Fin,
    /// Open Telekom Cloud, which runs Huawei's services under its own name and hosts.
    Otc,
}

/// The kind of operation whose progress is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OperationKind {
    Upgrade,
    RollingRestart,
    AzMigration,
    /// Not a change: the question whether a rolling restart could start now.
    Precheck,
}

impl Service {
    pub const ALL: [Service; 4] =
        [Service::NcpSearchEngine, Service::NcpDataStreaming, Service::HuaweiCss, Service::AlibabaHologres];

    /// The stable identifier used in links, proxy addresses and configuration.
    pub const fn id(self) -> &'static str {
        match self {
            Service::NcpSearchEngine => "ncp_search_engine",
            Service::NcpDataStreaming => "ncp_data_streaming",
            Service::HuaweiCss => "huawei_css",
            Service::AlibabaHologres => "alibaba_hologres",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.id() == id)
    }

    pub const fn provider(self) -> Provider {
        match self {
            Service::NcpSearchEngine | Service::NcpDataStreaming => Provider::Ncp,
            Service::HuaweiCss => Provider::Huawei,
            Service::AlibabaHologres => Provider::Alibaba,
        }
    }

    /// The operations that this service can be asked about; the first is the usual one.
    pub const fn operations(self) -> &'static [OperationKind] {
        match self {
            Service::NcpSearchEngine | Service::AlibabaHologres => &[OperationKind::Upgrade],
            Service::NcpDataStreaming => {
                &[OperationKind::RollingRestart, OperationKind::Upgrade, OperationKind::Precheck]
            }
            Service::HuaweiCss => &[OperationKind::Upgrade, OperationKind::AzMigration],
        }
    }

    /// Whether the vendor can be asked if a rolling restart could start now.
    pub const fn checks_restarts(self) -> bool {
        matches!(self, Service::NcpDataStreaming)
    }

    /// Whether the vendor can be asked if an upgrade to a chosen version could start now.
    pub const fn checks_upgrades(self) -> bool {
        matches!(self, Service::NcpSearchEngine | Service::NcpDataStreaming)
    }

    /// Whether the vendor's addresses name a project beside the cluster.
    pub const fn needs_project(self) -> bool {
        matches!(self, Service::HuaweiCss)
    }
}

impl Provider {
    pub const ALL: [Provider; 3] = [Provider::Ncp, Provider::Huawei, Provider::Alibaba];

    /// The stable identifier used in links and saved documents.
    pub const fn id(self) -> &'static str {
        match self {
            Provider::Ncp => "ncp",
            Provider::Huawei => "huawei",
            Provider::Alibaba => "alibaba",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provider| provider.id() == id)
    }
}

impl Site {
    pub const ALL: [Site; 4] = [Site::Public, Site::Gov, Site::Fin, Site::Otc];

    /// The stable identifier used in links, proxy addresses and configuration.
    pub const fn id(self) -> &'static str {
        match self {
            Site::Public => "public",
            Site::Gov => "gov",
            Site::Fin => "fin",
            Site::Otc => "otc",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|site| site.id() == id)
    }
}

impl OperationKind {
    pub const ALL: [OperationKind; 4] = [
        OperationKind::Upgrade,
        OperationKind::RollingRestart,
        OperationKind::AzMigration,
        OperationKind::Precheck,
    ];

    /// The stable identifier used in links and saved documents.
    pub const fn id(self) -> &'static str {
        match self {
            OperationKind::Upgrade => "upgrade",
            OperationKind::RollingRestart => "restart",
            OperationKind::AzMigration => "az-migration",
            OperationKind::Precheck => "precheck",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// A saved wish: this operation of this cluster, seen with this account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Watch {
    pub service: Service,
    pub operation: OperationKind,
    pub site: Site,
    /// The vendor's own region code, as the endpoint catalogue spells it.
    pub region: String,
    /// The vendor's project id; empty where the service has none.
    pub project: String,
    /// The vendor's own cluster id.
    pub cluster: String,
    /// The name of the account whose credential signs, chosen by the person; empty when not chosen yet.
    /// It stays on this device: links leave it out.
    pub account: String,
}

impl Watch {
    /// Whether both ask the same question, whatever account asks it.
    pub fn same_target(&self, other: &Watch) -> bool {
        self.key() == other.key()
    }

    /// A text that is equal for equal targets and different for different ones.
    pub fn key(&self) -> String {
        [self.service.id(), self.site.id(), &self.region, &self.project, &self.cluster, self.operation.id()]
            .join("/")
    }
}
