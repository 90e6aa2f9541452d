//! The clouds, the proxy and the host of the page, in this process and for one test.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::extract::Request;
use axum::routing::get;
use rollwatch_core::json::Json;
use rollwatch_core::model::{Span, Timestamp};
use rollwatch_core::provider::Catalogue;
use rollwatch_proxy::{Config, Log, Upstream, app, serve};
use rollwatch_sim::{ACCOUNTS, CLUSTERS, Clouds, Cluster, SOAK, SimClock, clouds_router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::hosts::{Host, Kept, Kind, Nginx, Shelf, Written, dist};

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
    /// The name under which the page is opened; the address of its host if there is none.
    pub name: Option<&'static str>,
    pub proxy: Proxy,
    /// For how long the clouds have run when the page is opened.
    pub age: Span,
    /// A list of regions that the page, the proxy and the clouds know beside the built-in ones.
    pub regions: Option<&'static str>,
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
        }
    }
}

/// Everything that a page talks to.
pub struct World {
    pub clouds: Arc<Clouds>,
    /// The address of the page, with its last slash.
    pub page: String,
    /// The address at which the page asks the proxy.
    pub proxy_address: String,
    origins: Vec<String>,
    log: Arc<Mutex<Vec<String>>>,
    /// Ends the proxy when it is dropped.
    proxy: Mutex<Option<watch::Sender<()>>>,
    _host: Option<(Written, Option<Nginx>)>,
    _stop: watch::Sender<()>,
}

impl World {
    pub async fn start(setup: Setup) -> Self {
        let (stop, stopped) = watch::channel(());
        let run = |listener, router| {
            let mut stopped = stopped.clone();
            tokio::spawn(async move {
                serve(listener, router, async move {
                    let _ = stopped.changed().await;
                })
                .await;
            });
        };
        // A page without a demo's clock shows the machine's, so its clouds have that too.
        let start = if matches!(setup.fleet, Fleet::Empty) { machine_now() } else { MARCH };
        let catalogue = catalogue(setup.regions);
        let clouds = Clouds::new(1, SimClock::new(start.minus(setup.age), setup.speed));
        clouds.clock().advance(setup.age);
        let clouds = Arc::new(clouds.with_catalogue(catalogue.clone()));
        let (vendors, vendors_at) = bound().await;
        run(vendors, clouds_router(Arc::clone(&clouds)));

        let (proxy, proxy_at) = bound().await;
        let (host, host_at) = bound().await;
        let origin = |at: SocketAddr| format!("http://{at}");
        let page_at = match setup.host {
            Host::Proxy => proxy_at,
            Host::Kit(Kind::Nginx, _) => Nginx::address(),
            Host::Files | Host::Kit(..) => host_at,
        };
        let named = |name| format!("http://{name}:{}", page_at.port());
        let page_origin = setup.name.map_or_else(|| origin(page_at), named);
        let address = match (setup.proxy, setup.host) {
            (Proxy::Absent, _) => format!("{}/proxy", origin(nobody().await)),
            (Proxy::Unreadable | Proxy::Forbidden, _) => format!("{}/proxy", origin(host_at)),
            (_, Host::Proxy) | (Proxy::HostOfFiles, _) => "./proxy".to_owned(),
            (_, Host::Files | Host::Kit(..)) => format!("{}/proxy", origin(proxy_at)),
        };
        let demo = (!matches!(setup.fleet, Fleet::Empty)).then_some("./fleet.json");
        let mut config_json = json!({ "title": "Rollwatch", "proxy": address, "demo": demo });
        if let Some(regions) = setup.regions {
            config_json["regions"] = serde_json::from_str(regions).expect("JSON");
        }
        let config_json = config_json.to_string();

        let log = Arc::new(Mutex::new(Vec::new()));
        let lines = Arc::clone(&log);
        let knows_origin = matches!(setup.proxy, Proxy::Ready | Proxy::WithoutRegions);
        let allowed = setup.host != Host::Proxy && knows_origin;
        let config = Config {
            catalogue: if setup.proxy == Proxy::WithoutRegions { Catalogue::built_in() } else { catalogue },
            upstream: Upstream::Fixed(vendors_at),
            allowed_origins: allowed.then(|| page_origin.clone()).into_iter().collect(),
            app_dir: Some(dist()),
            config_json: Some(config_json.clone()),
            connect_src: address
                .strip_suffix("/proxy")
                .filter(|_| address.starts_with("http") && setup.proxy != Proxy::Forbidden)
                .map(str::to_owned)
                .into_iter()
                .collect(),
            allowed_hosts: setup
                .name
                .map(str::to_owned)
                .into_iter()
                .chain(Config::default().allowed_hosts)
                .collect(),
            log: Log::new(move |line| lines.lock().expect("no test panics with it").push(line.to_owned())),
            ..Config::default()
        };
        let shown = Arc::clone(&clouds);
        let fleet = get(move || async move { fleet(setup, &shown).to_string() });
        let (proxy_lives, mut proxy_ends) = watch::channel(());
        let router = app(config).route("/fleet.json", fleet.clone());
        tokio::spawn(async move {
            let ended = async move {
                let _ = proxy_ends.changed().await;
            };
            serve(proxy, router, ended).await;
        });

        let under = setup.host.under();
        let fleet_path = format!("{under}fleet.json");
        let written = match setup.host {
            Host::Kit(kind, _) => Some((kind, Written::new(kind, under, &address, &config_json))),
            Host::Proxy | Host::Files => None,
        };
        let shelf = match &written {
            Some((kind, written)) => written.shelf(*kind),
            None => plain(under, &config_json),
        };
        let files =
            move |request: Request| async move { shelf.answer(request.uri().path(), request.headers()) };
        run(host, Router::new().route(&fleet_path, fleet).fallback(files));
        let host = written.map(|(kind, written)| {
            let nginx = (kind == Kind::Nginx)
                .then(|| Nginx::start(&written.hosting(), &written.root(), page_at, (&fleet_path, host_at)));
            (written, nginx)
        });

        let page = format!("{page_origin}{under}");
        let proxy_address = match address.strip_prefix("./") {
            Some(below) => format!("{page}{below}"),
            None => address.clone(),
        };
        let origins = vec![page_origin, address.trim_end_matches("/proxy").to_owned()];
        World {
            clouds,
            page,
            proxy_address,
            origins,
            log,
            proxy: Mutex::new(Some(proxy_lives)),
            _host: host,
            _stop: stop,
        }
    }

