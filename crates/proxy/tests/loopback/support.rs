//! A proxy on a free port, an upstream that keeps what it hears, and a client that writes exact bytes.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rollwatch_proxy::{Config, Connections, Log, Metrics, Upstream, app, serve_within};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

pub const SES: &str = "/proxy/ncp_search_engine.public.KR/api/v2/cluster/getRollingUpgradeProgress";
pub const CDSS: &str = "/proxy/ncp_data_streaming.public.KR/api/v1/cluster/rollingRestartProgressCheck";
pub const CSS: &str = "/proxy/huawei_css.public.cn-north-4/v1.0/p1/clusters/c1/upgrade/detail";
pub const HOLO: &str = "/proxy/alibaba_hologres.public.cn-hangzhou/api/v1/instances/hgx-1/upgrade/status";

/// The headers without which no call to Hologres has a route; these are those of `HOLO`.
pub const HOLO_ACTION: &str = "X-Acs-Action: GetUpgradeStatus\r\nX-Acs-Version: 2022-06-01\r\n";

/// What the upstream does with each request.
#[derive(Clone)]
pub enum Reply {
    /// Writes these bytes.
    Bytes(Vec<u8>),
    /// Keeps the connection open and says nothing.
    Silence,
    /// Closes the connection.
    Close,
    /// Writes these bytes, and then does this.
    Begin(Vec<u8>, After),
    /// Answers by what was asked.
    ByRequest(Choose),
}

/// Chooses an answer for a request.
pub type Choose = Arc<dyn Fn(&str) -> Reply + Send + Sync>;

/// What the upstream does in the middle of an answer.
#[derive(Clone)]
pub enum After {
    Hang,
    /// Breaks the connection so that the other end notices.
    Reset,
    /// Goes on with these bytes for as long as anyone takes them.
    Repeat(Vec<u8>),
    /// Goes on with these bytes once it is told to.
    Wait(Arc<Notify>, Vec<u8>),
}

impl Reply {
    pub fn text(text: &str) -> Self {
        Reply::Bytes(text.as_bytes().to_vec())
    }

    pub fn by_request(choose: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        Reply::ByRequest(Arc::new(choose))
    }

    /// A JSON answer with further header lines, each ended by `\r\n`.
    pub fn json(more: &str, body: &str) -> Self {
        let length = body.len();
        Reply::text(&format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{more}\r\n{body}"
        ))
    }
}

/// A vendor that can be listened in on.
pub struct Vendor {
    pub at: SocketAddr,
    ear: Ear,
    pub asked: Arc<Notify>,
}

/// What a vendor has heard: whole requests, and every byte and connection besides.
#[derive(Clone, Default)]
struct Ear {
    requests: Arc<Mutex<Vec<String>>>,
    bytes: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
    /// How many bytes an endless answer has got rid of.
    sent: Arc<AtomicUsize>,
}

impl Vendor {
    pub async fn start(reply: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let vendor =
            Vendor { at: listener.local_addr().expect("bound"), ear: Ear::default(), asked: Arc::default() };
        let (ear, asked) = (vendor.ear.clone(), Arc::clone(&vendor.asked));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                ear.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(converse(stream, reply.clone(), ear.clone(), Arc::clone(&asked)));
            }
        });
        vendor
    }

    /// Every request, as it came over the wire.
    pub fn heard(&self) -> Vec<String> {
        self.ear.requests.lock().expect("no test panics with it").clone()
    }

    /// How many bytes came over all connections.
    pub fn bytes(&self) -> usize {
        self.ear.bytes.load(Ordering::SeqCst)
    }

    /// How many bytes of an endless answer someone took.
    pub fn sent(&self) -> usize {
        self.ear.sent.load(Ordering::SeqCst)
    }

    pub fn connections(&self) -> usize {
        self.ear.connections.load(Ordering::SeqCst)
    }
}

async fn converse(mut stream: TcpStream, reply: Reply, ear: Ear, asked: Arc<Notify>) {
    while let Some(request) = one_request(&mut stream, &ear.bytes).await {
        ear.requests.lock().expect("no test panics with it").push(request);
        asked.notify_one();
        let reply = match &reply {
            Reply::ByRequest(choose) => {
                choose(ear.requests.lock().expect("no test panics with it").last().expect("just heard"))
            }
            reply => reply.clone(),
        };
        match reply {
            Reply::Bytes(bytes) => {
                if stream.write_all(&bytes).await.is_err() {
                    return;
                }
            }
            Reply::Silence => std::future::pending().await,
            Reply::Close | Reply::ByRequest(_) => return,
            Reply::Begin(bytes, after) => {
                if stream.write_all(&bytes).await.is_err() || go_on(&mut stream, after, &ear.sent).await {
                    return;
                }
            }
        }
    }
}

/// Goes on after the beginning of an answer; true when the conversation is over.
async fn go_on(stream: &mut TcpStream, after: After, sent: &AtomicUsize) -> bool {
    match after {
        After::Hang => std::future::pending().await,
        After::Reset => {
            stream.set_zero_linger().expect("a socket");
            true
        }
        After::Repeat(bytes) => {
            while stream.write_all(&bytes).await.is_ok() {
                sent.fetch_add(bytes.len(), Ordering::SeqCst);
            }
            true
        }
        After::Wait(gate, bytes) => {
            gate.notified().await;
            stream.write_all(&bytes).await.is_err()
        }
    }
}

