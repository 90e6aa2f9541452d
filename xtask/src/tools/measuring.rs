//! What loads the proxy while it is measured.

use super::debian;
use crate::{Failure, process};
use std::path::PathBuf;

/// Finds wrk, or installs it with apt-get.
pub fn wrk() -> Result<PathBuf, Failure> {
    if process::find("wrk").is_none() {
        debian::install(&["wrk"], not_here)?;
    }
    process::find("wrk").ok_or_else(not_here)
}

fn not_here() -> Failure {
    "The proxy is measured with wrk: install it (`sudo apt-get install wrk`).".to_owned()
}
