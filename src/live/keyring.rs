//! The credentials in memory. They end with the tab; those of the vault end also when it locks.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rollwatch_core::error::{ErrorKind, PollError};
use rollwatch_core::model::{Provider, Timestamp, Watch};

use super::custody::{Credential, Loan};

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

#[derive(Debug)]
struct Held {
    credential: Rc<Credential>,
    /// From when on the vendor will not accept it; `None`: no end is known.
    ends_at: Option<Timestamp>,
    /// Whether the vault keeps it too.
    remembered: bool,
}

#[derive(Debug, Default)]
pub(super) struct Keyring {
    held: BTreeMap<KeyName, Held>,
    /// The keys with which a vendor has answered.
    proven: BTreeSet<KeyName>,
}

impl Keyring {
    pub fn hold(&mut self, name: KeyName, credential: Rc<Credential>, ends_at: Option<Timestamp>) {
        self.proven.remove(&name);
        self.held.insert(name, Held { credential, ends_at, remembered: false });
    }

    pub fn forget(&mut self, name: &KeyName) {
        self.proven.remove(name);
        self.held.remove(name);
    }

    /// The vault keeps this key too.
    pub fn remember(&mut self, name: &KeyName) {
        if let Some(held) = self.held.get_mut(name) {
            held.remembered = true;
        }
    }

    pub fn is_remembered(&self, name: &KeyName) -> bool {
        self.held.get(name).is_some_and(|held| held.remembered)
    }

    /// The keys that the vault keeps too.
    pub fn remembered(&self) -> Vec<KeyName> {
        self.held.keys().filter(|name| self.is_remembered(name)).cloned().collect()
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

    /// Whether there is a key of this name, be it over or not.
    pub fn holds(&self, name: &KeyName) -> bool {
        self.held.contains_key(name)
    }

    /// The credential to sign with at `now`, on the vendor's clock, for as long as it is held.
    ///
    /// # Errors
    /// `KeyExpired` when it is over, which nothing is asked with; `BadWatch` when there is none.
    pub fn usable(&self, name: &KeyName, now: Timestamp) -> Result<Loan, PollError> {
        let held = self.held.get(name).ok_or_else(|| PollError::field(ErrorKind::BadWatch, "account"))?;
        match held.ends_at {
            Some(ends_at) if ends_at <= now => Err(PollError::new(ErrorKind::KeyExpired)),
            _ => Ok(Loan::of(&held.credential)),
        }
    }

    pub fn is_over(&self, name: &KeyName, now: Timestamp) -> bool {
        self.ends_at(name).is_some_and(|ends_at| ends_at <= now)
    }

    pub fn ends_at(&self, name: &KeyName) -> Option<Timestamp> {
        self.held.get(name)?.ends_at
    }

    /// How many whole minutes are left to every key that ends.
    pub fn minutes_left(&self, now: Timestamp) -> Vec<i64> {
        let left = |held: &Held| Some(held.ends_at?.since(now).as_seconds().div_euclid(60));
        self.held.values().filter_map(left).collect()
    }

    /// The keys that end not later than `until`, with when they do.
    pub fn ending(&self, until: Timestamp) -> Vec<(KeyName, Timestamp)> {
        let ends = |(name, held): (&KeyName, &Held)| Some((name.clone(), held.ends_at?));
        self.held.iter().filter_map(ends).filter(|(_, ends_at)| *ends_at <= until).collect()
    }

    pub fn names(&self) -> Vec<KeyName> {
        self.held.keys().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rollwatch_core::model::Span;
    use rollwatch_core::sign::Secret;

    const NOW: Timestamp = Timestamp::from_millis(1_742_803_781_000);

    fn name(account: &str) -> KeyName {
        KeyName { provider: Provider::Huawei, account: account.to_owned() }
    }

    fn token() -> Rc<Credential> {
        Rc::new(Credential::AuthToken(Secret::new("MARKED")))
    }

    fn ring() -> Keyring {
        let mut ring = Keyring::default();
        ring.hold(name("endless"), token(), None);
        ring.hold(name("short"), token(), Some(NOW.plus(Span::minutes(10))));
        ring
    }

    #[test]
    fn a_key_is_good_until_its_end_and_for_nothing_from_then_on() {
        let ring = ring();
        let after = |minutes| {
            let outcome = ring.usable(&name("short"), NOW.plus(Span::minutes(minutes)));
            outcome.map(|_| ()).map_err(|error| error.kind)
        };
        assert_eq!([after(0), after(9)], [Ok(()), Ok(())]);
        assert_eq!([after(10), after(11)], [Err(ErrorKind::KeyExpired), Err(ErrorKind::KeyExpired)]);
        assert!(ring.holds(&name("short")), "it stays until somebody forgets or replaces it");
        assert!(ring.usable(&name("endless"), NOW.plus(Span::hours(10_000))).is_ok());
        let missing = ring.usable(&name("none"), NOW).map(|_| ()).map_err(|error| error.kind);
        assert_eq!(missing, Err(ErrorKind::BadWatch));
    }

    #[test]
    fn what_is_lent_is_withdrawn_when_the_key_is_forgotten_or_replaced() {
        let mut ring = ring();
        let lent = |ring: &Keyring, of: &str| ring.usable(&name(of), NOW).expect("a key");
        let (short, endless) = (lent(&ring, "short"), lent(&ring, "endless"));
        let copy = short.clone();
        ring.forget(&name("short"));
        assert!(short.is_withdrawn() && copy.is_withdrawn() && !endless.is_withdrawn());
        ring.hold(name("endless"), token(), None);
        assert!(endless.is_withdrawn() && !lent(&ring, "endless").is_withdrawn());
    }

    #[test]
    fn a_key_that_is_entered_anew_is_not_the_one_that_the_vault_keeps() {
        let mut ring = ring();
        ring.remember(&name("short"));
        ring.remember(&name("none"));
        assert_eq!(ring.remembered(), [name("short")]);
        ring.hold(name("short"), token(), None);
        assert_eq!(ring.remembered(), []);
    }

    #[test]
    fn what_ends_soon_is_told_and_a_fresh_key_takes_its_place() {
        let mut ring = ring();
        assert_eq!(ring.ending(NOW), []);
        let soon = NOW.plus(Span::minutes(15));
        assert_eq!(ring.ending(soon), [(name("short"), NOW.plus(Span::minutes(10)))]);
        ring.hold(name("short"), token(), Some(NOW.plus(Span::hours(9))));
        assert_eq!(ring.ending(soon), []);
    }
}
