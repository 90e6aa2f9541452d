//! The tools the product is built and tested with: one pinned version each, installed once per machine
//! into a cache folder that no other project reads. What is already there is used as it is.

mod browser;
mod clients;
mod crates;
mod debian;
mod measuring;
mod nginx;
mod npm;
mod rust;

pub use browser::Browsers;
pub use clients::{Clients, install as for_conformance};
pub use nginx::Nginx;
pub use rust::target as for_target;

use crate::{Failure, process};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Trunk 0.22 needs a newer compiler than the one this workspace asks for.
const TRUNK: &str = "0.21.14";
/// The npm package that carries `wasm-opt`; the binaryen of Debian is years older and refuses our modules.
const BINARYEN: &str = "132.0.0";
/// The accessibility checker that the browser tests load into the page.
const AXE_CORE: &str = "4.11.4";

/// The driver of Firefox. It knows Firefox by protocol, so it need not follow Firefox's versions.
const GECKODRIVER: &str = "0.37.1";

/// The open proxy that the battery runs beside ours; its last release.
const CORS_ANYWHERE: &str = "0.4.4";

/// What judges the dependencies.
const CARGO_DENY: &str = "0.20.2";

/// What Cloudflare runs workers with.
const WORKERD: &str = "1.20261117.1";

/// What turns the sources into the worker for a CDN's edge.
#[derive(Debug)]
pub struct Worker {
    pub wasm_bindgen: PathBuf,
    pub wasm_opt: PathBuf,
}

/// What turns the sources into the page.
#[derive(Debug)]
pub struct Build {
    pub trunk: PathBuf,
    pub wasm_bindgen: PathBuf,
    pub wasm_opt: PathBuf,
}

/// What the test steps need besides.
#[derive(Debug)]
pub struct Tests {
    pub build: Build,
    /// Absent when the steps that need a browser are left out.
    pub browsers: Option<Browsers>,
    pub clients: Clients,
    pub nginx: Nginx,
    pub cargo_deny: PathBuf,
    pub workerd: PathBuf,
}

/// Installs what building the page needs.
///
/// # Errors
/// When something cannot be installed here; the sentence says what to do.
pub fn for_build() -> Result<Build, Failure> {
    let Worker { wasm_bindgen, wasm_opt } = for_worker()?;
    Ok(Build { wasm_opt, trunk: crates::trunk(TRUNK)?, wasm_bindgen })
}

/// Installs what building the worker needs.
///
/// # Errors
/// As [`for_build`].
pub fn for_worker() -> Result<Worker, Failure> {
    rust::wasm_target()?;
    let node = require("node", "install Node.js 20 or newer from https://nodejs.org or your package manager");
    let npm = require("npm", "install npm, which comes with Node.js or as the package `npm`");
    node.and(npm)?;
    Ok(Worker {
        wasm_opt: npm::binaryen(BINARYEN)?,
        wasm_bindgen: crates::wasm_bindgen(&wasm_bindgen_version()?)?,
    })
}

/// Installs what the tests need; the browsers' part only when asked.
///
/// # Errors
/// As [`for_build`].
pub fn for_tests(with_browsers: bool) -> Result<Tests, Failure> {
    let versions = browser::Versions { geckodriver: GECKODRIVER, axe_core: AXE_CORE };
    // The browsers come first: without the rights to install them, that is said before the long steps.
    let browsers = with_browsers.then(|| browser::install(versions)).transpose()?;
    let clients = clients::install()?;
    let nginx = nginx()?;
    rust::components()?;
    let workerd = npm::workerd(WORKERD)?;
    Ok(Tests { build: for_build()?, browsers, clients, nginx, cargo_deny: for_audit()?, workerd })
}

/// Installs what judges the dependencies.
///
/// # Errors
/// As [`for_build`].
pub fn for_audit() -> Result<PathBuf, Failure> {
    crates::cargo_deny(CARGO_DENY)
}

/// Installs the open proxy that the battery may run beside ours, and says where its script is.
///
/// # Errors
/// As [`for_build`].
pub fn for_battery() -> Result<PathBuf, Failure> {
    require("node", "install Node.js 20 or newer from https://nodejs.org or your package manager")?;
    npm::cors_anywhere(CORS_ANYWHERE)
}

/// Installs nginx.
///
/// # Errors
/// As [`for_build`].
pub fn nginx() -> Result<Nginx, Failure> {
    nginx::install()
}

