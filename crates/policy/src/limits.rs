//! Who gets a place, and who is sent away at once. Pure: the time is an argument, as how long
//! whoever asks has been running.
//!
//! Each client and each host of a vendor has a budget: so many calls at once, so many a minute. Places at a
//! host are shared fairly without anyone knowing who will come: a client may hold at most as many as are still
//! free. One busy client gets half of them, the next half of the rest, and there is always one for another.
//! A client's own places are shared among hosts by the same rule, so that a host which answers nothing leaves its
//! clients half of theirs for the others, a second one half of the rest, and there is always one for another host.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How many clients are told apart; further ones share one budget. An attacker has more addresses than that.
const CLIENTS: usize = 4096;
/// How long to wait when all places are taken; calls take about a second.
pub(crate) const PLACE_FOR: Duration = Duration::from_secs(2);
const MINUTE: Duration = Duration::from_secs(60);

/// What one client, or one host of a vendor, may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// How many calls may be on their way at once.
    pub at_once: u32,
    /// How many calls may begin in a minute. A minute's worth may come in one burst.
    pub per_minute: u32,
}

/// Twenty people behind one address, each with 200 clusters that are asked every 10 seconds, make 24,000 calls a
/// minute, of which 200 are under way when each takes half a second: less than the half of a client's places that
/// one host may have. The fastest demo makes 36,000.
impl Budget {
    /// What one client may take, unless the operator says otherwise.
    pub const CLIENT: Budget = Budget { at_once: 512, per_minute: 60_000 };
    /// What all clients together may take of one host.
    pub const HOST: Budget = Budget { at_once: 512, per_minute: 120_000 };

    /// How long one that is used up needs until one more call may begin.
    pub(crate) fn next_for(self) -> Duration {
        until(1.0, self)
    }
}

/// Whoever sends requests, as far as an address tells. It is never written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Client {
    V4(Ipv4Addr),
    /// The first 64 bits: one customer has all addresses that share them.
    V6(u64),
    /// All who are too many to be told apart.
    Others,
}

impl From<IpAddr> for Client {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => Client::V4(v4),
            IpAddr::V6(v6) => Client::V6((v6.to_bits() >> 64) as u64),
        }
    }
}

/// Which budget was used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    ClientAtOnce,
    ClientPerMinute,
    HostAtOnce,
    HostPerMinute,
}

impl Limit {
    /// The name in answers, logs and metrics.
    pub const fn code(self) -> &'static str {
        match self {
            Limit::ClientAtOnce => "client-at-once",
            Limit::ClientPerMinute => "client-per-minute",
            Limit::HostAtOnce => "host-at-once",
            Limit::HostPerMinute => "host-per-minute",
        }
    }
}

/// A call that was sent away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shed {
    pub limit: Limit,
    /// After how long it is worth to come back.
    pub retry_for: Duration,
}

/// What a client or a host has taken.
#[derive(Debug)]
struct Account {
    at_once: u32,
    /// Calls of the last minute, where each is forgotten a little at a time.
    spent: f64,
    counted_at: Duration,
}

impl Account {
    fn new(now: Duration) -> Self {
        Account { at_once: 0, spent: 0.0, counted_at: now }
    }

    /// Forgets what was spent long enough ago. A clock that went back forgets nothing.
    fn settle(&mut self, per_minute: u32, now: Duration) {
        let passed_for = now.saturating_sub(self.counted_at);
        let forgotten = f64::from(per_minute) * passed_for.as_secs_f64() / MINUTE.as_secs_f64();
        self.spent = (self.spent - forgotten).max(0.0);
        self.counted_at = self.counted_at.max(now);
    }

    /// How many more calls may begin now.
    fn left(&self, budget: Budget) -> f64 {
        f64::from(budget.per_minute) - self.spent
    }

    fn begin(&mut self) {
        self.at_once += 1;
        self.spent += 1.0;
    }

    fn end(&mut self) {
        self.at_once = self.at_once.saturating_sub(1);
    }

    fn is_idle(&self) -> bool {
        self.at_once == 0 && self.spent <= 0.0
    }
}

#[derive(Debug)]
struct Host {
    account: Account,
    /// What each client has taken of it.
    shares: BTreeMap<Client, Account>,
}

#[derive(Debug)]
struct Books {
    clients: BTreeMap<Client, Account>,
    hosts: BTreeMap<Arc<str>, Host>,
    /// When those who take nothing any more were last forgotten.
    swept_at: Option<Duration>,
}

/// All places, and the books over who has them.
#[derive(Debug)]
pub struct Places {
    client: Budget,
    host: Budget,
    books: Mutex<Books>,
}

