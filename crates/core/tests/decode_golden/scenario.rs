//! The scenario folders, and the polls that they hold. The journey tests read the same folders with this file.

use std::fs;
use std::path::{Path, PathBuf};

use rollwatch_core::error::{ErrorKind, PollError};
use rollwatch_core::http::Exchange;
use rollwatch_core::model::{Observation, OperationKind, Service, Site, Timestamp, Watch};
use rollwatch_core::provider::{Background, Catalogue, Inquiry, Supplement};

/// An answer as the vendor serves it.
#[derive(Clone)]
pub struct Response {
    pub status: u16,
    pub body: String,
}

#[derive(Clone)]
pub struct Scenario {
    /// Service and scenario, as the folders are named.
    pub name: String,
    pub folder: PathBuf,
    pub watch: Watch,
    /// The answers about the operation, one for each poll.
    pub responses: Vec<Response>,
    /// The answers to supplements, by the names of their files.
    pub supplements: Vec<(String, Response)>,
}

/// A poll that sends more requests than this would never end.
pub const MOST_REQUESTS: usize = 8;

/// Every scenario under `tests/fixtures` of the repository, sorted by name.
pub fn all(repository: &Path) -> Vec<Scenario> {
    let root = repository.join("tests/fixtures");
    let mut scenarios = Vec::new();
    for service in Service::ALL {
        for folder in entries(&root.join(service.id())) {
            let Ok(key) = fs::read_to_string(folder.join("watch.txt")) else { continue };
            let name = format!("{}/{}", service.id(), file_name(&folder));
            let responses: Vec<_> = answers(&folder, "response-").into_iter().map(|(_, body)| body).collect();
            assert!(!responses.is_empty(), "{name} has no answer");
            scenarios.push(Scenario {
                name,
                watch: watch(key.trim()).expect("a watch key"),
                responses,
                supplements: answers(&folder, "supplement-"),
                folder,
            });
        }
    }
    assert!(scenarios.len() > 50, "the scenarios are not where they should be");
    scenarios
}

impl Scenario {
    /// One poll, wholly: `response` answers the question, and the scenario's files answer the supplements. One
    /// without a file gets no answer.
    pub fn poll(
        &self,
        response: &Response,
        background: Background,
        at: Timestamp,
    ) -> (Result<Observation, PollError>, Background) {
        let catalogue = Catalogue::built_in();
        let Watch { service, site, region, .. } = &self.watch;
        let endpoint = catalogue.find(*service, *site, region).expect("an endpoint of the catalogue");
        let mut inquiry = Inquiry::new(self.watch.clone(), endpoint.clone(), background, at);
        let mut requests = 0;
        while let Some(request) = inquiry.next(at) {
            requests += 1;
            assert!(requests <= MOST_REQUESTS, "{} is asked about without end", self.name);
            assert!(
                endpoint.route(request.method, &request.target()).is_ok(),
                "{} has no route",
                request.path
            );
            let answer = match inquiry.supplement() {
                None => Some(response),
                Some(supplement) => {
                    let name = file_of(supplement);
                    self.supplements.iter().find(|(file, _)| *file == name).map(|(_, answer)| answer)
                }
            };
            match answer {
                Some(answer) => inquiry.take(exchange(answer, at), at),
                None => inquiry.fail(PollError::new(ErrorKind::Timeout), at),
            }
        }
        let (result, background) = inquiry.finish();
        (result.expect("the question was asked"), background)
    }
}

/// The name of the file that holds the answer to a supplement.
fn file_of(supplement: Supplement) -> String {
    match supplement {
        Supplement::Versions => "supplement-versions.json".to_owned(),
        Supplement::Nodes => "supplement-nodes.json".to_owned(),
        Supplement::Cluster => "supplement-cluster.json".to_owned(),
        Supplement::Operations { from } => format!("supplement-operations-{from}.json"),
    }
}

/// The answers whose files begin with `prefix`, sorted, each with its status from the file beside it.
fn answers(folder: &Path, prefix: &str) -> Vec<(String, Response)> {
    let named = entries(folder).into_iter().map(|path| (file_name(&path), path));
    let bodies = named.filter(|(name, _)| name.starts_with(prefix) && !name.ends_with(".status"));
    let read = bodies.map(|(name, path)| {
        let status = fs::read_to_string(path.with_extension("status"));
        let status = status.map_or(200, |status| status.trim().parse().expect("an HTTP status"));
        (name, Response { status, body: fs::read_to_string(path).expect("a body in UTF-8") })
    });
    read.collect()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let listed = fs::read_dir(folder).expect("the fixtures are there");
    let mut paths: Vec<PathBuf> = listed.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
}

/// The watch that a key stands for.
pub fn watch(key: &str) -> Option<Watch> {
    let mut parts = key.split('/');
    let watch = Watch {
        service: Service::from_id(parts.next()?)?,
        site: Site::from_id(parts.next()?)?,
        region: parts.next()?.to_owned(),
        project: parts.next()?.to_owned(),
        cluster: parts.next()?.to_owned(),
        operation: OperationKind::from_id(parts.next()?)?,
        account: String::new(),
    };
    (parts.next().is_none() && watch.key() == key).then_some(watch)
}

fn exchange(answer: &Response, at: Timestamp) -> Exchange {
    Exchange {
        status: answer.status,
        headers: Vec::new(),
        body: answer.body.clone(),
        sent_at: at,
        received_at: at,
    }
}
