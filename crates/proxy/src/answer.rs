//! A vendor's answer on its way down: held back while it is short, then passed on piece by piece, and bounded in
//! size and time throughout.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use http_body_util::BodyExt;
use hyper::body::{Bytes, Frame, Incoming};
use rollwatch_core::provider::ProxyReason;
use rollwatch_policy::HELD_BYTES;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

/// How many pieces may wait for a page that reads slowly; a piece is what came in one read, 16 KiB at most.
const PIECES: usize = 4;

/// A vendor's body that is being read.
pub(crate) struct Reading {
    body: Incoming,
    /// How many bytes may still come.
    left: usize,
    /// When the last of them has to be there.
    ends_at: Instant,
}

/// What could be read before anything goes down.
pub(crate) enum Held {
    Whole(Bytes),
    /// The beginning, and how to get the rest.
    Begun(Bytes, Reading),
}

impl Reading {
    pub(crate) fn new(body: Incoming, most: usize, ends_at: Instant) -> Self {
        Reading { body, left: most, ends_at }
    }

    /// The next piece; `None` at the end. Trailers are left out.
    async fn next(&mut self) -> Result<Option<Bytes>, ProxyReason> {
        loop {
            let frame = timeout_at(self.ends_at, self.body.frame());
            let Some(frame) = frame.await.map_err(|_| ProxyReason::VendorTimeout)? else { return Ok(None) };
            if let Ok(piece) = frame.map_err(|_| ProxyReason::VendorUnreachable)?.into_data() {
                self.left = self.left.checked_sub(piece.len()).ok_or(ProxyReason::AnswerTooLarge)?;
                return Ok(Some(piece));
            }
        }
    }

    /// Reads to the end, or until more has come than is held back.
    pub(crate) async fn hold(mut self) -> Result<Held, ProxyReason> {
        let Some(first) = self.next().await? else { return Ok(Held::Whole(Bytes::new())) };
        let Some(second) = self.next().await? else { return Ok(Held::Whole(first)) };
        let mut held = [first, second].concat();
        while held.len() <= HELD_BYTES {
            match self.next().await? {
                Some(piece) => held.extend_from_slice(&piece),
                None => return Ok(Held::Whole(held.into())),
            }
        }
        Ok(Held::Begun(held.into(), self))
    }
}

/// Carries the rest of an answer to a page. It goes on by itself, so that a page that stops reading holds a
/// vendor's connection no longer than any other.
pub(crate) struct Relay {
    reading: Reading,
    down: mpsc::Sender<Result<Bytes, Cut>>,
}

/// An answer that does not go on. The connection to the page is closed in the middle of it, which a browser
/// takes for a failure.
#[derive(Debug)]
pub(crate) struct Cut;

impl std::fmt::Display for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the answer does not go on")
    }
}

impl std::error::Error for Cut {}

impl Relay {
    /// The body for the page, which begins with what was held back, and what carries the rest into it.
    pub(crate) fn new(begun: Bytes, reading: Reading) -> (Body, Self) {
        let (down, pieces) = mpsc::channel(PIECES);
        (Body::new(Rest { begun: Some(begun), pieces }), Relay { reading, down })
    }

    /// Carries to the end; an error says why it ended early, `None` that the page went away.
    pub(crate) async fn run(mut self) -> Result<(), Option<ProxyReason>> {
        loop {
            let next = tokio::select! {
                next = self.reading.next() => next,
                () = self.down.closed() => return Err(None),
            };
            let piece = match next {
                Ok(Some(piece)) => Ok(piece),
                Ok(None) => return Ok(()),
                Err(reason) => {
                    // The body must not look as if it were whole. A full queue is read first, or its reader is
                    // gone, which is as good.
                    tokio::spawn(async move { self.down.send(Err(Cut)).await });
                    return Err(Some(reason));
                }
            };
            match timeout_at(self.reading.ends_at, self.down.send(piece)).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return Err(None),
                Err(_) => {
                    tokio::spawn(async move { self.down.send(Err(Cut)).await });
                    return Err(Some(ProxyReason::VendorTimeout));
                }
            }
        }
    }
}

struct Rest {
    begun: Option<Bytes>,
    pieces: mpsc::Receiver<Result<Bytes, Cut>>,
}

impl hyper::body::Body for Rest {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        if let Some(begun) = self.begun.take() {
            return Poll::Ready(Some(Ok(Frame::data(begun))));
        }
        self.pieces.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}
