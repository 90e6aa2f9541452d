//! Credentials that end: each vendor's kinds, what they open, and what the vendor says afterwards.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use rollwatch_core::http::{Header, Request};
use rollwatch_core::model::{Provider, Site, Span};
use rollwatch_core::sign::{AccessKey, Secret};
use rollwatch_sim::{Answer, Clouds, Pass, TEMPORARY, Temporary, clusters};
use serde_json::json;
use support::*;

fn kind(provider: Provider, site: Site, is_token: bool) -> &'static Temporary {
    let fits = |t: &&Temporary| {
        t.provider == provider && t.site == site && matches!(t.pass, Pass::AuthToken(_)) == is_token
    };
    TEMPORARY.iter().find(fits).expect("such a credential")
}

/// The request with what a temporary credential adds to it.
fn shown(clouds: &Clouds, temporary: &Temporary, mut request: Request) -> Request {
    match temporary.pass {
        Pass::AuthToken(token) => {
            request.headers.push(Header::new("x-auth-token", token));
            request
        }
        Pass::Key { access_key_id, secret, security_token } => {
            let key = AccessKey {
                access_key_id: access_key_id.to_owned(),
                secret: Secret::new(secret),
                security_token: security_token.map(Secret::new),
            };
            signed_by(request, temporary.provider, &key, clouds.clock().now())
        }
    }
}

fn answered(clouds: &Clouds, temporary: &Temporary, request: Request) -> Answer {
    clouds.answer(&shown(clouds, temporary, request)).expect("an answer")
}

fn example_at(temporary: &Temporary) -> Request {
    if temporary.site == Site::Otc {
        request(named("css-otc-logs"))
    } else {
        request(example(temporary.provider))
    }
}

#[test]
fn every_temporary_credential_opens_what_its_account_opens() {
    let clouds = clouds();
    for temporary in &TEMPORARY {
        let of_account = clusters().filter(|cluster| cluster.watch().account == temporary.account);
        for cluster in of_account.filter(|cluster| cluster.name.starts_with("css-o") || cluster.id == "1001")
        {
            let answer = answered(&clouds, temporary, request(cluster));
            assert_eq!(answer.status, 200, "{temporary:?} {}: {}", cluster.name, answer.body);
        }
        assert_eq!(answered(&clouds, temporary, example_at(temporary)).status, 200, "{temporary:?}");
    }
}

#[test]
fn a_temporary_key_opens_no_other_site() {
    let clouds = clouds();
    let otc = request(named("css-otc-logs"));
    for is_token in [false, true] {
        let public = kind(Provider::Huawei, Site::Public, is_token);
        assert_eq!(answered(&clouds, public, otc.clone()).status, 401);
    }
    let naver = kind(Provider::Ncp, Site::Public, false);
    assert_eq!(answered(&clouds, naver, request(cluster("2001"))).status, 401);
}

#[test]
fn each_vendor_says_in_its_own_words_that_the_time_is_over() {
    let clouds = clouds();
    clouds.clock().advance(Span::hours(12).scaled(0.9999));
    for temporary in &TEMPORARY {
        assert_eq!(answered(&clouds, temporary, example_at(temporary)).status, 200, "{temporary:?}");
    }
    clouds.clock().advance(Span::minutes(1));
    let over = |provider, site, is_token| {
        let temporary = kind(provider, site, is_token);
        let answer = answered(&clouds, temporary, example_at(temporary));
        (answer.status, answer.body)
    };
    let (status, text) = over(Provider::Ncp, Site::Public, false);
    assert!(status == 401 && text.contains("Invalid authentication information."), "{text}");
    let (status, text) = over(Provider::Huawei, Site::Public, false);
    assert!(status == 401 && text.contains("APIGW.0301") && text.contains("signature expired"), "{text}");
    let (status, text) = over(Provider::Huawei, Site::Public, true);
    assert!(status == 401 && text.contains("APIGW.0307"), "{text}");
    let (status, text) = over(Provider::Huawei, Site::Otc, true);
    assert!(status == 401 && text.contains("APIG.0307"), "{text}");
    let (status, text) = over(Provider::Alibaba, Site::Public, false);
    assert!(status == 400 && text.contains("InvalidSecurityToken.Expired"), "{text}");
    for provider in Provider::ALL {
        assert_eq!(ask(&clouds, example(provider)).status, 200, "a lasting key lasts");
    }
}

