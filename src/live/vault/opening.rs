//! Making the vault, opening it, sealing it anew, and what goes into it.

use std::collections::BTreeMap;

use leptos::prelude::*;
use rollwatch_core::sign::{Credential as Described, hex};
use rollwatch_core::vault::{
    About, FIRST_ITERATIONS, Guard, Header, LEAST_ITERATIONS, PASSPHRASE_AT_LEAST, Record, calibrated,
    record_key,
};
use rollwatch_core::view::words::Vault as Words;

use super::stored::{header_entry, record_entry};
use super::{VaultError, VaultState, show};
use crate::browser::clock;
use crate::browser::crypto::{self, Typed, VaultKey};
use crate::live::custody::{Credential, Custody};
use crate::live::new_key::TypedKey;
use crate::live::tabs::{self, Message};
use crate::live::{KeyName, Live};

/// A new passphrase as it was typed, twice.
#[derive(Debug)]
pub struct NewPassphrase {
    pub typed: Typed,
    pub again: Typed,
}

impl NewPassphrase {
    /// # Errors
    /// Why it cannot be used.
    pub fn check(&self) -> Result<(), VaultError> {
        match self.typed.length() >= PASSPHRASE_AT_LEAST {
            false => Err(VaultError::TooShort),
            true if self.typed != self.again => Err(VaultError::Different),
            true => Ok(()),
        }
    }
}

/// How many iterations this device does in a quarter of a second.
async fn measured(passphrase: &Typed, salt: &[u8]) -> Result<u32, VaultError> {
    let began_at = clock::machine();
    VaultKey::derive(passphrase, salt, FIRST_ITERATIONS).await?;
    Ok(calibrated(FIRST_ITERATIONS, clock::machine().since(began_at)))
}

/// A key for a vault and how it is derived. `iterations`: as many as this device takes a quarter of a second for,
/// unless they are named.
async fn sealed_under(
    id: String,
    passphrase: &Typed,
    iterations: Option<u32>,
) -> Result<(Header, VaultKey), VaultError> {
    let salt = crypto::random_bytes(16)?;
    let iterations = match iterations {
        Some(iterations) => iterations,
        None => measured(passphrase, &salt).await?,
    };
    let key = VaultKey::derive(passphrase, &salt, iterations).await?;
    let check = key.seal_text("", &Header::bound_check(&id)).await?;
    Ok((Header { id, salt, iterations, check }, key))
}

impl Live {
    /// Makes an empty vault and opens it in this tab. `iterations` names a count instead of measuring one.
    ///
    /// # Errors
    /// Why there is none now.
    pub async fn make_vault(self, new: &NewPassphrase, iterations: Option<u32>) -> Result<(), VaultError> {
        new.check()?;
        let _lease = self.vault_lease().await;
        // Another tab may have made one.
        if self.stored().await?.header.is_some() {
            show(self);
            return Err(VaultError::Locked);
        }
        let id = hex(&crypto::random_bytes(16)?);
        let (header, key) = sealed_under(id, &new.typed, iterations).await?;
        self.store(&[header_entry(&header)]).await?;
        self.set_open(header, key);
        Ok(())
    }

    /// Opens the vault in this tab: every key in it can be used. One with fewer iterations than are used today is
    /// sealed anew.
    ///
    /// # Errors
    /// Why it stays locked.
    pub async fn open_vault(self, passphrase: &Typed) -> Result<(), VaultError> {
        let (header, key) = self.try_passphrase(passphrase).await?;
        self.want_unlock(false);
        self.dismiss_locked();
        let outdated = header.iterations < LEAST_ITERATIONS;
        self.set_open(header, key);
        self.take_records().await?;
        if outdated {
            self.seal_anew(passphrase).await?;
        }
        Ok(())
    }

