//! A stream, and the body of an answer, that tell how far they are.

use std::io::{ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::Body;
use hyper::body::{Buf, Bytes, Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

use super::pace::Pace;

/// How many bytes are put together to be written at once. The system takes one piece in less time than two, and nearly
/// every answer is as short.
const SHORT: usize = 8 * 1024;

/// A stream with what was read from it before, and with words for the refusals that hyper writes by itself where it
/// cannot read a request: without them a page would see a network failure.
pub(super) struct Wire<T> {
    stream: T,
    ahead: Bytes,
    pace: Arc<Pace>,
    refused_with: Bytes,
    refusal: Option<Refusal>,
}

/// A refusal on its way.
struct Refusal {
    left: Bytes,
    /// How long hyper's own was.
    given: usize,
}

impl Refusal {
    /// The status of the given one, and what is said in place of the rest.
    fn new(given: &[u8], words: &[u8]) -> Option<Self> {
        let end = given.windows(2).position(|two| two == b"\r\n")?.checked_add(2)?;
        let status = given.get(..end).filter(|_| !words.is_empty())?;
        Some(Refusal { left: [status, words].concat().into(), given: given.len() })
    }
}

impl<T> Wire<T> {
    /// `refused_with` is what a refusal is after its status line; where there is nothing, hyper's own goes out.
    pub(super) fn new(stream: T, ahead: Bytes, pace: Arc<Pace>, refused_with: Bytes) -> Self {
        Wire { stream, ahead, pace, refused_with, refusal: None }
    }

    pub(super) fn into_stream(self) -> T {
        self.stream
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Wire<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let before = into.filled().len();
        if self.ahead.is_empty() {
            ready!(Pin::new(&mut self.stream).poll_read(context, into))?;
        } else {
            let fits = self.ahead.len().min(into.remaining());
            into.put_slice(&self.ahead.split_to(fits));
        }
        if into.filled().len() > before {
            self.pace.hears(Instant::now);
        }
        Poll::Ready(Ok(()))
    }
}

impl<T: AsyncWrite + Unpin> Wire<T> {
    fn write(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.pace.writes(written.is_ready(), Instant::now);
        written
    }

    /// Whether what is to be written is a refusal, in whose place another one is.
    fn is_refusal(&mut self, bytes: &[u8]) -> bool {
        if self.refusal.is_none() && self.pace.refuses() {
            self.refusal = Refusal::new(bytes, &self.refused_with);
        }
        self.refusal.is_some()
    }

    /// Writes the refusal to its end, and then says that what was given is written.
    fn refuse(&mut self, context: &mut Context<'_>) -> Poll<Result<usize>> {
        let Some(Refusal { mut left, given }) = self.refusal.take() else { return Poll::Ready(Ok(0)) };
        while !left.is_empty() {
            match self.write(context, &left) {
                Poll::Ready(Ok(0)) => return Poll::Ready(Err(ErrorKind::WriteZero.into())),
                Poll::Ready(Ok(written)) => left.advance(written.min(left.len())),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => {
                    self.refusal = Some(Refusal { left, given });
                    return Poll::Pending;
                }
            }
        }
        Poll::Ready(Ok(given))
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Wire<T> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        if self.is_refusal(bytes) { self.refuse(context) } else { self.write(context, bytes) }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        if bytes.first().is_some_and(|first| self.is_refusal(first)) {
            return self.refuse(context);
        }
        let length: usize = bytes.iter().map(|piece| piece.len()).sum();
        if length <= SHORT {
            let mut whole = Vec::with_capacity(length);
            bytes.iter().for_each(|piece| whole.extend_from_slice(piece));
            return self.write(context, &whole);
        }
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.pace.writes(written.is_ready(), Instant::now);
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.pace.writes(flushed.is_ready(), Instant::now);
        if flushed.is_ready() {
            self.pace.has_written();
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// An answer on its way, until it is dropped.
pub(super) struct Going {
    body: Body,
    pace: Arc<Pace>,
}

impl Going {
    pub(super) fn new(body: Body, pace: Arc<Pace>) -> Self {
        Going { body, pace }
    }
}

impl Drop for Going {
    fn drop(&mut self) {
        self.pace.has_answered();
    }
}

impl hyper::body::Body for Going {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<std::result::Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::poll_fn;

    /// Takes everything, and notes how long each piece was.
    #[derive(Default)]
    struct Pieces(Vec<usize>);

    impl AsyncWrite for Pieces {
        fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
            self.0.push(bytes.len());
            Poll::Ready(Ok(bytes.len()))
        }

        fn poll_write_vectored(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            bytes: &[IoSlice<'_>],
        ) -> Poll<Result<usize>> {
            self.0.extend(bytes.iter().map(|piece| piece.len()));
            Poll::Ready(Ok(bytes.iter().map(|piece| piece.len()).sum()))
        }

        fn is_write_vectored(&self) -> bool {
            true
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    #[tokio::test]
    async fn head_and_body_of_a_short_answer_are_written_in_one_piece_and_a_long_body_is_not_copied() {
        let pace = Arc::new(Pace::default());
        let mut wire = Wire::new(Pieces::default(), Bytes::new(), pace, Bytes::new());
        let (head, short, long) = ([b'h'; 100], [b'b'; 1000], vec![b'b'; SHORT]);
        for (body, written) in [(&short[..], &[1100][..]), (&long, &[100, SHORT])] {
            let given = [IoSlice::new(&head), IoSlice::new(body)];
            let taken = poll_fn(|context| Pin::new(&mut wire).poll_write_vectored(context, &given)).await;
            assert_eq!(taken.expect("everything is taken"), head.len() + body.len());
            assert_eq!(std::mem::take(&mut wire.stream.0), written);
        }
    }
}
