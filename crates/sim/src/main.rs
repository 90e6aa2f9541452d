//! The demo: the page, its proxy and the simulated clouds in one process.

use clap::Parser;
use rollwatch_core::model::Timestamp;
use rollwatch_proxy::{Config, Log, Upstream, app, serve, told_to_stop};
use rollwatch_sim::{Clouds, SimClock, clouds_router, demo_router};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Shows Rollwatch's page over simulated clouds: no account, no key, no network.
#[derive(Debug, Parser)]
#[command(name = "rollwatch-demo", version)]
struct Options {
    /// Address and port of the page.
    #[arg(long, default_value = "127.0.0.1:8787", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// Folder of the built page to serve.
    #[arg(long, value_name = "DIR")]
    app: Option<PathBuf>,
    /// The same seed tells the same stories.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Simulated seconds per real second, up to 3600; at 0 the clock stands still.
    #[arg(long, default_value_t = 1.0, value_parser = speed)]
    speed: f64,
    /// Origin of a page, beside the demo's own, that may use the proxy; may be repeated.
    #[arg(long, value_name = "URL")]
    allow_origin: Vec<String>,
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

/// Runs until the program is told to stop. An error is a sentence that says what to do.
async fn run(options: Options) -> Result<(), String> {
    let page = bound(options.listen).await?;
    let vendors = bound(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    let vendors_at = vendors.local_addr().map_err(|error| unbound(options.listen, &error))?;
    let page_at = page.local_addr().map_err(|error| unbound(options.listen, &error))?;
    let clouds = Arc::new(Clouds::new(options.seed, SimClock::new(real_now(), options.speed)));
    let mut config = Config {
        upstream: Upstream::Fixed(vendors_at),
        allowed_origins: options.allow_origin,
        app_dir: options.app,
        config_json: Some(CONFIG.to_owned()),
        // The demo keeps its own log of requests, at /demo/requests.
        log: Log::new(|_| {}),
        ..Config::default()
    };
    config.allowed_hosts.push(page_at.ip().to_string());
    eprintln!("Rollwatch's demo is at http://{page_at}; press Ctrl+C to stop.");

    let (stop, stopped) = watch::channel(());
    let vendors = tokio::spawn(serve(vendors, clouds_router(Arc::clone(&clouds)), closed(stopped)));
    serve(page, app(config).merge(demo_router(clouds)), told_to_stop()).await;
    // The page has answered everything that was under way, so nothing needs the vendors any more.
    drop(stop);
    let _ = vendors.await;
    Ok(())
}

const CONFIG: &str = r#"{"title":"Rollwatch demo","proxy":"./proxy","demo":"./demo/fleet.json"}"#;

async fn bound(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| unbound(address, &error))
}

fn unbound(address: SocketAddr, error: &std::io::Error) -> String {
    if error.kind() == std::io::ErrorKind::AddrInUse {
        let other = SocketAddr::new(address.ip(), address.port().checked_add(1).unwrap_or(8787));
        format!(
            "Another program listens on {address}: stop it, or choose another port with --listen {other}."
        )
    } else {
        format!("The demo cannot listen on {address} ({error}): choose another address with --listen.")
    }
}

fn speed(text: &str) -> Result<f64, String> {
    let speed = text.parse().ok().filter(|speed| (0.0..=3600.0).contains(speed));
    speed.ok_or_else(|| "give a number from 0 to 3600".to_owned())
}

/// The demo starts at the real time, so that its times look like today's.
fn real_now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or_default())
}

/// Ready when the sending side is gone.
async fn closed(mut stopped: watch::Receiver<()>) {
    let _ = stopped.changed().await;
}
