//! The simulated clouds themselves: a request in, a vendor's answer out.

use crate::answer::{Answer, Course};
use crate::clock::SimClock;
use crate::fault::Fault;
use crate::fleet::{Account, Cluster, account_of, clusters};
use crate::question::{Call, Question, Tell};
use crate::random::Random;
use crate::refusal::{self, Context, Refusal};
use crate::scene::Scene;
use crate::services::{Story, ncp, simulated};
use crate::verify::{Memory, identify};
use crate::written::http_date;
use rollwatch_core::http::{Method, Request};
use rollwatch_core::model::{Provider, Service, Site, Span, Timestamp};
use rollwatch_core::provider::{Catalogue, Endpoint, Purpose};
use rollwatch_core::sign::claim;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The clouds of one simulation. Shared between the servers and whoever drives the clock.
#[derive(Debug)]
pub struct Clouds {
    seed: u64,
    epoch: Timestamp,
    clock: SimClock,
    catalogue: Catalogue,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    faults: BTreeMap<&'static str, Fault>,
    memory: Memory,
    requests: u64,
    log: VecDeque<Logged>,
}

/// A line of the request log. It has no headers and no bodies, so it holds no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    pub at: Timestamp,
    pub method: Method,
    pub host: String,
    /// Without the query.
    pub path: String,
    /// 0 where the connection was cut.
    pub status: u16,
}

/// How many requests are remembered.
const LOG_LIMIT: usize = 2000;

impl Clouds {
    /// Clouds that begin at what `clock` shows now.
    pub fn new(seed: u64, clock: SimClock) -> Self {
        let epoch = clock.now();
        Clouds { seed, epoch, clock, catalogue: Catalogue::built_in(), state: Mutex::default() }
    }

    /// The same clouds at the endpoints of this table.
    pub fn with_catalogue(self, catalogue: Catalogue) -> Self {
        Clouds { catalogue, ..self }
    }

    pub fn clock(&self) -> &SimClock {
        &self.clock
    }

    /// Puts a fault on a cluster, or takes it away. False: there is no such cluster.
    pub fn set_fault(&self, cluster: &str, fault: Option<Fault>) -> bool {
        let Some(cluster) = clusters().find(|known| known.id == cluster) else { return false };
        let faults = &mut self.state().faults;
        match fault {
            Some(fault) => faults.insert(cluster.id, fault),
            None => faults.remove(cluster.id),
        };
        true
    }

    /// The latest requests, oldest first.
    pub fn requests(&self) -> Vec<Logged> {
        self.state().log.iter().cloned().collect()
    }

    /// The answer to a request as it was received; its `endpoint` is ignored and its host counts. `None`: the
    /// connection is cut.
    pub fn answer(&self, request: &Request) -> Option<Answer> {
        self.answer_among(request, |endpoint| endpoint.host.eq_ignore_ascii_case(&request.host))
    }

    /// The answer of one region of one site of a service, and of the identity service that belongs to it,
    /// whatever host the request names. Signatures are still verified over that host.
    pub fn answer_at(&self, request: &Request, service: Service, site: Site, region: &str) -> Option<Answer> {
        self.answer_among(request, |endpoint| {
            endpoint.service == service && endpoint.site == site && endpoint.region == region
        })
    }

    fn answer_among(&self, request: &Request, is_asked: impl Fn(&Endpoint) -> bool) -> Option<Answer> {
        let now = self.clock.now();
        let asked: Vec<&Endpoint> = self.catalogue.endpoints().iter().filter(|e| is_asked(e)).collect();
        let mut state = self.state();
        state.requests += 1;
        let answer = self.respond(&mut state, request, &asked, now);
        if state.log.len() == LOG_LIMIT {
            state.log.pop_front();
        }
        state.log.push_back(Logged {
            at: now,
            method: request.method,
            host: request.host.clone(),
            path: request.path.clone(),
            status: answer.as_ref().map_or(0, |answer| answer.status),
        });
        answer
    }

