//! Keys that are remembered, locked, forgotten, and found nowhere.

use rollwatch_core::view::words::{Lang, Vault};
use serde_json::{Value, json};

use crate::access::check;
use crate::support::{
    Network, Page, World, fill_cluster, fill_key, fleet, forms, left_behind, note_console, problem, submit,
};

pub const PASSPHRASE: &str = "correct horse battery staple";

fn say(word: Vault) -> &'static str {
    Lang::En.say(word)
}

/// Adds a cluster with its key and remembers the key in a vault, which is made if there is none.
pub async fn remember(world: &World, page: &Page, name: &str) -> &'static str {
    page.go(&format!("{}#/add", world.page)).await;
    fill_cluster(page, name).await;
    if page.count("#held").await > 0 {
        page.choose("#held", "").await;
    }
    let account = fill_key(page, name).await;
    ask_to_remember(page).await;
    submit(page).await;
    until_seen(page, name).await;
    account.secret
}

/// Has the form remember its key, in a vault that is made if there is none.
pub async fn ask_to_remember(page: &Page) {
    if !page.read::<bool>("document.querySelector('#remember').checked").await {
        page.click("#remember").await;
    }
    if page.count("#new-passphrase").await > 0 {
        page.fill("#new-passphrase", PASSPHRASE).await;
        page.fill("#again", PASSPHRASE).await;
    }
}

pub async fn until_seen(page: &Page, name: &str) {
    page.until_text(".banner .origin", fleet::cluster(name).region).await;
    page.until("it is seen", "!document.querySelector('.banner.tone-asking, .banner .trouble')").await;
}

pub async fn unlock(page: &Page, passphrase: &str) {
    if page.count("#unlock").await == 0 {
        page.click_words(say(Vault::UnlockVault)).await;
    }
    page.fill("#unlock", passphrase).await;
    page.click(".notice .unlock button").await;
}

pub async fn until_locked(page: &Page) {
    page.until_text(".banner .trouble, .card .trouble", say(Vault::CardLocked)).await;
}

/// Puts the clock of this window forward, as that of a device that slept, or of one that waits.
pub async fn put_forward(page: &Page, seconds: u32) {
    page.run::<()>(&format!(
        "const {{ Date }} = window;
         const before = Date.now.bind(Date);
         Date.now = () => before() + {seconds} * 1000;"
    ))
    .await;
}

/// Panics when a secret is anywhere that a page leaves something, or in the module's memory.
async fn assert_nowhere(page: &Page, secrets: &[String]) {
    let left = left_behind(page).await;
    assert!(!secrets.iter().any(|secret| left.contains(secret)), "a secret is left behind");
    if page.browser.shows_memory() {
        let script = format!(
            "const done = arguments[0];
             const address = document.querySelector('link[rel=modulepreload]').href;
             import(address).then((module) => module.default()).then((wasm) => {{
                 const memory = new TextDecoder('latin1').decode(wasm.memory.buffer);
                 done({{
                     found: {}.filter((text) => memory.includes(text)).length,
                     canary: memory.includes('x-ncp-apigw-timestamp'),
                 }});
             }});",
            json!(secrets)
        );
        let seen: Value = page.run_async(&script).await;
        assert_eq!(seen, json!({ "found": 0, "canary": true }), "secrets in the module's memory");
    }
}

/// Notes every key that the browser makes for the page from now on, and whether any was asked to show itself.
const NOTE_KEYS: &str = "window.made = []; window.shown = 0;
    const all = SubtleCrypto.prototype;
    for (const name of ['importKey', 'deriveKey', 'unwrapKey', 'generateKey']) {
        const make = all[name];
        all[name] = async function (...given) {
            const key = await make.apply(this, given);
            window.made.push(key);
            return key;
        };
    }
    for (const name of ['exportKey', 'wrapKey', 'deriveBits']) {
        const show = all[name];
        all[name] = function (...given) { window.shown += 1; return show.apply(this, given); };
    }";

