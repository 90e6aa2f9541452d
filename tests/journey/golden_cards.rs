//! What the card and the findings say for every scenario under fixtures: `card.txt` beside the answers.
//!
//! The reader is in UTC. The last answer arrives one minute after the latest time that it tells; an answer
//! without a time arrives at a fixed instant. Several answers of one scenario come five minutes apart.
//! `ROLLWATCH_BLESS=1` writes the files anew; read what changed as the person would who is woken by it.

use std::fs;
use std::path::Path;

use rollwatch_core::assess::{Circumstances, assess};
use rollwatch_core::error::PollError;
use rollwatch_core::model::{Observation, Span, Timestamp};
use rollwatch_core::provider::Background;
use rollwatch_core::timeline::{Outcome, Timeline};
use rollwatch_core::view::words::Lang;
use rollwatch_core::view::{Liveness, Look, PageView, Reader, page};

use crate::scenario::{self, Scenario};
use crate::text;

const SOMETIME: Timestamp = Timestamp::from_millis(1_742_803_781_000);
const BETWEEN_ANSWERS: Span = Span::minutes(5);

#[test]
fn every_scenario_gives_the_card_that_its_golden_text_says() {
    let bless = std::env::var("ROLLWATCH_BLESS").is_ok_and(|value| value == "1");
    let mut differing = Vec::new();
    for scenario in scenarios() {
        let now = text::card_and_findings(&page_of(&scenario, Lang::En));
        let golden = scenario.folder.join("card.txt");
        if bless {
            fs::write(&golden, &now).expect("the fixtures can be written");
        } else if fs::read_to_string(&golden).ok().as_deref() != Some(now.as_str()) {
            differing.push(format!("== {} ==\n{now}", scenario.name));
        }
    }
    assert!(differing.is_empty(), "said otherwise than written:\n{}", differing.join("\n"));
}

#[test]
fn every_scenario_is_told_without_a_gap_in_every_language() {
    for scenario in scenarios() {
        let answers = scenario.supplements.iter().map(|(_, answer)| answer);
        let body: String =
            scenario.responses.iter().chain(answers).map(|answer| answer.body.as_str()).collect();
        for lang in Lang::ALL {
            for words in text::words(&page_of(&scenario, lang)) {
                assert!(!words.trim().is_empty(), "{} {lang:?}: an empty text", scenario.name);
                assert!(!words.contains(['{', '}']) || body.contains('{'), "{}: {words}", scenario.name);
                assert!(is_filled(&words, &body), "{} {lang:?}: {words}", scenario.name);
            }
        }
    }
}

/// Whether a text has no place that was left open, which is shown as a question mark. A vendor's own words may
/// hold one, and Huawei tells only the version that an upgrade goes to.
pub fn is_filled(words: &str, vendor: &str) -> bool {
    !words.contains('?') || words.starts_with("? → ") || vendor.contains('?')
}

fn page_of(scenario: &Scenario, lang: Lang) -> PageView {
    let last = scenario.responses.last().expect("an answer");
    let latest = latest_time(&scenario.poll(last, Background::default(), SOMETIME).0);
    let now = latest.map_or(SOMETIME, |at| at.plus(Span::minutes(1)));
    let (mut timeline, mut background) = (Timeline::default(), Background::default());
    for (index, response) in scenario.responses.iter().enumerate() {
        let before = scenario.responses.len() - 1 - index;
        let at = now.minus(Span::millis(BETWEEN_ANSWERS.as_millis() * before as i64));
        let (result, learnt) = scenario.poll(response, background, at);
        background = learnt;
        let outcome = match result {
            Ok(observation) => Outcome::Observed(Box::new(observation)),
            Err(error) => Outcome::Failed(error),
        };
        timeline.record(outcome, at);
    }
    let halted = timeline.outage().is_some_and(|outage| !outage.error.kind.may_heal());
    let liveness = Liveness { halted, ..Liveness::default() };
    let reader = Reader { lang, offset_at: |_| 0 };
    page(
        &scenario.watch,
        &timeline,
        &assess(&timeline, &Circumstances::default(), now),
        &liveness,
        &Look::default(),
        reader,
        now,
    )
}

/// The latest time that an answer tells.
fn latest_time(answer: &Result<Observation, PollError>) -> Option<Timestamp> {
    let operation = answer.as_ref().ok()?.operation.as_ref()?;
    let steps = operation.nodes.iter().flat_map(|node| &node.steps).chain(&operation.steps);
    let of_steps = steps.flat_map(|step| [&step.began_at, &step.ended_at]);
    let of_nodes = operation.nodes.iter().map(|node| &node.updated_at);
    let all = of_steps.chain(of_nodes).chain([&operation.started_at, &operation.ended_at]);
    all.flatten().map(|time| time.at).max()
}

fn scenarios() -> Vec<Scenario> {
    scenario::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
}
