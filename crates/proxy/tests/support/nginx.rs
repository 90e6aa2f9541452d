//! nginx with the configuration that is written for it, as a process of this test's own. `ROLLWATCH_NGINX` names
//! the program.

use std::env;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rollwatch_core::provider::Catalogue;
use rollwatch_policy::nginx::{Nginx as Written, Times, Upstream, configuration};
use rollwatch_policy::{Budget, REQUEST_BYTES, Rules};

use super::{Vendor, Wire};

/// How many folders were made in this process.
static FOLDERS: AtomicUsize = AtomicUsize::new(0);

/// An nginx of one process that writes only below its own folder.
const ALONE: &str = "\
daemon off;
master_process off;
pid nginx.pid;
error_log error.log info;
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

/// A running nginx, which ends when it is dropped.
pub struct Nginx {
    wire: Wire,
    folder: Folder,
    process: Child,
}

/// A folder that goes when it is dropped.
struct Folder(PathBuf);

impl Nginx {
    /// One whose vendors are all played by `vendor`; `change` says what else is particular to it.
    pub async fn before(vendor: &Vendor, change: impl FnOnce(&mut Rules, &mut Written)) -> Self {
        Nginx::start(Upstream::Fixed(vendor.at), change, |text| text).await
    }

    /// One that asks this upstream; `edit` has the last word about its configuration.
    pub async fn start(
        upstream: Upstream,
        change: impl FnOnce(&mut Rules, &mut Written),
        edit: impl FnOnce(String) -> String,
    ) -> Self {
        // The port is free again when nginx takes it, and nobody else is told its number in between.
        let at = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
        let (mut rules, mut written) = plain(at, upstream);
        change(&mut rules, &mut written);
        let folder = folder(&rules, &written, edit);
        let process = command(&folder.0).spawn().expect("nginx starts");
        let mut nginx = Nginx { wire: Wire { at, patience: Duration::from_secs(20) }, folder, process };
        let began_at = Instant::now();
        while TcpStream::connect(at).is_err() {
            let ended = nginx.process.try_wait().expect("a process");
            let waits = ended.is_none() && began_at.elapsed() < Duration::from_secs(30);
            assert!(waits, "nginx does not listen: {}", nginx.read("error.log"));
            tokio::task::yield_now().await;
        }
        nginx
    }

    /// A file that it has written: `access.log` or `error.log`.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.0.join(name)).unwrap_or_default()
    }

    /// What nginx says of a configuration without running it, and whether it would.
    pub fn judge(upstream: Upstream, change: impl FnOnce(&mut Rules, &mut Written)) -> (bool, String) {
        let (mut rules, mut written) = plain(SocketAddr::from(([127, 0, 0, 1], 1)), upstream);
        change(&mut rules, &mut written);
        let folder = folder(&rules, &written, |text| text);
        let output = command(&folder.0).arg("-t").output().expect("nginx starts");
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// What a proxy on this machine is told when nobody says otherwise, with the names of this machine.
fn plain(listen: SocketAddr, upstream: Upstream) -> (Rules, Written) {
    let rules = Rules {
        catalogue: Catalogue::built_in(),
        allowed_origins: Vec::new(),
        allowed_hosts: ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).to_vec(),
        connect_src: Vec::new(),
        request_bytes: REQUEST_BYTES,
    };
    let written = Written {
        listen,
        certificate: None,
        upstream,
        access_log: "access.log".to_owned(),
        client: Budget::CLIENT,
        host: Budget::HOST,
        times: Times::default(),
    };
    (rules, written)
}

fn folder(rules: &Rules, written: &Written, edit: impl FnOnce(String) -> String) -> Folder {
    let nth = FOLDERS.fetch_add(1, Ordering::SeqCst);
    let folder = Folder(env::temp_dir().join(format!("rollwatch-nginx-{}-{nth}", std::process::id())));
    std::fs::create_dir_all(&folder.0).expect("a folder");
    let text = configuration(rules, written).expect("every text can stand there");
    std::fs::write(folder.0.join("proxy.conf"), edit(text)).expect("a file");
    std::fs::write(folder.0.join("nginx.conf"), ALONE).expect("a file");
    folder
}

fn command(folder: &Path) -> Command {
    let program = env::var_os("ROLLWATCH_NGINX").expect("ROLLWATCH_NGINX names nginx");
    let mut command = Command::new(program);
    command.arg("-p").arg(folder).args(["-c", "nginx.conf", "-e", "error.log"]).stdin(Stdio::null());
    command
}

impl Deref for Nginx {
    type Target = Wire;

    fn deref(&self) -> &Wire {
        &self.wire
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Neither can fail in a way that matters: it may just have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What stays is a few files in the system's folder for such.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
