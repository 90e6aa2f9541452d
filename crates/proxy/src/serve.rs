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

/// How many connections may be open at once; further ones wait to be accepted.
const CONNECTIONS: usize = 1024;
/// How long a client may take to send the head of a request.
const HEAD_FOR: Duration = Duration::from_secs(10);
/// The longest head of a request, in bytes; a security token takes a few thousand.
const HEAD_BYTES: usize = 32 * 1024;
/// How long requests may go on after the stop.
const DRAIN_FOR: Duration = Duration::from_secs(10);

/// Serves until `stop` is ready; requests that are under way then have ten seconds to end.
///
/// Answers get no `Date` of this server: the page takes the vendor's to measure how far its own clock is off,
/// and a date that was put in where the vendor sent none would measure this machine's clock.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD_FOR)
        .max_buf_size(HEAD_BYTES)
        .auto_date_header(false);
    let places = Arc::new(Semaphore::new(CONNECTIONS));
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
    let _ = timeout(DRAIN_FOR, graceful.shutdown()).await;
}
