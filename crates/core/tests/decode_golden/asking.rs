//! What is asked, byte for byte.

use proptest::prelude::*;
use rollwatch_core::error::{ErrorKind, PollError};
use rollwatch_core::http::{Method, Request};
use rollwatch_core::model::{OperationKind, Service, Watch};
use rollwatch_core::provider::{Background, Catalogue, Purpose, request};

use crate::scenario::watch;

fn ask(key: &str) -> Result<Request, PollError> {
    let watch = watch(key).expect("a watch key");
    let catalogue = Catalogue::built_in();
    let endpoint = catalogue.find(watch.service, watch.site, &watch.region).expect("in the catalogue");
    request(&watch, endpoint, &Background::default())
}

/// Everything of a request in one text.
fn asked(key: &str) -> String {
    let request = ask(key).expect("a request");
    let mut text = format!("{} {}{}\n", request.method.as_str(), request.host, request.target());
    for header in &request.headers {
        text += &format!("{}: {}\n", header.name, header.value);
    }
    text + &request.body
}

#[test]
fn the_search_engine_is_asked_with_the_number_of_a_public_region() {
    let public = |path: &str, region: &str| {
        format!(
            "POST vpcsearchengine.apigw.ntruss.com/api/{path}/cluster/getRollingUpgradeProgress\n\
             content-type: application/json\n\
             {{\"serviceGroupInstanceNo\":\"1001\",\"regionNo\":\"{region}\"}}"
        )
    };
    assert_eq!(asked("ncp_search_engine/public/KR//1001/upgrade"), public("v2", "1"));
    assert_eq!(asked("ncp_search_engine/public/SGN//1001/upgrade"), public("sgn-v2", "7"));
    assert_eq!(asked("ncp_search_engine/public/JPN//1001/upgrade"), public("jpn-v2", "8"));
}

#[test]
fn the_search_engine_of_other_zones_is_asked_without_a_region_number() {
    let zone = |host: &str, path: &str| {
        format!(
            "POST {host}/api/{path}/cluster/getRollingUpgradeProgress\n\
             content-type: application/json\n\
             {{\"serviceGroupInstanceNo\":\"1001\"}}"
        )
    };
    let gov = "vpcsearchengine.apigw.gov-ntruss.com";
    assert_eq!(asked("ncp_search_engine/gov/KR//1001/upgrade"), zone(gov, "v2"));
    assert_eq!(asked("ncp_search_engine/gov/KRS//1001/upgrade"), zone(gov, "krs-v2"));
    let fin = "fin-vpcsearchengine.apigw.fin-ntruss.com";
    assert_eq!(asked("ncp_search_engine/fin/FKR//1001/upgrade"), zone(fin, "v2"));
}

#[test]
fn data_streaming_is_asked_with_a_number() {
    assert_eq!(
        asked("ncp_data_streaming/public/SGN//2001/restart"),
        "POST clouddatastreamingservice.apigw.ntruss.com/api/sgn-v1/cluster/rollingRestartProgressCheck\n\
         content-type: application/json\n\
         {\"serviceGroupInstanceNo\":2001}"
    );
    assert_eq!(
        asked("ncp_data_streaming/fin/FKR//2001/precheck"),
        "POST fin-clouddatastreamingservice.apigw.fin-ntruss.com/api/v1/cluster/rollingRestartPreCheck\n\
         content-type: application/json\n\
         {\"serviceGroupInstanceNo\":2001}"
    );
}

#[test]
fn huawei_is_asked_with_nothing_but_the_mode_and_its_project() {
    let path = "GET css.cn-north-4.myhuaweicloud.com/v1.0/6204a5bd/clusters/ea244205-d641/upgrade/detail";
    let project = "x-project-id: 6204a5bd\n";
    assert_eq!(
        asked("huawei_css/public/cn-north-4/6204a5bd/ea244205-d641/upgrade"),
        format!("{path}\n{project}")
    );
    assert_eq!(
        asked("huawei_css/public/cn-north-4/6204a5bd/ea244205-d641/az-migration"),
        format!("{path}?action_mode=AZ_MIGRATION\n{project}")
    );
}

#[test]
fn hologres_is_asked_with_its_action_and_version() {
    assert_eq!(
        asked("alibaba_hologres/public/cn-hangzhou//hgprecn-cn-uqm30ptv6004/upgrade"),
        "GET hologram.cn-hangzhou.aliyuncs.com/api/v1/instances/hgprecn-cn-uqm30ptv6004/upgrade/status\
         ?RegionId=cn-hangzhou\n\
         x-acs-action: GetUpgradeStatus\n\
         x-acs-version: 2022-06-01\n\
         accept: application/json\n"
    );
}

#[test]
fn a_watch_that_cannot_be_asked_names_its_bad_field() {
    let bad = |key: &str| ask(key).expect_err("no request");
    for (key, field) in [
        ("ncp_search_engine/public/KR///upgrade", "cluster"),
        ("ncp_search_engine/public/KR//10\"01/upgrade", "cluster"),
        ("ncp_data_streaming/public/KR//kafka/restart", "cluster"),
        ("ncp_data_streaming/public/KR//-5/precheck", "cluster"),
        ("ncp_data_streaming/public/KR//99999999999999999999/precheck", "cluster"),
        ("huawei_css/public/cn-north-4//c/upgrade", "project"),
        ("huawei_css/public/cn-north-4/../c/upgrade", "project"),
        ("huawei_css/public/cn-north-4/p/c?x/upgrade", "cluster"),
        ("alibaba_hologres/public/cn-hangzhou//hg%2f/upgrade", "cluster"),
        ("alibaba_hologres/public/cn-hangzhou//hgx/restart", "operation"),
    ] {
        assert_eq!(bad(key), PollError::field(ErrorKind::BadWatch, field), "{key}");
    }
}

#[test]
fn every_request_of_every_endpoint_has_a_route_and_names_its_endpoint() {
    let catalogue = Catalogue::built_in();
    for endpoint in catalogue.endpoints().iter().filter(|e| e.purpose == Purpose::Service) {
        for operation in endpoint.service.operations() {
            let watch = Watch {
                service: endpoint.service,
                operation: *operation,
                site: endpoint.site,
                region: endpoint.region.clone(),
                project: "p1".to_owned(),
                cluster: "1001".to_owned(),
                account: String::new(),
            };
            let request = request(&watch, endpoint, &Background::default()).expect("a request");
            let route = endpoint.route(request.method, &request.target()).expect("a route");
            assert!(route.operations.contains(operation));
            assert_eq!(request.endpoint, endpoint.id());
            assert_eq!(request.host, endpoint.host);
            assert_eq!(request.body.is_empty(), request.method == Method::Get);
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_typed_the_request_has_a_route_or_there_is_none(cluster in ".{0,40}", project in ".{0,40}") {
        let catalogue = Catalogue::built_in();
        for service in Service::ALL {
            let endpoint = catalogue.endpoints().iter().find(|e| e.service == service).expect("in the catalogue");
            for operation in OperationKind::ALL {
                let watch = Watch {
                    service,
                    operation,
                    site: endpoint.site,
                    region: endpoint.region.clone(),
                    project: project.clone(),
                    cluster: cluster.clone(),
                    account: String::new(),
                };
                if let Ok(request) = request(&watch, endpoint, &Background::default()) {
                    prop_assert!(endpoint.route(request.method, &request.target()).is_ok());
                }
            }
        }
    }
}
