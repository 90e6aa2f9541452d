//! Choosing the key for a cluster, and testing it before it is used.

use leptos::html::Input;
use leptos::prelude::*;
use rollwatch_core::model::{Provider, Watch};
use rollwatch_core::view::words::Form;
use rollwatch_core::view::{Trouble, provider_name, trouble};

use super::fields::{ChoiceField, TextField, clear, typed};
use super::{lang, live, say};
use crate::browser::task;
use crate::live::{KeyChoice, KeyName, Live, NewKey};

/// The fields of a key. Secrets stay in the document until the form is sent.
#[derive(Debug, Clone, Copy)]
pub struct KeyFields {
    provider: RwSignal<Provider>,
    /// What the person has picked: the account of a held key, or nothing for a new one.
    picked: RwSignal<Option<String>>,
    account: NodeRef<Input>,
    access_key: NodeRef<Input>,
    secret: NodeRef<Input>,
    token: NodeRef<Input>,
}

impl KeyFields {
    pub fn new(provider: RwSignal<Provider>) -> Self {
        KeyFields {
            provider,
            picked: RwSignal::new(None),
            account: NodeRef::new(),
            access_key: NodeRef::new(),
            secret: NodeRef::new(),
            token: NodeRef::new(),
        }
    }

    /// The accounts of this provider whose keys are in memory.
    fn held(self, live: Live) -> Vec<String> {
        let provider = self.provider.get();
        let of_provider = |name: &KeyName| (name.provider == provider).then(|| name.account.clone());
        live.signals.keys.with(|keys| keys.iter().filter_map(of_provider).collect())
    }

    /// The account whose key is to be used; empty for a new key. Before the person has picked, and when the
    /// pick is of another cloud, a key that is in memory is offered.
    fn in_use(self, live: Live) -> String {
        let held = self.held(live);
        match self.picked.get() {
            Some(picked) if picked.is_empty() || held.contains(&picked) => picked,
            _ => held.into_iter().next().unwrap_or_default(),
        }
    }

    /// The chosen key, or what is missing.
    fn chosen(self, live: Live) -> Result<KeyChoice, String> {
        let held = untrack(|| self.in_use(live));
        if !held.is_empty() {
            return Ok(KeyChoice::Held(held));
        }
        let key = NewKey {
            account: typed(self.account),
            access_key_id: typed(self.access_key),
            secret: typed(self.secret),
            security_token: typed(self.token),
        };
        let wanted = [
            (&key.account, Form::Account),
            (&key.access_key_id, Form::AccessKey),
            (&key.secret, Form::Secret),
        ];
        let missing: Vec<&str> =
            wanted.into_iter().filter(|(text, _)| text.is_empty()).map(|(_, label)| say(label)).collect();
        if missing.is_empty() {
            Ok(KeyChoice::New(key))
        } else {
            Err(lang().fill(Form::Missing, &[&missing.join(", ")]))
        }
    }

    fn clear_secrets(self) {
        clear(self.secret);
        clear(self.token);
    }
}

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
    task::spawn(async move {
        match live.test_and_add(watch, choice).await {
            Ok(watch) => {
                fields.clear_secrets();
                // Whoever has left the form meanwhile is not called back.
                if state.try_set(TestState::Ready).is_none() {
                    done(watch);
                }
            }
            Err(error) => {
                state.try_set(TestState::Failed(trouble(language, &error)));
            }
        }
    });
}

/// The fields of a key, with the choice of one that is in memory already.
#[component]
pub fn KeyInputs(fields: KeyFields) -> impl IntoView {
    let live = live();
    let names = Memo::new(move |_| fields.held(live));
    let options = Signal::derive(move || {
        let held = names.get().into_iter().map(|name| {
            let words = lang().fill(Form::UseHeld, &[&name]);
            (name, words)
        });
        held.chain([(String::new(), say(Form::KeyTitle).to_owned())]).collect::<Vec<_>>()
    });
    let in_use = Memo::new(move |_| fields.in_use(live));
    view! {
        <fieldset>
            <legend>{say(Form::KeyTitle)}</legend>
            <Show when=move || names.with(|names| !names.is_empty())>
                <ChoiceField id="held" label=say(Form::Account) options value=in_use on_choice=move |name: String| fields.picked.set(Some(name)) />
            </Show>
            <Show when=move || in_use.with(String::is_empty)>
                <TextField id="account" label=say(Form::Account) hint=say(Form::AccountHint) field=fields.account />
                <TextField id="access-key" label=say(Form::AccessKey) field=fields.access_key />
                <TextField id="secret" label=say(Form::Secret) secret=true field=fields.secret />
                <TextField id="token" label=say(Form::Token) hint=say(Form::TokenHint) secret=true field=fields.token />
                <p class="hint wide">{say(Form::MemoryOnly)}</p>
            </Show>
        </fieldset>
    }
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
                TestState::Failed(trouble) => Some(view! {
                    <div class="problem">
                        <p><strong>{trouble.what}</strong></p>
                        <p>{trouble.todo}</p>
                        <p class="quiet">{trouble.evidence}</p>
                    </div>
                }.into_any()),
            }}
        </div>
    }
}

/// The form for a cluster that a link names, or whose account has no key in memory.
#[component]
pub fn KeyForm(watch: Watch) -> impl IntoView {
    let live = live();
    let fields = KeyFields::new(RwSignal::new(watch.service.provider()));
    let state = RwSignal::new(TestState::default());
    let leaves = super::add::leaves(live, &watch);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        test_and_add(live, watch.clone(), fields, state, |_| {});
    };
    view! {
        <form class="form" on:submit=send>
            <KeyInputs fields />
            <p class="leaves">{leaves}</p>
            <TestOutcome state />
            <p><button class="primary" disabled=move || is_asking(state)>{say(Form::UseKey)}</button></p>
        </form>
    }
}

pub fn is_asking(state: RwSignal<TestState>) -> bool {
    state.with(|state| matches!(state, TestState::Asking(_)))
}