    /// The answer of whichever of the endpoints has the route that the request takes.
    fn respond(
        &self,
        state: &mut State,
        request: &Request,
        hosted: &[&Endpoint],
        now: Timestamp,
    ) -> Option<Answer> {
        let Some(first) = hosted.first() else {
            return Some(Answer::text(421, "text/plain", "No simulated cloud has this host.\n"));
        };
        let provider = first.service.provider();
        let request_id = Random::of(self.seed, "request", state.requests).uuid();
        let target = spelled(provider, request);
        let routed = hosted.iter().find_map(|endpoint| {
            let route = endpoint.route(request.method, &target);
            let route = match (route, provider) {
                // Huawei takes no notice of a parameter that it does not know.
                (Err(_), Provider::Huawei) => endpoint.route(request.method, &request.path),
                (route, _) => route,
            };
            route.ok().map(|route| (*endpoint, route))
        });
        let asked = match routed {
            Some((endpoint, route)) => (simulated(endpoint.service).read)(request, endpoint, route),
            None => Err(Refusal::Route),
        };
        let fault = fault_on(&state.faults, asked.as_ref().ok(), routed.map(|(endpoint, _)| endpoint));
        let about = routed.map_or(Purpose::Service, |(endpoint, _)| endpoint.purpose);
        let down = |cluster: &Cluster| {
            matches!(cluster.story, Story::Down)
                && about == Purpose::Service
                && hosted.iter().any(|e| {
                    (e.purpose, e.service, e.site, e.region.as_str())
                        == (Purpose::Service, cluster.service, cluster.site, cluster.region)
                })
        };
        let now = if fault == Some(Fault::StaleClock) { now.plus(Span::hours(1)) } else { now };
        let answer = if fault == Some(Fault::Reset) {
            return None;
        } else if fault == Some(Fault::Html502) || clusters().any(down) {
            Answer::bad_gateway()
        } else {
            let context = Context {
                request,
                site: first.site,
                purpose: about,
                request_id: &request_id,
                access_key_id: &claim(provider, request).map_or(String::new(), |claim| claim.access_key_id),
            };
            self.told(state, asked, routed.map(|(endpoint, _)| endpoint), fault, context, now)
                .unwrap_or_else(|refusal| refusal::answer(provider, &refusal, context))
        };
        let course = match fault {
            Some(Fault::Silence) => Course::Never,
            Some(Fault::Stall) => Course::Stalls,
            _ => Course::Whole,
        };
        Some(stamped(Answer { course, ..answer }, provider, &request_id, now))
    }

    fn told(
        &self,
        state: &mut State,
        asked: Result<Question, Refusal>,
        endpoint: Option<&Endpoint>,
        fault: Option<Fault>,
        context: Context<'_>,
        now: Timestamp,
    ) -> Result<Answer, Refusal> {
        let (Some(endpoint), false) = (endpoint, matches!(asked, Err(Refusal::Route))) else {
            return Err(Refusal::Route);
        };
        let place = (endpoint.service.provider(), endpoint.site);
        let other_secret = fault == Some(Fault::WrongSecret);
        let caller = identify(&mut state.memory, place, context.request, other_secret, self.epoch, now)?;
        match fault {
            Some(Fault::KeyExpired) => return Err(Refusal::KeyExpired),
            Some(Fault::Throttle) => return Err(Refusal::Throttled),
            Some(Fault::Quota) => return Err(Refusal::Quota),
            Some(Fault::Permission) => return Err(Refusal::Permission),
            _ => {}
        }
        let asked = asked?;
        if fault == Some(Fault::PermissionLists) && asked.is_further {
            return Err(Refusal::Permission);
        }
        if asked.names_region {
            ncp::region_number(context.request, endpoint, fault == Some(Fault::RegionNumber))?;
        }
        let mut owned = clusters().filter(|cluster| is_at(cluster, endpoint, caller.account));
        let call = Call { endpoint, caller, seed: self.seed, request_id: context.request_id };
        match asked.tell {
            Tell::OfAccount(tell) => {
                let owned: Vec<_> = owned.map(|cluster| (cluster, self.scene(cluster, endpoint))).collect();
                tell(&owned, &call)
            }
            // A field that is there and empty names nothing to ask about.
            Tell::OfCluster(_) if asked.cluster.is_empty() => Err(Refusal::Route),
            Tell::OfCluster(tell) => {
                let is_asked = |cluster: &&Cluster| {
                    cluster.project == asked.project
                        && is_about(cluster, &self.scene(cluster, endpoint), &asked.cluster)
                };
                let cluster = owned.find(is_asked).filter(|_| fault != Some(Fault::NotFound));
                let cluster = cluster.ok_or(Refusal::Cluster)?;
                tell(&cluster.story, &self.scene(cluster, endpoint), &call)
            }
        }
    }

