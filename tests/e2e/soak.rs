//! A page that is left open over fifty clusters. `tests/week` does the same for a whole week, without a browser.

use rollwatch_core::model::Span;

use crate::support::{Fleet, Network, Page, Setup, World, fleet, until_all_answered};

/// The module that is loaded already is handed out again, with its memory.
const MODULE: &str = "
    const done = arguments[0];
    const address = document.querySelector('link[rel=modulepreload]').href;
    import(address).then((module) => module.default()).then((wasm) => done(wasm.memory.buffer.byteLength));";

/// Seconds of the page's clock in a real one. Much faster, every answer would be overdue when it comes.
const SPEED: f64 = 100.0;

/// Looks are so many answers apart. After three of them every cluster has its card, its history and its place in
/// memory; what is remembered fills faster before.
const PART: usize = 650;

/// What a page holds while it shows nothing of the clusters that it goes on asking about.
#[derive(Debug)]
struct Held {
    /// Bytes of the module's memory, which never shrinks; 0 in Firefox, where it cannot be read.
    module: u64,
    elements: u64,
    /// Nodes, where the browser tells. Listeners come and go with what waits for an answer.
    nodes: Option<u64>,
}

/// Goes to another place and waits for the board to go or to come. An element that WebDriver has handed out is held
/// by the browser with all its page, so none is asked for.
async fn go(page: &Page, below: &str) {
    page.run::<()>(&format!("location.hash = '{below}'")).await;
    page.until("the page is another", &format!("!document.querySelector('.card') === {}", below != "#/"))
        .await;
}

async fn held(page: &Page) -> Held {
    go(page, "#/nowhere").await;
    let held = Held {
        module: if page.browser.shows_memory() { page.run_async(MODULE).await } else { 0 },
        elements: page.read("document.querySelectorAll('*').length").await,
        nodes: page.browser.nodes(&page.driver).await,
    };
    go(page, "#/").await;
    held
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_left_fifty_times_has_left_nothing_behind() {
    let world = World::demo().await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    let link = fleet::link("search-prod");
    let mut all: Vec<Held> = Vec::new();
    for visits in [10, 50] {
        for _ in 0..visits {
            go(&page, &link).await;
            go(&page, "#/").await;
        }
        all.push(held(&page).await);
        println!("{visits} visits: {:?}", all.last());
    }
    // It goes on asking meanwhile, which takes a page of memory now and then.
    assert!(all[1].module <= all[0].module + all[0].module / 20, "{all:#?}");
    assert_eq!(all[1].nodes, all[0].nodes, "{all:#?}");
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_over_fifty_clusters_keeps_the_page_as_large_as_it_was() {
    let setup = Setup { fleet: Fleet::Soak, speed: SPEED, page_speed: SPEED, ..Setup::default() };
    let world = World::start(setup).await;
    let page = Page::open(&world, "").await;
    until_all_answered(&page).await;
    assert!(page.count(".card").await >= 50);
    let answers = || world.proxied("GET", 200) + world.proxied("POST", 200);
    let began_at = world.clouds.clock().now();
    let mut all: Vec<Held> = Vec::new();
    for part in 1..=4 {
        // A slow machine takes longer for its answers, and it is answers that a page grows with.
        while answers() < PART * part {
            // Each look takes a round trip to the browser, so this does not spin.
            page.until("the page is there", "document.querySelector('.card')").await;
        }
        let minutes = world.clouds.clock().now().since(began_at).as_millis() / 60_000;
        all.push(held(&page).await);
        println!("{minutes} min, {} answers: {:?}", answers(), all.last());
    }
    assert!(world.clouds.clock().now() >= began_at.plus(Span::minutes(60)), "that was less than an hour");
    let (settled, last) = (&all[2], &all[3]);
    assert!(last.module <= settled.module + settled.module / 20, "{all:#?}");
    assert_eq!(last.elements, settled.elements, "{all:#?}");
    let nodes = |held: &Held| held.nodes.map(|nodes| nodes / 10);
    assert_eq!(nodes(last), nodes(settled), "{all:#?}");
    page.close(Network::Fails).await;
}
