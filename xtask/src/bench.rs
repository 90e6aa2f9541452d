//! `cargo xtask bench`: figures of the product beside its target and a floor built in the same run.

mod estimate;
mod proxy;

pub use estimate::estimate;
pub use proxy::proxy;

use crate::tools::Build;
use crate::{Failure, app, process, tools};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What is measured.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum Subject {
    /// The bytes a browser loads before the first board can be used.
    Size,
    /// How good the estimate of the remaining time is, over simulated runs.
    Estimate,
    /// The proxy beside nginx and cors-anywhere: speed, memory, and under attack.
    Proxy,
}

/// All bytes up to the first board, compressed as a CDN would serve them.
const TARGET_BROTLI: u64 = 128 * 1024;

/// The files a page may need before it runs; icons and the manifest come later, when the browser likes.
const KINDS: [&str; 5] = ["html", "js", "wasm", "css", "json"];

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Bytes {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Prints the size of the built page, file by file, and its ratio to a page that only counts clicks.
///
/// # Errors
/// When either page cannot be built or measured.
pub fn size() -> Result<(), Failure> {
    let tools = tools::for_build()?;
    let dist = app::build(&tools, &app::Settings::default())?;
    println!("\nBuilding the floor: a Leptos counter with the same tools, profile and versions…");
    let floor = measure(&counter(&tools)?)?;
    let files = measure(&dist)?;

    println!("\n{:<44} {:>9} {:>9} {:>9}", "bytes to the first board", "raw", "gzip -9", "brotli 11");
    for (name, bytes) in &files {
        row(name, *bytes);
    }
    let (total, floor) = (sum(&files), sum(&floor));
    row("total", total);
    row("floor: Leptos counter", floor);
    let ratios = [(total.raw, floor.raw), (total.gzip, floor.gzip), (total.brotli, floor.brotli)];
    let [raw, gzip, brotli] = ratios.map(|(total, floor)| format!("{:.2} ×", ratio(total, floor)));
    println!("{:<44} {raw:>9} {gzip:>9} {brotli:>9}", "total : floor");
    let verdict = if total.brotli <= TARGET_BROTLI { "met" } else { "MISSED" };
    let share = 100.0 * ratio(total.brotli, TARGET_BROTLI);
    println!("\ntarget P1: at most {TARGET_BROTLI} bytes in brotli: {verdict}, {share:.0} % of it used");
    Ok(())
}

/// Builds the counter from a copy beside the product's lock file and release profile, so that only the
/// application code differs.
fn counter(tools: &Build) -> Result<PathBuf, Failure> {
    let (root, copy) = (process::root(), app::target().join("bench/counter"));
    let failed = |error: std::io::Error| format!("{} cannot be prepared: {error}.", copy.display());
    let source = root.join("xtask/counter");
    std::fs::create_dir_all(copy.join("src")).map_err(failed)?;
    for file in ["index.html", "Trunk.toml", "src/main.rs"] {
        std::fs::copy(source.join(file), copy.join(file)).map_err(failed)?;
    }
    std::fs::copy(root.join("Cargo.lock"), copy.join("Cargo.lock")).map_err(failed)?;
    let manifest = std::fs::read_to_string(source.join("Cargo.toml")).map_err(failed)?;
    let product = std::fs::read_to_string(root.join("Cargo.toml")).map_err(failed)?;
    let profile = section(&product, "[profile.release]");
    std::fs::write(copy.join("Cargo.toml"), format!("{manifest}\n{profile}")).map_err(failed)?;
    app::trunk(tools, &copy, &copy.join("dist"))?;
    Ok(copy.join("dist"))
}

/// One table of a TOML file, as text.
fn section(toml: &str, heading: &str) -> String {
    let lines = toml.lines().skip_while(|line| *line != heading);
    let rest = lines.clone().skip(1).take_while(|line| !line.starts_with('['));
    lines.take(1).chain(rest).map(|line| format!("{line}\n")).collect()
}

fn measure(dist: &Path) -> Result<Vec<(String, Bytes)>, Failure> {
    let names = needed(dist)?;
    // Node is there for wasm-opt anyway and has both compressors.
    let script = "const z = require('zlib'), fs = require('fs'); for (const f of process.argv.slice(1)) { \
                  const b = fs.readFileSync(f); console.log(b.length, z.gzipSync(b, { level: 9 }).length, \
                  z.brotliCompressSync(b).length); }";
    let mut node = process::in_root("node");
    node.args(["-e", script, "--"]).args(names.iter().map(|name| dist.join(name)));
    let output = process::output(&mut node).ok_or("Node.js could not measure the files: is it on PATH?")?;
    let sizes = output.lines().map(|line| {
        let mut numbers = line.split(' ').filter_map(|number| number.parse().ok());
        Some(Bytes { raw: numbers.next()?, gzip: numbers.next()?, brotli: numbers.next()? })
    });
    let sizes: Vec<_> = sizes.collect::<Option<_>>().ok_or("Node.js answered something unexpected.")?;
    Ok(names.into_iter().zip(sizes).collect())
}

/// The page, its configuration, and every file that these or a file found this way names.
fn needed(dist: &Path) -> Result<Vec<String>, Failure> {
    let mut candidates = BTreeSet::new();
    list(dist, dist, &mut candidates)?;
    let mut found: Vec<String> = Vec::new();
    let mut texts = String::from("index.html config.json");
    loop {
        let (named, rest) = candidates.into_iter().partition(|name: &String| texts.contains(name.as_str()));
        candidates = rest;
        if named.is_empty() {
            return Ok(found);
        }
        texts = named
            .iter()
            .filter(|name| !name.ends_with(".wasm"))
            .filter_map(|name| std::fs::read_to_string(dist.join(name)).ok())
            .collect();
        found.extend(named);
    }
}

fn list(folder: &Path, dist: &Path, found: &mut BTreeSet<String>) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| format!("{} cannot be read: {error}.", folder.display());
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            list(&path, dist, found)?;
        } else if path.extension().is_some_and(|extension| KINDS.iter().any(|kind| extension == *kind)) {
            found.extend(path.strip_prefix(dist).ok().and_then(Path::to_str).map(str::to_owned));
        }
    }
    Ok(())
}

