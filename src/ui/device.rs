//! What this page has on the device: the watch list as a file, and an end of everything.

use leptos::html::Input;
use leptos::prelude::*;
use rollwatch_core::view::words::Vault as Words;

use super::{lang, live, say};
use crate::browser::{document, file, task};
use crate::live::{Import, ImportError};

/// What came of choosing a file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Chosen {
    Offered(Import),
    Unusable(ImportError),
    Added(usize),
}

/// Saving the watch list, and adding from what was saved.
#[component]
pub fn WatchList() -> impl IntoView {
    let live = live();
    let field = NodeRef::<Input>::new();
    let chosen = RwSignal::new(None::<Chosen>);
    let look = move |_| {
        let Some(input) = field.get_untracked() else { return };
        task::spawn(async move {
            let text = file::chosen(&input).await.unwrap_or_default();
            chosen.try_set(Some(match live.preview(&text) {
                Ok(import) => Chosen::Offered(import),
                Err(error) => Chosen::Unusable(error),
            }));
            // The same file can be chosen again.
            input.set_value("");
        });
    };
    let outcome = move |chosen_now: Chosen| match chosen_now {
        Chosen::Unusable(error) => {
            let word = match error {
                ImportError::NotAList => Words::NotAList,
                ImportError::OtherVersion => Words::OtherVersion,
            };
            view! { <p class="problem">{say(word)}</p> }.into_any()
        }
        Chosen::Added(count) => {
            view! { <p>{lang().fill(Words::ImportDone, &[&count.to_string()])}</p> }.into_any()
        }
        Chosen::Offered(import) => {
            let add = {
                let import = import.clone();
                move |_| {
                    chosen.set(Some(Chosen::Added(import.new.len())));
                    live.import(import.clone());
                }
            };
            view! { <Offer import on_add=add /> }.into_any()
        }
    };
    view! {
        <section class="watch-list">
            <h2>{say(Words::ListTitle)}</h2>
            <p>{say(Words::ListAbout)}</p>
            <p><button on:click=move |_| live.export()>{say(Words::Export)}</button></p>
            <div class="field">
                <label for="import">{say(Words::ImportLabel)}</label>
                <input id="import" type="file" accept=".json,application/json" node_ref=field on:change=look />
            </div>
            <div role="status">{move || chosen.get().map(outcome)}</div>
        </section>
    }
}

/// What a file would add, before it does.
#[component]
fn Offer(import: Import, #[prop(into)] on_add: Callback<()>) -> impl IntoView {
    let count = import.new.len().to_string();
    let summary = match import.new.len() {
        0 => say(Words::ImportNone).to_owned(),
        _ => lang().fill(Words::ImportNew, &[&count, &import.known.to_string()]),
    };
    let unread = (import.unread > 0).then(|| lang().fill(Words::ImportUnread, &[&import.unread.to_string()]));
    let asks = (!import.asked_with.is_empty())
        .then(|| lang().fill(Words::ImportAsks, &[&import.asked_with.join(", ")]));
    let add = lang().fill(Words::ImportYes, &[&count]);
    let named =
        import.new.iter().map(|watch| format!("{} · {} · {}", watch.cluster, watch.region, watch.account));
    let named: Vec<_> = named.map(|line| view! { <li>{line}</li> }).collect();
    view! {
        <p>{summary}</p>
        <ul class="quiet">{named}</ul>
        {unread.map(|text| view! { <p>{text}</p> })}
        {asks.map(|text| view! { <p>{text}</p> })}
        {(!import.new.is_empty()).then(|| view! { <p><button class="primary" on:click=move |_| on_add.run(())>{add}</button></p> })}
    }
}

const QUESTION: &str = "forget-everything";

/// An end of everything, once it is confirmed.
#[component]
pub fn ForgetEverything() -> impl IntoView {
    let live = live();
    let sure = RwSignal::new(false);
    let ask = move |_| {
        sure.set(true);
        task::spawn(async {
            // The question is there with the next turn.
            leptos::task::tick().await;
            document::focus(QUESTION);
        });
    };
    let forget = move |_| task::spawn(live.forget_everything());
    let gone = move || {
        let clusters = live.signals.order.with_untracked(Vec::len).to_string();
        [
            say(Words::GoneKeys).to_owned(),
            lang().fill(Words::GoneList, &[&clusters]),
            say(Words::GoneRecords).to_owned(),
            say(Words::GoneSettings).to_owned(),
        ]
    };
    view! {
        <section class="forget">
            <h2>{say(Words::ForgetAll)}</h2>
            {move || match sure.get() {
                false => view! { <p><button on:click=ask>{say(Words::ForgetAll)}</button></p> }.into_any(),
                true => view! {
                    <div class="problem" id=QUESTION tabindex="-1">
                        <p>{say(Words::ForgetSure)}</p>
                        <ul>{gone().into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                        <p>
                            <button class="delete" on:click=forget>{say(Words::ForgetYes)}</button>
                            " "
                            <button on:click=move |_| sure.set(false)>{say(Words::Keep)}</button>
                        </p>
                    </div>
                }.into_any(),
            }}
        </section>
    }
}
