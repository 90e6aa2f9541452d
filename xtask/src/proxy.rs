//! `cargo xtask proxy`: the proxy for a place where the program cannot run, under the same policy.

mod cloudflare;
mod nginx;

use crate::{Failure, process};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Where the proxy is to run.
#[derive(Debug, Clone, Copy, PartialEq, clap::ValueEnum)]
pub enum Place {
    /// A worker at Cloudflare's edge.
    Cloudflare,
    /// nginx 1.22 or newer.
    Nginx,
}

/// What an operator decides about the proxy.
#[derive(Debug, Default)]
pub struct Settings {
    pub allow_origin: Vec<String>,
    pub host: Vec<String>,
    pub regions: Option<PathBuf>,
    /// The folder of the built page, where the same place is to serve it.
    pub app: Option<PathBuf>,
    pub nginx: nginx::Options,
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
        Place::Nginx => {
            let file = nginx::write(settings)?;
            let shown = file.strip_prefix(process::root()).unwrap_or(&file).display();
            println!(
                "The proxy is in {shown}: copy it to /etc/nginx/conf.d/, then `nginx -t` and `nginx -s reload`."
            );
        }
    }
    Ok(())
}

/// What stands under `regions` in a file such as the page's `config.json`.
fn regions(file: &Path) -> Result<Value, Failure> {
    let name = file.display();
    let text = std::fs::read_to_string(file).map_err(|error| {
        format!("{name} cannot be read ({error}): name a file that can be with --regions.")
    })?;
    // Editors of some systems begin a file with a mark that JSON does not know.
    let document: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|_| format!("{name} is not JSON: write {{\"regions\": […]}}."))?;
    let regions = document.get("regions").cloned();
    regions.ok_or_else(|| format!("{name} has no field regions: write {{\"regions\": […]}}."))
}

pub use cloudflare::write as write_worker;
pub use nginx::Options as NginxOptions;
