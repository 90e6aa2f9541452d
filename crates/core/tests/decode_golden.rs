//! What is asked, and what is understood of every scenario under tests/fixtures.
//!
//! A scenario is a folder with `watch.txt` (the key of a watch), one `response-NNN.json` or `.txt` for each poll
//! (the body as served), an optional `response-NNN.status` (the HTTP status, 200 without it), and
//! `understood.txt`: in readable words, what the adapters make of it. What else a poll asks for is answered by
//! `supplement-versions.json`, `supplement-nodes.json`, `supplement-cluster.json` and
//! `supplement-operations-NN.json`, each with an optional `.status` too; without its file a supplement gets no
//! answer. `ROLLWATCH_BLESS=1` writes the golden text anew; read what changed before it is kept.

#![allow(clippy::expect_used, reason = "a broken fixture is a failed test")]

#[path = "decode_golden/asking.rs"]
mod asking;
#[path = "decode_golden/conversation.rs"]
mod conversation;
#[path = "decode_golden/ncp.rs"]
mod ncp;
#[path = "decode_golden/printer.rs"]
mod printer;
#[path = "decode_golden/scenario.rs"]
mod scenario;

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use rollwatch_core::http::Exchange;
use rollwatch_core::model::{Service, Timestamp, Watch};
use rollwatch_core::provider::{
    Background, Catalogue, Endpoint, Purpose, decode, decode_check, decode_holder, decode_list,
};

use scenario::{Response, Scenario};

