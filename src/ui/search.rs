//! Looking for the clusters of an account: what was found so far, and what is asked next.

use std::collections::BTreeSet;

use leptos::html::Input;
use leptos::prelude::*;
use rollwatch_core::model::{Listed, Project};
use rollwatch_core::view::words::{Discover, Form};
use rollwatch_core::view::{Trouble, provider_name};

use super::fields::{fill, typed};
use super::key_fields::KeyFields;
use crate::browser::task;
use crate::live::{Found, Live, PAGES, Place, may_be_id};

/// The state of one look. Each new one makes the answers of those before it count no more.
#[derive(Debug, Clone, Copy)]
pub struct Search {
    run: StoredValue<u32>,
    pub phase: RwSignal<Phase>,
    pub list: RwSignal<Option<List>>,
    /// The ids of the clusters that the person has chosen.
    pub picked: RwSignal<BTreeSet<String>>,
    /// The projects among which the person has to choose.
    pub projects: RwSignal<Vec<Project>>,
    /// The project id that a look-up has put into the field; it means nothing in another region.
    filled: StoredValue<String>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub enum Phase {
    #[default]
    Ready,
    Asking(String),
    /// A field is missing or not usable.
    Incomplete(String),
    Told(Vec<String>),
    /// Why nothing was found, and what can be done without it.
    Failed(Trouble, Option<String>),
}

/// The clusters that a key sees at a place.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    pub place: Place,
    pub account: String,
    pub clusters: Vec<Listed>,
}

impl Search {
    /// Nothing was looked for yet.
    pub fn empty() -> Self {
        Search {
            run: StoredValue::new(0),
            phase: RwSignal::new(Phase::Ready),
            list: RwSignal::new(None),
            picked: RwSignal::new(BTreeSet::new()),
            projects: RwSignal::new(Vec::new()),
            filled: StoredValue::new(String::new()),
        }
    }

    pub fn is_asking(self) -> bool {
        self.phase.with(|phase| matches!(phase, Phase::Asking(_)))
    }

    /// Gives up what is under way and what was found: another place was chosen.
    /// What a person has typed stays.
    pub fn reset(self, project: NodeRef<Input>) {
        self.begin(Phase::Ready);
        if self.filled.with_value(|filled| !filled.is_empty() && *filled == typed(project)) {
            fill(project, "");
        }
    }

    /// Lists the clusters of a place; where its project is not known yet, looks that up first.
    pub fn list(self, live: Live, place: Place, fields: KeyFields, project: NodeRef<Input>) {
        if place.service.needs_project() && place.project.is_empty() {
            return self.look_up(live, place, fields, project, true);
        }
        // This also goes on from a task, where no context tells the language.
        let language = live.signals.lang.get_untracked();
        if place.service.needs_project() && !may_be_id(&place.project) {
            let problem = language.fill(Form::BadId, &[language.say(Form::Project)]);
            return self.phase.set(Phase::Incomplete(problem));
        }
        let choice = match fields.chosen(live) {
            Ok(choice) => choice,
            Err(problem) => return self.phase.set(Phase::Incomplete(problem)),
        };
        let account = choice.account().to_owned();
        let asking = {
            let provider = provider_name(language, place.service.provider(), place.site);
            move |so_far: usize| {
                Phase::Asking(language.fill(Discover::Asking, &[provider, &so_far.to_string()]))
            }
        };
        let run = self.begin(asking(0));
        task::spawn(async move {
            if let Err(problem) = fields.make_ready(live, &choice).await {
                self.tell(run, Phase::Incomplete(problem));
                return;
            }
            let show = |clusters: &[Listed]| {
                self.show(run, &place, &account, clusters) && self.tell(run, asking(clusters.len()))
            };
            match live.list_clusters(&place, choice, show).await {
                Err(error) => {
                    self.tell(run, Phase::Failed(live.trouble(&place, &error), None));
                }
                Ok(found) => {
                    fields.settle(&found.account);
                    self.complete(run, live, &place, found).await;
                }
            }
        });
    }

