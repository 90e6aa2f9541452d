//! Who is let in: signatures, keys, clocks, nonces and locks.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use rollwatch_core::http::Header;
use rollwatch_core::model::{Provider, Span, Timestamp};
use rollwatch_core::sign::{AccessKey, Secret};
use rollwatch_sim::{CLUSTERS, Clouds, Cluster};
use support::*;

/// What the clouds say to a request that was signed with another secret, key or time.
fn refused(
    clouds: &Clouds,
    cluster: &Cluster,
    change: impl FnOnce(&mut AccessKey),
    at: Timestamp,
) -> (u16, String) {
    let mut key = credential(cluster);
    change(&mut key);
    let request = signed_by(request(cluster), cluster.service.provider(), &key, at);
    let answer = clouds.answer(&request).expect("an answer");
    (answer.status, answer.body)
}

fn nothing(_: &mut AccessKey) {}

fn other_secret(key: &mut AccessKey) {
    key.secret = Secret::new("not-the-secret");
}

fn other_key(key: &mut AccessKey) {
    key.access_key_id = "DEMO-NOBODY-KEY".to_owned();
}

#[test]
fn every_cluster_of_the_fleet_answers_its_owner_unless_its_story_is_that_it_does_not() {
    let clouds = clouds();
    for cluster in &CLUSTERS {
        let answer = ask(&clouds, cluster);
        let expected = match cluster.name {
            "css-kul-unreachable" => 502,
            "holo-tokyo-limited" => 400,
            _ => 200,
        };
        assert_eq!(answer.status, expected, "{}: {}", cluster.name, answer.body);
    }
}