fn scenarios() -> Vec<Scenario> {
    static READ: LazyLock<Vec<Scenario>> =
        LazyLock::new(|| scenario::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")));
    READ.clone()
}

fn observed_at() -> Timestamp {
    Timestamp::from_millis(1_742_803_781_000)
}

fn understood(scenario: &Scenario) -> String {
    let mut background = Background::default();
    let mut polls = Vec::new();
    for response in &scenario.responses {
        let (outcome, learnt) = scenario.poll(response, background, observed_at());
        background = learnt;
        polls.push(printer::print(&outcome));
    }
    polls.join("\n--- next poll ---\n\n")
}

fn one_watch_for_each_operation() -> Vec<Watch> {
    let keys = [
        "ncp_search_engine/public/KR//1001/upgrade",
        "ncp_data_streaming/public/KR//2001/restart",
        "ncp_data_streaming/public/KR//2001/upgrade",
        "ncp_data_streaming/public/KR//2001/precheck",
        "huawei_css/public/cn-north-4/p/c/upgrade",
        "huawei_css/public/cn-north-4/p/c/az-migration",
        "alibaba_hologres/public/cn-hangzhou//hgx/upgrade",
    ];
    keys.into_iter().map(|key| scenario::watch(key).expect("a watch key")).collect()
}

fn exchange(status: u16, body: &str) -> Exchange {
    let received_at = observed_at();
    Exchange { status, headers: Vec::new(), body: body.to_owned(), sent_at: received_at, received_at }
}

#[test]
fn every_scenario_is_understood_as_its_golden_text_says() {
    let bless = std::env::var("ROLLWATCH_BLESS").is_ok_and(|value| value == "1");
    let mut differing = Vec::new();
    for scenario in scenarios() {
        let now = understood(&scenario);
        let golden = scenario.folder.join("understood.txt");
        if bless {
            std::fs::write(&golden, &now).expect("the fixtures can be written");
        } else if std::fs::read_to_string(&golden).ok().as_deref() != Some(now.as_str()) {
            differing.push(format!("== {} ==\n{now}", scenario.name));
        }
    }
    assert!(differing.is_empty(), "understood otherwise than written:\n{}", differing.join("\n"));
}

#[test]
fn every_service_has_its_documented_sample_among_the_scenarios() {
    let scenarios = scenarios();
    for service in Service::ALL {
        for operation in service.operations() {
            let found = scenarios.iter().any(|scenario| {
                scenario.name.contains("documented")
                    && scenario.watch.service == service
                    && scenario.watch.operation == *operation
            });
            assert!(found, "{} {}", service.id(), operation.id());
        }
    }
}

/// One endpoint of each service, and one of each identity service.
fn one_endpoint_of_each() -> Vec<Endpoint> {
    let mut seen = Vec::new();
    let mut endpoints = Catalogue::built_in().endpoints().to_vec();
    endpoints.retain(|endpoint| {
        let kind = (endpoint.service, endpoint.purpose);
        !seen.contains(&kind) && {
            seen.push(kind);
            true
        }
    });
    endpoints
}

/// Takes an answer for that to everything that can be asked beside progress.
fn take_for_anything_else(answer: &Exchange, page: u32) {
    for endpoint in one_endpoint_of_each() {
        match endpoint.purpose {
            Purpose::Identity => drop(decode_holder(&endpoint, answer)),
            Purpose::Service => {
                let _ = decode_check(&endpoint, answer);
                let next = decode_list(&endpoint, answer, page).ok().and_then(|listing| listing.next);
                assert!(next.is_none_or(|next| next > page), "page {next:?} after page {page}");
            }
        }
    }
}

/// Every scenario that asks for progress once more, with one answer for all supplements.
fn supplemented(answer: &Response) -> Vec<Scenario> {
    let files = ["versions", "nodes", "cluster", "operations-11"];
    let supplements: Vec<_> = files.map(|file| (format!("supplement-{file}.json"), answer.clone())).into();
    let documented = scenarios().into_iter().filter(|scenario| scenario.name.contains("documented"));
    documented.map(|scenario| Scenario { supplements: supplements.clone(), ..scenario }).collect()
}

/// A text with some places cut out and others written over.
fn mutated(body: &str, cuts: Vec<(prop::sample::Index, usize, String)>) -> String {
    let mut body: Vec<char> = body.chars().collect();
    for (at, length, inserted) in cuts {
        let start = at.index(body.len() + 1);
        let end = (start + length).min(body.len());
        body.splice(start..end, inserted.chars());
    }
    body.into_iter().collect()
}

fn cuts() -> impl Strategy<Value = Vec<(prop::sample::Index, usize, String)>> {
    prop::collection::vec((any::<prop::sample::Index>(), 0usize..30, "[\\[\\]{}:,\"\\\\a0 .e가-]{0,6}"), 1..6)
}

/// Answers of NAVER to what is asked beside progress.
const FURTHER: [&str; 3] = [
    r#"{"code":0,"message":"SUCCESS","result":{"isLast":false,"totalPage":"9","allowedClusters":[{"clusterName":"c","serviceGroupInstanceNo":"1","clusterStatus":"running","serverStatus":"changing"}],"disallowedClusters":[{"serviceGroupInstanceNo":2}]}}"#,
    r#"{"id":"u","loginAlias":"ops","userType":"Sub"}"#,
    r#"{"code":10154,"message":"A snapshot is needed.","result":null,"requestId":"r"}"#,
];

proptest! {
    #[test]
    fn no_bytes_make_a_decoder_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), status in 100u16..600) {
        let body = String::from_utf8_lossy(&bytes);
        for watch in one_watch_for_each_operation() {
            let catalogue = Catalogue::built_in();
            let endpoint = catalogue.find(watch.service, watch.site, &watch.region).expect("in the catalogue");
            let answer = exchange(status, &body);
            let _ = decode(&watch, endpoint, &answer, &Background::default(), observed_at());
        }
        take_for_anything_else(&exchange(status, &body), u32::from(status));
        for scenario in supplemented(&Response { status, body: body.into_owned() }) {
            let _ = understood(&scenario);
        }
    }

    #[test]
    fn no_mutation_of_a_scenario_makes_a_decoder_panic(pick in any::<prop::sample::Index>(), cuts in cuts()) {
        let scenarios = scenarios();
        let scenario = pick.get(&scenarios);
        let body = scenario.responses.first().map(|r| mutated(&r.body, cuts)).unwrap_or_default();
        let answer = Response { status: 200, body };
        let _ = understood(&Scenario { responses: vec![answer], ..scenario.clone() });
    }

    #[test]
    fn no_mutation_of_a_supplement_fails_the_poll(pick in any::<prop::sample::Index>(), cuts in cuts()) {
        let mut scenarios = scenarios();
        scenarios.retain(|scenario| !scenario.supplements.is_empty());
        let mut scenario = pick.get(&scenarios).clone();
        for (_, answer) in &mut scenario.supplements {
            answer.body = mutated(&answer.body, cuts.clone());
        }
        for response in &scenario.responses {
            let (alone, _) = Scenario { supplements: Vec::new(), ..scenario.clone() }
                .poll(response, Background::default(), observed_at());
            let (result, _) = scenario.poll(response, Background::default(), observed_at());
            prop_assert_eq!(result.map_err(|error| error.kind).err(), alone.map_err(|error| error.kind).err());
        }
    }

    #[test]
    fn no_mutation_of_a_further_answer_makes_a_decoder_panic(
        body in prop::sample::select(&FURTHER[..]), cuts in cuts(), status in 200u16..500, page in any::<u32>(),
    ) {
        take_for_anything_else(&exchange(status, &mutated(body, cuts)), page);
    }
}
