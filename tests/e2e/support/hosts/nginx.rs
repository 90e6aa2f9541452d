//! nginx with the written configuration, below a folder of its own.

use std::env;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::super::driver::program;

/// A running nginx, ended with the test.
pub struct Nginx {
    process: Child,
}

/// Debian's place for the module that serves files in brotli, unless `ROLLWATCH_NGINX_BROTLI` names it.
const BROTLI: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

impl Nginx {
    /// Serves `root` at `address` as `hosting` says. `fleet` is a path that is asked for at another server.
    pub fn start(hosting: &Path, root: &Path, address: SocketAddr, fleet: (&str, SocketAddr)) -> Self {
        let server = fs::read_to_string(hosting.join("rollwatch.conf")).expect("a configuration");
        let listen = format!("listen {address};");
        let folder = format!("root {};", root.display());
        let (path, at) = fleet;
        let aside = format!("location = {path} {{ proxy_pass http://{at}; }}\n\n    # The document, at");
        let server =
            [("listen 80;", listen), ("root /var/www/rollwatch;", folder), ("# The document, at", aside)]
                .into_iter()
                .fold(server, |text, (old, new)| {
                    assert_eq!(text.matches(old).count(), 1, "the configuration has `{old}` once");
                    text.replace(old, &new)
                });
        let module = brotli();
        let load =
            module.as_ref().map(|module| format!("load_module {};", module.display())).unwrap_or_default();
        let brotli = fs::read_to_string(hosting.join("rollwatch-brotli.conf")).expect("a configuration");
        let prefix = hosting.with_file_name("nginx");
        fs::create_dir_all(&prefix).expect("the temporary folder can be written");
        let kept = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|kind| format!("    {kind}_temp_path {}/{kind};\n", prefix.display()))
            .concat();
        let main = format!(
            "{load}\ndaemon off;\nmaster_process off;\npid {0}/pid;\nerror_log {0}/error.log;\nevents {{}}\nhttp {{\n    \
             access_log off;\n{kept}{1}\n{server}\n}}\n",
            prefix.display(),
            if module.is_some() { brotli.as_str() } else { "" },
        );
        let file = prefix.join("nginx.conf");
        fs::write(&file, main).expect("the temporary folder can be written");
        let mut command = Command::new(nginx());
        // nginx itself would read this variable as sockets that are handed over.
        command.env_remove("NGINX");
        command.arg("-p").arg(&prefix).arg("-e").arg(prefix.join("error.log")).arg("-c").arg(&file);
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let mut nginx = Nginx { process: process.expect("nginx starts") };
        nginx.wait(address, &prefix);
        nginx
    }

    fn wait(&mut self, address: SocketAddr, prefix: &Path) {
        let began_at = Instant::now();
        while TcpStream::connect(address).is_err() {
            let ended = self.process.try_wait().expect("a process").is_some();
            if ended || began_at.elapsed() > Duration::from_secs(20) {
                let log = fs::read_to_string(prefix.join("error.log")).unwrap_or_default();
                panic!("nginx does not listen:\n{log}");
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// A port that is free now: nginx cannot be given an open one, nor say which it took.
    pub fn address() -> SocketAddr {
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|free| free.local_addr()).expect("a free port")
    }

    /// Whether this machine's nginx serves files in brotli.
    pub fn has_brotli() -> bool {
        brotli().is_some()
    }
}

/// The program that `ROLLWATCH_NGINX` names; else Debian's, which lies where the PATH of a person does not lead.
fn nginx() -> PathBuf {
    let debian = Path::new("/usr/sbin/nginx");
    let is_named = env::var_os("ROLLWATCH_NGINX").is_some_and(|name| !name.is_empty());
    if !is_named && debian.is_file() { debian.to_owned() } else { program("ROLLWATCH_NGINX", &["nginx"]) }
}

fn brotli() -> Option<PathBuf> {
    let named = env::var_os("ROLLWATCH_NGINX_BROTLI").map(PathBuf::from);
    named.or_else(|| Some(PathBuf::from(BROTLI))).filter(|module| module.is_file())
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
