//! What no test may leave behind: errors in the console, violations of the content security policy, a page
//! that stopped, and requests to anywhere but the test's own servers.

use serde_json::Value;
use thirtyfour::WebDriver;

/// Whether requests of the page may fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// Every request succeeds.
    Sound,
    /// The test makes requests fail, and the browser notes that in its console.
    Fails,
}

/// Notes violations from the first moment of every document.
pub const LISTEN: &str = "
    window.violations = [];
    addEventListener('securitypolicyviolation', (event) =>
        window.violations.push(`${event.violatedDirective} blocked ${event.blockedURI} at ${event.sourceFile}`));
";

/// Chromium's note on the hash that Trunk writes beside the module's preload.
const USELESS_HASH: &str = "The `integrity` attribute is currently ignored for preload destinations";

/// Panics unless the page behaved.
pub async fn judge(driver: &WebDriver, origins: &[String], network: Network) {
    let found = driver
        .execute(
            "return [...window.violations ?? ['the listener is not there'],
                     ...[document.querySelector('#crash:not([hidden])')?.innerText].filter(Boolean)]",
            Vec::new(),
        )
        .await
        .expect("the page answers");
    let found: Vec<String> = found.convert().expect("texts");
    assert!(found.is_empty(), "the page stopped or broke its own policy: {found:#?}");

    let log = driver.browser_log().await.expect("the console");
    let faults: Vec<_> = log
        .iter()
        .filter(|entry| !matches!(entry.level.as_str(), "INFO" | "DEBUG" | "FINE"))
        .filter(|entry| network == Network::Sound || entry.source.as_deref() != Some("network"))
        .filter(|entry| !entry.message.contains(USELESS_HASH))
        .map(|entry| format!("{} {}", entry.level, entry.message))
        .collect();
    assert!(faults.is_empty(), "the console is not clean: {faults:#?}");

    let asked = requests(driver).await;
    assert!(!asked.is_empty(), "the browser notes its requests");
    let inside = |url: &String| {
        // The first empty tab is made of the browser's own resources.
        url.starts_with("data:")
            || url.starts_with("chrome:")
            || origins.iter().any(|origin| url.starts_with(&format!("{origin}/")))
    };
    let outside: Vec<_> = asked.iter().filter(|url| !inside(url)).collect();
    assert!(outside.is_empty(), "these requests left the test: {outside:#?}");
}

/// The addresses of all requests since the last look.
async fn requests(driver: &WebDriver) -> Vec<String> {
    let log = driver.get_log("performance").await.expect("the record of requests");
    let events = log.iter().filter_map(|entry| serde_json::from_str::<Value>(&entry.message).ok());
    let sent = events.filter(|event| event["message"]["method"] == "Network.requestWillBeSent");
    sent.filter_map(|event| event["message"]["params"]["request"]["url"].as_str().map(str::to_owned))
        .collect()
}
