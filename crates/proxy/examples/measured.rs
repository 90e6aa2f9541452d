//! The proxy as `cargo xtask bench proxy` measures it: the same router, checks and log as the program's, before one
//! upstream of this machine, where the program would go to public addresses alone. Budgets and places are wide
//! enough that a load made by one client fits; they are counted all the same.
//!
//! `measured LISTEN UPSTREAM THREADS [CERTIFICATE]`. With the file of a certificate, the upstream speaks TLS and shows
//! that one; it is believed by this program alone.

use std::net::SocketAddr;

use rollwatch_proxy::{Budget, Config, Connections, Limits, Upstream, proxy, serve_within};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio::net::TcpListener;
use tokio::runtime::Builder;

const WIDE: Budget = Budget { at_once: 20_000, per_minute: u32::MAX };

/// As the program has it.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut given = std::env::args().skip(1);
    let mut next = || given.next().ok_or("measured LISTEN UPSTREAM THREADS [CERTIFICATE]");
    let (listen, upstream, threads): (SocketAddr, SocketAddr, usize) =
        (next()?.parse()?, next()?.parse()?, next()?.parse()?);
    let upstream = match given.next() {
        Some(file) => Upstream::Secured(upstream, CertificateDer::from_pem_file(file)?),
        None => Upstream::Fixed(upstream),
    };
    let mut builder = if threads == 1 { Builder::new_current_thread() } else { Builder::new_multi_thread() };
    if threads > 1 {
        builder.worker_threads(threads);
    }
    builder.enable_all().build()?.block_on(async {
        let config = Config {
            upstream,
            limits: Limits { client: WIDE, host: WIDE, ..Limits::default() },
            ..Config::default()
        };
        let connections = Connections { open: 12_000, of_client: 12_000, ..Connections::default() };
        let listener = TcpListener::bind(listen).await?;
        serve_within(connections, listener, proxy(config), async {
            // The measuring program ends this one; when it cannot be waited for, it goes on until then.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        })
        .await;
        Ok(())
    })
}
