//! The fields of a key: one that is in memory, or a new one of any kind that the vendor issues.

use leptos::html::Input;
use leptos::prelude::*;
use rollwatch_core::model::Provider;
use rollwatch_core::view::words::{Form, Keys, Leaves};

use super::fields::{ChoiceField, TextField, clear, typed};
use super::vault::{Remember, RememberInputs};
use super::{lang, live, say};
use crate::browser::crypto::Typed;
use crate::live::{KeyChoice, KeyField, KeyKind, KeyName, KeyProblem, Live, NewKey};

/// The fields of a key. Secrets stay in the document until the form is sent.
#[derive(Debug, Clone, Copy)]
pub struct KeyFields {
    provider: RwSignal<Provider>,
    /// What the person has picked: the account of a held key, or nothing for a new one.
    picked: RwSignal<Option<String>>,
    kind: RwSignal<KeyKind>,
    /// The account whose key does not help: while it is held, a new key is offered first.
    refused: StoredValue<String>,
    account: NodeRef<Input>,
    access_key: NodeRef<Input>,
    secret: NodeRef<Input>,
    token: NodeRef<Input>,
    valid_until: NodeRef<Input>,
    remember: Remember,
}

impl KeyFields {
    /// `refused` is the account for which a key is asked; empty for none.
    pub fn new(provider: RwSignal<Provider>, refused: String) -> Self {
        KeyFields {
            provider,
            picked: RwSignal::new(None),
            kind: RwSignal::new(KeyKind::Temporary),
            refused: StoredValue::new(refused),
            account: NodeRef::new(),
            access_key: NodeRef::new(),
            secret: NodeRef::new(),
            token: NodeRef::new(),
            valid_until: NodeRef::new(),
            remember: Remember::new(),
        }
    }

    /// Has the vault keep a key that replaces one which it kept.
    pub fn remember_as_before(self, live: Live) {
        let (provider, account) = (self.provider.get_untracked(), self.refused.get_value());
        self.remember.wanted.set(live.is_remembered(&KeyName { provider, account }));
    }

    /// The accounts of this provider whose keys are in memory and not over.
    fn held(self, live: Live) -> Vec<String> {
        let provider = self.provider.get();
        let usable = |name: &&KeyName| name.provider == provider && live.is_usable(name);
        live.signals.keys.with(|keys| keys.iter().filter(usable).map(|name| name.account.clone()).collect())
    }

    /// The account whose key is to be used; empty for a new key. Before the person has picked, and when the
    /// pick is of another cloud, a key that is in memory is offered, unless it is the one that does not help.
    pub fn in_use(self, live: Live) -> String {
        let held = self.held(live);
        match self.picked.get() {
            Some(picked) if picked.is_empty() || held.contains(&picked) => picked,
            _ if self.refused.with_value(|refused| held.contains(refused)) => String::new(),
            _ => held.into_iter().next().unwrap_or_default(),
        }
    }

    /// The kind of the new key. A kind that this vendor does not issue falls back to the usual one.
    fn kind_in_use(self) -> KeyKind {
        let kinds = KeyKind::of(self.provider.get());
        let kind = self.kind.get();
        if kinds.contains(&kind) { kind } else { KeyKind::LongLived }
    }

    /// The chosen key, or what is missing or wrong.
    pub fn chosen(self, live: Live) -> Result<KeyChoice, String> {
        let held = untrack(|| self.in_use(live));
        if !held.is_empty() {
            return Ok(KeyChoice::Held(held));
        }
        // The secret is not copied out of the browser's keeping, and stays in its field until it is accepted.
        let secret = self.secret.try_get_untracked().flatten().map(|input| Typed::key(&input));
        let secret = secret.unwrap_or_else(|| Typed::of(""));
        let remember = self.remember.wanted.get_untracked();
        let key = NewKey {
            account: typed(self.account),
            kind: untrack(|| self.kind_in_use()),
            access_key_id: typed(self.access_key),
            has_secret: secret.length() > 0,
            token: typed(self.token),
            valid_until: typed(self.valid_until),
        };
        let typed = live.typed_key(self.provider.get_untracked(), key, secret, remember);
        typed.map_err(|problem| told(live, &problem))
    }

    /// Has the vault open if it is to keep the chosen key. Comes before anything is asked with it.
    ///
    /// # Errors
    /// Why the vault cannot keep it, in a sentence.
    pub async fn make_ready(self, live: Live, choice: &KeyChoice) -> Result<(), String> {
        match choice.is_to_be_remembered() {
            true => self.remember.make_ready(live).await,
            false => Ok(()),
        }
    }

