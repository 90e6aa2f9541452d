//! What an account may not ask, what it may ask no more, and a zone that wants another request.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use rollwatch_core::model::Provider;
use rollwatch_core::sign::Secret;
use rollwatch_sim::{Answer, Clouds, Fault};
use serde_json::json;
use support::*;

fn with_fault(fault: Fault, provider: Provider) -> (Clouds, Answer) {
    let clouds = clouds();
    let cluster = example(provider);
    assert!(clouds.set_fault(cluster.id, Some(fault)));
    let answer = ask(&clouds, cluster);
    (clouds, answer)
}

#[test]
fn each_vendor_forbids_in_its_own_words() {
    let ncp = with_fault(Fault::Permission, Provider::Ncp).1;
    assert_eq!((ncp.status, &body(&ncp)["error"]["errorCode"]), (401, &json!("210")));
    let huawei = with_fault(Fault::Permission, Provider::Huawei).1;
    assert_eq!((huawei.status, &body(&huawei)["errCode"]), (403, &json!("CSS.0032")));
    let alibaba = with_fault(Fault::Permission, Provider::Alibaba).1;
    assert_eq!((alibaba.status, &body(&alibaba)["Code"]), (403, &json!("Forbidden.RAM")));
    assert_eq!(body(&alibaba)["AccessDeniedDetail"]["AuthAction"], "hologram:GetUpgradeStatus");
}

#[test]
fn a_quota_that_is_used_up_is_told_apart_where_the_vendor_does_so() {
    let ncp = with_fault(Fault::Quota, Provider::Ncp).1;
    assert_eq!((ncp.status, &body(&ncp)["error"]["errorCode"]), (429, &json!("400")));
    let huawei = with_fault(Fault::Quota, Provider::Huawei).1;
    assert_eq!((huawei.status, &body(&huawei)["error_code"]), (429, &json!("APIG.0308")));
    let alibaba = with_fault(Fault::Quota, Provider::Alibaba).1;
    assert_eq!((alibaba.status, &body(&alibaba)["Code"]), (400, &json!("Throttling.Api")));
}

#[test]
fn lists_and_supplements_may_be_forbidden_alone() {
    let project = example(Provider::Huawei).project;
    let cases = [
        (
            Provider::Ncp,
            "ncp_search_engine.public.KR",
            vec![
                ("/cluster/getSearchEngineVersionList".to_owned(), None, None),
                ("/cluster/getClusterInfoList".to_owned(), None, None),
                ("/cluster/getClusterNodeList/1001".to_owned(), None, None),
            ],
        ),
        (
            Provider::Huawei,
            "huawei_css.public.cn-north-4",
            vec![
                (format!("/v1.0/{project}/clusters"), None, None),
                (format!("/v1.0/{project}/clusters/{}", example(Provider::Huawei).id), None, None),
            ],
        ),
        (
            Provider::Huawei,
            "huawei_css~identity.public.cn-north-4",
            vec![("/v3/projects".to_owned(), None, None)],
        ),
        (
            Provider::Alibaba,
            "alibaba_hologres.public.cn-hangzhou",
            vec![
                ("/api/v1/instances".to_owned(), Some(json!({})), Some("ListInstances")),
                (format!("/api/v1/instances/{}", example(Provider::Alibaba).id), None, Some("GetInstance")),
            ],
        ),
    ];
    for (provider, endpoint, targets) in cases {
        let (clouds, answer) = with_fault(Fault::PermissionLists, provider);
        assert_eq!(answer.status, 200, "the operation itself may be asked for: {}", answer.body);
        for (target, wish, action) in targets {
            let asked = plain(endpoint, &target, wish, action);
            let expected = if provider == Provider::Ncp { 401 } else { 403 };
            assert_eq!(call(&clouds, asked.clone()).status, expected, "{target}");
            clouds.set_fault(example(provider).id, None);
            assert_eq!(call(&clouds, asked).status, 200, "{target}");
            clouds.set_fault(example(provider).id, Some(Fault::PermissionLists));
        }
    }
    let (clouds, _) = with_fault(Fault::PermissionLists, Provider::Huawei);
    let asked = plain("huawei_css~identity.public.cn-north-4", "/v3/projects", None, None);
    assert_eq!(
        body(&call(&clouds, asked))["error"]["code"],
        403,
        "the identity service has a shape of its own"
    );
    let elsewhere = plain("huawei_css~identity.public.cn-south-1", "/v3/projects", None, None);
    assert_eq!(call(&clouds, elsewhere).status, 200, "another region is not hit");
}

