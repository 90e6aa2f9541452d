//! The vendors' clients as programs: a question on standard input, outcomes on standard output.

use crate::vendor::{Key, Vendor};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[derive(Debug, Clone, Copy)]
pub enum Client {
    HuaweiPython,
    AlibabaPython,
    AlibabaTypeScript,
    NaverPython,
    NaverJavaScript,
}

impl Client {
    fn script(self) -> &'static str {
        match self {
            Client::HuaweiPython => "huawei.py",
            Client::AlibabaPython => "alibaba.py",
            Client::AlibabaTypeScript => "alibaba.mjs",
            Client::NaverPython => "naver.py",
            Client::NaverJavaScript => "naver.mjs",
        }
    }

    /// What became of each call. The client knows the vendor's address and the key, and nothing of Rollwatch.
    pub async fn ask(self, vendor: &Vendor, key: &Key, calls: Value) -> Vec<Value> {
        self.ask_about(vendor.cluster.project, vendor, key, calls).await
    }

    /// The same from a client that has to find out its project first.
    pub async fn ask_without_project(self, vendor: &Vendor, key: &Key, calls: Value) -> Vec<Value> {
        self.ask_about("", vendor, key, calls).await
    }

    async fn ask_about(self, project: &str, vendor: &Vendor, key: &Key, calls: Value) -> Vec<Value> {
        let asked = json!({
            "url": vendor.url, "region": vendor.cluster.region, "project": project,
            "key": { "id": key.id, "secret": key.secret, "token": key.token }, "calls": calls,
        });
        let outcomes = tokio::task::spawn_blocking(move || self.run(&asked)).await;
        outcomes.expect("the client was run")
    }

    fn run(self, asked: &Value) -> Vec<Value> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/clients").join(self.script());
        let program = match script.extension().and_then(|extension| extension.to_str()) {
            Some("py") => installed("CLIENTS_PYTHON"),
            _ => PathBuf::from("node"),
        };
        let mut command = Command::new(program);
        command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // A proxy of this machine would be asked for loopback addresses too, and some clients leave files in
        // the home folder.
        for variable in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
            command.env_remove(variable);
        }
        command.env("HOME", env!("CARGO_TARGET_TMPDIR")).env("PYTHONDONTWRITEBYTECODE", "1");
        let mut child = command.spawn().expect("the client can be started");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(asked.to_string().as_bytes()).expect("the client reads its question");
        drop(stdin);
        let output = child.wait_with_output().expect("the client ends");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{} failed:\n{told}", self.script());
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{} told no outcomes", self.script()))
    }
}

/// A place that `cargo xtask conformance` names.
fn installed(variable: &str) -> PathBuf {
    let place = std::env::var_os(variable);
    place.unwrap_or_else(|| panic!("{variable} is not set: run `cargo xtask conformance`")).into()
}
