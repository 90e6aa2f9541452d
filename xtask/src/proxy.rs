//! `cargo xtask proxy`: the proxy for a place where the program cannot run, under the same policy.

mod cloudflare;

use crate::{Failure, process};
use std::path::PathBuf;

/// Where the proxy is to run.
#[derive(Debug, Clone, Copy, PartialEq, clap::ValueEnum)]
pub enum Place {
    /// A worker at Cloudflare's edge.
    Cloudflare,
}

/// What an operator decides about the proxy.
#[derive(Debug, Default)]
pub struct Settings {
    pub allow_origin: Vec<String>,
    pub host: Vec<String>,
    pub regions: Option<PathBuf>,
    /// The folder of the built page, where the same place is to serve it.
    pub app: Option<PathBuf>,
}

/// Writes the proxy into a folder of `hosting/` and says what to do with it.
///
/// # Errors
/// When a setting does not fit, or a build step fails.
pub fn write(place: Place, settings: &Settings) -> Result<(), Failure> {
    match place {
        Place::Cloudflare => {
            let folder = cloudflare::write(settings)?;
            let shown = folder.strip_prefix(process::root()).unwrap_or(&folder).display();
            println!("\nThe worker is in {shown}/: run `npx wrangler deploy` there.");
        }
    }
    Ok(())
}

pub use cloudflare::write as write_worker;
