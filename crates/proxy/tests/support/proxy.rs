//! A proxy in this process, on a free port.

use std::ops::Deref;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rollwatch_proxy::{Config, Connections, Log, Metrics, Upstream, proxy, serve_within};
use tokio::net::TcpListener;

use super::{Vendor, Wire, until};

/// A running proxy and the lines that it logged.
pub struct Proxy {
    wire: Wire,
    pub metrics: Metrics,
    log: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// A proxy whose vendors are all played by `vendor`.
    pub async fn before(vendor: &Vendor, change: impl FnOnce(&mut Config)) -> Self {
        Proxy::start(|config| {
            config.upstream = Upstream::Fixed(vendor.at);
            change(config);
        })
        .await
    }

    pub async fn start(change: impl FnOnce(&mut Config)) -> Self {
        Proxy::start_within(Connections::default(), change).await
    }

    /// Like `before`, but what does not come is not waited for long.
    pub async fn before_quickly(vendor: &Vendor, change: impl FnOnce(&mut Config)) -> Self {
        let quick = Duration::from_millis(50);
        Proxy::start_within(
            Connections { idle_for: quick, head_for: quick, ..Connections::default() },
            |config| {
                config.upstream = Upstream::Fixed(vendor.at);
                config.limits.body_for = quick;
                config.limits.answer_for = quick;
                change(config);
            },
        )
        .await
    }

    pub async fn start_within(connections: Connections, change: impl FnOnce(&mut Config)) -> Self {
        let log: Arc<Mutex<Vec<String>>> = Arc::default();
        let sink = Arc::clone(&log);
        let mut config = Config {
            log: Log::new(move |line| sink.lock().expect("no test panics with it").push(line.to_owned())),
            ..Config::default()
        };
        change(&mut config);
        let metrics = config.metrics.clone();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let at = listener.local_addr().expect("bound");
        tokio::spawn(serve_within(connections, listener, proxy(config), std::future::pending()));
        Proxy { wire: Wire { at, patience: Duration::from_secs(60) }, metrics, log }
    }

    /// Waits until so many requests are over and tells the reason of the last one.
    pub async fn ended(&self, requests: usize) -> Option<String> {
        until(|| self.log().len() >= requests).await;
        let line: serde_json::Value = serde_json::from_str(&self.log()[requests - 1]).expect("JSON");
        line["reason"].as_str().map(str::to_owned)
    }

    pub fn log(&self) -> Vec<String> {
        self.log.lock().expect("no test panics with it").clone()
    }
}

impl Deref for Proxy {
    type Target = Wire;

    fn deref(&self) -> &Wire {
        &self.wire
    }
}
