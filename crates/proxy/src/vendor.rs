//! A vendor's host and the connections with it.
//!
//! A connection has one call at a time, and whoever makes that call moves its bytes: no task of its own stands
//! between them. Between two calls it rests and nobody moves anything.

mod resting;

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use axum::http::{HeaderValue, Request, Response, Uri, uri};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{Builder, Connection, SendRequest};
use rollwatch_core::provider::ProxyReason;
use tower_service::Service;

use crate::egress::{VendorConnector, VendorStream};
use resting::Resting;

/// The longest head of an answer, in bytes, and the most that is read of one answer before it is another's turn.
const PIECE_BYTES: usize = 16 * 1024;

/// What is told when there is no connection, or no answer over it.
const UNREACHABLE: ProxyReason = ProxyReason::VendorUnreachable;

/// A vendor's host.
pub(crate) struct Vendor {
    /// How it is written in requests.
    pub written: HeaderValue,
    /// Where it is connected to.
    address: Uri,
    resting: Arc<Resting<Connected>>,
}

/// A connection: what takes requests, and what moves the bytes until it is over.
struct Connected {
    requests: SendRequest<Full<Bytes>>,
    traffic: Option<Box<Connection<VendorStream, Full<Bytes>>>>,
}

/// An answer that is being read, and the connection over which it comes.
pub(crate) struct Coming {
    body: Incoming,
    connected: Connected,
    home: Arc<Resting<Connected>>,
}

type Sent = Result<Response<Incoming>, TrySendError<Request<Full<Bytes>>>>;

impl Vendor {
    /// The vendor of this name at this address; `None` for what is neither.
    pub(crate) fn new(name: &str, scheme: uri::Scheme, at: &str) -> Option<Self> {
        let address = Uri::builder().scheme(scheme).authority(at).path_and_query("/").build().ok()?;
        Some(Vendor { written: HeaderValue::from_str(name).ok()?, address, resting: Arc::default() })
    }

    /// Asks over a connection that rests, or over a new one.
    pub(crate) async fn ask(
        &self,
        connector: &VendorConnector,
        mut request: Request<Full<Bytes>>,
    ) -> Result<(Response<()>, Coming), ProxyReason> {
        while let Some(mut connected) = self.resting.take() {
            match connected.ask(request).await {
                Ok(answer) => return Ok(self.coming(answer, connected)),
                // It was closed while it rested. When nothing of the request went out, another one takes it.
                Err(mut failed) => request = failed.take_message().ok_or(UNREACHABLE)?,
            }
        }
        // Boxed, or every call would carry the room for what a few of them need.
        let mut connected = Box::pin(self.connect(connector.clone())).await?;
        let answer = connected.ask(request).await.map_err(|_| UNREACHABLE)?;
        Ok(self.coming(answer, connected))
    }

    async fn connect(&self, mut connector: VendorConnector) -> Result<Connected, ProxyReason> {
        poll_fn(|context| connector.poll_ready(context)).await.map_err(|_| UNREACHABLE)?;
        let stream = connector.call(self.address.clone()).await.map_err(|_| UNREACHABLE)?;
        // Head and body in one piece: the system takes that in less time than two.
        let shaken = Builder::new().writev(false).max_buf_size(PIECE_BYTES).handshake(stream).await;
        let (requests, traffic) = shaken.map_err(|_| UNREACHABLE)?;
        Ok(Connected { requests, traffic: Some(Box::new(traffic)) })
    }

    fn coming(&self, answer: Response<Incoming>, connected: Connected) -> (Response<()>, Coming) {
        let (head, body) = answer.into_parts();
        (Response::from_parts(head, ()), Coming { body, connected, home: Arc::clone(&self.resting) })
    }
}

impl Connected {
    async fn ask(&mut self, request: Request<Full<Bytes>>) -> Sent {
        let answer = self.requests.try_send_request(request);
        self.moving(answer).await
    }

    /// Waits for what comes over the connection, and moves its bytes meanwhile.
    async fn moving<T>(&mut self, comes: impl Future<Output = T>) -> T {
        let mut comes = pin!(comes);
        poll_fn(|context| {
            // Nothing is read of a body before somebody waits for it, so this comes first.
            if let Poll::Ready(came) = comes.as_mut().poll(context) {
                return Poll::Ready(came);
            }
            self.go_on(context);
            comes.as_mut().poll(context)
        })
        .await
    }

    fn go_on(&mut self, context: &mut Context<'_>) {
        if let Some(traffic) = &mut self.traffic
            && Pin::new(traffic).poll(context).is_ready()
        {
            // With it goes what was not sent, and whoever waits for an answer is told.
            self.traffic = None;
        }
    }
}

impl Coming {
    /// How long the body is, in bytes, where the vendor says so.
    pub(crate) fn length(&self) -> Option<u64> {
        hyper::body::Body::size_hint(&self.body).exact()
    }

    /// The next part of the body; `None` at its end.
    pub(crate) async fn next(&mut self) -> Option<hyper::Result<Frame<Bytes>>> {
        let Coming { body, connected, .. } = self;
        connected.moving(body.frame()).await
    }

    /// After the end of the body: another call may have the connection, if the vendor keeps it.
    pub(crate) fn rest(mut self) {
        // Whoever makes that call is woken for it, and nobody is before.
        self.connected.go_on(&mut Context::from_waker(Waker::noop()));
        if self.connected.traffic.is_some() && self.connected.requests.is_ready() {
            self.home.put(self.connected);
        }
    }
}
