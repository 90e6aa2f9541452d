//! The clusters that are there for one story, watched over their clock: what the page said at chosen instants, and
//! what had changed since the one before. One golden text for each, under `fixtures/stories`.
//!
//! The reader is in UTC and opens the page when the simulation begins, so that some stories are met half way and
//! then seen once more from their beginning. `ROLLWATCH_BLESS=1` writes the files anew; read what changed as the
//! person would who is woken by it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use rollwatch_core::model::Span;
use rollwatch_core::view::words::Lang;
use rollwatch_core::view::{CardView, Look, PageView};
use rollwatch_sim::clusters;

use crate::text;
use crate::watcher::Watcher;
use crate::world::{START, World};

/// A device sleeps through longer waits and wakes up before the page is read.
const LONGEST_WATCH: Span = Span::hours(3);
const AFTER_WAKING: Span = Span::minutes(5);

/// The name of a cluster, and the minutes after the start at which its page is read.
type Story = (&'static str, &'static [i64]);

const SEARCH_ENGINE: [Story; 3] = [
    // Met while its third node lies failed; the next upgrade begins after 56 minutes.
    ("ses-node-retried", &[1, 5, 8, 35, 66, 69, 78, 104]),
    // The fourth node stands still from before the start until minute 98.
    ("ses-node-paused", &[1, 10, 14, 30, 60, 96, 99, 105, 120]),
    // Upgrades begin after 28 and 68 minutes.
    ("ses-often-upgraded", &[1, 12, 20, 30, 40, 50, 70, 80, 90]),
];

const DATA_STREAMING: [Story; 1] = [
    // The third broker is at work from before the start until minute 10; the next restart begins after 52.
    ("kafka-slow-broker", &[1, 5, 9, 14, 20, 26, 55, 64, 68]),
];

const HUAWEI: [Story; 8] = [
    // The migration ends about minute 269.
    ("css-five-hours", &[1, 60, 120, 180, 260, 275, 290, 300]),
    // The next upgrade begins after 70 minutes, and goes back after 94.
    ("css-node-goes-back", &[1, 5, 12, 20, 40, 90, 94, 97, 112]),
    ("css-order-changes", &[1, 6, 9, 20, 40]),
    ("css-terminated", &[1, 60]),
    // Retried at minute 11; the next upgrade begins after 57 and fails after 71.
    ("css-task-retried", &[1, 10, 13, 20, 42, 69, 76, 93]),
    ("css-six-days", &[1, 30, 120]),
    ("css-earlier-runs", &[1, 10, 20, 30, 40]),
    ("css-200-nodes", &[1, 30, 60, 90, 115]),
];

const HOLOGRES: [Story; 2] = [
    // Met in its rollback; the next upgrade begins after 68 minutes and fails after about 94.
    ("holo-rolls-back", &[1, 8, 16, 75, 85, 97, 105, 118]),
    // What is prepared expires after 19 hours.
    ("holo-expires-tomorrow", &[1, 600, 1110, 1170]),
];

#[tokio::test]
async fn every_story_of_the_search_engine_is_told_as_its_golden_text_says() {
    compare(&SEARCH_ENGINE).await;
}

#[tokio::test]
async fn every_story_of_data_streaming_is_told_as_its_golden_text_says() {
    compare(&DATA_STREAMING).await;
}

#[tokio::test]
async fn every_story_of_huawei_is_told_as_its_golden_text_says() {
    compare(&HUAWEI).await;
}

#[tokio::test]
async fn every_story_of_hologres_is_told_as_its_golden_text_says() {
    compare(&HOLOGRES).await;
}

async fn compare(stories: &[Story]) {
    let bless = std::env::var("ROLLWATCH_BLESS").is_ok_and(|value| value == "1");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/stories");
    let mut differing = Vec::new();
    for story in stories {
        let told = tell(*story).await;
        let golden = folder.join(format!("{}.txt", story.0));
        if bless {
            fs::create_dir_all(&folder).expect("the fixtures can be written");
            fs::write(&golden, &told).expect("the fixtures can be written");
        } else if fs::read_to_string(&golden).ok().as_deref() != Some(told.as_str()) {
            differing.push(format!("== {} ==\n{told}", story.0));
        }
    }
    assert!(differing.is_empty(), "told otherwise than written:\n{}", differing.join("\n"));
}

/// The story as text.
async fn tell((name, instants): Story) -> String {
    let world = World::new(1).await;
    let id = clusters().find(|cluster| cluster.name == name).expect("a cluster of the fleet").id;
    let mut watcher = Watcher::new(&world, &[id]);
    let (mut text, mut looked_at) = (String::new(), None);
    for minutes in instants {
        let at = START.plus(Span::minutes(*minutes));
        if at.since(world.now()) > LONGEST_WATCH {
            world.clouds.clock().advance(at.minus(AFTER_WAKING).since(world.now()));
        }
        watcher.run_for(at.since(world.now())).await;
        writeln!(text, "=== minute {minutes}, {} ===", at.iso()).expect("a String takes all");
        let look = Look { looked_at: looked_at.replace(at), ..Look::default() };
        text.push_str(&page(&watcher.page_as(id, &look, Lang::En)));
        text.push('\n');
    }
    text
}

/// What a page says of the judgement, and what it calls new.
fn page(page: &PageView) -> String {
    let card: &CardView = &page.card;
    let lines = [
        ("", Some(format!("{} {}", card.word.to_uppercase(), card.since))),
        ("basis: ", card.basis.clone()),
        ("expected: ", card.expected.clone()),
        ("impact: ", card.impact.clone()),
        ("where: ", card.place_of_work.clone()),
        ("nodes: ", Some(card.counts.clone())),
        ("versions: ", Some(card.versions.clone())),
        ("time: ", card.elapsed.clone()),
        ("left: ", card.remaining.clone()),
        ("badges: ", Some(card.badges.join(", "))),
    ];
    let mut text = String::new();
    for (label, value) in lines {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            writeln!(text, "{label}{}", value.trim()).expect("a String takes all");
        }
    }
    text.push_str(&text::findings(page));
    let changes = &page.changes;
    let new = if changes.since.is_some() { &changes.news } else { &changes.before };
    if new.len() > TOLD {
        writeln!(text, "  … {} earlier changes", new.len() - TOLD).expect("a String takes all");
    }
    // Oldest first, as a person would tell it.
    for entry in new.iter().take(TOLD).rev() {
        for line in &entry.lines {
            writeln!(text, "  {}: {}", entry.when.text, line.text).expect("a String takes all");
        }
    }
    text
}

/// How many changes are told at one instant.
const TOLD: usize = 8;
