//! Whole polls for tests: an inquiry whose requests a closure answers.

use proptest::prelude::*;

use super::{Background, Catalogue, Endpoint, Inquiry, Purpose};
use crate::error::PollError;
use crate::http::{Exchange, Request};
use crate::model::{Observation, OperationKind, Service, Site, Timestamp, Watch};

/// What came of one poll.
pub(super) struct Poll {
    pub(super) result: Result<Observation, PollError>,
    pub(super) background: Background,
    /// The requests in their order, as method and target.
    pub(super) asked: Vec<String>,
}

impl Poll {
    pub(super) fn observation(&self) -> &Observation {
        self.result.as_ref().expect("an observation")
    }
}

/// A watch of cluster `c1` in project `p1`.
pub(super) fn watch(service: Service, operation: OperationKind) -> Watch {
    let endpoint = endpoint(service, Purpose::Service);
    Watch {
        service,
        operation,
        site: endpoint.site,
        region: endpoint.region,
        project: "p1".to_owned(),
        cluster: "c1".to_owned(),
        account: String::new(),
    }
}

/// An endpoint in the first region of the service's public site.
pub(super) fn endpoint(service: Service, purpose: Purpose) -> Endpoint {
    let catalogue = Catalogue::built_in();
    let region = catalogue.regions(service, Site::Public).first().map(|region| (*region).to_owned());
    let region = region.expect("a region");
    let found = match purpose {
        Purpose::Service => catalogue.find(service, Site::Public, &region),
        Purpose::Identity => catalogue.identity(service, Site::Public, &region),
    };
    found.expect("in the catalogue").clone()
}

pub(super) fn exchange(status: u16, body: &str, at: Timestamp) -> Exchange {
    Exchange { status, headers: Vec::new(), body: body.to_owned(), sent_at: at, received_at: at }
}

/// One poll of `watch` at `now`. `serve` answers each request with a status and a body.
pub(super) fn poll(
    watch: &Watch,
    background: Background,
    now: Timestamp,
    mut serve: impl FnMut(&Request) -> (u16, String),
) -> Poll {
    let endpoint = endpoint(watch.service, Purpose::Service);
    let mut inquiry = Inquiry::new(watch.clone(), endpoint.clone(), background, now);
    let mut asked = Vec::new();
    while let Some(request) = inquiry.next(now) {
        assert!(endpoint.route(request.method, &request.target()).is_ok(), "{}", request.target());
        assert!(asked.len() < 20, "the inquiry does not end: {asked:?}");
        asked.push(format!("{} {}", request.method.as_str(), request.target()));
        let (status, body) = serve(&request);
        inquiry.take(exchange(status, &body, now), now);
    }
    let (result, background) = inquiry.finish();
    Poll { result: result.expect("something was asked"), background, asked }
}

/// Bodies near a vendor's shapes: its names with values of any type, its `words` among them.
pub(super) fn near_bodies(
    names: &'static [&'static str],
    words: &'static [&'static str],
) -> impl Strategy<Value = String> {
    let text = |text: String| format!("{text:?}");
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|flag| flag.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        (0..30_u32).prop_map(|number| number.to_string()),
        "[A-Za-z.,:T0-9가{}\"-]{0,20}".prop_map(text),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}Z?".prop_map(text),
        prop::sample::select(words).prop_map(|word| format!("{word:?}")),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        let named = (prop::sample::select(names), inner.clone());
        let fields = prop::collection::vec(named, 0..6).prop_map(|fields| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name:?}:{value}")).collect();
            format!("{{{}}}", fields.join(","))
        });
        let list = prop::collection::vec(inner, 0..6).prop_map(|items| format!("[{}]", items.join(",")));
        prop_oneof![3 => fields, 1 => list]
    })
}

/// A status and a body near a vendor's shapes, or of any text.
pub(super) fn near_answers(
    names: &'static [&'static str],
    words: &'static [&'static str],
) -> impl Strategy<Value = (u16, String)> {
    let status = prop_oneof![4 => Just(200_u16), 1 => 100..600_u16];
    (status, prop_oneof![3 => near_bodies(names, words), 1 => any::<String>()])
}
