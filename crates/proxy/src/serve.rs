//! Accepts connections and ends well.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

/// How much connections may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    /// How many may be open at once; further ones wait to be accepted.
    pub open: usize,
    /// How long a client may take to send the head of a request, which includes how long it may say nothing.
    pub head_for: Duration,
    /// The longest head of a request, in bytes; a security token takes a few thousand.
    pub head_bytes: usize,
    /// How long requests may go on after the stop.
    pub drain_for: Duration,
}

impl Default for Connections {
    fn default() -> Self {
        Connections {
            open: 1024,
            head_for: Duration::from_secs(10),
            head_bytes: 32 * 1024,
            drain_for: Duration::from_secs(10),
        }
    }
}

/// Serves within the usual limits; see [`serve_within`].
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    serve_within(Connections::default(), listener, router, stop).await;
}

/// Serves until `stop` is ready; requests that are under way then have `drain_for` to end.
///
/// Answers get no `Date` of this server: the page takes the vendor's to measure how far its own clock is off,
/// and a date that was put in where the vendor sent none would measure this machine's clock.
pub async fn serve_within(
    limits: Connections,
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head_for)
        .max_buf_size(limits.head_bytes)
        .max_header_size(limits.head_bytes)
        .auto_date_header(false);
    let places = Arc::new(Semaphore::new(limits.open));
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, stream) = tokio::select! {
            () = &mut stop => break,
            (place, accepted) = accepted => match accepted {
                Ok((stream, _)) => (place, stream),
                Err(_) => {
                    // The process is out of file descriptors, most likely; others will be closed soon.
                    sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
        };
        // Without this, a small answer on a used connection may wait for the client's acknowledgement.
        let _ = stream.set_nodelay(true);
        let connection =
            http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A connection that breaks is the client's affair and holds nothing that is worth a line.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    let _ = timeout(limits.drain_for, graceful.shutdown()).await;
}
