//! What must give another signature, and what a verifier must refuse and why.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use super::super::{Credential, Mismatch, Secret, claim, hmac_sha256, ncp, sign, verify};
use super::{credential, request, vectors};
use crate::http::{Header, Method, Request};
use crate::model::{Provider, Timestamp};

const NOW: Timestamp = Timestamp::from_millis(1_742_803_781_000);

#[test]
fn every_usual_mistake_gives_naver_another_signature() {
    for case in vectors::ncp_cases() {
        let request = case.request();
        let millis = case.now().as_millis();
        let key = case.credential().access_key_id;
        let text = |method: &str, target: &str, timestamp: i64| {
            ncp::string_to_sign(method, target, &timestamp.to_string(), &key)
        };
        let right = text(case.method(), &request.target(), millis);
        let mac = |secret: &[u8], text: &str| hmac_sha256(secret, text.as_bytes());
        let secret = case.secret().as_bytes();
        assert_eq!(ncp::signature(mac(secret, &right)), case.expect.signature, "{}", case.name);

        let mut wrong = vec![
            ("lower-case method", mac(secret, &text("post", &request.target(), millis))),
            ("trailing newline", mac(secret, &format!("{right}\n"))),
            ("seconds", mac(secret, &text(case.method(), &request.target(), millis / 1000))),
        ];
        if let Ok(decoded) = STANDARD.decode(secret) {
            wrong.push(("decoded secret", mac(&decoded, &right)));
        }
        if !request.query.is_empty() {
            wrong.push(("query dropped", mac(secret, &text(case.method(), &request.path, millis))));
        }
        for (mistake, mac) in wrong {
            assert_ne!(ncp::signature(mac), case.expect.signature, "{mistake} in {}", case.name);
        }
        let url_safe = URL_SAFE.encode(mac(secret, &right));
        let has_two_alphabets = case.expect.signature.contains(['+', '/']);
        assert_eq!(url_safe != case.expect.signature, has_two_alphabets, "{}", case.name);
    }
}

fn signed(provider: Provider) -> Request {
    let headers: &[(&str, &str)] = match provider {
        Provider::Ncp => &[("content-type", "application/json")],
        Provider::Huawei => &[("x-project-id", "p1")],
        Provider::Alibaba => &[("x-acs-action", "GetUpgradeStatus"), ("content-type", "application/json")],
    };
    let mut request = request(Method::Post, "/v1/clusters/c%20d", "b=2&a=1", headers, "{}");
    let added = sign(provider, &request, &Credential::Key(holder()), NOW, "nonce-1");
    request.headers.extend(added);
    request
}

fn holder() -> super::AccessKey {
    credential("AKEXAMPLE", "an invented secret", Some("INVENTED/TOKEN=="))
}

const ALL: [Provider; 3] = [Provider::Ncp, Provider::Huawei, Provider::Alibaba];

fn date_header(provider: Provider) -> &'static str {
    match provider {
        Provider::Ncp => "x-ncp-apigw-timestamp",
        Provider::Huawei => "x-sdk-date",
        Provider::Alibaba => "x-acs-date",
    }
}

fn with(mut request: Request, name: &str, value: &str) -> Request {
    request.headers.retain(|header| header.name != name);
    request.headers.push(Header::new(name, value));
    request
}

fn without(mut request: Request, name: &str) -> Request {
    request.headers.retain(|header| header.name != name);
    request
}

#[test]
fn a_claim_names_the_key_and_the_instant() {
    for provider in ALL {
        let claim = claim(provider, &signed(provider)).unwrap();
        assert_eq!(claim.access_key_id, "AKEXAMPLE");
        assert_eq!(claim.signed_at, NOW);
        assert_eq!(verify(provider, &signed(provider), &holder()), Ok(()));
    }
}

#[test]
fn missing_and_malformed_headers_are_named() {
    for provider in ALL {
        let header = date_header(provider).to_owned();
        let missing = verify(provider, &without(signed(provider), &header), &holder());
        assert_eq!(missing, Err(Mismatch::Missing { header: header.clone() }));
        for bad in ["", "yesterday", "2025-03-24", "20251324T080941Z", "+1742803781000", "1742803781.0", "가"]
        {
            let malformed = verify(provider, &with(signed(provider), &header, bad), &holder());
            assert_eq!(malformed, Err(Mismatch::Malformed { header: header.clone() }), "{bad}");
        }
    }
    for provider in [Provider::Huawei, Provider::Alibaba] {
        for bad in [
            "",
            "Bearer x",
            "SDK-HMAC-SHA256",
            "ACS3-HMAC-SHA256 Credential=a",
            "SDK-HMAC-SHA256 Access=a, SignedHeaders=x-sdk-date",
        ] {
            let malformed = verify(provider, &with(signed(provider), "authorization", bad), &holder());
            assert_eq!(malformed, Err(Mismatch::Malformed { header: "authorization".to_owned() }), "{bad}");
        }
    }
}

#[test]
fn another_key_another_token_and_another_secret_are_told_apart() {
    for provider in ALL {
        let other_key = credential("AKOTHER", "an invented secret", Some("INVENTED/TOKEN=="));
        assert_eq!(verify(provider, &signed(provider), &other_key), Err(Mismatch::OtherKey));
        let mut other_secret = holder();
        other_secret.secret = Secret::new("an invented secrat");
        let refusal = verify(provider, &signed(provider), &other_secret);
        assert!(matches!(refusal, Err(Mismatch::OtherSignature(_))), "{refusal:?}");
        let no_token = credential("AKEXAMPLE", "an invented secret", None);
        let expected = if provider == Provider::Ncp { Ok(()) } else { Err(Mismatch::OtherToken) };
        assert_eq!(verify(provider, &signed(provider), &no_token), expected);
    }
}

#[test]
fn a_header_that_must_be_signed_and_is_not_is_named() {
    let added = with(signed(Provider::Alibaba), "x-acs-later", "1");
    let refusal = verify(Provider::Alibaba, &added, &holder());
    assert_eq!(refusal, Err(Mismatch::Unsigned { header: "x-acs-later".to_owned() }));
    let unsigned = "SDK-HMAC-SHA256 Access=AKEXAMPLE, SignedHeaders=x-project-id, Signature=0";
    let refusal =
        verify(Provider::Huawei, &with(signed(Provider::Huawei), "authorization", unsigned), &holder());
    assert_eq!(refusal, Err(Mismatch::Unsigned { header: "x-sdk-date".to_owned() }));
    let lost = without(signed(Provider::Huawei), "x-project-id");
    let refusal = verify(Provider::Huawei, &lost, &holder());
    assert_eq!(refusal, Err(Mismatch::Missing { header: "x-project-id".to_owned() }));
}

#[test]
fn the_explanation_holds_what_the_receiver_signed_and_its_debug_text_no_token() {
    let changed = with(signed(Provider::Huawei), "x-project-id", "p2");
    let Err(Mismatch::OtherSignature(expected)) = verify(Provider::Huawei, &changed, &holder()) else {
        panic!("a changed header was accepted");
    };
    let canonical = expected.canonical_request.clone().unwrap();
    assert!(
        canonical.contains("\nx-project-id:p2\n") && canonical.contains("INVENTED/TOKEN=="),
        "{canonical}"
    );
    assert!(expected.string_to_sign.starts_with("SDK-HMAC-SHA256\n20250324T080941Z\n"));
    assert!(!format!("{expected:?}").contains("INVENTED"));
}
