//! The connection doctor: a button, and then each hop with what was seen there.

use leptos::prelude::*;
use rollwatch_core::model::Watch;
use rollwatch_core::view::words::{Doctor as Words, Errors};
use rollwatch_core::view::{CardView, DoctorView, HopView};

use super::glyph::Glyph;
use super::{lang, live, say, tone};
use crate::browser::{clipboard, task};
use crate::live::{KeyChoice, KeyName};

/// How far an examination has come.
#[derive(Debug, Clone, PartialEq, Default)]
enum Examination {
    #[default]
    Ready,
    Asking,
    /// A field is missing or not usable.
    Unusable(String),
    Told(DoctorView),
}

/// What is examined: the question, and the key to sign it with, if it is not the one of the watch's account.
pub type Examined = (Watch, Option<KeyChoice>);

/// The button and what came of it. `account` is whose key signs, empty for the one that a form holds; `begin` is
/// asked what to examine when the button is pressed, and nothing is sent before.
#[component]
pub fn Doctor(
    #[prop(optional, into)] account: Signal<String>,
    /// Whether what is around says already what this is.
    #[prop(optional)]
    bare: bool,
    #[prop(into)] begin: Callback<(), Result<Examined, String>>,
) -> impl IntoView {
    let live = live();
    let state = RwSignal::new(Examination::default());
    let is_asking = Memo::new(move |_| state.with(|state| *state == Examination::Asking));
    let examine = move |_| {
        let (watch, choice) = match begin.run(()) {
            Ok(examined) => examined,
            Err(problem) => return state.set(Examination::Unusable(problem)),
        };
        state.set(Examination::Asking);
        task::spawn(async move {
            let told = live.examine(watch, choice).await;
            let unusable = || live.signals.lang.get_untracked().fill(Errors::BadWatch, &["region"]);
            state.try_set(told.map_or_else(|| Examination::Unusable(unusable()), Examination::Told));
        });
    };
    let label = move || match account.get() {
        account if account.is_empty() => say(Words::Check).to_owned(),
        account => lang().fill(Words::CheckWith, &[&account]),
    };
    let about = move || match account.get() {
        account if account.is_empty() => say(Words::AboutForm).to_owned(),
        account => lang().fill(Words::About, &[&account]),
    };
    view! {
        <section class="doctor">
            {(!bare).then(|| view! { <h3>{say(Words::Title)}</h3> })}
            <p class="quiet">{about}</p>
            <p><button type="button" disabled=is_asking on:click=examine>{label}</button></p>
            <div role="status">
                {move || match state.get() {
                    Examination::Ready => None,
                    Examination::Asking => Some(view! { <p>{say(Words::Checking)}</p> }.into_any()),
                    Examination::Unusable(text) => Some(view! { <div class="problem"><p>{text}</p></div> }.into_any()),
                    Examination::Told(told) => Some(view! { <Told told /> }.into_any()),
                }}
            </div>
        </section>
    }
}

/// What was found.
#[component]
fn Told(told: DoctorView) -> impl IntoView {
    let DoctorView { verdict, word, what, todo, hops, report } = told;
    view! {
        <div class=format!("outcome {}", tone::of_verdict(verdict))>
            <p class="verdict"><Glyph verdict=Signal::stored(verdict) /><strong>{word}</strong></p>
            {(!what.is_empty()).then(|| view! { <p>{what}</p><p>{todo}</p> })}
        </div>
        <ol class="hops">
            {hops.into_iter().map(|hop| view! { <Hop hop /> }).collect_view()}
        </ol>
        <Report report />
    }
}

#[component]
fn Hop(hop: HopView) -> impl IntoView {
    let HopView { verdict, name, word, tried, evidence } = hop;
    view! {
        <li class=tone::of_verdict(verdict)>
            <p class="verdict"><Glyph verdict=Signal::stored(verdict) /><strong>{name}</strong><span>{word}</span></p>
            {(!tried.is_empty()).then(|| view! { <p class="tried">{tried}</p> })}
            {evidence.into_iter().map(|line| view! { <p class="evidence">{line}</p> }).collect_view()}
        </li>
    }
}

/// The same as a text to hand on: what is copied can be read before.
#[component]
fn Report(report: String) -> impl IntoView {
    let live = live();
    let copied = RwSignal::new("");
    let text = report.clone();
    let copy = move |_| {
        let text = text.clone();
        task::spawn(async move {
            let word = if clipboard::copy(&text).await { Words::Copied } else { Words::CopyFailed };
            copied.try_set(live.signals.lang.get_untracked().say(word));
        });
    };
    view! {
        <p class="hint">{say(Words::InReport)}</p>
        <p class="actions">
            <button type="button" on:click=copy>{say(Words::Copy)}</button>
            <span role="status">{copied}</span>
        </p>
        <details>
            <summary>{say(Words::Show)}</summary>
            <pre class="report" tabindex="0">{report}</pre>
        </details>
    }
}

/// The doctor of a watched cluster, once it has been in trouble since its page was opened.
#[component]
pub fn ClusterDoctor(watch: Watch, #[prop(into)] card: Signal<CardView>) -> impl IntoView {
    let key = watch.key();
    let account = Memo::new(move |_| card.with(|card| card.account.clone()));
    // What was found stays when the trouble goes.
    let shown = Memo::new(move |before: Option<&bool>| {
        before.copied().unwrap_or_default() || card.with(|card| card.trouble.is_some())
    });
    let live = live();
    let begin = Callback::new(move |()| {
        let watch = live.watch(&key).unwrap_or_else(|| watch.clone());
        Ok((watch, None))
    });
    move || shown.get().then(|| view! { <Doctor account begin /> })
}

/// The doctor of an account, for one of the clusters that its key is for; nothing while there is none.
#[component]
pub fn KeyDoctor(account: KeyName) -> impl IntoView {
    let live = live();
    let name = account.account.clone();
    let id = format!("doctor-{}-{name}", account.provider.id());
    let watches = Memo::new(move |_| live.watches_of(&account));
    let picked = RwSignal::new(None::<String>);
    let chosen = Memo::new(move |_| {
        let watches = watches.get();
        let picked = picked.get();
        let found = watches.iter().find(|watch| Some(watch.key()) == picked);
        found.or(watches.first()).cloned()
    });
    let options = Signal::derive(move || {
        watches.get().iter().map(|watch| (watch.key(), watch.cluster.clone())).collect::<Vec<_>>()
    });
    let begin =
        Callback::new(move |()| chosen.get_untracked().map(|watch| (watch, None)).ok_or_else(String::new));
    let (has_one, has_more) = (
        Memo::new(move |_| chosen.with(Option::is_some)),
        Memo::new(move |_| watches.with(|all| all.len() > 1)),
    );
    move || {
        let (id, name) = (id.clone(), name.clone());
        has_one.get().then(|| view! {
            <details>
                <summary>{say(Words::Title)}</summary>
                {
                    let id = id.clone();
                    move || has_more.get().then(|| view! {
                        <div class="field">
                            <label for=id.clone()>{say(Words::Cluster)}</label>
                            <select id=id.clone() on:change:target=move |event| picked.set(Some(event.target().value()))>
                                {options.get().into_iter().map(|(key, name)| view! { <option value=key>{name}</option> }).collect_view()}
                            </select>
                        </div>
                    })
                }
                <Doctor account=Signal::stored(name.clone()) bare=true begin />
            </details>
        })
    }
}
