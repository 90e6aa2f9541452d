//! The servers that are measured, each as a process of its own on a port of its own: a backend, nginx and
//! cors-anywhere before it, and this product's proxy.

use super::Programs;
use crate::{Failure, process};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The ports of 127.0.0.1 that are used: from here on before a backend with plain HTTP, and as many further on before
/// one with TLS.
const BACKEND: u16 = 9100;
const FURTHER: u16 = 10;
/// Whose name the certificate of the backend has, beside that of the machine.
const VENDOR: &str = "vpcsearchengine.apigw.ntruss.com";
const START_FOR: Duration = Duration::from_secs(10);

/// The call that is made, as the proxy's users and the backend know it.
pub const CALL: &str = "/proxy/ncp_search_engine.public.KR/api/v2/cluster/getRollingUpgradeProgress";
/// The same kind of call with GET, which the load makes that is not wrk.
pub const READ: &str = "/proxy/huawei_css.public.cn-north-4/v1.0/p1/clusters/c1/upgrade/detail";

/// What stands between the load and the backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Backend,
    Nginx,
    CorsAnywhere,
    /// With this many threads; one is how it is shipped.
    Ours(usize),
}

/// How a proxy asks the backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upstream {
    Plain,
    /// Over TLS, with a certificate that every proxy checks.
    Secured,
}

/// A running server. It ends when it is dropped.
#[derive(Debug)]
pub struct Peer {
    pub kind: Kind,
    upstream: Upstream,
    pub at: SocketAddr,
    child: Child,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Backend => "backend alone",
            Kind::Nginx => "nginx",
            Kind::CorsAnywhere => "cors-anywhere",
            Kind::Ours(1) => "ours, as shipped",
            Kind::Ours(_) => "ours, two threads",
        }
    }

    fn port(self, upstream: Upstream) -> u16 {
        let first = match upstream {
            Upstream::Plain => BACKEND,
            Upstream::Secured => BACKEND + FURTHER,
        };
        first
            + match self {
                Kind::Backend => 0,
                Kind::Nginx => 1,
                Kind::CorsAnywhere => 2,
                Kind::Ours(1) => 3,
                Kind::Ours(_) => 4,
            }
    }
}

/// Starts a server and waits until it listens. What it logs goes into a file of `folder`.
///
/// # Errors
/// When it cannot be started, or its port is taken.
pub fn start(kind: Kind, upstream: Upstream, programs: &Programs, folder: &Path) -> Result<Peer, Failure> {
    start_before(kind, upstream, local(Kind::Backend.port(upstream)), programs, folder)
}

/// Like [`start`], but this answers for the vendors; only `Kind::Ours` asks there.
///
/// # Errors
/// As [`start`].
pub fn start_before(
    kind: Kind,
    upstream: Upstream,
    vendor: SocketAddr,
    programs: &Programs,
    folder: &Path,
) -> Result<Peer, Failure> {
    let (at, certificate) = (local(kind.port(upstream)), folder.join("cert.pem"));
    let mut command = match kind {
        Kind::Backend => {
            nginx(&programs.nginx, &format!("backend-{}", at.port()), &backend(folder, at, upstream), folder)?
        }
        Kind::Nginx => {
            nginx(&programs.nginx, &format!("nginx-{}", at.port()), &between(folder, at, upstream), folder)?
        }
        Kind::CorsAnywhere => {
            let mut node = process::in_root("node");
            node.arg(&programs.cors_anywhere).env("HOST", "127.0.0.1").env("PORT", at.port().to_string());
            node.env("NODE_EXTRA_CA_CERTS", certificate);
            node
        }
        Kind::Ours(threads) => {
            let mut ours = process::in_root(&programs.ours);
            ours.args([at.to_string(), vendor.to_string(), threads.to_string()]);
            ours.args((upstream == Upstream::Secured).then_some(certificate));
            ours
        }
    };
    listening(kind, upstream, at, &mut command, folder)
}

/// Writes the certificate of the backend that speaks TLS.
///
/// # Errors
/// When it cannot be made.
pub fn certify(programs: &Programs, folder: &Path) -> Result<(), Failure> {
    let mut load = process::in_root(&programs.load);
    process::run(load.arg("certificate").arg(folder).args([VENDOR, "localhost"]))
}

