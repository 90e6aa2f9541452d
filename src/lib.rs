//! The page. `browser` wraps what the browser offers, `live` is what is running, `ui` is what is seen.

pub mod browser;
pub mod live;
pub mod route;
pub mod ui;

use leptos::prelude::*;

/// Loads the configuration and mounts the page; inside a frame, only what says that it does not start there.
pub fn start() {
    browser::crash::tell_on_page();
    if browser::location::is_framed() {
        let lang = live::settings::chosen_lang();
        mount_to_body(move || view! { <ui::Framed lang /> });
        browser::document::set_language(lang.tag());
        browser::document::remove("boot");
        return;
    }
    browser::task::spawn(async {
        let settings = live::settings::load().await;
        mount_to_body(move || view! { <ui::Shell settings /> });
        browser::document::remove("boot");
    });
}
