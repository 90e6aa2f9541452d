//! A browser with a fresh profile and its driver, both ended with the test.

use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::json;
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};

use super::folder::Folder;

/// A running driver. Dropping it ends the driver and every browser that it has started.
pub struct Chromium {
    driver: Child,
    port: u16,
    profile: Folder,
    /// Kept open: a driver whose output is closed ends itself on the next line it writes.
    _output: BufReader<ChildStdout>,
}

impl Chromium {
    /// Starts the driver on a port that it chooses itself.
    pub fn start() -> Self {
        let mut driver = Command::new(program("CHROMEDRIVER", &["chromedriver"]))
            .arg("--port=0")
            // Times on the page are to be the same on every machine.
            .env("TZ", "UTC")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let mut output = BufReader::new(driver.stdout.take().expect("its output is piped"));
        let port = loop {
            let mut line = String::new();
            let read = output.read_line(&mut line).expect("chromedriver says its port");
            assert_ne!(read, 0, "chromedriver ended before it listened");
            let said = line.split_once("started successfully on port ").map(|(_, rest)| rest);
            if let Some(port) = said.and_then(|rest| rest.trim().trim_end_matches('.').parse().ok()) {
                break port;
            }
        };
        Chromium { driver, port, profile: Folder::new("profile"), _output: output }
    }

    /// A window with this profile. No name is resolved, so nothing but this machine can be reached.
    pub async fn window(&self) -> WebDriver {
        let mut wanted = DesiredCapabilities::chrome();
        let binary = program("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"]);
        wanted.set_binary(&binary.to_string_lossy()).expect("a path");
        let profile = format!("--user-data-dir={}", self.profile.path().display());
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-extensions",
            "--no-first-run",
            "--no-default-browser-check",
            "--lang=en-US",
            "--window-size=1366,900",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
            &profile,
        ] {
            wanted.add_arg(argument).expect("an argument");
        }
        for kind in ["browser", "performance"] {
            wanted.set_logging_prefs(kind.to_owned(), LoggingPrefsLogLevel::All).expect("a level");
        }
        let events = json!({ "enableNetwork": true, "enablePage": false });
        wanted.add_experimental_option("perfLoggingPrefs", events).expect("preferences");
        let address = format!("http://127.0.0.1:{}", self.port);
        WebDriver::new(address, wanted).await.expect("Chromium starts")
    }

    /// Which of these texts the browser has written to its profile.
    pub fn kept(&self, texts: &[&str]) -> Vec<String> {
        texts.iter().filter(|text| self.profile.holds(text)).map(|text| (*text).to_owned()).collect()
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // Asked to shut down, the driver ends its browsers too; killed, it would leave them running.
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
            let _ =
                stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            let _ = stream.read_to_end(&mut Vec::new());
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The program that a variable names, else the first of these names on PATH.
fn program(variable: &str, names: &[&str]) -> PathBuf {
    if let Some(chosen) = env::var_os(variable).filter(|value| !value.is_empty()) {
        return chosen.into();
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let found = names.iter().find_map(|name| folders.iter().map(|f| f.join(name)).find(|p| p.is_file()));
    found.unwrap_or_else(|| panic!("install {}, or name it with {variable}", names[0]))
}
