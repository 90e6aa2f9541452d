//! The bar that goes through a recorded run, and the mark over a page that shows the past.

use leptos::prelude::*;
use rollwatch_core::view::Replay;
use rollwatch_core::view::words::Recorder;

use super::say;

/// `on_stop` is told the place to show: a recorded change, or `Replay::last` for now.
#[component]
pub fn ReplayBar(
    #[prop(into)] replay: Signal<Replay>,
    #[prop(into)] on_stop: Callback<usize>,
) -> impl IntoView {
    let at = Memo::new(move |_| replay.with(|replay| replay.at));
    let last = Memo::new(move |_| replay.with(|replay| replay.last));
    let text = Memo::new(move |_| replay.with(|replay| replay.text.clone()));
    let recorded = Memo::new(move |_| last.get() > 0);
    let is_first = move || at.get() == 0;
    let is_last = move || at.get() >= last.get();
    // A button that is disabled loses the focus to nothing: it is marked instead, and does nothing.
    let marked = |is_so: bool| if is_so { "true" } else { "false" };
    let back = move |_| on_stop.run(at.get_untracked().saturating_sub(1));
    let forward = move |_| on_stop.run((at.get_untracked() + 1).min(last.get_untracked()));
    view! {
        <Show when=move || recorded.get()
            fallback=|| view! { <p class="quiet">{say(Recorder::ReplayEmpty)}</p> }>
            <div class="replay" role="group" aria-label=say(Recorder::Replay)>
                <span class="name">{say(Recorder::Replay)}</span>
                <button class="step" title=say(Recorder::Backward) aria-label=say(Recorder::Backward)
                    aria-disabled=move || marked(is_first()) on:click=back>"◀"</button>
                <input
                    type="range"
                    min="0"
                    max=move || last.get().to_string()
                    step="1"
                    aria-label=say(Recorder::Replay)
                    aria-valuetext=text
                    title=say(Recorder::ReplayAbout)
                    prop:value=move || {
                        // A browser keeps the value within the limits that it knows, so the limit comes first.
                        last.track();
                        at.get().to_string()
                    }
                    on:input:target=move |event| {
                        on_stop.run(event.target().value().parse().unwrap_or(usize::MAX));
                    }
                />
                <button class="step" title=say(Recorder::Forward) aria-label=say(Recorder::Forward)
                    aria-disabled=move || marked(is_last()) on:click=forward>"▶"</button>
                <button aria-disabled=move || marked(is_last()) on:click=move |_| on_stop.run(last.get_untracked())>
                    {say(Recorder::Present)}
                </button>
                <p class="stop">{text}</p>
            </div>
        </Show>
    }
}

/// Says that the page shows the past, and leads back.
#[component]
pub fn PastMark(
    #[prop(into)] replay: Signal<Replay>,
    #[prop(into)] on_present: Callback<()>,
) -> impl IntoView {
    let past = Memo::new(move |_| replay.with(|replay| replay.past.clone()));
    let is_past = Memo::new(move |_| past.with(Option::is_some));
    move || {
        is_past.get().then(|| {
            view! {
                <div class="past-mark" role="note">
                    <strong>{move || past.get()}</strong>
                    <button on:click=move |_| on_present.run(())>{say(Recorder::BackToNow)}</button>
                </div>
            }
        })
    }
}
