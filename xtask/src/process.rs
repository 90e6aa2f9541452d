//! Running other programs, with failures told as one sentence.

use crate::Failure;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The folder of the workspace.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// The cargo that runs this program, in the workspace folder.
pub fn cargo() -> Command {
    in_root(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A program in the workspace folder.
pub fn in_root(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// The command as a person would type it.
pub fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default();
    std::iter::once(program)
        .chain(command.get_args())
        .map(std::ffi::OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs a command whose output goes straight to the terminal.
///
/// # Errors
/// When it cannot be started or reports a failure; its own output, just above, says why.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(failed(command, status)) }
}

/// Like [`run`], but gives up after `limit_for`.
///
/// # Errors
/// As [`run`]; also when the time is over, with `None` in place of the sentence.
pub fn run_within(limit_for: Duration, command: &mut Command) -> Result<(), Option<Failure>> {
    let mut child = command.spawn().map_err(|error| Some(not_started(command, &error)))?;
    let started_at = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(Some(failed(command, status))),
            Ok(None) if started_at.elapsed() < limit_for => std::thread::sleep(Duration::from_millis(100)),
            Ok(None) => {
                // Neither can fail in a way that matters: the child may just have ended by itself.
                let _ = child.kill();
                let _ = child.wait();
                return Err(None);
            }
            Err(error) => return Err(Some(not_started(command, &error))),
        }
    }
}

/// The standard output of a short command, or nothing when it cannot run or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Where a program is on PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(&file)).find(|candidate| candidate.is_file())
}

fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    format!("`{}` could not be started: {error}.", words(command))
}

fn failed(command: &Command, status: std::process::ExitStatus) -> Failure {
    format!("`{}` failed ({status}); the lines above say why.", words(command))
}
