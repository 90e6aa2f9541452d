//! A page without a browser: keys, clocks, pollers and timelines, in the order of calls of the page's driver.

use std::collections::{BTreeMap, BTreeSet};

use rollwatch_core::assess::{Assessment, Circumstances, Verdict, assess};
use rollwatch_core::error::{ErrorKind, PollError};
use rollwatch_core::http::Exchange;
use rollwatch_core::model::{Observation, Provider, Span, Timestamp, Watch};
use rollwatch_core::poll::{self, Answer, Command, Event, Pace, Poller};
use rollwatch_core::provider::{Background, Catalogue, Endpoint, Inquiry, PROXY_ERROR_HEADER};
use rollwatch_core::sign::{self, AccessKey, Credential, Secret};
use rollwatch_core::timeline::{Outcome, Timeline};
use rollwatch_core::view::words::Lang;
use rollwatch_core::view::{self, CardView, Liveness, Look, PageView, Reader};
use rollwatch_sim::{ACCOUNTS, CLUSTERS};

use crate::world::{World, cluster};

/// An account of a vendor.
pub type KeyName = (Provider, String);

const SETTLED_AFTER: Span = Span::hours(1);
/// Nothing here is a matter of chance: the middle of every range.
const JITTER: f64 = 0.5;

pub struct Watched {
    pub watch: Watch,
    pub endpoint: Endpoint,
    pub poller: Poller,
    pub timeline: Timeline,
    pub background: Background,
}

/// A request on its way, or its answer before it is taken in.
pub struct Sent {
    key: String,
    seq: u64,
    reply: Reply,
}

struct Reply {
    result: Result<Observation, PollError>,
    offset: Option<Span>,
    at: Timestamp,
    background: Background,
}

pub struct Watcher<'a> {
    pub world: &'a World,
    /// By the watch's key.
    pub watched: BTreeMap<String, Watched>,
    held: BTreeMap<KeyName, Credential>,
    proven: BTreeSet<KeyName>,
    offsets: BTreeMap<String, Span>,
    nonces: u64,
    polls: usize,
}

impl<'a> Watcher<'a> {
    /// Watches these clusters of the demo, with the demo's own keys.
    pub fn new(world: &'a World, clusters: &[&str]) -> Self {
        let held = ACCOUNTS.iter().map(|account| {
            let name = (account.provider, account.name.to_owned());
            (name, credential(account.access_key_id, account.secret))
        });
        let mut watcher = Watcher {
            world,
            watched: BTreeMap::new(),
            held: held.collect(),
            proven: BTreeSet::new(),
            offsets: BTreeMap::new(),
            nonces: 0,
            polls: 0,
        };
        for (nth, id) in clusters.iter().enumerate() {
            watcher.add(cluster(id).watch(), nth as u64);
        }
        watcher
    }

    /// Watches the whole demo.
    pub fn of_everything(world: &'a World) -> Self {
        Watcher::new(world, &CLUSTERS.map(|cluster| cluster.id))
    }

    fn add(&mut self, watch: Watch, nth: u64) {
        let catalogue = Catalogue::built_in();
        let endpoint =
            catalogue.find(watch.service, watch.site, &watch.region).expect("in the catalogue").clone();
        let poller = Poller::new(poll::phase(nth, 0.25), self.world.now());
        let watched = Watched {
            endpoint,
            poller,
            timeline: Timeline::default(),
            background: Background::default(),
            watch,
        };
        self.watched.insert(watched.watch.key(), watched);
    }

    /// Gives an account another secret, as a person would who enters a key.
    pub async fn hold_key(&mut self, account: &str, secret: &str) {
        let account = ACCOUNTS.iter().find(|known| known.name == account).expect("an account");
        let name = (account.provider, account.name.to_owned());
        self.proven.remove(&name);
        self.held.insert(name.clone(), credential(account.access_key_id, secret));
        let mut sent = Vec::new();
        for key in self.keys_of(&name) {
            sent.extend(self.perform(&key, Event::CredentialChanged).await);
        }
        self.take_all(sent).await;
    }