/// Panics when the page has a key that could be read or wrapped, or has made none.
async fn assert_keys_show_nothing(page: &Page, algorithms: &[&str]) {
    let script = "const done = arguments[0];
        const [made, shown] = [[...window.made], window.shown];
        const { subtle } = crypto;
        const told = (attempt) => attempt.then(() => 'shown', () => 'kept');
        const attempts = async (key, by) => [key.algorithm.name, key.extractable, ...await Promise.all([
            told(subtle.exportKey('raw', key)), told(subtle.exportKey('jwk', key)),
            told(subtle.wrapKey('raw', key, by, { name: 'AES-GCM', iv: new Uint8Array(12) })),
        ])];
        Promise.all([
            subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['wrapKey']),
            subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign']),
        ]).then(async ([by, legible]) => {
            const tried = await Promise.all([legible, ...made].map((key) => attempts(key, by)));
            [window.made, window.shown] = [[], shown];
            done({ tried, shown });
        });";
    let found: Value = page.run_async(script).await;
    assert_eq!(found["shown"], 0, "no key is asked to show itself");
    let tried = found["tried"].as_array().expect("a list");
    let legible = json!(["HMAC", true, "shown", "shown", "shown"]);
    assert_eq!(tried[0], legible, "a key that can be read is");
    let mut made: Vec<&str> = Vec::new();
    for key in &tried[1..] {
        made.extend(key[0].as_str().filter(|name| !made.contains(name)));
        assert_eq!(
            json!(key.as_array().map(|key| &key[1..])),
            json!([false, "kept", "kept", "kept"]),
            "{key}"
        );
    }
    made.sort_unstable();
    assert_eq!(made, algorithms);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_key_that_the_page_makes_can_be_read_by_anybody() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    page.run::<()>(NOTE_KEYS).await;
    fill_cluster(&page, "search-prod").await;
    fill_key(&page, "search-prod").await;
    submit(&page).await;
    until_seen(&page, "search-prod").await;
    assert_keys_show_nothing(&page, &["HMAC"]).await;
    remember(&world, &page, "css-orders").await;
    assert_keys_show_nothing(&page, &["AES-GCM", "HMAC", "PBKDF2"]).await;
    page.reload().await;
    page.run::<()>(NOTE_KEYS).await;
    until_locked(&page).await;
    unlock(&page, PASSPHRASE).await;
    until_seen(&page, "css-orders").await;
    assert_keys_show_nothing(&page, &["AES-GCM", "HMAC", "PBKDF2"]).await;
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_remembered_key_opens_after_a_reload_with_the_passphrase_and_is_found_nowhere() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    note_console(&page).await;
    let mut secrets = Vec::new();
    for name in ["search-prod", "css-orders", "holo-orders"] {
        secrets.extend(forms(remember(&world, &page, name).await));
        assert_nowhere(&page, &secrets).await;
    }
    secrets.push(PASSPHRASE.to_owned());
    assert_nowhere(&page, &secrets).await;

    page.go(&format!("{}#/", world.page)).await;
    page.reload().await;
    until_locked(&page).await;
    page.until("all three are locked", "document.querySelectorAll('.card .trouble').length === 3").await;
    let asked = world.asked();
    unlock(&page, "correct horse battery stapler").await;
    page.until_text(".unlock .problem", say(Vault::Wrong)).await;
    page.until("the next try waits", "document.querySelector('.unlock .wait')").await;
    assert!(page.read::<bool>("document.querySelector('.notice .unlock button').disabled").await);
    page.until("the wait is over", "!document.querySelector('.unlock .wait')").await;
    assert_eq!(world.asked(), asked, "nothing is asked while it is locked");
    unlock(&page, PASSPHRASE).await;
    page.until("all three are seen", "!document.querySelector('.card .trouble, .card.tone-asking')").await;
    assert_nowhere(&page, &secrets).await;
    let searched: Vec<&str> = secrets.iter().map(String::as_str).collect();
    let kept = page.close_and_search(Network::Sound, &searched).await;
    assert_eq!(kept, Vec::<String>::new(), "the browser has written a secret to its profile");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_not_remembered_is_found_nowhere_and_gone_after_a_reload() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    note_console(&page).await;
    fill_cluster(&page, "search-prod").await;
    let account = fill_key(&page, "search-prod").await;
    submit(&page).await;
    until_seen(&page, "search-prod").await;
    assert_nowhere(&page, &forms(account.secret)).await;
    page.reload().await;
    page.until_text(".banner .trouble", "No key for this account is in memory").await;
    assert_eq!(page.count("#secret").await, 1, "it is asked for again");
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_passphrase_is_said_before_anything_is_asked() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    fill_cluster(&page, "search-prod").await;
    let account = fill_key(&page, "search-prod").await;
    page.click("#remember").await;
    page.fill("#new-passphrase", "too short").await;
    submit(&page).await;
    assert_eq!(problem(&page).await, say(Vault::TooShort));
    page.fill("#new-passphrase", PASSPHRASE).await;
    page.fill("#again", "correct horse battery").await;
    submit(&page).await;
    page.until_text("form .problem", say(Vault::Different)).await;
    assert_eq!(world.asked(), 0);
    let typed: usize = page.read("document.querySelector('#secret').value.length").await;
    assert_eq!(typed, account.secret.len(), "nothing has to be typed again but what was wrong");
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_locks_in_every_tab_on_demand_and_in_one_that_slept_or_was_left_alone() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    remember(&world, &page, "search-prod").await;
    let [first, second] = page.go_beside(&format!("{}#/", world.page)).await;
    unlock(&page, PASSPHRASE).await;
    page.until_text(".masthead button", say(Vault::LockNow)).await;
    page.click_words(say(Vault::LockNow)).await;
    page.enter(&first).await;
    until_locked(&page).await;

    unlock(&page, PASSPHRASE).await;
    until_seen(&page, "search-prod").await;
    put_forward(&page, 3 * 3600).await;
    page.until_text(".notice", say(Vault::LockedSleep)).await;
    page.enter(&second).await;
    page.until_text(".masthead button", say(Vault::UnlockVault)).await;
    page.enter(&first).await;
    until_locked(&page).await;

    unlock(&page, PASSPHRASE).await;
    until_seen(&page, "search-prod").await;
    page.click_words(say(Vault::Page)).await;
    page.choose("#idle", "15m").await;
    for _ in 0..10 {
        put_forward(&page, 95).await;
        // Its turn comes once a second: less than two minutes pass between two of them.
        page.run_async::<Value>("setTimeout(() => arguments[0](null), 1100)").await;
    }
    page.until_text(".notice", say(Vault::LockedIdle)).await;
    // A request that is signed at another time than the clouds' is refused once.
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_passphrase_opens_and_the_old_one_does_not() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    remember(&world, &page, "search-prod").await;
    page.click_words(say(Vault::Page)).await;
    page.click_words(say(Vault::Change)).await;
    page.fill("#old-passphrase", PASSPHRASE).await;
    page.fill("#new-passphrase", "another long passphrase").await;
    page.fill("#again", "another long passphrase").await;
    page.click(".vault details button").await;
    page.until_text(".vault", say(Vault::Changed)).await;
    page.go(&format!("{}{}", world.page, fleet::link("search-prod"))).await;
    page.reload().await;
    until_locked(&page).await;
    unlock(&page, PASSPHRASE).await;
    page.until_text(".unlock .problem", say(Vault::Wrong)).await;
    page.until("the wait is over", "!document.querySelector('.unlock .wait')").await;
    unlock(&page, "another long passphrase").await;
    until_seen(&page, "search-prod").await;
    page.close(Network::Sound).await;
}