#[test]
fn whose_a_key_is_may_always_be_asked() {
    let (clouds, _) = with_fault(Fault::PermissionLists, Provider::Ncp);
    let asked = plain("ncp_search_engine~identity.public.KR", "/api/v1/caller-identity", None, None);
    assert_eq!(call(&clouds, asked).status, 200);
}

#[test]
fn a_cluster_that_is_listed_and_closed_answers_nothing() {
    let clouds = clouds();
    for id in ["1007", "1107"] {
        let answer = ask(&clouds, cluster(id));
        assert_eq!((answer.status, &body(&answer)["error"]["errorCode"]), (401, &json!("210")), "{id}");
    }
}

#[test]
fn each_zone_has_its_rule_about_the_number_of_the_region_and_a_fault_turns_it_round() {
    let public = ("ncp_search_engine.public.KR", "1001");
    let gov = ("ncp_search_engine.gov.KRS", "2001");
    let ask = |fault: Option<Fault>, (endpoint, id): (&str, &str), number: Option<serde_json::Value>| {
        let clouds = clouds();
        clouds.set_fault(id, fault);
        let mut wish = json!({ "serviceGroupInstanceNo": id });
        if let Some(number) = number {
            wish["regionNo"] = number;
        }
        let asked = plain(endpoint, "/cluster/getRollingUpgradeProgress", Some(wish), None);
        let told = body(&call(&clouds, asked));
        let refused = told["message"].as_str().is_some_and(|message| message.starts_with("regionNo "));
        assert_eq!(told["code"] == 0, !refused, "{told}");
        !refused
    };
    let number = || Some(json!("1"));
    assert!(ask(None, public, number()));
    assert!(ask(None, public, Some(json!(1))), "a client of another hand sends a number");
    assert!(!ask(None, public, Some(json!("7"))));
    assert!(!ask(None, public, None));
    assert!(ask(None, gov, None));
    assert!(!ask(None, gov, number()));
    let turned = Some(Fault::RegionNumber);
    assert!(!ask(turned, public, number()));
    assert!(ask(turned, public, None));
    assert!(!ask(turned, gov, None));
    assert!(ask(turned, gov, number()));
}

#[test]
fn the_further_calls_ask_for_a_signature_too() {
    let clouds = clouds();
    for (endpoint, target, status) in [
        ("ncp_search_engine.public.KR", "/cluster/getSearchEngineVersionList", 401),
        ("ncp_search_engine~identity.public.KR", "/api/v1/caller-identity", 401),
        ("ncp_data_streaming.public.KR", "/cluster/getCDSSVersionList", 401),
        ("huawei_css.public.cn-north-4", "/v1.0/6204a5bd270343b5885144cf9c8c158d/clusters", 401),
        ("huawei_css~identity.public.cn-north-4", "/v3/projects", 401),
    ] {
        let answer = clouds.answer(&plain(endpoint, target, None, None)).expect("an answer");
        assert_eq!(answer.status, status, "{target}");
    }
    let at = "alibaba_hologres.public.cn-hangzhou";
    let list = plain(at, "/api/v1/instances", Some(json!({})), Some("ListInstances"));
    assert_eq!(clouds.answer(&list).expect("an answer").status, 400);
}

#[test]
fn wrong_signatures_of_further_calls_lock_a_huawei_key_too() {
    let clouds = clouds();
    let cluster = example(Provider::Huawei);
    let mut key = credential(cluster);
    key.secret = Secret::new("not-the-secret");
    let project = cluster.project;
    let list = || plain("huawei_css.public.cn-north-4", &format!("/v1.0/{project}/clusters"), None, None);
    let projects = || plain("huawei_css~identity.public.cn-north-4", "/v3/projects", None, None);
    for asked in [list(), projects(), list(), projects(), list()] {
        let answer = clouds.answer(&signed_by(asked, Provider::Huawei, &key, START)).expect("an answer");
        assert!(answer.body.contains("verify aksk signature fail"), "{}", answer.body);
    }
    assert!(ask(&clouds, cluster).body.contains("AK access failed to reach the limit"));
}

#[test]
fn a_nonce_of_one_call_is_used_for_every_other() {
    let clouds = clouds();
    let at = "alibaba_hologres.public.cn-hangzhou";
    let list = plain(at, "/api/v1/instances", Some(json!({})), Some("ListInstances"));
    let cluster = example(Provider::Alibaba);
    let request = signed_by(list, Provider::Alibaba, &credential(cluster), START);
    assert_eq!(clouds.answer(&request).expect("an answer").status, 200);
    assert_eq!(body(&clouds.answer(&request).expect("an answer"))["Code"], "SignatureNonceUsed");
}
