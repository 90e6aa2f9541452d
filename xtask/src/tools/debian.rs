//! Debian's packages, for the few programs that no registry of a language has.

use crate::{Failure, process};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Installs packages with apt-get where this person may. `missing` says what to do where they may not.
pub fn install(packages: &[&str], missing: fn() -> Failure) -> Result<(), Failure> {
    let apt_get = as_root().ok_or_else(missing)?;
    println!("Installing {} with apt-get (once; 1 to 3 minutes)…", packages.join(", "));
    process::run(&mut apt_get(&["update"]))
        .and_then(|()| process::run(apt_get(&["install", "--yes", "--no-install-recommends"]).args(packages)))
        .map_err(|failure| format!("{failure} {}", missing()))
}

/// Unpacks packages below a folder, without those that they depend on. Nothing of the system is changed but, where
/// it knows too little of the packages, its lists of them.
pub fn unpack(packages: &[&str], folder: &Path, missing: fn() -> Failure) -> Result<(), Failure> {
    if process::find("apt-get").is_none() || process::find("dpkg-deb").is_none() {
        return Err(missing());
    }
    println!("Unpacking {} from Debian (once; seconds)…", packages.join(", "));
    let mut download = process::in_root("apt-get");
    download.current_dir(folder).args(["--quiet", "--quiet", "download"]).args(packages);
    let downloaded = process::run(&mut download).or_else(|failure| {
        let apt_get = as_root().ok_or(failure)?;
        process::run(&mut apt_get(&["update"])).and_then(|()| process::run(&mut download))
    });
    let unpacked = downloaded.and_then(|()| {
        archives(folder).iter().try_for_each(|archive| {
            process::run(process::in_root("dpkg-deb").arg("--extract").arg(archive).arg(folder))
        })
    });
    unpacked.map_err(|failure| format!("{failure} {}", missing()))
}

fn archives(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "deb")).collect()
}

/// apt-get with the rights to change the system, where this person has them.
fn as_root() -> Option<impl Fn(&[&str]) -> Command> {
    process::find("apt-get")?;
    let is_root = process::output(process::in_root("id").arg("-u")).is_some_and(|id| id == "0");
    // `sudo -n` asks no question: a program that waits for a password behind a long log looks hung.
    let may_sudo = || process::output(process::in_root("sudo").args(["-n", "true"])).is_some();
    (is_root || may_sudo()).then_some(move |arguments: &[&str]| {
        let mut command = process::in_root(if is_root { "env" } else { "sudo" });
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]).args(arguments);
        command
    })
}