    /// Adds to a list what only further calls tell.
    async fn complete(self, run: u32, live: Live, place: &Place, found: Found) {
        if !self.is_current(run) {
            return;
        }
        let language = live.signals.lang.get_untracked();
        let mut notes = Vec::new();
        let holder = live.holder(place, &found.account).await;
        notes.extend(holder.map(|holder| language.fill(Discover::Holder, &[&holder])));
        let Some(Some(list)) = self.list.try_get_untracked().filter(|_| self.is_current(run)) else { return };
        let show = |clusters: &[Listed], done: usize, total: usize| {
            let counts = [done.to_string(), total.to_string()];
            self.show(run, place, &found.account, clusters)
                && self.tell(run, Phase::Asking(language.fill(Discover::Settling, &[&counts[0], &counts[1]])))
        };
        if !live.settle_busy(place, &found.account, list.clusters, show).await {
            notes.push(language.say(Discover::SettledSome).to_owned());
        }
        if found.more {
            notes.push(language.fill(Discover::More, &[&PAGES.to_string()]));
        }
        let summary = self.list.try_get_untracked().flatten().map_or_else(String::new, |list| {
            let busy = list.clusters.iter().filter(|cluster| cluster.busy == Some(true)).count();
            match list.clusters.len() {
                0 => language.say(Discover::FoundNone).to_owned(),
                all => language.fill(Discover::Found, &[&all.to_string(), &busy.to_string()]),
            }
        });
        notes.insert(0, summary);
        if let Some(error) = found.failed {
            let trouble = live.trouble(place, &error);
            notes.extend([trouble.what, trouble.todo].into_iter().filter(|text| !text.is_empty()));
        }
        self.tell(run, Phase::Told(notes));
    }

    /// Looks up the projects that a key opens: one is filled in, several are a choice. `then_list`: goes on with
    /// listing once the project is known.
    pub fn look_up(
        self,
        live: Live,
        place: Place,
        fields: KeyFields,
        project: NodeRef<Input>,
        then_list: bool,
    ) {
        let choice = match fields.chosen(live) {
            Ok(choice) => choice,
            Err(problem) => return self.phase.set(Phase::Incomplete(problem)),
        };
        let language = live.signals.lang.get_untracked();
        let run = self.begin(Phase::Asking(language.say(Discover::LookingUp).to_owned()));
        task::spawn(async move {
            let by_hand = language.say(Discover::ProjectByHand);
            let not_told = [language.say(Discover::ProjectNotTold), by_hand].join(" ");
            if let Err(problem) = fields.make_ready(live, &choice).await {
                self.tell(run, Phase::Incomplete(problem));
                return;
            }
            let looked_up = live.look_up_projects(&place, choice).await;
            if let Ok((account, _)) = &looked_up {
                fields.settle(account);
            }
            if !self.is_current(run) {
                return;
            }
            let (projects, phase) = match looked_up {
                Err(error) => (Vec::new(), Phase::Failed(live.trouble(&place, &error), Some(not_told))),
                Ok((_, projects)) => match projects.as_slice() {
                    [] => {
                        let none = language.say(Discover::ProjectNone);
                        (projects, Phase::Told(vec![none.to_owned(), by_hand.to_owned()]))
                    }
                    [one] => {
                        self.fill_project(project, &one.id);
                        let filled = language.fill(Discover::ProjectFilled, &[&one.name]);
                        if then_list {
                            let place = Place { project: one.id.clone(), ..place };
                            return self.list(live, place, fields, project);
                        }
                        (Vec::new(), Phase::Told(vec![filled]))
                    }
                    _ => {
                        let several = language.say(Discover::ProjectSeveral);
                        (projects, Phase::Told(vec![several.to_owned()]))
                    }
                },
            };
            self.projects.try_set(projects);
            self.tell(run, phase);
        });
    }

    /// Puts a project that was looked up into its field.
    pub fn fill_project(self, project: NodeRef<Input>, id: &str) {
        self.filled.try_update_value(|filled| id.clone_into(filled));
        fill(project, id);
    }

    /// Begins a look and forgets the one before it. Its number tells its answers from older ones.
    fn begin(self, phase: Phase) -> u32 {
        self.run.update_value(|run| *run = run.wrapping_add(1));
        self.list.set(None);
        self.picked.set(BTreeSet::new());
        self.projects.set(Vec::new());
        self.phase.set(phase);
        self.run.get_value()
    }

    /// Whether the form is still there and shows this look.
    fn is_current(self, run: u32) -> bool {
        self.run.try_get_value() == Some(run)
    }

    fn tell(self, run: u32, phase: Phase) -> bool {
        self.is_current(run) && self.phase.try_set(phase).is_none()
    }

    fn show(self, run: u32, place: &Place, account: &str, clusters: &[Listed]) -> bool {
        let list = List { place: place.clone(), account: account.to_owned(), clusters: clusters.to_vec() };
        self.is_current(run) && self.list.try_set(Some(list)).is_none()
    }
}
