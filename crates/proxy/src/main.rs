//! The proxy as a program.

mod regions;

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use rollwatch_core::provider::Catalogue;
use rollwatch_proxy::{Config, app, serve};
use tokio::net::TcpListener;

/// Forwards the read-only calls of Rollwatch's page to the clouds, and serves the page.
#[derive(Debug, Parser)]
#[command(name = "rollwatch-proxy", version)]
struct Options {
    /// Address and port to listen on.
    #[arg(long, default_value = "127.0.0.1:8787", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// Origin of a page, beside the proxy's own, that may use the proxy; may be repeated.
    #[arg(long, value_name = "URL", value_parser = origin)]
    allow_origin: Vec<String>,
    /// Host name under which the proxy is reached, beside this machine's own; may be repeated.
    #[arg(long, value_name = "NAME", value_parser = host)]
    host: Vec<String>,
    /// Folder of the built page to serve.
    #[arg(long, value_name = "DIR")]
    app: Option<PathBuf>,
    /// File with further regions: `{"regions": […]}`, as in the page's config.json.
    #[arg(long, value_name = "FILE")]
    regions: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::from(2)
        }
    }
}

/// Runs until the program is told to stop. An error is made of sentences that say what to do.
async fn run(options: Options) -> Result<(), String> {
    if let Some(folder) = &options.app {
        check_folder(folder)?;
    }
    let catalogue = options.regions.as_deref().map_or_else(|| Ok(Catalogue::built_in()), regions::read)?;
    let listener =
        TcpListener::bind(options.listen).await.map_err(|error| unbound(options.listen, &error))?;
    let listening_at = listener.local_addr().map_err(|error| unbound(options.listen, &error))?;
    let mut config = Config {
        catalogue,
        allowed_origins: options.allow_origin,
        app_dir: options.app,
        ..Config::default()
    };
    config.allowed_hosts.extend(options.host);
    config.allowed_hosts.push(name_of(listening_at.ip()));
    eprintln!("Rollwatch answers at http://{listening_at}; press Ctrl+C to stop.");
    serve(listener, app(config), told_to_stop()).await;
    Ok(())
}

fn check_folder(folder: &Path) -> Result<(), String> {
    if folder.join("index.html").is_file() {
        return Ok(());
    }
    Err(format!(
        "There is no index.html in {}: build the page with `cargo xtask build`, or name its folder with --app.",
        folder.display()
    ))
}

fn unbound(address: SocketAddr, error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::AddrInUse => format!(
            "Another program listens on {address}: stop it, or choose another port with --listen {}.",
            SocketAddr::new(address.ip(), address.port().checked_add(1).unwrap_or(8787))
        ),
        ErrorKind::PermissionDenied => format!(
            "This user may not listen on {address}: choose a port above 1023, such as --listen {}.",
            SocketAddr::new(address.ip(), 8787)
        ),
        _ => format!(
            "The proxy cannot listen on {address} ({error}): choose an address of this machine with --listen."
        ),
    }
}

/// How a Host header writes an address.
fn name_of(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => format!("[{v6}]"),
    }
}

/// An origin as browsers write it.
fn origin(text: &str) -> Result<String, String> {
    let origin = text.trim_end_matches('/').to_ascii_lowercase();
    let name = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    let fits = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b))
    };
    match name {
        Some(name) if fits(name) => Ok(origin),
        _ => Err("give the page's origin alone, such as https://watch.example".to_owned()),
    }
}

/// A host name without scheme, port or path.
fn host(text: &str) -> Result<String, String> {
    let bracketed = text.starts_with('[') && text.ends_with(']');
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b) || (bracketed && b"[]:".contains(&b));
    if !text.is_empty() && text.bytes().all(fits) {
        Ok(text.to_ascii_lowercase())
    } else {
        Err("give the name alone, such as proxy.example, without scheme and port".to_owned())
    }
}

/// Ready when the user presses Ctrl+C or the system asks the program to end.
async fn told_to_stop() {
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        return;
    }
    // When no signal can be waited for, the program runs until it is ended.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
