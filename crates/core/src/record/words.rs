//! The words of recorded documents, each beside what it means. A word never changes afterwards: documents of
//! earlier versions hold it.

use crate::error::ErrorKind;
use crate::model::{NodeRole, State};

/// One table for both directions; a variant without a word does not compile.
macro_rules! words {
    ($type:ident, $write:ident, $read:ident, { $($variant:ident = $word:literal,)+ }) => {
        pub(super) const fn $write(value: $type) -> &'static str {
            match value { $($type::$variant => $word,)+ }
        }

        /// `None`: a later version of the page wrote a word that this one does not know.
        pub(super) fn $read(word: &str) -> Option<$type> {
            match word { $($word => Some($type::$variant),)+ _ => None }
        }
    };
}

words!(State, of_state, state, {
    Pending = "pending",
    Running = "running",
    Succeeded = "succeeded",
    PartiallySucceeded = "partly-succeeded",
    Failed = "failed",
    RolledBack = "rolled-back",
    Unknown = "unknown",
});

words!(NodeRole, of_role, role, {
    Master = "master",
    Manager = "manager",
    Data = "data",
    Broker = "broker",
    ZooKeeper = "zookeeper",
    Leader = "leader",
    Follower = "follower",
    Unstated = "unstated",
});

words!(ErrorKind, of_error, error, {
    Signature = "signature",
    Clock = "clock",
    KeyUnknown = "key-unknown",
    KeyExpired = "key-expired",
    Permission = "permission",
    NotFound = "not-found",
    Throttled = "throttled",
    Refused = "refused",
    VendorDown = "vendor-down",
    ProxyRefused = "proxy-refused",
    ProxyBusy = "proxy-busy",
    VendorUnreachable = "vendor-unreachable",
    ProxyUnreachable = "proxy-unreachable",
    Timeout = "timeout",
    BrokenOff = "broken-off",
    Malformed = "malformed",
    BadWatch = "bad-watch",
});
