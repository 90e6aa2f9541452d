//! What else NAVER is asked, byte for byte, and what is understood of the answers: lists, checks, and whose a key
//! is.

use rollwatch_core::error::{ErrorKind, PollError};
use rollwatch_core::http::Request;
use rollwatch_core::model::{Check, Holder, Listed, Listing, Precheck, Service, Site};
use rollwatch_core::provider::{
    Catalogue, Endpoint, check_request, decode_check, decode_holder, decode_list, holder_request,
    list_request,
};

use crate::exchange;
use crate::scenario::watch;

fn endpoint(service: Service, site: Site, region: &str) -> Endpoint {
    Catalogue::built_in().find(service, site, region).expect("in the catalogue").clone()
}

fn ses() -> Endpoint {
    endpoint(Service::NcpSearchEngine, Site::Public, "KR")
}

fn cdss() -> Endpoint {
    endpoint(Service::NcpDataStreaming, Site::Public, "KR")
}

/// Everything of a request in one line, which must have a route.
fn line(endpoint: &Endpoint, request: &Request) -> String {
    let route = endpoint.route(request.method, &request.target());
    assert!(route.is_ok(), "{} has no route: {route:?}", request.target());
    assert_eq!(request.headers.is_empty(), request.body.is_empty());
    let text = format!("{} {}{} {}", request.method.as_str(), request.host, request.target(), request.body);
    text.trim_end().to_owned()
}

