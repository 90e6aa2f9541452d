//! A stream, and the body of an answer, that tell how far they are.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::Body;
use hyper::body::{Bytes, Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

use super::pace::Pace;

/// A stream with what was read from it before.
pub(super) struct Wire<T> {
    stream: T,
    ahead: Bytes,
    pace: Arc<Pace>,
}

impl<T> Wire<T> {
    pub(super) fn new(stream: T, ahead: Bytes, pace: Arc<Pace>) -> Self {
        Wire { stream, ahead, pace }
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

impl<T: AsyncWrite + Unpin> AsyncWrite for Wire<T> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.pace.writes(written.is_ready(), Instant::now);
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
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
