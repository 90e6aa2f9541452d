//! What stands in place of the page inside a frame. Where a host can send headers, `frame-ancestors` keeps the page
//! out of frames; this is for hosts that cannot.

use leptos::prelude::*;
use rollwatch_core::view::words::{Lang, Shell as Words};

use crate::browser::location;

#[component]
pub fn Framed(lang: Lang) -> impl IntoView {
    view! {
        <main class="empty framed" role="alert">
            <p>{lang.say(Words::Framed)}</p>
            <a class="button primary" href=location::address() target="_blank" rel="noopener noreferrer">
                {lang.say(Words::OpenItself)}
            </a>
        </main>
    }
}