#[test]
fn a_wrong_token_and_a_missing_one_are_told() {
    let clouds = clouds();
    let with_token = |temporary: &Temporary, token: Option<&'static str>| match temporary.pass {
        Pass::Key { access_key_id, secret, .. } => {
            let pass = Pass::Key { access_key_id, secret, security_token: token };
            answered(&clouds, &Temporary { pass, ..*temporary }, example_at(temporary))
        }
        Pass::AuthToken(_) => {
            let pass = Pass::AuthToken(token.expect("a token"));
            answered(&clouds, &Temporary { pass, ..*temporary }, example_at(temporary))
        }
    };
    let alibaba = kind(Provider::Alibaba, Site::Public, false);
    let wrong = with_token(alibaba, Some("of-another-key"));
    assert_eq!(
        (wrong.status, &body(&wrong)["Code"]),
        (400, &json!("InvalidSecurityToken.MismatchWithAccessKey"))
    );
    let missing = with_token(alibaba, None);
    assert_eq!((missing.status, &body(&missing)["Code"]), (400, &json!("MissingSecurityToken")));
    let huawei = kind(Provider::Huawei, Site::Public, false);
    let wrong = with_token(huawei, Some("of-another-key"));
    assert!(wrong.status == 401 && wrong.body.contains("decrypt token fail"), "{}", wrong.body);
    let missing = with_token(huawei, None);
    assert!(missing.status == 401 && missing.body.contains("ak not exist"), "{}", missing.body);
    let token = kind(Provider::Huawei, Site::Public, true);
    let wrong = with_token(token, Some("nobody's"));
    assert_eq!((wrong.status, &body(&wrong)["error_code"]), (401, &json!("APIGW.0301")));
    assert!(wrong.body.contains("decrypt token fail"), "{}", wrong.body);
}

#[test]
fn wrong_signatures_lock_a_temporary_key_as_any_other_and_tokens_never() {
    let clouds = clouds();
    let wrong = |temporary: &Temporary| {
        let pass = match temporary.pass {
            Pass::Key { access_key_id, security_token, .. } => {
                Pass::Key { access_key_id, secret: "not-the-secret", security_token }
            }
            Pass::AuthToken(_) => Pass::AuthToken("nobody's"),
        };
        answered(&clouds, &Temporary { pass, ..*temporary }, example_at(temporary))
    };
    for (is_token, expected) in [(false, 401), (true, 200)] {
        let temporary = kind(Provider::Huawei, Site::Public, is_token);
        for _ in 0..5 {
            assert_eq!(wrong(temporary).status, 401);
        }
        assert_eq!(answered(&clouds, temporary, example_at(temporary)).status, expected);
    }
    assert_eq!(ask(&clouds, example(Provider::Huawei)).status, 200, "another key is not locked");
}

#[test]
fn naver_tells_a_temporary_key_apart() {
    let clouds = clouds();
    let asked = plain("ncp_search_engine~identity.public.KR", "/api/v1/caller-identity", None, None);
    let caller = answered(&clouds, kind(Provider::Ncp, Site::Public, false), asked);
    assert_eq!(body(&caller)["userType"], "Sub");
}

#[test]
fn a_refused_signature_echoes_the_token_that_was_signed_as_the_vendors_do() {
    let clouds = clouds();
    for (provider, token) in [
        (Provider::Huawei, "demo-huawei/security+token==not-a-real-key"),
        (Provider::Alibaba, "demo-alibaba/sts+token==not-a-real-key"),
    ] {
        let temporary = kind(provider, Site::Public, false);
        let Pass::Key { access_key_id, security_token, .. } = temporary.pass else { continue };
        let pass = Pass::Key { access_key_id, secret: "not-the-secret", security_token };
        let answer = answered(&clouds, &Temporary { pass, ..*temporary }, example_at(temporary));
        assert!(answer.body.contains(token), "{provider:?}: {}", answer.body);
    }
}

#[test]
fn no_temporary_secret_or_token_is_shown() {
    let clouds = clouds();
    let mut texts = vec![format!("{TEMPORARY:?}")];
    for hours in [0, 13] {
        clouds.clock().advance(Span::hours(hours));
        for temporary in &TEMPORARY {
            let request = shown(&clouds, temporary, example_at(temporary));
            texts.push(format!("{request:?}"));
            let answer = clouds.answer(&request).expect("an answer");
            texts.push(format!("{answer:?} {}", answer.body));
        }
    }
    texts.push(format!("{clouds:?} {:?}", clouds.requests()));
    for text in texts {
        assert!(!text.contains("not-a-real-key"), "{text}");
    }
}
