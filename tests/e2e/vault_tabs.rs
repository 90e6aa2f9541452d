//! One vault and several tabs, and the vault with keys that end.

use rollwatch_core::model::Span;
use rollwatch_core::view::words::{Lang, Vault};
use rollwatch_sim::{Pass, TEMPORARY};

use crate::support::{
    Held, Network, Page, World, fill_cluster, fill_pass, fleet, forms, left_behind, submit, until_card,
};
use crate::vault::{PASSPHRASE, ask_to_remember, put_forward, remember, unlock, until_locked, until_seen};

fn say(word: Vault) -> &'static str {
    Lang::En.say(word)
}

/// Has a new tab beside this one, with the vault open.
async fn open_beside(world: &World, page: &Page) -> [thirtyfour::WindowHandle; 2] {
    let tabs = page.go_beside(&format!("{}#/", world.page)).await;
    unlock(page, PASSPHRASE).await;
    page.until_text(".masthead button", say(Vault::LockNow)).await;
    tabs
}

async fn until_held(page: &Page, count: usize) {
    let held = format!("document.querySelectorAll('.held-keys li').length === {count}");
    page.until(&format!("{count} keys are held"), &held).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_forgotten_in_one_tab_is_forgotten_in_the_other() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    remember(&world, &page, "search-prod").await;
    remember(&world, &page, "css-orders").await;
    let [first, second] = open_beside(&world, &page).await;
    page.click_words(say(Vault::Page)).await;
    until_held(&page, 2).await;

    page.enter(&first).await;
    page.click_words(say(Vault::Page)).await;
    until_held(&page, 2).await;
    page.click(".held-keys li button").await;
    until_held(&page, 1).await;
    page.enter(&second).await;
    until_held(&page, 1).await;

    // It does not come back out of the vault.
    page.click_words(say(Vault::LockNow)).await;
    until_held(&page, 0).await;
    page.fill("#unlock-here", PASSPHRASE).await;
    page.click(".vault .unlock button").await;
    until_held(&page, 1).await;
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_passphrase_locks_the_other_tab_which_takes_the_new_one_only() {
    const ANOTHER: &str = "another long passphrase";
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    remember(&world, &page, "search-prod").await;
    let [first, second] = open_beside(&world, &page).await;

    page.enter(&first).await;
    page.click_words(say(Vault::Page)).await;
    page.click_words(say(Vault::Change)).await;
    for (field, text) in [("#old-passphrase", PASSPHRASE), ("#new-passphrase", ANOTHER), ("#again", ANOTHER)]
    {
        page.fill(field, text).await;
    }
    page.click(".vault details button").await;
    page.until_text(".vault", say(Vault::Changed)).await;
    until_held(&page, 1).await;

    page.enter(&second).await;
    page.until_text(".masthead button", say(Vault::UnlockVault)).await;
    unlock(&page, PASSPHRASE).await;
    page.until_text(".unlock .problem", say(Vault::Wrong)).await;
    page.until("the wait is over", "!document.querySelector('.unlock .wait')").await;
    unlock(&page, ANOTHER).await;
    page.until_text(".masthead button", say(Vault::LockNow)).await;
    page.click_words(say(Vault::Page)).await;
    until_held(&page, 1).await;
    page.enter(&first).await;
    until_held(&page, 1).await;
    page.close(Network::Sound).await;
}

/// Notes how often this window asks through the proxy from now on.
const NOTE_ASKED: &str = "window.asked = 0;
    const { fetch } = window;
    window.fetch = (...all) => { window.asked += 1; return fetch(...all); };";

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_whose_vault_locks_hands_the_lead_to_one_whose_vault_is_open() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    remember(&world, &page, "search-prod").await;
    page.run::<()>(NOTE_ASKED).await;
    let tabs = page.go_beside(&format!("{}#/", world.page)).await;
    page.run::<()>(NOTE_ASKED).await;
    let [first, second] = &tabs;
    until_card(&page, "search-prod", "card.word === 'Running' && !card.trouble").await;
    unlock(&page, PASSPHRASE).await;
    page.until_text(".masthead button", say(Vault::LockNow)).await;
    page.enter(first).await;
    page.click_words("Ask now").await;
    page.until("the tab that leads asks", "window.asked > 0").await;
    page.enter(second).await;
    assert_eq!(page.read::<usize>("window.asked").await, 0, "an open vault takes no lead away");

    page.enter(first).await;
    put_forward(&page, 3 * 3600).await;
    page.until_text(".notice", say(Vault::LockedSleep)).await;
    let asked: usize = page.read("window.asked").await;
    page.enter(second).await;
    page.until("the open tab asks", "window.asked > 0").await;
    world.advance(Span::minutes(4));
    until_card(&page, "search-prod", "card.counts === '3 done, 1 active, 4 waiting'").await;
    page.enter(first).await;
    page.until_text(".banner", "3 done, 1 active, 4 waiting").await;
    assert_eq!(page.read::<usize>("window.asked").await, asked, "a locked tab asks nothing");
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn temporary_keys_and_a_pasted_token_are_remembered_and_still_end() {
    let [naver, huawei, token, _, alibaba] = TEMPORARY.map(|temporary| temporary.pass);
    let all = [
        ("search-prod", "naver-sts", naver),
        ("css-orders", "huawei-temporary", huawei),
        ("css-risk", "huawei-token", token),
        ("holo-orders", "alibaba-sts", alibaba),
    ];
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    let ends_at = world.clouds.clock().now().plus(Span::hours(2)).iso();
    let mut secrets = forms(PASSPHRASE);
    for (name, account, pass) in all {
        page.go(&format!("{}#/add", world.page)).await;
        fill_cluster(&page, name).await;
        if page.count("#held").await > 0 {
            page.choose("#held", "").await;
        }
        fill_pass(&page, account, pass).await;
        page.fill("#valid-until", &ends_at).await;
        ask_to_remember(&page).await;
        submit(&page).await;
        until_seen(&page, name).await;
        secrets.extend(match pass {
            Pass::Key { secret, security_token, .. } => {
                [Some(secret), security_token].into_iter().flatten().flat_map(forms).collect()
            }
            Pass::AuthToken(token) => forms(token),
        });
    }
    page.go(&format!("{}#/", world.page)).await;
    page.reload().await;
    until_locked(&page).await;
    let left = left_behind(&page).await;
    assert!(!secrets.iter().any(|secret| left.contains(secret)), "a part of a credential is legible");
    if page.browser.shows_memory() {
        let places = Held::by(&page.driver).await.places_of(&secrets);
        assert!(places.is_empty(), "{places:#?}");
    }

    unlock(&page, PASSPHRASE).await;
    page.until("all four are seen", "!document.querySelector('.card .trouble, .card.tone-asking')").await;
    page.click_words(say(Vault::Page)).await;
    until_held(&page, 4).await;
    let ending =
        "[...document.querySelectorAll('.held-keys li')].every((e) => /valid for 1 h/.test(e.textContent))";
    page.until("every end is known", ending).await;
    page.click_words(say(Vault::LockNow)).await;
    until_held(&page, 0).await;
    if page.browser.shows_memory() {
        let places = Held::by(&page.driver).await.places_of(&secrets);
        assert!(places.is_empty(), "locked: {places:#?}");
    }
    page.go(&format!("{}{}", world.page, fleet::link("css-risk"))).await;
    until_locked(&page).await;
    let searched: Vec<&str> = secrets.iter().map(String::as_str).collect();
    let kept = page.close_and_search(Network::Sound, &searched).await;
    assert_eq!(kept, Vec::<String>::new(), "the browser has written a part of a credential to its profile");
}
