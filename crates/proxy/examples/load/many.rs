//! Many connections at once: idle ones, and busy ones.

use std::io::Read;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::task::{JoinError, JoinSet};

use crate::{Failure, call};

/// How many connections are opened at once.
const AT_ONCE: usize = 64;

/// Opens connections that have made one call each, tells how many there are, and keeps them until the input ends.
pub async fn idle(at: SocketAddr, count: usize, target: &str) -> Result<Value, Failure> {
    let (mut all, mut kept, mut bad) = (JoinSet::new(), Vec::with_capacity(count), 0);
    for opened in 0..count {
        // A few at a time: all at once are more than may wait to be accepted.
        if opened >= AT_ONCE {
            take(all.join_next().await, &mut kept, &mut bad)?;
        }
        let request = call::get(at, target);
        all.spawn(async move {
            let mut stream = TcpStream::connect(at).await?;
            let (status, _) = call::make(&mut stream, request.as_bytes(), &mut Vec::new()).await?;
            Ok::<_, Failure>((stream, status))
        });
    }
    while let Some(one) = all.join_next().await {
        take(Some(one), &mut kept, &mut bad)?;
    }
    let told = json!({ "open": kept.len(), "bad": bad });
    #[allow(clippy::print_stdout, reason = "the measuring program waits for it")]
    {
        println!("{told}");
    }
    // Nothing needs to be done for idle connections, so everything may stand still here.
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(told)
}

type Opened = Result<Result<(TcpStream, u16), Failure>, JoinError>;

fn take(opened: Option<Opened>, kept: &mut Vec<TcpStream>, bad: &mut u64) -> Result<(), Failure> {
    match opened.transpose()? {
        Some(Ok((stream, 200))) => kept.push(stream),
        Some(_) => *bad += 1,
        None => {}
    }
    Ok(())
}

/// Makes calls on each connection, one after the other, and tells how many came back and how long they took.
pub async fn busy(at: SocketAddr, count: usize, seconds: u64, target: &str) -> Result<Value, Failure> {
    let ends_at = Instant::now() + Duration::from_secs(seconds);
    let mut all = JoinSet::new();
    for _ in 0..count {
        let request = call::get(at, target);
        all.spawn(async move {
            let (mut times, mut bad, mut buffer) = (Vec::new(), 0_u64, Vec::new());
            while let Ok(mut stream) = TcpStream::connect(at).await {
                while let Ok((status, took_for)) =
                    call::make(&mut stream, request.as_bytes(), &mut buffer).await
                {
                    if status == 200 {
                        times.push(took_for)
                    } else {
                        bad += 1
                    }
                    if Instant::now() >= ends_at {
                        return (times, bad);
                    }
                }
                bad += 1;
                if Instant::now() >= ends_at {
                    break;
                }
            }
            (times, bad)
        });
    }
    let (mut times, mut bad) = (Vec::new(), 0);
    while let Some(one) = all.join_next().await {
        let (took, failed) = one?;
        times.extend(took);
        bad += failed;
    }
    let good = times.len();
    let (p50, p99) = (call::quantile(&mut times, 0.5), call::quantile(&mut times, 0.99));
    Ok(json!({ "good": good, "bad": bad, "seconds": seconds, "p50_us": p50, "p99_us": p99 }))
}
