//! The vault on the page of keys: its state, when it locks, its passphrase, its end.

use leptos::html::Input;
use leptos::prelude::*;
use rollwatch_core::model::Site;
use rollwatch_core::view::provider_name;
use rollwatch_core::view::words::{Form, Recordings, Vault as Words};

use super::fields::{ChoiceField, TextField};
use super::vault::{
    NewPassphraseInputs, Told, ToldNote, Unlock, WaitNote, has_to_wait, problem, take_passphrase,
};
use super::{lang, live, say};
use crate::browser::task;
use crate::live::{IdleAfter, KeyName, NewPassphrase, VaultError, VaultState};

#[component]
pub fn VaultSettings() -> impl IntoView {
    let live = live();
    let state = Memo::new(move |_| live.signals.vault.with(|vault| vault.state));
    view! {
        <section class="vault">
            <h2>{say(Words::Title)}</h2>
            <p>{say(Words::About)}</p>
            {move || match state.get() {
                VaultState::Unknown => None,
                VaultState::Absent => Some(view! { <p class="quiet">{say(Words::Absent)}</p> }.into_any()),
                VaultState::Locked => Some(view! {
                    <p>{say(Words::IsLocked)}</p>
                    <LockedKeys />
                    <Unlock id="unlock-here" />
                    <DeleteVault />
                }.into_any()),
                VaultState::Open => Some(view! {
                    <p>{say(Words::IsOpen)}" "<button on:click=move |_| live.lock_vault()>{say(Words::LockNow)}</button></p>
                    <Idle />
                    <ChangePassphrase />
                    <DeleteVault />
                }.into_any()),
                VaultState::Unusable(error) => Some(view! {
                    <p class="problem">{problem(live, error)}</p>
                    {(error == VaultError::Damaged).then(|| view! { <DeleteVault /> })}
                }.into_any()),
            }}
        </section>
    }
}

/// The watched accounts whose keys are locked, each of which can be forgotten without opening anything.
#[component]
fn LockedKeys() -> impl IntoView {
    let live = live();
    let names = Memo::new(move |_| live.signals.vault.with(|vault| vault.locked.clone()));
    let row = move |name: KeyName| {
        let label = format!("{} {}", say(Form::KeyForget), name.account);
        let words = format!("{} · {}", name.account, provider_name(lang(), name.provider, Site::Public));
        view! {
            <li>
                {words}" "
                <button aria-label=label on:click=move |_| live.forget_key(&name)>{say(Form::KeyForget)}</button>
            </li>
        }
    };
    view! { <ul>{move || names.get().into_iter().map(row).collect_view()}</ul> }
}

#[component]
fn Idle() -> impl IntoView {
    let live = live();
    let words = [Words::Quarter, Words::Hour, Words::Shift];
    let all = IdleAfter::ALL.into_iter().zip(words);
    let options: Vec<_> = all.map(|(idle, word)| (idle.id().to_owned(), say(word).to_owned())).collect();
    let value = Signal::derive(move || live.signals.vault.with(|vault| vault.idle.id().to_owned()));
    let choose = move |id: String| {
        if let Some(idle) = IdleAfter::from_id(&id) {
            live.set_idle(idle);
        }
    };
    view! {
        <ChoiceField id="idle" label=say(Words::IdleLabel) options value on_choice=choose />
        <p class="hint">{say(Words::IdleHint)}</p>
    }
}

#[component]
fn ChangePassphrase() -> impl IntoView {
    let live = live();
    let (old, passphrase, again) =
        (NodeRef::<Input>::new(), NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let told: Told = RwSignal::new(None);
    let under_way = RwSignal::new(false);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if under_way.get_untracked() {
            return;
        }
        let new = NewPassphrase { typed: take_passphrase(passphrase), again: take_passphrase(again) };
        let old = take_passphrase(old);
        under_way.set(true);
        told.set(Some((false, say(Words::Opening))));
        task::spawn(async move {
            let changed = live.change_passphrase(&old, &new).await;
            under_way.try_set(false);
            told.try_set(Some(match changed {
                Ok(()) => (false, live.signals.lang.get_untracked().say(Words::Changed)),
                Err(error) => (true, problem(live, error)),
            }));
        });
    };
    view! {
        <details>
            <summary>{say(Words::Change)}</summary>
            <form class="form" on:submit=send>
                <TextField id="old-passphrase" label=say(Words::OldPassphrase) secret=true field=old />
                <NewPassphraseInputs passphrase again />
                <WaitNote />
                <ToldNote told />
                <p><button class="primary" disabled=move || under_way.get() || has_to_wait(live)>{say(Words::Change)}</button></p>
            </form>
        </details>
    }
}

#[component]
fn DeleteVault() -> impl IntoView {
    let live = live();
    let sure = RwSignal::new(false);
    let told: Told = RwSignal::new(None);
    let delete = move |_| {
        task::spawn(async move {
            let deleted = live.delete_vault().await;
            told.try_set(deleted.err().map(|error| (true, problem(live, error))));
        });
    };
    view! {
        {move || match sure.get() {
            false => view! { <p><button on:click=move |_| sure.set(true)>{say(Words::DeleteVault)}</button></p> }.into_any(),
            true => view! {
                <div class="problem">
                    <p>{say(Words::DeleteSure)}</p>
                    <p>
                        <button class="delete" on:click=delete>{say(Recordings::DeleteYes)}</button>
                        " "
                        <button on:click=move |_| sure.set(false)>{say(Words::Keep)}</button>
                    </p>
                </div>
            }.into_any(),
        }}
        <ToldNote told />
    }
}
