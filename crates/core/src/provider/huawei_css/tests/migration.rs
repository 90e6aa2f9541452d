use super::NOW;
use crate::assess::{Circumstances, assess};
use crate::model::{AzPlan, OperationKind, Service};
use crate::provider::conversation::{endpoint, exchange, watch};
use crate::provider::{Background, Purpose, decode};
use crate::timeline::{Outcome, Timeline};
use crate::view::words::Lang;
use crate::view::{Liveness, Look, Reader, page};

/// The plan of a migration, and the lines of the page that show it.
fn planned(param: &str, zones: &str) -> (Option<AzPlan>, Vec<String>) {
    let watch = watch(Service::HuaweiCss, OperationKind::AzMigration);
    let endpoint = endpoint(Service::HuaweiCss, Purpose::Service);
    let body = format!(
        r#"{{"totalSize":1,"detailList":[{{"id":"t1","startTime":"2023-01-05T02:23:39","status":"RUNNING",
        "totalNodes":"n1,n2","migrateParam":{param},"finalAzInfoMap":{zones}}}]}}"#
    );
    let observation =
        decode(&watch, &endpoint, &exchange(200, &body, NOW), &Background::default(), NOW).unwrap();
    let plan = observation.operation.as_ref().and_then(|operation| operation.az_plan.clone());
    let mut timeline = Timeline::default();
    timeline.record(Outcome::Observed(Box::new(observation)), NOW);
    let reader = Reader { lang: Lang::En, offset_at: |_| 0 };
    let assessment = assess(&timeline, &Circumstances::default(), NOW);
    (plan, page(&watch, &timeline, &assessment, &Liveness::default(), &Look::default(), reader, NOW).plan)
}

#[test]
fn a_plan_names_the_move_its_kind_and_the_nodes_of_each_zone() {
    let (plan, lines) = planned(
        r#""{\"instType\":\"ess\",\"migrateType\":\"multi_az_change\",\"sourceAz\":\"a\",\"targetAz\":\"a,b\"}""#,
        r#""{\"a\":\"n1\",\"b\":\"n2,n3\"}""#,
    );
    let plan = plan.unwrap();
    assert_eq!((plan.kind.as_deref(), plan.node_type.as_deref()), (Some("multi_az_change"), Some("ess")));
    assert_eq!(lines, ["a → a,b", "multi_az_change · ess", "a: n1", "b: n2, n3"]);
}

#[test]
fn a_plan_is_read_as_an_object_too_and_shows_no_line_for_what_it_lacks() {
    let (_, lines) = planned(r#"{"targetAz":"b"}"#, r#"{"b":["n1","n2"]}"#);
    assert_eq!(lines, ["? → b", "b: n1, n2"]);
    assert_eq!(planned(r#""{}""#, r#""{}""#), (None, Vec::new()));
    assert_eq!(planned("null", r#""not JSON""#).1, Vec::<String>::new());
}