    /// Seals the vault under another passphrase. Other tabs lock.
    ///
    /// # Errors
    /// Why nothing has changed.
    pub async fn change_passphrase(self, old: &Typed, new: &NewPassphrase) -> Result<(), VaultError> {
        new.check()?;
        let (header, key) = self.try_passphrase(old).await?;
        self.set_open(header, key);
        self.take_records().await?;
        self.seal_anew(&new.typed).await
    }

    /// The vault's key, if the passphrase is right. A wrong one is counted before it is tried, so that no reload
    /// comes in between, and tabs try one after the other, so that a wait is one for all of them.
    async fn try_passphrase(self, passphrase: &Typed) -> Result<(Header, VaultKey), VaultError> {
        let _lease = self.vault_lease().await;
        let stored = self.stored().await?;
        let header = stored.header.ok_or(VaultError::Damaged)?;
        let now = clock::machine();
        if stored.tries.wait_for(now).as_millis() > 0 {
            show(self);
            return Err(VaultError::Wait);
        }
        self.store_tries(Some(stored.tries.and_wrong(now))).await;
        let key = VaultKey::derive(passphrase, &header.salt, header.iterations).await?;
        if key.open_text(&header.check, &Header::bound_check(&header.id)).await.is_err() {
            // The wait begins when it is known that there is one.
            self.store_tries(Some(stored.tries.and_wrong(clock::machine()))).await;
            return Err(VaultError::Wrong);
        }
        self.store_tries(None).await;
        Ok((header, key))
    }

    fn set_open(self, header: Header, key: VaultKey) {
        self.state.update_value(|state| {
            let vault = &mut state.vault;
            (vault.header, vault.key) = (Some(header), Some(key));
            vault.guard = Some(Guard::new(clock::machine()));
        });
        show(self);
    }

    /// What the vault is open with.
    fn open_with(self) -> Option<(Header, VaultKey)> {
        self.state.with_value(|state| Some((state.vault.header.clone()?, state.vault.key.clone()?)))
    }

    /// Takes the keys of all records that are not in memory. A key that was entered since stays.
    async fn take_records(self) -> Result<(), VaultError> {
        let records = self.stored().await?.records;
        let Some((header, key)) = self.open_with() else { return Ok(()) };
        let (mut names, mut unread) = (Vec::new(), false);
        for (record_name, text) in records {
            match open_record(&header, &key, &record_name, &text).await {
                Ok((about, credential)) => {
                    let name = KeyName { provider: about.provider, account: about.account };
                    let is_taken = self.state.try_update_value(|state| {
                        let is_new = state.vault.key.is_some() && !state.keyring.holds(&name);
                        if is_new {
                            state.keyring.hold(name.clone(), credential.into(), about.ends_at);
                            state.keyring.remember(&name);
                        }
                        is_new
                    });
                    names.extend((is_taken == Some(true)).then_some(name));
                }
                Err(_) => unread = true,
            }
        }
        if unread {
            self.note(self.signals.lang.get_untracked().say(Words::SomeUnread).to_owned());
        }
        self.keys_changed(&names, false);
        show(self);
        Ok(())
    }

    /// Seals everything under a fresh key. A record that does not open stays as it is.
    async fn seal_anew(self, passphrase: &Typed) -> Result<(), VaultError> {
        let _lease = self.vault_lease().await;
        let records = self.stored().await?.records;
        let (before, old) = self.open_with().ok_or(VaultError::Locked)?;
        let (header, key) = sealed_under(before.id.clone(), passphrase, None).await?;
        let mut entries = vec![header_entry(&header)];
        for (name, text) in records {
            let anew = anew(&before, &old, &key, &name, &text).await;
            entries.push(record_entry(&name, anew.unwrap_or(text)));
        }
        self.store_instead(&entries).await?;
        // One that was locked meanwhile stays so.
        match self.open_with() {
            Some(_) => self.set_open(header, key),
            None => drop(self.stored().await?),
        }
        tabs::tell(self, &Message::Vault);
        show(self);
        Ok(())
    }

