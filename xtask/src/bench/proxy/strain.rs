//! What many connections and hostile clients take.

use super::Programs;
use super::peers::{self, Kind, READ, Upstream};
use crate::{Failure, process};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

const IDLE: u64 = 10_000;
const BUSY: u64 = 1_000;
const SECONDS: u64 = 5;

/// The memory of a server before and under many connections, in kilobytes, one fresh server for each.
///
/// # Errors
/// When something cannot be started.
pub fn many(kind: Kind, programs: &Programs, folder: &Path) -> Result<Value, Failure> {
    let peer = peers::start(kind, Upstream::Plain, programs, folder)?;
    let (at_start, _) = peer.memory();
    let target = peer.target(READ);
    let mut idle = process::in_root(&programs.load);
    idle.args(["idle", &peer.at.to_string(), &IDLE.to_string(), &target]);
    let mut idle = idle
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("The load cannot be started: {error}."))?;
    let mut line = String::new();
    if let Some(told) = idle.stdout.take() {
        BufReader::new(told).read_line(&mut line).map_err(|error| format!("The load is silent: {error}."))?;
    }
    let opened: Value = serde_json::from_str(&line).unwrap_or(Value::Null);
    let (idle_kb, _) = peer.memory();
    // Its input is closed by that, and then it ends.
    let _ = idle.kill();
    let _ = idle.wait();
    drop(peer);
    let peer = peers::start(kind, Upstream::Plain, programs, folder)?;
    let mut busy = process::in_root(&programs.load);
    busy.args(["busy", &peer.at.to_string(), &BUSY.to_string(), &SECONDS.to_string(), &target]);
    let told = process::output(&mut busy).ok_or("The load failed: run it by itself, and it says why.")?;
    let busy: Value = serde_json::from_str(&told).unwrap_or(Value::Null);
    let (_, busy_kb) = peer.memory();
    Ok(json!({
        "who": kind.name(), "start_kb": at_start, "idle_kb": idle_kb, "idle": opened, "busy_kb": busy_kb, "busy": busy,
    }))
}

/// Attacks our proxy before a vendor at its worst; also tells the most memory that the proxy had.
///
/// # Errors
/// As [`many`].
pub fn hostile(programs: &Programs, folder: &Path) -> Result<Value, Failure> {
    let vendor = peers::start_vendor(programs, folder)?;
    let proxy = peers::start_before(Kind::Ours(1), Upstream::Plain, vendor.at, programs, folder)?;
    let mut load = process::in_root(&programs.load);
    load.args(["hostile", &proxy.at.to_string(), &vendor.at.to_string()]);
    let told = process::output(&mut load).ok_or("The attacks failed: run them by themselves.")?;
    let attacks: Value = serde_json::from_str(&told).unwrap_or(Value::Null);
    Ok(json!({ "attacks": attacks, "most_kb": proxy.memory().1 }))
}
