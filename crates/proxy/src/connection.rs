//! One connection with a client, from its first byte to its last.
//!
//! Between two calls it is its socket and nothing else: what HTTP takes, two buffers of 8 KB above all, is made when
//! the first byte of a call has come, and given back soon after the last answer. So an idle connection costs little,
//! and how long a client may be silent is one thing, how long it may take over the head of a request another.

mod pace;
mod wire;

use std::convert::Infallible;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

use crate::serve::{Connections, Serve};
use pace::{Look, Pace};
use wire::{Going, Wire};

/// How often a connection in use looks whether its client is too slow, or has nothing more to say.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What is needed to talk HTTP with a client.
pub(crate) struct Talk<S> {
    pub http: Arc<http1::Builder>,
    pub limits: Arc<Connections>,
    pub served: S,
    pub peer: SocketAddr,
    /// What a refusal is that is not the server's own, after its status line.
    pub refused_with: Bytes,
    /// Changes when the server is to end.
    pub stopped: watch::Receiver<()>,
}

impl<S: Serve> Talk<S> {
    /// Talks until one side has had enough. A connection that breaks is the client's affair and holds nothing that is
    /// worth a line.
    pub(crate) async fn over(mut self, mut stream: impl AsyncRead + AsyncWrite + Unpin + Send) {
        let mut ahead = Bytes::new();
        loop {
            if ahead.is_empty() {
                let Some(first) = self.first(&mut stream).await else { return };
                ahead = first;
            }
            // What is boxed is gone while the connection is idle.
            match Box::pin(self.converse(stream, ahead)).await {
                Some(rested) => (stream, ahead) = rested,
                None => return,
            }
        }
    }

    /// The first bytes of a request, as few as are read without a buffer.
    async fn first(&mut self, stream: &mut (impl AsyncRead + Unpin)) -> Option<Bytes> {
        let mut first = [0; 16];
        let read = tokio::select! {
            read = timeout(self.limits.idle_for, stream.read(&mut first)) => read.ok()?.ok()?,
            // Nothing was asked, so nothing is lost.
            _ = self.stopped.changed() => return None,
        };
        first.get(..read).filter(|read| !read.is_empty()).map(Bytes::copy_from_slice)
    }

    /// Answers requests until none is under way. What is left then is the stream, where it may go on, with what was
    /// read from it already.
    async fn converse<T: AsyncRead + AsyncWrite + Unpin>(
        &mut self,
        stream: T,
        ahead: Bytes,
    ) -> Option<(T, Bytes)> {
        let pace = Arc::new(Pace::default());
        let (served, peer, answering) = (self.served.clone(), self.peer, Arc::clone(&pace));
        let service = service_fn(move |request: Request<Incoming>| {
            answering.is_asked();
            let request =
                request.map(|body| if body.is_end_stream() { Body::empty() } else { Body::new(body) });
            let (answer, pace) = (served.clone().answer(request, peer), Arc::clone(&answering));
            // Once for each request and not, as large as it is, for each connection.
            Box::pin(async move { Ok::<_, Infallible>(answer.await.map(|body| Going::new(body, pace))) })
        });
        let wire = Wire::new(stream, ahead, Arc::clone(&pace), self.refused_with.clone());
        let mut http = self.http.serve_connection(TokioIo::new(wire), service);
        let (mut look, mut stopped) = (pin!(sleep(LOOK_EVERY)), pin!(self.stopped.changed()));
        let mut is_ending = false;
        loop {
            tokio::select! {
                biased;
                ended = poll_fn(|context| http.poll_without_shutdown(context)) => {
                    ended.ok()?;
                    let mut wire = http.into_parts().io.into_inner();
                    let _ = timeout(self.limits.read_for, wire.shutdown()).await;
                    return None;
                }
                () = &mut look => {}
                _ = &mut stopped, if !is_ending => {
                    is_ending = true;
                    Pin::new(&mut http).graceful_shutdown();
                    continue;
                }
            }
            let now = Instant::now();
            look.as_mut().reset(now + LOOK_EVERY);
            match pace.look(&self.limits, now) {
                Look::GoOn => {}
                Look::End => return None,
                Look::Rest => {
                    Pin::new(&mut http).graceful_shutdown();
                    // Where there is still something to do, it is done, and the connection ends with it.
                    let ended = poll_fn(|context| Poll::Ready(http.poll_without_shutdown(context))).await;
                    if let Poll::Ready(ended) = ended {
                        ended.ok()?;
                        let parts = http.into_parts();
                        // A copy: what was read, which is nearly always nothing, holds the whole buffer.
                        let ahead = Bytes::copy_from_slice(&parts.read_buf);
                        return Some((parts.io.into_inner().into_stream(), ahead));
                    }
                }
            }
        }
    }
}
