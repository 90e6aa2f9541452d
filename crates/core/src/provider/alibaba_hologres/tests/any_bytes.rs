use proptest::prelude::*;

use super::{NOW, watch};
use crate::model::Service;
use crate::provider::conversation::{endpoint, exchange, poll};
use crate::provider::{Background, Purpose, decode_list};

/// Bodies near the vendor's shapes: its names with values of any type.
fn near_bodies() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
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
    ]);
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("\"preparing\"".to_owned()),
        any::<i64>().prop_map(|n| n.to_string()),
        "[A-Za-z.,:T0-9가{}\"-]{0,20}".prop_map(|text| format!("{text:?}")),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}Z?".prop_map(|text| format!("{text:?}")),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        let fields = prop::collection::vec((name.clone(), inner.clone()), 0..6).prop_map(|fields| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name:?}:{value}")).collect();
            format!("{{{}}}", fields.join(","))
        });
        let list = prop::collection::vec(inner, 0..6).prop_map(|items| format!("[{}]", items.join(",")));
        prop_oneof![3 => fields, 1 => list]
    })
}

proptest! {
    #[test]
    fn no_answers_make_a_poll_panic_or_go_on_without_end(
        bodies in prop::collection::vec((prop_oneof![4 => Just(200_u16), 1 => 100..600_u16], prop_oneof![3 => near_bodies(), 1 => any::<String>()]), 1..8),
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
        body in prop_oneof![near_bodies(), any::<String>()],
    ) {
        let endpoint = endpoint(Service::AlibabaHologres, Purpose::Service);
        let listed = decode_list(&endpoint, &exchange(status, &body, NOW), 1);
        prop_assert!(listed.is_err() || (200..300).contains(&status));
    }
}
