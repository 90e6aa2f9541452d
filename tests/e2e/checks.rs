//! "Could it start now?": asked when a person presses a button, and never before.

use rollwatch_core::view::words::{Check, Errors, Form, Lang};
use rollwatch_sim::Fault;
use serde::Deserialize;

use crate::support::{Network, Page, World, fill_cluster, fill_key, fleet, submit};

/// What came of a check, as it is seen.
#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Outcome {
    class: String,
    glyph: String,
    word: String,
    text: String,
}

/// The outcomes of the check of a restart and of the check of an upgrade.
const RESTART: &str = ".checks > [role=status] .outcome";
const UPGRADE: &str = ".checks form [role=status]";

async fn open(world: &World, page: &Page, name: &str) {
    page.go(&format!("{}{}", world.page, fleet::link(name))).await;
    page.until_text(".banner h2", name).await;
    page.until("its answer is there", "document.querySelector('details pre.raw')").await;
}

async fn outcome(page: &Page, at: &str, text: &str) -> Outcome {
    page.until_text(at, text).await;
    page.read(&format!(
        "(() => {{
            const e = document.querySelector('{at}');
            return {{ class: e.className, glyph: e.querySelector('.glyph path').getAttribute('d'),
                word: e.querySelector('.verdict').textContent, text: e.textContent }};
        }})()"
    ))
    .await
}

/// How often the clouds were asked whether something could start.
fn asked(world: &World) -> usize {
    world.clouds.requests().iter().filter(|request| request.path.ends_with("PreCheck")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_that_could_start_one_that_could_not_and_no_answer_look_different() {
    let world = World::still(&["clicks-sgn", "events-prod"]).await;
    let page = Page::open(&world, "").await;
    open(&world, &page, "clicks-sgn").await;
    assert_eq!(asked(&world), 0, "nothing is asked before the button is pressed");
    page.click_words(Lang::En.say(Check::Restart)).await;
    let passed = outcome(&page, RESTART, Lang::En.say(Check::Passed)).await;
    assert!(passed.text.contains("Asked at"), "{passed:#?}");
    assert_eq!(asked(&world), 1);

    open(&world, &page, "events-prod").await;
    page.until("the other outcome is gone", &format!("!document.querySelector('{RESTART}')")).await;
    page.click_words(Lang::En.say(Check::Restart)).await;
    let reason = "The cluster is being changed. Try again when it is running.";
    let refused = outcome(&page, RESTART, &Lang::En.fill(Check::Refused, &[reason])).await;

    world.clouds.set_fault(fleet::cluster("events-prod").id, Some(Fault::Permission));
    page.click_words(Lang::En.say(Check::Restart)).await;
    let unseen = outcome(&page, RESTART, Lang::En.say(Errors::Permission)).await;
    for (one, other) in [(&passed, &refused), (&passed, &unseen), (&refused, &unseen)] {
        assert_ne!(one.class, other.class);
        assert_ne!(one.glyph, other.glyph);
        assert_ne!(one.word, other.word);
    }
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upgrade_is_checked_for_the_version_and_the_config_group_that_a_person_names() {
    let world = World::still(&["streams-kafka"]).await;
    let page = Page::open(&world, "").await;
    open(&world, &page, "streams-kafka").await;
    let (target, group) = (Lang::En.say(Check::Target), Lang::En.say(Check::ConfigGroup));
    let missing = |field| Lang::En.fill(Form::Missing, &[field]);
    let named = Lang::En.fill(Check::Version, &["Kafka 2.4.0", "2403005"]);
    page.until_text("#target-version option", &named).await;
    let ask = Lang::En.say(Check::Upgrade);
    page.click_words(ask).await;
    page.until_text(UPGRADE, &missing(target)).await;
    page.choose("#target-version", "2804006").await;
    page.click_words(ask).await;
    page.until_text(UPGRADE, &missing(group)).await;
    assert_eq!(asked(&world), 0, "nothing is asked before it is complete");

    page.fill("#config-group", "12").await;
    page.click_words(ask).await;
    let same = Lang::En.fill(Check::Refused, &["Invalid upgrade Kafka version code"]);
    let same = outcome(&page, &format!("{UPGRADE} .outcome"), &same).await;
    page.choose("#target-version", "3903006").await;
    page.click_words(ask).await;
    let busy = Lang::En.fill(Check::Refused, &["The cluster is being changed"]);
    let busy = outcome(&page, &format!("{UPGRADE} .outcome"), busy.trim_end_matches('.')).await;
    assert_eq!((same.class, same.word), (busy.class, busy.word), "both are refusals");
    assert_eq!(asked(&world), 2);
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upgrade_that_could_start_is_told_from_one_that_lacks_a_snapshot() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    fill_cluster(&page, "images-kr").await;
    fill_key(&page, "images-kr").await;
    submit(&page).await;
    page.until_text(".banner h2", "images-kr").await;
    assert_eq!(page.count("#config-group").await, 0, "the search engine has no config groups");
    let at = format!("{UPGRADE} .outcome");
    page.until_text("#target-version option", "(code 2180)").await;
    page.choose("#target-version", "2180").await;
    page.click_words(Lang::En.say(Check::Upgrade)).await;
    let reason = "There is no snapshot within the last 6 hours.";
    let refused = outcome(&page, &at, &Lang::En.fill(Check::Refused, &[reason])).await;

    open_with_held_key(&page, "ledger-search").await;
    page.until_text("#target-version option", "(code 133)").await;
    page.choose("#target-version", "133").await;
    page.click_words(Lang::En.say(Check::Upgrade)).await;
    let passed = outcome(&page, &at, Lang::En.say(Check::Passed)).await;
    assert_ne!((&passed.class, &passed.glyph), (&refused.class, &refused.glyph));
    page.close(Network::Sound).await;
}

/// Adds a further cluster, of another site and so with a key of its own.
async fn open_with_held_key(page: &Page, name: &str) {
    page.click(".masthead .primary").await;
    fill_cluster(page, name).await;
    page.choose("#held", "").await;
    fill_key(page, name).await;
    submit(page).await;
    page.until_text(".banner h2", name).await;
}
