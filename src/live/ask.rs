//! One question to a vendor: built, signed, sent through the proxy, understood.

use leptos::prelude::*;
use rollwatch_core::error::{ErrorKind, PollError};
use rollwatch_core::http::{Exchange, Request};
use rollwatch_core::model::{Observation, Provider, Service, Site, Span, Timestamp, Watch};
use rollwatch_core::poll::ANSWER_LIMIT;
use rollwatch_core::provider::{Background, Endpoint, Inquiry, PROXY_ERROR_HEADER};
use rollwatch_core::view::{Trouble, trouble};

use super::custody::Loan;
use super::{KeyName, Live, Place, vault};
use crate::browser::fetch::{self, FetchFailure};
use crate::browser::{clock, random};

/// How requests are signed and where they go.
#[derive(Debug, Clone)]
pub(super) struct Sender {
    pub provider: Provider,
    pub key: Loan,
    /// Whether the vendor has answered with this key before.
    pub proven: bool,
    /// The proxy's address without a trailing slash.
    pub proxy: String,
    /// How far the vendor's clock is ahead of the page's.
    pub offset: Span,
}

/// Everything that one poll needs.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub watch: Watch,
    pub endpoint: Endpoint,
    pub background: Background,
    pub sender: Sender,
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Reply {
    pub result: Result<Observation, PollError>,
    /// The body as it came; `None` when it may not be shown.
    pub raw: Option<String>,
    /// The offset as this answer shows it; `None` when it shows none.
    pub offset: Option<Span>,
    /// When it was over, on the vendor's clock.
    pub at: Timestamp,
    /// What is known of the cluster now.
    pub background: Background,
}

/// How long a supplement may take: less than what is left of a poll that began to ask for one.
const SUPPLEMENT_LIMIT: Span = Span::seconds(5);

impl Sender {
    /// The vendor's time, as far as it is known.
    fn now(&self) -> Timestamp {
        clock::now().plus(self.offset)
    }

    /// Signs a request and sends it. An answer that shows another clock corrects the next signature.
    pub async fn send(
        &mut self,
        live: Live,
        mut request: Request,
        limit: Span,
    ) -> Result<Answered, PollError> {
        // A device that has just woken signs nothing with a key that the vault locks for that.
        vault::lock_if_due(live);
        let headers = self.key.sign(self.provider, &request, self.now(), &random::nonce()).await;
        // A browser that does not sign with a key that it has taken has lost it.
        request.headers.extend(headers.map_err(|_| no_key())?);
        let url = request.proxied(&self.proxy);
        // The limit is on the page's clock, the browser's timer on the machine's.
        let limit = limit.scaled(1.0 / clock::speed());
        let sent = fetch::send(&url, request.method, &request.headers, &request.body, limit).await;
        let exchange = sent.map_err(unanswered)?;
        let from_vendor = exchange.header(PROXY_ERROR_HEADER).is_none();
        let offset = exchange.clock_offset().filter(|_| from_vendor).map(|offset| settle(&exchange, offset));
        let in_time = offset.is_some_and(|offset| agree(offset, self.offset));
        self.offset = offset.unwrap_or(self.offset);
        let at = exchange.received_at.plus(self.offset);
        Ok(Answered { exchange, from_vendor, offset, in_time, at })
    }
}

/// What a call without an answer is to the poll.
pub(super) fn unanswered(failure: FetchFailure) -> PollError {
    match failure {
        FetchFailure::Timeout => PollError::new(ErrorKind::Timeout),
        FetchFailure::Network => PollError::new(ErrorKind::ProxyUnreachable),
        FetchFailure::BrokenOff { status } => {
            PollError { status: Some(status), ..PollError::new(ErrorKind::BrokenOff) }
        }
    }
}

/// How far two measurements of one offset may be apart: a date is cut to whole seconds, and the middle of a round
/// trip is a guess.
const MEASURED_WITHIN: Span = Span::seconds(3);

/// Whether signing with one offset is as good as with the other: no vendor refuses a smaller difference.
fn agree(one: Span, other: Span) -> bool {
    one.as_millis().abs_diff(other.as_millis()) < Span::minutes(5).as_millis().unsigned_abs()
}

/// Tells a temporary key that is over from what vendors refuse in the same words: Huawei a clock that is off,
/// NAVER a wrong secret. Where the request was signed in time, and where the key has worked before, it is the
/// key. NAVER's temporary keys have no token; their ids begin in a way of their own.
pub(super) fn tell_apart(error: PollError, sender: &Sender, in_time: bool) -> PollError {
    let is_over = match error.kind {
        ErrorKind::Clock => sender.key.has_security_token && in_time,
        ErrorKind::Signature => sender.key.access_key_id.starts_with("ncp_iam_") && sender.proven,
        _ => false,
    };
    if is_over { PollError { kind: ErrorKind::KeyExpired, ..error } } else { error }
}