    /// Lets the open vault keep a key that is in memory, and says so if it does not.
    pub(in crate::live) async fn remember(self, name: &KeyName, key: TypedKey, secret: &Typed) {
        let about = About {
            provider: name.provider,
            account: key.account,
            credential: key.credential,
            ends_at: key.ends_at,
        };
        let kept = self.keep_record(&about, secret).await;
        if kept.is_ok() {
            self.state.update_value(|state| state.keyring.remember(name));
        }
        // One that was locked meanwhile gives out no key, this one included.
        if kept.is_ok() && self.open_with().is_none() {
            self.lock();
        }
        self.note_unless(kept);
    }

    async fn keep_record(self, about: &About, secret: &Typed) -> Result<(), VaultError> {
        let _lease = self.vault_lease().await;
        // Locks it, if another tab has sealed it anew.
        self.stored().await?;
        let (Header { id, .. }, key) = self.open_with().ok_or(VaultError::Locked)?;
        let name = record_key(&id, about.provider, &about.account);
        let sealed_secret = match about.credential {
            Described::AuthToken(_) => None,
            Described::Key(_) => Some(key.seal_secret(secret, &about.bound_secret(&id)).await?),
        };
        let sealed_about = key.seal_text(&about.to_json(), &Record::bound_about(&id, &name)).await?;
        let record = Record { about: sealed_about, secret: sealed_secret };
        self.store(&[record_entry(&name, record.to_json())]).await
    }

    /// Another tab has changed what is stored.
    pub(in crate::live) async fn follow_vault(self) {
        let Ok(stored) = self.stored().await else { return self.find_vault().await };
        if self.signals.vault.with_untracked(|vault| vault.state == VaultState::Open) {
            self.drop_removed(&stored.records);
            // What cannot be read now is told when the vault is opened.
            let _ = self.take_records().await;
        }
        show(self);
    }

    /// Drops the keys whose records are gone.
    fn drop_removed(self, records: &BTreeMap<String, String>) {
        let gone = self.state.try_update_value(|state| {
            let id = state.vault.header.as_ref().map(|header| header.id.clone()).unwrap_or_default();
            let mut names = state.keyring.remembered();
            names.retain(|name| !records.contains_key(&record_key(&id, name.provider, &name.account)));
            names.iter().for_each(|name| state.keyring.forget(name));
            names
        });
        self.keys_changed(&gone.unwrap_or_default(), true);
    }
}

/// A record and its credential. Its name has to be that of its account.
async fn open_record(
    header: &Header,
    key: &VaultKey,
    name: &str,
    text: &str,
) -> Result<(About, Credential), VaultError> {
    let record = Record::from_json(text)?;
    let about = key.open_text(&record.about, &Record::bound_about(&header.id, name)).await?;
    let about = About::from_json(&about)?;
    if record_key(&header.id, about.provider, &about.account) != name {
        return Err(VaultError::Damaged);
    }
    let credential = match (about.credential.clone(), &record.secret) {
        (Described::AuthToken(token), _) => Credential::AuthToken(token),
        (described, Some(sealed)) => {
            let secret = key.open_key(sealed, &about.bound_secret(&header.id)).await?;
            described.map(|()| Custody::Browser(secret))
        }
        (_, None) => return Err(VaultError::Damaged),
    };
    Ok((about, credential))
}

/// A record sealed under another key.
async fn anew(
    header: &Header,
    old: &VaultKey,
    new: &VaultKey,
    name: &str,
    text: &str,
) -> Result<String, VaultError> {
    let record = Record::from_json(text)?;
    let bound = Record::bound_about(&header.id, name);
    let about = About::from_json(&old.open_text(&record.about, &bound).await?)?;
    let secret = match &record.secret {
        Some(sealed) => Some(old.seal_anew(sealed, &about.bound_secret(&header.id), new).await?),
        None => None,
    };
    Ok(Record { about: old.seal_anew(&record.about, &bound, new).await?, secret }.to_json())
}
