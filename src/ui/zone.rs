//! The choice of the zone for times that a vendor writes without one.

use leptos::prelude::*;
use rollwatch_core::view::words::Keys;
use rollwatch_core::view::{OFFSETS, offset_name};

use super::{lang, live, say};
use crate::live::KeyName;

/// The zone of one account. `id` is unique on the page.
#[component]
pub fn ZoneField(id: String, account: KeyName) -> impl IntoView {
    let live = live();
    let chosen = live.zone_of(&account);
    let label = lang().fill(Keys::Zone, &[&account.account]);
    // A zone that was saved elsewhere stays a choice.
    let unlisted = chosen.filter(|minutes| !OFFSETS.contains(minutes));
    let options = OFFSETS.into_iter().chain(unlisted).map(|minutes| {
        view! {
            <option value=minutes.to_string() selected=chosen == Some(minutes)>{offset_name(minutes * 60)}</option>
        }
    });
    let pick = move |value: String| live.choose_zone(&account, value.parse().ok());
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id aria-describedby=hint_id.clone() on:change:target=move |event| pick(event.target().value())>
                <option value="" selected=chosen.is_none()>{say(Keys::ZoneAsFound)}</option>
                {options.collect_view()}
            </select>
            <p class="hint" id=hint_id>{say(Keys::ZoneAbout)}</p>
        </div>
    }
}
