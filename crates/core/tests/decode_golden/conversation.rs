//! Polls as conversations with NAVER: what is asked, in which order, and what becomes of answers that fail.

use rollwatch_core::error::{ErrorKind, PollError};
use rollwatch_core::model::{Observation, Span, Timestamp, Zone};
use rollwatch_core::provider::{Background, Catalogue, Inquiry};

use crate::scenario::{MOST_REQUESTS, watch};
use crate::{exchange, observed_at};

const SES: &str = "ncp_search_engine/public/SGN//1001/upgrade";
const PROGRESS: &str = "getRollingUpgradeProgress";
const VERSIONS: &str = "getSearchEngineVersionList";
const NODES: &str = "getClusterNodeList/1001";

const REFUSED: &str = r#"{"code":1,"message":"regionNo is not allowed","result":null}"#;
const DENIED: &str = r#"{"error":{"errorCode":"210","message":"Permission Denied"}}"#;

fn upgrading() -> String {
    r#"{"code":0,"message":"SUCCESS","result":{"name":"c","nodeCount":2,
        "versionVo":{"currentVersionCode":"2140","targetVersionCode":"2150","actionDate":"2025-03-24 17:09:41"},
        "nodeStatusVoList":[
            {"hostname":"a","status":"complete","nodeRoleCode":"M","updatedDate":"2025-03-24 17:11:28"},
            {"hostname":"b","status":"running","nodeRoleCode":"D","updatedDate":"2025-03-24 16:36:21"}]}}"#
        .to_owned()
}

fn versions() -> String {
    let version = |code: &str| {
        format!(r#"{{"searchEngineVersionCode":"{code}","searchEngineVersionName":"Engine {code}"}}"#)
    };
    let list = [version("2140"), version("2150")].join(",");
    format!(r#"{{"code":0,"message":"SUCCESS","result":{{"searchEngineVersionList":[{list}]}}}}"#)
}

/// The node list of a region at UTC+08:00.
fn nodes() -> String {
    let date = |text: &str, utc: i64| format!(r#"{{"formattedDateTime":"{text}","utc":{utc}}}"#);
    let created = date("2025-03-24 16:09:41 000000", 1_742_803_781_000);
    let started = date("2025-03-24 16:10:41 000000", 1_742_803_841_000);
    format!(
        r#"{{"code":0,"message":"SUCCESS","result":{{"createdDate":{created},
            "computeList":[{{"hostName":"a","createdYmdt":{created},"operationYmdt":{started}}}]}}}}"#
    )
}

/// What is known and asked over several polls of one watch.
struct Talk {
    key: &'static str,
    background: Background,
    now: Timestamp,
}

