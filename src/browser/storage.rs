//! What is kept on this device between visits.

use web_sys::Storage;

/// Why something was not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageFailure {
    /// The browser offers no storage to this page.
    Unavailable,
    /// The browser did not take it, usually for lack of room.
    Refused,
}

/// What was stored under this key.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

pub fn set(key: &str, value: &str) -> Result<(), StorageFailure> {
    storage().ok_or(StorageFailure::Unavailable)?.set_item(key, value).map_err(|_| StorageFailure::Refused)
}

pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// Even reading the property fails where a person has forbidden site data.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
