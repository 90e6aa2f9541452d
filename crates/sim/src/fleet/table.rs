//! The fleet itself: data, and little else. A file for each vendor's rows is beside this one, which holds what
//! rows are written with.
//!
//! At the start of a simulation every state is on the board at once. Operations that run go on for half an
//! hour or more, rest, and begin again, so the board is never all done.

mod alibaba;
mod huawei;
mod naver;
mod stories;

use super::Cluster;
use crate::scene::Rhythm;
use crate::schedule::Spread::Even;
use crate::schedule::Stop;
use crate::services::{Story, cdss, css, ses};
use css::Order::NewestFirst;
use css::{Image, Task};
use rollwatch_core::model::OperationKind::{AzMigration, Precheck, RollingRestart, Upgrade};
use rollwatch_core::model::Service::{AlibabaHologres, HuaweiCss, NcpDataStreaming, NcpSearchEngine};
use rollwatch_core::model::{OperationKind, Service, Site, Span};

pub(super) const fn again(every: i64, age: i64) -> Rhythm {
    Rhythm::Again { every: Span::minutes(every), age: Span::minutes(age) }
}

pub(super) const fn once(age: i64) -> Rhythm {
    Rhythm::Once { age: Span::minutes(age) }
}

pub(super) const fn stop(turn: usize, step: usize) -> Option<Stop> {
    Some(Stop { turn, step, word: None })
}

pub(super) const fn stop_at(turn: usize, step: usize, word: &'static str) -> Option<Stop> {
    Some(Stop { turn, step, word: Some(word) })
}

pub(super) const EIGHT: &[(&str, usize)] = &[("MO", 2), ("DO", 3), ("M", 2), ("MO", 1)];
pub(super) const TWELVE: &[(&str, usize)] = &[("MO", 2), ("DO", 7), ("M", 2), ("MO", 1)];
pub(super) const SIX: &[(&str, usize)] = &[("D", 5), ("M", 1)];

pub(super) const fn ses(
    nodes: &'static [(&'static str, usize)],
    from: &'static str,
    to: &'static str,
    stop: Option<Stop>,
) -> ses::Plan {
    ses::Plan {
        nodes,
        from,
        to,
        lead_for: Span::seconds(40),
        stop,
        incident: None,
        spread: Even,
        offset: None,
        refusal: None,
    }
}

pub(super) const fn cdss(
    brokers: usize,
    zookeepers: usize,
    order: cdss::Order,
    stop: Option<Stop>,
) -> cdss::Plan {
    let versions = ("3903006", "3903006");
    cdss::Plan { brokers, zookeepers, order, stop, incident: None, spread: Even, refusal: None, versions }
}

pub(super) const ELASTIC: Image = Image {
    engine: "elasticsearch",
    version: "7.10.2",
    name: "7.10.2_25.9.0_0918",
    earlier_name: "7.10.2_24.3.2_0422",
};
pub(super) const OPEN: Image = Image {
    engine: "opensearch",
    version: "2.19.0",
    name: "2.19.0_25.9.1_1016",
    earlier_name: "2.17.1_25.3.0_0305",
};

pub(super) const fn css(nodes: usize, image: Image) -> css::Plan {
    css::Plan {
        nodes,
        batch: 1,
        task: Task::Upgrade(image),
        pace: 100,
        stop: None,
        incident: None,
        spread: Even,
        reorders: false,
        earlier: 0,
        order: NewestFirst,
    }
}

pub(super) const fn cluster(
    (service, operation): (Service, OperationKind),
    (site, region, project): (Site, &'static str, &'static str),
    id: &'static str,
    name: &'static str,
    rhythm: Rhythm,
    story: Story,
) -> Cluster {
    Cluster { service, operation, site, region, project, id, name, rhythm, story }
}

pub(super) const SES: (Service, OperationKind) = (NcpSearchEngine, Upgrade);
pub(super) const RESTART: (Service, OperationKind) = (NcpDataStreaming, RollingRestart);
pub(super) const PRECHECK: (Service, OperationKind) = (NcpDataStreaming, Precheck);
pub(super) const CSS: (Service, OperationKind) = (HuaweiCss, Upgrade);
pub(super) const MOVE: (Service, OperationKind) = (HuaweiCss, AzMigration);
pub(super) const KAFKA: (Service, OperationKind) = (NcpDataStreaming, Upgrade);
pub(super) const HOLO: (Service, OperationKind) = (AlibabaHologres, Upgrade);

pub(super) const fn at(site: Site, region: &'static str) -> (Site, &'static str, &'static str) {
    (site, region, "")
}

/// Every cluster of the demo's board, vendor by vendor, and then those that are there for one story.
pub const CLUSTERS: [Cluster; 44] = joined(&[&naver::ROWS, &huawei::ROWS, &alibaba::ROWS, &stories::ROWS]);

/// The rows of all files in one array, whose length has to be theirs together.
#[allow(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "it runs while this is compiled, and what is out of bounds then does not compile"
)]
const fn joined<const N: usize>(files: &[&[Cluster]]) -> [Cluster; N] {
    let mut all = [files[0][0]; N];
    let (mut file, mut count) = (0, 0);
    while file < files.len() {
        let mut row = 0;
        while row < files[file].len() {
            all[count] = files[file][row];
            (row, count) = (row + 1, count + 1);
        }
        file += 1;
    }
    assert!(count == N, "a row is missing");
    all
}
