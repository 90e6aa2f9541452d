//! Credentials of every kind: each opens a cluster, ends, is replaced by a fresh one, and is left nowhere.

use rollwatch_core::model::Span;
use rollwatch_core::view::words::{Card, Errors, Keys, Lang};
use rollwatch_sim::{Account, Pass, TEMPORARY, account_of};

use crate::support::{
    Fleet, Network, Page, Setup, World, fill_cluster, fill_key, fill_pass, fleet, left_behind, note_console,
    problem, selector, submit,
};

/// A credential that ends.
#[derive(Debug, Clone, Copy)]
struct Ending {
    /// The cluster that it opens here.
    cluster: &'static str,
    /// A name of the person's own.
    account: &'static str,
    pass: Pass,
}

fn ending() -> [Ending; 4] {
    let [naver, huawei, token, _, alibaba] = TEMPORARY.map(|temporary| temporary.pass);
    let key = |cluster, account, pass| Ending { cluster, account, pass };
    [
        key("search-prod", "naver-sts", naver),
        key("css-orders", "huawei-temporary", huawei),
        key("css-risk", "huawei-token", token),
        key("holo-orders", "alibaba-sts", alibaba),
    ]
}

/// Whatever of a credential nobody else may see.
fn secrets(pass: Pass) -> Vec<&'static str> {
    match pass {
        Pass::Key { access_key_id, secret, security_token } => {
            [Some(access_key_id), Some(secret), security_token].into_iter().flatten().collect()
        }
        Pass::AuthToken(token) => vec![token],
    }
}

/// Adds a cluster with a new key in the form.
async fn add(world: &World, page: &Page, key: Ending) {
    page.go(&format!("{}#/add", world.page)).await;
    fill_cluster(page, key.cluster).await;
    if page.count("#held").await > 0 {
        page.choose("#held", "").await;
    }
    fill_pass(page, key.account, key.pass).await;
    submit(page).await;
    page.until_text(".banner .origin", fleet::cluster(key.cluster).region).await;
}

async fn open(world: &World, page: &Page, name: &str) {
    page.go(&format!("{}{}", world.page, fleet::link(name))).await;
    page.until_text(".banner .origin", fleet::cluster(name).region).await;
}

/// Types a key that lasts into the form, for the account that it shows.
async fn fill_fresh(page: &Page, name: &str) {
    let account: &Account = account_of(fleet::cluster(name)).expect("every cluster has an account");
    page.choose("#key-kind", "long-lived").await;
    page.fill("#access-key", account.access_key_id).await;
    page.fill("#secret", account.secret).await;
}

async fn assert_leaves_none(page: &Page, texts: &[&str]) {
    let left = left_behind(page).await;
    assert!(!texts.iter().any(|text| left.contains(text)), "a part of a credential is left behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_credential_opens_a_cluster_ends_and_is_replaced_by_a_fresh_one() {
    // The vendors take temporary credentials for twelve hours.
    let age = Span::minutes(12 * 60 - 2);
    let setup = Setup { fleet: Fleet::Empty, speed: 1.0, age, ..Setup::default() };
    let world = World::start(setup).await;
    let page = Page::open(&world, "#/add").await;
    note_console(&page).await;
    let all: Vec<&str> = ending().into_iter().flat_map(|key| secrets(key.pass)).collect();
    for key in ending() {
        add(&world, &page, key).await;
        page.until("it is seen", "!document.querySelector('.banner.tone-asking, .banner .trouble')").await;
        assert_leaves_none(&page, &all).await;
    }

    world.advance(Span::minutes(3));
    for Ending { cluster, account, .. } in ending() {
        open(&world, &page, cluster).await;
        page.click_words("Ask now").await;
        for sentence in [Errors::KeyExpired, Errors::KeyExpiredDo] {
            page.until_text(".banner .trouble", Lang::En.say(sentence)).await;
        }
        page.until_text(".banner .trust", Lang::En.say(Card::StoppedAsking)).await;
        let prefilled: String = page.read("document.querySelector('#account').value").await;
        assert_eq!(prefilled, account, "a fresh key of the same account is asked for");
        assert_leaves_none(&page, &all).await;

        fill_fresh(&page, cluster).await;
        submit(&page).await;
        page.until("it is seen again", "!document.querySelector('.banner .trouble, #secret')").await;
    }
    assert_leaves_none(&page, &all).await;
    let watched = format!("\"{}\"", fleet::cluster("search-prod").id);
    let searched: Vec<&str> = all.into_iter().chain([watched.as_str()]).collect();
    let kept = page.close_and_search(Network::Fails, &searched).await;
    assert_eq!(kept, [watched], "the browser has written a part of a credential to its profile");
}

/// The page's clock jumps, as that of a device does that slept.
async fn sleep_for(page: &Page, hours: u32) {
    page.run::<()>(&format!(
        // A driver's script may have a `Date` of its own.
        "const {{ Date }} = window;
         const real = Date.now.bind(Date);
         Date.now = () => real() + {hours} * 3600 * 1000;"
    ))
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_with_an_end_is_not_used_after_it() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    let in_an_hour = world.clouds.clock().now().plus(Span::hours(1)).iso();
    fill_cluster(&page, "search-prod").await;
    fill_pass(&page, "naver-sts", TEMPORARY[0].pass).await;
    page.fill("#valid-until", "soon").await;
    submit(&page).await;
    assert_eq!(problem(&page).await, Lang::En.say(Keys::BadTime));
    page.fill("#valid-until", "2026-01-01T00:00:00Z").await;
    submit(&page).await;
    page.until_text("form .problem", "This key ended at").await;
    assert_eq!(world.asked(), 0, "a key that is over is not even tried");
    page.fill("#valid-until", &in_an_hour).await;
    submit(&page).await;
    page.until_text(".banner .verdict", "Running").await;
    page.click_words("Keys in memory").await;
    page.until_text(".held-keys li", "valid for 59 min, until").await;

    sleep_for(&page, 2).await;
    page.until_text(".masthead, .notice, header", "The key of account “naver-sts” ended at").await;
    page.click(".crumbs a").await;
    let card = selector("search-prod");
    page.until_text(&format!("{card} .trouble"), Lang::En.say(Errors::KeyExpired)).await;
    let asked = world.asked();
    page.click(&format!("{card} h3 a")).await;
    page.click_words("Ask now").await;
    sleep_for(&page, 3).await;
    page.until_text(".banner .trust", "seen 5 h").await;
    assert_eq!(world.asked(), asked, "no request reaches the clouds with a key that is over");

    fill_key(&page, "search-prod").await;
    submit(&page).await;
    page.until("it is seen again", "!document.querySelector('.banner .trouble, #secret')").await;
    page.until_text(".notice", "behind this device's; requests are signed in its time").await;
    page.close(Network::Fails).await;
}