fn envelope(result: &str) -> String {
    format!(r#"{{"code":0,"message":"SUCCESS","result":{result},"requestId":"r"}}"#)
}

fn checked(key: &str, check: &Check) -> Result<String, PollError> {
    let watch = watch(key).expect("a watch key");
    let endpoint = endpoint(watch.service, watch.site, &watch.region);
    check_request(&watch, &endpoint, check).map(|request| line(&endpoint, &request))
}

fn upgrade(target_version: &str, config_group: &str) -> Check {
    Check::Upgrade { target_version: target_version.to_owned(), config_group: config_group.to_owned() }
}

#[test]
fn checks_ask_with_texts_at_one_service_and_with_numbers_at_the_other() {
    let rows = [
        (
            "ncp_search_engine/public/SGN//1001/upgrade",
            upgrade("2150", ""),
            "POST vpcsearchengine.apigw.ntruss.com/api/sgn-v2/cluster/rollingUpgradePreCheck \
             {\"serviceGroupInstanceNo\":\"1001\",\"targetVersionCode\":\"2150\",\"regionNo\":\"7\"}",
        ),
        (
            "ncp_search_engine/gov/KRS//1001/upgrade",
            upgrade("2150", "ignored"),
            "POST vpcsearchengine.apigw.gov-ntruss.com/api/krs-v2/cluster/rollingUpgradePreCheck \
             {\"serviceGroupInstanceNo\":\"1001\",\"targetVersionCode\":\"2150\"}",
        ),
        (
            "ncp_data_streaming/fin/FKR//2001/restart",
            upgrade("3903006", "12"),
            "POST fin-clouddatastreamingservice.apigw.fin-ntruss.com/api/v1/cluster/rollingUpgradePreCheck \
             {\"serviceGroupInstanceNo\":2001,\"upgradeKafkaVersionCode\":3903006,\"upgradeConfigGroupNo\":12}",
        ),
        (
            "ncp_data_streaming/public/JPN//2001/upgrade",
            Check::Restart,
            "POST clouddatastreamingservice.apigw.ntruss.com/api/jpn-v1/cluster/rollingRestartPreCheck \
             {\"serviceGroupInstanceNo\":2001}",
        ),
    ];
    for (key, check, asked) in rows {
        assert_eq!(checked(key, &check).as_deref(), Ok(asked), "{key}");
    }
}

#[test]
fn a_check_that_cannot_be_asked_names_its_bad_field() {
    let (ses, cdss) =
        ("ncp_search_engine/public/KR//1001/upgrade", "ncp_data_streaming/gov/KR//2001/upgrade");
    for (key, check, field) in [
        (ses, upgrade("", ""), "target_version"),
        (ses, upgrade("2150\",\"x\":\"", ""), "target_version"),
        (ses, Check::Restart, "operation"),
        (cdss, upgrade("3.9.0", "1"), "target_version"),
        (cdss, upgrade("+3903006", "1"), "target_version"),
        (cdss, upgrade("3903006", ""), "config_group"),
        (cdss, upgrade("3903006", "my-group"), "config_group"),
        ("ncp_data_streaming/gov/KR//kafka/upgrade", upgrade("3903006", "1"), "cluster"),
        ("huawei_css/public/cn-north-4/p/c/upgrade", Check::Restart, "operation"),
    ] {
        assert_eq!(
            checked(key, &check),
            Err(PollError::field(ErrorKind::BadWatch, field)),
            "{key} {check:?}"
        );
    }
}

#[test]
fn a_check_is_passed_refused_unclear_or_failed_and_never_two_of_them() {
    let refused = |reason: &str| Ok(Precheck::Refused { reason: reason.to_owned() });
    let unclear = |raw: &str| Ok(Precheck::Unclear { raw: raw.to_owned() });
    let no_snapshot = r#"{"code":10154,"message":"A snapshot is needed.","result":null,"requestId":"r"}"#;
    let invalid = r#"{"code":3,"message":"Invalid Service Group Instance No","result":null}"#;
    let numbered = r#"{"code":1,"message":"regionNo is required","result":null}"#;
    let without_reason = r#"{"code":0,"message":"SUCCESS","result":null}"#;
    let another_shape = r#"{"code":0,"message":"SUCCESS","result":{"possible":true}}"#;
    let denied = r#"{"error":{"errorCode":"210","message":"Permission Denied"}}"#;
    let rows = [
        (ses(), 200, envelope("true"), Ok(Precheck::Passed)),
        (cdss(), 200, envelope("true"), Ok(Precheck::Passed)),
        (ses(), 200, no_snapshot.to_owned(), refused("A snapshot is needed.")),
        (ses(), 400, no_snapshot.to_owned(), refused("A snapshot is needed.")),
        (ses(), 500, no_snapshot.to_owned(), refused("A snapshot is needed.")),
        (cdss(), 400, no_snapshot.to_owned(), Err(ErrorKind::Refused)),
        (cdss(), 200, invalid.to_owned(), refused("Invalid Service Group Instance No")),
        (ses(), 200, invalid.to_owned(), refused("Invalid Service Group Instance No")),
        (ses(), 400, invalid.to_owned(), Err(ErrorKind::NotFound)),
        // A question in the wrong form says nothing of the cluster.
        (ses(), 200, numbered.to_owned(), Err(ErrorKind::Refused)),
        (ses(), 200, without_reason.to_owned(), unclear(without_reason)),
        (cdss(), 200, another_shape.to_owned(), unclear(another_shape)),
        (ses(), 401, denied.to_owned(), Err(ErrorKind::Permission)),
        (cdss(), 502, "<html>".to_owned(), Err(ErrorKind::VendorDown)),
        (cdss(), 200, "[]".to_owned(), Err(ErrorKind::Malformed)),
        (ses(), 200, "{}".to_owned(), Err(ErrorKind::Malformed)),
    ];
    for (endpoint, status, body, expected) in rows {
        let outcome = decode_check(&endpoint, &exchange(status, &body)).map_err(|error| error.kind);
        assert_eq!(outcome, expected, "{} {status} {body}", endpoint.id());
    }
}

#[test]
fn lists_are_asked_for_page_by_page() {
    let asked =
        |endpoint: &Endpoint, page| line(endpoint, &list_request(endpoint, "", page).expect("a request"));
    assert_eq!(
        asked(&endpoint(Service::NcpSearchEngine, Site::Gov, "KRS"), 3),
        "GET vpcsearchengine.apigw.gov-ntruss.com/api/krs-v2/cluster/getClusterInfoList?pageNo=3&pageSize=100"
    );
    assert_eq!(
        asked(&endpoint(Service::NcpDataStreaming, Site::Public, "SGN"), 2),
        "POST clouddatastreamingservice.apigw.ntruss.com/api/sgn-v1/cluster/getClusterInfoList \
         {\"pageNo\":2,\"pageSize\":100}"
    );
}

fn listing(endpoint: &Endpoint, result: &str, page: u32) -> Listing {
    decode_list(endpoint, &exchange(200, &envelope(result)), page).expect("a list")
}

#[test]
fn a_list_tells_name_status_and_version_and_what_is_not_open() {
    let listed = |id: &str, name: &str, status: Option<&str>, version: Option<&str>, busy, open| Listed {
        id: id.to_owned(),
        name: name.to_owned(),
        raw_status: status.map(str::to_owned),
        version: version.map(str::to_owned),
        busy,
        open,
    };
    let result = r#"{"currentPage":1,"isFirst":true,"isLast":true,"totalCount":"4","totalPage":1,
        "allowedClusters":[
            {"clusterName":"logs","serviceGroupInstanceNo":"1001","clusterStatus":"running",
             "searchEngineStatus":"green","searchEngineVersion":"OpenSearch 2.14.0"},
            {"clusterName":null,"serviceGroupInstanceNo":1002,"clusterStatus":"changing"},
            {"clusterName":"twice","serviceGroupInstanceNo":"1001"},
            {"clusterName":"no number","serviceGroupInstanceNo":null},
            {"clusterName":"no id","serviceGroupInstanceNo":"10/01"},
            null, 7],
        "disallowedClusters":[
            {"clusterName":"secret","serviceGroupInstanceNo":" 1003 ","clusterStatus":"return"}]}"#;
    let expected = [
        listed("1001", "logs", Some("running"), Some("OpenSearch 2.14.0"), Some(false), true),
        listed("1002", "1002", Some("changing"), None, Some(true), true),
        listed("1003", "secret", Some("return"), None, None, false),
    ];
    assert_eq!(listing(&ses(), result, 1), Listing { clusters: expected.into(), next: None });

    let result = r#"{"allowedClusters":[
            {"clusterName":"events","serviceGroupInstanceNo":2001,"serverStatus":"Creating","kafkaVersion":"3.9.0"},
            {"clusterName":"old","serviceGroupInstanceNo":2002,"serverStatus":"error","applicationVersion":"2403005"}],
        "disallowedClusters":null,"isLast":true}"#;
    let expected = [
        listed("2001", "events", Some("Creating"), Some("3.9.0"), Some(true), true),
        listed("2002", "old", Some("error"), Some("2403005"), None, true),
    ];
    assert_eq!(listing(&cdss(), result, 1), Listing { clusters: expected.into(), next: None });
}

