//! Finding the clusters of an account: listed page by page, and asked about one by one where a list does not
//! tell whether an operation is in progress.

use leptos::prelude::*;
use rollwatch_core::error::{ErrorKind, PollError};
use rollwatch_core::model::{Holder, Listed, OperationKind, Project, Provider, Service, Site, Watch};
use rollwatch_core::provider::{self, Background, is_id};

use super::keys::Chosen;
use super::{KeyChoice, KeyName, Live, driver, recorder, tabs};
use crate::browser::clock;

/// Where clusters are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub service: Service,
    pub site: Site,
    pub region: String,
    /// Empty where the service has none.
    pub project: String,
}

/// What came of listing.
#[derive(Debug)]
pub struct Found {
    /// The account whose key listed them, and is held now.
    pub account: String,
    /// Whether the vendor has more pages than were asked for.
    pub more: bool,
    /// Why a later page is missing.
    pub failed: Option<PollError>,
}

/// The most pages of a list that are asked for, one after another.
pub const PAGES: u32 = 20;

/// The most clusters that are asked about one by one.
const SETTLED_AT_MOST: usize = 40;

impl Place {
    /// Where a watched cluster is.
    pub fn of(watch: &Watch) -> Self {
        Place {
            service: watch.service,
            site: watch.site,
            region: watch.region.clone(),
            project: watch.project.clone(),
        }
    }

    /// The watch of a cluster here.
    pub fn watch(&self, operation: OperationKind, cluster: &str, account: &str) -> Watch {
        Watch {
            service: self.service,
            operation,
            site: self.site,
            region: self.region.clone(),
            project: if self.service.needs_project() { self.project.clone() } else { String::new() },
            cluster: cluster.to_owned(),
            account: account.to_owned(),
        }
    }
}

impl Live {
    /// Lists the clusters that a key sees. After each page, `show` gets all that were found so far, and says
    /// whether anybody still looks at them. A typed key is held as soon as the first page is there.
    ///
    /// # Errors
    /// Why there is no first page.
    pub async fn list_clusters(
        self,
        place: &Place,
        choice: KeyChoice,
        show: impl Fn(&[Listed]) -> bool,
    ) -> Result<Found, PollError> {
        let mut chosen = self.chosen(place.service.provider(), choice).await?;
        let endpoint = self.endpoint(place.service, place.site, &place.region)?;
        let mut sender = self.sender(&endpoint, chosen.key.clone());
        let mut found = Found { account: chosen.name.account.clone(), more: false, failed: None };
        let (mut clusters, mut next) = (Vec::new(), Some(1));
        for nth in 0..PAGES {
            let Some(page) = next else { break };
            let request = provider::list_request(&endpoint, &place.project, page)?;
            let understand = |exchange: &_, _| provider::decode_list(&endpoint, exchange, page);
            let listing = match sender.put(self, request, understand).await {
                Ok((listing, _)) => listing,
                Err(error) if nth == 0 => return Err(error),
                Err(error) => {
                    found.failed = Some(error);
                    return Ok(found);
                }
            };
            self.agree_at(&chosen.name, place);
            self.keep(&mut chosen).await;
            add_new(&mut clusters, listing.clusters);
            next = listing.next;
            if !show(&busy_first(clusters.clone())) {
                return Ok(found);
            }
        }
        found.more = next.is_some();
        Ok(found)
    }

    /// Asks about the clusters of which the list does not tell whether an operation is in progress, one at a
    /// time. After each, `show` gets all clusters and how many of how many were asked about, and says whether
    /// anybody still looks at them. Returns whether all were asked about.
    pub async fn settle_busy(
        self,
        place: &Place,
        account: &str,
        mut clusters: Vec<Listed>,
        show: impl Fn(&[Listed], usize, usize) -> bool,
    ) -> bool {
        let unsettled: Vec<String> =
            clusters.iter().filter(|c| is_unsettled(c)).map(|c| c.id.clone()).collect();
        let total = unsettled.len().min(SETTLED_AT_MOST);
        for (nth, id) in unsettled.iter().take(SETTLED_AT_MOST).enumerate() {
            let busy = match self.is_busy(place, account, id).await {
                Ok(busy) => Some(busy),
                // What is wrong with the key or the rate is as wrong for the next cluster.
                Err(error)
                    if driver::is_about_the_key(&error)
                        || matches!(error.kind, ErrorKind::Throttled | ErrorKind::ProxyBusy) =>
                {
                    return false;
                }
                Err(_) => None,
            };
            for cluster in clusters.iter_mut().filter(|cluster| cluster.id == *id) {
                cluster.busy = busy;
            }
            clusters = busy_first(clusters);
            if !show(&clusters, nth + 1, total) {
                return false;
            }
        }
        total == unsettled.len() && !clusters.iter().any(is_unsettled)
    }

