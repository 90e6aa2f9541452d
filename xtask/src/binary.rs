//! `cargo xtask binary`: the proxy and the page as one file that runs on any Linux of this kind of machine.

use crate::{Failure, app, process, tools};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The Rust target whose programs need nothing of the system that they run on. Only Linux has one.
pub fn static_target() -> Option<&'static str> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Some("x86_64-unknown-linux-musl"),
        ("linux", "aarch64") => Some("aarch64-unknown-linux-musl"),
        _ => None,
    }
}

/// Builds the page and the program that holds it, and lays it with the files of deploy/ into one folder.
///
/// # Errors
/// When a build step fails, or when the program needs a library of the system.
pub fn build(settings: &app::Settings) -> Result<(), Failure> {
    app::build(&tools::for_build()?, settings)?;
    let program = proxy()?;
    let folder = app::target().join("deploy");
    for file in [&program, &process::root().join("deploy/Containerfile"), &unit()] {
        copy(file, &folder)?;
    }
    println!("\nThe program with the page inside is {}.", folder.join(name()).display());
    println!(
        "Beside it are a Containerfile and a systemd unit, which say at their beginning how they are used."
    );
    Ok(())
}

/// Builds the program around the page that lies in dist/.
fn proxy() -> Result<PathBuf, Failure> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--profile", "binary", "--package", "rollwatch-proxy", "--features", "page"]);
    let target = static_target();
    println!("Building the program (the first time 2 to 5 minutes)…");
    if let Some(target) = target {
        aim(&mut cargo, target)?;
    } else {
        println!("Only Linux has programs that need nothing of the system: this one is for this machine.");
    }
    process::run(&mut cargo)?;
    let folder = target.map_or_else(app::target, |target| app::target().join(target));
    let program = folder.join("binary").join(name());
    if target.is_some() {
        check(&program)?
    }
    Ok(program)
}

/// Has cargo build for a target of this machine's kind.
///
/// # Errors
/// When the target cannot be installed.
pub fn aim(cargo: &mut Command, target: &str) -> Result<(), Failure> {
    tools::for_target(target)?;
    cargo.args(["--target", target]);
    // What C code there is needs nothing of a C library, so the compiler of the system does.
    let compiler = format!("CC_{}", target.replace('-', "_"));
    if std::env::var_os(&compiler).is_none() {
        cargo.env(compiler, "cc");
    }
    Ok(())
}

/// Refuses a program that would not start in an empty container.
fn check(program: &Path) -> Result<(), Failure> {
    // For a program without libraries, one `ldd` says "statically linked" and the other, with a failure, "not a
    // dynamic executable". Where there is no `ldd`, the target has to be believed.
    let needs = process::output(process::in_root("ldd").arg(program)).unwrap_or_default();
    if needs.contains("=>") {
        let program = program.display();
        return Err(format!("{program} needs libraries of the system, and should not:\n{needs}"));
    }
    Ok(())
}

fn name() -> String {
    format!("rollwatch-proxy{}", std::env::consts::EXE_SUFFIX)
}

fn unit() -> PathBuf {
    process::root().join("deploy/rollwatch-proxy.service")
}

fn copy(file: &Path, folder: &Path) -> Result<(), Failure> {
    let to = folder.join(file.file_name().unwrap_or_default());
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::copy(file, &to))
        .map(drop)
        .map_err(|error| format!("{} cannot be copied to {}: {error}.", file.display(), to.display()))
}
