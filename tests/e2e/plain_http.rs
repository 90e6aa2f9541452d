//! The page as it comes over plain HTTP from another machine, where browsers give it no cryptography.

use rollwatch_core::view::words::{Lang, Vault};
use rollwatch_sim::{Pass, TEMPORARY};
use serde_json::{Value, json};

use crate::support::{
    Fleet, Held, Host, NAME, Network, Page, Setup, World, fill_cluster, fill_key, fill_pass, forms,
    left_behind, note_console, submit,
};
use crate::vault::{STORED, until_seen};

fn say(word: Vault) -> &'static str {
    Lang::En.say(word)
}

/// Opens the form for a cluster and a new key.
async fn begin(world: &World, page: &Page, name: &str) {
    page.go(&format!("{}#/add", world.page)).await;
    fill_cluster(page, name).await;
    if page.count("#held").await > 0 {
        page.choose("#held", "").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_plain_http_nothing_is_remembered_and_keys_in_memory_sign_all_the_same() {
    let setup = Setup {
        fleet: Fleet::Empty,
        speed: 1.0,
        // The proxy's headers would only make the console complain that they count for nothing here.
        host: Host::Files,
        name: Some(NAME),
        ..Setup::default()
    };
    let world = World::start(setup).await;
    let page = Page::open(&world, "#/add").await;
    note_console(&page).await;
    let secure: Value = page.read("[isSecureContext, typeof crypto.subtle]").await;
    assert_eq!(secure, json!([false, "undefined"]), "{}", world.page);
    page.until_text("#remember-hint", say(Vault::NoCrypto)).await;
    assert!(page.read::<bool>("document.querySelector('#remember').disabled").await);

    // The clouds check every signature.
    let mut secrets = Vec::new();
    for name in ["search-prod", "css-orders", "holo-orders"] {
        begin(&world, &page, name).await;
        secrets.extend(forms(fill_key(&page, name).await.secret));
        submit(&page).await;
        until_seen(&page, name).await;
    }
    let Pass::Key { secret, security_token: Some(token), .. } = TEMPORARY[1].pass else {
        panic!("Huawei's temporary key has a token");
    };
    begin(&world, &page, "css-risk").await;
    fill_pass(&page, "huawei-temporary", TEMPORARY[1].pass).await;
    secrets.extend([secret, token].into_iter().flat_map(forms));
    submit(&page).await;
    until_seen(&page, "css-risk").await;

    page.click_words(say(Vault::Page)).await;
    page.until_text(".vault .problem", say(Vault::NoCrypto)).await;
    page.until("all are held", "document.querySelectorAll('.held-keys li').length === 4").await;
    let left = left_behind(&page).await;
    assert!(!secrets.iter().any(|secret| left.contains(secret)), "a secret is left behind");
    let stored: Value = page.run_async(STORED).await;
    assert!(!stored["databases"].to_string().contains("vault"), "{stored}");

    page.click_words(say(Vault::ForgetAll)).await;
    page.click_words(say(Vault::ForgetYes)).await;
    page.until_text(".empty", "Nothing is watched yet.").await;
    page.listen().await;
    if page.browser.shows_memory() {
        let places = Held::by(&page.driver).await.places_of(&secrets);
        assert!(places.is_empty(), "{places:#?}");
    }
    let nothing = json!({
        "databases": [], "caches": [], "files": [], "workers": 0, "cookies": "", "local": [], "session": [],
    });
    assert_eq!(page.run_async::<Value>(STORED).await, nothing);
    let searched: Vec<&str> = secrets.iter().map(String::as_str).collect();
    let kept = page.close_and_search(Network::Sound, &searched).await;
    assert_eq!(kept, Vec::<String>::new(), "the browser has written a secret to its profile");
}
