//! Unlocking the vault where it is needed, and choosing that it keeps a key.

use leptos::html::Input;
use leptos::prelude::*;
use rollwatch_core::view::words::{Form, Vault as Words};

use super::fields::{TextField, clear};
use super::{lang, live, say};
use crate::browser::crypto::Typed;
use crate::browser::{document, task};
use crate::live::{Live, NewPassphrase, VaultError, VaultState, vault_words};

/// The passphrase in a field, which is emptied.
pub fn take_passphrase(field: NodeRef<Input>) -> Typed {
    let typed = field.try_get_untracked().flatten().map(|input| Typed::passphrase(&input));
    clear(field);
    typed.unwrap_or_else(|| Typed::of(""))
}

/// The fields for a new passphrase.
#[component]
pub fn NewPassphraseInputs(passphrase: NodeRef<Input>, again: NodeRef<Input>) -> impl IntoView {
    view! {
        <TextField id="new-passphrase" label=say(Words::NewPassphrase) hint=say(Words::PassphraseHint) secret=true field=passphrase />
        <TextField id="again" label=say(Words::Again) secret=true field=again />
    }
}

/// How far something with the vault has come, in a sentence; `true` for one that went wrong.
pub type Told = RwSignal<Option<(bool, &'static str)>>;

/// What came of it.
#[component]
pub fn ToldNote(told: Told) -> impl IntoView {
    view! {
        <div role="status">
            {move || told.get().map(|(wrong, text)| view! { <p class:problem=wrong>{text}</p> })}
        </div>
    }
}

/// What is wrong, as a sentence.
pub fn problem(live: Live, error: VaultError) -> &'static str {
    live.signals.lang.get_untracked().say(vault_words(error))
}

/// A wait that a wrong passphrase has brought.
#[component]
pub fn WaitNote() -> impl IntoView {
    let vault = live().signals.vault;
    let wait = Memo::new(move |_| vault.with(|vault| vault.wait_seconds));
    move || {
        (wait.get() > 0)
            .then(|| view! { <p class="wait">{lang().fill(Words::WaitFor, &[&wait.get().to_string()])}</p> })
    }
}

/// Whether the next passphrase has to wait.
pub fn has_to_wait(live: Live) -> bool {
    live.signals.vault.with(|vault| vault.wait_seconds > 0)
}

/// Opens the vault in this tab.
#[component]
pub fn Unlock(
    /// The id of its field.
    id: &'static str,
) -> impl IntoView {
    let live = live();
    let field = NodeRef::<Input>::new();
    let told: Told = RwSignal::new(None);
    let opening = RwSignal::new(false);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if opening.get_untracked() {
            return;
        }
        let typed = take_passphrase(field);
        opening.set(true);
        told.set(Some((false, say(Words::Opening))));
        task::spawn(async move {
            let opened = live.open_vault(&typed).await;
            opening.try_set(false);
            told.try_set(opened.err().map(|error| (true, problem(live, error))));
        });
    };
    view! {
        <form class="form unlock" on:submit=send>
            <TextField id label=say(Words::Passphrase) secret=true field />
            <WaitNote />
            <ToldNote told />
            <p><button class="primary" disabled=move || opening.get() || has_to_wait(live)>{say(Words::Unlock)}</button></p>
        </form>
    }
}

/// The id of the field in the head of every page.
const UNLOCK: &str = "unlock";

/// Has the head of the page show where the vault is unlocked, and goes there.
pub fn go_to_unlock(live: Live) {
    live.want_unlock(true);
    task::spawn(async {
        // The field is there with the next turn.
        leptos::task::tick().await;
        document::focus(UNLOCK);
    });
}

