//! The requests that are under way, each under its number.

use std::collections::BTreeMap;
use std::time::Duration;

use http::{HeaderMap, HeaderValue, header};
use rollwatch_core::provider::{Endpoint, Route};
use rollwatch_policy::{ANSWER_FOR, BODY_FOR, Call, ClientPlace, Limit, Line, Place, Shed};
use serde_json::{Value, json};

use crate::pairs;

/// After so long a request has ended, whether or not the script could say so: a runtime may stop a script whose
/// client went away, and a place must not stay taken.
const OVER_FOR: Duration = BODY_FOR.saturating_add(ANSWER_FOR).saturating_add(Duration::from_secs(2));

/// The tickets that are out.
#[derive(Debug, Default)]
pub(crate) struct Tickets {
    /// In the order in which they were given out.
    all: BTreeMap<u32, Ticket>,
    last: u32,
}

/// One request.
#[derive(Debug)]
pub(crate) struct Ticket {
    method: &'static str,
    pub origin: Option<HeaderValue>,
    began_at: Duration,
    call: Option<(Endpoint, &'static Route)>,
    limit: Option<Limit>,
    /// The request to the vendor, until it is made.
    request: Option<Value>,
    taken: Taken,
}

#[derive(Debug)]
enum Taken {
    Nothing,
    OfClient(ClientPlace),
    AtHost { _place: Place },
}

impl Tickets {
    /// Forgets the tickets that are over by now, whatever became of them.
    pub(crate) fn sweep(&mut self, now: Duration) {
        while let Some(oldest) = self.all.first_entry()
            && now.saturating_sub(oldest.get().began_at) >= OVER_FOR
        {
            oldest.remove();
        }
    }

    /// Keeps a ticket and says its number.
    pub(crate) fn keep(&mut self, ticket: Ticket) -> u32 {
        self.last = self.last.wrapping_add(1);
        self.all.insert(self.last, ticket);
        self.last
    }

    pub(crate) fn of(&mut self, number: u32) -> Option<&mut Ticket> {
        self.all.get_mut(&number)
    }

    pub(crate) fn origin(&self, number: u32) -> Option<HeaderValue> {
        self.all.get(&number)?.origin.clone()
    }

    /// Takes a ticket back, and with it its place.
    pub(crate) fn end(&mut self, number: u32) -> Option<Ticket> {
        self.all.remove(&number)
    }
}

impl Ticket {
    pub(crate) fn new(method: &'static str, origin: Option<HeaderValue>, now: Duration) -> Self {
        Ticket {
            method,
            origin,
            began_at: now,
            call: None,
            limit: None,
            request: None,
            taken: Taken::Nothing,
        }
    }

    /// The call is allowed, and its client has a place for it.
    pub(crate) fn goes_to(&mut self, call: &Call<'_, '_>, place: ClientPlace) {
        self.call = Some((call.endpoint.clone(), call.route));
        self.request = Some(request(call));
        self.taken = Taken::OfClient(place);
    }

    /// The call is allowed, and there is no place for it.
    pub(crate) fn goes_nowhere(&mut self, call: &Call<'_, '_>, limit: Limit) {
        self.call = Some((call.endpoint.clone(), call.route));
        self.limit = Some(limit);
    }

    /// Takes a place at the vendor's host, and gives the request to make. It can be made once.
    pub(crate) fn go(&mut self, now: Duration) -> Result<Value, Option<Shed>> {
        let (Some((endpoint, _)), Some(request)) = (&self.call, self.request.take()) else {
            return Err(None);
        };
        let Taken::OfClient(own) = std::mem::replace(&mut self.taken, Taken::Nothing) else {
            return Err(None);
        };
        match own.at(&endpoint.host, now) {
            Ok(place) => {
                self.taken = Taken::AtHost { _place: place };
                Ok(request)
            }
            Err(shed) => {
                self.limit = Some(shed.limit);
                Err(Some(shed))
            }
        }
    }

    pub(crate) fn line(&self, status: u16, reason: Option<&'static str>, now: Duration) -> String {
        let place =
            self.call.as_ref().map(|(endpoint, route)| (endpoint.service, endpoint.region.as_str(), *route));
        let took_for = now.saturating_sub(self.began_at);
        Line { place, method: self.method, status, reason, limit: self.limit, took_for }.text()
    }
}

/// What is sent to the vendor: `url`, `method` and `headers`. Host and the length of the body are the runtime's.
fn request(call: &Call<'_, '_>) -> Value {
    let mut headers: HeaderMap = call.headers.clone();
    // The answer's size is bounded here, so it should not grow on being unpacked.
    headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    let method = match call.route.method {
        rollwatch_core::http::Method::Get => "GET",
        rollwatch_core::http::Method::Post => "POST",
    };
    let url = format!("https://{}{}", call.endpoint.host, call.target);
    json!({ "url": url, "method": method, "headers": pairs(&headers) })
}
