//! Hostile clients, and calls to a vendor at its worst, while neighbours go on with good calls. As many others ask the
//! vendor without the proxy: what slows them too is this machine, whose processors all of them share.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::task::{JoinHandle, JoinSet, spawn_blocking};
use tokio::time::{sleep, timeout};

use crate::{Failure, call, elsewhere, vendor};

/// How many hostile connections there are at once.
const ATTACKERS: usize = 100;
/// How many neighbours there are, each with one call every so often, as a board has it.
const NEIGHBOURS: usize = 8;
const EVERY: Duration = Duration::from_millis(5);
/// How long the calm lasts that an attack is compared with, and how long neighbours are watched from an attack on, at
/// least.
const WATCHED_FOR: Duration = Duration::from_secs(3);
/// Longer than anything should take.
const MOST: Duration = Duration::from_secs(60);

/// What a hostile client does after it has connected.
#[derive(Clone, Copy)]
enum Attack {
    /// Asks about this cluster and reads what comes.
    Ask(&'static str),
    /// Sends this head and then bytes without end.
    Flood { head: &'static str, part: &'static str },
    /// Sends this head and then a byte now and then.
    Loris(&'static str),
}

const ATTACKS: [(&str, Attack); 11] = [
    ("an answer of 200 MB", Attack::Ask("long")),
    ("an answer of endless chunks", Attack::Ask("endless")),
    ("an answer that trickles", Attack::Ask("trickle")),
    ("an answer that is a compression bomb", Attack::Ask("bomb")),
    ("an answer with endless headers", Attack::Ask("headers")),
    ("a vendor that is silent", Attack::Ask("silent")),
    ("a body of 200 MB", Attack::Flood { head: "Content-Length: 209715200\r\n\r\n", part: "xxxxxxxx" }),
    (
        "a body of endless chunks",
        Attack::Flood { head: "Transfer-Encoding: chunked\r\n\r\n", part: "8\r\nxxxxxxxx\r\n" },
    ),
    ("a flood of headers", Attack::Flood { head: "", part: "X-Filler: xxxxxxxxxxxxxxxx\r\n" }),
    ("a body byte by byte", Attack::Loris("Content-Length: 60000\r\n\r\n")),
    ("a head byte by byte", Attack::Loris("X-Slow: ")),
];

/// Makes every attack on the proxy, one kind after the other, and tells of each how long the slowest attacker was held,
/// how many had which answer, and what the neighbours' calls took before and meanwhile.
pub async fn attack(proxy: SocketAddr, vendor: SocketAddr) -> Result<Value, Failure> {
    let (elsewhere, mut told) = (elsewhere::threads()?, Vec::new());
    for (name, attack) in ATTACKS {
        let over = Arc::new(AtomicBool::new(true));
        let before = apart(proxy, vendor, Arc::clone(&over)).await??;
        over.store(false, Ordering::Relaxed);
        let meanwhile = apart(proxy, vendor, Arc::clone(&over));
        let mut attackers = JoinSet::new();
        for _ in 0..ATTACKERS {
            attackers.spawn_on(one(proxy, attack), elsewhere);
        }
        let (mut longest, mut ends) = (Duration::ZERO, std::collections::BTreeMap::<String, u64>::new());
        while let Some(ended) = attackers.join_next().await {
            let (took_for, end) = ended?;
            longest = longest.max(took_for);
            *ends.entry(end).or_default() += 1;
        }
        over.store(true, Ordering::Relaxed);
        let meanwhile = meanwhile.await??;
        told.push(json!({
            "attack": name,
            "longest_ms": u64::try_from(longest.as_millis())?,
            "ends": ends,
            "before": before,
            "meanwhile": meanwhile,
        }));
    }
    Ok(Value::from(told))
}

/// Neighbours on a thread of their own, so that they wait for the proxy and not for the attackers beside them.
fn apart(proxy: SocketAddr, vendor: SocketAddr, over: Arc<AtomicBool>) -> JoinHandle<Result<Value, Failure>> {
    let alone = Builder::new_current_thread().enable_all().build();
    spawn_blocking(move || {
        alone?.block_on(async {
            let target = vendor::target("good");
            let direct = vendor::unproxied(&target);
            let (through, around) =
                tokio::try_join!(neighbours(proxy, &target, &over), neighbours(vendor, direct, &over))?;
            Ok(json!({ "through": through, "around": around }))
        })
    })
}

/// Good calls until it is over, and for as long as is watched: what they took, and how many were bad.
async fn neighbours(at: SocketAddr, target: &str, over: &Arc<AtomicBool>) -> Result<Value, Failure> {
    let began_at = Instant::now();
    let mut all = JoinSet::new();
    for _ in 0..NEIGHBOURS {
        let (request, over) = (call::get(at, target), Arc::clone(over));
        all.spawn(async move {
            let (mut times, mut bad, mut buffer) = (Vec::new(), 0_u64, Vec::new());
            let mut stream = TcpStream::connect(at).await?;
            while !over.load(Ordering::Relaxed) || began_at.elapsed() < WATCHED_FOR {
                match call::make(&mut stream, request.as_bytes(), &mut buffer).await {
                    Ok((200, took_for)) => times.push(took_for),
                    _ => {
                        bad += 1;
                        stream = TcpStream::connect(at).await?;
                    }
                }
                sleep(EVERY).await;
            }
            Ok::<_, Failure>((times, bad))
        });
    }
    let (mut times, mut bad) = (Vec::new(), 0);
    while let Some(one) = all.join_next().await {
        let (took, failed) = one??;
        times.extend(took);
        bad += failed;
    }
    let p99_us = call::quantile(&mut times, 0.99);
    Ok(json!({ "p99_us": p99_us, "slowest_us": call::quantile(&mut times, 1.0), "bad": bad }))
}

/// One attacker: how long until it had an answer or was sent away, and which of them it was.
async fn one(at: SocketAddr, attack: Attack) -> (Duration, String) {
    let began_at = Instant::now();
    let end = match timeout(MOST, conduct(at, attack)).await {
        Ok(Ok(status)) => status.to_string(),
        Ok(Err(_)) => "closed".to_owned(),
        Err(_) => "held".to_owned(),
    };
    (began_at.elapsed(), end)
}

async fn conduct(at: SocketAddr, attack: Attack) -> Result<u16, Failure> {
    let mut stream = TcpStream::connect(at).await?;
    if let Attack::Ask(cluster) = attack {
        let request = call::get(at, &vendor::target(cluster));
        return Ok(call::make(&mut stream, request.as_bytes(), &mut Vec::new()).await?.0);
    }
    let path = "/proxy/ncp_search_engine.public.KR/api/v2/cluster/getRollingUpgradeProgress";
    let start = format!("POST {path} HTTP/1.1\r\nHost: {at}\r\nX-Ncp-Iam-Access-Key: A\r\n");
    let (mut reading, mut writing) = stream.split();
    let sending = async {
        writing.write_all(start.as_bytes()).await?;
        match attack {
            Attack::Ask(_) => {}
            Attack::Flood { head, part } => {
                writing.write_all(head.as_bytes()).await?;
                let part = part.repeat(4096);
                loop {
                    writing.write_all(part.as_bytes()).await?;
                }
            }
            Attack::Loris(head) => {
                writing.write_all(head.as_bytes()).await?;
                loop {
                    writing.write_all(b"x").await?;
                    sleep(Duration::from_millis(500)).await;
                }
            }
        }
        Ok::<_, Failure>(())
    };
    let mut answer = Vec::new();
    let mut status = async || {
        while answer.len() < 12 {
            if reading.read_buf(&mut answer).await? == 0 {
                return Err(Failure::from("the connection was closed"));
            }
        }
        let text = String::from_utf8_lossy(answer.get(9..12).unwrap_or_default()).into_owned();
        Ok(text.parse::<u16>()?)
    };
    tokio::select! {
        status = status() => status,
        // A proxy that has answered stops reading, and its answer is there all the same.
        _ = sending => status_after(&mut stream).await,
    }
}

async fn status_after(stream: &mut TcpStream) -> Result<u16, Failure> {
    let mut answer = Vec::new();
    while answer.len() < 12 {
        if stream.read_buf(&mut answer).await? == 0 {
            break;
        }
    }
    let text = String::from_utf8_lossy(answer.get(9..12).unwrap_or_default()).into_owned();
    Ok(text.parse::<u16>()?)
}