/// Locks or unlocks, among the choices of the page's head.
#[component]
pub fn VaultButton() -> impl IntoView {
    let live = live();
    let state = Memo::new(move |_| live.signals.vault.with(|vault| vault.state));
    move || match state.get() {
        VaultState::Locked => {
            let go = move |_| go_to_unlock(live);
            Some(view! { <button on:click=go>{say(Words::UnlockVault)}</button> }.into_any())
        }
        VaultState::Open => {
            let lock = move |_| live.lock_vault();
            Some(view! { <button on:click=lock>{say(Words::LockNow)}</button> }.into_any())
        }
        _ => None,
    }
}

/// Where the vault is unlocked, below the page's head, once somebody wants that.
#[component]
pub fn UnlockPanel() -> impl IntoView {
    let live = live();
    let shown = Memo::new(move |_| {
        live.signals.unlock.get() && live.signals.vault.with(|vault| vault.state == VaultState::Locked)
    });
    move || {
        shown.get().then(|| {
            view! {
                <div class="notice" role="region" aria-label=say(Words::UnlockVault)>
                    <Unlock id=UNLOCK />
                    <button on:click=move |_| live.want_unlock(false)>{say(Form::Cancel)}</button>
                </div>
            }
        })
    }
}

/// Whether the vault is to keep a new key, and what it needs for that.
#[derive(Debug, Clone, Copy)]
pub struct Remember {
    pub wanted: RwSignal<bool>,
    passphrase: NodeRef<Input>,
    again: NodeRef<Input>,
}

impl Remember {
    pub fn new() -> Self {
        Remember { wanted: RwSignal::new(false), passphrase: NodeRef::new(), again: NodeRef::new() }
    }

    /// Makes or opens the vault, if it is to keep the key.
    ///
    /// # Errors
    /// Why it cannot, in a sentence.
    pub async fn make_ready(self, live: Live) -> Result<(), String> {
        let opened = match live.signals.vault.with_untracked(|vault| vault.state) {
            VaultState::Open => Ok(()),
            VaultState::Locked => live.open_vault(&take_passphrase(self.passphrase)).await,
            VaultState::Unusable(error) => Err(error),
            VaultState::Absent | VaultState::Unknown => {
                let field = |field: NodeRef<Input>| field.try_get_untracked().flatten();
                let read =
                    |input: Option<_>| input.map_or_else(|| Typed::of(""), |input| Typed::passphrase(&input));
                let new =
                    NewPassphrase { typed: read(field(self.passphrase)), again: read(field(self.again)) };
                let made = live.make_vault(&new, None).await;
                if made.is_ok() {
                    clear(self.passphrase);
                    clear(self.again);
                }
                made
            }
        };
        opened.map_err(|error| problem(live, error).to_owned())
    }
}

/// The choice, with the passphrase fields that it needs.
#[component]
pub fn RememberInputs(remember: Remember) -> impl IntoView {
    let live = live();
    let state = Memo::new(move |_| live.signals.vault.with(|vault| vault.state));
    let unusable = move || match state.get() {
        VaultState::Unusable(error) => Some(problem(live, error)),
        _ => None,
    };
    view! {
        <div class="wide remember">
            <label for="remember">
                <input
                    id="remember"
                    type="checkbox"
                    aria-describedby="remember-hint"
                    disabled=move || unusable().is_some()
                    prop:checked=move || remember.wanted.get()
                    on:change:target=move |event| remember.wanted.set(event.target().checked())
                />
                {say(Words::Remember)}
            </label>
            <p class="hint" id="remember-hint">{move || unusable().unwrap_or_else(|| say(Words::RememberHint))}</p>
        </div>
        {move || match (remember.wanted.get(), state.get()) {
            (true, VaultState::Locked) => Some(view! {
                <TextField id="passphrase" label=say(Words::Passphrase) hint=say(Words::IsLocked) secret=true field=remember.passphrase />
                <WaitNote />
            }.into_any()),
            (true, VaultState::Absent | VaultState::Unknown) => Some(view! {
                <NewPassphraseInputs passphrase=remember.passphrase again=remember.again />
            }.into_any()),
            _ => None,
        }}
    }
}
