use proptest::prelude::*;

use super::{NOW, watch};
use crate::model::Service;
use crate::provider::conversation::{endpoint, exchange, near_answers, near_bodies, poll};
use crate::provider::{Background, Purpose, decode_list};

const NAMES: &[&str] = &[
    "Success",
    "Data",
    "Status",
    "Details",
    "FromVersion",
    "ToVersion",
    "PrepareFinishTime",
    "Instance",
    "InstanceName",
    "InstanceStatus",
    "Version",
    "InstanceList",
    "InstanceId",
    "StatusCode",
    "UpgradingSteps",
    "Rollback",
    "FlightingReport",
    "SegmentFormatStat",
    "Instances",
];

const WORDS: &[&str] = &["preparing"];

proptest! {
    #[test]
    fn no_answers_make_a_poll_panic_or_go_on_without_end(
        bodies in prop::collection::vec(near_answers(NAMES, WORDS), 1..8),
    ) {
        let mut bodies = bodies.into_iter().cycle();
        let mut background = Background::default();
        for _ in 0..3 {
            let done = poll(&watch(), background, NOW, |_| bodies.next().unwrap());
            prop_assert!(done.asked.len() <= 2, "{:?}", done.asked);
            background = done.background;
        }
    }

    #[test]
    fn no_answer_makes_the_reading_of_a_list_panic(
        status in 100..600_u16,
        body in prop_oneof![near_bodies(NAMES, WORDS), any::<String>()],
    ) {
        let endpoint = endpoint(Service::AlibabaHologres, Purpose::Service);
        let listed = decode_list(&endpoint, &exchange(status, &body, NOW), 1);
        prop_assert!(listed.is_err() || (200..300).contains(&status));
    }
}
