//! The credentials in memory. They are written nowhere and end with the tab.

use std::collections::{BTreeMap, BTreeSet};

use rollwatch_core::model::{Provider, Watch};
use rollwatch_core::sign::Credential;

/// The name under which a credential is held: an account of a vendor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName {
    pub provider: Provider,
    pub account: String,
}

impl KeyName {
    /// The key that a watch signs with.
    pub fn of(watch: &Watch) -> Self {
        KeyName { provider: watch.service.provider(), account: watch.account.clone() }
    }
}

#[derive(Debug, Default)]
pub(super) struct Keyring {
    held: BTreeMap<KeyName, Credential>,
    /// The keys with which a vendor has answered.
    proven: BTreeSet<KeyName>,
}

impl Keyring {
    pub fn hold(&mut self, name: KeyName, credential: Credential) {
        self.proven.remove(&name);
        self.held.insert(name, credential);
    }

    pub fn forget(&mut self, name: &KeyName) {
        self.proven.remove(name);
        self.held.remove(name);
    }

    pub fn prove(&mut self, name: &KeyName) {
        if self.held.contains_key(name) {
            self.proven.insert(name.clone());
        }
    }

    /// Whether a vendor has answered with this key since it is held.
    pub fn is_proven(&self, name: &KeyName) -> bool {
        self.proven.contains(name)
    }

    pub fn find(&self, name: &KeyName) -> Option<&Credential> {
        self.held.get(name)
    }

    pub fn names(&self) -> Vec<KeyName> {
        self.held.keys().cloned().collect()
    }
}