/// Everything that a script can read of what this origin has stored.
pub const STORED: &str = "const done = arguments[0];
    Promise.all([indexedDB.databases(), window.caches?.keys() ?? [],
                 navigator.storage?.getDirectory?.().then(async (folder) => {
                     const names = [];
                     for await (const name of folder.keys()) names.push(name);
                     return names;
                 }).catch(() => []) ?? [],
                 navigator.serviceWorker?.getRegistrations() ?? []])
        .then(([databases, caches, files, workers]) => done({
            databases: databases.map(({ name }) => name), caches, files, workers: workers.length,
            cookies: document.cookie,
            local: Object.keys(localStorage), session: Object.keys(sessionStorage),
        }));";

/// No page of today stores anything in a cache, so one is filled by hand.
const LEFT_BY_AN_OLDER_PAGE: &str = "const done = arguments[0];
    caches.open('rollwatch-files').then((cache) => cache.put('/list', new Response('a list'))).then(() => done(null));";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_forgotten_is_gone_from_memory_vault_and_every_tab() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    remember(&world, &page, "search-prod").await;
    remember(&world, &page, "css-orders").await;
    page.click_words(say(Vault::Page)).await;
    page.until("two keys are held", "document.querySelectorAll('.held-keys li').length === 2").await;
    page.click(".held-keys li button").await;
    page.until("one key is held", "document.querySelectorAll('.held-keys li').length === 1").await;
    page.reload().await;
    page.until("one key is locked", "document.querySelectorAll('.vault ul li').length === 1").await;
    page.fill("#unlock-here", PASSPHRASE).await;
    page.click(".vault .unlock button").await;
    page.until("one key is held", "document.querySelectorAll('.held-keys li').length === 1").await;

    page.choose("#lang", "ko").await;
    page.choose("#lang", "en").await;
    let [first, second] = page.go_beside(&format!("{}#/", world.page)).await;
    page.until("both clusters are there", "document.querySelectorAll('.card').length === 2").await;
    page.enter(&first).await;
    page.run_async::<Value>(LEFT_BY_AN_OLDER_PAGE).await;
    let before: Value = page.run_async(STORED).await;
    assert_eq!(before["caches"], json!(["rollwatch-files"]), "{before}");
    page.click_words(say(Vault::ForgetAll)).await;
    page.until_text(".forget .problem", "the watch list (2 clusters)").await;
    page.click_words(say(Vault::ForgetYes)).await;
    for window in [&second, &first] {
        page.enter(window).await;
        page.until_text(".empty", "Nothing is watched yet.").await;
        page.listen().await;
    }
    // Whatever a page stores of itself, it has stored by then.
    page.run_async::<Value>("setTimeout(() => arguments[0](null), 1500)").await;
    let nothing = json!({
        "databases": [], "caches": [], "files": [], "workers": 0, "cookies": "", "local": [], "session": [],
    });
    assert_eq!(page.run_async::<Value>(STORED).await, nothing);
    page.reload().await;
    page.until_text(".empty", "Nothing is watched yet.").await;
    assert_eq!(page.run_async::<Value>(STORED).await, nothing);
    remember(&world, &page, "search-prod").await;
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_of_the_vault_is_without_fault_and_fits_a_phone() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    page.resize(390, 844).await;
    page.click("#remember").await;
    fits(&page, "a new passphrase").await;
    remember(&world, &page, "search-prod").await;
    page.click_words(say(Vault::Page)).await;
    page.click_words(say(Vault::Change)).await;
    page.click_words(say(Vault::ForgetAll)).await;
    fits(&page, "an open vault").await;
    page.click_words(say(Vault::LockNow)).await;
    page.click_words(say(Vault::DeleteVault)).await;
    page.fill("#unlock-here", "not the passphrase").await;
    page.click(".vault .unlock button").await;
    page.until_text(".vault .problem", say(Vault::Wrong)).await;
    fits(&page, "a locked vault").await;
    page.go(&format!("{}{}", world.page, fleet::link("search-prod"))).await;
    until_locked(&page).await;
    // What asks for the passphrase is reached from where it is missed, and has the focus.
    page.click(".banner .trouble button").await;
    page.until("the field has the focus", "document.activeElement.id === 'unlock'").await;
    fits(&page, "a locked cluster").await;
    page.close(Network::Sound).await;
}

/// Panics where axe finds a fault, in light and dark, and where the page scrolls sideways.
async fn fits(page: &Page, what: &str) {
    for theme in ["light", "dark"] {
        page.choose(".choices select:last-of-type", theme).await;
        check(page, &format!("{what}, {theme}")).await;
        let wide: bool = page.read("document.documentElement.scrollWidth > innerWidth").await;
        assert!(!wide, "{what} scrolls sideways");
        if let Some(folder) = std::env::var_os("ROLLWATCH_LOOK") {
            let height: u32 = page.read("document.documentElement.scrollHeight").await;
            page.resize(390, height).await;
            let picture = page.driver.screenshot_as_png().await.expect("a picture");
            let path = std::path::Path::new(&folder).join(format!("{what}-{theme}.png"));
            std::fs::write(path, picture).expect("a picture is written");
            page.resize(390, 844).await;
        }
    }
}
