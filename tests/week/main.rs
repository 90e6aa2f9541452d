//! A page that is left open for a simulated week over fifty clusters: what it remembers is bounded, so its
//! memory stays flat. `--nocapture` prints what it held each night.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test fails by panicking, and the journey's page and world have more than this needs"
)]

#[path = "../journey/watcher.rs"]
mod watcher;
#[path = "../journey/world.rs"]
mod world;

use peak_alloc::PeakAlloc;
use rollwatch_core::model::Span;
use rollwatch_sim::{CLUSTERS, SOAK};

use watcher::Watcher;
use world::World;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// The page is asked for everything twice an hour. A clock that goes in steps makes a week of seconds, and every
/// step but the first hour's is a stretch that was not watched, which fills more than a week of answers would.
const STEP: Span = Span::minutes(30);
const STEPS_A_DAY: usize = 48;

/// What is bounded is full after so many days: twenty earlier runs of each cluster, and two hundred stretches of
/// one run that were not watched. What still grows a little are the runs of clusters that run rarely.
const FULL_AFTER: usize = 5;

#[tokio::test]
async fn a_week_over_fifty_clusters_keeps_the_memory_flat() {
    let world = World::new(3).await;
    let clusters: Vec<&str> = CLUSTERS.iter().chain(&SOAK).map(|cluster| cluster.id).take(50).collect();
    assert_eq!(clusters.len(), 50);
    let mut watcher = Watcher::new(&world, &clusters);
    let mut nights = Vec::new();
    for day in 1..=7 {
        for _ in 0..STEPS_A_DAY {
            world.clouds.clock().advance(STEP);
            watcher.tick().await;
        }
        world.forget_log();
        nights.push(HEAP.current_usage());
        println!("day {day}: {:.2} MiB", HEAP.current_usage_as_mb());
    }
    let (full, last) = (nights[FULL_AFTER - 1], nights[6]);
    assert!(last <= full + full / 20, "from {full} bytes after {FULL_AFTER} days to {last} after seven");
}
