//! How a world is made.

use rollwatch_core::model::Span;
use rollwatch_proxy::Limits;

use super::hosts::Host;

/// How a world is made. The default is the demo at a clock that stands in March 2025.
#[derive(Debug, Clone, Copy)]
pub struct Setup {
    /// What the page is told to watch.
    pub fleet: Fleet,
    /// Simulated seconds per real one, for the clouds.
    pub speed: f64,
    /// The same for the page; a page that is faster than its clouds asks often while nothing changes.
    pub page_speed: f64,
    pub host: Host,
    /// The name under which the page is opened without encryption; the address of its host if there is none.
    pub name: Option<&'static str>,
    pub proxy: Proxy,
    /// For how long the clouds have run when the page is opened.
    pub age: Span,
    /// A list of regions that the page, the proxy and the clouds know beside the built-in ones.
    pub regions: Option<&'static str>,
    /// How much one request may take of the proxy.
    pub limits: Limits,
}

/// Which clusters are on the board without being added.
#[derive(Debug, Clone, Copy)]
pub enum Fleet {
    /// All of the demo.
    Demo,
    /// Fifty clusters: all of the demo, and plain ones beside them.
    Soak,
    /// These of the demo, by name.
    Of(&'static [&'static str]),
    /// None, and no demo either: the page is what a person finds on a first visit.
    Empty,
}

/// What the page's config.json says of the proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proxy {
    /// It is there and serves this page's origin.
    Ready,
    /// It is there and was never told of the page's origin.
    NotForThisOrigin,
    /// Nothing listens at its address.
    Absent,
    /// It knows the built-in regions only.
    WithoutRegions,
    /// It knows Korea's search engine at the path that another zone has, as one of another version would.
    OtherPaths,
    /// It is there and serves this page's origin, and is reached without encryption under a public name.
    Named,
    /// At its address is the host of the page's files, which forwards nothing.
    HostOfFiles,
    /// At its address is another server, whose answers the page may not read.
    Unreadable,
    /// The same, and the page's policy does not allow its address either.
    Forbidden,
}

impl Default for Setup {
    fn default() -> Self {
        // The page wakes up once a second, and at this speed everything is due by then.
        Setup {
            fleet: Fleet::Demo,
            speed: 0.0,
            page_speed: 4.0,
            host: Host::chosen(),
            name: None,
            proxy: Proxy::Ready,
            age: Span::ZERO,
            regions: None,
            limits: Limits::default(),
        }
    }
}
