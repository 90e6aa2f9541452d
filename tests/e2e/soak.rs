//! A page that is left open for a simulated week over fifty clusters.

use rollwatch_core::model::Span;
use serde::Deserialize;

use crate::support::{Fleet, Network, Page, Setup, World, until_all_answered};

/// What a page holds.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Held {
    /// Bytes of the module's memory, which never shrinks.
    module: u64,
    elements: u64,
}

/// The module that is loaded already is handed out again, with its memory.
const HELD: &str = "
    const done = arguments[0];
    const address = document.querySelector('link[rel=modulepreload]').href;
    import(address).then((module) => module.default()).then((wasm) => done({
        module: wasm.memory.buffer.byteLength,
        elements: document.querySelectorAll('*').length,
    }));";

/// Seconds of the page's clock in a real one: a week passes in a little over a minute.
const SPEED: f64 = 9_000.0;

#[tokio::test(flavor = "multi_thread")]
async fn a_week_over_fifty_clusters_keeps_the_page_as_large_as_it_was() {
    let setup = Setup { fleet: Fleet::Soak, speed: SPEED, page_speed: SPEED, ..Setup::default() };
    let world = World::start(setup).await;
    let began_at = world.clouds.clock().now();
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    assert!(page.count(".card").await >= 50);
    let mut nights: Vec<Held> = Vec::new();
    for day in 1..=7 {
        let morning = began_at.plus(Span::hours(24 * day));
        while world.clouds.clock().now() < morning {
            // Each look takes a round trip to the browser, so this does not spin.
            page.until("the page is there", "document.querySelector('.card')").await;
        }
        let held: Held = page.run_async(HELD).await;
        println!(
            "day {day}: {} KiB, {} elements, {} requests",
            held.module >> 10,
            held.elements,
            world.asked()
        );
        nights.push(held);
    }
    // Twenty earlier runs of each cluster are kept; the first days fill them.
    let (full, last) = (nights[3], nights[6]);
    assert!(last.module <= full.module + full.module / 20, "{nights:?}");
    assert!(last.elements <= full.elements + full.elements / 20, "{nights:?}");
    page.close(Network::Sound).await;
}