    async fn is_busy(self, place: &Place, account: &str, cluster: &str) -> Result<bool, PollError> {
        let operation = place.service.operations().first().copied().unwrap_or(OperationKind::Upgrade);
        let watch = place.watch(operation, cluster, account);
        let endpoint = self.endpoint(place.service, place.site, &place.region)?;
        let key = self.usable(&KeyName::of(&watch), clock::now())?;
        let background = Background::default();
        let request = provider::request(&watch, &endpoint, &background)?;
        let mut sender = self.sender(&endpoint, key);
        let understand = |exchange: &_, at| provider::decode(&watch, &endpoint, exchange, &background, at);
        let (observation, _) = sender.put(self, request, understand).await?;
        Ok(observation.operation.is_some_and(|operation| !operation.state.is_over()))
    }

    /// The account whose key was used, and the projects that it opens in the region.
    ///
    /// # Errors
    /// Why the vendor's identity service did not tell.
    pub async fn look_up_projects(
        self,
        place: &Place,
        choice: KeyChoice,
    ) -> Result<(String, Vec<Project>), PollError> {
        let mut chosen = self.chosen(place.service.provider(), choice).await?;
        match self.ask_holder(place, &chosen).await? {
            Holder::Projects(projects) => {
                self.keep(&mut chosen).await;
                Ok((chosen.name.account, projects.into_iter().filter(|p| is_id(&p.id)).collect()))
            }
            Holder::User { .. } => Err(PollError::field(ErrorKind::Malformed, "projects")),
        }
    }

    /// Whose key it is, where the vendor tells; nothing when it does not.
    pub async fn holder(self, place: &Place, account: &str) -> Option<String> {
        if place.service.provider() != Provider::Ncp {
            return None;
        }
        let chosen = self.chosen(place.service.provider(), KeyChoice::Held(account.to_owned())).await.ok()?;
        match self.ask_holder(place, &chosen).await.ok()? {
            Holder::User { alias, kind } => {
                let said: Vec<String> = [alias, kind].into_iter().flatten().collect();
                (!said.is_empty()).then(|| said.join(", "))
            }
            Holder::Projects(_) => None,
        }
    }

    async fn ask_holder(self, place: &Place, chosen: &Chosen) -> Result<Holder, PollError> {
        let missing = || PollError::field(ErrorKind::BadWatch, "region");
        let identity = self
            .state
            .with_value(|state| state.catalogue.identity(place.service, place.site, &place.region).cloned());
        let identity = identity.ok_or_else(missing)?;
        let request = provider::holder_request(&identity).ok_or_else(missing)?;
        let mut sender = self.sender(&identity, chosen.key.clone());
        let understand = |exchange: &_, _| provider::decode_holder(&identity, exchange);
        sender.put(self, request, understand).await.map(|(holder, _)| holder)
    }

    /// Watches several clusters at once.
    pub fn add_all(self, watches: Vec<Watch>) {
        self.state.update_value(|state| watches.iter().cloned().for_each(|watch| state.add(watch)));
        self.save(|saved| {
            saved.retain(|other| !watches.iter().any(|watch| watch.same_target(other)));
            saved.extend(watches);
        });
        recorder::open(self);
        tabs::tend(self);
        driver::refresh(self);
    }
}

/// Whether only asking about a cluster tells whether an operation is in progress.
fn is_unsettled(cluster: &Listed) -> bool {
    cluster.busy.is_none() && cluster.open
}

/// The clusters with an operation in progress first, otherwise in the vendor's order.
fn busy_first(clusters: Vec<Listed>) -> Vec<Listed> {
    let (mut busy, rest): (Vec<_>, Vec<_>) =
        clusters.into_iter().partition(|cluster| cluster.busy == Some(true));
    busy.extend(rest);
    busy
}

/// Adds what is not there yet: a list that changes between two pages names a cluster twice.
fn add_new(clusters: &mut Vec<Listed>, page: Vec<Listed>) {
    for cluster in page {
        if !clusters.iter().any(|known| known.id == cluster.id) {
            clusters.push(cluster);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(id: &str, busy: Option<bool>) -> Listed {
        let name = id.to_uppercase();
        Listed { id: id.to_owned(), name, raw_status: None, version: None, busy, open: true }
    }

    #[test]
    fn what_is_in_progress_comes_first_and_the_rest_keeps_its_order() {
        let all = ["a", "b", "c", "d"].map(|id| listed(id, (id == "c").then_some(true)));
        let ids: Vec<String> = busy_first(all.into()).into_iter().map(|cluster| cluster.id).collect();
        assert_eq!(ids, ["c", "a", "b", "d"]);
    }

    #[test]
    fn a_cluster_that_two_pages_name_is_listed_once() {
        let mut clusters = vec![listed("a", None)];
        add_new(&mut clusters, vec![listed("a", Some(true)), listed("b", None)]);
        assert_eq!(clusters, [listed("a", None), listed("b", None)]);
    }

    #[test]
    fn only_clusters_that_may_be_asked_about_are_asked_about() {
        assert!(is_unsettled(&listed("a", None)));
        assert!(!is_unsettled(&listed("a", Some(false))));
        assert!(!is_unsettled(&Listed { open: false, ..listed("a", None) }));
    }
}
