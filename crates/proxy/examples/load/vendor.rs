//! A vendor that answers well or at its worst, by the cluster that it is asked about.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::time::sleep;

use crate::{Failure, elsewhere};

/// As much as the system sends in one go before somebody else may have the processor.
const PIECE: &[u8] = &[b' '; 16 * 1024];

const ENDPOINT: &str = "/proxy/huawei_css.public.cn-north-4";

/// The address of a call about this cluster.
pub fn target(cluster: &str) -> String {
    format!("{ENDPOINT}/v1.0/p1/clusters/{cluster}/upgrade/detail")
}

/// What the vendor itself is asked in place of such an address.
pub fn unproxied(target: &str) -> &str {
    target.strip_prefix(ENDPOINT).unwrap_or(target)
}

/// Answers until the process is ended: well on the thread that is asked, at its worst elsewhere.
pub async fn play(at: SocketAddr) -> Result<(), Failure> {
    let elsewhere = elsewhere::threads()?;
    let listener = TcpListener::bind(at).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        // A proxy that has had enough closes the connection, which is what it should do.
        tokio::spawn(async move { converse(stream, elsewhere).await.ok() });
    }
}

async fn converse(mut stream: TcpStream, elsewhere: &Handle) -> Result<(), Failure> {
    let mut head = Vec::new();
    loop {
        head.clear();
        while !head.ends_with(b"\r\n\r\n") {
            if stream.read_buf(&mut head).await? == 0 {
                return Ok(());
            }
        }
        let text = String::from_utf8_lossy(&head);
        let cluster = text.split('/').nth(4).unwrap_or_default();
        if cluster == "good" {
            let body = "{\"updateActions\":[]}";
            let length = body.len();
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
            stream.write_all(format!("{head}Content-Length: {length}\r\n\r\n{body}").as_bytes()).await?;
        } else {
            let (own, cluster) = (stream.into_std()?, cluster.to_owned());
            let answered = elsewhere.spawn(async move {
                let mut stream = TcpStream::from_std(own)?;
                misbehave(&mut stream, &cluster).await?;
                Ok::<_, Failure>(stream.into_std()?)
            });
            stream = TcpStream::from_std(answered.await??)?;
        }
    }
}

async fn misbehave(stream: &mut TcpStream, cluster: &str) -> Result<(), Failure> {
    match cluster {
        "long" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 209715200\r\n\r\n").await?;
            for _ in 0..209_715_200 / PIECE.len() {
                stream.write_all(PIECE).await?;
            }
        }
        "endless" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await?;
            loop {
                stream.write_all(b"4000\r\n").await?;
                stream.write_all(PIECE).await?;
                stream.write_all(b"\r\n").await?;
            }
        }
        "trickle" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n").await?;
            for _ in 0..1000 {
                stream.write_all(b" ").await?;
                sleep(Duration::from_millis(500)).await;
            }
        }
        "bomb" => {
            // 200 MB of zeros, packed: what a client would unpack that was not told that it is packed.
            let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 212992\r\n\r\n";
            stream.write_all(head.as_bytes()).await?;
            for _ in 0..212_992 / PIECE.len() {
                stream.write_all(PIECE).await?;
            }
        }
        "headers" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n").await?;
            loop {
                stream.write_all(&b"X-Filler: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n".repeat(1000)).await?;
            }
        }
        "silent" => std::future::pending().await,
        _ => return Err(format!("no vendor misbehaves like {cluster}").into()),
    }
    Ok(())
}