fn local(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

/// Starts the vendor that is at its worst.
///
/// # Errors
/// As [`start`].
pub fn start_vendor(programs: &Programs, folder: &Path) -> Result<Peer, Failure> {
    let at = local(BACKEND + 5);
    let mut load = process::in_root(&programs.load);
    load.args(["vendor", &at.to_string()]);
    listening(Kind::Backend, Upstream::Plain, at, &mut load, folder)
}

fn listening(
    kind: Kind,
    upstream: Upstream,
    at: SocketAddr,
    command: &mut Command,
    folder: &Path,
) -> Result<Peer, Failure> {
    if TcpStream::connect(at).is_ok() {
        return Err(format!("Another program listens on {at}: stop it and measure again."));
    }
    let log = folder.join(format!("{}.log", at.port()));
    let failed = |error: std::io::Error| format!("`{}` cannot be started: {error}.", process::words(command));
    let log = std::fs::File::create(log).map_err(failed)?;
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .map_err(|error| format!("`{}` cannot be started: {error}.", process::words(command)))?;
    let peer = Peer { kind, upstream, at, child };
    let began_at = Instant::now();
    while TcpStream::connect(at).is_err() {
        if began_at.elapsed() > START_FOR {
            return Err(format!(
                "{} does not listen on {at}: its log is in {}.",
                kind.name(),
                folder.display()
            ));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(peer)
}

impl Peer {
    /// The address of a call, where `call` is asked for of a proxy.
    pub fn address(&self, call: &str) -> String {
        let scheme = match (self.kind, self.upstream) {
            (Kind::Backend, Upstream::Secured) => "https",
            _ => "http",
        };
        format!("{scheme}://{}{}", self.at, self.target(call))
    }

    /// What is asked for, where `call` is asked for of a proxy.
    pub fn target(&self, call: &str) -> String {
        let port = Kind::Backend.port(self.upstream);
        match (self.kind, self.upstream) {
            (Kind::CorsAnywhere, Upstream::Plain) => format!("/http://127.0.0.1:{port}{call}"),
            (Kind::CorsAnywhere, Upstream::Secured) => format!("/https://localhost:{port}{call}"),
            _ => call.to_owned(),
        }
    }

    /// The memory that it has now, and the most that it has had, in kilobytes: resident, and of nginx its worker's.
    pub fn memory(&self) -> (u64, u64) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.working())).unwrap_or_default();
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim().trim_end_matches(" kB").parse().ok()
        };
        (field("VmRSS:").unwrap_or(0), field("VmHWM:").unwrap_or(0))
    }

    /// The time of processors that it has used, in milliseconds, to the hundredth of a second.
    pub fn busy_for(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.working())).unwrap_or_default();
        // The name of the program, in brackets, may hold spaces; what follows it is counted.
        let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
        let ticks = after.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok());
        ticks.sum::<u64>() * 10
    }

    /// The process that does the work: of nginx the only worker.
    fn working(&self) -> u32 {
        let own = self.child.id();
        let children =
            std::fs::read_to_string(format!("/proc/{own}/task/{own}/children")).unwrap_or_default();
        let worker = children.split_whitespace().find_map(|child| child.parse().ok());
        worker.filter(|_| matches!(self.kind, Kind::Nginx | Kind::Backend)).unwrap_or(own)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // nginx ends its worker only when it is asked to end.
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

fn nginx(program: &Path, name: &str, config: &str, folder: &Path) -> Result<Command, Failure> {
    let file = folder.join(format!("{name}.conf"));
    std::fs::write(&file, config)
        .map_err(|error| format!("{} cannot be written: {error}.", file.display()))?;
    let mut nginx = process::in_root(program);
    nginx.arg("-c").arg(file).arg("-p").arg(folder);
    Ok(nginx)
}

/// One worker in the foreground, with its files in one folder and without a log of requests.
fn common(folder: &Path, name: &str, server: &str) -> String {
    let folder = folder.display();
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let files: String = kinds.map(|kind| format!("{kind}_temp_path {folder}/{name}-{kind};\n")).concat();
    format!(
        "user root; daemon off; worker_processes 1; pid {folder}/{name}.pid; error_log stderr warn;\n\
         worker_rlimit_nofile 16384; events {{ worker_connections 12288; }}\n\
         http {{ access_log off; keepalive_requests 1000000000; keepalive_timeout 600;\n{files}{server} }}\n"
    )
}

/// Answers everything with one file; a static file is not posted to, so that refusal becomes the same answer.
fn backend(folder: &Path, at: SocketAddr, upstream: Upstream) -> String {
    let root = folder.display();
    let tls = match upstream {
        Upstream::Plain => String::new(),
        Upstream::Secured => {
            format!("ssl_certificate {root}/cert.pem; ssl_certificate_key {root}/key.pem;")
        }
    };
    let ssl = if upstream == Upstream::Secured { "ssl" } else { "" };
    let server = format!(
        "server {{ listen {at} backlog=4096 {ssl}; {tls} root {root}; default_type application/json;\n\
         error_page 405 =200 /reply.json; location / {{ rewrite ^ /reply.json break; }} }}"
    );
    common(folder, &format!("backend-{}", at.port()), &server)
}

/// A reverse proxy with kept connections and the CORS headers that a page needs. Over TLS it checks the backend's
/// certificate, as ours does.
fn between(folder: &Path, at: SocketAddr, upstream: Upstream) -> String {
    let backend = local(Kind::Backend.port(upstream));
    let pass = match upstream {
        Upstream::Plain => "proxy_pass http://backend;".to_owned(),
        Upstream::Secured => format!(
            "proxy_pass https://backend; proxy_ssl_verify on; proxy_ssl_name {VENDOR}; proxy_ssl_server_name on;\n\
             proxy_ssl_session_reuse on; proxy_ssl_trusted_certificate {}/cert.pem;",
            folder.display()
        ),
    };
    let server = format!(
        "upstream backend {{ server {backend}; keepalive 128; keepalive_requests 1000000000; }}\n\
         server {{ listen {at} backlog=4096; location / {{\n\
         if ($request_method = OPTIONS) {{ add_header Access-Control-Max-Age 86400; return 204; }}\n\
         add_header Access-Control-Allow-Origin $http_origin; proxy_http_version 1.1;\n\
         proxy_set_header Connection \"\"; proxy_set_header Host {VENDOR};\n\
         {pass} }} }}"
    );
    common(folder, &format!("nginx-{}", at.port()), &server)
}
