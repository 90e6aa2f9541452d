//! The head of every page: where one is, and how it is shown.

use leptos::prelude::*;
use rollwatch_core::view::words::{Form, Lang, Shell};

use super::vault::{UnlockPanel, VaultButton};
use super::{lang, live, say};
use crate::live::settings::{self, Theme, ZoneChoice};
use crate::route::Route;

/// The picture of the product, which lies beside the page.
const ICON: &str = "icon.svg";

#[component]
pub fn Masthead() -> impl IntoView {
    let live = live();
    let title = live.settings().title;
    let has_keys = move || live.signals.keys.with(|keys| !keys.is_empty());
    view! {
        <div class="masthead">
            <h1><a href=Route::Board.href()><img src=ICON alt="" />{title}</a></h1>
            <p class="tagline quiet">{say(Shell::Tagline)}</p>
            <div class="choices">
                <Choices />
                <VaultButton />
                {move || has_keys().then(|| view! { <a class="button" href=Route::Keys.href()>{say(Form::KeysHeld)}</a> })}
                <a class="button primary" href=Route::Add.href()>{say(Shell::Add)}</a>
            </div>
        </div>
        <UnlockPanel />
        {live.settings().demo.map(|demo| {
            let speed = demo.speed.to_string();
            view! { <p class="notice" role="note">{lang().fill(Shell::Demo, &[&speed])}</p> }
        })}
        {move || {
            let ending = live.signals.ending.get();
            (!ending.is_empty()).then(|| view! {
                <div class="notice" role="status">
                    {ending.into_iter().map(|(_, sentence)| view! { <p>{sentence}</p> }).collect_view()}
                    <a class="button" href=Route::Keys.href()>{say(Form::KeysHeld)}</a>
                </div>
            })
        }}
        {move || {
            let notices = live.signals.notices.get();
            (!notices.is_empty()).then(|| view! {
                <div class="notice" role="status">
                    {notices.into_iter().map(|notice| view! { <p>{notice}</p> }).collect_view()}
                    <button on:click=move |_| live.dismiss_notices()>{say(Shell::Dismiss)}</button>
                </div>
            })
        }}
    }
}

/// Language, zone and theme.
#[component]
fn Choices() -> impl IntoView {
    let live = live();
    let pick_lang = move |tag: String| {
        if let Some(lang) = Lang::from_tag(&tag) {
            live.set_lang(lang);
        }
    };
    let pick_zone = move |zone: String| {
        live.set_zone(if zone == "utc" { ZoneChoice::Utc } else { ZoneChoice::Local });
    };
    let pick_theme = |theme: String| {
        settings::keep_theme(match theme.as_str() {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        });
    };
    let zone = move || if live.signals.zone.get() == ZoneChoice::Utc { "utc" } else { "local" };
    let theme = match live.settings().theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    view! {
        <select id="lang" aria-label=say(Shell::Language) on:change:target=move |e| pick_lang(e.target().value())>
            {Lang::ALL.into_iter().map(|each| view! {
                <option value=each.tag() lang=each.tag() selected=each == lang()>{each.own_name()}</option>
            }).collect_view()}
        </select>
        <select aria-label=say(Shell::Zone) prop:value=zone on:change:target=move |e| pick_zone(e.target().value())>
            <option value="local" selected=zone() == "local">{say(Shell::ZoneLocal)}</option>
            <option value="utc" selected=zone() == "utc">{say(Shell::ZoneUtc)}</option>
        </select>
        <select aria-label=say(Shell::Theme) on:change:target=move |e| pick_theme(e.target().value())>
            <option value="system" selected=theme == "system">{say(Shell::ThemeSystem)}</option>
            <option value="light" selected=theme == "light">{say(Shell::ThemeLight)}</option>
            <option value="dark" selected=theme == "dark">{say(Shell::ThemeDark)}</option>
        </select>
    }
}
