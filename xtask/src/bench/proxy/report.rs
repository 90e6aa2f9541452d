//! The measured figures as tables.

use super::PROXIES;
use super::peers::Kind;
use super::rounds::{self, Middle, connections, middle};
use serde_json::Value;

/// The targets: at least this part of nginx's calls per second, at least so many times those of cors-anywhere, at
/// most so many microseconds more than the backend alone, and at most this much memory.
const OF_NGINX: f64 = 0.95;
const OF_CORS_ANYWHERE: f64 = 20.0;
const ADDED_US: f64 = 25.0;
const RSS_KB: f64 = 12.0 * 1024.0;
/// Under attack: how long anything may take, how much memory there may be, and how much slower neighbours.
const LONGEST_MS: f64 = 10_000.0;
const MOST_KB: f64 = 24.0 * 1024.0;
const SLOWER: f64 = 2.0;

pub fn print(measured: &Value) {
    let empty = Vec::new();
    let list = |name: &str| measured[name].as_array().unwrap_or(&empty);
    println!("\nBefore a backend with plain HTTP:");
    speed(list("plain"));
    println!("\nBefore a backend with TLS:");
    speed(list("secured"));
    memory(list("many"));
    hostile(&measured["hostile"]);
}

fn speed(measured: &[Value]) {
    println!(
        "\n| | c=1 req/s | c=1 p50 µs | added p50 | added p99 | c=16 req/s | c=64 req/s | c=64 p99 ms | CPU µs per call | RSS MB | not 2xx |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    let kinds = [Kind::Backend].into_iter().chain(PROXIES);
    let alone = middle(measured, Kind::Backend, 1);
    for kind in kinds {
        let [one, sixteen, many] = connections().map(|count| middle(measured, kind, count));
        println!(
            "| {} | {:.0} | {:.0} | {:+.0} | {:+.0} | {:.0} | {:.0} | {:.1} | {:.1} | {:.1} | {:.0} |",
            kind.name(),
            one.per_second,
            one.p50_us,
            one.p50_us - alone.p50_us,
            one.p99_us - alone.p99_us,
            sixteen.per_second,
            many.per_second,
            many.p99_us / 1e3,
            many.busy_us,
            many.rss_kb / 1024.0,
            one.bad + sixteen.bad + many.bad,
        );
    }
    println!("\n| at 64 connections | of nginx | × cors-anywhere | added p50 µs | RSS MB | target P5 |");
    println!("|---|--:|--:|--:|--:|---|");
    let at = |kind: Kind| -> Middle { rounds::middle(measured, kind, 64) };
    for ours in [Kind::Ours(1), Kind::Ours(2)] {
        let of_nginx = at(ours).per_second / at(Kind::Nginx).per_second;
        let of_cors = at(ours).per_second / at(Kind::CorsAnywhere).per_second;
        let added = middle(measured, ours, 1).p50_us - alone.p50_us;
        let rss = at(ours).rss_kb;
        let met = of_nginx >= OF_NGINX && of_cors >= OF_CORS_ANYWHERE && added <= ADDED_US && rss <= RSS_KB;
        let name = ours.name();
        let verdict = if met { "met" } else { "MISSED" };
        println!("| {name} | {of_nginx:.2} | {of_cors:.1} | {added:+.0} | {:.1} | {verdict} |", rss / 1024.0);
    }
}

fn memory(measured: &[Value]) {
    println!(
        "\n| RSS, MB | at the start | 10,000 idle | KB each | 1,000 busy (most) | req/s | p99 ms | bad |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|");
    for one in measured {
        let (start, idle, busy) =
            (number(one, "/start_kb"), number(one, "/idle_kb"), number(one, "/busy_kb"));
        let open = number(one, "/idle/open");
        println!(
            "| {} | {:.1} | {:.1} ({open:.0} open) | {:.1} | {:.1} | {:.0} | {:.0} | {:.0} |",
            one["who"].as_str().unwrap_or_default(),
            start / 1024.0,
            idle / 1024.0,
            (idle - start) / open,
            busy / 1024.0,
            number(one, "/busy/good") / number(one, "/busy/seconds"),
            number(one, "/busy/p99_us") / 1e3,
            number(one, "/busy/bad") + number(one, "/idle/bad"),
        );
    }
}

fn hostile(measured: &Value) {
    println!(
        "\n| 100 at once | longest s | ends | neighbours' p99 ms, before | meanwhile | ratio | slowest | without the proxy: p99 ms, before | meanwhile | slowest | failures |"
    );
    println!("|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    let (mut longest, mut slowest) = (0.0_f64, 0.0_f64);
    for one in measured["attacks"].as_array().unwrap_or(&Vec::new()) {
        let thousandth = |at: &str| number(one, at) / 1e3;
        let (calm, meanwhile) =
            (thousandth("/before/through/p99_us"), thousandth("/meanwhile/through/p99_us"));
        longest = longest.max(number(one, "/longest_ms"));
        slowest = slowest.max(meanwhile / calm);
        println!(
            "| {} | {:.1} | {} | {calm:.1} | {meanwhile:.1} | {:.2} | {:.1} | {:.1} | {:.1} | {:.1} | {:.0} |",
            one["attack"].as_str().unwrap_or_default(),
            thousandth("/longest_ms"),
            one["ends"].to_string().replace(['"', '{', '}'], ""),
            meanwhile / calm,
            thousandth("/meanwhile/through/slowest_us"),
            thousandth("/before/around/p99_us"),
            thousandth("/meanwhile/around/p99_us"),
            thousandth("/meanwhile/around/slowest_us"),
            number(one, "/before/through/bad") + number(one, "/meanwhile/through/bad"),
        );
    }
    let most = number(measured, "/most_kb");
    let met = longest <= LONGEST_MS && most <= MOST_KB && slowest < SLOWER;
    println!(
        "\ntarget S5: longest {:.1} s of {:.0}, RSS {:.1} MB of {:.0}, neighbours {slowest:.2} × of {SLOWER}: {}",
        longest / 1e3,
        LONGEST_MS / 1e3,
        most / 1024.0,
        MOST_KB / 1024.0,
        if met { "met" } else { "MISSED" }
    );
}

/// A number that was told there; what was not told is no number, and neither is anything made of it.
fn number(told: &Value, at: &str) -> f64 {
    told.pointer(at).and_then(Value::as_f64).unwrap_or(f64::NAN)
}
