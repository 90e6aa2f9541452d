//! What a woken person must be able to rely on, each scenario as that person lives through it.

use rollwatch_core::model::Span;
use rollwatch_core::view::words::{Chart, Findings, Lang};
use rollwatch_sim::Fault;

use crate::support::{
    Fleet, Host, Network, Page, Seen, Setup, World, card, fleet, selector, texts, until_card,
};

/// Notes every sentence that is spoken to a screen reader from now on.
const LISTEN: &str = "
    window.spoken = [];
    for (const part of document.querySelectorAll('body > [aria-live], body > * > [aria-live]')) {
        new MutationObserver(() => {
            if (part.textContent) window.spoken.push(part.textContent);
        }).observe(part, { childList: true, characterData: true, subtree: true });
    }";

async fn open(world: &World, name: &str) -> Page {
    let page = Page::open(world, &fleet::link(name)).await;
    page.until("its answer is there", "document.querySelector('details pre.raw')").await;
    page
}

/// Lets the clouds' time pass in steps below what a vendor lets a clock be off, with an answer after each. What
/// the card says after each step is handed to `look`, which says when it has seen enough.
async fn pass(world: &World, page: &Page, name: &str, step: Span, mut look: impl FnMut(&Seen) -> bool) {
    for _ in 0..400 {
        let asked = world.asked();
        world.advance(step);
        // Two answers: the first may have been on its way when the clock was put forward.
        while world.asked() < asked + 2 {
            page.until("the page is there", "document.querySelector('.card')").await;
        }
        if look(&card(page, name).await) {
            return;
        }
    }
    panic!("{name} never came so far: {:#?}", card(page, name).await);
}

