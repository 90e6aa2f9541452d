//! The two ways to run the page on this machine: against simulated clouds, or against the real ones.

use crate::{Failure, app, process, tools};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Where the page is when no other port was asked for.
pub const PORT: u16 = 8787;

/// Builds and runs the page with simulated clouds behind it. Returns only on failure.
///
/// # Errors
/// When the port is taken, or a tool or a build step fails.
pub fn demo(port: u16, seed: Option<u64>, speed: Option<f64>, open: bool) -> Result<(), Failure> {
    check_port(port, "demo")?;
    let mut options = Vec::new();
    if let Some(seed) = seed {
        options.extend(["--seed".to_owned(), seed.to_string()]);
    }
    if let Some(speed) = speed {
        options.extend(["--speed".to_owned(), speed.to_string()]);
    }
    run("rollwatch-sim", "rollwatch-demo", port, &options, open)
}

/// Builds and runs the page with the CORS proxy to the real clouds. Returns only on failure.
///
/// # Errors
/// As [`demo`].
pub fn proxy(port: u16, allowed: &[String], regions: Option<&Path>, open: bool) -> Result<(), Failure> {
    check_port(port, "serve")?;
    let mut options: Vec<_> =
        allowed.iter().flat_map(|origin| ["--allow-origin".to_owned(), origin.clone()]).collect();
    if let Some(file) = regions {
        options.extend(["--regions".to_owned(), regions_file(file)?]);
    }
    run("rollwatch-proxy", "rollwatch-proxy", port, &options, open)
}

/// The file's whole path: the server runs in this repository's folder, and the person may stand elsewhere.
/// That it is there is checked before the minutes that building takes; what it says, by the server.
fn regions_file(file: &Path) -> Result<String, Failure> {
    let whole = file.canonicalize().map_err(|error| {
        format!("{} cannot be read ({error}): name a file that can be with --regions.", file.display())
    })?;
    Ok(whole.display().to_string())
}

/// Waits until the server answers and then opens the page. Runs as a process of its own, because the one
/// that started it has become the server by then.
///
/// # Errors
/// When the desktop's opener cannot be started.
pub fn open_when_ready(port: u16) -> Result<(), Failure> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let started_at = Instant::now();
    while started_at.elapsed() < Duration::from_secs(600) {
        if TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok() {
            return opener().map_or(Ok(()), |opener| {
                process::run(Command::new(opener).arg(format!("http://{address}/")).stderr(Stdio::null()))
            });
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}

fn run(package: &str, program: &str, port: u16, options: &[String], open: bool) -> Result<(), Failure> {
    app::build(&tools::for_build()?, &app::Settings::default())?;
    println!("\nBuilding the server (the first time 1 to 3 minutes), then running it; Ctrl-C ends it…");
    if open && opener().is_some() {
        open_later(port)?;
    }
    let mut server = process::cargo();
    server.args(["run", "--profile", "server", "--package", package, "--bin", program, "--"]);
    server.args(["--listen", &format!("127.0.0.1:{port}"), "--app", "dist"]).args(options);
    become_program(&mut server)
}

/// The program is to receive the signals itself, so it takes the place of this process: cargo does the same
/// when it has built it.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(format!("`{}` could not be started: {error}.", process::words(command)))
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<(), Failure> {
    process::run(command)
}

/// Says before any long work that the port is taken.
fn check_port(port: u16, command: &str) -> Result<(), Failure> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => Err(format!(
            "Port {port} of 127.0.0.1 is taken: stop the program that uses it, or choose another one with \
             `cargo xtask {command} --port {}`.",
            port.checked_add(1).unwrap_or(PORT)
        )),
        Err(error) => Err(format!(
            "Port {port} of 127.0.0.1 cannot be used ({error}): choose another one with \
             `cargo xtask {command} --port {PORT}`."
        )),
    }
}

/// What opens an address on this desktop; nothing on a machine without one.
fn opener() -> Option<std::path::PathBuf> {
    if cfg!(target_os = "macos") {
        return process::find("open");
    }
    let has_desktop = ["DISPLAY", "WAYLAND_DISPLAY"].into_iter().any(|name| std::env::var_os(name).is_some());
    has_desktop.then(|| process::find("xdg-open")).flatten()
}

fn open_later(port: u16) -> Result<(), Failure> {
    let this =
        std::env::current_exe().map_err(|error| format!("This program cannot find itself: {error}."))?;
    let mut command = Command::new(this);
    command.args(["open-when-ready", &port.to_string()]).stdin(Stdio::null());
    command.spawn().map(drop).map_err(|error| format!("The page cannot be opened: {error}; use --open no."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regions_file_that_is_not_there_is_told_before_any_long_work() {
        let failure = regions_file(Path::new("no-such-file.json")).unwrap_err();
        assert!(failure.contains("no-such-file.json") && failure.contains("--regions"), "{failure}");
        assert!(Path::new(&regions_file(Path::new("Cargo.toml")).unwrap()).is_absolute());
    }

    #[test]
    fn a_taken_port_is_told_with_another_one_to_try() {
        let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = other.local_addr().unwrap().port();
        let failure = check_port(port, "demo").unwrap_err();
        assert!(failure.contains(&format!("Port {port}")) && failure.contains("--port "), "{failure}");
        drop(other);
        assert_eq!(check_port(port, "demo"), Ok(()));
    }
}
