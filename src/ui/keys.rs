//! The keys in memory.

use leptos::prelude::*;
use rollwatch_core::model::Site;
use rollwatch_core::view::provider_name;
use rollwatch_core::view::words::{Errors, Form, Keys as Words, Leaves, Shell, Vault};

use super::device::{ForgetEverything, WatchList};
use super::doctor::KeyDoctor;
use super::vault_settings::VaultSettings;
use super::zone::ZoneField;
use super::{lang, live, say};
use crate::live::KeyName;
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
                <ul class="held-keys">
                    <For each=move || keys.get() key=|name| name.clone() children=move |name| view! { <HeldKey name /> } />
                </ul>
            </section>
            <VaultSettings />
            <WatchList />
            <ForgetEverything />
        </div>
    }
}

/// One key: whose it is, when it ends, and in which zone its vendor writes.
#[component]
fn HeldKey(name: KeyName) -> impl IntoView {
    let live = live();
    let provider = provider_name(lang(), name.provider, Site::Public);
    let end = {
        let name = name.clone();
        move || {
            // A fresh key of the same name ends at another time.
            live.signals.keys.track();
            let ending = live.signals.ending.with(|ending| {
                ending.iter().find(|(other, _)| *other == name).map(|(_, sentence)| sentence.clone())
            });
            let class = if ending.is_some() { "ending" } else { "quiet" };
            let text = ending.or_else(|| live.key_end(&name)).unwrap_or_else(|| say(Words::NoEnd).to_owned());
            view! { <p class=class>{text}</p> }
        }
    };
    let id = format!("zone-{}-{}", name.provider.id(), name.account);
    let forget = {
        let name = name.clone();
        move |_| live.forget_key(&name)
    };
    let kept = {
        let name = name.clone();
        move || {
            let is_kept = live.signals.vault.with(|vault| vault.remembered.contains(&name));
            say(if is_kept { Vault::Kept } else { Vault::SessionOnly })
        }
    };
    let label = format!("{} {}", say(Form::KeyForget), name.account);
    // A fresh key is tried on one of the clusters that wait for it.
    let fresh = {
        let name = name.clone();
        move || {
            let is_ending = live.signals.ending.with(|ending| ending.iter().any(|(other, _)| *other == name));
            let watch = live.watches_of(&name).into_iter().next().filter(|_| is_ending)?;
            Some(
                view! { <p><a class="button" href=Route::Cluster(watch).href()>{say(Leaves::Fresh)}</a></p> },
            )
        }
    };
    view! {
        <li>
            <div>
                <h3>{name.account.clone()}</h3>
                <p>{provider}</p>
                <p class="quiet">{kept}</p>
                {end}
                <button aria-label=label on:click=forget>{say(Form::KeyForget)}</button>
            </div>
            <ZoneField id account=name.clone() />
            {fresh}
            <KeyDoctor account=name />
        </li>
    }
}
