//! Alibaba's instances.

use super::{HOLO, again, at, cluster, once};
use crate::fleet::Cluster;
use crate::schedule::Spread::Even;
use crate::services::{Story, hologres};
use rollwatch_core::model::Site::Public;

/// Minutes: `again(how often it begins, how long ago)`, `once(how long ago)`.
pub(super) const ROWS: [Cluster; 6] = [
    // Cannot be seen: a limit that is always reached.
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
            spread: Even,
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
        Story::Hologres(hologres::Plan::Hot { from: "r2.1.33", to: "r2.2.47", followers: &[], spread: Even }),
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
