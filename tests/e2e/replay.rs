//! Going back through what was recorded, by keyboard.

use rollwatch_core::model::Span;
use thirtyfour::Key;

use crate::access;
use crate::support::{Network, Page, World, fleet};

const RANGE: &str = "document.querySelector('.replay input')";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_goes_back_by_keyboard_is_marked_as_the_past_and_comes_back_to_now() {
    let world = World::watching(&["search-prod"]).await;
    let page = Page::open(&world, &fleet::link("search-prod")).await;
    page.until_text(".banner", "2 done, 1 active, 5 waiting").await;
    world.advance(Span::minutes(4));
    page.until_text(".banner", "3 done, 1 active, 4 waiting").await;
    page.until("changes are recorded", &format!("Number({RANGE}?.max) >= 2")).await;
    page.run::<()>(&format!("{RANGE}.focus()")).await;

    page.press(Key::Left.value().to_string()).await;
    page.find(".cluster.past").await;
    let said = page.read::<String>(&format!("{RANGE}.getAttribute('aria-valuetext')")).await;
    assert!(page.text(".replay .stop").await == said && said.contains(": "), "{said}");
    page.press(Key::Home.value().to_string()).await;
    page.until_text(".banner", "2 done, 1 active, 5 waiting").await;
    page.until_text(".past-mark", "This is the past: as known at ").await;
    assert_eq!(page.read::<String>(&format!("{RANGE}.value")).await, "0");
    // What is of the present is out of sight.
    let shown =
        "[...document.querySelectorAll('.actions, .raw, .checks')].filter((e) => e.checkVisibility()).length";
    assert_eq!(page.read::<usize>(shown).await, 0);
    access::check(&page, "the past").await;
    // Polls go on, and what they bring leaves the past as it is.
    let asked = world.asked();
    world.advance(Span::minutes(4));
    page.until("the bar grows", &format!("Number({RANGE}.max) >= 4")).await;
    assert!(world.asked() > asked);
    assert!(page.text(".banner").await.contains("2 done, 1 active, 5 waiting"));

    page.click_words("Back to now").await;
    page.until("the mark is gone", "!document.querySelector('.past-mark')").await;
    page.until("the page goes on", "!document.querySelector('.banner').textContent.includes('2 done')").await;
    page.press(Key::Escape.value().to_string()).await;
    page.close(Network::Sound).await;
}
