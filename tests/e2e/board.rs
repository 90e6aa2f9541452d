//! The board at a glance: what is seen without a click.

use std::collections::BTreeMap;

use rollwatch_core::model::OperationKind;
use rollwatch_core::view::words::{Card, Lang};
use rollwatch_core::view::{operation_name, place_name, provider_name, service_name};
use rollwatch_sim::CLUSTERS;

use crate::support::{Network, Page, Seen, World, card, cards, until_all_answered};

/// How many nodes each cluster of the demo reports. The pre-checks and what cannot be seen report none.
const NODES: [(&str, usize); CLUSTERS.len()] = [
    ("search-prod", 8),
    ("catalog-sgn", 12),
    ("logs-jpn", 8),
    ("orders-kr", 6),
    ("archive-krs", 8),
    ("audit-gov", 8),
    ("ledger-search", 6),
    ("events-prod", 6),
    ("clicks-sgn", 7),
    ("registry-gov", 8),
    ("payments-kraft", 11),
    ("metrics-kr", 0),
    ("telemetry-jpn", 0),
    ("css-orders", 5),
    ("css-hk-search", 4),
    ("css-eu-archive", 5),
    ("css-risk", 3),
    ("css-otc-logs", 4),
    ("css-scl-catalog", 3),
    ("css-jnb-feeds", 8),
    ("css-lake", 60),
    ("css-kul-unreachable", 0),
    ("holo-tokyo-limited", 0),
    ("holo-orders", 3),
    ("holo-erp", 3),
    ("holo-sg-features", 1),
    ("holo-fra", 1),
    ("streams-kafka", 10),
    ("css-shop-history", 4),
    ("holo-kul-prepared", 1),
    ("ses-node-retried", 8),
    ("ses-node-paused", 8),
    ("ses-often-upgraded", 6),
    ("kafka-slow-broker", 9),
    ("css-five-hours", 4),
    ("css-node-goes-back", 5),
    ("css-order-changes", 6),
    ("css-terminated", 5),
    ("css-task-retried", 4),
    ("css-six-days", 3),
    ("css-earlier-runs", 5),
    ("css-200-nodes", 200),
    ("holo-rolls-back", 1),
    ("holo-expires-tomorrow", 1),
];

