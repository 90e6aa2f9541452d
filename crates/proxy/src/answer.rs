//! A vendor's answer on its way down: held back while it is short, then passed on piece by piece, and bounded in
//! size and time throughout.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use hyper::body::{Bytes, Frame};
use rollwatch_core::provider::ProxyReason;
use rollwatch_policy::HELD_BYTES;
use tokio::sync::{Mutex, mpsc};
use tokio::task::yield_now;
use tokio::time::{Instant, sleep, timeout_at};

use crate::vendor::Coming;

/// How many pieces may wait for a page that reads slowly; a piece is what came in one read, 16 KiB at most.
const PIECES: usize = 4;

/// How many pieces of an answer wait for nobody's turn. Nearly every answer has no more.
const AT_ONCE: u32 = 2;

/// How many bytes of all long answers are passed on before they rest together, and for how long: some 100 MB a second,
/// and a part of a processor's time.
const IN_A_ROW: usize = 192 * 1024;
const REST_FOR: Duration = Duration::from_millis(1);

/// The turns of long answers. A piece is passed on when everybody who could go on meanwhile has done so; then it is the
/// next answer's turn. So a short answer waits for one piece, however many long ones there are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Turns(Arc<Mutex<usize>>);

impl Turns {
    /// Waits for the turn of a piece of so many bytes.
    async fn wait(&self, bytes: usize) {
        let mut passed = self.0.lock().await;
        *passed += bytes;
        if *passed < IN_A_ROW {
            yield_now().await;
        } else {
            *passed = 0;
            sleep(REST_FOR).await;
        }
    }
}

/// A vendor's body that is being read.
pub(crate) struct Reading {
    /// What is left of it, until it has ended.
    coming: Option<Coming>,
    /// How many pieces have come.
    pieces: u32,
    turns: Turns,
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
    pub(crate) fn new(coming: Coming, turns: Turns, most: usize, ends_at: Instant) -> Self {
        Reading { coming: Some(coming), pieces: 0, turns, left: most, ends_at }
    }

    /// The next piece; `None` at the end. Trailers are left out.
    async fn next(&mut self) -> Result<Option<Bytes>, ProxyReason> {
        while let Some(coming) = &mut self.coming {
            let frame = timeout_at(self.ends_at, coming.next());
            let Some(frame) = frame.await.map_err(|_| ProxyReason::VendorTimeout)? else { break };
            if let Ok(piece) = frame.map_err(|_| ProxyReason::VendorUnreachable)?.into_data() {
                self.left = self.left.checked_sub(piece.len()).ok_or(ProxyReason::AnswerTooLarge)?;
                self.pieces = self.pieces.saturating_add(1);
                if self.pieces > AT_ONCE {
                    let turn = timeout_at(self.ends_at, self.turns.wait(piece.len()));
                    turn.await.map_err(|_| ProxyReason::VendorTimeout)?;
                }
                return Ok(Some(piece));
            }
        }
        if let Some(coming) = self.coming.take() {
            coming.rest();
        }
        Ok(None)
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const PIECE: usize = 16 * 1024;

    #[tokio::test]
    async fn however_many_long_answers_there_are_one_piece_is_passed_on_between_two_steps_of_another() {
        let (turns, passed) = (Turns::default(), Arc::new(AtomicUsize::new(0)));
        for _ in 0..100 {
            let (turns, passed) = (turns.clone(), Arc::clone(&passed));
            tokio::spawn(async move {
                loop {
                    turns.wait(PIECE).await;
                    passed.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        yield_now().await;
        for step in 0.. {
            let before = passed.load(Ordering::Relaxed);
            yield_now().await;
            let pieces = passed.load(Ordering::Relaxed) - before;
            assert!(pieces <= 1, "{pieces} pieces at step {step}");
            // They rest now and then, and go on.
            if before * PIECE > 2 * IN_A_ROW {
                break;
            }
        }
    }
}