fn row(name: &str, Bytes { raw, gzip, brotli }: Bytes) {
    println!("{name:<44} {raw:>9} {gzip:>9} {brotli:>9}");
}

fn sum(files: &[(String, Bytes)]) -> Bytes {
    files.iter().fold(Bytes::default(), |sum, (_, file)| Bytes {
        raw: sum.raw + file.raw,
        gzip: sum.gzip + file.gzip,
        brotli: sum.brotli + file.brotli,
    })
}

#[allow(clippy::cast_precision_loss, reason = "sizes of files are far below 2^52")]
fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_needed_when_the_page_or_one_of_its_scripts_names_it() {
        let dist = std::env::temp_dir().join(format!("rollwatch-needed-{}", std::process::id()));
        std::fs::create_dir_all(dist.join("snippets/x")).unwrap();
        let files = [
            ("index.html", "<link href=./page-1.css><script src=./boot.js data-wasm=./page_bg.wasm>"),
            ("boot.js", "import './snippets/x/inline0.js'"),
            ("snippets/x/inline0.js", ""),
            ("page-1.css", ""),
            ("page_bg.wasm", "other.js"),
            ("config.json", "{}"),
            ("other.js", ""),
            ("icon.svg", ""),
        ];
        for (name, text) in files {
            std::fs::write(dist.join(name), text).unwrap();
        }
        let mut names = needed(&dist).unwrap();
        std::fs::remove_dir_all(&dist).unwrap();
        names.sort();
        let expected =
            ["boot.js", "config.json", "index.html", "page-1.css", "page_bg.wasm", "snippets/x/inline0.js"];
        assert_eq!(names, expected);
    }

    #[test]
    fn a_section_ends_where_the_next_one_begins() {
        let toml = "[a]\nx = 1\n\n[profile.release]\nlto = true\n\n[b]\ny = 1\n";
        assert_eq!(section(toml, "[profile.release]"), "[profile.release]\nlto = true\n\n");
    }
}
