//! The connection doctor: asks what is worth asking, hop by hop, when a person has pressed its button.

use leptos::prelude::*;
use rollwatch_core::doctor::{self, Ask, Case, Evidence, Key, Listed, Permission, Probe, Reach, Reply};
use rollwatch_core::error::{ErrorKind, PollError};
use rollwatch_core::http::Exchange;
use rollwatch_core::model::{Span, Watch};
use rollwatch_core::poll::ANSWER_LIMIT;
use rollwatch_core::provider::{self, Background, Endpoint, Inquiry, PROXY_ERROR_HEADER};
use rollwatch_core::view::{self, DoctorView, Surroundings};

use super::ask::{self, Sender};
use super::keys::Chosen;
use super::{KeyChoice, KeyName, Live};
use crate::browser::permission::{self, Asked};
use crate::browser::{clock, document, fetch, location, policy, visibility};

/// How long the proxy may take to refuse a call by itself, on the machine's clock.
const PROBE_LIMIT: Span = Span::seconds(10);

/// How long a browser may take to say that the page's policy forbade a call which has failed, on its clock.
const POLICY_TOLD_WITHIN: Span = Span::millis(100);

/// No examination has as many steps; it is here so that none goes on for ever.
const STEPS_AT_MOST: usize = 8;

/// One examination.
struct Examination {
    live: Live,
    watch: Watch,
    endpoint: Endpoint,
    background: Background,
    proxy: String,
    chosen: Option<Chosen>,
}

impl Live {
    /// Walks from this page to a cluster and says how far it gets. The question is signed with the chosen key, or
    /// else with the one that the watch's account has in memory; without one, nothing is signed. `None` when the
    /// watch cannot be asked about at all.
    pub async fn examine(self, watch: Watch, choice: Option<KeyChoice>) -> Option<DoctorView> {
        let endpoint = self.endpoint(watch.service, watch.site, &watch.region).ok()?;
        let proxy = self.settings().proxy;
        let case = Case::new(&watch, &endpoint, &location::page_address(), &proxy)?;
        let is_typed = choice.is_some();
        let choice = choice.unwrap_or_else(|| KeyChoice::Held(watch.account.clone()));
        let found = self.chosen(case.provider(), choice).await;
        let key = match &found {
            Ok(_) if !is_typed && !self.agrees(&KeyName::of(&watch), &endpoint.host) => Key::NotAgreed,
            Ok(_) => Key::Usable,
            Err(error) if error.kind == ErrorKind::KeyExpired => Key::Over,
            Err(_) => Key::Missing,
        };
        let background = self.background(&watch.key()).unwrap_or_default();
        let examination = Examination { live: self, watch, endpoint, background, proxy, chosen: found.ok() };
        let mut evidence = Evidence { key, is_offline: visibility::is_offline(), ..Evidence::default() };
        for _ in 0..STEPS_AT_MOST {
            let Some(ask) = doctor::next(&case, &evidence) else { break };
            examination.put(ask, &case, &mut evidence).await;
        }
        let surroundings =
            Surroundings { version: env!("CARGO_PKG_VERSION"), browser: family(&document::user_agent()) };
        Some(view::doctor(self.reader(), &case, &evidence, &surroundings, clock::now()))
    }

    /// The watched clusters that a key is for.
    pub fn watches_of(self, name: &KeyName) -> Vec<Watch> {
        self.signals.order.track();
        let keys = self.state.with_value(|state| state.keys_of(name));
        keys.iter().filter_map(|key| self.watch(key)).collect()
    }
}

impl Examination {
    async fn put(&self, ask: Ask, case: &Case, evidence: &mut Evidence) {
        match ask {
            Ask::Proxy => {
                evidence.proxy = Some(probe(&case.probe_address()).await);
                // Asked for afterwards, because the call itself makes the browser ask the person.
                evidence.permission = local_network(case).await;
            }
            Ask::Hears => evidence.hears = Some(fetch::hears(&case.probe_address(), PROBE_LIMIT).await),
            Ask::Vendor => evidence.vendor = Some(self.without_key().await),
            Ask::Cluster => evidence.signed = self.signed().await,
            Ask::List => evidence.listed = Some(self.listed().await),
        }
    }

    /// The question without a key. What the vendor's clock says counts for the signature that follows.
    async fn without_key(&self) -> Reply {
        let began_at = clock::now();
        let request = match provider::request(&self.watch, &self.endpoint, &self.background) {
            Ok(request) => request,
            Err(error) => return Reply::none(error, Span::ZERO),
        };
        let url = request.proxied(&self.proxy);
        let limit = ANSWER_LIMIT.scaled(1.0 / clock::speed());
        match fetch::send(&url, request.method, &request.headers, &request.body, limit).await {
            Ok(exchange) => {
                let from_vendor = exchange.header(PROXY_ERROR_HEADER).is_none();
                let offset = exchange.clock_offset().filter(|_| from_vendor);
                let settled = offset.map(|offset| ask::settle(&exchange, offset));
                self.live.learn_offset(&self.endpoint.host, settled);
                Reply::of(&exchange, self.failure(&exchange), false, took(&exchange))
            }
            Err(failure) => Reply::none(ask::unanswered(failure), since(began_at)),
        }
    }

    fn failure(&self, exchange: &Exchange) -> Option<PollError> {
        let at = exchange.received_at;
        provider::decode(&self.watch, &self.endpoint, exchange, &self.background, at).err()
    }

    fn sender(&self) -> Option<Sender> {
        Some(self.live.sender(&self.endpoint, self.chosen.as_ref()?.key.clone()))
    }

