//! Texts by key in IndexedDB, for what is too much for the local storage.
//!
//! A transaction ends by itself as soon as the browser finds nothing more to do in it. So within one, every
//! request is made before anything is waited for.

use std::cell::RefCell;
use std::rc::Rc;

use idb::{
    CursorDirection, DatabaseEvent, Factory, KeyRange, ObjectStoreParams, Transaction, TransactionMode,
};
use js_sys::{JsString, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, Event};

use super::erase;

/// The layout of the stores. A later one has a higher number, and the browser then refuses it to this version.
const VERSION: u32 = 1;

/// How many texts are looked at together.
const AT_ONCE: u32 = 500;

/// A set of entries of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Store {
    Moments,
    Runs,
    /// The documents of the vault, which is a database of its own.
    Vault,
}

impl Store {
    const fn name(self) -> &'static str {
        match self {
            Store::Moments => "moments",
            Store::Runs => "runs",
            Store::Vault => "vault",
        }
    }
}

/// A text under a key; a later one replaces an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub store: Store,
    pub key: String,
    pub text: String,
}

/// Why something was not read or not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseFailure {
    /// The browser offers no database to this page, as some do in a private window.
    Unavailable,
    /// There is no room left. Nothing of what was to be stored is.
    Full,
    /// A later version of this page has changed the layout.
    Newer,
    /// The browser failed otherwise, such as over a broken file.
    Broken,
}

/// A connection to a database of this origin. It gives way when another tab changes or deletes the database,
/// and is opened anew when it is used again.
#[derive(Debug)]
pub struct Database {
    name: String,
    stores: &'static [Store],
    connection: RefCell<Rc<idb::Database>>,
}

impl Database {
    /// Opens a database, and makes it with these stores if it does not exist.
    pub async fn open(name: &str, stores: &'static [Store]) -> Result<Self, DatabaseFailure> {
        let connection = RefCell::new(Rc::new(connect(name, stores).await?));
        Ok(Database { name: name.to_owned(), stores, connection })
    }

    /// Stores all of these entries or, when it fails, none.
    pub async fn put(&self, entries: &[Entry]) -> Result<(), DatabaseFailure> {
        self.change(|within| put(within, entries)).await
    }

    /// Puts these entries in the place of everything that a store holds or, when it fails, changes nothing.
    pub async fn replace(&self, store: Store, entries: &[Entry]) -> Result<(), DatabaseFailure> {
        let change = |within: &Transaction| {
            within.object_store(store.name())?.delete(keys_under("")?)?;
            put(within, entries)
        };
        self.change(change).await
    }

    /// The entries of a store whose keys begin with `prefix`, by key.
    pub async fn under(&self, store: Store, prefix: &str) -> Result<Vec<(String, String)>, DatabaseFailure> {
        let within = self.begin(&[store], TransactionMode::ReadOnly).await?;
        let requests = within.object_store(store.name()).and_then(|store| {
            let range = || keys_under(prefix).map(|range| Some(range.into()));
            let keys = store.get_all_keys(range()?, None)?.into_future();
            Ok((keys, store.get_all(range()?, None)?.into_future()))
        });
        let (keys, texts) = requests.map_err(failure)?;
        let (keys, texts) = (keys.await.map_err(failure)?, texts.await.map_err(failure)?);
        let entries = keys.into_iter().zip(texts);
        Ok(entries.filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?))).collect())
    }

    /// The last of the keys that begin with `prefix`.
    pub async fn last_key(&self, store: Store, prefix: &str) -> Result<Option<String>, DatabaseFailure> {
        let within = self.begin(&[store], TransactionMode::ReadOnly).await?;
        let request = within.object_store(store.name()).and_then(|store| {
            store.open_key_cursor(Some(keys_under(prefix)?.into()), Some(CursorDirection::Prev))
        });
        let cursor = request.map_err(failure)?.await.map_err(failure)?;
        Ok(cursor.and_then(|cursor| cursor.key().ok()?.as_string()))
    }

    /// The keys of a store in their order, each with the length of its text in UTF-16 units, which for English
    /// words and numbers are bytes. The texts are looked at a few at a time and not copied.
    pub async fn sizes(&self, store: Store) -> Result<Vec<(String, u64)>, DatabaseFailure> {
        let mut sizes: Vec<(String, u64)> = Vec::new();
        loop {
            let after = sizes.last().map(|(key, _)| key.as_str());
            let within = self.begin(&[store], TransactionMode::ReadOnly).await?;
            let requests = within.object_store(store.name()).and_then(|store| {
                let range = || keys_after(after).map(|range| range.map(Into::into));
                let keys = store.get_all_keys(range()?, Some(AT_ONCE))?.into_future();
                Ok((keys, store.get_all(range()?, Some(AT_ONCE))?.into_future()))
            });
            let (keys, texts) = requests.map_err(failure)?;
            let (keys, texts) = (keys.await.map_err(failure)?, texts.await.map_err(failure)?);
            let lengths = texts.iter().map(|text| text.dyn_ref::<JsString>().map_or(0, JsString::length));
            let found = keys.iter().filter_map(JsValue::as_string).zip(lengths);
            let before = sizes.len();
            sizes.extend(found.map(|(key, length)| (key, u64::from(length))));
            if sizes.len() == before || keys.len() < AT_ONCE as usize {
                return Ok(sizes);
            }
        }
    }

    /// Removes the entries whose keys begin with a prefix: of all these stores or, when it fails, of none.
    pub async fn remove(&self, prefixes: &[(Store, String)]) -> Result<(), DatabaseFailure> {
        let remove = |within: &Transaction| {
            prefixes.iter().try_for_each(|(store, prefix)| {
                within.object_store(store.name())?.delete(keys_under(prefix)?).map(drop)
            })
        };
        self.change(remove).await
    }

    /// Removes every entry.
    pub async fn clear(&self) -> Result<(), DatabaseFailure> {
        let all: Vec<_> = self.stores.iter().map(|store| (*store, String::new())).collect();
        self.remove(&all).await
    }

    async fn change(
        &self,
        make: impl Fn(&Transaction) -> Result<(), idb::Error>,
    ) -> Result<(), DatabaseFailure> {
        let within = self.begin(self.stores, TransactionMode::ReadWrite).await?;
        if let Err(error) = make(&within) {
            let _ = within.abort();
            return Err(failure(error));
        }
        // A page that closes now may not live to see the requests succeed, which ends the transaction otherwise.
        finished(within.commit().map_err(failure)?).await
    }

    async fn begin(&self, stores: &[Store], mode: TransactionMode) -> Result<Transaction, DatabaseFailure> {
        let names: Vec<&str> = stores.iter().map(|store| store.name()).collect();
        let connection = Rc::clone(&self.connection.borrow());
        match connection.transaction(&names, mode) {
            // The connection was closed, by `connect` or by the browser.
            Err(idb::Error::TransactionOpenFailed(reason)) if name_of(&reason) == "InvalidStateError" => {}
            other => return other.map_err(failure),
        }
        let connection = Rc::new(connect(&self.name, self.stores).await?);
        self.connection.replace(Rc::clone(&connection));
        connection.transaction(&names, mode).map_err(failure)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.connection.borrow().close();
    }
}