    /// The whole demo at a clock that stands still.
    pub async fn demo() -> Self {
        World::start(Setup::default()).await
    }

    /// These clusters of the demo, at a clock that stands still.
    pub async fn still(names: &'static [&'static str]) -> Self {
        World::start(Setup { fleet: Fleet::Of(names), ..Setup::default() }).await
    }

    /// These clusters of the demo, at clocks ten times as fast as real ones: the page asks once a second.
    pub async fn watching(names: &'static [&'static str]) -> Self {
        World::start(Setup { fleet: Fleet::Of(names), speed: 10.0, page_speed: 10.0, ..Setup::default() })
            .await
    }

    /// A page without demo, watching nothing.
    pub async fn empty() -> Self {
        World::start(Setup { fleet: Fleet::Empty, speed: 1.0, ..Setup::default() }).await
    }

    /// Lets time pass in the clouds; the page learns of it from the next answer.
    pub fn advance(&self, span: Span) {
        self.clouds.clock().advance(span);
    }

    /// Takes the proxy away for good.
    pub fn lose_proxy(&self) {
        *self.proxy.lock().expect("no test panics with it") = None;
    }

    /// The origins that the page may ask.
    pub fn origins(&self) -> Vec<String> {
        self.origins.clone()
    }

    /// How many requests with this method the proxy has answered with this status.
    pub fn proxied(&self, method: &str, status: u16) -> usize {
        let log = self.log.lock().expect("no test panics with it");
        let lines = log.iter().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        lines.filter(|line| line["method"] == method && line["status"] == status).count()
    }

    /// How many requests the proxy has answered.
    pub fn proxied_all(&self) -> usize {
        self.log.lock().expect("no test panics with it").len()
    }

    /// What the proxy and the clouds have written down, as one text.
    pub fn logged(&self) -> String {
        let log = self.log.lock().expect("no test panics with it");
        format!("{}\n{:?}", log.join("\n"), self.clouds.requests())
    }

    /// How often the clouds were asked about a cluster's service in its region.
    pub fn asked(&self) -> usize {
        self.clouds.requests().len()
    }
}

/// The built-in table with what a list adds. What is wrong with the list, the page says.
fn catalogue(regions: Option<&str>) -> Catalogue {
    let mut catalogue = Catalogue::built_in();
    if let Some(list) = regions {
        catalogue.add_regions(&Json::read(list).expect("JSON"));
    }
    catalogue
}

/// 2025-03-24 08:03:01 UTC, in the days of the vendors' samples.
const MARCH: Timestamp = Timestamp::from_millis(1_742_803_381_000);

fn machine_now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    Timestamp::from_millis(i64::try_from(since.as_millis()).expect("before 292 million"))
}

async fn bound() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
    let at = listener.local_addr().expect("bound");
    (listener, at)
}

/// An address where nothing listens.
async fn nobody() -> SocketAddr {
    bound().await.1
}

/// The fleet document of the demo, with the clusters of this world.
fn fleet(setup: Setup, clouds: &Clouds) -> Value {
    let wanted = |cluster: &&Cluster| match setup.fleet {
        Fleet::Demo => CLUSTERS.iter().any(|shown| shown.id == cluster.id),
        Fleet::Soak => true,
        Fleet::Of(names) => names.contains(&cluster.name),
        Fleet::Empty => false,
    };
    let watches = CLUSTERS.iter().chain(&SOAK).filter(wanted).map(|cluster| {
        let watch = cluster.watch();
        json!({
            "service": watch.service.id(), "operation": watch.operation.id(), "site": watch.site.id(),
            "region": watch.region, "project": watch.project, "cluster": watch.cluster, "account": watch.account,
        })
    });
    let accounts = ACCOUNTS.iter().map(|account| {
        json!({
            "name": account.name, "provider": account.provider.id(),
            "access_key_id": account.access_key_id, "secret": account.secret,
        })
    });
    json!({
        "clock": { "now_ms": clouds.clock().now().as_millis(), "speed": setup.page_speed },
        "accounts": accounts.collect::<Vec<_>>(),
        "watches": watches.collect::<Vec<_>>(),
    })
}

/// The page as the simplest of hosts gives it: each file with its type and no other header.
fn plain(under: &str, config_json: &str) -> Shelf {
    let mut shelf = Shelf::default();
    for (path, kept) in Shelf::of(&dist(), &dist()).files {
        shelf.files.insert(format!("{}{path}", under.trim_end_matches('/')), Kept { packed: None, ..kept });
    }
    if let Some(config) = shelf.files.get_mut(&format!("{under}config.json")) {
        config.bytes = config_json.as_bytes().to_vec();
    }
    shelf
}
