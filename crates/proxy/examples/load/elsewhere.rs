//! What is on other machines in truth: hostile clients, and a vendor at its worst. Here they share the processors with
//! those who are measured, so they get what is left of them.

use tokio::runtime::{Builder, Handle};

use crate::Failure;

/// Threads that run while nobody else wants to, until the process ends.
pub fn threads() -> Result<&'static Handle, Failure> {
    let mut builder = Builder::new_multi_thread();
    let runtime = builder.worker_threads(2).on_thread_start(step_back).enable_all().build()?;
    Ok(Box::leak(Box::new(runtime)).handle())
}

#[cfg(target_os = "linux")]
fn step_back() {
    let thread = rustix::thread::gettid().to_string();
    // Where that is refused, the measured figures are worse than they should be.
    let _ = std::process::Command::new("chrt").args(["--idle", "--pid", "0", &thread]).status();
}

#[cfg(not(target_os = "linux"))]
fn step_back() {}
