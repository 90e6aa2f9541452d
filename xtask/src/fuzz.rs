//! `cargo xtask fuzz`: libFuzzer over the targets of crates/fuzz, on the stable compiler. It looks for inputs
//! that reach code that no input has reached, and stops at the first that breaks a promise.

use crate::tools::require;
use crate::{Failure, process};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How the compiler marks every branch, so that libFuzzer sees which input goes where. These are the flags of
/// cargo-fuzz without a sanitizer, which safe Rust has no use for and which only nightly compilers offer.
const FLAGS: [&str; 8] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cdebug-assertions=yes",
    "-Coverflow-checks=yes",
];

/// Seconds after which one input counts as a hang, and megabytes beyond which one counts as a leak.
const LIMITS: [&str; 3] = ["-timeout=10", "-rss_limit_mb=1024", "-print_final_stats=1"];

/// Runs one target, or all one after the other, each for `seconds`.
pub fn run(target: Option<String>, seconds: u32) -> Result<(), Failure> {
    require("c++", "install a C++ compiler, which libFuzzer is built with (Debian: `apt-get install g++`)")?;
    let program = build()?;
    let names = process::output(&mut Command::new(&program)).ok_or("The fuzz targets cannot be listed.")?;
    let chosen: Vec<_> = match &target {
        Some(target) if names.lines().any(|name| name == target) => vec![target.as_str()],
        Some(target) => return Err(format!("There is no target `{target}`; the targets are:\n{names}")),
        None => names.lines().collect(),
    };
    chosen.into_iter().try_for_each(|target| fuzz(&program, target, seconds))
}

/// The triple is named because cargo then keeps the flags from build scripts and from macros.
fn build() -> Result<PathBuf, Failure> {
    let version = process::output(process::in_root("rustc").arg("-vV")).unwrap_or_default();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.ok_or("`rustc -vV` names no host: is rustc on PATH?")?;
    let folder = process::root().join("target/fuzz");
    let mut cargo = process::cargo();
    cargo.args(["build", "-p", "rollwatch-fuzz", "--profile", "server", "--target", host]);
    cargo.arg("--target-dir").arg(&folder).env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"));
    process::run(&mut cargo)?;
    Ok(folder.join(host).join("server/rollwatch-fuzz"))
}

fn fuzz(program: &Path, target: &str, seconds: u32) -> Result<(), Failure> {
    println!("\n── {target}, for {seconds} s");
    let root = process::root();
    let corpus = root.join("target/fuzz/corpus").join(target);
    let findings = root.join("target/fuzz/findings");
    for folder in [&corpus, &findings] {
        let failed = |error| format!("The folder {} cannot be made: {error}.", folder.display());
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut command = process::in_root(program);
    command.env("ROLLWATCH_FUZZ", target).args(LIMITS).arg(format!("-max_total_time={seconds}"));
    command.arg(format!("-artifact_prefix={}/{target}.", findings.display()));
    // The first folder takes what is found on the way; the others are seeds.
    command.arg(&corpus).args(seeds(target).iter().filter(|folder| folder.is_dir()));
    process::run(&mut command).map_err(|failure| {
        format!(
            "{failure} The input is in {}: once it is understood, keep it in crates/fuzz/seeds/{target}/.",
            findings.display()
        )
    })
}

/// The fixtures of the service that the target's name holds, or all of them, and the target's own seeds.
fn seeds(target: &str) -> [PathBuf; 2] {
    let service = target.split('.').nth(1).unwrap_or_default();
    [
        process::root().join("tests/fixtures").join(service),
        process::root().join("crates/fuzz/seeds").join(target),
    ]
}
