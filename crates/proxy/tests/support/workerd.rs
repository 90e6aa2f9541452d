//! The worker for a CDN's edge under workerd, the program that Cloudflare runs workers with. What the worker
//! sends anywhere goes to one address over plain HTTP, with the vendor's host name; the worker is unchanged.
//!
//! `ROLLWATCH_WORKERD` names the program and `ROLLWATCH_EDGE` the folder that `cargo xtask proxy --for cloudflare`
//! writes.

use std::io::{BufRead, BufReader};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Vendor, Wire};

/// What a worker is given. The texts are parts of lists in workerd's configuration.
pub struct Worker<'a> {
    /// The settings, and what else stands in its environment.
    pub bindings: &'a str,
    /// Services that the bindings name.
    pub services: &'a str,
    /// A script in the place of the policy's, which it finds as `real.js`.
    pub policy: Option<&'a str>,
    /// How long its client waits that has said all it has to say.
    pub patience: Duration,
}

/// A running workerd. It ends with the test.
pub struct Workerd {
    wire: Wire,
    lines: Arc<Mutex<Vec<String>>>,
    program: Child,
    folder: PathBuf,
}

impl Deref for Workerd {
    type Target = Wire;

    fn deref(&self) -> &Wire {
        &self.wire
    }
}

impl Drop for Workerd {
    fn drop(&mut self) {
        // Neither can fail in a way that matters: it may just have ended by itself.
        let _ = self.program.kill();
        let _ = self.program.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Workerd {
    /// A worker whose vendors are all played by `vendor`.
    pub fn start(vendor: &Vendor, worker: &Worker<'_>) -> Self {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let nth = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("rollwatch-edge-{}-{nth}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder of its own");
        let file = folder.join("workerd.capnp");
        let scripts = named("ROLLWATCH_EDGE");
        std::fs::write(&file, configuration(&scripts, vendor, worker)).expect("the configuration");
        if let Some(script) = worker.policy {
            std::fs::write(folder.join("policy.js"), script).expect("the script");
        }
        let mut program = Command::new(named("ROLLWATCH_WORKERD"))
            // It says there on which port it listens, and the worker's lines come there as well.
            .args(["serve", "--control-fd=1", "--import-path"])
            .args([&scripts, &file])
            .stdout(Stdio::piped())
            // It complains there of whatever it does not take for HTTP, which is what many tests send.
            .stderr(Stdio::null())
            .spawn()
            .expect("workerd starts");
        let lines = Arc::new(Mutex::new(Vec::new()));
        let (said, port) = channel();
        let (output, kept) = (program.stdout.take().expect("piped"), Arc::clone(&lines));
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                match listens(&line) {
                    Some(port) => said.send(port).expect("someone waits for it"),
                    None => kept.lock().expect("no test panics with it").push(line),
                }
            }
        });
        let port = port.recv_timeout(Duration::from_secs(30)).expect("it listens");
        let wire = Wire { at: ([127, 0, 0, 1], port).into(), patience: worker.patience };
        Workerd { wire, lines, program, folder }
    }

    /// The lines that the worker has logged.
    pub fn log(&self) -> Vec<String> {
        self.lines.lock().expect("no test panics with it").clone()
    }
}

fn named(variable: &str) -> PathBuf {
    std::env::var_os(variable).unwrap_or_else(|| panic!("{variable}: `cargo xtask test` sets it")).into()
}

/// The port of a line `{"event":"listen","socket":"http","port":…}`.
fn listens(line: &str) -> Option<u16> {
    let event: serde_json::Value = serde_json::from_str(line).ok()?;
    event.get("event").filter(|event| *event == "listen")?;
    u16::try_from(event.get("port")?.as_u64()?).ok()
}

fn configuration(scripts: &Path, vendor: &Vendor, worker: &Worker<'_>) -> String {
    // The worker runs under the rules of the day with which it is deployed.
    let deployed = std::fs::read_to_string(scripts.join("wrangler.toml")).expect("a worker that was built");
    let rule = |name: &str| {
        let line = deployed.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "));
        line.unwrap_or_else(|| panic!("wrangler.toml names no {name}")).to_owned()
    };
    let (date, flags) = (rule("compatibility_date"), rule("compatibility_flags"));
    let policy = match worker.policy {
        None => r#"(name = "policy.js", esModule = embed "/policy.js")"#,
        Some(_) => {
            r#"(name = "policy.js", esModule = embed "policy.js"), (name = "real.js", esModule = embed "/policy.js")"#
        }
    };
    let Worker { bindings, services, .. } = worker;
    let at = vendor.at;
    format!(
        r#"using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "proxy", worker = (
      modules = [
        (name = "worker.js", esModule = embed "/worker.js"),
        (name = "reading.js", esModule = embed "/reading.js"),
        {policy},
        (name = "policy_bg.wasm", wasm = embed "/policy_bg.wasm"),
      ],
      compatibilityDate = {date},
      compatibilityFlags = {flags},
      globalOutbound = "vendors",
      bindings = [{bindings}],
    )),
    (name = "vendors", external = (address = "{at}", http = ())),
    {services}
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "proxy")],
);
"#
    )
}
