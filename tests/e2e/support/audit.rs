//! What no test may leave behind: errors in the console, violations of the content security policy, a page
//! that stopped, and requests to anywhere but the test's own servers.

use thirtyfour::WebDriver;

use super::browser::{Browser, Noted};

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

/// Everything that the page did wrong since the last look.
pub async fn complaints(
    browser: &Browser,
    driver: &WebDriver,
    origins: &[String],
    network: Network,
) -> Vec<String> {
    let found = driver
        .execute(
            "return [...window.violations ?? ['the listener is not there'],
                     ...[document.querySelector('#crash:not([hidden])')?.innerText].filter(Boolean)]",
            Vec::new(),
        )
        .await
        .expect("the page answers");
    let found: Vec<String> = found.convert().expect("texts");
    let Noted { faults, requests } = browser.noted(driver, network).await;
    assert!(!requests.is_empty(), "the browser notes its requests");
    let inside = |url: &String| {
        // The first empty tab is made of the browser's own resources.
        url.starts_with("data:")
            || url.starts_with("chrome:")
            || origins.iter().any(|origin| url.starts_with(&format!("{origin}/")))
    };
    let outside = requests.into_iter().filter(|url| !inside(url));
    let policy = found.into_iter().map(|text| format!("the page stopped or broke its own policy: {text}"));
    let console = faults.into_iter().map(|text| format!("the console is not clean: {text}"));
    policy.chain(console).chain(outside.map(|url| format!("a request left the test: {url}"))).collect()
}
