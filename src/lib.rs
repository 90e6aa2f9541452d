//! The page. `browser` wraps what the browser offers, `live` is what is running, `ui` is what is seen.

pub mod browser;
pub mod live;
pub mod route;
pub mod ui;

use leptos::prelude::*;

/// Loads the configuration and mounts the page.
pub fn start() {
    browser::crash::tell_on_page();
    browser::task::spawn(async {
        let settings = live::settings::load().await;
        mount_to_body(move || view! { <ui::Shell settings /> });
        browser::document::remove("boot");
    });
}