    /// The key of this account is held now: what was typed is not needed any more. The form may be gone.
    pub fn settle(self, account: &str) {
        clear(self.secret);
        clear(self.token);
        self.picked.try_set(Some(account.to_owned()));
        self.remember.wanted.try_set(false);
    }
}

/// What is wrong with a typed key, in a sentence.
fn told(live: Live, problem: &KeyProblem) -> String {
    let lang = live.signals.lang.get_untracked();
    let label = |field: &KeyField| match field {
        KeyField::Account => lang.say(Form::Account),
        KeyField::AccessKey => lang.say(Form::AccessKey),
        KeyField::Secret => lang.say(Form::Secret),
        KeyField::AuthToken => lang.say(Keys::AuthTokenField),
    };
    match problem {
        KeyProblem::Missing(fields) => {
            let labels: Vec<&str> = fields.iter().map(label).collect();
            lang.fill(Form::Missing, &[&labels.join(", ")])
        }
        KeyProblem::TokenMissing => lang.say(Keys::TokenMissing).to_owned(),
        KeyProblem::BadTime => lang.say(Keys::BadTime).to_owned(),
        KeyProblem::Over(at) => lang.fill(Keys::Over, &[&live.minute(*at)]),
    }
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
        held.chain([(String::new(), say(Keys::New).to_owned())]).collect::<Vec<_>>()
    });
    let in_use = Memo::new(move |_| fields.in_use(live));
    view! {
        <fieldset>
            <legend>{say(Form::KeyTitle)}</legend>
            <Show when=move || names.with(|names| !names.is_empty())>
                <ChoiceField id="held" label=say(Form::Account) options value=in_use on_choice=move |name: String| fields.picked.set(Some(name)) />
            </Show>
            <Show when=move || in_use.with(String::is_empty)>
                <NewKeyInputs fields />
            </Show>
        </fieldset>
    }
}

/// The fields of a key that is not in memory yet, as its kind has them.
#[component]
fn NewKeyInputs(fields: KeyFields) -> impl IntoView {
    let kind = Memo::new(move |_| fields.kind_in_use());
    let has_token =
        Memo::new(move |_| kind.get() == KeyKind::Temporary && kind.get().has_token(fields.provider.get()));
    let options = Signal::derive(move || {
        let kinds = KeyKind::of(fields.provider.get()).iter();
        kinds.map(|kind| (kind.id().to_owned(), say(kind_word(*kind)).to_owned())).collect::<Vec<_>>()
    });
    let pick = move |id: String| {
        let kinds = KeyKind::of(fields.provider.get_untracked());
        if let Some(kind) = kinds.iter().find(|kind| kind.id() == id) {
            fields.kind.set(*kind);
        }
    };
    let account = fields.refused.with_value(String::clone);
    view! {
        <ChoiceField id="key-kind" label=say(Keys::Kind) options
            value=Signal::derive(move || kind.get().id().to_owned()) on_choice=pick />
        <p class="hint wide">{move || say(how_to_get(fields.provider.get()))}</p>
        <TextField id="account" label=say(Form::Account) hint=say(Form::AccountHint) value=account field=fields.account />
        <Show when=move || kind.get() != KeyKind::AuthToken>
            <TextField id="access-key" label=say(Form::AccessKey) field=fields.access_key />
            <TextField id="secret" label=say(Form::Secret) secret=true field=fields.secret />
        </Show>
        <Show when=move || has_token.get()>
            <TextField id="token" label=say(Keys::Token) hint=say(Keys::TokenHint) secret=true field=fields.token />
        </Show>
        <Show when=move || kind.get() == KeyKind::AuthToken>
            <TextField id="auth-token" label=say(Keys::AuthTokenField) hint=say(Keys::AuthTokenHint) secret=true field=fields.token />
        </Show>
        <Show when=move || kind.get() != KeyKind::LongLived>
            <TextField id="valid-until" label=say(Keys::ValidUntil) hint=say(Keys::ValidUntilHint) field=fields.valid_until />
        </Show>
        <RememberInputs remember=fields.remember />
    }
}

/// Why a temporary key is the one to prefer, and how to get one.
const fn how_to_get(provider: Provider) -> Leaves {
    match provider {
        Provider::Ncp => Leaves::TemporaryNcp,
        Provider::Huawei => Leaves::TemporaryHuawei,
        Provider::Alibaba => Leaves::TemporaryAlibaba,
    }
}

const fn kind_word(kind: KeyKind) -> Keys {
    match kind {
        KeyKind::LongLived => Keys::LongLived,
        KeyKind::Temporary => Keys::Temporary,
        KeyKind::AuthToken => Keys::AuthToken,
    }
}
