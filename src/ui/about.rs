//! What this page is and what it does with keys.

use leptos::prelude::*;
use rollwatch_core::view::words::{Form, Shell};

use super::recordings::Recordings;
use super::say;
use crate::route::Route;

#[component]
pub fn About() -> impl IntoView {
    view! {
        <p class="crumbs"><a href=Route::Board.href()>{say(Shell::ToBoard)}</a></p>
        <div class="cluster">
            <section>
                <h2>{say(Shell::About)}</h2>
                <p>{say(Shell::AboutWhat)}</p>
                <p>{say(Form::MemoryOnly)}</p>
                <p>{say(Shell::Keyboard)}</p>
            </section>
            <Recordings />
        </div>
    }
}
