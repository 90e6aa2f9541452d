//! How many calls pass in a second and how long they take, with wrk.

use super::Programs;
use super::peers::{CALL, Kind, Peer};
use crate::{Failure, process};
use serde_json::{Value, json};
use std::path::Path;

/// How many times everything is measured; the middle one counts.
const ROUNDS: usize = 3;
const SECONDS: u32 = 5;
const CONNECTIONS: [u64; 3] = [1, 16, 64];

/// What wrk sends, and how it tells what came of it.
const SCRIPT: &str = r#"
wrk.method = "POST"
wrk.body = '{"clusterNo":12345}'
wrk.headers["Origin"] = "http://127.0.0.1"
wrk.headers["Host"] = "127.0.0.1"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["x-ncp-apigw-timestamp"] = "1763750000000"
wrk.headers["x-ncp-iam-access-key"] = "AAAAAAAAAAAAAAAAAAAA"
wrk.headers["x-ncp-apigw-signature-v2"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
done = function(summary, latency)
    local errors = summary.errors
    io.write(string.format('JSON {"requests":%d,"duration_us":%d,"p50_us":%d,"p99_us":%d,"bad":%d}\n',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
"#;

/// Loads every server in every round, in an order that is rotated from round to round.
///
/// # Errors
/// When wrk cannot be run.
pub fn measure(peers: &[Peer], programs: &Programs, folder: &Path) -> Result<Vec<Value>, Failure> {
    let script = folder.join("post.lua");
    std::fs::write(&script, SCRIPT)
        .map_err(|error| format!("{} cannot be written: {error}.", script.display()))?;
    let mut measured = Vec::new();
    for round in 0..ROUNDS {
        for connections in CONNECTIONS {
            println!("round {} of {ROUNDS}, {connections} connections…", round + 1);
            for nth in 0..peers.len() {
                let Some(peer) = peers.get((nth + round) % peers.len()) else { continue };
                let before = peer.busy_for();
                let mut told = wrk(peer, connections, programs, &script)?;
                if let Value::Object(told) = &mut told {
                    told.insert("round".to_owned(), json!(round));
                    told.insert("connections".to_owned(), json!(connections));
                    told.insert("who".to_owned(), json!(peer.kind.name()));
                    told.insert("busy_ms".to_owned(), json!(peer.busy_for() - before));
                    told.insert("rss_kb".to_owned(), json!(peer.memory().0));
                }
                measured.push(told);
            }
        }
    }
    Ok(measured)
}

fn wrk(peer: &Peer, connections: u64, programs: &Programs, script: &Path) -> Result<Value, Failure> {
    let mut wrk = process::in_root(&programs.wrk);
    wrk.args(["--threads", "1", "--connections", &connections.to_string()]);
    wrk.args(["--duration", &format!("{SECONDS}s"), "--script"]).arg(script);
    wrk.arg(peer.address(CALL));
    let told = process::output(&mut wrk).ok_or("wrk failed: run it by itself, and it says why.")?;
    let line = told.lines().find_map(|line| line.strip_prefix("JSON ")).unwrap_or_default();
    serde_json::from_str(line).map_err(|error| format!("wrk told nothing that can be read: {error}."))
}

/// What was in the middle of the rounds, of one server at this many connections.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Middle {
    pub per_second: f64,
    pub p50_us: f64,
    pub p99_us: f64,
    pub rss_kb: f64,
    /// The time of processors that one call takes.
    pub busy_us: f64,
    /// Over all rounds.
    pub bad: f64,
}

pub fn middle(measured: &[Value], kind: Kind, connections: u64) -> Middle {
    let of: Vec<&Value> = measured
        .iter()
        .filter(|one| one["who"] == kind.name() && one["connections"] == connections)
        .collect();
    let number = |one: &Value, name: &str| one[name].as_f64().unwrap_or(f64::NAN);
    let each = |name: &str| of.iter().map(|one| number(one, name)).collect::<Vec<_>>();
    let seconds = |one: &&&Value| number(one, "duration_us") / 1e6;
    Middle {
        per_second: median(of.iter().map(|one| number(one, "requests") / seconds(&one)).collect()),
        p50_us: median(each("p50_us")),
        p99_us: median(each("p99_us")),
        rss_kb: median(each("rss_kb")),
        busy_us: median(
            of.iter().map(|one| number(one, "busy_ms") * 1e3 / number(one, "requests")).collect(),
        ),
        bad: each("bad").iter().sum(),
    }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

pub const fn connections() -> [u64; 3] {
    CONNECTIONS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_the_rounds_counts_and_every_failure() {
        let round = |requests: u64, bad: u64| json!({"who": "nginx", "connections": 16, "requests": requests, "duration_us": 2_000_000, "p50_us": 5, "p99_us": 9, "rss_kb": 7, "busy_ms": 1, "bad": bad});
        let other = json!({"who": "nginx", "connections": 1, "requests": 1, "duration_us": 1, "bad": 9});
        let measured = [round(100, 0), other, round(300, 1), round(200, 2)];
        let expected =
            Middle { per_second: 100.0, p50_us: 5.0, p99_us: 9.0, rss_kb: 7.0, busy_us: 5.0, bad: 3.0 };
        assert_eq!(middle(&measured, Kind::Nginx, 16), expected);
        assert!(
            middle(&measured, Kind::CorsAnywhere, 16).p50_us.is_nan(),
            "what was not measured is no number"
        );
    }
}
