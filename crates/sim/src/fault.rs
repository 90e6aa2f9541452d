//! Faults that the demo and the tests can put on a cluster.

/// What goes wrong when a cluster is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The vendor knows another secret for the key.
    WrongSecret,
    /// The vendor's clock, and with it the `Date` header, is an hour ahead; for lists in the region too.
    StaleClock,
    /// The vendor says that the time of the key is over, whatever key it is.
    KeyExpired,
    /// The cluster is gone.
    NotFound,
    Throttle,
    /// What the account may ask for in this period is used up.
    Quota,
    /// The account may not ask about the cluster.
    Permission,
    /// The account may ask about the cluster's operation, and neither for more about the cluster nor for a list
    /// in its region.
    PermissionLists,
    /// The cluster's zone has the rule of the other zones about the number of the region: a public one refuses
    /// it, any other one requires it.
    RegionNumber,
    /// A page of a gateway instead of an answer.
    Html502,
    /// The connection is cut without an answer.
    Reset,
    /// The request is taken and never answered.
    Silence,
    /// A long answer begins and never ends.
    Stall,
}

impl Fault {
    pub const ALL: [Fault; 13] = [
        Fault::WrongSecret,
        Fault::StaleClock,
        Fault::KeyExpired,
        Fault::NotFound,
        Fault::Throttle,
        Fault::Quota,
        Fault::Permission,
        Fault::PermissionLists,
        Fault::RegionNumber,
        Fault::Html502,
        Fault::Reset,
        Fault::Silence,
        Fault::Stall,
    ];

    /// Whether whoever asks finds out by waiting.
    pub const fn takes_time(self) -> bool {
        matches!(self, Fault::Silence | Fault::Stall)
    }

    /// The name in the demo's controls.
    pub const fn id(self) -> &'static str {
        match self {
            Fault::WrongSecret => "wrong-secret",
            Fault::StaleClock => "stale-clock",
            Fault::KeyExpired => "key-expired",
            Fault::NotFound => "not-found",
            Fault::Throttle => "throttle",
            Fault::Quota => "quota",
            Fault::Permission => "permission",
            Fault::PermissionLists => "permission-lists",
            Fault::RegionNumber => "region-number",
            Fault::Html502 => "html-502",
            Fault::Reset => "reset",
            Fault::Silence => "silence",
            Fault::Stall => "stall",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.id() == id)
    }
}
