//! What the simulated fleet is made of: accounts, clusters, and the story that each cluster tells.

mod accounts;
mod soak;
mod table;
mod unwatched;

pub use accounts::{ACCOUNTS, TEMPORARY};
pub use soak::SOAK;
pub use table::CLUSTERS;
pub use unwatched::UNWATCHED;

use crate::scene::Rhythm;
use crate::services::Story;
use rollwatch_core::model::{OperationKind, Provider, Service, Site, Span, Watch};

/// A demo account. Its secret is invented and public, and opens nothing but this simulation.
#[derive(Clone, Copy)]
pub struct Account {
    pub name: &'static str,
    pub provider: Provider,
    pub site: Site,
    pub access_key_id: &'static str,
    pub secret: &'static str,
}

impl Account {
    pub(crate) fn opens(&self, site: Site) -> bool {
        self.site == site
    }
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A credential that ends. It opens what the account that it belongs to opens.
#[derive(Clone, Copy)]
pub struct Temporary {
    /// The name of its account.
    pub account: &'static str,
    pub provider: Provider,
    pub site: Site,
    pub pass: Pass,
    /// How long after the start of a simulation the vendor takes it.
    pub lasts_for: Span,
}

/// What is shown to the vendor.
#[derive(Clone, Copy)]
pub enum Pass {
    Key {
        access_key_id: &'static str,
        secret: &'static str,
        /// `None` where the vendor's temporary keys have none.
        security_token: Option<&'static str>,
    },
    /// Huawei's token, which goes along in place of a signature.
    AuthToken(&'static str),
}

impl std::fmt::Debug for Temporary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Temporary").field("account", &self.account).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Pass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Pass::Key { .. } => "Key(•••)",
            Pass::AuthToken(_) => "AuthToken(•••)",
        })
    }
}

/// A simulated cluster, with what is asked of it on the demo's board.
#[derive(Debug, Clone, Copy)]
pub struct Cluster {
    pub service: Service,
    pub operation: OperationKind,
    pub site: Site,
    pub region: &'static str,
    /// Empty where the vendor has none.
    pub project: &'static str,
    pub id: &'static str,
    pub name: &'static str,
    pub(crate) rhythm: Rhythm,
    pub(crate) story: Story,
}

impl Cluster {
    /// The watch that a person would save for this cluster.
    pub fn watch(&self) -> Watch {
        Watch {
            service: self.service,
            operation: self.operation,
            site: self.site,
            region: self.region.to_owned(),
            project: self.project.to_owned(),
            cluster: self.id.to_owned(),
            account: account_of(self).map_or(String::new(), |account| account.name.to_owned()),
        }
    }
}

/// Every cluster that there is, those of the demo's board first.
pub fn clusters() -> impl Iterator<Item = &'static Cluster> {
    CLUSTERS.iter().chain(&UNWATCHED).chain(&SOAK)
}

/// The account to which a cluster belongs.
pub fn account_of(cluster: &Cluster) -> Option<&'static Account> {
    let provider = cluster.service.provider();
    ACCOUNTS.iter().find(|account| account.provider == provider && account.opens(cluster.site))
}
