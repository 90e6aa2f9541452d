//! The page of one cluster.

use leptos::prelude::*;
use rollwatch_core::model::Watch;
use rollwatch_core::view::words::{Chart as ChartWords, Page, Recorder};
use rollwatch_core::view::{CardView, PageView, place_name, provider_name};

use super::card::TroubleNote;
use super::check::Checks;
use super::doctor::ClusterDoctor;
use super::gantt::Chart;
use super::glyph::Glyph;
use super::history::Runs;
use super::key_form::KeyForm;
use super::leaves::ClusterAgreement;
use super::replay::{PastMark, ReplayBar};
use super::seen::ChangeList;
use super::strip::Strip;
use super::tables::{self, FindingList, Row, Table};
use super::zone::ZoneField;
use super::{lang, live, say, tone};
use crate::browser::{clipboard, location, task};
use crate::live::KeyName;
use crate::route::Route;

/// A cluster that a link names: its page when it is watched, else what is needed to watch it.
#[component]
pub fn Cluster(watch: Watch) -> impl IntoView {
    let live = live();
    let key = watch.key();
    let watched = Memo::new({
        let key = key.clone();
        move |_| live.signals.order.with(|order| order.contains(&key))
    });
    live.open(Some(key.clone()));
    on_cleanup(move || live.open(None));
    view! {
        <p class="crumbs"><a href=Route::Board.href()>"← "{say(Page::Back)}</a></p>
        {move || match (watched.get(), live.page(&key), live.card(&key)) {
            (true, Some(page), Some(card)) => view! { <Watched watch=watch.clone() page card /> }.into_any(),
            _ => view! { <Unwatched watch=watch.clone() /> }.into_any(),
        }}
    }
}

/// The opener of a link has not watched this cluster: nothing is asked before they give a key.
#[component]
fn Unwatched(watch: Watch) -> impl IntoView {
    let provider = provider_name(lang(), watch.service.provider(), watch.site);
    let place = format!("{provider}, {}", place_name(lang(), &watch));
    view! {
        <div class="cluster">
            <section>
                <h2>{watch.cluster.clone()}</h2>
                <p>{lang().fill(Page::NotWatchedYet, &[&place])}</p>
            </section>
            <KeyForm watch />
        </div>
    }
}

