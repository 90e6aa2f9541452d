//! nginx with the configuration that is written for it, as a process of this test's own.

use std::env;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rollwatch_core::provider::Catalogue;
use rollwatch_policy::nginx::{Nginx as Written, Times, Upstream, configuration};
use rollwatch_policy::{Budget, REQUEST_BYTES, Rules};

use super::{HOST, PAGE};

/// How many were started in this process.
static STARTED: AtomicUsize = AtomicUsize::new(0);

/// A running nginx, which ends when it is dropped.
pub struct Nginx {
    pub at: SocketAddr,
    folder: PathBuf,
    process: Child,
}

pub async fn start(vendor: SocketAddr, quick: bool) -> Nginx {
    let program = env::var_os("ROLLWATCH_NGINX").expect("ROLLWATCH_NGINX names nginx");
    let nth = STARTED.fetch_add(1, Ordering::SeqCst);
    let folder = env::temp_dir().join(format!("rollwatch-nginx-{}-{nth}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    // The port is free again when nginx takes it, and nobody else is told its number in between.
    let at = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
    std::fs::write(folder.join("proxy.conf"), proxy(at, vendor, quick)).expect("a file");
    std::fs::write(folder.join("nginx.conf"), ALONE).expect("a file");
    let mut command = Command::new(program);
    command.arg("-p").arg(&folder).args(["-c", "nginx.conf", "-e", "error.log"]);
    let process = command.stdin(Stdio::null()).spawn().expect("nginx starts");
    let mut nginx = Nginx { at, folder, process };
    let began_at = Instant::now();
    while TcpStream::connect(at).is_err() {
        let ended = nginx.process.try_wait().expect("a process");
        assert!(ended.is_none() && began_at.elapsed() < Duration::from_secs(30), "{}", nginx.log());
        tokio::task::yield_now().await;
    }
    nginx
}

/// An nginx of one process that writes only below its own folder.
const ALONE: &str = "\
daemon off;
master_process off;
pid nginx.pid;
error_log error.log warn;
events {
    worker_connections 512;
}
http {
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include proxy.conf;
}
";

fn proxy(at: SocketAddr, vendor: SocketAddr, quick: bool) -> String {
    let rules = Rules {
        catalogue: Catalogue::built_in(),
        allowed_origins: vec![PAGE.to_owned()],
        allowed_hosts: ["localhost", "127.0.0.1", "[::1]", HOST].map(str::to_owned).to_vec(),
        connect_src: Vec::new(),
        request_bytes: REQUEST_BYTES,
    };
    let times = if quick {
        let soon = Duration::from_millis(50);
        Times { head_for: soon, idle_for: soon, body_for: soon, answer_for: soon, ..Times::default() }
    } else {
        Times::default()
    };
    let nginx = Written {
        listen: at,
        certificate: None,
        upstream: Upstream::Fixed(vendor),
        access_log: "access.log".to_owned(),
        client: Budget::CLIENT,
        host: Budget::HOST,
        times,
    };
    configuration(&rules, &nginx).expect("every text can stand there")
}

impl Nginx {
    /// What nginx said of itself, and of requests, of which it should say nothing.
    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("error.log")).unwrap_or_default()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Neither can fail in a way that matters: it may just have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
