//! Firefox, which tells what its console and its network did as events of WebDriver BiDi.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::StreamExt;
use serde_json::Value;
use thirtyfour::bidi::modules::browsing_context::Viewport;
use thirtyfour::common::capabilities::firefox::FirefoxPreferences;
use thirtyfour::prelude::*;
use tokio::time::timeout;

use super::audit::{LISTEN, Network};
use super::browser::{NAME, Noted};
use super::driver::{Driver, program};
use super::folder::Folder;

/// A running Firefox.
pub struct Firefox {
    driver: Driver,
    session: String,
    profile: Folder,
    noted: Arc<Mutex<Vec<Event>>>,
}

/// An event of the browser: its name and what it says.
type Event = (String, Value);

const EVENTS: [&str; 4] =
    ["log.entryAdded", "network.beforeRequestSent", "network.responseCompleted", "network.fetchError"];

/// What a page says to itself so that everything it noted before is known to have arrived.
const END: &str = "the end of what is judged";

/// What Firefox's console says of a request to another origin that got no answer; of others it says nothing.
const NO_ANSWER: &str = "Cross-Origin Request Blocked: ";

/// How Firefox calls a request that the page itself gave up, by leaving or by aborting it.
const GIVEN_UP: &str = "NS_BINDING_ABORTED";

impl Firefox {
    pub async fn start(public: Option<SocketAddr>) -> (Self, WebDriver) {
        // The port 0 is one that Firefox chooses itself.
        let arguments = ["--port=0", "--websocket-port=0"];
        let driver =
            Driver::start(program("GECKODRIVER", &["geckodriver"]), &arguments, "Listening on 127.0.0.1:");
        let profile = Folder::new("profile");
        let window = window(&driver, &profile, public).await;
        let bidi = window.bidi().await.expect("Firefox tells what happens");
        let mut events = bidi.subscribe_raw();
        bidi.session().subscribe_many(EVENTS.map(str::to_owned)).await.expect("these events");
        bidi.script().add_preload_script(format!("() => {{ {LISTEN} }}")).await.expect("a listener");
        let noted: Arc<Mutex<Vec<Event>>> = Arc::default();
        let notes = Arc::clone(&noted);
        tokio::spawn(async move {
            while let Some(event) = events.next().await {
                notes.lock().expect("no test panics with it").push((event.method, event.params));
            }
        });
        let session = window.session_id().to_string();
        (Firefox { driver, session, profile, noted }, window)
    }

    pub async fn resize(driver: &WebDriver, width: u32, height: u32) {
        let bidi = driver.bidi().await.expect("Firefox listens");
        let window = bidi.browsing_context().top_level().await.expect("the window");
        let size = Some(Viewport { width, height });
        bidi.browsing_context().set_viewport(window, size).await.expect("a size");
    }

    pub async fn noted(&self, driver: &WebDriver, network: Network) -> Noted {
        driver.execute(format!("console.debug('{END}')"), Vec::new()).await.expect("the page answers");
        let events = timeout(Duration::from_secs(30), self.until_the_end()).await;
        let events = events.expect("Firefox tells what its console shows");
        let faults = events.iter().filter_map(|(name, event)| match name.as_str() {
            "log.entryAdded" => {
                let bad = !matches!(event["level"].as_str(), Some("info" | "debug"));
                let of_network = event["text"].as_str().is_some_and(|text| text.starts_with(NO_ANSWER));
                let counts = bad && (network == Network::Sound || !of_network);
                counts.then(|| format!("{} {}", event["level"], event["text"]))
            }
            _ if network == Network::Fails => None,
            "network.fetchError" => {
                let bad = event["errorText"] != GIVEN_UP;
                bad.then(|| format!("{} {}", event["errorText"], event["request"]["url"]))
            }
            "network.responseCompleted" => {
                let status = event["response"]["status"].as_u64();
                let bad = status.is_none_or(|status| status >= 400);
                bad.then(|| format!("{status:?} {}", event["request"]["url"]))
            }
            _ => None,
        });
        let sent = events.iter().filter(|(name, _)| name == "network.beforeRequestSent");
        let requests = sent.filter_map(|(_, event)| event["request"]["url"].as_str().map(str::to_owned));
        Noted { faults: faults.collect(), requests: requests.collect() }
    }

    /// Takes everything that was noted, as soon as the page's last word is among it.
    async fn until_the_end(&self) -> Vec<Event> {
        loop {
            {
                let mut noted = self.noted.lock().expect("no test panics with it");
                if noted.iter().any(|(name, event)| name == "log.entryAdded" && event["text"] == END) {
                    return std::mem::take(&mut *noted);
                }
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    pub fn profile(&self) -> &Folder {
        &self.profile
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        // The driver ends the browser with its session; killed, it would leave it running.
        self.driver.ask("DELETE", &format!("/session/{}", self.session));
    }
}

async fn window(driver: &Driver, profile: &Folder, public: Option<SocketAddr>) -> WebDriver {
    let mut wanted = DesiredCapabilities::firefox();
    let binary = program("FIREFOX", &["firefox-esr", "firefox"]);
    wanted.set_firefox_binary(&binary.to_string_lossy()).expect("a path");
    let profile = profile.path().display().to_string();
    for argument in ["-headless", "-profile", &profile, "--width=1366", "--height=900"] {
        wanted.add_arg(argument).expect("an argument");
    }
    let mut preferences = FirefoxPreferences::new();
    preferences.set("network.dns.disabled", true).expect("a preference");
    preferences.set("network.dns.localDomains", NAME).expect("a preference");
    preferences.set("intl.accept_languages", "en-US").expect("a preference");
    if let Some(address) = public {
        wanted.accept_insecure_certs(true).expect("a capability");
        let space = "network.lna.address_space.public.override";
        preferences.set(space, address.to_string()).expect("a preference");
    }
    wanted.set_preferences(preferences).expect("preferences");
    wanted.enable_bidi().expect("a capability");
    WebDriver::new(driver.address(), wanted).await.expect("Firefox starts")
}