/// The words of all verdicts that the demo shows, the worst first, and whether each needs a person.
const WORDS: [(&str, bool); 15] = [
    ("Failed", true),
    ("Partly failed", true),
    ("Rolling back", true),
    ("Rolled back", true),
    ("Stalled", true),
    ("Cannot see", true),
    ("Done, mixed versions", true),
    ("Slow", false),
    ("Unrecognised", true),
    ("Not possible", false),
    ("Running", false),
    ("Waiting", false),
    ("Possible", false),
    ("Done", false),
    ("Nothing running", false),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_cluster_shows_what_a_woken_person_needs_without_a_click() {
    let world = World::demo().await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    assert_eq!(cards(&page).await.len(), CLUSTERS.len());
    for (name, nodes) in NODES {
        check(name, nodes, &card(&page, name).await);
    }
    page.close(Network::Fails).await;
}

fn check(name: &str, nodes: usize, card: &Seen) {
    let cluster = crate::support::fleet::cluster(name);
    let watch = cluster.watch();
    let provider = cluster.service.provider();
    // What was never seen has no name but its id, and the documented sample of Alibaba has a name of its own.
    let shown = match name {
        "holo-erp" => "ERP instance",
        _ if nodes > 0 => name,
        _ => cluster.id,
    };
    assert_eq!(card.name, shown, "{name}");
    for part in [
        provider_name(Lang::En, provider, cluster.site).to_owned(),
        service_name(Lang::En, cluster.service).to_owned(),
        place_name(Lang::En, &watch),
        watch.account,
    ] {
        assert!(
            card.origin.split(" · ").any(|word| part.split(" · ").any(|p| p == word)),
            "{name}: {}",
            card.origin
        );
        assert!(card.origin.contains(&part), "{name} does not say {part}: {}", card.origin);
    }
    assert!(card.origin.contains(cluster.region), "{name}: {}", card.origin);
    assert_eq!(card.kind, operation_name(Lang::En, cluster.operation), "{name}");
    assert!(
        !card.word.is_empty() && !card.glyph.is_empty() && !card.freshness.is_empty(),
        "{name}: {card:#?}"
    );

    assert_eq!(card.cells.len(), nodes, "{name} has one cell for each node");
    let counted: usize = numbers(&card.counts).iter().sum();
    assert_eq!(counted, nodes, "{name} counts its nodes: {}", card.counts);
    if nodes == 0 {
        return;
    }
    for word in ["done", "active", "waiting"] {
        assert!(card.counts.contains(word), "{name}: {}", card.counts);
    }
    match cluster.operation {
        // Data streaming names no versions in its answer.
        OperationKind::Upgrade if name == "streams-kafka" => assert!(!card.versions.is_empty(), "{name}"),
        OperationKind::Upgrade => assert!(card.versions.contains(" → "), "{name}: {}", card.versions),
        _ => assert_eq!(card.versions, "version unchanged", "{name}"),
    }
    let at_work = |class: &String| class.contains("tone-running") || class.contains("tone-failed");
    if let (true, false) = (card.cells.iter().any(at_work), card.place.is_empty()) {
        let place = numbers(&card.place);
        assert!(place.first().is_some_and(|nth| (1..=nodes).contains(nth)), "{name}: {}", card.place);
    } else {
        assert!(!card.cells.iter().any(at_work), "{name} has a node at work and does not say which");
    }
    if matches!(card.word.as_str(), "Running" | "Stalled" | "Slow") {
        let known = card.elapsed.starts_with("going for ");
        assert!(known || card.elapsed.starts_with("start not reported, seen for "), "{name}: {card:#?}");
        assert!(!card.remaining.is_empty(), "{name}: {card:#?}");
        assert!(!card.impact.is_empty(), "{name}: {card:#?}");
    }
}

/// The whole numbers in a text.
fn numbers(text: &str) -> Vec<usize> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn all_kinds_of_states_are_there_the_worst_first_and_each_with_its_own_shape() {
    let world = World::demo().await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    let cards = cards(&page).await;
    let rank = |card: &Seen| {
        WORDS.iter().position(|(word, _)| *word == card.word).unwrap_or_else(|| panic!("{}", card.word))
    };
    let ranks: Vec<usize> = cards.iter().map(rank).collect();
    assert!(ranks.is_sorted(), "{ranks:?}");
    assert!((0..WORDS.len()).all(|rank| ranks.contains(&rank)), "{ranks:?}");

    let shapes: BTreeMap<&str, &str> = cards.iter().map(|c| (c.glyph.as_str(), c.word.as_str())).collect();
    assert_eq!(shapes.len(), WORDS.len(), "{shapes:#?}");

    let in_need = ranks.iter().filter(|rank| WORDS[**rank].1).count();
    let title = page.driver.title().await.expect("a title");
    assert_eq!(title, format!("{in_need} need attention · Rollwatch"));
    page.close(Network::Fails).await;
}

/// From and to of an upgrade within one version, as the cluster and its task name the images.
const IMAGES: &str = "7.10.2_24.3.2_0422 → 7.10.2_25.9.0_0918";

#[tokio::test(flavor = "multi_thread")]
async fn the_card_of_a_running_upgrade_says_where_it_is_and_how_long_it_takes() {
    let world = World::demo().await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    let seen = card(&page, "css-orders").await;
    let place = "2 of 5: css-orders-ess-esn-2-1 (data), step Node offline, since ";
    assert!(seen.place.starts_with(place), "{}", seen.place);
    assert_eq!(
        (seen.word.as_str(), seen.counts.as_str(), seen.versions.as_str(), seen.elapsed.as_str()),
        ("Running", "1 done, 1 active, 3 waiting", IMAGES, "going for 12 min")
    );
    assert_eq!(seen.impact, "1 of 5 nodes offline; requests to them may fail");
    let tones = ["succeeded", "running", "pending", "pending", "pending"];
    let seen: Vec<&str> = seen.cells.iter().map(|c| c.trim_start_matches("cell tone-")).collect();
    assert_eq!(seen, tones);
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_green_summary_over_restarting_brokers_is_not_shown_as_health() {
    let world = World::demo().await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    let seen = card(&page, "events-prod").await;
    assert_eq!((seen.word.as_str(), seen.impact.as_str()), ("Running", "0 of 3 brokers operating"));
    assert_eq!(seen.badges, [Lang::En.say(Card::Disagrees)]);
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_board_says_what_to_do_first() {
    let world = World::empty().await;
    let page = Page::open(&world, "").await;
    page.until_text(".empty", "Nothing is watched yet.").await;
    page.click(".empty a").await;
    page.until("the form is there", "location.hash === '#/add' && document.querySelector('form')").await;
    assert_eq!(world.asked(), 0, "nothing is asked before there is a key");
    page.close(Network::Sound).await;
}