#[test]
fn a_busy_cluster_is_one_whose_status_says_so() {
    for (status, busy) in [
        ("changing", Some(true)),
        ("creating", Some(true)),
        ("deleting", Some(true)),
        ("running", Some(false)),
        ("working", Some(false)),
        ("return", None),
        ("error", None),
        ("rebooting", None),
    ] {
        let result =
            format!(r#"{{"allowedClusters":[{{"serviceGroupInstanceNo":1,"clusterStatus":"{status}"}}]}}"#);
        let clusters = listing(&ses(), &result, 1).clusters;
        assert_eq!(clusters.iter().map(|cluster| cluster.busy).collect::<Vec<_>>(), [busy], "{status}");
    }
}

#[test]
fn the_next_page_is_the_one_that_the_answer_promises_and_pages_end() {
    let one = r#""allowedClusters":[{"serviceGroupInstanceNo":1}]"#;
    let full: Vec<String> = (0..100).map(|id| format!(r#"{{"serviceGroupInstanceNo":{id}}}"#)).collect();
    let full = format!(r#"{{"allowedClusters":[{}]}}"#, full.join(","));
    for (result, page, next) in [
        (format!(r#"{{{one},"isLast":false,"totalPage":3}}"#), 2, Some(3)),
        (format!(r#"{{{one},"isLast":"false","totalPage":"3"}}"#), 3, None),
        (format!(r#"{{{one},"isLast":true,"totalPage":9}}"#), 1, None),
        (format!(r#"{{{one},"isLast":false}}"#), 1, Some(2)),
        (format!(r#"{{{one},"isLast":null,"totalPage":null}}"#), 1, None),
        (full, 1, Some(2)),
        // A vendor that promises more for ever.
        (format!(r#"{{{one},"isLast":false}}"#), 100, None),
        (format!(r#"{{{one},"isLast":false,"totalPage":4294967295}}"#), u32::MAX, None),
        (r#"{"allowedClusters":[],"isLast":false,"totalPage":9}"#.to_owned(), 1, None),
        (r#"{"allowedClusters":null,"disallowedClusters":null,"totalCount":0}"#.to_owned(), 1, None),
    ] {
        assert_eq!(listing(&ses(), &result, page).next, next, "{result} {page}");
        assert_eq!(listing(&cdss(), &result, page).next, next, "{result} {page}");
    }
}

#[test]
fn what_is_no_list_is_an_error_and_not_an_empty_one() {
    for (status, body, kind) in [
        (200, envelope("null"), ErrorKind::Malformed),
        (200, envelope("{}"), ErrorKind::Malformed),
        (200, envelope("[1]"), ErrorKind::Malformed),
        (200, r#"{"code":5,"message":"no"}"#.to_owned(), ErrorKind::Refused),
        (401, r#"{"error":{"errorCode":"210"}}"#.to_owned(), ErrorKind::Permission),
        (200, "<html>".to_owned(), ErrorKind::Malformed),
    ] {
        for endpoint in [ses(), cdss()] {
            let error = decode_list(&endpoint, &exchange(status, &body), 1).expect_err("no list");
            assert_eq!(error.kind, kind, "{body}");
        }
    }
}

#[test]
fn whose_a_key_is_is_asked_at_the_identity_host_of_the_zone() {
    let catalogue = Catalogue::built_in();
    for (site, region, host) in [
        (Site::Public, "JPN", "sts.apigw.ntruss.com"),
        (Site::Gov, "KRS", "sts.apigw.gov-ntruss.com"),
        (Site::Fin, "FKR", "sts.apigw.fin-ntruss.com"),
    ] {
        for service in [Service::NcpSearchEngine, Service::NcpDataStreaming] {
            let identity = catalogue.identity(service, site, region).expect("in the catalogue");
            let request = holder_request(identity).expect("a request");
            assert_eq!(line(identity, &request), format!("GET {host}/api/v1/caller-identity"));
        }
    }
}

#[test]
fn the_holder_of_a_key_is_told_bare_or_in_an_envelope() {
    let catalogue = Catalogue::built_in();
    let identity =
        catalogue.identity(Service::NcpSearchEngine, Site::Public, "KR").expect("in the catalogue");
    let read =
        |status, body: &str| decode_holder(identity, &exchange(status, body)).map_err(|error| error.kind);
    let user = |alias: Option<&str>, kind: Option<&str>| {
        Ok(Holder::User { alias: alias.map(str::to_owned), kind: kind.map(str::to_owned) })
    };
    let bare = r#"{"id":"u-1","loginAlias":"ops","userType":"Sub"}"#;
    assert_eq!(read(200, bare), user(Some("ops"), Some("Sub")));
    assert_eq!(read(200, &envelope(bare)), user(Some("ops"), Some("Sub")));
    assert_eq!(read(200, r#"{"id":17,"loginAlias":null,"userType":"Robot"}"#), user(None, Some("Robot")));
    assert_eq!(read(200, r#"{"loginAlias":""}"#), Err(ErrorKind::Malformed));
    assert_eq!(read(200, r#"{"code":9,"message":"no"}"#), Err(ErrorKind::Refused));
    let refused = r#"{"error":{"errorCode":"200","message":"Authentication Failed"}}"#;
    assert_eq!(read(401, refused), Err(ErrorKind::Signature));
}
