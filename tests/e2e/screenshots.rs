//! The pictures of the README, from the demo at a fixed moment.
//!
//! They are written into the tree with `ROLLWATCH_SCREENSHOTS=1` and Chromium; otherwise they are made and looked
//! at only.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use rollwatch_core::model::Span;
use serde_json::json;

use crate::support::{Folder, Network, Page, Setup, World, fleet};

const DESK: (u32, u32) = (1366, 900);
const PHONE: (u32, u32) = (390, 844);

/// Takes a picture of the window, or of the whole page when that is longer.
async fn picture(page: &Page, whole: bool) -> Vec<u8> {
    let height: u32 = page.read("document.documentElement.scrollHeight").await;
    let (width, window): (u32, u32) = page.read("[innerWidth, innerHeight]").await;
    if whole {
        page.resize(width, height).await;
    }
    // The picture is what has been drawn, so two frames go by first.
    page.run_async::<()>("requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]()))").await;
    let taken = page.driver.screenshot_as_png().await.expect("a picture");
    if whole {
        page.resize(width, window).await;
    }
    taken
}

/// Panics when a picture is not of this size or shows next to nothing.
fn look_at(png: &[u8], width: u32, name: &str) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size that fits")];
    let info = reader.next_frame(&mut pixels).expect("pixels");
    assert_eq!(info.width, width, "{name}");
    let colours: BTreeSet<&[u8]> = pixels.chunks_exact(info.color_type.samples()).collect();
    assert!(colours.len() > 100, "{name} shows only {} colours", colours.len());
}

/// Asks about the open cluster, and waits for the answer.
async fn until_told(page: &Page, world: &World) {
    let name = "css-orders";
    let answered =
        || world.clouds.requests().iter().filter(|r| r.path.contains(fleet::cluster(name).id)).count();
    let before = answered();
    page.click_words("Ask now").await;
    while answered() == before {
        page.find(".banner").await;
    }
    page.until_text(".banner .trust", "seen just now").await;
    page.find(".gantt .now").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pictures_show_the_board_and_a_cluster() {
    let world = World::start(Setup { page_speed: 1.0, ..Setup::default() }).await;
    let temporary = Folder::new("screenshots");
    let page = Page::open(&world, &fleet::link("css-orders")).await;
    let folder = match std::env::var("ROLLWATCH_SCREENSHOTS").as_deref() {
        Ok("1") if page.browser.takes_the_pictures() => {
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/screenshots")
        }
        _ => temporary.path().to_owned(),
    };
    std::fs::create_dir_all(&folder).expect("the folder can be written");
    until_told(&page, &world).await;
    // A page that has been open for a while has more to show: it has seen nodes change. Each step is shorter
    // than what counts as not watched.
    for _ in 0..10 {
        world.advance(Span::seconds(144));
        until_told(&page, &world).await;
    }
    page.run::<()>("location.hash = '#/'").await;
    // Away from the cards, which keep their places under a pointer.
    page.point_at(".masthead").await;
    // Idle clusters are asked about once a minute.
    let healed = "document.querySelectorAll('.card .trouble').length === 2";
    page.until_within(Duration::from_secs(120), "all have healed", healed).await;
    page.browser.hold_still(&page.driver).await;

    for (look, theme, (width, height)) in
        [("light", "light", DESK), ("dark", "dark", DESK), ("phone", "light", PHONE)]
    {
        page.resize(width, height).await;
        page.choose(".choices select:last-of-type", theme).await;
        for (view, fragment) in [("cluster", fleet::link("css-orders")), ("board", "#/".to_owned())] {
            page.run::<()>(&format!("location.hash = {}", json!(fragment))).await;
            page.find(if view == "board" { ".card" } else { ".gantt" }).await;
            page.until("the page is drawn", "document.activeElement.id === 'content'").await;
            page.run::<()>("document.activeElement.blur(); scrollTo(0, 0)").await;
            let png = picture(&page, view == "cluster" && look != "phone").await;
            let name = format!("{view}-{look}.png");
            look_at(&png, width, &name);
            std::fs::write(folder.join(name), png).expect("the folder can be written");
        }
    }
    page.close(Network::Fails).await;
}
