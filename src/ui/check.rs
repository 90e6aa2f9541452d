//! "Could it start now?": asked when a person presses a button, and never before.

use leptos::html::Input;
use leptos::prelude::*;
use rollwatch_core::model::{Check, Service, Watch};
use rollwatch_core::view::words::{Check as Words, Form};
use rollwatch_core::view::{CardView, CheckView};

use super::fields::{ChoiceField, TextField, typed};
use super::glyph::Glyph;
use super::key_form::Problem;
use super::{lang, live, say, tone};
use crate::browser::task;
use crate::live::may_be_id;

/// How far a check has come.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum CheckState {
    #[default]
    Ready,
    Asking,
    /// A field is missing or not usable.
    Incomplete(String),
    Told(CheckView),
}

/// The checks that the vendor offers for a watched cluster; nothing where it offers none.
#[component]
pub fn Checks(watch: Watch, #[prop(into)] card: Signal<CardView>) -> impl IntoView {
    let service = watch.service;
    let key = StoredValue::new(watch.key());
    (service.checks_restarts() || service.checks_upgrades()).then(|| {
        view! {
            <section class="checks">
                <h2>{say(Words::Title)}</h2>
                <p class="quiet">{say(Words::About)}</p>
                {service.checks_restarts().then(|| view! { <RestartCheck key /> })}
                {service.checks_upgrades().then(|| view! { <UpgradeCheck key service card /> })}
            </section>
        }
    })
}

/// Asks once and shows the outcome in `state`, unless the last question is still under way.
fn ask(key: StoredValue<String>, state: RwSignal<CheckState>, check: Check) {
    if is_asking(state) {
        return;
    }
    let live = live();
    state.set(CheckState::Asking);
    task::spawn(async move {
        let Some(key) = key.try_get_value() else { return };
        let told = live.check(&key, check).await.map_or(CheckState::Ready, CheckState::Told);
        // Whoever has left the page meanwhile is told nothing.
        state.try_set(told);
    });
}

fn is_asking(state: RwSignal<CheckState>) -> bool {
    state.with(|state| *state == CheckState::Asking)
}

#[component]
fn RestartCheck(key: StoredValue<String>) -> impl IntoView {
    let state = RwSignal::new(CheckState::default());
    let send = move |_| untrack(|| ask(key, state, Check::Restart));
    view! {
        <p><button disabled=move || is_asking(state) on:click=send>{say(Words::Restart)}</button></p>
        <CheckOutcome state />
    }
}

/// The choice of a target for an upgrade, from the vendor's list when it is known.
#[component]
fn UpgradeCheck(key: StoredValue<String>, service: Service, card: Signal<CardView>) -> impl IntoView {
    let live = live();
    let state = RwSignal::new(CheckState::default());
    let (target, group) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let picked = RwSignal::new(None::<String>);
    // The list is learnt beside a poll, and a poll shows on the card.
    let versions = Memo::new(move |_| {
        card.track();
        key.with_value(|key| live.versions(key))
    });
    let code = Memo::new(move |_| {
        let listed =
            |code: &String| versions.with(|versions| versions.iter().any(|(known, _)| known == code));
        picked.get().filter(listed).unwrap_or_default()
    });
    let options = Signal::derive(move || {
        let named = |(code, name): (String, String)| {
            let words = lang().fill(Words::Version, &[&name, &code]);
            (code, words)
        };
        // Nothing is chosen for the person: a check of another version than they mean would mislead.
        let none = (String::new(), "–".to_owned());
        [none].into_iter().chain(versions.get().into_iter().map(named)).collect::<Vec<_>>()
    });
    let has_list = Memo::new(move |_| versions.with(|versions| !versions.is_empty()));
    let has_group = service == Service::NcpDataStreaming;
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let target_version = if has_list.get_untracked() { code.get_untracked() } else { typed(target) };
        let config_group = typed(group);
        let wanted = [(true, &target_version, Words::Target), (has_group, &config_group, Words::ConfigGroup)];
        let unusable = wanted.into_iter().filter(|(wanted, ..)| *wanted).find_map(|(_, text, label)| {
            let problem = if text.is_empty() { Form::Missing } else { Form::BadId };
            (text.is_empty() || !may_be_code(text)).then(|| lang().fill(problem, &[say(label)]))
        });
        match unusable {
            Some(problem) => state.set(CheckState::Incomplete(problem)),
            None => untrack(|| ask(key, state, Check::Upgrade { target_version, config_group })),
        }
    };
    view! {
        <form class="form" on:submit=send>
            <fieldset>
                <legend>{say(Words::Upgrade)}</legend>
                {move || if has_list.get() {
                    view! {
                        <ChoiceField id="target-version" label=say(Words::Target) options value=code
                            on_choice=move |code: String| picked.set(Some(code)) />
                    }.into_any()
                } else {
                    view! {
                        <TextField id="target-version" label=say(Words::Target) hint=say(Words::TargetHint) field=target />
                    }.into_any()
                }}
                {has_group.then(|| view! {
                    <TextField id="config-group" label=say(Words::ConfigGroup) hint=say(Words::ConfigGroupHint) field=group />
                })}
                <p class="wide"><button disabled=move || is_asking(state)>{say(Words::Upgrade)}</button></p>
            </fieldset>
            <CheckOutcome state />
        </form>
    }
}

/// Version codes have dots where ids have none.
fn may_be_code(text: &str) -> bool {
    text.split('.').all(may_be_id)
}

/// What came of the last check: a shape and a word for each outcome, then the vendor's own.
#[component]
pub fn CheckOutcome(#[prop(into)] state: Signal<CheckState>) -> impl IntoView {
    view! {
        <div role="status">
            {move || match state.get() {
                CheckState::Ready => None,
                CheckState::Asking => Some(view! { <p>{say(Words::Asking)}</p> }.into_any()),
                CheckState::Incomplete(text) => Some(view! { <div class="problem"><p>{text}</p></div> }.into_any()),
                CheckState::Told(told) => Some(view! {
                    <div class=format!("outcome {}", tone::of_verdict(told.verdict))>
                        <p class="verdict"><Glyph verdict=Signal::stored(told.verdict) /><strong>{told.word}</strong></p>
                        {(!told.sentence.is_empty()).then(|| view! { <p>{told.sentence}</p> })}
                        {told.trouble.map(|trouble| view! { <Problem trouble /> })}
                        <p class="quiet">{told.asked}</p>
                    </div>
                }.into_any()),
            }}
        </div>
    }
}
