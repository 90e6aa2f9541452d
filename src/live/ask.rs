//! One question to a vendor: built, signed, sent through the proxy, understood.

use leptos::prelude::*;
use rollwatch_core::error::{ErrorKind, PollError};
use rollwatch_core::http::Exchange;
use rollwatch_core::model::{Observation, Span, Timestamp, Watch};
use rollwatch_core::poll::ANSWER_LIMIT;
use rollwatch_core::provider::{self, Endpoint, PROXY_ERROR_HEADER};
use rollwatch_core::sign::{self, Credential};

use super::{KeyName, Live};
use crate::browser::{clock, fetch, random};

/// Everything that one request needs.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub watch: Watch,
    pub endpoint: Endpoint,
    pub credential: Credential,
    /// The proxy's address without a trailing slash.
    pub proxy: String,
    /// How far the vendor's clock is ahead of the page's.
    pub offset: Span,
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
}

pub(super) async fn ask(question: &Question) -> Reply {
    let Question { watch, endpoint, credential, proxy, offset } = question;
    let mut request = match provider::request(watch, endpoint) {
        Ok(request) => request,
        Err(error) => return Reply { result: Err(error), raw: None, offset: None, at: clock::now() },
    };
    let signed_at = clock::now().plus(*offset);
    let nonce = random::nonce();
    let headers = sign::sign(watch.service.provider(), &request, credential, signed_at, &nonce);
    request.headers.extend(headers);
    let url = request.proxied(proxy);
    // The limit is on the page's clock, the browser's timer on the machine's.
    let limit = ANSWER_LIMIT.scaled(1.0 / clock::speed());
    match fetch::send(&url, request.method, &request.headers, &request.body, limit).await {
        Ok(exchange) => understand(watch, endpoint, &exchange, *offset),
        Err(failure) => {
            let kind = match failure {
                fetch::FetchFailure::Timeout => ErrorKind::Timeout,
                fetch::FetchFailure::Network => ErrorKind::ProxyUnreachable,
            };
            let at = clock::now().plus(*offset);
            Reply { result: Err(PollError::new(kind)), raw: None, offset: None, at }
        }
    }
}

fn understand(watch: &Watch, endpoint: &Endpoint, exchange: &Exchange, assumed: Span) -> Reply {
    let from_vendor = exchange.header(PROXY_ERROR_HEADER).is_none();
    let offset =
        if from_vendor { exchange.clock_offset().map(|offset| settle(exchange, offset)) } else { None };
    let at = exchange.received_at.plus(offset.unwrap_or(assumed));
    let result = provider::decode(watch, endpoint, exchange, at);
    // Vendors echo signed headers in their complaints, a security token among them: only answers that hold
    // facts, or that nobody could read, are shown as they came.
    let told = match &result {
        Ok(_) => true,
        Err(error) => error.kind == ErrorKind::Malformed,
    };
    Reply { result, raw: (from_vendor && told).then(|| exchange.body.clone()), offset, at }
}

/// A `Date` header has whole seconds and the answer took a while: a difference within that is none.
fn settle(exchange: &Exchange, offset: Span) -> Span {
    let round_trip = exchange.received_at.since(exchange.sent_at);
    let noise = Span::seconds(3).as_millis().saturating_add(round_trip.as_millis());
    if offset.abs().as_millis() <= noise { Span::ZERO } else { offset }
}

/// Asks once; a clock that is off is corrected and asked again.
pub(super) async fn test(live: Live, watch: &Watch, credential: &Credential) -> Result<(), PollError> {
    let mut question = live.question(watch, credential.clone())?;
    for _ in 0..2 {
        let reply = ask(&question).await;
        live.learn_offset(&question.endpoint.host, reply.offset);
        match (reply.result, reply.offset) {
            (Err(error), Some(offset)) if error.kind == ErrorKind::Clock => question.offset = offset,
            (result, _) => return result.map(|_| ()),
        }
    }
    Err(PollError::new(ErrorKind::Clock))
}

impl Live {
    /// The question for a watch and a credential; fails when the catalogue lacks the region.
    fn question(self, watch: &Watch, credential: Credential) -> Result<Question, PollError> {
        self.state.with_value(|state| {
            let endpoint = state
                .catalogue
                .find(watch.service, watch.site, &watch.region)
                .ok_or_else(|| PollError::field(ErrorKind::BadWatch, "region"))?;
            Ok(Question {
                watch: watch.clone(),
                offset: state.offsets.get(&endpoint.host).copied().unwrap_or(Span::ZERO),
                endpoint: endpoint.clone(),
                credential,
                proxy: state.settings.proxy.clone(),
            })
        })
    }

    /// The question for a watched cluster; `None` when its account has no key in memory.
    pub(super) fn question_for(self, key: &str) -> Option<Result<Question, PollError>> {
        let watch = self.watch(key)?;
        let credential = self.held(&KeyName::of(&watch))?;
        Some(self.question(&watch, credential))
    }

    pub(super) fn learn_offset(self, host: &str, offset: Option<Span>) {
        let Some(offset) = offset else { return };
        self.state.update_value(|state| {
            if offset == Span::ZERO {
                state.offsets.remove(host);
            } else {
                state.offsets.insert(host.to_owned(), offset);
            }
        });
    }
}