/// Reads a head and as many bytes as its `content-length` says.
async fn one_request(stream: &mut TcpStream, heard: &AtomicUsize) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.map_or(0, |text| text.parse().expect("a length"));
            if bytes.len() >= end + 4 + length {
                return Some(String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        let read = stream.read_buf(&mut bytes).await.ok()?;
        heard.fetch_add(read, Ordering::SeqCst);
        if read == 0 {
            return None;
        }
    }
}

/// A running proxy and the lines that it logged.
pub struct Proxy {
    pub at: SocketAddr,
    pub metrics: Metrics,
    log: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// A proxy whose vendors are all played by `vendor`.
    pub async fn before(vendor: &Vendor, change: impl FnOnce(&mut Config)) -> Self {
        Proxy::start(|config| {
            config.upstream = Upstream::Fixed(vendor.at);
            change(config);
        })
        .await
    }

    pub async fn start(change: impl FnOnce(&mut Config)) -> Self {
        Proxy::start_within(Connections::default(), change).await
    }

    /// Like `before`, but what does not come is not waited for long.
    pub async fn before_quickly(vendor: &Vendor, change: impl FnOnce(&mut Config)) -> Self {
        let quick = Duration::from_millis(50);
        Proxy::start_within(Connections { head_for: quick, ..Connections::default() }, |config| {
            config.upstream = Upstream::Fixed(vendor.at);
            config.limits.body_for = quick;
            config.limits.answer_for = quick;
            change(config);
        })
        .await
    }

    pub async fn start_within(connections: Connections, change: impl FnOnce(&mut Config)) -> Self {
        let log: Arc<Mutex<Vec<String>>> = Arc::default();
        let sink = Arc::clone(&log);
        let mut config = Config {
            log: Log::new(move |line| sink.lock().expect("no test panics with it").push(line.to_owned())),
            ..Config::default()
        };
        change(&mut config);
        let metrics = config.metrics.clone();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let at = listener.local_addr().expect("bound");
        tokio::spawn(serve_within(connections, listener, app(config), std::future::pending()));
        Proxy { at, metrics, log }
    }

    /// Sends exactly these bytes and reads until the proxy closes.
    pub async fn raw(&self, request: impl AsRef<[u8]>) -> Answer {
        let mut stream = TcpStream::connect(self.at).await.expect("the proxy listens");
        stream.write_all(request.as_ref()).await.expect("the proxy reads");
        let mut bytes = Vec::new();
        // A proxy that closes with bytes unread may reset the connection after its answer.
        while matches!(stream.read_buf(&mut bytes).await, Ok(read) if read > 0) {}
        Answer::parse(&bytes)
    }

    /// Sends exactly these bytes, reads until the proxy closes, and tells the statuses of all answers.
    pub async fn statuses(&self, request: &[u8]) -> Vec<u16> {
        let mut stream = TcpStream::connect(self.at).await.expect("the proxy listens");
        let (mut reading, mut writing) = stream.split();
        let mut bytes = Vec::new();
        // A proxy that has refused stops reading, so neither direction may fail the other.
        let sent = async { writing.write_all(request).await.is_ok() };
        let read = async { while matches!(reading.read_buf(&mut bytes).await, Ok(read) if read > 0) {} };
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

    /// Waits until so many requests are over and tells the reason of the last one.
    pub async fn ended(&self, requests: usize) -> Option<String> {
        until(|| self.log().len() >= requests).await;
        let line: serde_json::Value = serde_json::from_str(&self.log()[requests - 1]).expect("JSON");
        line["reason"].as_str().map(str::to_owned)
    }

    pub fn log(&self) -> Vec<String> {
        self.log.lock().expect("no test panics with it").clone()
    }
}

/// Waits until something is so, and not for ever.
pub async fn until(is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), waiting).await.expect("it becomes so");
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a whole head");
        let head = String::from_utf8(bytes[..end].to_vec()).expect("a head of text");
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status line");
        let headers = lines.filter_map(|line| line.split_once(": "));
        Answer {
            status: status.parse().expect("a status"),
            headers: headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect(),
            body: bytes[end + 4..].to_vec(),
        }
    }

    /// A header by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(given, _)| given == name);
        let first = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} comes twice");
        first
    }

    pub fn names(&self) -> Vec<&str> {
        self.headers.iter().map(|(name, _)| name.as_str()).collect()
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }

    /// The reason of the proxy's own refusal, which header and body must agree on.
    pub fn reason(&self) -> Option<&str> {
        let code = self.header("x-rollwatch-proxy-error")?;
        let body: serde_json::Value = serde_json::from_slice(&self.body).expect("JSON");
        assert_eq!(body["error"], code);
        assert!(body["message"].as_str().is_some_and(|message| message.ends_with('.')));
        Some(code)
    }
}
