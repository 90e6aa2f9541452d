//! A vendor that answers well or at its worst, by the cluster that it is asked about.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use crate::Failure;

/// The address of a call about this cluster.
pub fn target(cluster: &str) -> String {
    format!("/proxy/huawei_css.public.cn-north-4/v1.0/p1/clusters/{cluster}/upgrade/detail")
}

/// Answers until the process is ended.
pub async fn play(at: SocketAddr) -> Result<(), Failure> {
    let listener = TcpListener::bind(at).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        // A proxy that has had enough closes the connection, which is what it should do.
        tokio::spawn(async move { converse(stream).await.ok() });
    }
}

async fn converse(mut stream: TcpStream) -> Result<(), Failure> {
    let mut head = Vec::new();
    loop {
        head.clear();
        while !head.ends_with(b"\r\n\r\n") {
            if stream.read_buf(&mut head).await? == 0 {
                return Ok(());
            }
        }
        let head = String::from_utf8_lossy(&head);
        let cluster = head.split('/').nth(4).unwrap_or_default();
        answer(&mut stream, cluster).await?;
    }
}

async fn answer(stream: &mut TcpStream, cluster: &str) -> Result<(), Failure> {
    let megabyte = vec![b' '; 1024 * 1024];
    match cluster {
        "long" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 209715200\r\n\r\n").await?;
            for _ in 0..200 {
                stream.write_all(&megabyte).await?;
            }
        }
        "endless" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await?;
            loop {
                stream.write_all(b"100000\r\n").await?;
                stream.write_all(&megabyte).await?;
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
            let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 203864\r\n\r\n";
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(megabyte.get(..203_864).unwrap_or_default()).await?;
        }
        "headers" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n").await?;
            loop {
                stream.write_all(&b"X-Filler: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n".repeat(1000)).await?;
            }
        }
        "silent" => std::future::pending().await,
        _ => {
            let body = "{\"updateActions\":[]}";
            let length = body.len();
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
            stream.write_all(format!("{head}Content-Length: {length}\r\n\r\n{body}").as_bytes()).await?;
        }
    }
    Ok(())
}
