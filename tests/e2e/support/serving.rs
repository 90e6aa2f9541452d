//! A server of a test's own.

use std::net::Ipv4Addr;

use axum::Router;
use rollwatch_proxy::serve;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// A running server, ended with the test.
pub struct Serving {
    origin: String,
    _stop: watch::Sender<()>,
}

impl Serving {
    pub async fn start(router: Router) -> Self {
        let (stop, mut stopped) = watch::channel(());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("bound"));
        let ended = async move {
            let _ = stopped.changed().await;
        };
        tokio::spawn(serve(listener, router, ended));
        Serving { origin, _stop: stop }
    }

    pub fn origin(&self) -> &str {
        &self.origin
    }
}