/// Whether there is a database of this name; where the browser does not tell, there may be one.
pub async fn exists(name: &str) -> bool {
    erase::database_names().await.is_none_or(|names| names.iter().any(|other| other == name))
}

fn put(within: &Transaction, entries: &[Entry]) -> Result<(), idb::Error> {
    entries.iter().try_for_each(|Entry { store, key, text }| {
        let store = within.object_store(store.name())?;
        store.put(&JsValue::from_str(text), Some(&JsValue::from_str(key))).map(drop)
    })
}

async fn connect(name: &str, stores: &'static [Store]) -> Result<idb::Database, DatabaseFailure> {
    let factory = Factory::new().map_err(|_| DatabaseFailure::Unavailable)?;
    if erase::is_stopped() {
        return Err(DatabaseFailure::Unavailable);
    }
    let mut request = factory.open(name, Some(VERSION)).map_err(on_opening)?;
    request.on_upgrade_needed(move |event| {
        // A store that cannot be made is missed by the first transaction.
        let Ok(database) = event.database() else { return };
        for store in stores {
            let _ = database.create_object_store(store.name(), ObjectStoreParams::new());
        }
    });
    let mut database = request.await.map_err(on_opening)?;
    database.on_version_change(|event| {
        if let Ok(database) = event.database() {
            database.close();
        }
    });
    Ok(database)
}

/// Waits until a transaction is stored. Only its own end tells: where there is no room, browsers abort it without
/// an error of any of its requests.
async fn finished(mut transaction: Transaction) -> Result<(), DatabaseFailure> {
    let ended = Promise::new(&mut |stored, aborted| {
        transaction.on_complete(move |_| {
            let _ = stored.call0(&JsValue::UNDEFINED);
        });
        transaction.on_abort(move |event: Event| {
            let transaction = event.target().and_then(|target| Transaction::try_from(target).ok());
            let reason = transaction.and_then(|transaction| transaction.error());
            let _ = aborted.call1(&JsValue::UNDEFINED, &reason.into());
        });
    });
    JsFuture::from(ended).await.map(drop).map_err(|reason| of_name(&name_of(&reason)))
}

/// The range of all keys that begin with `prefix`: no text has a character above U+FFFF's code unit.
fn keys_under(prefix: &str) -> Result<KeyRange, idb::Error> {
    let last = format!("{prefix}\u{ffff}");
    KeyRange::bound(&JsValue::from_str(prefix), &JsValue::from_str(&last), None, None)
}

/// The range of all keys after this one; `None` for all keys.
fn keys_after(key: Option<&str>) -> Result<Option<KeyRange>, idb::Error> {
    key.map(|key| KeyRange::lower_bound(&JsValue::from_str(key), Some(true))).transpose()
}

/// In a window that may store nothing, opening fails with one of these names.
fn on_opening(error: idb::Error) -> DatabaseFailure {
    match name_in(&error).as_str() {
        "InvalidStateError" | "SecurityError" | "NotSupportedError" => DatabaseFailure::Unavailable,
        name => of_name(name),
    }
}

fn failure(error: idb::Error) -> DatabaseFailure {
    of_name(&name_in(&error))
}

fn of_name(name: &str) -> DatabaseFailure {
    match name {
        "QuotaExceededError" => DatabaseFailure::Full,
        "VersionError" => DatabaseFailure::Newer,
        _ => DatabaseFailure::Broken,
    }
}

/// The name of the browser's own error; empty when there is none.
fn name_in(error: &idb::Error) -> String {
    use idb::Error as Idb;
    match error {
        Idb::DomException(reason) => reason.name(),
        Idb::IndexedDbOpenFailed(reason)
        | Idb::TransactionOpenFailed(reason)
        | Idb::UpdateFailed(reason)
        | Idb::DeleteFailed(reason) => name_of(reason),
        _ => String::new(),
    }
}

fn name_of(reason: &JsValue) -> String {
    reason.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default()
}
