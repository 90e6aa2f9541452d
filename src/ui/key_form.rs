//! Choosing the key for a cluster, and testing it before it is used.

use leptos::prelude::*;
use rollwatch_core::model::Watch;
use rollwatch_core::view::words::{Form, Leaves as Words};
use rollwatch_core::view::{Trouble, provider_name};

use super::doctor::Doctor;
use super::key_fields::{KeyFields, KeyInputs};
use super::leaves::Leaves;
use super::{lang, live, say};
use crate::browser::task;
use crate::live::{Live, Place};

/// How far a test has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TestState {
    #[default]
    Ready,
    /// Asking this provider.
    Asking(String),
    /// A field is missing or not usable.
    Incomplete(String),
    Failed(Trouble),
}

/// Tests the chosen key with a watch; when the vendor answers, the cluster is watched and `done` is called.
/// Otherwise nothing changes but `state`: what was typed stays.
pub fn test_and_add(
    live: Live,
    watch: Watch,
    fields: KeyFields,
    state: RwSignal<TestState>,
    done: impl FnOnce(Watch) + 'static,
) {
    let choice = match fields.chosen(live) {
        Ok(choice) => choice,
        Err(missing) => return state.set(TestState::Incomplete(missing)),
    };
    let language = lang();
    let provider = provider_name(language, watch.service.provider(), watch.site);
    state.set(TestState::Asking(language.fill(Form::Testing, &[provider])));
    let place = Place::of(&watch);
    task::spawn(async move {
        if let Err(problem) = fields.make_ready(live, &choice).await {
            state.try_set(TestState::Incomplete(problem));
            return;
        }
        match live.test_and_add(watch, choice).await {
            Ok(watch) => {
                fields.settle(&watch.account);
                // Whoever has left the form meanwhile is not called back.
                if state.try_set(TestState::Ready).is_none() {
                    done(watch);
                }
            }
            Err(error) => {
                state.try_set(TestState::Failed(live.trouble(&place, &error)));
            }
        }
    });
}

/// What came of the last attempt.
#[component]
pub fn TestOutcome(state: RwSignal<TestState>) -> impl IntoView {
    view! {
        <div role="status">
            {move || match state.get() {
                TestState::Ready => None,
                TestState::Asking(text) => Some(view! { <p>{text}</p> }.into_any()),
                TestState::Incomplete(text) => Some(view! { <div class="problem"><p>{text}</p></div> }.into_any()),
                TestState::Failed(trouble) => Some(view! { <Problem trouble /> }.into_any()),
            }}
        </div>
    }
}

/// Why a call that a person began brought nothing, and what to do.
#[component]
pub fn Problem(trouble: Trouble) -> impl IntoView {
    view! {
        <div class="problem">
            <p><strong>{trouble.what}</strong></p>
            <p>{trouble.todo}</p>
            <p class="quiet">{trouble.evidence}</p>
        </div>
    }
}

/// The form for a cluster that a link names, or whose account has no key in memory.
#[component]
pub fn KeyForm(watch: Watch) -> impl IntoView {
    let live = live();
    // A link names no account: the one in use is known here.
    let account = live.watch(&watch.key()).map(|watch| watch.account).unwrap_or_default();
    let fields = KeyFields::new(RwSignal::new(watch.service.provider()), account);
    fields.remember_as_before(live);
    let state = RwSignal::new(TestState::default());
    let told = live.leaves(&Place::of(&watch), watch.operation);
    let label = move || match fields.in_use(live) {
        held if held.is_empty() => say(Form::UseKey).to_owned(),
        held => lang().fill(Words::UseHeld, &[&held]),
    };
    let asked = watch.clone();
    let examined = Callback::new(move |()| fields.chosen(live).map(|choice| (asked.clone(), Some(choice))));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        test_and_add(live, watch.clone(), fields, state, |_| {});
    };
    view! {
        <form class="form" on:submit=send>
            <KeyInputs fields />
            <Leaves told=Signal::stored(told) />
            <TestOutcome state />
            <Show when=move || has_failed(state)><Doctor begin=examined /></Show>
            <p><button class="primary" disabled=move || is_asking(state)>{label}</button></p>
        </form>
    }
}

/// Whether the last attempt brought nothing.
pub fn has_failed(state: RwSignal<TestState>) -> bool {
    state.with(|state| matches!(state, TestState::Failed(_)))
}

pub fn is_asking(state: RwSignal<TestState>) -> bool {
    state.with(|state| matches!(state, TestState::Asking(_)))
}
