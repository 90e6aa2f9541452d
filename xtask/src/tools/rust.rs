//! Parts of the Rust toolchain itself, added through rustup where it is there.

use crate::{Failure, process};
use std::path::Path;
use std::time::Duration;

/// A download of this size takes seconds; rustup has no limit of its own when a mirror falls silent.
const LIMIT_FOR: Duration = Duration::from_secs(300);

/// Makes sure that code can be compiled for the browser.
pub fn wasm_target() -> Result<(), Failure> {
    target("wasm32-unknown-unknown")
}

/// Makes sure that code can be compiled for this target.
pub fn target(name: &str) -> Result<(), Failure> {
    let folder = ["--print", "target-libdir", "--target", name];
    let folder = process::output(process::in_root("rustc").args(folder));
    if folder.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    println!("Adding the compilation target {name} (once; under a minute)…");
    rustup(&["target", "add", name])
}

/// Makes sure that the formatter and the linter are there; small toolchains come without them.
pub fn components() -> Result<(), Failure> {
    let works = |command: &str| process::output(process::cargo().args([command, "--version"])).is_some();
    if works("fmt") && works("clippy") {
        return Ok(());
    }
    println!("Adding rustfmt and clippy (once; under a minute)…");
    rustup(&["component", "add", "rustfmt", "clippy"])
}

fn rustup(arguments: &[&str]) -> Result<(), Failure> {
    let wanted = arguments.join(" ");
    if process::find("rustup").is_none() {
        return Err(format!(
            "This toolchain lacks what `rustup {wanted}` would add, and rustup is not on PATH: install it \
             from https://rustup.rs, or add the same part with your package manager."
        ));
    }
    for _ in 0..2 {
        match process::run_within(LIMIT_FOR, process::in_root("rustup").args(arguments)) {
            Ok(()) => return Ok(()),
            Err(None) => println!("rustup has been silent for {} s…", LIMIT_FOR.as_secs()),
            Err(Some(failure)) => {
                return Err(format!(
                    "{failure} Without a network, run `rustup {wanted}` where there is one."
                ));
            }
        }
    }
    Err(format!("rustup did not finish twice: run `rustup {wanted}` yourself when the network is back."))
}
