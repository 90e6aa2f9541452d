//! Tools from npm. A package is installed beside its place and then moved there in one step, so that an
//! install that was interrupted is never taken for a complete one.

use super::{cache, is_complete, require};
use crate::{Failure, process};
use std::path::{Path, PathBuf};

/// `wasm-opt`, which halves the module.
pub fn binaryen(version: &str) -> Result<PathBuf, Failure> {
    // The package counts 132.0.0 where the program says 132.
    let number = version.split('.').next().unwrap_or(version);
    let wasm_opt = Path::new("node_modules/.bin/wasm-opt");
    install("binaryen", version, "under a minute", wasm_opt, |path| is_complete(path, number))
}

/// The script that finds accessibility faults.
pub fn axe_core(version: &str) -> Result<PathBuf, Failure> {
    let script = Path::new("node_modules/axe-core/axe.min.js");
    install("axe-core", version, "seconds", script, Path::is_file)
}

fn install(
    package: &str,
    version: &str,
    usually: &str,
    wanted: &Path,
    is_complete: impl Fn(&Path) -> bool,
) -> Result<PathBuf, Failure> {
    let cache = cache()?;
    let folder = cache.join(format!("{package}-{version}"));
    if is_complete(&folder.join(wanted)) {
        return Ok(folder.join(wanted));
    }
    require("npm", "install npm, which comes with Node.js or as the package `npm`")?;
    println!("Installing {package} {version} from npm (once; {usually})…");
    let unfinished = cache.join(format!("{package}-{version}.unfinished-{}", std::process::id()));
    std::fs::create_dir_all(&unfinished).map_err(|error| {
        format!(
            "The folder {} cannot be made: {error}; set ROLLWATCH_TOOLS to one that can.",
            unfinished.display()
        )
    })?;
    let flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
    let mut npm = process::in_root("npm");
    npm.arg("install").args(flags).arg("--prefix").arg(&unfinished).arg(format!("{package}@{version}"));
    let installed = process::run(&mut npm)
        .map_err(|failure| {
            format!(
                "{failure} Without a network to npm, copy {} from a machine that has it.",
                folder.display()
            )
        })
        .and_then(|()| {
            if is_complete(&unfinished.join(wanted)) {
                Ok(())
            } else {
                Err(format!("{package} {version} does not run here: is Node.js 20 or newer on PATH?"))
            }
        })
        .and_then(|()| {
            // What is in the way failed the check above; when it is not there, that is no error.
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::rename(&unfinished, &folder)
                .map_err(|error| format!("{} cannot be written: {error}.", folder.display()))
        });
    if installed.is_err() {
        let _ = std::fs::remove_dir_all(&unfinished);
    }
    installed.map(|()| folder.join(wanted))
}
