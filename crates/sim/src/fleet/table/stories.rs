//! Clusters whose operations do not go their usual way: what a timeline, a verdict, an estimate and findings have
//! to tell rightly. Each is named after its story.

use super::{CSS, EIGHT, ELASTIC, HOLO, MOVE, OPEN, RESTART, SES, SIX};
use super::{again, at, cdss, cluster, css, once, ses, stop, stop_at};
use crate::fleet::Cluster;
use crate::schedule::Incident::{Back, Long, Retry, Slow};
use crate::schedule::Spread::Tailed;
use crate::services::{Story, hologres};
use cdss::Order::OneByOne;
use css::{TERMINATED, Task};
use rollwatch_core::model::Site::{Fin, Gov, Public};
use rollwatch_core::model::Span;

/// Minutes: `again(how often it begins, how long ago)`, `once(how long ago)`.
pub(super) const ROWS: [Cluster; 14] = [
    // The third node failed two minutes ago; it is retried nine minutes after its failure, and succeeds.
    cluster(
        SES,
        at(Public, "SGN"),
        "1011",
        "ses-node-retried",
        again(70, 14),
        Story::Ses(ses::Plan {
            incident: Some(Retry {
                turn: 2,
                step: 0,
                word: "Failed_Upgrade_OpenSearch",
                failed_for: Span::minutes(9),
            }),
            ..ses(EIGHT, "2140", "2180", None)
        }),
    ),
    // The fourth node stands in one step for 100 minutes and then goes on by itself.
    cluster(
        SES,
        at(Public, "JPN"),
        "1012",
        "ses-node-paused",
        again(200, 16),
        Story::Ses(ses::Plan {
            incident: Some(Long { turn: 3, step: 0, takes: Span::minutes(100) }),
            ..ses(EIGHT, "2150", "2180", None)
        }),
    ),
    // It is upgraded over and over, so that a page that is left open sees several runs.
    cluster(
        SES,
        at(Fin, "FKR"),
        "3011",
        "ses-often-upgraded",
        again(40, 12),
        Story::Ses(ses::Plan { spread: Tailed, ..ses(SIX, "2150", "2180", None) }),
    ),
    // The third broker takes five times as long as the others.
    cluster(
        RESTART,
        at(Gov, "KRS"),
        "2111",
        "kafka-slow-broker",
        again(60, 8),
        Story::Cdss(cdss::Plan { incident: Some(Slow { turn: 2, times: 5 }), ..cdss(6, 3, OneByOne, None) }),
    ),
    // The data of the second node is on its way for five hours, of 48 that are legal.
    cluster(
        CSS,
        (Public, "ap-southeast-2", "1a2b3c4d5e6f40718293a4b5c6d7e8f9"),
        "4f6a1c2e-8b3d-4750-9e1f-2a3b4c5d6e01",
        "css-five-hours",
        again(480, 40),
        Story::Css(css::Plan {
            incident: Some(Long { turn: 1, step: 0, takes: Span::hours(5) }),
            ..css(4, ELASTIC)
        }),
    ),
    // The second node was done, is no longer, and is worked on again while the third waits for its second turn.
    cluster(
        CSS,
        (Public, "cn-east-4", "2b3c4d5e6f70418293a4b5c6d7e8f90a"),
        "5a7b2d3f-9c4e-4861-8f20-3b4c5d6e7f02",
        "css-node-goes-back",
        again(90, 20),
        Story::Css(css::Plan { incident: Some(Back { turn: 2, step: 1, to: 1 }), ..css(5, OPEN) }),
    ),
    cluster(
        CSS,
        (Public, "sa-brazil-1", "3c4d5e6f70814293a4b5c6d7e8f90a1b"),
        "6b8c3e40-ad5f-4972-9031-4c5d6e7f8003",
        "css-order-changes",
        again(75, 20),
        Story::Css(css::Plan { reorders: true, ..css(6, ELASTIC) }),
    ),
    // It failed at the third node and was then terminated, which leaves two of five nodes with the new image.
    cluster(
        CSS,
        (Public, "tr-west-1", "4d5e6f7081924a3ba5b6c7d8e9f00a1c"),
        "7c9d4f51-be60-4a83-8142-5d6e7f809104",
        "css-terminated",
        once(200),
        Story::Css(css::Plan { stop: stop_at(2, 0, TERMINATED), ..css(5, OPEN) }),
    ),
    // The task failed ten minutes ago and is retried under its own id.
    cluster(
        CSS,
        (Public, "na-mexico-1", "5e6f708192a34b4cb6c7d8e9f00a1b2d"),
        "8dae5062-cf71-4b94-9253-6e7f8091a205",
        "css-task-retried",
        again(80, 23),
        Story::Css(css::Plan {
            incident: Some(Retry { turn: 1, step: 2, word: "FAILED", failed_for: Span::minutes(20) }),
            ..css(4, ELASTIC)
        }),
    ),
    // The documented sample, with its last step begun twenty minutes before the simulation.
    cluster(
        MOVE,
        (Public, "cn-southwest-2", "6f708192a3b44c5dc7d8e9f00a1b2c3e"),
        "9ebf6173-d082-4ca5-8364-7f8091a2b306",
        "css-six-days",
        once((5 * 24 + 22) * 60 + 21 + 20),
        Story::Css(css::Plan {
            task: Task::DocumentedMove { source: "cn-southwest-2a", target: "cn-southwest-2c" },
            stop: stop(1, 6),
            ..css(3, ELASTIC)
        }),
    ),
    // Six tasks of the past and a running one, so that the past tells how long it takes.
    cluster(
        CSS,
        (Public, "me-east-1", "708192a3b4c54d6ed8e9f00a1b2c3d4f"),
        "afc07284-e193-4db6-9475-8091a2b3c407",
        "css-earlier-runs",
        again(90, 15),
        Story::Css(css::Plan { earlier: 6, spread: Tailed, ..css(5, OPEN) }),
    ),
    cluster(
        CSS,
        (Public, "ae-ad-1", "8192a3b4c5d64e7fe9f00a1b2c3d4e50"),
        "b0d18395-f2a4-4ec7-8586-91a2b3c4d508",
        "css-200-nodes",
        again(240, 60),
        Story::Css(css::Plan { batch: 5, pace: 45, spread: Tailed, ..css(200, ELASTIC) }),
    ),
    // The change of the version failed, and the rollback is under way.
    cluster(
        HOLO,
        at(Public, "us-west-1"),
        "hgpost-us-demo0000011",
        "holo-rolls-back",
        again(100, 32),
        Story::Hologres(hologres::Plan::RolledBack { from: "r2.2.47", to: "r3.0.12" }),
    ),
    // Prepared six days and five hours ago: in 19 hours it has to be prepared again.
    cluster(
        HOLO,
        at(Public, "eu-central-1"),
        "hgpost-eu-demo0000012",
        "holo-expires-tomorrow",
        once(151 * 60),
        Story::Hologres(hologres::Plan::Prepared { from: "r2.2.47", to: "r3.0.12" }),
    ),
];