/// An answer, with what it shows of the vendor's clock.
pub(super) struct Answered {
    pub exchange: Exchange,
    pub from_vendor: bool,
    /// The offset that it shows; `None` when it shows none.
    pub offset: Option<Span>,
    /// Whether it shows that the request was signed with the vendor's time.
    pub in_time: bool,
    /// When it came, on the vendor's clock.
    pub at: Timestamp,
}

/// `None` when the key was locked away or forgotten before there was an answer: nothing is known of the cluster then.
pub(super) async fn ask(live: Live, question: Question) -> Option<Reply> {
    let Question { watch, endpoint, background, mut sender } = question;
    let mut inquiry = Inquiry::new(watch, endpoint, background, sender.now());
    let (mut offset, mut at, mut from_vendor, mut in_time) = (None, None, false, false);
    while let Some(request) = inquiry.next(sender.now()) {
        let is_progress = inquiry.asks_for_progress();
        let limit = if is_progress { ANSWER_LIMIT } else { SUPPLEMENT_LIMIT };
        match sender.send(live, request, limit).await {
            Ok(answered) => {
                if is_progress {
                    (offset, at) = (answered.offset, Some(answered.at));
                    (from_vendor, in_time) = (answered.from_vendor, answered.in_time);
                }
                inquiry.take(answered.exchange, answered.at);
            }
            // What nobody may ask any more has not failed.
            Err(_) if sender.key.is_withdrawn() => break,
            Err(error) => inquiry.fail(error, sender.now()),
        }
    }
    let body = inquiry.answer().map(|exchange| exchange.body.clone());
    let (result, background) = inquiry.finish();
    let result = result?.map_err(|error| tell_apart(error, &sender, in_time));
    // Vendors echo signed headers in their complaints, a security token among them: only answers that hold
    // facts, or that nobody could read, are shown as they came.
    let told = match &result {
        Ok(_) => true,
        Err(error) => error.kind == ErrorKind::Malformed,
    };
    let at = at.unwrap_or_else(|| sender.now());
    Some(Reply { result, raw: body.filter(|_| from_vendor && told), offset, at, background })
}

/// There is no key to sign with.
fn no_key() -> PollError {
    PollError::field(ErrorKind::BadWatch, "account")
}

/// A `Date` header has whole seconds and the answer took a while: a difference within that is none.
pub(super) fn settle(exchange: &Exchange, offset: Span) -> Span {
    let round_trip = exchange.received_at.since(exchange.sent_at);
    let noise = MEASURED_WITHIN.as_millis().saturating_add(round_trip.as_millis());
    if offset.abs().as_millis() <= noise { Span::ZERO } else { offset }
}

/// Asks once; a clock that is off is corrected and asked again.
pub(super) async fn test(live: Live, watch: &Watch, key: &Loan) -> Result<(), PollError> {
    let mut question = live.question(watch, key.clone())?;
    for _ in 0..2 {
        let reply = ask(live, question.clone()).await.ok_or_else(no_key)?;
        live.learn_offset(&question.endpoint.host, reply.offset);
        match (reply.result, reply.offset) {
            (Err(error), Some(offset)) if error.kind == ErrorKind::Clock => question.sender.offset = offset,
            (result, _) => return result.map(|_| ()),
        }
    }
    Err(PollError::new(ErrorKind::Clock))
}

impl Sender {
    /// Sends one request and understands its answer; a clock that is off is corrected and asked again. Returns
    /// what was understood, and when the answer came, on the vendor's clock.
    pub async fn put<T>(
        &mut self,
        live: Live,
        request: Request,
        understand: impl Fn(&Exchange, Timestamp) -> Result<T, PollError>,
    ) -> Result<(T, Timestamp), PollError> {
        let host = request.host.clone();
        for _ in 0..2 {
            let answered = self.send(live, request.clone(), ANSWER_LIMIT).await?;
            live.learn_offset(&host, answered.offset);
            let understood = understand(&answered.exchange, answered.at);
            match understood.map_err(|error| tell_apart(error, self, answered.in_time)) {
                Err(error) if error.kind == ErrorKind::Clock && answered.offset.is_some() => {}
                result => return result.map(|understood| (understood, answered.at)),
            }
        }
        Err(PollError::new(ErrorKind::Clock))
    }
}

impl Live {
    /// A failure in words, for a person who has just asked at this endpoint.
    pub fn trouble(self, place: &Place, error: &PollError) -> Trouble {
        let offset = self.state.with_value(|state| {
            let endpoint = state.catalogue.find(place.service, place.site, &place.region);
            endpoint.map(|endpoint| state.offset_of(&endpoint.host)).unwrap_or_default()
        });
        trouble(self.signals.lang.get_untracked(), error, offset)
    }

