use proptest::prelude::*;

use super::{NOW, upgrade};
use crate::model::Service;
use crate::provider::conversation::{endpoint, exchange, near_answers, near_bodies, poll};
use crate::provider::{Background, Purpose, decode_holder, decode_list};

const NAMES: &[&str] = &[
    "totalSize",
    "detailList",
    "id",
    "status",
    "startTime",
    "totalNodes",
    "completedNodes",
    "name",
    "datastore",
    "version",
    "subVersion",
    "actions",
    "failedReason",
    "clusters",
    "projects",
    "enabled",
    "imageInfo",
    "displayName",
    "datastoreVersion",
    "currentNodeDetail",
    "order",
    "executeTimes",
];

const WORDS: &[&str] = &["RUNNING"];

proptest! {
    #[test]
    fn no_answers_make_a_poll_panic_or_go_on_without_end(
        bodies in prop::collection::vec(near_answers(NAMES, WORDS), 1..12),
        polls in 1..4,
    ) {
        let mut bodies = bodies.into_iter().cycle();
        let mut background = Background::default();
        for _ in 0..polls {
            let done = poll(&upgrade(), background, NOW, |_| bodies.next().unwrap());
            prop_assert!(done.asked.len() <= 4, "{:?}", done.asked);
            background = done.background;
        }
    }

    #[test]
    fn no_answer_makes_the_reading_of_a_list_or_of_projects_panic(
        status in 100..600_u16,
        page in any::<u32>(),
        body in prop_oneof![near_bodies(NAMES, WORDS), any::<String>()],
    ) {
        let answer = exchange(status, &body, NOW);
        let listed = decode_list(&endpoint(Service::HuaweiCss, Purpose::Service), &answer, page);
        prop_assert!(listed.is_err() || (200..300).contains(&status));
        let holder = decode_holder(&endpoint(Service::HuaweiCss, Purpose::Identity), &answer);
        prop_assert!(holder.is_err() || (200..300).contains(&status));
    }
}
