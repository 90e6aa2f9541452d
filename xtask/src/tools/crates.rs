//! Tools that cargo builds from source, each into its own folder of the cache.

use super::{cache, is_complete, require};
use crate::{Failure, process};
use std::path::PathBuf;

/// Trunk builds and bundles the page.
pub fn trunk(version: &str) -> Result<PathBuf, Failure> {
    // Its default features are for downloads, and every tool it could download is installed here already.
    install("trunk", "trunk", version, &["--locked", "--no-default-features"], "3 to 6 minutes")
}

/// wasm-bindgen writes the JavaScript beside the module; its test runner runs the DOM tests.
pub fn wasm_bindgen(version: &str) -> Result<PathBuf, Failure> {
    // Its own lock file names a prerelease that is no longer there, so it cannot be built with --locked.
    install("wasm-bindgen-cli", "wasm-bindgen", version, &[], "2 to 5 minutes")
}

/// geckodriver drives Firefox.
pub fn geckodriver(version: &str) -> Result<PathBuf, Failure> {
    install("geckodriver", "geckodriver", version, &["--locked"], "2 to 5 minutes")
}

/// cargo-deny holds the rules of `deny.toml`.
pub fn cargo_deny(version: &str) -> Result<PathBuf, Failure> {
    install("cargo-deny", "cargo-deny", version, &["--locked"], "2 to 5 minutes")
}

fn install(
    package: &str,
    program: &str,
    version: &str,
    flags: &[&str],
    usually: &str,
) -> Result<PathBuf, Failure> {
    let folder = cache()?.join(format!("{package}-{version}"));
    let path = folder.join("bin").join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    if is_complete(&path, version) {
        return Ok(path);
    }
    require(
        "cc",
        "install a C compiler (Debian: `apt-get install build-essential`; macOS: `xcode-select --install`)",
    )?;
    println!("Installing {package} {version} (once; about {usually})…");
    let mut cargo = process::cargo();
    cargo.args(["install", package, "--version", version, "--force"]).args(flags).arg("--root").arg(&folder);
    // They run for a second per build: time spent on optimising them is never won back.
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "off");
    cargo.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16").env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    process::run(&mut cargo).map_err(|failure| {
        format!(
            "{failure} Without a network to crates.io, copy {} from a machine that has it.",
            folder.display()
        )
    })?;
    if is_complete(&path, version) {
        Ok(path)
    } else {
        Err(format!(
            "{} does not run after its installation: delete {} and run this again.",
            program,
            folder.display()
        ))
    }
}
