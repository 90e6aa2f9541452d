//! What a browser does not let the page do, told by the doctor in that very browser: a page that comes encrypted,
//! from a public address, and a proxy that does not.

use rollwatch_core::view::words::{Causes, Doctor, Lang};

use crate::doctor::{assert_ends, copied, examined, failed, nothing};
use crate::support::{
    Browser, Fleet, Host, Network, Page, Proxy, Setup, World, fill_cluster, fill_key, submit,
};

const EN: Lang = Lang::En;

/// How browsers call the permission to reach this device from a public page, in the order of their age.
const PERMISSIONS: [&str; 2] = ["loopback-network", "local-network-access"];

#[tokio::test(flavor = "multi_thread")]
async fn an_encrypted_page_is_told_that_it_cannot_ask_an_unencrypted_proxy() {
    let setup = Setup { host: Host::Secure, proxy: Proxy::Named, ..Setup::default() };
    let (world, page) = failed(setup, "search-prod", nothing).await;
    let told = examined(&page, "form").await;
    assert_ends(&told, Doctor::HopPage, Causes::MixedContent);
    for origin in world.origins() {
        assert!(told.what.contains(&origin), "{origin} is not named: {}", told.what);
    }
    assert!(told.todo.contains("https address"), "{}", told.todo);
    assert!(told.report.contains(EN.say(Doctor::Forbidden)), "{}", told.report);
    assert_eq!(copied(&page, "form").await, told.report);
    assert_eq!(world.asked(), 0);
    assert_eq!(world.proxied_all(), 0, "the browser has let nothing through to the proxy that is there");
    page.close_and_hear(Network::Fails).await;
}

/// The permission's name in this browser, if it knows one and takes the answer for the person.
async fn answered(page: &Page, state: &str) -> Option<&'static str> {
    let origin: String = page.read("location.origin").await;
    for name in PERMISSIONS {
        let known = format!(
            "navigator.permissions.query({{ name: '{name}' }})
                .then((status) => arguments[0](status.state), () => arguments[0](null));"
        );
        if page.run_async::<Option<String>>(&known).await.is_some() {
            page.browser.answer(&page.driver, name, &origin, state).await;
            let now: Option<String> = page.run_async(&known).await;
            return (now.as_deref() == Some(state)).then_some(name);
        }
    }
    None
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browsers_permission_for_the_local_network_is_told_with_what_became_of_it() {
    let setup = Setup { host: Host::Secure, ..Setup::default() };
    for (state, evidence) in
        [("denied", Doctor::Denied), ("prompt", Doctor::NotAsked), ("granted", Doctor::Granted)]
    {
        let world = World::start(Setup { fleet: Fleet::Empty, speed: 1.0, ..setup }).await;
        let page = Page::open(&world, "#/add").await;
        if answered(&page, state).await.is_none() {
            let is_firefox = matches!(page.browser, Browser::Firefox(_));
            assert!(is_firefox, "Chromium asks since 142, and lets a test answer");
            page.close(Network::Fails).await;
            return;
        }
        fill_cluster(&page, "search-prod").await;
        fill_key(&page, "search-prod").await;
        page.fill("#secret", "mistyped-and-not-a-real-secret").await;
        submit(&page).await;
        page.find("form .problem").await;
        let told = examined(&page, "form").await;
        let line = EN.fill(Doctor::LocalNetwork, &[EN.say(evidence)]);
        assert!(told.report.contains(&line), "{}", told.report);
        match state {
            "denied" => {
                assert_ends(&told, Doctor::HopPage, Causes::LocalNetworkDenied);
                assert!(told.todo.contains("site settings"), "{}", told.todo);
            }
            "prompt" => {
                assert_ends(&told, Doctor::HopPage, Causes::LocalNetworkNotAsked);
                assert!(told.todo.contains("answer “Allow”"), "{}", told.todo);
            }
            _ => assert_ends(&told, Doctor::HopSignature, Causes::WrongSecretOrKey),
        }
        assert_eq!(world.asked() > 0, state == "granted", "{state}");
        assert_eq!(copied(&page, "form").await, told.report);
        page.close_and_hear(Network::Fails).await;
    }
}