/// Words without their repetitions.
fn add_once(words: &mut Vec<String>, word: &str) {
    if words.last().is_none_or(|last| last != word) {
        words.push(word.to_owned());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_2_a_green_summary_is_not_believed() {
    let world = World::still(&["events-prod"]).await;
    let page = Page::open(&world, "").await;
    let card = until_card(&page, "events-prod", "card.impact !== ''").await;
    assert_eq!(card.kind, "Rolling restart");
    assert!(!["Done", "Idle"].contains(&card.word.as_str()), "{card:#?}");
    assert!(card.impact.starts_with("0 of 3 brokers operating"), "{card:#?}");
    assert!(card.badges.contains(&"≠ summary and details disagree".to_owned()), "{card:#?}");
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_3_a_silent_stall_is_told_once_at_each_turn_and_its_end_is_logged() {
    let world = World::watching(&["ses-node-paused"]).await;
    let page = Page::open(&world, "").await;
    until_card(&page, "ses-node-paused", "card.word === 'Running'").await;
    page.run::<()>(LISTEN).await;
    let mut words = vec!["Running".to_owned()];
    pass(&world, &page, "ses-node-paused", Span::seconds(160), |card| {
        add_once(&mut words, &card.word);
        if ["Slow", "Stalled"].contains(&card.word.as_str()) {
            assert!(card.since.starts_with("for "), "since when nothing changed: {card:#?}");
            assert!(card.basis.starts_with("no change for "), "{card:#?}");
        }
        words.len() >= 3 && !["Slow", "Stalled"].contains(&card.word.as_str())
            || words.len() > 3 && card.basis.starts_with("past the estimate")
    })
    .await;
    assert_eq!(words[..3], ["Running", "Slow", "Stalled"], "{words:?}");
    let spoken: Vec<String> = page.read("window.spoken").await;
    for word in ["Slow", "Stalled"] {
        let times = spoken.iter().filter(|text| text.ends_with(word)).count();
        let wanted = words.iter().filter(|seen| *seen == word).count();
        assert_eq!(times, wanted, "“{word}” is said once for each time that it becomes so: {spoken:?}");
    }
    page.click(&format!("{} h3 a", selector("ses-node-paused"))).await;
    page.until_text(".cluster section li", "Nothing changed for 1 h ").await;
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_3_a_data_migration_has_its_own_longer_limit() {
    let world = World::watching(&["css-five-hours"]).await;
    let page = Page::open(&world, "").await;
    until_card(&page, "css-five-hours", "card.word === 'Slow'").await;
    // Long after any other step would be called stalled.
    pass(&world, &page, "css-five-hours", Span::minutes(12), |card| {
        assert_eq!(card.word, "Slow", "{card:#?}");
        assert!(card.basis.contains("the vendor's own limit is 2 d 0 h"), "{card:#?}");
        card.since.starts_with("for 3 h")
    })
    .await;
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_4_not_started_is_not_running_and_a_zone_that_was_assumed_can_be_changed() {
    let world = World::still(&["search-prod"]).await;
    // Without the list of nodes nothing tells in which zone the vendor writes.
    world.clouds.set_fault(fleet::cluster("search-prod").id, Some(Fault::PermissionLists));
    let page = open(&world, "search-prod").await;
    page.until_text(".banner", "2 done, 1 active, 5 waiting").await;
    let groups = "document.querySelectorAll('.banner .strip .starts-group').length";
    assert_eq!(page.read::<usize>(groups).await, 2, "masters, managers and data nodes stand apart");
    page.until_text(".change", "2.14.0 → 2.15.0").await;
    page.until_text(".findings li", &Lang::En.fill(Findings::AssumedZone, &["UTC+09:00"])).await;
    page.choose("#account-zone", "0").await;
    page.until_text(".findings li", &Lang::En.fill(Findings::ChosenZone, &["UTC"])).await;
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_6_six_days_and_the_last_hour_are_both_readable() {
    let world = World::still(&["css-six-days"]).await;
    let page = open(&world, "css-six-days").await;
    page.until_text(".banner", "1 done, 1 active, 1 waiting").await;
    page.until_text(".gantt", &Lang::En.fill(Chart::NotReportedFor, &["5 d 22 h"])).await;
    page.click_words("Timeline as a table").await;
    page.until_text(".time-table td", "steps 1 to 11 are not listed").await;

    let span = || async { page.text(".gantt-controls .span").await };
    let whole = span().await;
    page.run::<()>("document.querySelector('.gantt').focus()").await;
    page.press("h").await;
    page.until(
        "the last hour is shown",
        &format!(
            "document.querySelector('.gantt-controls .span').textContent !== {}",
            serde_json::json!(whole)
        ),
    )
    .await;
    let pressed = texts(&page, ".gantt-controls [aria-pressed=true]").await;
    assert_eq!(pressed, ["Last hour"]);
    page.until_text(".gantt-controls [aria-live]", &span().await).await;
    page.press("0").await;
    page.until(
        "the whole run is shown",
        &format!(
            "document.querySelector('.gantt-controls .span').textContent === {}",
            serde_json::json!(whole)
        ),
    )
    .await;
    page.close(Network::Sound).await;
}

/// While this runs, the page does nothing, as when a device sleeps.
const SLEEP: &str = "const until = performance.now() + 3000; while (performance.now() < until) {}";

#[tokio::test(flavor = "multi_thread")]
async fn scenario_9_sleep_a_lost_network_and_an_ended_key_have_three_causes_and_are_never_green() {
    // A minute of the page's clock passes in a second, so three seconds are a long sleep.
    let setup = Setup {
        fleet: Fleet::Of(&["search-prod", "css-orders", "holo-orders"]),
        speed: 60.0,
        page_speed: 60.0,
        host: Host::Files,
        ..Setup::default()
    };
    let world = World::start(setup).await;
    let page = Page::open(&world, "").await;
    for name in ["search-prod", "css-orders", "holo-orders"] {
        until_card(&page, name, "card.word === 'Running'").await;
    }

    // The device sleeps. What the cards say when it wakes is gone with the first answers, so it is noted.
    page.run::<()>(
        "window.woke = [];
         const note = () => document.querySelectorAll('.card').forEach((card) => {
             const trouble = card.querySelector('.trouble')?.textContent;
             if (trouble) window.woke.push([card.querySelector('strong').textContent,
                 card.querySelector('.last')?.textContent ?? '', trouble]);
         });
         new MutationObserver(note).observe(document.querySelector('.cards'),
             { subtree: true, childList: true, characterData: true });",
    )
    .await;
    let asked = world.asked();
    page.run::<()>(SLEEP).await;
    let slept = "window.woke.find((said) => said[2].includes('this device slept, or the browser suspended the page'))";
    page.until("the page says that it slept", slept).await;
    let slept: (String, String, String) = page.read(slept).await;
    assert_eq!((slept.0.as_str(), slept.1.as_str()), ("Cannot see", "last seen: Running"), "never green");
    until_card(&page, "css-orders", "card.word !== 'Cannot see'").await;
    // One poll of each cluster on waking, and the one of the next second at most: no burst.
    assert!(world.asked() <= asked + 9, "{} requests", world.asked() - asked);

    // The key is over.
    world.clouds.set_fault(fleet::cluster("holo-orders").id, Some(Fault::KeyExpired));
    let over = until_card(&page, "holo-orders", "card.word === 'Cannot see'").await;
    assert!(over.trouble.contains("The temporary key has expired."), "{over:#?}");
    assert_eq!(over.last, "last seen: Running");
    assert_ne!(over.trouble, slept.2);

    // The network is lost.
    world.lose_proxy();
    let lost = until_card(&page, "css-orders", "card.word === 'Cannot see'").await;
    assert!(!lost.trouble.is_empty() && lost.trouble != slept.2 && lost.trouble != over.trouble, "{lost:#?}");
    assert!(lost.class.contains("stale"), "the card is hatched: {lost:#?}");
    assert_eq!(lost.last, "last seen: Running");

    // The sleep is a stretch of its own on the cluster's page.
    page.click(&format!("{} h3 a", selector("search-prod"))).await;
    page.click_words("Timeline as a table").await;
    page.until_text(".time-table", "the device slept or the browser paused the page").await;
    page.close(Network::Fails).await;
}
