//! The scenario folders.

use std::fs;
use std::path::{Path, PathBuf};

use rollwatch_core::http::Exchange;
use rollwatch_core::model::{OperationKind, Service, Site, Timestamp, Watch};

pub struct Response {
    pub status: u16,
    pub body: String,
}

pub struct Scenario {
    /// Service and scenario, as the folders are named.
    pub name: String,
    pub folder: PathBuf,
    pub watch: Watch,
    pub responses: Vec<Response>,
}

impl Scenario {
    /// The same question with another answer.
    pub fn of(scenario: &Scenario, body: String) -> Self {
        let (name, folder) = (scenario.name.clone(), scenario.folder.clone());
        Scenario {
            name,
            folder,
            watch: scenario.watch.clone(),
            responses: vec![Response { status: 200, body }],
        }
    }
}

/// Every scenario, sorted by name.
pub fn all() -> Vec<Scenario> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let mut scenarios = Vec::new();
    for service in Service::ALL {
        for folder in entries(&root.join(service.id())) {
            let Ok(key) = fs::read_to_string(folder.join("watch.txt")) else { continue };
            let name = folder.file_name().expect("a folder has a name").to_string_lossy();
            scenarios.push(Scenario {
                name: format!("{}/{name}", service.id()),
                watch: watch(key.trim()).expect("a watch key"),
                responses: responses(&folder),
                folder,
            });
        }
    }
    assert!(scenarios.len() > 50, "the scenarios are not where they should be");
    scenarios
}

fn responses(folder: &Path) -> Vec<Response> {
    let bodies = entries(folder).into_iter().filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("response-") && !name.ends_with(".status")
    });
    let read = bodies.map(|path| {
        let status = fs::read_to_string(path.with_extension("status"));
        Response {
            status: status.map_or(200, |status| status.trim().parse().expect("an HTTP status")),
            body: fs::read_to_string(path).expect("a body in UTF-8"),
        }
    });
    read.collect()
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

pub fn one_watch_for_each_operation() -> Vec<Watch> {
    let keys = [
        "ncp_search_engine/public/KR//1001/upgrade",
        "ncp_data_streaming/public/KR//2001/restart",
        "ncp_data_streaming/public/KR//2001/precheck",
        "huawei_css/public/cn-north-4/p/c/upgrade",
        "huawei_css/public/cn-north-4/p/c/az-migration",
        "alibaba_hologres/public/cn-hangzhou//hgx/upgrade",
    ];
    keys.into_iter().map(|key| watch(key).expect("a watch key")).collect()
}

pub fn observed_at() -> Timestamp {
    Timestamp::from_millis(1_742_803_781_000)
}

pub fn exchange(status: u16, body: &str) -> Exchange {
    let received_at = observed_at();
    Exchange { status, headers: Vec::new(), body: body.to_owned(), sent_at: received_at, received_at }
}
