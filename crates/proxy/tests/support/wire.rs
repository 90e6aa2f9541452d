//! A client that writes exact bytes.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::Answer;

/// Where a server listens.
#[derive(Debug, Clone, Copy)]
pub struct Wire {
    pub at: SocketAddr,
    /// How long it may be silent before a client that has said all goes away.
    pub patience: Duration,
}

impl Wire {
    /// Sends exactly these bytes and reads until the proxy closes.
    pub async fn raw(&self, request: impl AsRef<[u8]>) -> Answer {
        let mut stream = TcpStream::connect(self.at).await.expect("the proxy listens");
        stream.write_all(request.as_ref()).await.expect("the proxy reads");
        let mut bytes = Vec::new();
        // A proxy that closes with bytes unread may reset the connection after its answer.
        while self.reads(&mut stream, &mut bytes).await {}
        Answer::parse(&bytes)
    }

    /// Sends exactly these bytes, reads until the proxy closes, and tells the statuses of all answers.
    pub async fn statuses(&self, request: &[u8]) -> Vec<u16> {
        let mut stream = TcpStream::connect(self.at).await.expect("the proxy listens");
        let (mut reading, mut writing) = stream.split();
        let mut bytes = Vec::new();
        // A proxy that has refused stops reading, so neither direction may fail the other.
        let sent = async { writing.write_all(request).await.is_ok() };
        let read = async { while self.reads(&mut reading, &mut bytes).await {} };
        tokio::join!(sent, read);
        let text = String::from_utf8_lossy(&bytes);
        let lines = text.match_indices("HTTP/1.1 ").map(|(at, _)| text[at + 9..].get(..3));
        lines.filter_map(|status| status?.parse().ok()).collect()
    }

    /// A request with header lines, each ended by `\r\n`, that closes its connection.
    pub async fn ask(&self, method: &str, target: &str, headers: &str, body: &str) -> Answer {
        let length =
            if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
        let head = format!("{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.at);
        self.raw(format!("{head}{length}{headers}\r\n{body}")).await
    }

    /// Whether something more has come.
    async fn reads(&self, stream: &mut (impl AsyncReadExt + Unpin), bytes: &mut Vec<u8>) -> bool {
        matches!(timeout(self.patience, stream.read_buf(bytes)).await, Ok(Ok(read)) if read > 0)
    }
}
