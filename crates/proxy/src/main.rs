//! The proxy as a program.

mod health;
mod options;
#[cfg(feature = "page")]
mod page;
mod regions;
mod signals;

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use rollwatch_core::provider::Catalogue;
use rollwatch_proxy::{
    Config, Connections, Embedded, Tls, metrics_app, proxy, serve_tls, serve_within, told_to_stop,
};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

use options::{Metrics, Options};

/// The allocator of musl takes a fifth of the proxy's time, and returns memory to the system only to ask for it again.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> ExitCode {
    let options = Options::parse();
    let failed = if options.health { 1 } else { 2 };
    let done = runtime(options.threads).and_then(|runtime| {
        runtime.block_on(async {
            if options.health { health::ask(options.listen).await } else { run(options).await }
        })
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::from(failed)
        }
    }
}

/// One thread hands nothing over to another, which is a good part of what a call takes otherwise.
fn runtime(threads: NonZeroUsize) -> Result<Runtime, String> {
    let mut builder = match threads.get() {
        1 => Builder::new_current_thread(),
        _ => Builder::new_multi_thread(),
    };
    let built = builder.worker_threads(threads.get()).enable_all().build();
    built.map_err(|error| format!("The proxy cannot start its threads ({error}): give a lower --threads."))
}

/// The page that this program holds.
#[cfg(feature = "page")]
const EMBEDDED: Option<Embedded> = Some(page::file);
#[cfg(not(feature = "page"))]
const EMBEDDED: Option<Embedded> = None;

/// Runs until the program is told to stop. An error is made of sentences that say what to do.
async fn run(options: Options) -> Result<(), String> {
    if let Some(folder) = &options.app {
        check_folder(folder)?;
    }
    let tls = options.tls()?.map(|(cert, key)| Tls::read(cert, key)).transpose()?;
    let catalogue = options.regions.as_deref().map_or_else(|| Ok(Catalogue::built_in()), regions::read)?;
    let listener = bind(options.listen, "--listen").await?;
    let listening_at = listener.local_addr().map_err(|error| unbound(options.listen, "--listen", &error))?;
    let (limits, connections) = (options.limits(), options.connections(open_files()));
    let (metrics, is_wished) = options.metrics();
    let mut config = Config {
        catalogue,
        allowed_origins: options.allow_origin,
        app_dir: options.app,
        embedded: EMBEDDED,
        limits,
        client_header: options.client_header,
        serves_metrics: metrics == Metrics::Here,
        serves_tls: tls.is_some(),
        ..Config::default()
    };
    config.allowed_hosts.extend(options.host);
    config.allowed_hosts.push(name_of(listening_at.ip()));
    if let Metrics::At(address) = metrics {
        match bind(address, "--metrics").await {
            Ok(listener) => {
                let router = metrics_app(config.metrics.clone());
                // Whoever reads metrics comes once in a while; a crowd there must not take the files of the calls.
                let few = Connections { open: 8, of_client: 4, ..connections };
                tokio::spawn(serve_within(few, listener, router, std::future::pending()));
            }
            Err(sentence) if is_wished => return Err(sentence),
            // A second proxy on one machine is no reason to stop.
            Err(_) => eprintln!("Metrics are not served, because {address} is taken: see --metrics."),
        }
    }
    if let Some(tls) = &tls {
        tokio::spawn(signals::read_again_when_told(tls.clone()));
    }
    let scheme = if tls.is_some() { "https" } else { "http" };
    eprintln!("Rollwatch answers at {scheme}://{listening_at}; press Ctrl+C to stop.");
    match tls {
        None => serve_within(connections, listener, proxy(config), told_to_stop()).await,
        Some(tls) => serve_tls(connections, tls, listener, proxy(config), told_to_stop()).await,
    }
    Ok(())
}

/// How many files the process may have open, after asking for as many as it may ask for.
#[cfg(unix)]
fn open_files() -> usize {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    let wished = limit.maximum;
    if wished != limit.current {
        limit.current = wished;
        // Where that is refused, the number from before holds.
        let _ = setrlimit(Resource::Nofile, limit);
    }
    getrlimit(Resource::Nofile).current.and_then(|files| usize::try_from(files).ok()).unwrap_or(usize::MAX)
}

/// Other systems have no such limit.
#[cfg(not(unix))]
fn open_files() -> usize {
    usize::MAX
}

async fn bind(address: SocketAddr, option: &str) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| unbound(address, option, &error))
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

fn unbound(address: SocketAddr, option: &str, error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::AddrInUse => format!(
            "Another program listens on {address}: stop it, or choose another port with {option} {}.",
            SocketAddr::new(address.ip(), address.port().checked_add(1).unwrap_or(8787))
        ),
        ErrorKind::PermissionDenied => format!(
            "This user may not listen on {address}: choose a port above 1023, such as {option} {}.",
            SocketAddr::new(address.ip(), 8787)
        ),
        _ => format!(
            "The proxy cannot listen on {address} ({error}): choose an address of this machine with {option}."
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
