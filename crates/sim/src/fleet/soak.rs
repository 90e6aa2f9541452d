//! Plain clusters beside those of the board, for tests of a page that watches more than fifty for long. Their
//! operations begin anew, and the lengths of their steps have a tail.

use super::Cluster;
use super::table::{CSS, EIGHT, ELASTIC, HOLO, KAFKA, OPEN, RESTART, SES, SIX};
use super::table::{again, at, cdss, cluster, css, ses};
use crate::schedule::Spread::Tailed;
use crate::services::{Story, cdss, css, hologres, ses};
use cdss::Order::OneByOne;
use rollwatch_core::model::Site::{Fin, Gov, Public};

/// Every such cluster, which is watched where it is asked for. Minutes as on the board.
pub const SOAK: [Cluster; 12] = [
    cluster(SES, at(Public, "SGN"), "1021", "soak-search-sgn", again(50, 3), Story::Ses(search(SIX))),
    cluster(SES, at(Public, "JPN"), "1022", "soak-search-jpn", again(70, 31), Story::Ses(search(EIGHT))),
    cluster(SES, at(Gov, "KR"), "2021", "soak-search-gov", again(90, 55), Story::Ses(search(SIX))),
    cluster(RESTART, at(Public, "SGN"), "1123", "soak-events-sgn", again(45, 4), Story::Cdss(restart(6, 3))),
    cluster(RESTART, at(Gov, "KR"), "2121", "soak-events-gov", again(75, 20), Story::Cdss(restart(9, 0))),
    cluster(KAFKA, at(Fin, "FKR"), "3121", "soak-kafka-fin", again(60, 37), Story::Cdss(upgrade(8, 3))),
    // A node takes a quarter of an hour, as the user guide says.
    cluster(
        CSS,
        (Public, "cn-north-11", "92a3b4c5d6e74f80f00a1b2c3d4e5f61"),
        "c1e294a6-03b5-4fd8-9697-a2b3c4d5e609",
        "soak-css-small",
        again(120, 5),
        Story::Css(css::Plan { spread: Tailed, pace: 165, ..css(4, OPEN) }),
    ),
    cluster(
        CSS,
        (Public, "cn-north-12", "a3b4c5d6e7f84091800a1b2c3d4e5f72"),
        "d2f3a5b7-14c6-40e9-87a8-b3c4d5e6f70a",
        "soak-css-batches",
        again(80, 44),
        Story::Css(css::Plan { spread: Tailed, batch: 4, ..css(24, ELASTIC) }),
    ),
    cluster(
        CSS,
        (Public, "la-north-2", "b4c5d6e7f8094aa2910b1c2d3e4f5083"),
        "e304b6c8-25d7-41fa-98b9-c4d5e6f7080b",
        "soak-css-many",
        again(150, 90),
        Story::Css(css::Plan { spread: Tailed, ..css(12, OPEN) }),
    ),
    cluster(
        HOLO,
        at(Public, "us-east-1"),
        "hgpost-us-demo0000021",
        "soak-holo-us",
        again(100, 2),
        Story::Hologres(hot(&["soak-holo-us-bi"])),
    ),
    cluster(
        HOLO,
        at(Public, "cn-beijing"),
        "hgpostcn-cn-demo0000022",
        "soak-holo-beijing",
        again(80, 25),
        Story::Hologres(hot(&[])),
    ),
    cluster(
        HOLO,
        at(Public, "cn-shenzhen"),
        "hgpostcn-cn-demo0000023",
        "soak-holo-shenzhen",
        again(100, 60),
        Story::Hologres(hot(&[])),
    ),
];

const fn search(nodes: &'static [(&'static str, usize)]) -> ses::Plan {
    ses::Plan { spread: Tailed, ..ses(nodes, "2150", "2180", None) }
}

const fn restart(brokers: usize, zookeepers: usize) -> cdss::Plan {
    cdss::Plan { spread: Tailed, ..cdss(brokers, zookeepers, OneByOne, None) }
}

const fn upgrade(brokers: usize, zookeepers: usize) -> cdss::Plan {
    cdss::Plan { versions: ("2804006", "3903006"), ..restart(brokers, zookeepers) }
}

const fn hot(followers: &'static [&'static str]) -> hologres::Plan {
    hologres::Plan::Hot { from: "r2.2.47", to: "r3.0.12", followers, spread: Tailed }
}
