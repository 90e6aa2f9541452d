//! The vault's documents in this browser's database.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;
use rollwatch_core::vault::{Header, Tries, record_key};

use super::{VaultError, show};
use crate::browser::crypto;
use crate::browser::database::{self, Database, Entry, Store};
use crate::browser::locks::{self, Lease};
use crate::live::tabs::{self, Message};
use crate::live::{KeyName, Live};

/// The database of the vault; what is tried in a demo is kept apart.
const DATABASE: &str = "rollwatch.vault";
const DEMO_DATABASE: &str = "rollwatch.demo.vault";

const HEADER: &str = "header";
const TRIES: &str = "tries";
const RECORD: &str = "record/";

/// What is stored.
pub(super) struct Stored {
    pub header: Option<Header>,
    /// The records as they are, by their names.
    pub records: BTreeMap<String, String>,
    pub tries: Tries,
}

pub(super) fn entry(key: &str, text: String) -> Entry {
    Entry { store: Store::Vault, key: key.to_owned(), text }
}

pub(super) fn header_entry(header: &Header) -> Entry {
    entry(HEADER, header.to_json())
}

pub(super) fn record_entry(name: &str, text: String) -> Entry {
    entry(&format!("{RECORD}{name}"), text)
}

async fn read(database: &Database) -> Result<Stored, VaultError> {
    let (mut header, mut records, mut tries) = (None, BTreeMap::new(), Tries::default());
    for (key, text) in database.under(Store::Vault, "").await? {
        match key.as_str() {
            HEADER => header = Some(Header::from_json(&text)?),
            TRIES => tries = Tries::from_json(&text),
            _ => {
                if let Some(name) = key.strip_prefix(RECORD) {
                    records.insert(name.to_owned(), text);
                }
            }
        }
    }
    // Records without a header open under nothing, and a new vault would end them.
    if header.is_none() && !records.is_empty() {
        return Err(VaultError::Damaged);
    }
    Ok(Stored { header, records, tries })
}

impl Live {
    fn vault_name(self) -> &'static str {
        if self.settings().demo.is_some() { DEMO_DATABASE } else { DATABASE }
    }

    /// Looks what is stored of the vault, and makes nothing.
    pub async fn find_vault(self) {
        let found = self.look_for_vault().await;
        self.state.try_update_value(|state| {
            state.vault.known = true;
            state.vault.problem = found.err();
        });
        show(self);
    }

    async fn look_for_vault(self) -> Result<(), VaultError> {
        if !crypto::is_available() {
            return Err(VaultError::NoCrypto);
        }
        if database::exists(self.vault_name()).await {
            self.stored().await?;
        }
        Ok(())
    }

    /// The database, which is made if there is none.
    pub(super) async fn vault_database(self) -> Result<Rc<Database>, VaultError> {
        if let Some(database) = self.state.with_value(|state| state.vault.database.clone()) {
            return Ok(database);
        }
        let database = Rc::new(Database::open(self.vault_name(), &[Store::Vault]).await?);
        self.state.update_value(|state| state.vault.database = Some(Rc::clone(&database)));
        Ok(database)
    }

    /// Reads what is stored now. A vault that was sealed anew, or is gone, is locked in this tab.
    pub(super) async fn stored(self) -> Result<Stored, VaultError> {
        let database = self.vault_database().await?;
        let stored = read(&database).await?;
        let is_another = self.state.try_update_value(|state| {
            let vault = &mut state.vault;
            let is_another = vault.key.is_some() && vault.header != stored.header;
            vault.header = stored.header.clone();
            vault.records = stored.records.keys().cloned().collect();
            vault.tries = stored.tries;
            (vault.known, vault.problem) = (true, None);
            is_another
        });
        if is_another == Some(true) {
            self.lock();
        }
        Ok(stored)
    }

    /// Keeps other tabs from changing the vault, for as long as the lease is held.
    pub(super) async fn vault_lease(self) -> Lease {
        locks::hold(self.vault_name()).await
    }

    /// Stores documents and has the other tabs look.
    pub(super) async fn store(self, entries: &[Entry]) -> Result<(), VaultError> {
        self.vault_database().await?.put(entries).await?;
        self.stored().await?;
        tabs::tell(self, &Message::Vault);
        Ok(())
    }

    /// Puts documents in the place of all that are stored.
    pub(super) async fn store_instead(self, entries: &[Entry]) -> Result<(), VaultError> {
        self.vault_database().await?.replace(Store::Vault, entries).await?;
        Ok(())
    }

    /// Remembers how often a wrong passphrase was tried; `None` after a right one. A browser that has no room for it
    /// keeps nobody from opening their vault.
    pub(super) async fn store_tries(self, tries: Option<Tries>) {
        self.state.update_value(|state| state.vault.tries = tries.unwrap_or_default());
        show(self);
        if let Ok(database) = self.vault_database().await {
            let _ = match tries {
                Some(tries) => database.put(&[entry(TRIES, tries.to_json())]).await,
                None => database.remove(&[(Store::Vault, TRIES.to_owned())]).await,
            };
        }
    }

    pub(super) async fn remove_record(self, name: &KeyName) -> Result<(), VaultError> {
        let _lease = self.vault_lease().await;
        let Some(header) = self.stored().await?.header else { return Ok(()) };
        let key = format!("{RECORD}{}", record_key(&header.id, name.provider, &name.account));
        self.vault_database().await?.remove(&[(Store::Vault, key)]).await?;
        self.stored().await?;
        tabs::tell(self, &Message::Vault);
        show(self);
        Ok(())
    }

    /// Ends the vault with everything in it, as after a passphrase that nobody remembers.
    ///
    /// # Errors
    /// When the browser did not remove it.
    pub async fn delete_vault(self) -> Result<(), VaultError> {
        let _lease = self.vault_lease().await;
        self.lock();
        self.store_instead(&[]).await?;
        self.stored().await?;
        tabs::tell(self, &Message::Vault);
        show(self);
        Ok(())
    }
}
