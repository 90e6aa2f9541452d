//! Huawei's clusters.

use super::{CSS, ELASTIC, MOVE, OPEN};
use super::{again, cluster, css, once, stop, stop_at};
use crate::fleet::Cluster;
use crate::services::Story;
use css::Task;
use rollwatch_core::model::Site::{Otc, Public};

/// Minutes: `again(how often it begins, how long ago)`, `once(how long ago)`.
pub(super) const ROWS: [Cluster; 10] = [
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
    // Cannot be seen: a gateway's page instead of an answer.
    cluster(
        CSS,
        (Public, "my-kualalumpur-1", "77889900aabb4ccd8eef001122334455"),
        "66554433-2211-4fee-8dcc-bbaa00998877",
        "css-kul-unreachable",
        once(60),
        Story::Down,
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
];
