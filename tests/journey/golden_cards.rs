//! What the card and the findings say for every scenario under fixtures: `card.txt` beside the answers.
//!
//! The reader is in UTC. The last answer arrives one minute after the latest time that it tells; an answer
//! without a time arrives at a fixed instant. Several answers of one scenario come five minutes apart.
//! `ROLLWATCH_BLESS=1` writes the files anew; read what changed as the person would who is woken by it.

use std::fs;
use std::path::{Path, PathBuf};

use rollwatch_core::assess::assess;
use rollwatch_core::http::Exchange;
use rollwatch_core::model::{Observation, OperationKind, Service, Site, Span, Timestamp, Watch};
use rollwatch_core::provider::{Background, Catalogue, decode};
use rollwatch_core::timeline::{Outcome, Timeline};
use rollwatch_core::view::words::Lang;
use rollwatch_core::view::{Liveness, PageView, Reader, page};

use crate::text;

const SOMETIME: Timestamp = Timestamp::from_millis(1_742_803_781_000);
const BETWEEN_ANSWERS: Span = Span::minutes(5);

struct Scenario {
    /// Service and scenario, as the folders are named.
    name: String,
    folder: PathBuf,
    watch: Watch,
    answers: Vec<(u16, String)>,
}

#[test]
fn every_scenario_gives_the_card_that_its_golden_text_says() {
    let bless = std::env::var("ROLLWATCH_BLESS").is_ok_and(|value| value == "1");
    let mut differing = Vec::new();
    for scenario in scenarios() {
        let now = text::card_and_findings(&scenario.page(Lang::En));
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
        let body: String = scenario.answers.iter().map(|(_, body)| body.as_str()).collect();
        for lang in Lang::ALL {
            for words in text::words(&scenario.page(lang)) {
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

impl Scenario {
    fn page(&self, lang: Lang) -> PageView {
        let latest = self
            .answers
            .last()
            .and_then(|(status, body)| latest_time(&self.observe(*status, body, SOMETIME)));
        let now = latest.map_or(SOMETIME, |at| at.plus(Span::minutes(1)));
        let mut timeline = Timeline::default();
        for (index, (status, body)) in self.answers.iter().enumerate() {
            let before = self.answers.len() - 1 - index;
            let at = now.minus(Span::millis(BETWEEN_ANSWERS.as_millis() * before as i64));
            let outcome = match self.observe(*status, body, at) {
                Ok(observation) => Outcome::Observed(Box::new(observation)),
                Err(error) => Outcome::Failed(error),
            };
            timeline.record(outcome, at);
        }
        let halted = timeline.outage().is_some_and(|outage| !outage.error.kind.may_heal());
        let liveness = Liveness { halted, ..Liveness::default() };
        let reader = Reader { lang, offset_at: |_| 0 };
        page(&self.watch, &timeline, &assess(&timeline, now), &liveness, reader, now)
    }

    fn observe(
        &self,
        status: u16,
        body: &str,
        at: Timestamp,
    ) -> Result<Observation, rollwatch_core::error::PollError> {
        let catalogue = Catalogue::built_in();
        let watch = &self.watch;
        let endpoint = catalogue.find(watch.service, watch.site, &watch.region).expect("in the catalogue");
        let exchange =
            Exchange { status, headers: Vec::new(), body: body.to_owned(), sent_at: at, received_at: at };
        decode(watch, endpoint, &exchange, &Background::default(), at)
    }
}

/// The latest time that an answer tells.
fn latest_time(answer: &Result<Observation, rollwatch_core::error::PollError>) -> Option<Timestamp> {
    let operation = answer.as_ref().ok()?.operation.as_ref()?;
    let steps = operation.nodes.iter().flat_map(|node| &node.steps).chain(&operation.steps);
    let of_steps = steps.flat_map(|step| [&step.began_at, &step.ended_at]);
    let of_nodes = operation.nodes.iter().map(|node| &node.updated_at);
    let all = of_steps.chain(of_nodes).chain([&operation.started_at, &operation.ended_at]);
    all.flatten().map(|time| time.at).max()
}

/// Every scenario, sorted by name.
fn scenarios() -> Vec<Scenario> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut found = Vec::new();
    for service in Service::ALL {
        for folder in entries(&root.join(service.id())) {
            let Ok(key) = fs::read_to_string(folder.join("watch.txt")) else { continue };
            let name = format!("{}/{}", service.id(), folder.file_name().expect("a name").to_string_lossy());
            let answers = answers(&folder);
            assert!(!answers.is_empty(), "{name} has no answer");
            found.push(Scenario { name, watch: watch(key.trim()), answers, folder });
        }
    }
    assert!(found.len() > 50, "the scenarios are not where they should be");
    found
}

fn answers(folder: &Path) -> Vec<(u16, String)> {
    let is_body = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("response-") && !name.ends_with(".status")
    };
    let read = |path: PathBuf| {
        let status = fs::read_to_string(path.with_extension("status"));
        let status = status.map_or(200, |status| status.trim().parse().expect("an HTTP status"));
        (status, fs::read_to_string(path).expect("a body in UTF-8"))
    };
    entries(folder).into_iter().filter(is_body).map(read).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let listed = fs::read_dir(folder).expect("the fixtures are there");
    let mut paths: Vec<PathBuf> = listed.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
}

/// The watch that a key stands for.
fn watch(key: &str) -> Watch {
    let parts: Vec<&str> = key.split('/').collect();
    let [service, site, region, project, cluster, operation] =
        <[&str; 6]>::try_from(parts).expect("six parts of a watch key");
    Watch {
        service: Service::from_id(service).expect("a service"),
        operation: OperationKind::from_id(operation).expect("an operation"),
        site: Site::from_id(site).expect("a site"),
        region: region.to_owned(),
        project: project.to_owned(),
        cluster: cluster.to_owned(),
        account: String::new(),
    }
}
