//! What leaves this browser, told before the first call with an account; and agreeing to it where it has changed.

use leptos::prelude::*;
use rollwatch_core::model::Watch;
use rollwatch_core::view::words::{Doctor, Leaves as Words};
use rollwatch_core::view::{CardView, LeavesView, PolicyView};

use super::{lang, live, say};
use crate::browser::{clipboard, task};
use crate::live::KeyName;

/// Which calls are made, where to, how often, and what of the key goes along.
#[component]
pub fn Leaves(#[prop(into)] told: Signal<LeavesView>) -> impl IntoView {
    let told = Memo::new(move |_| told.get());
    let rows = move || {
        let row = |call: rollwatch_core::view::CallRow| view! { <li><span>{call.what}</span><span class="quiet">{call.when}</span></li> };
        told.get().calls.into_iter().map(row).collect_view()
    };
    let policy = Memo::new(move |_| told.with(|told| told.policy.clone()));
    view! {
        <section class="leaves">
            <h3>{say(Words::Title)}</h3>
            <p>{move || told.with(|told| told.proxy.clone())}</p>
            <ul>{rows}</ul>
            <p>{move || told.with(|told| told.key.clone())}</p>
            <details>
                <summary>{say(Words::PolicyTitle)}</summary>
                {move || view! { <Policy policy=policy.get() /> }}
            </details>
        </section>
    }
}

/// What the key has to be allowed, to copy.
#[component]
fn Policy(policy: PolicyView) -> impl IntoView {
    let live = live();
    let PolicyView { about, text, unconfirmed } = policy;
    let copied = RwSignal::new("");
    let document = text.clone();
    let copy = move |_| {
        let document = document.clone();
        task::spawn(async move {
            let word = if clipboard::copy(&document).await { Doctor::Copied } else { Doctor::CopyFailed };
            copied.try_set(live.signals.lang.get_untracked().say(word));
        });
    };
    view! {
        <p>{about}</p>
        {(!text.is_empty()).then(|| view! {
            <pre class="report" tabindex="0">{text}</pre>
            <p class="actions">
                <button type="button" on:click=copy>{say(Words::CopyPolicy)}</button>
                <span role="status">{copied}</span>
            </p>
        })}
        {(!unconfirmed.is_empty()).then(|| view! { <p class="hint">{unconfirmed}</p> })}
    }
}

/// The agreement of a watched cluster's account, while it is wanted.
#[component]
pub fn ClusterAgreement(watch: Watch, #[prop(into)] card: Signal<CardView>) -> impl IntoView {
    let provider = watch.service.provider();
    let wanted = Memo::new(move |_| {
        card.with(|card| {
            let waits = card.trouble.as_ref().is_some_and(|trouble| trouble.agree_helps);
            waits.then(|| card.account.clone())
        })
    });
    move || wanted.get().map(|account| view! { <Agreement name=KeyName { provider, account } /> })
}

/// What would leave this browser with an account, and the button that agrees to it.
#[component]
fn Agreement(name: KeyName) -> impl IntoView {
    let live = live();
    let label = lang().fill(Words::Agree, &[&name.account]);
    let told = {
        let name = name.clone();
        Signal::derive(move || live.leaves_of(&name))
    };
    view! {
        <section class="agreement">
            <Leaves told />
            <p><button class="primary" on:click=move |_| live.agree_to_all(&name)>{label}</button></p>
        </section>
    }
}