    /// One turn of the page's loop: what is due is sent, and then the answers come in.
    pub async fn tick(&mut self) {
        let mut sent = Vec::new();
        for key in self.watched.keys().cloned().collect::<Vec<_>>() {
            sent.extend(self.perform(&key, Event::Woke).await);
        }
        self.take_all(sent).await;
    }

    /// Lets simulated time pass, waking the pollers whenever they are due.
    pub async fn run_for(&mut self, span: Span) {
        let end = self.world.now().plus(span);
        loop {
            let due = self.watched.values().filter_map(|watched| poll::due_at(&watched.poller)).min();
            let Some(due) = due.filter(|due| *due <= end) else { break };
            self.pass_to(due);
            self.tick().await;
        }
        self.pass_to(end);
    }

    /// Lets simulated time pass until the only cluster that is watched has been asked about so many times more.
    pub async fn run_polls(&mut self, id: &str, count: usize) {
        let wanted = self.polls + count;
        while self.polls < wanted {
            let due = poll::due_at(&self.of(id).poller).expect("a poller that goes on");
            self.pass_to(due);
            self.tick().await;
        }
    }

    fn pass_to(&self, at: Timestamp) {
        let ahead = at.since(self.world.now());
        if ahead > Span::ZERO {
            self.world.clouds.clock().advance(ahead);
        }
    }

    /// Hands an event to a poller and sends what it commands.
    pub async fn perform(&mut self, key: &str, event: Event) -> Option<Sent> {
        let name = key_name(&self.watched[key].watch);
        let credential = self.held.get(&name)?.clone();
        if event == Event::Woke && !self.may_wake(key) {
            return None;
        }
        let now = self.world.now();
        let watched = self.watched.get_mut(key)?;
        let Command::Send { seq } = poll::step(&mut watched.poller, event, now, JITTER) else { return None };
        let reply = self.ask(key, &credential).await;
        Some(Sent { key: key.to_owned(), seq, reply })
    }

    /// Not while another cluster is trying out the same key.
    fn may_wake(&self, key: &str) -> bool {
        let watched = &self.watched[key];
        let name = key_name(&watched.watch);
        let on_trial =
            |other: &Watched| key_name(&other.watch) == name && other.poller.in_flight_since().is_some();
        self.proven.contains(&name)
            || watched.poller.in_flight_since().is_some()
            || !self.watched.values().any(on_trial)
    }

    async fn ask(&mut self, key: &str, credential: &Credential) -> Reply {
        let Watched { watch, endpoint, background, .. } = &self.watched[key];
        let (watch, endpoint, background) = (watch.clone(), endpoint.clone(), background.clone());
        let mut offset = self.offsets.get(&endpoint.host).copied().unwrap_or(Span::ZERO);
        let now = self.world.now();
        let provider = watch.service.provider();
        self.polls += 1;
        let mut inquiry = Inquiry::new(watch, endpoint, background, now.plus(offset));
        let (mut shown, mut at) = (None, now);
        while let Some(mut request) = inquiry.next(now.plus(offset)) {
            self.nonces += 1;
            let nonce = format!("{:032x}", self.nonces);
            request.headers.extend(sign::sign(provider, &request, credential, now.plus(offset), &nonce));
            // What the browser sets itself, because no script may.
            request.headers.retain(|header| header.name != "host");
            let exchange = self.world.send(&request, now).await;
            let measured = measured(&exchange);
            offset = measured.unwrap_or(offset);
            let received_at = exchange.received_at.plus(offset);
            if inquiry.asks_for_progress() {
                (shown, at) = (measured, received_at);
            }
            inquiry.take(exchange, received_at);
        }
        let (result, background) = inquiry.finish();
        Reply { result: result.expect("a watch that can be asked"), offset: shown, at, background }
    }

    pub async fn take_all(&mut self, sent: Vec<Sent>) {
        let mut waiting = sent;
        while !waiting.is_empty() {
            let mut next = Vec::new();
            for sent in waiting {
                next.extend(self.answered(sent).await);
            }
            waiting = next;
        }
    }

