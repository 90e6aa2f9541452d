//! A vendor that can be listened in on: a server that writes what it is told and keeps what it hears.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

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