type Answers<'a> = &'a [(&'a str, u16, String)];

impl Talk {
    fn new(key: &'static str) -> Self {
        Talk { key, background: Background::default(), now: observed_at() }
    }

    /// One poll. Every request takes the first of `answers` that is left and whose name its path ends with; one
    /// without an answer times out. Answers with what was asked and what came of it.
    fn poll(&mut self, answers: Answers<'_>) -> (Vec<String>, Result<Observation, PollError>) {
        let watch = watch(self.key).expect("a watch key");
        let catalogue = Catalogue::built_in();
        let endpoint = catalogue.find(watch.service, watch.site, &watch.region).expect("in the catalogue");
        let mut left: Vec<_> = answers.iter().collect();
        let mut asked = Vec::new();
        let background = std::mem::take(&mut self.background);
        let mut inquiry = Inquiry::new(watch, endpoint.clone(), background, self.now);
        while let Some(request) = inquiry.next(self.now) {
            assert!(endpoint.route(request.method, &request.target()).is_ok());
            assert!(asked.len() < MOST_REQUESTS, "asked without end: {asked:?}");
            let path = request.path.rsplit_once("/cluster/").expect("a call about clusters").1.to_owned();
            let with = if request.body.contains("regionNo") { " with regionNo" } else { "" };
            match left.iter().position(|(name, ..)| path.ends_with(name)) {
                Some(place) => {
                    let (_, status, body) = left.remove(place);
                    inquiry.take(exchange(*status, body), self.now);
                }
                None => inquiry.fail(PollError::new(ErrorKind::Timeout), self.now),
            }
            asked.push(format!("{path}{with}"));
        }
        let (result, background) = inquiry.finish();
        self.background = background;
        (asked, result.expect("the question was asked"))
    }

    fn pass(&mut self, length: Span) {
        self.now = self.now.plus(length);
    }
}

fn with_number() -> String {
    format!("{PROGRESS} with regionNo")
}

fn all() -> [(&'static str, u16, String); 3] {
    [(PROGRESS, 200, upgrading()), (VERSIONS, 200, versions()), (NODES, 200, nodes())]
}

/// The version gone to, and the zone of the start.
fn understood(result: Result<Observation, PollError>) -> (String, Zone) {
    let operation = result.expect("an observation").operation.expect("an operation");
    (operation.versions.expect("versions").to, operation.started_at.expect("a start").zone)
}

#[test]
fn the_question_comes_first_and_what_is_known_is_not_asked_again() {
    let mut talk = Talk::new(SES);
    let (asked, result) = talk.poll(&all());
    assert_eq!(asked, [with_number(), VERSIONS.into(), NODES.into()]);
    assert_eq!(understood(result), ("Engine 2150".to_owned(), Zone::Measured(8 * 3600)));
    talk.pass(Span::hours(30));
    let (asked, result) = talk.poll(&all());
    assert_eq!(asked, [with_number()]);
    assert_eq!(understood(result), ("Engine 2150".to_owned(), Zone::Measured(8 * 3600)));
}

#[test]
fn what_an_upgrade_could_go_to_is_listed_anew_once_a_day_while_none_goes_on() {
    let mut talk = Talk::new(SES);
    let over = upgrading().replace("running", "complete");
    let answers = [(PROGRESS, 200, over), (VERSIONS, 200, versions()), (NODES, 200, nodes())];
    assert_eq!(talk.poll(&answers).0.len(), 3);
    talk.pass(Span::hours(24));
    assert_eq!(talk.poll(&answers).0, [with_number(), VERSIONS.into()]);
}

#[test]
fn names_are_asked_for_again_after_a_day_while_a_code_has_none() {
    let mut talk = Talk::new(SES);
    let unknown = upgrading().replace("2150", "300");
    let answers = [(PROGRESS, 200, unknown), (VERSIONS, 200, versions()), (NODES, 200, nodes())];
    assert_eq!(talk.poll(&answers).0.len(), 3);
    talk.pass(Span::hours(23));
    let (asked, result) = talk.poll(&answers);
    assert_eq!(asked, [with_number()]);
    assert_eq!(understood(result).0, "3.0.0");
    talk.pass(Span::hours(1));
    assert_eq!(talk.poll(&answers).0, [with_number(), VERSIONS.into()]);
}

#[test]
fn a_chosen_zone_is_neither_measured_nor_replaced() {
    let mut talk = Talk::new(SES);
    talk.background.zone = Some(Zone::Chosen(0));
    let (asked, result) = talk.poll(&all());
    assert_eq!(asked, [with_number(), VERSIONS.into()]);
    assert_eq!(understood(result).1, Zone::Chosen(0));
}

#[test]
fn a_single_date_measures_no_zone() {
    let created = r#"{"formattedDateTime":"2025-03-24 16:09:41 000000","utc":"1742803781000"}"#;
    let rows = [
        (format!(r#"{{"createdDate":{created}}}"#), Zone::Assumed(9 * 3600)),
        (
            format!(r#"{{"computeList":[{{"createdYmdt":{created},"operationYmdt":{{}}}}]}}"#),
            Zone::Assumed(9 * 3600),
        ),
        (
            format!(r#"{{"createdDate":{created},"computeList":[null,{{"createdYmdt":{created}}}]}}"#),
            Zone::Measured(8 * 3600),
        ),
    ];
    for (result, zone) in rows {
        let body = format!(r#"{{"code":0,"message":"SUCCESS","result":{result}}}"#);
        let (_, result) = Talk::new(SES).poll(&[(PROGRESS, 200, upgrading()), (NODES, 200, body.clone())]);
        assert_eq!(understood(result).1, zone, "{body}");
    }
}

#[test]
fn a_cluster_without_an_operation_is_asked_for_versions_and_not_for_its_zone() {
    let mut talk = Talk::new("ncp_search_engine/fin/FKR//1001/upgrade");
    let idle = r#"{"code":0,"message":"SUCCESS","result":{"name":"c","nodeCount":0,"nodeStatusVoList":[]}}"#;
    let (asked, result) = talk.poll(&[(PROGRESS, 200, idle.to_owned()), (VERSIONS, 200, versions())]);
    assert_eq!(asked, [PROGRESS, VERSIONS]);
    assert_eq!(result.expect("an observation").operation, None);
    assert_eq!(talk.background.versions.len(), 2);
}

#[test]
fn supplements_that_fail_never_fail_the_poll() {
    let bodies = [
        (200, "<html>".to_owned()),
        (200, REFUSED.to_owned()),
        (200, r#"{"code":0,"result":null}"#.to_owned()),
        (200, r#"{"code":0,"result":{"searchEngineVersionList":"many","computeList":7}}"#.to_owned()),
        (401, DENIED.to_owned()),
        (429, r#"{"error":{"errorCode":"410"}}"#.to_owned()),
        (503, String::new()),
    ];
    for (status, body) in bodies {
        let mut talk = Talk::new(SES);
        let answers =
            [(PROGRESS, 200, upgrading()), (VERSIONS, status, body.clone()), (NODES, status, body.clone())];
        let (_, result) = talk.poll(&answers);
        assert_eq!(understood(result), ("2.15.0".to_owned(), Zone::Assumed(9 * 3600)), "{status} {body}");
    }
    let (_, result) = Talk::new(SES).poll(&[(PROGRESS, 200, upgrading())]);
    assert_eq!(understood(result), ("2.15.0".to_owned(), Zone::Assumed(9 * 3600)));
}

#[test]
fn a_refused_supplement_is_not_asked_for_again() {
    let mut talk = Talk::new(SES);
    let answers = [(PROGRESS, 200, upgrading()), (VERSIONS, 401, DENIED.into()), (NODES, 401, DENIED.into())];
    assert_eq!(talk.poll(&answers).0, [with_number(), VERSIONS.into(), NODES.into()]);
    talk.pass(Span::hours(100));
    assert_eq!(talk.poll(&answers).0, [with_number()]);
}

#[test]
fn a_supplement_that_may_heal_is_asked_for_again_after_ten_minutes() {
    let mut talk = Talk::new(SES);
    let answers = [(PROGRESS, 200, upgrading()), (VERSIONS, 503, String::new()), (NODES, 200, nodes())];
    assert_eq!(talk.poll(&answers).0, [with_number(), VERSIONS.into(), NODES.into()]);
    talk.pass(Span::seconds(599));
    assert_eq!(talk.poll(&answers).0, [with_number()]);
    talk.pass(Span::seconds(1));
    let (asked, result) = talk.poll(&all());
    assert_eq!(asked, [with_number(), VERSIONS.into()]);
    assert_eq!(understood(result).0, "Engine 2150");
}

#[test]
fn after_a_refused_key_or_a_request_to_slow_down_nothing_more_is_asked() {
    for (status, code) in [(401, "200"), (429, "400"), (429, "410"), (429, "420")] {
        let body = format!(r#"{{"error":{{"errorCode":"{code}"}}}}"#);
        let mut talk = Talk::new(SES);
        let (asked, result) = talk.poll(&[(PROGRESS, 200, upgrading()), (VERSIONS, status, body)]);
        assert_eq!(asked, [with_number(), VERSIONS.into()], "{status} {code}");
        assert!(result.is_ok());
    }
}

#[test]
fn a_failed_question_is_the_end_of_the_poll() {
    for (status, body) in [(401, DENIED), (502, "<html>"), (200, r#"{"code":3,"message":"no"}"#)] {
        let (asked, result) = Talk::new(SES).poll(&[(PROGRESS, status, body.to_owned())]);
        assert_eq!(asked, [with_number()], "{body}");
        assert!(result.is_err());
    }
}

#[test]
fn a_refused_region_number_is_left_out_at_once_and_from_then_on() {
    for status in [200, 400, 500] {
        let mut talk = Talk::new(SES);
        let refused = (PROGRESS, status, REFUSED.to_owned());
        let good = (PROGRESS, 200, upgrading());
        let (asked, result) =
            talk.poll(&[refused, good.clone(), (VERSIONS, 200, versions()), (NODES, 200, nodes())]);
        assert_eq!(asked, [with_number(), PROGRESS.into(), VERSIONS.into(), NODES.into()], "{status}");
        assert!(result.is_ok());
        assert_eq!(talk.poll(&[good]).0, [PROGRESS]);
    }
}

#[test]
fn a_question_that_is_refused_in_both_forms_is_asked_twice_and_no_more() {
    let mut talk = Talk::new(SES);
    let answers = [(); 5].map(|()| (PROGRESS, 200, REFUSED.to_owned()));
    let (asked, result) = talk.poll(&answers);
    assert_eq!(asked, [with_number(), PROGRESS.into()]);
    assert_eq!(result.map_err(|error| error.kind), Err(ErrorKind::Refused));
    // The number is sent again once its absence is what is refused.
    assert_eq!(
        talk.poll(&[answers[0].clone(), (PROGRESS, 200, upgrading())]).0[..2],
        [PROGRESS.into(), with_number()]
    );
}

#[test]
fn other_refusals_and_zones_without_a_number_do_not_change_the_form() {
    let other = r#"{"code":1,"message":"Region not found","result":null}"#.to_owned();
    assert_eq!(Talk::new(SES).poll(&[(PROGRESS, 200, other)]).0, [with_number()]);
    let mut gov = Talk::new("ncp_search_engine/gov/KR//1001/upgrade");
    assert_eq!(gov.poll(&[(PROGRESS, 200, REFUSED.to_owned())]).0, [PROGRESS]);
}

#[test]
fn every_watch_of_data_streaming_learns_the_versions_once_a_day() {
    let list = r#"{"code":0,"message":"SUCCESS","result":{"kafkaVersionList":[
        {"kafkaVersionCode":"3903006","kafkaVersionName":"Kafka 3.9.0"},
        {"kafkaVersionCode":2403005,"kafkaVersionName":null,"applicationVersionName":"2.4"},
        {"kafkaVersionCode":null,"kafkaVersionName":"Kafka 9"}]}}"#;
    let green = r#"{"code":0,"message":"SUCCESS","result":{"clusterName":"k","brokerNodeTotalNumber":1,
        "brokerNumber":1,"brokerStatus":"green","brokerStatusPerNode":[{"hostname":"b","status":"green"}]}}"#;
    let possible = r#"{"code":0,"message":"SUCCESS","result":true}"#;
    for (key, route, body) in [
        ("ncp_data_streaming/gov/KRS//2001/restart", "rollingRestartProgressCheck", green),
        ("ncp_data_streaming/gov/KRS//2001/upgrade", "rollingUpgradeProgressCheck", green),
        ("ncp_data_streaming/gov/KRS//2001/precheck", "rollingRestartPreCheck", possible),
    ] {
        let mut talk = Talk::new(key);
        let answers = [(route, 200, body.to_owned()), ("getCDSSVersionList", 200, list.to_owned())];
        assert_eq!(talk.poll(&answers).0, [route, "getCDSSVersionList"]);
        let known =
            [("3903006", "Kafka 3.9.0"), ("2403005", "2.4")].map(|(c, n)| (c.to_owned(), n.to_owned()));
        assert_eq!(talk.background.versions, known);
        talk.pass(Span::hours(23));
        assert_eq!(talk.poll(&answers).0, [route]);
        talk.pass(Span::hours(1));
        assert_eq!(talk.poll(&answers).0, [route, "getCDSSVersionList"]);
    }
}
