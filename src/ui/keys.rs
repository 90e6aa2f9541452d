//! The keys in memory.

use leptos::prelude::*;
use rollwatch_core::model::Site;
use rollwatch_core::view::provider_name;
use rollwatch_core::view::words::{Errors, Form, Shell};

use super::{lang, live, say};
use crate::route::Route;

#[component]
pub fn Keys() -> impl IntoView {
    let live = live();
    let keys = live.signals.keys;
    view! {
        <p class="crumbs"><a href=Route::Board.href()>{say(Shell::ToBoard)}</a></p>
        <div class="cluster">
            <section>
                <h2>{say(Form::KeysHeld)}</h2>
                <p class="quiet">{say(Form::MemoryOnly)}</p>
                <Show when=move || keys.with(Vec::is_empty)><p>{say(Errors::NoKey)}</p></Show>
                <table>
                    <tbody>
                        <For each=move || keys.get() key=|name| name.clone() children=move |name| {
                            let account = name.account.clone();
                            let provider = provider_name(lang(), name.provider, Site::Public);
                            view! {
                                <tr>
                                    <th scope="row">{account}</th>
                                    <td>{provider}</td>
                                    <td><button on:click=move |_| live.forget_key(&name)>{say(Form::KeyForget)}</button></td>
                                </tr>
                            }
                        } />
                    </tbody>
                </table>
            </section>
        </div>
    }
}
