//! The browser that the tests run in: Chromium, or Firefox with `ROLLWATCH_BROWSER=firefox`. Everything that
//! the two are asked for in different ways is here; the rest is WebDriver.

use std::env;
use std::net::SocketAddr;

use thirtyfour::WebDriver;

use super::audit::Network;
use super::chromium::Chromium;
use super::firefox::Firefox;

/// The only name that resolves, to this machine. What is opened under it came from another machine, as far as a
/// browser can tell.
pub const NAME: &str = "rollwatch.example";

/// A browser with a fresh profile and its driver, both ended with the test.
pub enum Browser {
    Chromium(Chromium),
    Firefox(Firefox),
}

/// What a browser has noted since the last look.
pub struct Noted {
    /// What its console complains of.
    pub faults: Vec<String>,
    /// The addresses of all requests.
    pub requests: Vec<String>,
}

impl Browser {
    /// Starts the chosen browser with one window. No name but one is resolved in it, so nothing but this machine can be
    /// reached, and every document is listened to from its first moment.
    pub async fn start() -> (Self, WebDriver) {
        Browser::start_before(None).await
    }

    /// The same before a host over TLS at this address, which it takes for a public one.
    pub async fn start_before(public: Option<SocketAddr>) -> (Self, WebDriver) {
        match env::var("ROLLWATCH_BROWSER").as_deref() {
            Err(_) | Ok("" | "chromium") => {
                let (chromium, driver) = Chromium::start(public).await;
                (Browser::Chromium(chromium), driver)
            }
            Ok("firefox") => {
                let (firefox, driver) = Firefox::start(public).await;
                (Browser::Firefox(firefox), driver)
            }
            Ok(other) => panic!("ROLLWATCH_BROWSER is {other}: set it to chromium or firefox"),
        }
    }

    /// Gives the window's content this size in CSS pixels, each one pixel of the screen.
    pub async fn resize(&self, driver: &WebDriver, width: u32, height: u32) {
        match self {
            Browser::Chromium(_) => Chromium::resize(driver, width, height).await,
            Browser::Firefox(_) => Firefox::resize(driver, width, height).await,
        }
    }

    pub async fn noted(&self, driver: &WebDriver, network: Network) -> Noted {
        match self {
            Browser::Chromium(_) => Chromium::noted(driver, network).await,
            Browser::Firefox(firefox) => firefox.noted(driver, network).await,
        }
    }

    /// Stops what moves and hides scrollbars, for the pictures of the README. Firefox has no command for it; its
    /// pictures are looked at and not kept.
    pub async fn hold_still(&self, driver: &WebDriver) {
        if let Browser::Chromium(_) = self {
            Chromium::hold_still(driver).await;
        }
    }

    /// How many nodes the browser holds for the page, those that are in no tree among them; Firefox does not tell.
    pub async fn nodes(&self, driver: &WebDriver) -> Option<u64> {
        match self {
            Browser::Chromium(_) => Some(Chromium::nodes(driver).await),
            Browser::Firefox(_) => None,
        }
    }

    /// Answers for the person whom the browser would ask whether a page may do something: `granted`, `denied` or
    /// `prompt`. Nothing where it has no such permission.
    pub async fn answer(&self, driver: &WebDriver, permission: &str, origin: &str, state: &str) {
        if let Browser::Chromium(_) = self {
            Chromium::answer(driver, permission, origin, state).await;
        }
    }

    /// Whether a test can read the module's memory: Firefox lets none import the page's module.
    pub fn shows_memory(&self) -> bool {
        matches!(self, Browser::Chromium(_))
    }

    /// Whether its pictures are those of the README.
    pub fn takes_the_pictures(&self) -> bool {
        matches!(self, Browser::Chromium(_))
    }

    /// Which of these texts the browser has written to its profile.
    pub fn kept(&self, texts: &[&str]) -> Vec<String> {
        let profile = match self {
            Browser::Chromium(chromium) => chromium.profile(),
            Browser::Firefox(firefox) => firefox.profile(),
        };
        profile.held(texts)
    }
}
