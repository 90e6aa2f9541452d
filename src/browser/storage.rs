//! What is kept on this device between visits.

use web_sys::Storage;

use super::erase;

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

/// Removes everything whose key begins with `name`, of this device and of this tab.
pub(super) fn clear(name: &str) {
    let session = web_sys::window().and_then(|window| window.session_storage().ok().flatten());
    for storage in [local(), session].into_iter().flatten() {
        let count = storage.length().unwrap_or(0);
        let keys: Vec<String> = (0..count).filter_map(|nth| storage.key(nth).ok().flatten()).collect();
        for key in keys.iter().filter(|key| key.starts_with(name)) {
            let _ = storage.remove_item(key);
        }
    }
}

pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// Nothing is kept after everything was removed.
fn storage() -> Option<Storage> {
    local().filter(|_| !erase::is_stopped())
}

/// Even reading the property fails where a person has forbidden site data.
fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
