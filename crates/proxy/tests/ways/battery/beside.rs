//! An open proxy beside ours, to see that the attempts are real: cors-anywhere, when `cargo xtask battery
//! --beside` names its script.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::yield_now;
use tokio::time::timeout;

use crate::support::{Reply, Vendor};

/// Where the script is, as `xtask` tells it.
const SCRIPT: &str = "ROLLWATCH_CORS_ANYWHERE";

pub struct OpenProxy {
    program: Child,
    at: String,
    /// What stands behind it.
    pub canary: Vendor,
}

impl Drop for OpenProxy {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl OpenProxy {
    /// Starts it, when there is one.
    pub async fn start() -> Option<Self> {
        let script = std::env::var_os(SCRIPT)?;
        let free = TcpListener::bind("127.0.0.1:0").await.expect("a free port").local_addr().expect("bound");
        let program = Command::new("node")
            .arg(script)
            .env("HOST", free.ip().to_string())
            .env("PORT", free.port().to_string())
            .stdout(Stdio::null())
            .spawn()
            .expect("Node.js is there");
        let ready = async {
            while TcpStream::connect(free).await.is_err() {
                yield_now().await;
            }
        };
        timeout(Duration::from_secs(20), ready).await.expect("it listens");
        Some(OpenProxy { program, at: free.to_string(), canary: Vendor::start(Reply::json("", "{}")).await })
    }

    /// Whether this call at the canary is made.
    pub async fn reaches(&self, method: &str, target: &str) -> bool {
        self.request(method, &format!("http://{}{target}", self.canary.at)).await
    }

    /// Whether a GET of this address leads to the canary.
    pub async fn reaches_place(&self, address: &str) -> bool {
        self.request("GET", address).await
    }

    async fn request(&self, method: &str, address: &str) -> bool {
        let before = self.canary.heard().len();
        let mut stream = TcpStream::connect(&self.at).await.expect("it listens");
        let head = format!(
            "{method} /{address} HTTP/1.1\r\nHost: {}\r\nOrigin: http://x\r\nConnection: close\r\n\r\n",
            self.at
        );
        // What it does with a request that it does not like is no matter here.
        let _ = stream.write_all(head.as_bytes()).await;
        let _ = timeout(Duration::from_secs(5), stream.read_to_end(&mut Vec::new())).await;
        self.canary.heard().len() > before
    }
}
