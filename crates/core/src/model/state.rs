//! The state that a vendor claims. Our own judgement is `assess::Verdict`, a different type.

/// What the vendor says of an operation, a node or a step. The vendor's own word is always kept beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Not started yet.
    Pending,
    Running,
    Succeeded,
    /// The operation ended with some nodes changed and others not.
    PartiallySucceeded,
    Failed,
    RolledBack,
    /// A word that no table of ours lists. It is never taken for success.
    Unknown,
}

impl State {
    /// Whether nothing more is expected to happen.
    pub const fn is_over(self) -> bool {
        matches!(self, State::Succeeded | State::PartiallySucceeded | State::Failed | State::RolledBack)
    }

    /// Whether the vendor reports that something went wrong.
    pub const fn is_bad(self) -> bool {
        matches!(self, State::PartiallySucceeded | State::Failed | State::RolledBack)
    }
}