/// What the proxy is measured with, and against.
#[derive(Debug)]
pub struct Measuring {
    pub nginx: PathBuf,
    pub wrk: PathBuf,
    pub cors_anywhere: PathBuf,
}

/// Installs what the proxy is measured with.
///
/// # Errors
/// As [`for_build`].
pub fn for_measuring() -> Result<Measuring, Failure> {
    Ok(Measuring { nginx: nginx()?.program, wrk: measuring::wrk()?, cors_anywhere: for_battery()? })
}

/// Installs everything and says where it is.
///
/// # Errors
/// As [`for_build`].
pub fn list() -> Result<(), Failure> {
    let Tests { build, browsers, clients, nginx, cargo_deny, workerd } = for_tests(true)?;
    let Browsers { chromium, chromedriver, firefox, geckodriver, axe_core } = browsers.unwrap_or_default();
    println!("cache folder  {}", cache()?.display());
    let browsers = [&chromium, &chromedriver, &firefox, &geckodriver];
    for program in [&build.trunk, &build.wasm_bindgen, &build.wasm_opt, &cargo_deny, &workerd]
        .into_iter()
        .chain(browsers)
    {
        println!("{}\n    {}", version_of(program).unwrap_or_default(), program.display());
    }
    println!("nginx");
    [Some(&nginx.program), nginx.brotli.as_ref()]
        .iter()
        .flatten()
        .for_each(|place| println!("    {}", place.display()));
    println!("axe-core {AXE_CORE}\n    {}", axe_core.display());
    println!("clients of the vendors");
    clients.folders().iter().for_each(|place| println!("    {}", place.display()));
    Ok(())
}

impl Build {
    /// PATH with the folders of these tools in front: Trunk looks there first and then downloads nothing.
    pub fn path(&self) -> OsString {
        let folders = [&self.trunk, &self.wasm_bindgen, &self.wasm_opt];
        let before = folders.into_iter().filter_map(|program| program.parent().map(Path::to_path_buf));
        let rest = std::env::var_os("PATH").unwrap_or_default();
        // Joining fails only for a folder with the separator in its name, which PATH cannot express anyway.
        std::env::join_paths(before.chain(std::env::split_paths(&rest))).unwrap_or(rest)
    }
}

/// The folder of all tools; each lives in `<tool>-<version>` there.
fn cache() -> Result<PathBuf, Failure> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    variable("ROLLWATCH_TOOLS")
        .or_else(|| variable("XDG_CACHE_HOME").map(|cache| cache.join("rollwatch/tools")))
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache/rollwatch/tools")))
        .ok_or_else(|| "There is no home folder: set ROLLWATCH_TOOLS to a folder for the tools.".to_owned())
}

/// Whether a program is there, runs, and has this version. A half-finished install fails this.
fn is_complete(program: &Path, version: &str) -> bool {
    version_of(program).is_some_and(|line| line.split([' ', '(', ')', '_']).any(|word| word == version))
}

fn version_of(program: &Path) -> Option<String> {
    let text = process::output(process::in_root(program).arg("--version"))?;
    text.lines().next().map(str::to_owned)
}

pub fn require(program: &str, remedy: &str) -> Result<PathBuf, Failure> {
    process::find(program).ok_or_else(|| format!("`{program}` is not on PATH: {remedy}, and run this again."))
}

/// The command line tool must equal the library exactly, so the lock file decides.
fn wasm_bindgen_version() -> Result<String, Failure> {
    let lock = std::fs::read_to_string(process::root().join("Cargo.lock")).unwrap_or_default();
    locked_version(&lock, "wasm-bindgen").ok_or_else(|| {
        "Cargo.lock names no wasm-bindgen: restore it with `git checkout Cargo.lock`.".to_owned()
    })
}

fn locked_version(lock: &str, name: &str) -> Option<String> {
    let (_, package) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
    package.split_once('"').map(|(version, _)| version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_package_with_exactly_this_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "bindgen"), None);
    }

    #[test]
    fn a_program_that_is_missing_or_of_another_version_is_not_complete() {
        assert!(!is_complete(Path::new("no-such-program"), "1"));
        let version = process::output(process::cargo().arg("--version")).unwrap();
        let number = version.split(' ').nth(1).unwrap();
        assert!(is_complete(Path::new("cargo"), number));
        assert!(!is_complete(Path::new("cargo"), &number[..number.len() - 1]));
    }
}
