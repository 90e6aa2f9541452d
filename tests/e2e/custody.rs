//! What the page's scripts still hold of a secret, in every way in which the page keeps one, and what a person finds
//! in a field that was emptied.
//!
//! Only Chromium shows what its scripts hold.

use rollwatch_core::view::words::{Lang, Vault};
use serde_json::json;
use thirtyfour::Key;

use crate::support::{Held, Network, Page, World, fill_cluster, fill_key, fleet, forms, submit};
use crate::vault::{PASSPHRASE, ask_to_remember, remember, unlock, until_locked, until_seen};

/// One cluster of each cloud.
const NAMES: [&str; 3] = ["search-prod", "css-orders", "holo-orders"];

fn say(word: Vault) -> &'static str {
    Lang::En.say(word)
}

/// Has the page's scripts hold a text that stands in none of them: `text` in `hold`.
async fn plant(page: &Page, text: &str, hold: &str) {
    let codes = json!(text.as_bytes());
    page.run::<()>(&format!("const text = String.fromCharCode(...{codes}); {hold};")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_the_page_holds_on_purpose_is_found_wherever_it_is() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    if !page.browser.shows_memory() {
        return page.close(Network::Sound).await;
    }
    for (text, place, hold) in [
        ("MARKED-by-a-name", "a string", "window.named = text"),
        ("MARKED-in-a-closure", "a string", "window.closure = () => text"),
        ("MARKED-in-a-promise", "a string", "window.promise = Promise.resolve(text)"),
        (
            "MARKED-in-a-long-text",
            "a string",
            "window.long = JSON.parse(JSON.stringify('x'.repeat(5000) + text))",
        ),
        (
            "MARKED-in-two-halves",
            "a joined string",
            "const half = (from, to) => JSON.parse(JSON.stringify(text.slice(from, to)));
             window.joined = half(0, 10).padStart(40) + half(10).padEnd(40)",
        ),
        (
            "MARKED-in-a-lost-field",
            "a field",
            "window.field = document.createElement('input'); window.field.value = text",
        ),
    ] {
        let text = text.to_owned();
        plant(&page, &text, hold).await;
        let places = Held::by(&page.driver).await.places_of(std::slice::from_ref(&text));
        assert!(places.iter().any(|found| found.starts_with(place)), "{text:?} as {place}: {places:#?}");
    }
    let absent = Held::by(&page.driver).await.places_of(&["MARKED-nowhere".to_owned()]);
    assert_eq!(absent, Vec::<String>::new());

    // A secret that is typed and not sent stands in its field, and nowhere else.
    fill_cluster(&page, "search-prod").await;
    let account = fill_key(&page, "search-prod").await;
    let places = Held::by(&page.driver).await.places_of(&forms(account.secret));
    assert_eq!(places, ["a field: •••\n"]);
    page.close(Network::Sound).await;
}

/// Panics when the page's scripts hold a secret.
async fn assert_holds_none(page: &Page, secrets: &[String], custody: &str) {
    let places = Held::by(&page.driver).await.places_of(secrets);
    assert!(places.is_empty(), "{custody}: {places:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_holds_no_secret_in_any_custody() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    if !page.browser.shows_memory() {
        return page.close(Network::Sound).await;
    }
    let mut secrets = Vec::new();
    for name in NAMES {
        page.go(&format!("{}#/add", world.page)).await;
        fill_cluster(&page, name).await;
        if page.count("#held").await > 0 {
            page.choose("#held", "").await;
        }
        secrets.extend(forms(fill_key(&page, name).await.secret));
        submit(&page).await;
        until_seen(&page, name).await;
        assert_holds_none(&page, &secrets, "in memory only").await;
    }
    secrets.extend(forms(PASSPHRASE));
    page.reload().await;
    for name in NAMES {
        page.go(&format!("{}{}", world.page, fleet::link(name))).await;
        fill_key(&page, name).await;
        ask_to_remember(&page).await;
        submit(&page).await;
        until_seen(&page, name).await;
        assert_holds_none(&page, &secrets, "remembered").await;
    }
    page.go(&format!("{}#/", world.page)).await;
    page.click_words(say(Vault::LockNow)).await;
    page.until("all three are locked", "document.querySelectorAll('.card .trouble').length === 3").await;
    assert_holds_none(&page, &secrets, "locked").await;

    unlock(&page, "not the passphrase of anybody").await;
    page.until_text(".unlock .problem", say(Vault::Wrong)).await;
    assert_holds_none(&page, &forms("not the passphrase of anybody"), "refused").await;
    page.until("the wait is over", "!document.querySelector('.unlock .wait')").await;
    unlock(&page, PASSPHRASE).await;
    page.until("all three are seen", "!document.querySelector('.card .trouble, .card.tone-asking')").await;
    assert_holds_none(&page, &secrets, "unlocked").await;

    page.click_words(say(Vault::Page)).await;
    for left in [2, 1, 0] {
        page.click(".held-keys li button").await;
        let gone = format!("document.querySelectorAll('.held-keys li').length === {left}");
        page.until("one more is forgotten", &gone).await;
    }
    assert_holds_none(&page, &secrets, "forgotten").await;
    page.click_words(say(Vault::ForgetAll)).await;
    page.click_words(say(Vault::ForgetYes)).await;
    page.until_text(".empty", "Nothing is watched yet.").await;
    page.listen().await;
    assert_holds_none(&page, &secrets, "everything forgotten").await;
    page.close(Network::Fails).await;
}

/// Keeps all bytes that the browser makes of a text or of what was sealed.
const KEEP_BYTES: &str = "window.bytes = [];
    const { encode } = TextEncoder.prototype;
    TextEncoder.prototype.encode = function (...given) {
        const bytes = encode.apply(this, given);
        window.bytes.push(bytes);
        return bytes;
    };
    const { decrypt } = SubtleCrypto.prototype;
    SubtleCrypto.prototype.decrypt = async function (...given) {
        const opened = await decrypt.apply(this, given);
        window.bytes.push(new Uint8Array(opened));
        return opened;
    };";

/// Panics unless so many bytes were kept or more, and all of them are overwritten.
async fn assert_overwritten(page: &Page, at_least: usize) {
    let lengths: Vec<usize> = page.read("window.bytes.map((bytes) => bytes.length)").await;
    assert!(lengths.iter().sum::<usize>() >= at_least, "{lengths:?}");
    let legible: Vec<usize> =
        page.read("window.bytes.filter((bytes) => bytes.some(Boolean)).map((bytes) => bytes.length)").await;
    assert_eq!(legible, Vec::<usize>::new(), "of {lengths:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bytes_of_a_secret_are_overwritten_when_the_browser_has_taken_them() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    page.run::<()>(KEEP_BYTES).await;
    let mut secrets = 0;
    for name in NAMES {
        secrets += remember(&world, &page, name).await.len();
    }
    // Each secret is imported and sealed, and the passphrase is tried out before it is used.
    let taken = 2 * (secrets + PASSPHRASE.len());
    assert_overwritten(&page, taken).await;
    page.click_words(say(Vault::Page)).await;
    page.click_words(say(Vault::Change)).await;
    for (field, text) in [
        ("#old-passphrase", PASSPHRASE),
        ("#new-passphrase", "a longer passphrase"),
        ("#again", "a longer passphrase"),
    ] {
        page.fill(field, text).await;
    }
    page.click(".vault details button").await;
    page.until_text(".vault", say(Vault::Changed)).await;
    // The secrets are opened and sealed under another key.
    assert_overwritten(&page, taken + secrets + PASSPHRASE.len()).await;
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_does_not_come_back_into_a_field_that_was_emptied() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    remember(&world, &page, "search-prod").await;
    page.go(&format!("{}#/", world.page)).await;
    page.click_words(say(Vault::LockNow)).await;
    until_locked(&page).await;
    unlock(&page, "not the passphrase of anybody").await;
    page.until_text(".unlock .problem", say(Vault::Wrong)).await;
    for _ in 0..40 {
        let field = page.find("#unlock").await;
        field.send_keys(Key::Control + "z").await.expect("a field that takes keys");
    }
    let typed: String = page.read("document.querySelector('#unlock').value").await;
    assert_eq!(typed, "");
    page.close(Network::Sound).await;
}