/// A client's place. It is given back when it is dropped.
#[derive(Debug)]
pub struct ClientPlace {
    places: Arc<Places>,
    client: Client,
}

/// A place at a host, with the client's own.
#[derive(Debug)]
pub struct Place {
    client: ClientPlace,
    host: Arc<str>,
}

impl Places {
    pub fn new(client: Budget, host: Budget) -> Self {
        let books = Books { clients: BTreeMap::new(), hosts: BTreeMap::new(), swept_at: None };
        Places { client, host, books: Mutex::new(books) }
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a call of this client.
    pub fn enter(self: &Arc<Self>, client: Client, now: Duration) -> Result<ClientPlace, Shed> {
        let mut books = self.books();
        let client = self.told_apart(&mut books, client, now);
        let account = books.clients.entry(client).or_insert_with(|| Account::new(now));
        account.settle(self.client.per_minute, now);
        if account.at_once >= self.client.at_once {
            return Err(Shed { limit: Limit::ClientAtOnce, retry_for: PLACE_FOR });
        }
        if account.left(self.client) < 1.0 {
            let retry_for = until(1.0 - account.left(self.client), self.client);
            return Err(Shed { limit: Limit::ClientPerMinute, retry_for });
        }
        account.begin();
        drop(books);
        Ok(ClientPlace { places: Arc::clone(self), client })
    }

    /// The client, or `Others` when too many are known already.
    fn told_apart(&self, books: &mut Books, client: Client, now: Duration) -> Client {
        if books.clients.len() < CLIENTS || books.clients.contains_key(&client) {
            return client;
        }
        let waited = |at: Duration| now.saturating_sub(at) >= Duration::from_secs(1);
        if books.swept_at.is_none_or(waited) {
            books.swept_at = Some(now);
            sweep(&mut books.clients, self.client.per_minute, now);
            for host in books.hosts.values_mut() {
                sweep(&mut host.shares, self.host.per_minute, now);
            }
        }
        if books.clients.len() < CLIENTS { client } else { Client::Others }
    }
}

/// Forgets those who take nothing any more.
fn sweep(accounts: &mut BTreeMap<Client, Account>, per_minute: u32, now: Duration) {
    accounts.retain(|_, account| {
        account.settle(per_minute, now);
        !account.is_idle()
    });
}

/// How long a budget needs to have so many calls more.
fn until(missing: f64, budget: Budget) -> Duration {
    let minutes = missing / f64::from(budget.per_minute.max(1));
    Duration::from_secs_f64((minutes * MINUTE.as_secs_f64()).clamp(1.0, 60.0).ceil())
}

impl ClientPlace {
    /// A place at this host for the call.
    pub fn at(self, host: &str, now: Duration) -> Result<Place, Shed> {
        let budget = self.places.host;
        let mut books = self.places.books();
        let Books { clients, hosts, .. } = &mut *books;
        let name = hosts.get_key_value(host).map_or_else(|| Arc::from(host), |(name, _)| Arc::clone(name));
        let new = || Host { account: Account::new(now), shares: BTreeMap::new() };
        let host = hosts.entry(Arc::clone(&name)).or_insert_with(new);
        let share = host.shares.entry(self.client).or_insert_with(|| Account::new(now));
        host.account.settle(budget.per_minute, now);
        share.settle(budget.per_minute, now);
        let free = budget.at_once.saturating_sub(host.account.at_once);
        if free == 0 || share.at_once >= free.max(1) {
            return Err(Shed { limit: Limit::HostAtOnce, retry_for: PLACE_FOR });
        }
        // This call has one of the client's places already, so one is free at least.
        let others = clients.get(&self.client).map_or(0, |account| account.at_once.saturating_sub(1));
        if share.at_once >= self.places.client.at_once.saturating_sub(others).max(1) {
            return Err(Shed { limit: Limit::ClientAtOnce, retry_for: PLACE_FOR });
        }
        let left = host.account.left(budget);
        if left < 1.0 || share.spent > left {
            let retry_for = until((1.0 - left).max((share.spent - left) / 2.0), budget);
            return Err(Shed { limit: Limit::HostPerMinute, retry_for });
        }
        host.account.begin();
        share.begin();
        drop(books);
        Ok(Place { client: self, host: name })
    }
}

impl Drop for ClientPlace {
    fn drop(&mut self) {
        if let Some(account) = self.places.books().clients.get_mut(&self.client) {
            account.end();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(host) = self.client.places.books().hosts.get_mut(&self.host) {
            host.account.end();
            if let Some(share) = host.shares.get_mut(&self.client.client) {
                share.end();
            }
        }
    }
}

#[cfg(test)]
mod tests;
