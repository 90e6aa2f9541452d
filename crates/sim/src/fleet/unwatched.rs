//! Clusters that nobody watches on the demo's board. Lists of clusters show them, so that there is something to
//! add.

use super::Cluster;
use super::table::{CSS, ELASTIC, HOLO, OPEN, RESTART, SES, SIX, again, at, cdss, cluster, css, once, ses};
use crate::schedule::Spread::Even;
use crate::services::{Story, cdss, css, hologres, ses};
use cdss::Order::OneByOne;
use rollwatch_core::model::Site::Public;

/// Every cluster beside those of the board. Minutes as there.
pub const UNWATCHED: [Cluster; 12] = [
    // Its servers write Coordinated Universal Time, as only the list of nodes tells.
    cluster(
        SES,
        at(Public, "KR"),
        "1005",
        "reviews-kr",
        again(60, 10),
        Story::Ses(ses::Plan { offset: Some(0), ..ses(SIX, "2140", "2180", None) }),
    ),
    cluster(
        SES,
        at(Public, "KR"),
        "1006",
        "images-kr",
        once(700),
        Story::Ses(ses::Plan {
            refusal: Some("There is no snapshot within the last 6 hours."),
            ..ses(SIX, "2111", "2150", None)
        }),
    ),
    cluster(SES, at(Public, "KR"), "1007", "payroll-kr", once(900), Story::Closed),
    cluster(
        RESTART,
        at(Public, "KR"),
        "1105",
        "orders-stream",
        again(60, 7),
        Story::Cdss(cdss(6, 3, OneByOne, None)),
    ),
    cluster(
        RESTART,
        at(Public, "KR"),
        "1106",
        "audit-stream",
        once(2000),
        Story::Cdss(cdss::Plan { versions: ("2403005", "2403005"), ..cdss(3, 3, OneByOne, None) }),
    ),
    cluster(RESTART, at(Public, "KR"), "1107", "payroll-stream", once(2000), Story::Closed),
    // The running task is the last of the list.
    cluster(
        CSS,
        (Public, "cn-north-4", "6204a5bd270343b5885144cf9c8c158d"),
        "a1f0e9d8-c7b6-4a59-8877-665544332211",
        "css-oldest-first",
        again(80, 14),
        Story::Css(css::Plan { earlier: 25, order: css::Order::OldestFirst, ..css(4, ELASTIC) }),
    ),
    cluster(
        CSS,
        (Public, "cn-north-4", "6204a5bd270343b5885144cf9c8c158d"),
        "b2e1f0a9-d8c7-4b6a-9988-776655443322",
        "css-sandbox",
        once(3000),
        Story::Css(css(3, OPEN)),
    ),
    // In a region with an older service, whose further pages no `offset` reaches.
    cluster(
        CSS,
        (Public, "cn-east-2", "0a1b2c3d4e5f46078192a3b4c5d6e7f8"),
        "c3d2e1f0-e9d8-4c7b-8a99-887766554433",
        "css-older-region",
        again(75, 9),
        Story::Css(css::Plan { earlier: 12, order: css::Order::OldestFirst, ..css(3, ELASTIC) }),
    ),
    cluster(
        HOLO,
        at(Public, "cn-hangzhou"),
        "hgpostcn-cn-demo0000007",
        "holo-marketing",
        again(60, 12),
        Story::Hologres(hologres::Plan::Hot { from: "r2.2.47", to: "r3.0.12", followers: &[], spread: Even }),
    ),
    cluster(
        HOLO,
        at(Public, "cn-hangzhou"),
        "hgpostcn-cn-demo0000008",
        "holo-archive",
        once(6000),
        Story::Hologres(hologres::Plan::Hot { from: "r2.1.33", to: "r2.2.47", followers: &[], spread: Even }),
    ),
    cluster(
        HOLO,
        at(Public, "cn-hangzhou"),
        "hgpostcn-cn-demo0000009",
        "holo-lab",
        again(180, 30),
        Story::Hologres(hologres::Plan::Preparing { from: "r2.2.47", to: "r3.0.12" }),
    ),
];
