//! A page that is left open over fifty clusters. `tests/week` does the same for a whole week, without a browser.

use rollwatch_core::model::Span;
use serde::Deserialize;

use crate::support::{Fleet, Network, Page, Setup, World, until_all_answered};

/// What a page holds.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Held {
    /// Bytes of the module's memory, which never shrinks; 0 in Firefox, where it cannot be read.
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

const ELEMENTS: &str = "arguments[0]({ module: 0, elements: document.querySelectorAll('*').length });";

/// Seconds of the page's clock in a real one. Much faster, every answer would be overdue when it comes.
const SPEED: f64 = 100.0;

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_over_fifty_clusters_keeps_the_page_as_large_as_it_was() {
    let setup = Setup { fleet: Fleet::Soak, speed: SPEED, page_speed: SPEED, ..Setup::default() };
    let world = World::start(setup).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    assert!(page.count(".card").await >= 50);
    let began_at = world.clouds.clock().now();
    let mut held: Vec<Held> = Vec::new();
    for part in 1..=6 {
        let until = began_at.plus(Span::minutes(10 * part));
        while world.clouds.clock().now() < until {
            // Each look takes a round trip to the browser, so this does not spin.
            page.until("the page is there", "document.querySelector('.card')").await;
        }
        let now: Held = page.run_async(if page.browser.shows_memory() { HELD } else { ELEMENTS }).await;
        println!(
            "{} min: {} KiB, {} elements, {} answers",
            10 * part,
            now.module >> 10,
            now.elements,
            world.proxied("GET", 200) + world.proxied("POST", 200)
        );
        held.push(now);
    }
    assert!(world.proxied("GET", 200) + world.proxied("POST", 200) > 500, "the page asked all the time");
    let (settled, last) = (held[2], held[5]);
    assert!(last.module <= settled.module + settled.module / 20, "{held:?}");
    // Operations begin and end all the time, and each card has as many elements as there is to say of its own: one
    // look differs from the next by a tenth. What is left behind would add up, so the halves of the hour are compared.
    let (early, late) = held.split_at(3);
    let elements = |half: &[Held]| half.iter().map(|held| held.elements).sum::<u64>();
    assert!(elements(late) <= elements(early) + elements(early) / 20, "{held:?}");
    page.close(Network::Fails).await;
}