    fn scene<'a>(&self, cluster: &'a Cluster, endpoint: &Endpoint) -> Scene<'a> {
        let (round, started_at, elapsed_for) = cluster.rhythm.at(self.epoch, self.clock.now());
        Scene {
            seed: self.seed,
            id: cluster.id,
            name: cluster.name,
            region: cluster.region,
            offset: endpoint.assumed_offset,
            round,
            every: cluster.rhythm.every(),
            started_at,
            elapsed_for,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a cluster is of this account and in the region of this endpoint.
fn is_at(cluster: &Cluster, endpoint: &Endpoint, account: &Account) -> bool {
    cluster.service == endpoint.service
        && cluster.site == endpoint.site
        && cluster.region == endpoint.region
        && account_of(cluster).is_some_and(|owner| owner.name == account.name)
}

/// Whether a cluster goes under this id.
fn is_about(cluster: &Cluster, scene: &Scene<'_>, id: &str) -> bool {
    cluster.id == id || (simulated(cluster.service).is_told_under)(&cluster.story, scene, id)
}

/// The fault that hits a question: the one on its cluster, or one of its region that forbids lists or sets the
/// clock of the vendor wrong.
fn fault_on(
    faults: &BTreeMap<&'static str, Fault>,
    asked: Option<&Question>,
    endpoint: Option<&Endpoint>,
) -> Option<Fault> {
    let (asked, endpoint) = (asked?, endpoint?);
    if !asked.cluster.is_empty() {
        return faults.get(asked.cluster.as_str()).copied();
    }
    let is_here = |cluster: &&Cluster| {
        (cluster.service, cluster.site, cluster.region)
            == (endpoint.service, endpoint.site, endpoint.region.as_str())
    };
    let mut here = clusters().filter(is_here).filter_map(|cluster| faults.get(cluster.id).copied());
    here.find(|fault| matches!(fault, Fault::PermissionLists | Fault::StaleClock))
}

/// The target as its vendor reads it: Alibaba takes `+` in a query for a space, which some of its clients write.
fn spelled(provider: Provider, request: &Request) -> String {
    if provider == Provider::Alibaba && request.query.contains('+') {
        format!("{}?{}", request.path, request.query.replace('+', "%20"))
    } else {
        request.target()
    }
}

/// The answer with the simulated time and the ids under which the vendor finds the request again.
fn stamped(answer: Answer, provider: Provider, request_id: &str, now: Timestamp) -> Answer {
    let answer = answer.with("date", http_date(now));
    match provider {
        Provider::Ncp => answer
            .with("x-ncp-apigw-request-id", request_id)
            .with("x-ncp-trace-id", request_id.replace('-', "")),
        Provider::Huawei => answer.with("x-request-id", request_id.replace('-', "")),
        // Alibaba allows every origin to read answers, though not to send what a signature needs.
        Provider::Alibaba => answer
            .with("x-acs-request-id", request_id.to_ascii_uppercase())
            .with("x-acs-trace-id", request_id.replace('-', ""))
            .with("access-control-allow-origin", "*")
            .with("access-control-expose-headers", "*"),
    }
}
