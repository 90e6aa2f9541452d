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

/// Alibaba's generic client; what it needs beside it is found from its own place.
pub fn alibaba_client(version: &str) -> Result<PathBuf, Failure> {
    let module = Path::new("node_modules/@alicloud/openapi-core/dist/client.js");
    install("@alicloud/openapi-core", version, "under a minute", module, Path::is_file)
}

/// A signer for NAVER's gateway.
pub fn naver_signer(version: &str) -> Result<PathBuf, Failure> {
    let module = Path::new("node_modules/ncloud-mcp-server/dist/auth/signature.js");
    install("ncloud-mcp-server", version, "under a minute", module, Path::is_file)
}

/// An open proxy, to see what becomes of an attack without ours: the script that starts it.
pub fn cors_anywhere(version: &str) -> Result<PathBuf, Failure> {
    let script = Path::new("node_modules/cors-anywhere/server.js");
    install("cors-anywhere", version, "seconds", script, Path::is_file)
}

/// The runtime of workers: the program itself, which lies in a package of its own for each kind of machine.
pub fn workerd(version: &str) -> Result<PathBuf, Failure> {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        other => other,
    };
    let machine = if std::env::consts::ARCH == "aarch64" { "arm64" } else { "64" };
    let suffix = std::env::consts::EXE_SUFFIX;
    let program = format!("node_modules/@cloudflare/workerd-{system}-{machine}/bin/workerd{suffix}");
    let runs = |path: &Path| process::output(process::in_root(path).arg("--version")).is_some();
    install("workerd", version, "under a minute", Path::new(&program), runs)
}

fn install(
    package: &str,
    version: &str,
    usually: &str,
    wanted: &Path,
    is_complete: impl Fn(&Path) -> bool,
) -> Result<PathBuf, Failure> {
    let cache = cache()?;
    // The name of a package may hold its publisher: `@publisher/name`.
    let name = package.trim_start_matches('@').replace('/', "-");
    let folder = cache.join(format!("{name}-{version}"));
    if is_complete(&folder.join(wanted)) {
        return Ok(folder.join(wanted));
    }
    require("npm", "install npm, which comes with Node.js or as the package `npm`")?;
    println!("Installing {package} {version} from npm (once; {usually})…");
    let unfinished = unfinished(&cache, &name)?;
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
        .and_then(|()| finish(&unfinished, &folder));
    if installed.is_err() {
        let _ = std::fs::remove_dir_all(&unfinished);
    }
    installed.map(|()| folder.join(wanted))
}

/// A new folder beside the others for an install that is under way.
pub fn unfinished(cache: &Path, name: &str) -> Result<PathBuf, Failure> {
    let folder = cache.join(format!("{name}.unfinished-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|error| {
        format!(
            "The folder {} cannot be made: {error}; set ROLLWATCH_TOOLS to one that can.",
            folder.display()
        )
    })?;
    Ok(folder)
}

/// Moves a finished install to its place.
pub fn finish(unfinished: &Path, folder: &Path) -> Result<(), Failure> {
    // What is in the way is no complete install; when it is not there, that is no error.
    let _ = std::fs::remove_dir_all(folder);
    std::fs::rename(unfinished, folder)
        .map_err(|error| format!("{} cannot be written: {error}.", folder.display()))
}
