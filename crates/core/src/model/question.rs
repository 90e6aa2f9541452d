//! What may be asked of an account or a cluster beside the progress of an operation.

/// A cluster as a vendor's list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub id: String,
    /// The name that people gave the cluster; the id where the vendor lists none.
    pub name: String,
    /// The vendor's own word for the cluster's state.
    pub raw_status: Option<String>,
    pub version: Option<String>,
    /// Whether an operation is in progress. `None`: the list does not tell, only asking about the cluster does.
    pub busy: Option<bool>,
    /// Whether this key may ask about the cluster. Some vendors list what they do not open.
    pub open: bool,
}

/// One page of a list of clusters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    pub clusters: Vec<Listed>,
    /// The number of the next page; `None` when this was the last one.
    pub next: Option<u32>,
}

/// Whose credential it is, as far as the vendor tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// NAVER: the account's alias and the kind of user, in the vendor's words.
    User { alias: Option<String>, kind: Option<String> },
    /// Huawei: the ids and names of the projects that the credential opens in the region.
    Projects(Vec<Project>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    pub id: String,
    pub name: String,
}

/// A question to which the vendor answers whether something could start now. Asking changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    Restart,
    /// `config_group` is the number of the configuration that the new version would use; empty where the
    /// service has none.
    Upgrade {
        target_version: String,
        config_group: String,
    },
}
