//! The world around a page: the simulated clouds and the proxy, each behind a real socket.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rollwatch_core::http::{Exchange, Header, Request};
use rollwatch_core::model::Timestamp;
use rollwatch_core::provider::ROUTES;
use rollwatch_proxy::{Config, Log, Upstream, app};
use rollwatch_sim::{Clouds, Cluster, Logged, SimClock, clouds_router, clusters};
use tokio::net::TcpListener;

pub const START: Timestamp = Timestamp::from_millis(1_763_600_000_000);

pub struct World {
    pub clouds: Arc<Clouds>,
    proxy: SocketAddr,
    log: Arc<Mutex<Vec<String>>>,
    client: Client<HttpConnector, Full<Bytes>>,
}

impl World {
    /// Clouds of this seed, whose clock stands still until a test advances it.
    pub async fn new(seed: u64) -> Self {
        let clouds = Arc::new(Clouds::new(seed, SimClock::new(START, 0.0)));
        let upstream = serve(clouds_router(Arc::clone(&clouds))).await;
        let log = Arc::new(Mutex::new(Vec::new()));
        let lines = Arc::clone(&log);
        let config = Config {
            upstream: Upstream::Fixed(upstream),
            log: Log::new(move |line| lines.lock().unwrap().push(line.to_owned())),
            ..Config::default()
        };
        let client = Client::builder(TokioExecutor::new()).build_http();
        World { clouds, proxy: serve(app(config)).await, log, client }
    }

    pub fn now(&self) -> Timestamp {
        self.clouds.clock().now()
    }

    /// What the proxy has logged.
    pub fn proxy_log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    /// Forgets what the proxy has logged, which would grow for as long as a test runs.
    #[allow(dead_code, reason = "the week of tests/week runs in this world too")]
    pub fn forget_log(&self) {
        *self.log.lock().unwrap() = Vec::new();
    }

    /// How many requests have reached the clouds.
    pub fn requests(&self) -> usize {
        self.clouds.requests().len()
    }

    /// The requests that asked for progress, and not for what makes its answer clearer.
    pub fn polls(&self) -> Vec<Logged> {
        let is_poll = |path: &str| {
            let mut progress = ROUTES.iter().filter(|route| !route.operations.is_empty());
            progress.any(|route| route.path.rsplit('/').next().is_some_and(|end| path.ends_with(end)))
        };
        self.clouds.requests().into_iter().filter(|line| is_poll(&line.path)).collect()
    }

    /// Sends a request as the page does: to the proxy's address, with exactly these headers and bytes.
    pub async fn send(&self, request: &Request, sent_at: Timestamp) -> Exchange {
        let origin = format!("http://{}", self.proxy);
        let url = request.proxied(&format!("{origin}/proxy"));
        let mut builder = hyper::Request::builder().method(request.method.as_str()).uri(url);
        for header in &request.headers {
            builder = builder.header(&header.name, &header.value);
        }
        let body = Full::new(Bytes::from(request.body.clone()));
        let request = builder.header("origin", &origin).body(body).expect("a request");
        let response = self.client.request(request).await.expect("an answer of the proxy");
        let (head, body) = response.into_parts();
        let body = body.collect().await.expect("a whole body").to_bytes();
        let value = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        Exchange {
            status: head.status.as_u16(),
            headers: head.headers.iter().map(|(n, v)| Header::new(n.as_str(), value(v.as_bytes()))).collect(),
            body: String::from_utf8_lossy(&body).into_owned(),
            sent_at,
            received_at: sent_at,
        }
    }
}

async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// A cluster of the demo, by its id.
pub fn cluster(id: &str) -> &'static Cluster {
    clusters().find(|cluster| cluster.id == id).expect("a cluster of the fleet")
}