    /// Takes an answer in, unless it is out of date. Answers with what is sent because of it.
    async fn answered(&mut self, sent: Sent) -> Vec<Sent> {
        let Sent { key, seq, reply } = sent;
        let watched = self.watched.get_mut(&key).expect("a watched cluster");
        if let Some(offset) = reply.offset {
            self.offsets.insert(watched.endpoint.host.clone(), offset);
        }
        if !poll::accepts(&watched.poller, seq) {
            return Vec::new();
        }
        watched.background = reply.background;
        let name = key_name(&watched.watch);
        let answer = match reply.result {
            Ok(observation) => {
                watched.timeline.record(Outcome::Observed(Box::new(observation)), reply.at);
                let assessment = assess(&watched.timeline, &Circumstances::default(), reply.at);
                self.proven.insert(name.clone());
                Answer::Observed { pace: pace(&watched.timeline, &assessment, reply.at) }
            }
            Err(error) => {
                watched.timeline.record(Outcome::Failed(error.clone()), reply.at);
                Answer::Failed(error)
            }
        };
        let mut next = Vec::new();
        if let Answer::Failed(error) = &answer
            && matches!(error.kind, ErrorKind::Signature | ErrorKind::KeyUnknown | ErrorKind::KeyExpired)
        {
            for other in self.keys_of(&name).into_iter().filter(|other| *other != key) {
                next.extend(Box::pin(self.perform(&other, Event::KeyRefused(error.kind))).await);
            }
        }
        next.extend(Box::pin(self.perform(&key, Event::Answered { seq, answer })).await);
        next
    }

    fn keys_of(&self, name: &KeyName) -> Vec<String> {
        self.watched.values().filter(|w| key_name(&w.watch) == *name).map(|w| w.watch.key()).collect()
    }

    /// What is known of a cluster of the demo.
    pub fn of(&self, id: &str) -> &Watched {
        self.watched.get(&key(id)).expect("a watched cluster")
    }

    pub fn verdict(&self, id: &str) -> Verdict {
        self.card(id).verdict
    }

    pub fn card(&self, id: &str) -> CardView {
        self.page(id, Lang::En).card
    }

    pub fn page(&self, id: &str, lang: Lang) -> PageView {
        self.page_as(id, &Look::default(), lang)
    }

    /// The page as somebody looks at it.
    pub fn page_as(&self, id: &str, look: &Look, lang: Lang) -> PageView {
        let Watched { watch, endpoint, poller, timeline, .. } = self.of(id);
        let offset = self.offsets.get(&endpoint.host).copied().unwrap_or(Span::ZERO);
        let now = self.world.now().plus(offset);
        let circumstances =
            Circumstances { clock_offset: offset, overdue_after: poll::overdue_after(poller) };
        let liveness = Liveness { halted: poller.halted().is_some(), ..Liveness::default() };
        let reader = Reader { lang, offset_at: |_| 0 };
        view::page(watch, timeline, &assess(timeline, &circumstances, now), &liveness, look, reader, now)
    }
}

/// The key of a demo cluster's watch.
pub fn key(id: &str) -> String {
    cluster(id).watch().key()
}

fn key_name(watch: &Watch) -> KeyName {
    (watch.service.provider(), watch.account.clone())
}

fn credential(access_key_id: &str, secret: &str) -> Credential {
    Credential::Key(AccessKey {
        access_key_id: access_key_id.to_owned(),
        secret: Secret::new(secret),
        security_token: None,
    })
}

/// How far an answer shows the vendor's clock to be ahead.
fn measured(exchange: &Exchange) -> Option<Span> {
    let from_vendor = exchange.header(PROXY_ERROR_HEADER).is_none();
    let settle = |offset: Span| if offset.abs() <= Span::seconds(3) { Span::ZERO } else { offset };
    exchange.clock_offset().filter(|_| from_vendor).map(settle)
}

fn pace(timeline: &Timeline, assessment: &Assessment, now: Timestamp) -> Pace {
    let since = assessment.since.or(timeline.unchanged_since());
    let is_prepared = timeline.operation().is_some_and(|operation| operation.valid_until.is_some());
    match assessment.verdict {
        Verdict::Waiting if is_prepared => Pace::Idle,
        verdict if verdict.is_live() => Pace::Busy,
        _ if since.is_some_and(|since| now.since(since) > SETTLED_AFTER) => Pace::Settled,
        _ => Pace::Idle,
    }
}
