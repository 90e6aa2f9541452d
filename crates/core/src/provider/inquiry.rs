//! One poll as a conversation: the question about the operation, and what makes its answer clearer.
//!
//! An inquiry never sends anything. It hands out requests, takes what came back, and ends with an observation
//! and what was learnt on the way. The question comes first, and its answer counts whatever becomes of the
//! supplements: they are asked for only after a good answer, because a key that is refused must not be tried
//! again.

use super::{Background, Endpoint, Supplement};
use crate::error::{ErrorKind, PollError};
use crate::http::{Exchange, Request};
use crate::model::{Observation, Span, Timestamp, Watch};

/// The most supplements that one poll asks for.
const SUPPLEMENTS: u8 = 3;

/// No supplement is asked for when a poll has taken this long already.
const PATIENCE: Span = Span::seconds(12);

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Progress,
    Supplement(Supplement),
}

#[derive(Debug)]
pub struct Inquiry {
    watch: Watch,
    endpoint: Endpoint,
    background: Background,
    began_at: Timestamp,
    in_flight: Option<Asked>,
    /// The answer about the operation, with the instant at which it came, on the vendor's clock.
    answer: Option<(Exchange, Timestamp)>,
    result: Option<Result<Observation, PollError>>,
    supplements: u8,
    asked_again: bool,
    /// A supplement failed in a way that the next request to this vendor would make worse.
    rests: bool,
}

impl Inquiry {
    /// `now` is on the vendor's clock, as all times here are.
    pub fn new(watch: Watch, endpoint: Endpoint, background: Background, now: Timestamp) -> Self {
        Inquiry {
            watch,
            endpoint,
            background,
            began_at: now,
            in_flight: None,
            answer: None,
            result: None,
            supplements: 0,
            asked_again: false,
            rests: false,
        }
    }

    /// The next request to sign and send; `None` when the inquiry is over.
    pub fn next(&mut self, now: Timestamp) -> Option<Request> {
        let observation = match &self.result {
            None => {
                self.in_flight = Some(Asked::Progress);
                let request = super::request(&self.watch, &self.endpoint, &self.background);
                return request.map_err(|error| self.result = Some(Err(error))).ok();
            }
            Some(Err(_)) => return None,
            Some(Ok(observation)) => observation,
        };
        if self.rests || self.supplements >= SUPPLEMENTS || now.since(self.began_at) >= PATIENCE {
            return None;
        }
        let adapter = super::adapter(self.watch.service);
        let supplement = (adapter.wanted)(&self.background, observation, now)?;
        self.supplements += 1;
        match (adapter.supplement_request)(&self.watch, &self.endpoint, supplement) {
            Ok(request) => {
                self.in_flight = Some(Asked::Supplement(supplement));
                Some(request)
            }
            Err(error) => {
                self.background.settle(supplement, &Err(error), now);
                self.next(now)
            }
        }
    }

    /// Whether the request that is under way is the question itself, whose failure is the poll's failure.
    pub fn asks_for_progress(&self) -> bool {
        self.in_flight == Some(Asked::Progress)
    }

    /// The supplement that the request under way asks for; `None` for the question itself.
    pub fn supplement(&self) -> Option<Supplement> {
        match self.in_flight {
            Some(Asked::Supplement(supplement)) => Some(supplement),
            Some(Asked::Progress) | None => None,
        }
    }

    /// Takes the answer to the latest request, which came at `at`.
    pub fn take(&mut self, exchange: Exchange, at: Timestamp) {
        match self.in_flight.take() {
            Some(Asked::Progress) => {
                let result = super::decode(&self.watch, &self.endpoint, &exchange, &self.background, at);
                let again = result.as_ref().err().is_some_and(|error| {
                    !self.asked_again
                        && (super::adapter(self.watch.service).adapt)(
                            &self.endpoint,
                            error,
                            &mut self.background,
                        )
                });
                if again {
                    self.asked_again = true;
                    return;
                }
                self.keep(result);
                self.answer = Some((exchange, at));
            }
            Some(Asked::Supplement(supplement)) => {
                let learnt =
                    super::learn(&self.watch, &self.endpoint, supplement, &exchange, &mut self.background);
                self.settle(supplement, learnt, at);
                self.read_again();
            }
            None => {}
        }
    }

    /// The latest request came back without an answer, at `at`.
    pub fn fail(&mut self, error: PollError, at: Timestamp) {
        match self.in_flight.take() {
            Some(Asked::Progress) => self.result = Some(Err(error)),
            Some(Asked::Supplement(supplement)) => self.settle(supplement, Err(error), at),
            None => {}
        }
    }

    /// A key that is refused must not be tried again, and who is asked to slow down stops asking.
    fn settle(&mut self, supplement: Supplement, learnt: Result<(), PollError>, at: Timestamp) {
        let stops = |kind| {
            matches!(
                kind,
                ErrorKind::Signature
                    | ErrorKind::Clock
                    | ErrorKind::KeyUnknown
                    | ErrorKind::KeyExpired
                    | ErrorKind::Throttled
                    | ErrorKind::ProxyBusy
            )
        };
        self.rests |= learnt.as_ref().is_err_and(|error| stops(error.kind));
        self.background.settle(supplement, &learnt, at);
    }

    /// The answer about the operation, once it is there.
    pub fn answer(&self) -> Option<&Exchange> {
        self.answer.as_ref().map(|(exchange, _)| exchange)
    }

    /// What came of it, and what was learnt. `None` as a result: nothing was asked.
    pub fn finish(self) -> (Option<Result<Observation, PollError>>, Background) {
        (self.result, self.background)
    }

    /// Understands the answer once more with what is known now.
    fn read_again(&mut self) {
        if let Some((exchange, at)) = &self.answer {
            self.keep(super::decode(&self.watch, &self.endpoint, exchange, &self.background, *at));
        }
    }

    /// Takes a result for the poll's, with what later polls have to know of it.
    fn keep(&mut self, result: Result<Observation, PollError>) {
        if let Ok(observation) = &result {
            self.background.remember(observation);
        }
        self.result = Some(result);
    }
}
