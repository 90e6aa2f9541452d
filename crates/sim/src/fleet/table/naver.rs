//! NAVER's clusters: the search engine and data streaming.

use super::{EIGHT, KAFKA, PRECHECK, RESTART, SES, SIX, TWELVE};
use super::{again, at, cdss, cluster, once, ses, stop, stop_at};
use crate::fleet::Cluster;
use crate::services::Story;
use cdss::Order::{AllAtOnce, OneByOne};
use rollwatch_core::model::Site::{Fin, Gov, Public};
use rollwatch_core::model::Span;

/// Minutes: `again(how often it begins, how long ago)`, `once(how long ago)`.
pub(super) const ROWS: [Cluster; 14] = [
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
    // A version upgrade of data streaming.
    cluster(
        KAFKA,
        at(Public, "KR"),
        "1121",
        "streams-kafka",
        again(60, 11),
        Story::Cdss(cdss::Plan { versions: ("2804006", "3903006"), ..cdss(7, 3, OneByOne, None) }),
    ),
];
