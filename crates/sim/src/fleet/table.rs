//! The fleet itself: data, and little else.
//!
//! At the start of a simulation every state is on the board at once. Operations that run go on for half an
//! hour or more, rest, and begin again, so the board is never all done.

use super::Cluster;
use crate::scene::Rhythm;
use crate::schedule::Stop;
use crate::services::{Story, cdss, css, hologres, ses};
use cdss::Order::{AllAtOnce, OneByOne};
use css::Order::NewestFirst;
use css::{Image, Task};
use rollwatch_core::model::OperationKind::{AzMigration, Precheck, RollingRestart, Upgrade};
use rollwatch_core::model::Service::{AlibabaHologres, HuaweiCss, NcpDataStreaming, NcpSearchEngine};
use rollwatch_core::model::Site::{Fin, Gov, Otc, Public};
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
    ses::Plan { nodes, from, to, lead_for: Span::seconds(40), stop, offset: None, refusal: None }
}

pub(super) const fn cdss(
    brokers: usize,
    zookeepers: usize,
    order: cdss::Order,
    stop: Option<Stop>,
) -> cdss::Plan {
    cdss::Plan { brokers, zookeepers, order, stop, refusal: None, versions: ("3903006", "3903006") }
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

/// Every cluster of the demo's board. Minutes: `again(how often it begins, how long ago)`, `once(how long ago)`.
pub const CLUSTERS: [Cluster; 30] = [
    // Two upgrades on their way, in two regions.
    cluster(
        SES,
        at(Public, "KR"),
        "1001",
        "search-prod",
        again(48, 9),
        Story::Ses(ses(EIGHT, "2140", "2150", None)),
    ),
    cluster(
        SES,
        at(Public, "SGN"),
        "1002",
        "catalog-sgn",
        again(65, 40),
        Story::Ses(ses(TWELVE, "2150", "2180", None)),
    ),
    // A node whose word announces a failure, and one whose word nobody documents.
    cluster(
        SES,
        at(Public, "JPN"),
        "1003",
        "logs-jpn",
        once(34),
        Story::Ses(ses(EIGHT, "2140", "2180", stop_at(3, 1, "Failed_Upgrade_OpenSearch"))),
    ),
    cluster(
        SES,
        at(Public, "KR"),
        "1004",
        "orders-kr",
        once(18),
        Story::Ses(ses(SIX, "2111", "2150", stop_at(2, 1, "Rebalance-Shards?"))),
    ),
    // Accepted and not begun: the first node's turn comes after a quarter of an hour.
    cluster(
        SES,
        at(Gov, "KRS"),
        "2001",
        "archive-krs",
        again(60, 2),
        Story::Ses(ses::Plan { lead_for: Span::minutes(16), ..ses(EIGHT, "2140", "2150", None) }),
    ),
    // Nothing has changed for hours.
    cluster(
        SES,
        at(Gov, "KR"),
        "2002",
        "audit-gov",
        once(290),
        Story::Ses(ses(EIGHT, "2150", "2180", stop(2, 0))),
    ),
    cluster(
        SES,
        at(Fin, "FKR"),
        "3001",
        "ledger-search",
        once(400),
        Story::Ses(ses(SIX, "2150", "2180", None)),
    ),
    // The documented sample's contradiction, alive: a green summary over orange brokers.
    cluster(
        RESTART,
        at(Public, "KR"),
        "1101",
        "events-prod",
        again(55, 5),
        Story::Cdss(cdss(3, 3, AllAtOnce, None)),
    ),
    cluster(
        RESTART,
        at(Public, "SGN"),
        "1102",
        "clicks-sgn",
        once(190),
        Story::Cdss(cdss(4, 3, OneByOne, None)),
    ),
    cluster(
        RESTART,
        at(Gov, "KR"),
        "2101",
        "registry-gov",
        once(26),
        Story::Cdss(cdss(5, 3, OneByOne, stop_at(2, 0, "red"))),
    ),
    // Without ZooKeeper.
    cluster(
        RESTART,
        at(Fin, "FKR"),
        "3101",
        "payments-kraft",
        again(45, 20),
        Story::Cdss(cdss(11, 0, OneByOne, None)),
    ),
    cluster(
        PRECHECK,
        at(Public, "KR"),
        "1111",
        "metrics-kr",
        once(5000),
        Story::Cdss(cdss(3, 3, OneByOne, None)),
    ),
    cluster(
        PRECHECK,
        at(Public, "JPN"),
        "1112",
        "telemetry-jpn",
        once(5000),
        Story::Cdss(cdss::Plan {
            refusal: Some(
                "The cluster has partitions without a second replica. Rolling restart is not available.",
            ),
            ..cdss(3, 3, OneByOne, None)
        }),
    ),
    // Node 2 of 5 with its steps.
    cluster(
        CSS,
        (Public, "cn-north-4", "6204a5bd270343b5885144cf9c8c158d"),
        "ea244205-d641-45d9-9dcb-ab2236bcd07e",
        "css-orders",
        again(62, 12),
        Story::Css(css(5, ELASTIC)),
    ),
    cluster(
        MOVE,
        (Public, "ap-southeast-1", "0f3c7b1e6a5d4c2b9e8d7f6a5b4c3d2e"),
        "2b7c9d14-5e6f-4a83-b1c0-7d2e9f4a6b58",
        "css-hk-search",
        again(58, 15),
        Story::Css(css::Plan {
            task: Task::AzMigration { source: "ap-southeast-1a", target: "ap-southeast-1c" },
            pace: 130,
            ..css(4, ELASTIC)
        }),
    ),
    // The data of the third node has been on its way for three hours, which is legal; its elders took 15 minutes.
    cluster(
        CSS,
        (Public, "eu-west-101", "91d6e2f8c4b74a0f8a3b5c7d9e1f2a3b"),
        "5f1e8c37-9b2a-4d60-8e7f-3c4b5a6d7e8f",
        "css-eu-archive",
        once(210),
        Story::Css(css::Plan { pace: 165, stop: stop(2, 0), ..css(5, OPEN) }),
    ),
    cluster(
        CSS,
        (Public, "cn-south-1", "c7a9e0d1b2f34586970a1b2c3d4e5f60"),
        "8d3f2a61-7c5b-4e90-a1b2-c3d4e5f60718",
        "css-risk",
        once(75),
        Story::Css(css::Plan { stop: stop_at(1, 2, "FAILED"), ..css(3, ELASTIC) }),
    ),
    cluster(
        CSS,
        (Otc, "eu-de", "3b8f6c5d4e2a4190b7c8d9e0f1a2b3c4"),
        "b4a7d2e9-1f3c-4b58-9d6e-0a1b2c3d4e5f",
        "css-otc-logs",
        once(130),
        Story::Css(css::Plan { stop: stop_at(3, 4, "PARTIAL_FAILED"), ..css(4, OPEN) }),
    ),
    // Done, with an older task in the same list.
    cluster(
        CSS,
        (Public, "la-south-2", "de4f5a6b7c8d49e0a1b2c3d4e5f60718"),
        "70c1b2a3-d4e5-4f60-8718-293a4b5c6d7e",
        "css-scl-catalog",
        once(300),
        Story::Css(css::Plan { earlier: 1, ..css(3, OPEN) }),
    ),
    // Batches of two, and a strip of sixty nodes in batches of five.
    cluster(
        CSS,
        (Public, "af-south-1", "a0b1c2d3e4f54607a8b9c0d1e2f30415"),
        "19e8d7c6-b5a4-4392-8170-6f5e4d3c2b1a",
        "css-jnb-feeds",
        again(50, 30),
        Story::Css(css::Plan { batch: 2, pace: 105, ..css(8, OPEN) }),
    ),
    cluster(
        CSS,
        (Public, "cn-north-9", "5e6f708192a34b5c8d7e6f5a4b3c2d1e"),
        "3c2d1e0f-a9b8-47c6-9d5e-4f3a2b1c0d9e",
        "css-lake",
        again(75, 6),
        Story::Css(css::Plan { batch: 5, pace: 45, ..css(60, ELASTIC) }),
    ),
    // Cannot be seen: a gateway's page instead of an answer, and a limit that is always reached.
    cluster(
        CSS,
        (Public, "my-kualalumpur-1", "77889900aabb4ccd8eef001122334455"),
        "66554433-2211-4fee-8dcc-bbaa00998877",
        "css-kul-unreachable",
        once(60),
        Story::Down,
    ),
    cluster(
        HOLO,
        at(Public, "ap-northeast-1"),
        "hgpost-jp-demo0000005",
        "holo-tokyo-limited",
        once(60),
        Story::Throttled,
    ),
    cluster(
        HOLO,
        at(Public, "cn-hangzhou"),
        "hgpostcn-cn-demo0000001",
        "holo-orders",
        again(50, 8),
        Story::Hologres(hologres::Plan::Hot {
            from: "r2.2.47",
            to: "r3.0.12",
            followers: &["holo-orders-bi", "holo-orders-report"],
        }),
    ),
    // Archived, yet rolled back, in text that is not valid JSON.
    cluster(
        HOLO,
        at(Public, "cn-shanghai"),
        "hgpostcn-cn-demo0000002",
        "holo-erp",
        once(60),
        Story::Hologres(hologres::Plan::Documented),
    ),
    cluster(
        HOLO,
        at(Public, "ap-southeast-1"),
        "hgpost-sg-demo0000003",
        "holo-sg-features",
        again(180, 40),
        Story::Hologres(hologres::Plan::Preparing { from: "r2.2.47", to: "r3.0.12" }),
    ),
    cluster(
        HOLO,
        at(Public, "eu-central-1"),
        "hgpost-eu-demo0000004",
        "holo-fra",
        once(240),
        Story::Hologres(hologres::Plan::Hot { from: "r2.1.33", to: "r2.2.47", followers: &[] }),
    ),
    // A version upgrade of data streaming.
    cluster(
        KAFKA,
        at(Public, "KR"),
        "1121",
        "streams-kafka",
        again(60, 11),
        Story::Cdss(cdss::Plan { versions: ("2804006", "3903006"), ..cdss(7, 3, OneByOne, None) }),
    ),
    // More tasks than one answer lists.
    cluster(
        CSS,
        (Public, "cn-east-3", "b1c2d3e4f5a64b7c8d9e0f1a2b3c4d5e"),
        "0d9c8b7a-6f5e-4d3c-8b2a-190807060504",
        "css-shop-history",
        again(70, 11),
        Story::Css(css::Plan { earlier: 25, ..css(4, OPEN) }),
    ),
    // Prepared five days ago, which is good for two more.
    cluster(
        HOLO,
        at(Public, "ap-southeast-3"),
        "hgpost-my-demo0000006",
        "holo-kul-prepared",
        once(5 * 24 * 60),
        Story::Hologres(hologres::Plan::Prepared { from: "r2.2.47", to: "r3.0.12" }),
    ),
];
