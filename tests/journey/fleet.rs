//! The demo's whole fleet: every cluster shows what it is there to show.

use rollwatch_core::assess::Verdict;
use rollwatch_core::model::Span;
use rollwatch_core::view::words::Lang;
use rollwatch_sim::CLUSTERS;

use crate::golden_cards::is_filled;
use crate::text;
use crate::watcher::Watcher;
use crate::world::World;

/// By name, in the order of the fleet.
const SHOWN: [(&str, Verdict); CLUSTERS.len()] = [
    ("search-prod", Verdict::Running),
    ("catalog-sgn", Verdict::Running),
    ("logs-jpn", Verdict::Failed),
    ("orders-kr", Verdict::Unrecognised),
    ("archive-krs", Verdict::Waiting),
    ("audit-gov", Verdict::Stalled),
    ("ledger-search", Verdict::Done),
    ("events-prod", Verdict::Running),
    // All green, and nobody saw it at work: a restart leaves no trace.
    ("clicks-sgn", Verdict::Idle),
    ("registry-gov", Verdict::Failed),
    ("payments-kraft", Verdict::Running),
    ("metrics-kr", Verdict::Passed),
    ("telemetry-jpn", Verdict::Refused),
    ("streams-kafka", Verdict::Running),
    ("css-orders", Verdict::Running),
    ("css-hk-search", Verdict::Running),
    ("css-eu-archive", Verdict::Slow),
    ("css-risk", Verdict::Failed),
    ("css-otc-logs", Verdict::PartlyFailed),
    ("css-scl-catalog", Verdict::Done),
    ("css-jnb-feeds", Verdict::Running),
    ("css-lake", Verdict::Running),
    ("css-kul-unreachable", Verdict::CannotSee),
    ("css-shop-history", Verdict::Running),
    ("holo-tokyo-limited", Verdict::CannotSee),
    ("holo-orders", Verdict::Running),
    ("holo-erp", Verdict::RolledBack),
    ("holo-sg-features", Verdict::Waiting),
    ("holo-fra", Verdict::Done),
    ("holo-kul-prepared", Verdict::Waiting),
    ("ses-node-retried", Verdict::Failed),
    ("ses-node-paused", Verdict::Running),
    ("ses-often-upgraded", Verdict::Running),
    ("kafka-slow-broker", Verdict::Running),
    ("css-five-hours", Verdict::Slow),
    ("css-node-goes-back", Verdict::Running),
    ("css-order-changes", Verdict::Running),
    ("css-terminated", Verdict::DoneMixed),
    ("css-task-retried", Verdict::Failed),
    ("css-six-days", Verdict::Slow),
    ("css-earlier-runs", Verdict::Running),
    ("css-200-nodes", Verdict::Running),
    ("holo-rolls-back", Verdict::RollingBack),
    ("holo-expires-tomorrow", Verdict::Waiting),
];

/// Long enough for every cluster to have been asked, and for a restart that is between two brokers to go on.
const FIRST_ROUND: Span = Span::minutes(2);

#[tokio::test]
async fn every_cluster_of_the_demo_shows_what_it_is_there_to_show() {
    let world = World::new(1).await;
    let mut watcher = Watcher::of_everything(&world);
    watcher.run_for(FIRST_ROUND).await;
    let shown = CLUSTERS.map(|cluster| (cluster.name, watcher.verdict(cluster.id)));
    let differing: Vec<_> = shown.iter().zip(SHOWN).filter(|(shown, wanted)| **shown != *wanted).collect();
    assert!(differing.is_empty(), "shown and wanted: {differing:#?}");
}

#[tokio::test]
async fn every_verdict_but_the_first_moment_is_on_the_board_at_the_start() {
    let shown = |verdict: Verdict| SHOWN.iter().any(|(_, shown)| *shown == verdict);
    let all = [
        Verdict::Failed,
        Verdict::PartlyFailed,
        Verdict::RolledBack,
        Verdict::Stalled,
        Verdict::CannotSee,
        Verdict::DoneMixed,
        Verdict::Slow,
        Verdict::Unrecognised,
        Verdict::Refused,
        Verdict::Running,
        Verdict::Waiting,
        Verdict::Passed,
        Verdict::Done,
        Verdict::Idle,
    ];
    for verdict in all {
        assert!(shown(verdict), "{verdict:?}");
    }
}

#[tokio::test]
async fn the_same_seed_tells_the_same_story() {
    assert_eq!(story(7).await, story(7).await);
}

#[tokio::test]
async fn another_seed_tells_another_story() {
    assert_ne!(story(7).await, story(8).await);
}

/// Every card every five minutes.
async fn story(seed: u64) -> Vec<String> {
    let world = World::new(seed).await;
    let mut watcher = Watcher::new(&world, &["1001", "1101", "2002", "hgpostcn-cn-demo0000001"]);
    let mut told = Vec::new();
    for _ in 0..4 {
        watcher.run_for(Span::minutes(5)).await;
        told.extend(
            watcher.watched.values().map(|watched| text::card(&watcher.card(&watched.watch.cluster))),
        );
    }
    told
}

#[tokio::test]
async fn every_page_is_told_without_a_gap_in_every_language() {
    let world = World::new(1).await;
    let mut watcher = Watcher::of_everything(&world);
    watcher.run_for(Span::minutes(20)).await;
    for (cluster, lang) in CLUSTERS.iter().flat_map(|cluster| Lang::ALL.map(|lang| (cluster, lang))) {
        for words in text::words(&watcher.page(cluster.id, lang)) {
            assert!(!words.trim().is_empty(), "{} {lang:?}: an empty text", cluster.name);
            assert!(!words.contains(['{', '}']), "{} {lang:?}: {words}", cluster.name);
            // Its vendor's own word ends with a question mark.
            assert!(
                is_filled(&words, if cluster.name == "orders-kr" { "?" } else { "" }),
                "{lang:?}: {words}"
            );
        }
    }
}

#[tokio::test]
async fn a_cluster_that_does_not_change_keeps_its_card_but_for_the_ages() {
    let world = World::new(1).await;
    // Failed for half an hour already: nothing is going to happen, and its times stand still.
    let id = "1003";
    let mut watcher = Watcher::new(&world, &[id]);
    watcher.run_for(FIRST_ROUND).await;
    let first = without_ages(&watcher, id);
    for _ in 0..200 {
        watcher.run_polls(id, 1).await;
        assert_eq!(without_ages(&watcher, id), first);
    }
    assert!(watcher.of(id).timeline.transitions().is_empty());
}

fn without_ages(watcher: &Watcher<'_>, id: &str) -> rollwatch_core::view::CardView {
    rollwatch_core::view::CardView {
        since: String::new(),
        place_of_work: None,
        freshness: String::new(),
        ..watcher.card(id)
    }
}
