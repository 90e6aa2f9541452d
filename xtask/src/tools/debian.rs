//! Debian's packages, for the few programs that no registry of a language has.

use crate::{Failure, process};
use std::process::Command;

/// Installs packages with apt-get where this person may. `missing` says what to do where they may not.
pub fn install(packages: &[&str], missing: fn() -> Failure) -> Result<(), Failure> {
    if process::find("apt-get").is_none() {
        return Err(missing());
    }
    let is_root = process::output(process::in_root("id").arg("-u")).is_some_and(|id| id == "0");
    // `sudo -n` asks no question: a program that waits for a password behind a long log looks hung.
    let may_sudo = || process::output(process::in_root("sudo").args(["-n", "true"])).is_some();
    if !is_root && !may_sudo() {
        return Err(missing());
    }
    println!("Installing {} with apt-get (once; 1 to 3 minutes)…", packages.join(", "));
    let command = |arguments: &[&str]| -> Command {
        let mut command = process::in_root(if is_root { "env" } else { "sudo" });
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]).args(arguments);
        command
    };
    process::run(&mut command(&["update"]))
        .and_then(|()| process::run(command(&["install", "--yes", "--no-install-recommends"]).args(packages)))
        .map_err(|failure| format!("{failure} {}", missing()))
}
