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
#[path = "decode_golden/printer.rs"]
mod printer;
#[path = "decode_golden/scenario.rs"]
mod scenario;

use std::path::Path;

use proptest::prelude::*;
use rollwatch_core::http::Exchange;
use rollwatch_core::model::{Service, Timestamp, Watch};
use rollwatch_core::provider::{Background, Catalogue, decode};

use scenario::{Response, Scenario};

fn scenarios() -> Vec<Scenario> {
    scenario::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
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
    }

    #[test]
    fn no_mutation_of_a_scenario_makes_a_decoder_panic(
        pick in any::<prop::sample::Index>(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0usize..30, "[\\[\\]{}:,\"\\\\a0 .e가-]{0,6}"), 1..6),
    ) {
        let scenarios = scenarios();
        let scenario = pick.get(&scenarios);
        let mut body: Vec<char> = scenario.responses.first().map(|r| r.body.chars().collect()).unwrap_or_default();
        for (at, length, inserted) in cuts {
            let start = at.index(body.len() + 1);
            let end = (start + length).min(body.len());
            body.splice(start..end, inserted.chars());
        }
        let answer = Response { status: 200, body: body.into_iter().collect() };
        let mutated = Scenario { responses: vec![answer], ..scenario.clone() };
        let _ = understood(&mutated);
    }
}
