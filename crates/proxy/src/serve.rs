//! Accepts connections and ends well.

use std::collections::HashMap;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderName, HeaderValue, Request};
use axum::response::Response;
use hyper::body::Bytes;
use hyper::server::conn::http1;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::yield_now;
use tokio::time::{sleep, timeout};
use tower_service::Service;

use rollwatch_policy::{Answer, Client};

use crate::connection::Talk;
use crate::tls::Tls;

/// How much connections may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    /// How many may be open at once; further ones wait to be accepted.
    pub open: usize,
    /// How many one client may have open; further ones are closed at once. Where a front stands before the
    /// proxy, all connections are the front's, and this should be as large as `open`.
    pub of_client: usize,
    /// How long a client may say nothing before a request.
    pub idle_for: Duration,
    /// How long a client may take to send the head of a request, from its first byte; and as long for a TLS
    /// handshake before the first one.
    pub head_for: Duration,
    /// How long a client may take to read a part of an answer.
    pub read_for: Duration,
    /// The longest head of a request, in bytes; a security token takes a few thousand.
    pub head_bytes: usize,
    /// How long requests may go on after the stop.
    pub drain_for: Duration,
}

impl Default for Connections {
    fn default() -> Self {
        Connections {
            open: 8192,
            of_client: 512,
            // A board asks every ten seconds, and each time it should find its connections still open.
            idle_for: Duration::from_secs(20),
            head_for: Duration::from_secs(8),
            read_for: Duration::from_secs(10),
            head_bytes: 32 * 1024,
            // As long as the longest call: its body, the vendor's answer, and a little for the last bytes down.
            drain_for: rollwatch_policy::BODY_FOR
                .saturating_add(rollwatch_policy::ANSWER_FOR)
                .saturating_add(Duration::from_millis(1_500)),
        }
    }
}

/// Serves within the usual limits; see [`serve_within`].
pub async fn serve(listener: TcpListener, served: impl Serve, stop: impl Future<Output = ()>) {
    serve_within(Connections::default(), listener, served, stop).await;
}

/// Serves until `stop` is ready; requests that are under way then have `drain_for` to end.
///
/// Answers get no `Date` of this server: the page takes the vendor's to measure how far its own clock is off,
/// and a date that was put in where the vendor sent none would measure this machine's clock.
pub async fn serve_within(
    limits: Connections,
    listener: TcpListener,
    served: impl Serve,
    stop: impl Future<Output = ()>,
) {
    accept(limits, None, listener, served, stop).await;
}

/// Like [`serve_within`], over TLS and nothing else.
pub async fn serve_tls(
    limits: Connections,
    tls: Tls,
    listener: TcpListener,
    served: impl Serve,
    stop: impl Future<Output = ()>,
) {
    accept(limits, Some(tls), listener, served, stop).await;
}

async fn accept(
    limits: Connections,
    tls: Option<Tls>,
    listener: TcpListener,
    served: impl Serve,
    stop: impl Future<Output = ()>,
) {
    let mut http = http1::Builder::new();
    http.max_buf_size(limits.head_bytes).max_header_size(limits.head_bytes).auto_date_header(false);
    let (http, limits) = (Arc::new(http), Arc::new(limits));
    let refused_with = served.refusal().map(|refusal| written(&refusal)).unwrap_or_default();
    let places = Arc::new(Semaphore::new(limits.open));
    let clients = Clients::default();
    let (going_on, stopped) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, stream, peer) = tokio::select! {
            () = &mut stop => break,
            (place, accepted) = accepted => match accepted {
                Ok((stream, peer)) => (place, stream, peer),
                Err(_) => {
                    // The process is out of file descriptors, most likely; others will be closed soon.
                    sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
        };
        let Some(own) = clients.enter(peer.ip().into(), limits.of_client) else { continue };
        // Without this, a small answer on a used connection may wait for the client's acknowledgement.
        let _ = stream.set_nodelay(true);
        let (http, limits, stopped) = (Arc::clone(&http), Arc::clone(&limits), stopped.clone());
        let (served, refused_with) = (served.clone(), refused_with.clone());
        let mut talk = Talk { http, limits, served, peer, refused_with, stopped };
        match &tls {
            None => drop(tokio::spawn(async move {
                talk.over(stream).await;
                drop((place, own));
            })),
            Some(tls) => {
                let acceptor = tls.acceptor();
                tokio::spawn(async move {
                    let greeted = tokio::select! {
                        greeted = timeout(talk.limits.head_for, acceptor.accept(stream)) => greeted,
                        // Nothing was asked yet, so nothing is lost.
                        _ = talk.stopped.changed() => return,
                    };
                    if let Ok(Ok(stream)) = greeted {
                        talk.over(stream).await;
                    }
                    drop((place, own));
                });
            }
        }
        // However many come at once, those who are there go on before the next one is accepted.
        yield_now().await;
    }
    drop((listener, stopped));
    going_on.send_replace(());
    let _ = timeout(limits.drain_for, going_on.closed()).await;
}

/// What answers requests.
pub trait Serve: Clone + Send + Sync + Unpin + 'static {
    /// Answers one request of the client at the other end of its connection.
    fn answer(
        self,
        request: Request<Body>,
        peer: SocketAddr,
    ) -> impl Future<Output = Response> + Send + 'static;

    /// What is said to a request that cannot be read, or whose head is too long; the status is another one.
    fn refusal(&self) -> Option<Answer> {
        None
    }
}

/// An answer after its status line. No other one comes after it.
fn written(answer: &Answer) -> Bytes {
    let line = |(name, value): (&HeaderName, &HeaderValue)| {
        [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat()
    };
    let (headers, body) = (answer.headers().iter().flat_map(line).collect::<Vec<u8>>(), answer.body());
    let end = format!("content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    [headers, end.into_bytes()].concat().into()
}

/// Handlers find the other end of the connection as `ConnectInfo<SocketAddr>`.
impl Serve for Router {
    fn answer(
        mut self,
        mut request: Request<Body>,
        peer: SocketAddr,
    ) -> impl Future<Output = Response> + Send + 'static {
        request.extensions_mut().insert(ConnectInfo(peer));
        let answering = self.call(request);
        async move {
            let Ok(answer) = answering.await;
            answer
        }
    }
}

/// How many connections each client has.
#[derive(Clone, Default)]
struct Clients(Arc<Mutex<HashMap<Client, usize>>>);

/// A connection of a client, until it is dropped.
struct Own {
    clients: Clients,
    client: Client,
}

impl Clients {
    fn enter(&self, client: Client, most: usize) -> Option<Own> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(client).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Own { clients: self.clone(), client })
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let mut open = self.clients.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = open.get_mut(&self.client).map_or(0, |count| {
            *count = count.saturating_sub(1);
            *count
        });
        if left == 0 {
            open.remove(&self.client);
        }
    }
}
