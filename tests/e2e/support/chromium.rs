//! Chromium, which tells what its console and its network did through its driver's logs.

use std::net::SocketAddr;

use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};

use super::audit::{LISTEN, Network};
use super::browser::{NAME, Noted};
use super::driver::{Driver, program};
use super::folder::Folder;

/// A running Chromium.
pub struct Chromium {
    driver: Driver,
    profile: Folder,
}

impl Chromium {
    pub async fn start(public: Option<SocketAddr>) -> (Self, WebDriver) {
        let announces = "started successfully on port ";
        let driver = Driver::start(program("CHROMEDRIVER", &["chromedriver"]), &["--port=0"], announces);
        let chromium = Chromium { driver, profile: Folder::new("profile") };
        let window = chromium.window(public).await;
        let listener = json!({ "source": LISTEN });
        devtools(&window, "Page.addScriptToEvaluateOnNewDocument", listener).await;
        (chromium, window)
    }

    async fn window(&self, public: Option<SocketAddr>) -> WebDriver {
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
            // A snapshot of the heap has its texts in full.
            "--js-flags=--heap-snapshot-string-limit=16777216",
            &format!("--host-resolver-rules=MAP {NAME} 127.0.0.1 , MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"),
            &profile,
        ] {
            wanted.add_arg(argument).expect("an argument");
        }
        if let Some(address) = public {
            wanted.accept_insecure_certs(true).expect("a capability");
            let argument = format!("--ip-address-space-overrides={address}=public");
            wanted.add_arg(&argument).expect("an argument");
        }
        for kind in ["browser", "performance"] {
            wanted.set_logging_prefs(kind.to_owned(), LoggingPrefsLogLevel::All).expect("a level");
        }
        let events = json!({ "enableNetwork": true, "enablePage": false });
        wanted.add_experimental_option("perfLoggingPrefs", events).expect("preferences");
        WebDriver::new(self.driver.address(), wanted).await.expect("Chromium starts")
    }

    pub async fn resize(driver: &WebDriver, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        devtools(driver, "Emulation.setDeviceMetricsOverride", size).await;
    }

    pub async fn hold_still(driver: &WebDriver) {
        let calm = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        devtools(driver, "Emulation.setEmulatedMedia", calm).await;
        devtools(driver, "Emulation.setScrollbarsHidden", json!({ "hidden": true })).await;
    }

    /// The nodes of all documents, those that are in no tree among them, once the rubbish is gone.
    pub async fn nodes(driver: &WebDriver) -> u64 {
        devtools(driver, "HeapProfiler.collectGarbage", json!({})).await;
        let counted = devtools(driver, "Memory.getDOMCounters", json!({})).await;
        counted["nodes"].as_u64().expect("a count")
    }

    pub async fn answer(driver: &WebDriver, permission: &str, origin: &str, state: &str) {
        let answer = json!({ "permission": { "name": permission }, "origin": origin, "setting": state });
        devtools(driver, "Browser.setPermission", answer).await;
    }

    pub async fn noted(driver: &WebDriver, network: Network) -> Noted {
        let log = driver.browser_log().await.expect("the console");
        let faults = log
            .iter()
            .filter(|entry| !matches!(entry.level.as_str(), "INFO" | "DEBUG" | "FINE"))
            .filter(|entry| network == Network::Sound || entry.source.as_deref() != Some("network"))
            .map(|entry| format!("{} {}", entry.level, entry.message));
        Noted { faults: faults.collect(), requests: requests(driver).await }
    }

    pub fn profile(&self) -> &Folder {
        &self.profile
    }
}

/// The addresses of all requests since the last look.
async fn requests(driver: &WebDriver) -> Vec<String> {
    let log = driver.get_log("performance").await.expect("the record of requests");
    let events = log.iter().filter_map(|entry| serde_json::from_str::<Value>(&entry.message).ok());
    let sent = events.filter(|event| event["message"]["method"] == "Network.requestWillBeSent");
    sent.filter_map(|event| event["message"]["params"]["request"]["url"].as_str().map(str::to_owned))
        .collect()
}

async fn devtools(driver: &WebDriver, method: &str, parameters: Value) -> Value {
    driver.cdp().send_raw(method, parameters).await.expect("Chromium follows")
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // Asked to shut down, the driver ends its browsers too; killed, it would leave them running.
        self.driver.ask("GET", "/shutdown");
    }
}