#[component]
fn Watched(watch: Watch, page: ArcRwSignal<Option<PageView>>, card: ArcRwSignal<CardView>) -> impl IntoView {
    let live = live();
    let key = watch.key();
    let (page, card) = (RwSignal::from(page), RwSignal::from(card));
    // The banner is that of the page: while the page shows the past, the card on the board does not.
    let shown = Memo::new(move |_| {
        page.with(|page| page.as_ref().map(|page| page.card.clone())).unwrap_or_else(|| card.get())
    });
    let raw = live.raw(&key).map(RwSignal::from);
    let of_key = live.watch(&key).map(|watch| KeyName::of(&watch));
    // A key that ends soon is asked for anew before it does.
    let ends_soon = Memo::new(move |_| {
        live.signals.ending.with(|ending| ending.iter().any(|(name, _)| Some(name) == of_key.as_ref()))
    });
    let wants_key = Memo::new(move |_| {
        ends_soon.get() || card.with(|card| card.trouble.as_ref().is_some_and(|trouble| trouble.key_helps))
    });
    let part = Part { page };
    let clock = part.of(|page| page.clock.clone());
    let provider = watch.service.provider();
    let account = Memo::new(move |_| card.with(|card| card.account.clone()));
    let is_past = part.of(|page| page.replay.past.is_some());
    let replay = part.of(|page| page.replay.clone());
    let zoneless = part.of(|page| page.zone_not_stated.is_some() && page.replay.past.is_none());
    let steps = part.rows(|page| page.steps.iter().cloned().map(tables::step).collect());
    let nodes = part.rows(|page| page.nodes.iter().cloned().map(tables::node).collect());
    view! {
        <div class="cluster" class:past=is_past>
            <PastMark replay on_present=move |()| live.replay(None) />
            <Banner card=shown is_past watch=watch.clone() />
            {move || clock.get().map(|sentence| view! { <p class="notice" role="note">{sentence}</p> })}
            <div class="present-only" hidden=is_past><ClusterDoctor watch=watch.clone() card /></div>
            <div class="present-only" hidden=is_past><ClusterAgreement watch=watch.clone() card /></div>
            {
                let watch = watch.clone();
                move || (wants_key.get() && !is_past.get()).then(|| view! { <KeyForm watch=watch.clone() /> })
            }
            <section>
                <h2>{say(ChartWords::Title)}</h2>
                <Chart gantt=part.of(|page| page.gantt.clone()) wish=move |wish| live.look(|look| look.follow(wish)) />
                <ReplayBar replay on_stop=move |place| live.replay(Some(place)) />
                <p class="quiet">{part.of(|page| page.zone.clone())}</p>
            </section>
            <div class="columns">
                <Versions part />
                <section>
                    <h2>{say(Page::Findings)}</h2>
                    <FindingList rows=part.of(|page| page.findings.clone()) />
                    {move || zoneless.get().then(|| {
                        let account = KeyName { provider, account: account.get() };
                        view! { <ZoneField id="account-zone".to_owned() account /> }
                    })}
                </section>
            </div>
            <section>
                <h2>{say(Page::Steps)}</h2>
                {move || match steps.with(Vec::is_empty) {
                    true => view! { <p class="quiet">{say(Page::NoSteps)}</p> }.into_any(),
                    false => view! { <Table label=Page::Steps columns=tables::STEP_COLUMNS.to_vec() rows=steps /> }.into_any(),
                }}
            </section>
            <section>
                <h2>{say(Page::Nodes)}</h2>
                <Table label=Page::Nodes columns=tables::NODE_COLUMNS.to_vec() rows=nodes />
            </section>
            <More part />
            // What can be asked for and the latest answer are of the present.
            <div class="present-only" hidden=is_past>
                <Checks watch card />
                <section>
                    <h2>{say(Page::Raw)}</h2>
                    {raw.map(|raw| view! { <Raw raw /> })}
                </section>
            </div>
        </div>
    }
}

/// Slices of the page's view.
#[derive(Clone, Copy)]
struct Part {
    page: RwSignal<Option<PageView>>,
}

impl Part {
    /// A slice that changes only when its own value does; empty while the page is not there yet.
    fn of<T>(self, pick: fn(&PageView) -> T) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.page.with(|page| page.as_ref().map(pick).unwrap_or_default()))
    }

    fn rows(self, pick: fn(&PageView) -> Vec<Row>) -> Memo<Vec<Row>> {
        self.of(pick)
    }
}

