//! What is asked, and what is understood of every scenario under tests/fixtures.
//!
//! A scenario is a folder with `watch.txt` (the key of a watch), one `response-NNN.json` or `.txt` for each poll
//! (the body as served), an optional `response-NNN.status` (the HTTP status, 200 without it), and
//! `understood.txt`: in readable words, what the adapters make of it. `ROLLWATCH_BLESS=1` writes that file
//! anew; read what changed before it is kept.

#![allow(clippy::expect_used, reason = "a broken fixture is a failed test")]

#[path = "decode_golden/asking.rs"]
mod asking;
#[path = "decode_golden/printer.rs"]
mod printer;
#[path = "decode_golden/scenario.rs"]
mod scenario;

use proptest::prelude::*;
use rollwatch_core::model::Service;
use rollwatch_core::provider::{Background, Catalogue, decode};

use scenario::{Scenario, exchange, observed_at};

fn understood(scenario: &Scenario) -> String {
    let catalogue = Catalogue::built_in();
    let watch = &scenario.watch;
    let endpoint =
        catalogue.find(watch.service, watch.site, &watch.region).expect("an endpoint of the catalogue");
    let polls = scenario.responses.iter().map(|response| {
        let outcome = decode(
            watch,
            endpoint,
            &exchange(response.status, &response.body),
            &Background::default(),
            observed_at(),
        );
        printer::print(&outcome)
    });
    polls.collect::<Vec<_>>().join("\n--- next poll ---\n\n")
}

#[test]
fn every_scenario_is_understood_as_its_golden_text_says() {
    let bless = std::env::var("ROLLWATCH_BLESS").is_ok_and(|value| value == "1");
    let mut differing = Vec::new();
    for scenario in scenario::all() {
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
    let scenarios = scenario::all();
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
        for watch in scenario::one_watch_for_each_operation() {
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
        let scenarios = scenario::all();
        let scenario = pick.get(&scenarios);
        let mut body: Vec<char> = scenario.responses.first().map(|r| r.body.chars().collect()).unwrap_or_default();
        for (at, length, inserted) in cuts {
            let start = at.index(body.len() + 1);
            let end = (start + length).min(body.len());
            body.splice(start..end, inserted.chars());
        }
        let mutated = Scenario::of(scenario, body.into_iter().collect());
        let _ = understood(&mutated);
    }
}
