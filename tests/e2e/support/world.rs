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
use rollwatch_proxy::{Config, Connections, Log, Upstream, app, serve, serve_tls};
use rollwatch_sim::{ACCOUNTS, CLUSTERS, Clouds, Cluster, SOAK, SimClock, clouds_router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::browser::NAME;
use super::hosts::{Host, Kept, Kind, Nginx, Shelf, Written, dist};
use super::secure;
use super::setup::{Fleet, Proxy, Setup};

/// Everything that a page talks to.
pub struct World {
    pub clouds: Arc<Clouds>,
    /// The address of the page, with its last slash.
    pub page: String,
    /// The address at which the page asks the proxy.
    pub proxy_address: String,
    origins: Vec<String>,
    log: Arc<Mutex<Vec<String>>>,
    /// The address of a host that is to count as public, which it does not look.
    public: Option<SocketAddr>,
    /// What the proxy was told.
    config: Config,
    /// What a host of plain files has.
    shelf: Arc<Mutex<Shelf>>,
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
            Host::Files | Host::Secure | Host::Kit(..) => host_at,
        };
        let page_origin = match setup.host {
            Host::Secure => format!("https://{NAME}:{}", page_at.port()),
            _ => origin(page_at),
        };
        let named = |name| format!("http://{name}:{}", page_at.port());
        let page_origin = setup.name.map_or(page_origin, named);
        let address = match (setup.proxy, setup.host) {
            (Proxy::Absent, _) => format!("{}/proxy", origin(nobody().await)),
            (Proxy::Unreadable | Proxy::Forbidden, _) => format!("{}/proxy", origin(host_at)),
            (Proxy::Named, _) => format!("http://{NAME}:{}/proxy", proxy_at.port()),
            (_, Host::Proxy) | (Proxy::HostOfFiles, _) => "./proxy".to_owned(),
            (_, Host::Files | Host::Secure | Host::Kit(..)) => format!("{}/proxy", origin(proxy_at)),
        };
        let demo = (!matches!(setup.fleet, Fleet::Empty)).then_some("./fleet.json");
        let mut config_json = json!({ "title": "Rollwatch", "proxy": address, "demo": demo });
        if let Some(regions) = setup.regions {
            config_json["regions"] = serde_json::from_str(regions).expect("JSON");
        }
        let config_json = config_json.to_string();

        let log = Arc::new(Mutex::new(Vec::new()));
        let lines = Arc::clone(&log);
        let refuses = matches!(setup.proxy, Proxy::NotForThisOrigin | Proxy::HostOfFiles);
        let allowed = setup.host != Host::Proxy && !refuses;
        let mut allowed_hosts = Config::default().allowed_hosts;
        allowed_hosts.push(NAME.to_owned());
        let config = Config {
            catalogue: match setup.proxy {
                Proxy::WithoutRegions => Catalogue::built_in(),
                Proxy::OtherPaths => self::catalogue(Some(OTHER_PATHS)),
                _ => catalogue,
            },
            allowed_hosts,
            limits: setup.limits,
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
            log: Log::new(move |line| lines.lock().expect("no test panics with it").push(line.to_owned())),
            ..Config::default()
        };
        let shown = Arc::clone(&clouds);
        let fleet = get(move || async move { fleet(setup, &shown).to_string() });
        let (proxy_lives, mut proxy_ends) = watch::channel(());
        let router = app(config.clone()).route("/fleet.json", fleet.clone());
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
            Host::Proxy | Host::Files | Host::Secure => None,
        };
        let shelf = match &written {
            Some((kind, written)) => written.shelf(*kind),
            None => plain(under, &config_json),
        };
        let shelf = Arc::new(Mutex::new(shelf));
        let kept = Arc::clone(&shelf);
        let files = move |request: Request| async move {
            let kept = kept.lock().expect("no test panics with it");
            kept.answer(request.uri().path(), request.headers())
        };
        let files = Router::new().route(&fleet_path, fleet).fallback(files);
        let public = (setup.host == Host::Secure).then_some(host_at);
        if public.is_some() {
            let mut stopped = stopped.clone();
            let ended = async move {
                let _ = stopped.changed().await;
            };
            tokio::spawn(serve_tls(Connections::default(), secure::tls(), host, files, ended));
        } else {
            run(host, files);
        }
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
        let proxy = Mutex::new(Some(proxy_lives));
        let _host = host;
        World { clouds, page, proxy_address, origins, log, public, config, shelf, proxy, _host, _stop: stop }
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

    /// Starts one more proxy that was told the same as the first, to be named with `configure`; its origin.
    pub async fn another_proxy(&self) -> String {
        let (listener, at) = bound().await;
        tokio::spawn(serve(listener, app(self.config.clone()), std::future::pending()));
        format!("http://{at}")
    }

    /// Gives the page another config.json from now on, where its host has plain files.
    pub fn configure(&self, config: &Value) {
        let mut shelf = self.shelf.lock().expect("no test panics with it");
        let kept = shelf.files.iter_mut().find(|(path, _)| path.ends_with("/config.json"));
        kept.expect("a host of files").1.bytes = config.to_string().into_bytes();
    }

    /// The address of this machine that a browser is to take for a public one.
    pub fn public(&self) -> Option<SocketAddr> {
        self.public
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

const OTHER_PATHS: &str = r#"[{ "service": "ncp_search_engine", "site": "public", "region": "KR",
    "host": "vpcsearchengine.apigw.ntruss.com", "prefix": "/api/v1" }]"#;

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