/// The verdict, what is hurt, where, and how long: the card's lines, larger.
#[component]
fn Banner(card: Memo<CardView>, is_past: Memo<bool>, watch: Watch) -> impl IntoView {
    let text = move |pick: fn(&CardView) -> String| Memo::new(move |_| card.with(pick));
    let verdict = Memo::new(move |_| card.with(|card| card.verdict));
    let has_nodes = Memo::new(move |_| card.with(|card| !card.cells.is_empty()));
    let lines = Memo::new(move |_| {
        card.with(|card| {
            let lines = [
                &card.last_seen,
                &card.impact,
                &card.place_of_work,
                &card.elapsed,
                &card.remaining,
                &card.basis,
                &card.expected,
            ];
            lines.into_iter().flatten().cloned().collect::<Vec<_>>()
        })
    });
    let badges = Memo::new(move |_| card.with(|card| card.badges.clone()));
    view! {
        <section class=move || format!("banner {}", tone::of_verdict(verdict.get()))>
            <p class="verdict">
                <Glyph verdict />
                <strong>{text(|card| card.word.clone())}</strong>
                <span>{text(|card| card.since.clone())}</span>
            </p>
            <h2>{text(|card| card.name.clone())}</h2>
            <p class="origin">
                {text(|card| format!("{} · {} · {} · {}", card.kind, card.provider, card.service, card.place))}
            </p>
            {move || lines.get().into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
            {move || has_nodes.get().then(|| view! { <Strip card /><p>{text(|card| card.counts.clone())}</p> })}
            <TroubleNote card />
            <p class="trust">
                <span>{text(|card| card.freshness.clone())}</span>
                {move || badges.get().into_iter().map(|badge| view! { <span class="badge">{badge}</span> }).collect_view()}
            </p>
            <div hidden=is_past><Actions watch /></div>
        </section>
    }
}

#[component]
fn Actions(watch: Watch) -> impl IntoView {
    let live = live();
    let key = StoredValue::new(watch.key());
    let copied = RwSignal::new("");
    let address = format!("{}{}", location::page_address(), Route::Cluster(watch).href());
    let copy = move |_| {
        let address = address.clone();
        task::spawn(async move {
            let word = if clipboard::copy(&address).await { Page::Copied } else { Page::CopyFailed };
            copied.try_set(live.signals.lang.get_untracked().say(word));
        });
    };
    let remove = move |_| {
        key.with_value(|key| live.remove(key));
        location::set_fragment(&Route::Board.fragment());
    };
    view! {
        <div class="actions">
            <button on:click=copy>{say(Page::CopyLink)}</button>
            <button on:click=move |_| key.with_value(|key| live.ask_now(key))>{say(Page::AskNow)}</button>
            <button on:click=remove>{say(Page::Remove)}</button>
            <span role="status">{copied}</span>
        </div>
    }
}

#[component]
fn Versions(part: Part) -> impl IntoView {
    let facts = part.of(|page| page.facts.clone());
    view! {
        <section>
            <h2>{say(Page::Versions)}</h2>
            <p class="change">{part.of(|page| page.card.versions.clone())}</p>
            <Pairs pairs=part.of(|page| page.versions.clone()) />
            <Show when=move || facts.with(|facts| !facts.is_empty())>
                <h3>{say(Page::Facts)}</h3>
                <Pairs pairs=facts />
            </Show>
        </section>
    }
}

#[component]
fn Pairs(pairs: Memo<Vec<(String, String)>>) -> impl IntoView {
    let pair = |(name, value): (String, String)| view! { <dt>{name}</dt><dd>{value}</dd> };
    view! { <dl class="pairs">{move || pairs.get().into_iter().map(pair).collect_view()}</dl> }
}

/// What changed, the runs, and the zone plans that only some vendors tell.
#[component]
fn More(part: Part) -> impl IntoView {
    let live = live();
    let plan = part.of(|page| page.plan.clone());
    let list = |lines: Vec<String>| view! { <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> };
    let unfold = move |(key, unfolded): (String, bool)| {
        live.look(move |look| {
            if unfolded {
                look.unfolded_runs.insert(key)
            } else {
                look.unfolded_runs.remove(&key)
            };
        });
    };
    view! {
        <section>
            <h2>{say(Recorder::Changes)}</h2>
            <ChangeList changes=part.of(|page| page.changes.clone()) on_all=move |()| live.look(|look| look.all_changes = true) />
        </section>
        <section>
            <h2>{say(Recorder::Runs)}</h2>
            <Runs
                rows=part.of(|page| page.history.clone())
                on_compare=move |index| live.look(move |look| look.compared = index)
                on_unfold=unfold
            />
        </section>
        {move || plan.with(|plan| !plan.is_empty()).then(|| view! {
            <section><h2>{say(Page::Plan)}</h2>{move || list(plan.get())}</section>
        })}
    }
}

/// The latest answer as it came, one click away.
#[component]
fn Raw(raw: RwSignal<String>) -> impl IntoView {
    view! {
        <Show when=move || raw.with(|raw| !raw.is_empty())
            fallback=|| view! { <p class="quiet">{say(Page::RawNone)}</p> }>
            <details>
                <summary>{say(Page::RawShow)}</summary>
                <pre class="raw" tabindex="0">{raw}</pre>
            </details>
        </Show>
    }
}
