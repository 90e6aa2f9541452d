//! "List clusters": what a key sees at the chosen place, to be watched several at once.

use leptos::html::Input;
use leptos::prelude::*;
use rollwatch_core::model::{Listed, OperationKind, Watch};
use rollwatch_core::view::words::{Discover as Words, Form};

use super::fields::ChoiceField;
use super::key_fields::KeyFields;
use super::key_form::Problem;
use super::search::{List, Phase, Search};
use super::{lang, live, say};
use crate::browser::location;
use crate::live::Place;
use crate::route::Route;

/// Finds clusters with the key that the form holds.
#[component]
pub fn Discover(
    /// Where to look, as the form says now.
    #[prop(into)]
    place: Signal<Place>,
    operation: RwSignal<OperationKind>,
    project: NodeRef<Input>,
    fields: KeyFields,
    search: Search,
) -> impl IntoView {
    let live = live();
    let look_up = move |_| search.look_up(live, place.get_untracked(), fields, project, false);
    let list = move |_| search.list(live, place.get_untracked(), fields, project);
    let asking = move || search.is_asking();
    let call = move || {
        let call = live.list_call(&place.get())?;
        Some(lang().fill(Form::Leaves, &[&call.what, &call.host, &call.proxy]))
    };
    view! {
        <fieldset class="discover">
            <legend>{say(Words::Title)}</legend>
            <p class="hint wide">{say(Words::About)}</p>
            <Projects search project />
            <p class="actions wide">
                <Show when=move || place.get().service.needs_project()>
                    <button type="button" id="look-up" disabled=asking on:click=look_up>{say(Words::LookUp)}</button>
                </Show>
                <button type="button" id="list-clusters" disabled=asking on:click=list>{say(Words::List)}</button>
            </p>
            {move || call().map(|sentence| view! { <p class="hint wide">{sentence}</p> })}
            <Progress phase=search.phase />
            {move || search.list.with(Option::is_some).then(|| view! { <Clusters search operation /> })}
        </fieldset>
    }
}

/// The choice among several projects.
#[component]
fn Projects(search: Search, project: NodeRef<Input>) -> impl IntoView {
    let options = Signal::derive(move || {
        let named = search.projects.get().into_iter().map(|p| {
            let words = if p.name.is_empty() { p.id.clone() } else { format!("{} · {}", p.name, p.id) };
            (p.id, words)
        });
        [(String::new(), say(Words::ProjectChoose).to_owned())].into_iter().chain(named).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || search.projects.with(|projects| !projects.is_empty())>
            <ChoiceField id="projects" label=say(Words::Projects) options value=Signal::stored(String::new())
                on_choice=move |id: String| search.fill_project(project, &id) />
        </Show>
    }
}

#[component]
fn Progress(phase: RwSignal<Phase>) -> impl IntoView {
    view! {
        <div class="wide" role="status">
            {move || match phase.get() {
                Phase::Ready => None,
                Phase::Asking(text) => Some(view! { <p>{text}</p> }.into_any()),
                Phase::Incomplete(text) => Some(view! { <div class="problem"><p>{text}</p></div> }.into_any()),
                Phase::Told(lines) => Some(
                    lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view().into_any(),
                ),
                Phase::Failed(trouble, hint) => Some(view! {
                    <Problem trouble />
                    {hint.map(|hint| view! { <p>{hint}</p> })}
                }.into_any()),
            }}
        </div>
    }
}

/// A cluster of the list, with whether it is watched already.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    cluster: Listed,
    watch: Watch,
    watched: bool,
}

impl Row {
    fn may_be_chosen(&self) -> bool {
        self.cluster.open && !self.watched
    }
}

/// The clusters that were found, each with a box to tick, and the button that watches those.
#[component]
pub fn Clusters(search: Search, operation: RwSignal<OperationKind>) -> impl IntoView {
    let live = live();
    let rows = Memo::new(move |_| {
        live.signals.order.track();
        let row = |list: &List, cluster: &Listed| {
            let watch = list.place.watch(operation.get(), &cluster.id, &list.account);
            let watched = live.watch(&watch.key()).is_some();
            Row { cluster: cluster.clone(), watch, watched }
        };
        search.list.with(|list| {
            list.iter()
                .flat_map(|list| list.clusters.iter().map(|cluster| row(list, cluster)))
                .collect::<Vec<_>>()
        })
    });
    let chosen = Memo::new(move |_| {
        let picked = search.picked.get();
        let is_chosen = |row: &&Row| row.may_be_chosen() && picked.contains(&row.cluster.id);
        rows.with(|rows| rows.iter().filter(is_chosen).map(|row| row.watch.clone()).collect::<Vec<_>>())
    });
    let label = move || match chosen.with(Vec::len) {
        1 => say(Words::WatchOne).to_owned(),
        count => lang().fill(Words::Watch, &[&count.to_string()]),
    };
    let watch = move |_| {
        live.add_all(chosen.get_untracked());
        location::set_fragment(&Route::Board.fragment());
    };
    view! {
        <ul class="found wide" aria-label=say(Words::Clusters)>
            <For
                each=move || rows.get()
                key=|row| (row.cluster.id.clone(), row.cluster.busy, row.watched)
                children=move |row| view! { <Cluster row search /> }
            />
        </ul>
        <p class="wide">
            <button type="button" id="watch-chosen" class="primary" disabled=move || chosen.with(Vec::is_empty) on:click=watch>{label}</button>
        </p>
    }
}

#[component]
fn Cluster(row: Row, search: Search) -> impl IntoView {
    let reason = match (row.watched, row.cluster.open) {
        (true, _) => Some(Words::Watched),
        (false, false) => Some(Words::Closed),
        (false, true) => None,
    };
    let Listed { id, name, raw_status, version, busy, .. } = row.cluster;
    let facts: Vec<String> =
        [(name != id).then(|| id.clone()), version, raw_status].into_iter().flatten().collect();
    let id = StoredValue::new(id);
    let checked = move || id.with_value(|id| search.picked.with(|picked| picked.contains(id)));
    let toggle = move |on: bool| {
        let id = id.get_value();
        search.picked.update(|picked| {
            if on {
                picked.insert(id)
            } else {
                picked.remove(&id)
            };
        });
    };
    view! {
        <li>
            <label>
                <input type="checkbox" value=id.get_value() disabled=reason.is_some() prop:checked=checked
                    on:change:target=move |event| toggle(event.target().checked()) />
                <span class="name">{name}</span>
                <span class="quiet">{facts.join(" · ")}</span>
                {match busy {
                    Some(true) => Some(view! { <span class="badge busy">{say(Words::Busy)}</span> }.into_any()),
                    Some(false) => None,
                    None => Some(view! { <span class="quiet">{say(Words::BusyUnknown)}</span> }.into_any()),
                }}
                {reason.map(|reason| view! { <span class="badge">{say(reason)}</span> })}
            </label>
        </li>
    }
}
