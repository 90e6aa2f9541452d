//! Adding a cluster: which one, with which key, tested before it is watched.

use leptos::html::Input;
use leptos::prelude::*;
use rollwatch_core::model::{OperationKind, Provider, Service, Site, Watch};
use rollwatch_core::view::words::{Form, Shell};
use rollwatch_core::view::{operation_name, provider_name, service_name, site_name};

use super::discover::Discover;
use super::doctor::Doctor;
use super::fields::{ChoiceField, TextField, typed};
use super::key_fields::{KeyFields, KeyInputs};
use super::key_form::{TestOutcome, TestState, has_failed, is_asking, test_and_add};
use super::leaves::Leaves;
use super::search::Search;
use super::{lang, live, say};
use crate::browser::location;
use crate::live::{Live, Place, may_be_id};
use crate::route::Route;

/// What the choices of the form say so far. Each one that no longer fits falls back to the first that does.
#[derive(Debug, Clone, Copy)]
struct Choices {
    provider: RwSignal<Provider>,
    service: RwSignal<Service>,
    site: RwSignal<Site>,
    region: RwSignal<String>,
    operation: RwSignal<OperationKind>,
}

#[component]
pub fn Add() -> impl IntoView {
    let live = live();
    let catalogue = StoredValue::new(live.catalogue());
    let first = Service::NcpSearchEngine;
    let choices = Choices {
        provider: RwSignal::new(first.provider()),
        service: RwSignal::new(first),
        site: RwSignal::new(Site::Public),
        region: RwSignal::new(String::new()),
        operation: RwSignal::new(OperationKind::Upgrade),
    };
    let regions = move |service, site| {
        catalogue.with_value(|c| c.regions(service, site).into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    let sites = move |service| catalogue.with_value(|catalogue| catalogue.sites(service));
    // Later choices follow earlier ones here, in the handlers, so that no effect has to write a signal.
    let search = Search::empty();
    let (cluster, project) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let pick_site = move |site: Site| {
        search.reset(project);
        choices.site.set(site);
        let first = regions(choices.service.get_untracked(), site).into_iter().next();
        choices.region.set(first.unwrap_or_default());
    };
    let pick_service = move |service: Service| {
        choices.service.set(service);
        choices.operation.set(service.operations().first().copied().unwrap_or(OperationKind::Upgrade));
        pick_site(sites(service).first().copied().unwrap_or(Site::Public));
    };
    let pick_provider = move |provider: Provider| {
        choices.provider.set(provider);
        if let Some(service) = Service::ALL.into_iter().find(|service| service.provider() == provider) {
            pick_service(service);
        }
    };
    pick_service(first);
    let pick_region = move |region: String| {
        search.reset(project);
        choices.region.set(region);
    };

    let fields = KeyFields::new(choices.provider, String::new());
    let place = Signal::derive(move || Place {
        service: choices.service.get(),
        site: choices.site.get(),
        region: choices.region.get(),
        project: typed(project),
    });
    let state = RwSignal::new(TestState::default());
    let watch = move || Watch {
        service: choices.service.get(),
        operation: choices.operation.get(),
        site: choices.site.get(),
        region: choices.region.get(),
        project: typed(project),
        cluster: typed(cluster),
        account: String::new(),
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let watch = untrack(watch);
        match problem_with(live, &watch) {
            Some(problem) => state.set(TestState::Incomplete(problem)),
            None => test_and_add(live, watch, fields, state, |watch| {
                location::set_fragment(&Route::Cluster(watch).fragment());
            }),
        }
    };

    let examined = Callback::new(move |()| {
        let watch = untrack(watch);
        match problem_with(live, &watch) {
            Some(problem) => Err(problem),
            None => fields.chosen(live).map(|choice| (watch, Some(choice))),
        }
    });

    let providers =
        Signal::stored(words(Provider::ALL, |p| (p.id(), provider_name(lang(), p, Site::Public))));
    let services = Signal::derive(move || {
        let of_provider = Service::ALL.into_iter().filter(|s| s.provider() == choices.provider.get());
        words(of_provider, |service| (service.id(), service_name(lang(), service)))
    });
    let site_options = Signal::derive(move || {
        words(sites(choices.service.get()), |site| (site.id(), site_name(lang(), site)))
    });
    let region_options = Signal::derive(move || {
        let regions = regions(choices.service.get(), choices.site.get());
        regions.into_iter().map(|region| (region.clone(), region)).collect::<Vec<_>>()
    });
    let operations = Signal::derive(move || {
        let of_service = choices.service.get().operations().iter().copied();
        words(of_service, |kind| (kind.id(), operation_name(lang(), kind)))
    });
    view! {
        <p class="crumbs"><a href=Route::Board.href()>{say(Shell::ToBoard)}</a></p>
        <form class="form" on:submit=send>
            <h2>{say(Form::AddTitle)}</h2>
            <fieldset>
                <legend>{say(Form::Which)}</legend>
                <ChoiceField id="provider" label=say(Form::Provider) options=providers
                    value=Signal::derive(move || choices.provider.get().id().to_owned())
                    on_choice=move |id: String| if let Some(provider) = Provider::from_id(&id) { pick_provider(provider) } />
                <ChoiceField id="service" label=say(Form::Service) options=services
                    value=Signal::derive(move || choices.service.get().id().to_owned())
                    on_choice=move |id: String| if let Some(service) = Service::from_id(&id) { pick_service(service) } />
                <ChoiceField id="site" label=say(Form::Site) options=site_options
                    value=Signal::derive(move || choices.site.get().id().to_owned())
                    on_choice=move |id: String| if let Some(site) = Site::from_id(&id) { pick_site(site) } />
                <ChoiceField id="region" label=say(Form::Region) options=region_options
                    value=choices.region on_choice=pick_region />
                <ChoiceField id="operation" label=say(Form::Operation) options=operations
                    value=Signal::derive(move || choices.operation.get().id().to_owned())
                    on_choice=move |id: String| if let Some(kind) = OperationKind::from_id(&id) { choices.operation.set(kind) } />
                <Show when=move || choices.service.get().needs_project()>
                    <TextField id="project" label=say(Form::Project) field=project />
                </Show>
                {move || view! {
                    <TextField id="cluster" label=say(Form::Cluster) hint=say(hint(choices.provider.get())) field=cluster />
                }}
            </fieldset>
            <KeyInputs fields />
            <Discover place operation=choices.operation project fields search />
            <Leaves told=Signal::derive(move || live.leaves(&place.get(), choices.operation.get())) />
            <TestOutcome state />
            <Show when=move || has_failed(state)><Doctor begin=examined /></Show>
            <p class="actions">
                <button class="primary" disabled=move || is_asking(state)>{say(Form::Test)}</button>
                <a class="button" href=Route::Board.href()>{say(Form::Cancel)}</a>
            </p>
        </form>
    }
}

fn problem_with(live: Live, watch: &Watch) -> Option<String> {
    let needed = [
        (watch.service.needs_project(), &watch.project, Form::Project),
        (true, &watch.cluster, Form::Cluster),
    ];
    for (_, text, label) in needed.into_iter().filter(|(needed, ..)| *needed) {
        if text.is_empty() {
            return Some(lang().fill(Form::Missing, &[say(label)]));
        }
        if !may_be_id(text) {
            return Some(lang().fill(Form::BadId, &[say(label)]));
        }
    }
    live.watch(&watch.key()).map(|_| say(Form::Already).to_owned())
}

const fn hint(provider: Provider) -> Form {
    match provider {
        Provider::Ncp => Form::ClusterHintNcp,
        Provider::Huawei => Form::ClusterHintHuawei,
        Provider::Alibaba => Form::ClusterHintAlibaba,
    }
}

fn words<T>(
    items: impl IntoIterator<Item = T>,
    named: impl Fn(T) -> (&'static str, &'static str),
) -> Vec<(String, String)> {
    items.into_iter().map(named).map(|(id, word)| (id.to_owned(), word.to_owned())).collect()
}