    /// The endpoint of a region; fails when the catalogue lacks it.
    pub(super) fn endpoint(self, service: Service, site: Site, region: &str) -> Result<Endpoint, PollError> {
        self.state
            .with_value(|state| state.catalogue.find(service, site, region).cloned())
            .ok_or_else(|| PollError::field(ErrorKind::BadWatch, "region"))
    }

    /// How requests to an endpoint are signed and sent with a key.
    pub(super) fn sender(self, endpoint: &Endpoint, key: Loan) -> Sender {
        self.state.with_value(|state| Sender {
            provider: endpoint.service.provider(),
            key,
            proven: false,
            proxy: state.settings.proxy.clone(),
            offset: state.offset_of(&endpoint.host),
        })
    }

    /// The question for a watch and a key; fails when the catalogue lacks the region.
    fn question(self, watch: &Watch, key: Loan) -> Result<Question, PollError> {
        let endpoint = self.endpoint(watch.service, watch.site, &watch.region)?;
        let sender = self.sender(&endpoint, key);
        let background = self.background(&watch.key()).unwrap_or_default();
        Ok(Question { watch: watch.clone(), endpoint, background, sender })
    }

    /// The question for a watched cluster; `None` when its account has no usable key in memory.
    pub(super) fn question_for(self, key: &str) -> Option<Result<Question, PollError>> {
        let watch = self.watch(key)?;
        let now = self.state.with_value(|state| state.now_at(key, clock::now()));
        let name = KeyName::of(&watch);
        let lent = self.usable(&name, now).ok()?;
        // An unknown region has no host, and says so by itself.
        let endpoint = self.endpoint(watch.service, watch.site, &watch.region).ok();
        endpoint.is_none_or(|endpoint| self.agrees(&name, &endpoint.host)).then_some(())?;
        let proven = self.state.with_value(|state| state.keyring.is_proven(&name));
        Some(self.question(&watch, lent).map(|mut question| {
            question.sender.proven = proven;
            question
        }))
    }

    /// What is known of a watched cluster beside its progress.
    pub(super) fn background(self, key: &str) -> Option<Background> {
        self.state.with_value(|state| state.entries.get(key).map(|entry| entry.background.clone()))
    }

    pub(super) fn learn_offset(self, host: &str, offset: Option<Span>) {
        let Some(offset) = offset else { return };
        self.state.update_value(|state| {
            // Each measurement is a second or two off, and a verdict must not go back and forth with it.
            let before = state.offset_of(host);
            if offset == Span::ZERO {
                state.offsets.remove(host);
            } else if Span::millis(offset.as_millis() - before.as_millis()).abs() > MEASURED_WITHIN {
                state.offsets.insert(host.to_owned(), offset);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    use crate::live::custody::{Credential, Custody};
    use rollwatch_core::sign::{AccessKey, Secret};

    fn told(
        kind: ErrorKind,
        access_key_id: &str,
        token: Option<&str>,
        proven: bool,
        in_time: bool,
    ) -> ErrorKind {
        let owned = Rc::new(Credential::Key(AccessKey {
            access_key_id: access_key_id.to_owned(),
            secret: Custody::Memory(Secret::new("a-secret")),
            security_token: token.map(Secret::new),
        }));
        let sender = Sender {
            provider: Provider::Huawei,
            key: Loan::of(&owned),
            proven,
            proxy: String::new(),
            offset: Span::ZERO,
        };
        tell_apart(PollError::new(kind), &sender, in_time).kind
    }

    #[test]
    fn a_temporary_key_that_is_over_is_told_from_a_clock_that_is_off() {
        let kind = |token, in_time| told(ErrorKind::Clock, "an-id", token, true, in_time);
        assert_eq!(kind(Some("a-token"), true), ErrorKind::KeyExpired);
        assert_eq!(kind(Some("a-token"), false), ErrorKind::Clock, "the clock is corrected first");
        assert_eq!(kind(None, true), ErrorKind::Clock);
        assert!(agree(Span::ZERO, Span::minutes(-4)) && !agree(Span::ZERO, Span::minutes(60)));
    }

    #[test]
    fn a_temporary_key_of_naver_that_has_worked_is_over_and_not_wrong() {
        let kind = |id, proven| told(ErrorKind::Signature, id, None, proven, true);
        assert_eq!(kind("ncp_iam_0001", true), ErrorKind::KeyExpired);
        assert_eq!(kind("ncp_iam_0001", false), ErrorKind::Signature, "it may have been typed wrong");
        assert_eq!(kind("NCPKEY0001", true), ErrorKind::Signature);
    }
}
