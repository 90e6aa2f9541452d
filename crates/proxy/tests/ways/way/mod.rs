//! The ways to run the proxy, each behind the same door.

mod edge;
mod nginx;
mod program;

use std::env;
use std::net::SocketAddr;
use std::ops::Deref;
use std::time::Duration;

use crate::support::{Nginx, Vendor, Wire, Workerd};

/// The page that every door is told to serve.
pub const PAGE: &str = "https://watch.example";
/// The name that every door is told to answer to, beside its own machine's.
pub const HOST: &str = "rollwatch.example";

/// A way to run the proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Program,
    Nginx,
    Edge,
}

impl Way {
    /// The one that is asked now.
    pub fn now() -> Self {
        match env::var("ROLLWATCH_WAY").as_deref() {
            Err(_) | Ok("program") => Way::Program,
            Ok("nginx") => Way::Nginx,
            Ok("edge") => Way::Edge,
            Ok(other) => panic!("ROLLWATCH_WAY={other}: name program, nginx or edge"),
        }
    }

    /// Whether a server of another make reads requests before anyone of ours sees them.
    ///
    /// It answers in its own words, or not at all, what it does not take for HTTP. At an edge it also takes dot
    /// segments out of addresses, bodies out of their frames, and makes one header of two; nginx does the last.
    /// What is judged is then what is left, and nothing else is sent.
    pub fn is_read_before(self) -> bool {
        self != Way::Program
    }

    /// How long a client waits that has said all it has to say. A CDN's front ends silent connections by itself;
    /// a bare workerd has none before it, so whoever sends it halves of requests goes away soon.
    fn patience(self, quick: bool) -> Duration {
        match self {
            Way::Edge if quick => Duration::from_millis(300),
            _ => Duration::from_secs(20),
        }
    }
}

/// A running proxy whose vendors are all played by one.
pub struct Door {
    wire: Wire,
    _running: Running,
}

/// What ends with the test.
enum Running {
    Program(#[expect(dead_code, reason = "it only has to live")] Box<crate::support::Proxy>),
    Nginx(#[expect(dead_code, reason = "it only has to live")] Nginx),
    Edge(#[expect(dead_code, reason = "it only has to live")] Workerd),
}

impl Door {
    pub async fn before(vendor: &Vendor) -> Self {
        Door::open(vendor, false).await
    }

    /// Like `before`, but what does not come is not waited for long.
    pub async fn quick(vendor: &Vendor) -> Self {
        Door::open(vendor, true).await
    }

    async fn open(vendor: &Vendor, quick: bool) -> Self {
        let (at, running): (SocketAddr, _) = match Way::now() {
            Way::Program => {
                let proxy = program::start(vendor, quick).await;
                (proxy.at, Running::Program(Box::new(proxy)))
            }
            Way::Nginx => {
                let nginx = nginx::start(vendor, quick).await;
                (nginx.at, Running::Nginx(nginx))
            }
            Way::Edge => {
                let edge = edge::start(vendor, Way::now().patience(quick));
                (edge.at, Running::Edge(edge))
            }
        };
        Door { wire: Wire { at, patience: Way::now().patience(quick) }, _running: running }
    }
}

impl Deref for Door {
    type Target = Wire;

    fn deref(&self) -> &Wire {
        &self.wire
    }
}
