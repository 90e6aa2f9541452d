//! The proxy beside nginx and cors-anywhere, in one run: calls per second, time per call, memory, and what hostile
//! clients and vendors do to it.

mod peers;
mod report;
mod rounds;
mod strain;

use crate::{Failure, app, process, tools};
use peers::{Kind, Peer, Upstream};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What is run.
#[derive(Debug)]
pub struct Programs {
    pub nginx: PathBuf,
    pub wrk: PathBuf,
    pub cors_anywhere: PathBuf,
    /// The proxy before an upstream of this machine.
    pub ours: PathBuf,
    /// The load that wrk cannot make.
    pub load: PathBuf,
}

/// Names a folder with the programs of another build, which are then measured in place of this one's.
const BUILT: &str = "ROLLWATCH_MEASURED";

/// Bytes of the backend's answer: a progress with 18 nodes, as long as NAVER's of three nodes.
const REPLY_BYTES: usize = 1213;

/// Whatever stands between the load and the backend.
const PROXIES: [Kind; 4] = [Kind::Nginx, Kind::CorsAnywhere, Kind::Ours(1), Kind::Ours(2)];

/// Prints Markdown tables of everything that was measured, beside the targets, and keeps the raw figures in the
/// folder of cargo's products.
///
/// # Errors
/// When something cannot be installed, built or run.
pub fn proxy() -> Result<(), Failure> {
    let folder = app::target().join("bench/proxy");
    let written = |error: std::io::Error| format!("{} cannot be written: {error}.", folder.display());
    std::fs::create_dir_all(&folder).map_err(written)?;
    std::fs::write(folder.join("reply.json"), reply()).map_err(written)?;
    let programs = programs()?;
    let measured = measure(&programs, &folder)?;
    let raw = folder.join("proxy.json");
    std::fs::write(&raw, format!("{measured:#}\n")).map_err(written)?;
    report::print(&measured);
    println!("\nThe raw figures are in {}.", raw.display());
    Ok(())
}

fn measure(programs: &Programs, folder: &Path) -> Result<Value, Failure> {
    peers::certify(programs, folder)?;
    let plain = speed(Upstream::Plain, programs, folder)?;
    println!("the same before a backend that speaks TLS…");
    let secured = speed(Upstream::Secured, programs, folder)?;
    println!("many connections…");
    let backend = peers::start(Kind::Backend, Upstream::Plain, programs, folder)?;
    let many: Vec<Value> =
        PROXIES.into_iter().map(|kind| strain::many(kind, programs, folder)).collect::<Result<_, _>>()?;
    drop(backend);
    println!("hostile clients and vendors (3 minutes)…");
    let hostile = strain::hostile(programs, folder)?;
    Ok(json!({ "plain": plain, "secured": secured, "many": many, "hostile": hostile }))
}

fn speed(upstream: Upstream, programs: &Programs, folder: &Path) -> Result<Vec<Value>, Failure> {
    // The backend is asked by the others, so it is there throughout.
    let all = [Kind::Backend].into_iter().chain(PROXIES);
    let all: Vec<Peer> =
        all.map(|kind| peers::start(kind, upstream, programs, folder)).collect::<Result<_, _>>()?;
    rounds::measure(&all, programs, folder)
}

fn programs() -> Result<Programs, Failure> {
    let tools::Measuring { nginx, wrk, cors_anywhere } = tools::for_measuring()?;
    if let Some(folder) = std::env::var_os(BUILT).map(PathBuf::from) {
        let program = |name: &str| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        return Ok(Programs { nginx, wrk, cors_anywhere, ours: program("measured"), load: program("load") });
    }
    println!("Building the proxy as it is shipped (the first time 2 to 5 minutes)…");
    let mut cargo = process::cargo();
    let wanted = ["--package", "rollwatch-proxy", "--example", "measured", "--example", "load"];
    cargo.args(["build", "--profile", "binary"]).args(wanted);
    let folder = match crate::binary::static_target() {
        Some(target) => {
            crate::binary::aim(&mut cargo, target)?;
            app::target().join(target)
        }
        None => app::target(),
    };
    process::run(&mut cargo)?;
    let examples = folder.join("binary/examples");
    let program = |name: &str| examples.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    Ok(Programs { nginx, wrk, cors_anywhere, ours: program("measured"), load: program("load") })
}

fn reply() -> String {
    let node =
        |nth: u32| json!({ "nodeName": format!("node-{nth:03}"), "status": "RUNNING", "role": "DATA" });
    let nodes: Vec<Value> = (0..18).map(node).collect();
    format!("{:<REPLY_BYTES$}", json!({ "code": 0, "message": "SUCCESS", "result": nodes }).to_string())
}
