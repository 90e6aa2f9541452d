//! The judgement over each page hears what a page does wrong, in every browser.

use crate::support::{Fleet, Host, Network, Page, Setup, World, until_all_answered};

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_page_does_wrong_is_heard() {
    // On a plain host the page's own policy lets requests to https addresses out.
    let setup = Setup { fleet: Fleet::Of(&["css-orders"]), host: Host::Files, ..Setup::default() };
    let world = World::start(setup).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    page.run::<()>(
        "console.error('marked in the console');
         setTimeout(() => { throw new Error('marked and thrown'); });
         Promise.reject(new Error('marked and rejected'));
         document.head.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }));
         fetch('https://elsewhere.example/marked').catch(() => { window.answered = true; });
         fetch('nothing-marked.json').then(() => { window.missed = true; });",
    )
    .await;
    page.until("the requests are over", "window.answered && window.missed").await;
    let heard = page.close_and_hear(Network::Sound).await;
    for part in [
        "policy: style-src",
        "marked in the console",
        "marked and thrown",
        "marked and rejected",
        "a request left the test: https://elsewhere.example/marked",
        "nothing-marked.json",
    ] {
        assert!(heard.iter().any(|complaint| complaint.contains(part)), "{part} is not heard: {heard:#?}");
    }
}