#[test]
fn a_wrong_secret_is_refused_in_each_vendors_words() {
    let clouds = clouds();
    let now = START;
    let (status, text) = refused(&clouds, example(Provider::Ncp), other_secret, now);
    assert_eq!(status, 401);
    let told = serde_json::from_str::<serde_json::Value>(&text).expect("JSON");
    let details = "Invalid authentication information.";
    assert_eq!(
        told,
        serde_json::json!({"error": {"errorCode": "200", "message": "Authentication Failed", "details": details}})
    );
    let (status, text) = refused(&clouds, example(Provider::Huawei), other_secret, now);
    assert_eq!(status, 401);
    assert!(text.contains(r#""error_code":"APIGW.0301""#), "{text}");
    assert!(text.contains("verify aksk signature fail,canonicalRequest:GET|/v1.0/"), "{text}");
    let (status, text) = refused(&clouds, example(Provider::Alibaba), other_secret, now);
    assert_eq!(status, 400);
    assert!(text.contains(r#""Code":"SignatureDoesNotMatch""#), "{text}");
    assert!(text.contains(r"server StringToSign is [ACS3-HMAC-SHA256\n"), "{text}");
    assert!(text.contains(r"server CanonicalRequest is [GET\n/api/v1/instances/"), "{text}");
}

#[test]
fn a_request_that_was_changed_after_signing_is_refused() {
    let clouds = clouds();
    for provider in Provider::ALL {
        let mut request = signed(&clouds, example(provider));
        request.query = if request.query.is_empty() { "limit=10".into() } else { String::new() };
        let answer = clouds.answer(&request).expect("an answer");
        let expected = match provider {
            // NAVER's route has no query at all, so the gateway does not find it.
            Provider::Ncp => 404,
            Provider::Huawei => 401,
            Provider::Alibaba => 400,
        };
        assert_eq!(answer.status, expected, "{provider:?}: {}", answer.body);
    }
}

#[test]
fn an_unknown_key_is_told_apart_where_the_vendor_does_so() {
    let clouds = clouds();
    let of = |provider| refused(&clouds, example(provider), other_key, START);
    assert_eq!(of(Provider::Ncp).0, 401);
    let (status, text) = of(Provider::Huawei);
    assert_eq!(status, 401);
    assert!(text.contains("Get secretKey failed,ak:DEMO-NOBODY-KEY,err:ak not exist"), "{text}");
    let (status, text) = of(Provider::Alibaba);
    assert_eq!(status, 404);
    assert!(text.contains("InvalidAccessKeyId.NotFound"), "{text}");
}

#[test]
fn keys_of_one_site_open_no_other() {
    let clouds = clouds();
    let gov = cluster("2001");
    let public = credential(cluster("1001"));
    let request = signed_by(request(gov), Provider::Ncp, &public, START);
    assert_eq!(clouds.answer(&request).expect("an answer").status, 401);
    let otc = named("css-otc-logs");
    let huawei = credential(example(Provider::Huawei));
    let request = signed_by(support::request(otc), Provider::Huawei, &huawei, START);
    let answer = clouds.answer(&request).expect("an answer");
    assert!(answer.body.contains("APIG.0301"), "{}", answer.body);
}

#[test]
fn each_vendor_has_its_own_tolerance_for_clocks() {
    let clouds = clouds();
    let status = |provider, off: Span| {
        let back = refused(&clouds, example(provider), nothing, START.minus(off)).0;
        let ahead = refused(&clouds, example(provider), nothing, START.plus(off)).0;
        assert_eq!(back, ahead, "{provider:?}");
        back
    };
    assert_eq!(status(Provider::Ncp, Span::seconds(299)), 200);
    assert_eq!(status(Provider::Ncp, Span::seconds(300)), 401);
    assert_eq!(status(Provider::Huawei, Span::seconds(900)), 200);
    assert_eq!(status(Provider::Huawei, Span::seconds(901)), 401);
    assert_eq!(status(Provider::Alibaba, Span::seconds(900)), 200);
    assert_eq!(status(Provider::Alibaba, Span::seconds(901)), 400);
    let stale = |provider| refused(&clouds, example(provider), nothing, START.minus(Span::hours(1))).1;
    assert!(stale(Provider::Huawei).contains("signature expired"));
    assert!(stale(Provider::Alibaba).contains("InvalidTimeStamp.Expired"));
}

#[test]
fn only_alibaba_refuses_a_request_that_comes_twice() {
    let clouds = clouds();
    for provider in Provider::ALL {
        let request = signed(&clouds, example(provider));
        assert_eq!(clouds.answer(&request).expect("an answer").status, 200);
        let second = clouds.answer(&request).expect("an answer");
        if provider == Provider::Alibaba {
            assert_eq!(second.status, 400);
            assert_eq!(body(&second)["Code"], "SignatureNonceUsed");
        } else {
            assert_eq!(second.status, 200);
        }
    }
}

#[test]
fn five_wrong_signatures_in_a_row_lock_a_huawei_key_for_five_minutes() {
    let clouds = clouds();
    let cluster = example(Provider::Huawei);
    let wrong = || refused(&clouds, cluster, other_secret, clouds.clock().now()).1;
    for _ in 0..4 {
        assert!(wrong().contains("verify aksk signature fail"));
    }
    assert_eq!(ask(&clouds, cluster).status, 200, "four are not five, and a right one ends the row");
    for _ in 0..5 {
        assert!(wrong().contains("verify aksk signature fail"));
    }
    let locked = ask(&clouds, cluster);
    assert_eq!(locked.status, 401);
    assert!(locked.body.contains("AK access failed to reach the limit,forbidden"), "{}", locked.body);
    clouds.clock().advance(Span::seconds(299));
    assert_eq!(ask(&clouds, cluster).status, 401);
    clouds.clock().advance(Span::seconds(1));
    assert_eq!(ask(&clouds, cluster).status, 200);
}

#[test]
fn a_request_without_a_signature_is_told_that_it_has_none() {
    let clouds = clouds();
    let answer = |provider| clouds.answer(&request(example(provider))).expect("an answer");
    assert_eq!(body(&answer(Provider::Ncp))["error"]["details"], "Authentication information are missing.");
    assert_eq!(body(&answer(Provider::Huawei))["error_code"], "APIGW.0301");
    assert_eq!(body(&answer(Provider::Alibaba))["Code"], "IncompleteSignature");
}

#[test]
fn no_refusal_repeats_a_secret() {
    let clouds = clouds();
    for provider in Provider::ALL {
        let cluster = example(provider);
        let secret = rollwatch_sim::account_of(cluster).expect("an owner").secret;
        for text in [
            refused(&clouds, cluster, other_secret, START).1,
            refused(&clouds, cluster, other_key, START).1,
            refused(&clouds, cluster, nothing, START.minus(Span::hours(1))).1,
        ] {
            assert!(!text.contains(secret) && !text.contains("not-the-secret"), "{text}");
        }
    }
    assert!(!format!("{:?}", rollwatch_sim::ACCOUNTS).contains("not-a-real-key"));
    assert!(!format!("{clouds:?}").contains("not-a-real-key"));
}

#[test]
fn extra_headers_that_are_not_signed_do_no_harm() {
    let clouds = clouds();
    for provider in Provider::ALL {
        let mut request = signed(&clouds, example(provider));
        request.headers.push(Header::new("user-agent", "probe"));
        request.headers.push(Header::new("accept", "application/json"));
        assert_eq!(clouds.answer(&request).expect("an answer").status, 200, "{provider:?}");
    }
}
