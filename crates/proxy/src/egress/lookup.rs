//! How the name of a vendor becomes addresses that may be connected to.

use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use hyper_util::client::legacy::connect::dns::Name;
use tower_service::Service;

/// What finds the addresses of a name. The port of an address is used as it is given; port 0 stands for that
/// of HTTPS.
#[derive(Clone)]
pub struct Lookup(Arc<dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> + Send + Sync>);

impl Lookup {
    /// Asks this function for the addresses of a name, once for each connection.
    pub fn new<F>(find: impl Fn(String) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = io::Result<Vec<SocketAddr>>> + Send + 'static,
    {
        Lookup(Arc::new(move |name| find(name).boxed()))
    }

    /// Asks the system.
    pub(crate) fn system() -> Self {
        Lookup::new(async |name: String| Ok(tokio::net::lookup_host((name.as_str(), 0)).await?.collect()))
    }
}

impl fmt::Debug for Lookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lookup")
    }
}

/// Why a name led nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unresolved {
    /// Nobody knows the name, or nobody answered.
    Unknown,
    /// None of its addresses may be connected to.
    Closed,
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unresolved::Unknown => "the name was not found",
            Unresolved::Closed => "the name has no public address",
        })
    }
}

impl std::error::Error for Unresolved {}

type Found = Shared<BoxFuture<'static, Result<Arc<[SocketAddr]>, Unresolved>>>;

/// A lookup without the addresses that no vendor has.
///
/// Those who ask for one name at the same time share one answer: the system's lookup occupies a thread until
/// it ends, and a name server that is dead must not occupy the threads of all the others.
#[derive(Clone)]
pub(crate) struct Resolver {
    lookup: Lookup,
    may_connect: fn(IpAddr) -> bool,
    under_way: Arc<Mutex<HashMap<Name, Found>>>,
}

impl Resolver {
    pub(crate) fn new(lookup: Lookup, may_connect: fn(IpAddr) -> bool) -> Self {
        Resolver { lookup, may_connect, under_way: Arc::default() }
    }

    fn find(&self, name: &Name) -> Found {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let begin = || {
            let (finding, may_connect) = ((self.lookup.0)(name.as_str().to_owned()), self.may_connect);
            let judged = async move {
                let found = finding.await.map_err(|_| Unresolved::Unknown)?;
                let open: Arc<[_]> = found.into_iter().filter(|at| may_connect(at.ip())).collect();
                if open.is_empty() { Err(Unresolved::Closed) } else { Ok(open) }
            };
            judged.boxed().shared()
        };
        under_way.entry(name.clone()).or_insert_with(begin).clone()
    }

    /// Forgets an answer, so that the next connection asks anew.
    fn forget(&self, name: &Name, found: &Found) {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if under_way.get(name).is_some_and(|kept| kept.ptr_eq(found)) {
            under_way.remove(name);
        }
    }
}

impl Service<Name> for Resolver {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = Unresolved;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Unresolved>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Unresolved>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let (resolver, found) = (self.clone(), self.find(&name));
        Box::pin(async move {
            let answer = found.clone().await;
            resolver.forget(&name, &found);
            answer.map(|open| Vec::from(&*open).into_iter())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::egress::is_public;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::sync::Notify;

    fn name(text: &str) -> Name {
        text.parse().expect("a name")
    }

    #[tokio::test]
    async fn a_name_of_this_machine_resolves_to_nothing() {
        // The second is an address that looks like a name, as an added region might have it.
        for text in ["localhost", "127.0.0.0x1"] {
            let refused = Resolver::new(Lookup::system(), is_public).call(name(text)).await;
            assert_eq!(refused.expect_err("loopback only"), Unresolved::Closed);
        }
    }

    #[tokio::test]
    async fn of_several_addresses_the_public_ones_are_left() {
        let both = ["10.0.0.1:1", "8.8.8.8:2", "[::1]:3"].map(|at| at.parse::<SocketAddr>().expect("one"));
        let lookup = Lookup::new(move |_| async move { Ok(both.to_vec()) });
        let left = Resolver::new(lookup, is_public).call(name("vendor.example")).await.expect("one is open");
        assert_eq!(left.collect::<Vec<_>>(), [both[1]]);
    }

    #[tokio::test]
    async fn those_who_ask_at_once_share_an_answer_and_the_next_asks_anew() {
        let (asked, release) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        let (counter, gate) = (Arc::clone(&asked), Arc::clone(&release));
        let lookup = Lookup::new(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
            let gate = Arc::clone(&gate);
            async move {
                gate.notified().await;
                Err(io::Error::other("no answer"))
            }
        });
        let mut resolver = Resolver::new(lookup, is_public);
        let (first, second) = (resolver.call(name("a.example")), resolver.call(name("a.example")));
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        release.notify_one();
        let (first, second) = tokio::join!(first, second);
        assert_eq!((first.err(), second.err()), (Some(Unresolved::Unknown), Some(Unresolved::Unknown)));
        drop(resolver.call(name("a.example")));
        assert_eq!(asked.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn a_name_without_an_answer_holds_no_other_up() {
        let lookup = Lookup::new(|name| async move {
            if name == "dead.example" {
                std::future::pending::<()>().await;
            }
            Ok(vec![SocketAddr::from(([8, 8, 8, 8], 443))])
        });
        let mut resolver = Resolver::new(lookup, is_public);
        let dead = resolver.call(name("dead.example"));
        let alive = resolver.call(name("alive.example"));
        tokio::select! {
            _ = dead => panic!("it has no answer"),
            found = alive => assert!(found.is_ok()),
        }
    }
}
