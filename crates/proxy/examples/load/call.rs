//! One call on a connection, as a page makes it.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Failure;

/// A call of the catalogue with the headers of its scheme; the body is none.
pub fn get(at: SocketAddr, target: &str) -> String {
    format!(
        "GET {target} HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\nX-Sdk-Date: 20261121T000000Z\r\n\
         Authorization: SDK-HMAC-SHA256 Access=A, SignedHeaders=x-sdk-date, Signature=0\r\n\r\n"
    )
}

/// Sends these bytes and reads one answer: its status, and how long it took.
pub async fn make(
    stream: &mut TcpStream,
    request: &[u8],
    buffer: &mut Vec<u8>,
) -> Result<(u16, Duration), Failure> {
    let began_at = Instant::now();
    stream.write_all(request).await?;
    let status = read(stream, buffer).await?;
    Ok((status, began_at.elapsed()))
}

/// Reads one answer whose length is told; without a length it never ends but by the other side's closing.
pub async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<u16, Failure> {
    buffer.clear();
    loop {
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(buffer.get(..end).unwrap_or_default()).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: Option<usize> = length.map(str::parse).transpose()?;
            if length.is_some_and(|length| buffer.len() >= end + 4 + length) {
                let status = head.split(' ').nth(1).unwrap_or_default();
                return Ok(status.parse()?);
            }
        }
        if stream.read_buf(buffer).await? == 0 {
            return Err("the connection was closed".into());
        }
    }
}

/// The value below which this share of them lies, in microseconds.
pub fn quantile(times: &mut [Duration], share: f64) -> u64 {
    times.sort_unstable();
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "there are far fewer measurements than a float counts exactly"
    )]
    let at = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
    times.get(at).map_or(0, |time| u64::try_from(time.as_micros()).unwrap_or(u64::MAX))
}