    /// The question, signed; a clock that is refused is corrected, and the question is signed once more.
    async fn signed(&self) -> Vec<Reply> {
        let mut replies = Vec::new();
        let Some(mut sender) = self.sender() else { return replies };
        for _ in 0..2 {
            let reply = self.once(&mut sender).await;
            let again = reply.kind() == Some(ErrorKind::Clock) && reply.offset.is_some() && !reply.in_time;
            replies.push(reply);
            if !again {
                break;
            }
        }
        replies
    }

    async fn once(&self, sender: &mut Sender) -> Reply {
        let began_at = clock::now();
        let now = |sender: &Sender| clock::now().plus(sender.offset);
        let (watch, endpoint) = (self.watch.clone(), self.endpoint.clone());
        let mut inquiry = Inquiry::new(watch, endpoint, self.background.clone(), now(sender));
        let mut last = None;
        while let Some(request) = inquiry.next(now(sender)) {
            // What would make the answer clearer is not asked for: the way is the same.
            if !inquiry.asks_for_progress() {
                break;
            }
            match sender.send(self.live, request, ANSWER_LIMIT).await {
                Ok(answered) => {
                    self.live.learn_offset(&self.endpoint.host, answered.offset);
                    last = Some((answered.exchange.clone(), answered.in_time));
                    inquiry.take(answered.exchange, answered.at);
                }
                Err(error) => {
                    last = None;
                    inquiry.fail(error, now(sender));
                }
            }
        }
        let error = inquiry.finish().0.and_then(Result::err);
        match last {
            Some((exchange, in_time)) => {
                let error = error.map(|error| self.masked(ask::tell_apart(error, sender, in_time)));
                Reply::of(&exchange, error, in_time, took(&exchange))
            }
            None => {
                let error = error.unwrap_or_else(|| PollError::new(ErrorKind::BadWatch));
                Reply::none(error, since(began_at))
            }
        }
    }

    /// What the first page of the account's clusters says of this one.
    async fn listed(&self) -> Listed {
        let request = provider::list_request(&self.endpoint, &self.watch.project, 1);
        let (Some(mut sender), Ok(request)) = (self.sender(), request) else {
            return Listed::Unknown(PollError::new(ErrorKind::BadWatch));
        };
        let understand = |exchange: &Exchange, _| provider::decode_list(&self.endpoint, exchange, 1);
        match sender.put(self.live, request, understand).await {
            Ok((listing, _)) if listing.clusters.iter().any(|other| other.id == self.watch.cluster) => {
                Listed::Among
            }
            Ok((listing, _)) => {
                Listed::NotAmong { others: listing.clusters.len(), more: listing.next.is_some() }
            }
            Err(error) => Listed::Unknown(self.masked(error)),
        }
    }

    /// Vendors repeat the key's id in their complaints, and a report leaves this device.
    fn masked(&self, error: PollError) -> PollError {
        let id = match &self.chosen {
            Some(chosen) if !chosen.key.access_key_id.is_empty() => &chosen.key.access_key_id,
            _ => return error,
        };
        PollError { message: error.message.map(|message| message.replace(id, "•••")), ..error }
    }
}

/// Sends the call that the proxy refuses by itself.
async fn probe(url: &str) -> Probe {
    let policy = policy::Watching::begin();
    match fetch::send(url, rollwatch_core::http::Method::Get, &[], "", PROBE_LIMIT).await {
        Ok(exchange) => Probe::of(&exchange, took(&exchange)),
        Err(fetch::FetchFailure::Timeout) => Probe::Late,
        Err(fetch::FetchFailure::BrokenOff { status }) => Probe::BrokenOff { status },
        Err(fetch::FetchFailure::Network) => {
            clock::sleep(POLICY_TOLD_WITHIN.scaled(clock::speed())).await;
            Probe::Failed { is_forbidden: policy.forbade() }
        }
    }
}

/// Whether the browser lets this page into the network that the proxy is in. The permission had one name before
/// it was parted in two.
async fn local_network(case: &Case) -> Permission {
    if !case.enters_local_network() {
        return Permission::NotNeeded;
    }
    let name = if case.proxy.reach == Reach::Loopback { "loopback-network" } else { "local-network" };
    let state = match permission::state(name).await {
        Some(state) => Some(state),
        None => permission::state("local-network-access").await,
    };
    match state {
        None => Permission::NotNeeded,
        Some(Asked::Granted) => Permission::Granted,
        Some(Asked::Denied) => Permission::Denied,
        Some(Asked::NotYet) => Permission::NotAsked,
    }
}

/// How long an answer took, in real time.
fn took(exchange: &Exchange) -> Span {
    exchange.received_at.since(exchange.sent_at).scaled(1.0 / clock::speed())
}

fn since(began_at: rollwatch_core::model::Timestamp) -> Span {
    clock::now().since(began_at).scaled(1.0 / clock::speed())
}

/// The family of a browser with its main version, and nothing else of what it tells about its device.
fn family(user_agent: &str) -> String {
    // Every browser names those before it in this list, and not those after it.
    const FAMILIES: [(&str, &str); 5] = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chromium"),
        ("Version/", "Safari"),
    ];
    let found = FAMILIES.iter().find_map(|(mark, name)| {
        let (_, rest) = user_agent.split_once(mark)?;
        let version: String = rest.chars().take_while(char::is_ascii_digit).collect();
        Some(format!("{name} {version}"))
    });
    found.unwrap_or_else(|| "–".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_tells_the_family_of_the_browser_and_no_more() {
        for (user_agent, expected) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
                "Chromium 142",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36 Edg/142.0.1.2",
                "Edge 142",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox 140"),
            (
                "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
                "Safari 26",
            ),
            ("curl/8", "–"),
        ] {
            assert_eq!(family(user_agent), expected);
        }
    }
}
