//! What changed, as a list: what is new to this person apart from what they saw before.

use leptos::prelude::*;
use rollwatch_core::view::words::Recorder;
use rollwatch_core::view::{Changes, Entry, EntryKind};

use super::{lang, say, tone};

#[component]
pub fn ChangeList(
    #[prop(into)] changes: Signal<Changes>,
    #[prop(into)] on_all: Callback<()>,
) -> impl IntoView {
    let since = Memo::new(move |_| changes.with(|changes| changes.since.clone()));
    let news = Memo::new(move |_| changes.with(|changes| changes.news.clone()));
    let before = Memo::new(move |_| changes.with(|changes| changes.before.clone()));
    let left_out = Memo::new(move |_| changes.with(|changes| changes.left_out));
    let nothing = move || news.with(Vec::is_empty) && before.with(Vec::is_empty);
    // Without anything before, a heading would stand over nothing.
    let divided = move || since.with(Option::is_some) && !before.with(Vec::is_empty);
    view! {
        {move || nothing().then(|| view! { <p class="quiet">{say(Recorder::NoChange)}</p> })}
        {move || since.get().filter(|_| !nothing()).map(|since| view! { <h3 class="since">{since}</h3> })}
        <Entries entries=news news=true />
        {move || divided().then(|| view! { <h3 class="quiet">{say(Recorder::Before)}</h3> })}
        <Entries entries=before news=false />
        {move || match left_out.get() {
            0 => None,
            count => Some(view! {
                <button on:click=move |_| on_all.run(())>{lang().fill(Recorder::ShowAll, &[&count.to_string()])}</button>
            }),
        }}
    }
}

#[component]
fn Entries(entries: Memo<Vec<Entry>>, news: bool) -> impl IntoView {
    move || {
        entries.with(|entries| !entries.is_empty()).then(|| {
            let entries = entries.get().into_iter().map(drawn).collect_view();
            view! { <ol class="changes" class:news=news>{entries}</ol> }
        })
    }
}

fn drawn(entry: Entry) -> impl IntoView {
    let class = match entry.kind {
        EntryKind::Changed => "changed",
        EntryKind::Paused => "paused",
        EntryKind::NotWatched => "not-watched",
        EntryKind::AnotherRun => "another-run",
    };
    let lines = entry.lines.into_iter().map(|line| match line.state {
        Some(state) => view! { <li class=format!("state-line {}", tone::of_state(state))>{line.text}</li> },
        None => view! { <li class="state-line".to_owned()>{line.text}</li> },
    });
    view! {
        <li class=class>
            <p class="when" title=entry.when.evidence>{entry.when.text}</p>
            <ul>{lines.collect_view()}</ul>
        </li>
    }
}
