use proptest::prelude::*;

use super::super::service_failure;
use super::{ALL, ErrorKind::*, Provider, exchange, failed, failure, told};
use crate::error::ErrorKind;
use crate::model::Span;
use crate::provider::{PROXY_ERROR_HEADER, ProxyReason};

#[test]
fn the_proxys_own_errors_come_before_the_vendors() {
    for reason in ProxyReason::ALL {
        let kind = match reason {
            ProxyReason::UnknownEndpoint
            | ProxyReason::RouteNotAllowed
            | ProxyReason::OriginNotAllowed
            | ProxyReason::BadRequest => ProxyRefused,
            ProxyReason::VendorUnreachable | ProxyReason::VendorTimeout => VendorUnreachable,
            ProxyReason::AnswerTooLarge => Malformed,
            ProxyReason::Overloaded => ProxyBusy,
        };
        let body = format!(r#"{{"error":"{}","message":"Do this."}}"#, reason.code());
        let headers = [(PROXY_ERROR_HEADER, reason.code()), ("retry-after", "7")];
        for provider in ALL {
            let error = failure(provider, &exchange(reason.status(), &body, &headers)).unwrap();
            assert_eq!(told(&error), (kind, Some(reason.code()), Some("Do this.")));
            assert_eq!((error.status, error.retry_after), (Some(reason.status()), Some(Span::seconds(7))));
        }
    }
    let newer = exchange(403, "", &[(PROXY_ERROR_HEADER, "some-new-reason")]);
    assert_eq!(told(&failure(Provider::Ncp, &newer).unwrap()), (ProxyRefused, Some("some-new-reason"), None));
}

#[test]
fn an_answer_that_is_not_the_vendors_api_says_nothing_of_the_cluster() {
    for provider in ALL {
        for body in ["", "<html><body>502 Bad Gateway</body></html>", "null", "[1]", "{\"cut", "\"text\""] {
            for (status, kind) in [
                (302, VendorDown),
                (401, Signature),
                (403, VendorDown),
                (404, VendorDown),
                (429, Throttled),
                (500, VendorDown),
                (502, VendorDown),
                (504, VendorDown),
            ] {
                assert_eq!(told(&failed(provider, status, body)), (kind, None, None), "{status} {body}");
            }
            for status in [200, 202, 204] {
                let error = failed(provider, status, body);
                assert_eq!(
                    (error.kind, error.field.as_deref()),
                    (Malformed, Some("body")),
                    "{status} {body}"
                );
            }
        }
    }
}

#[test]
fn an_object_that_names_no_code_is_judged_by_its_status() {
    let table: [(u16, ErrorKind); 7] = [
        (400, Refused),
        (401, Signature),
        (403, Permission),
        (404, NotFound),
        (429, Throttled),
        (500, VendorDown),
        (304, VendorDown),
    ];
    for provider in ALL {
        for (status, kind) in table {
            assert_eq!(told(&failed(provider, status, "{}")), (kind, None, None), "{status}");
        }
    }
}

#[test]
fn a_token_in_a_complaint_appears_nowhere_in_the_error() {
    const TOKEN: &str = "MARKED/invented+0123456789abcdef==";
    let echo =
        format!("|host:h|x-security-token:{TOKEN}|x-acs-security-token:{TOKEN}||x-security-token|e3b0");
    let lines = echo.replace('|', "\\n");
    let bodies = [
        (
            Provider::Ncp,
            401,
            format!(
                r#"{{"error":{{"errorCode":"200","message":"Authentication Failed","details":"token={TOKEN}"}}}}"#
            ),
        ),
        (Provider::Ncp, 400, format!(r#"{{"code":3,"message":"bad {echo}","requestId":"token:{TOKEN}"}}"#)),
        (
            Provider::Ncp,
            400,
            format!(r#"{{"responseError":{{"returnCode":"token:{TOKEN}","returnMessage":"{lines}"}}}}"#),
        ),
        (
            Provider::Huawei,
            401,
            format!(
                r#"{{"error_code":"APIGW.0301","error_msg":"verify aksk signature fail,canonicalRequest:GET|/{echo}"}}"#
            ),
        ),
        (Provider::Huawei, 401, format!(r#"{{"error_code":"APIGW.0303","error_msg":"canonical {lines}"}}"#)),
        (
            Provider::Huawei,
            400,
            format!(r#"{{"errCode":"CSS.0045","externalMessage":"CSS.0045 : token {TOKEN} is wrong"}}"#),
        ),
        (
            Provider::Alibaba,
            400,
            format!(
                r#"{{"Code":"SignatureDoesNotMatch","Message":"server CanonicalRequest is [GET{lines}]"}}"#
            ),
        ),
        (
            Provider::Alibaba,
            400,
            format!("<Error><Code>SignatureDoesNotMatch</Code><Message>[GET{echo}]</Message></Error>"),
        ),
        (
            Provider::Alibaba,
            200,
            format!(r#"{{"Success":false,"ErrorCode":"E","ErrorMessage":"security token: {TOKEN}"}}"#),
        ),
        (Provider::Alibaba, 502, format!("<html>x-acs-security-token:{TOKEN}</html>")),
    ];
    for (provider, status, body) in bodies {
        let shown = format!("{:?}", failed(provider, status, &body));
        assert!(!shown.contains("MARKED") && !shown.contains("invented"), "{shown}");
    }
    let service = service_failure(&exchange(200, "{}", &[]), 9, &echo, Some("r"));
    assert!(!format!("{service:?}").contains("MARKED"), "{service:?}");
    let proxy =
        exchange(400, &format!(r#"{{"message":"token={TOKEN}"}}"#), &[(PROXY_ERROR_HEADER, "bad-request")]);
    assert!(!format!("{:?}", failure(Provider::Ncp, &proxy)).contains("MARKED"));
}

/// Bodies near the vendors' shapes: their names with values of any type.
fn near_bodies() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        Just("error"),
        Just("errorCode"),
        Just("message"),
        Just("details"),
        Just("code"),
        Just("result"),
        Just("responseError"),
        Just("errCode"),
        Just("externalMessage"),
        Just("error_code"),
        Just("Code"),
        Just("Message"),
        Just("Success"),
        Just("ErrorCode"),
        Just("HttpStatusCode"),
        Just("requestId"),
    ];
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<i64>().prop_map(|n| n.to_string()),
        any::<bool>().prop_map(|flag| flag.to_string()),
        "[A-Za-z.<>/ :=0-9가]{0,20}".prop_map(|text| format!("{text:?}")),
    ];
    leaf.prop_recursive(3, 12, 4, move |inner| {
        let fields = prop::collection::vec((name.clone(), inner), 0..4);
        fields.prop_map(|fields| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name:?}:{value}")).collect();
            format!("{{{}}}", fields.join(","))
        })
    })
}

proptest! {
    #[test]
    fn no_answer_panics_and_every_bad_status_is_a_failure(
        status in 100..1000_u16,
        body in prop_oneof![any::<String>(), near_bodies(), "<Error><Code>.{0,9}(</Code>)?.{0,20}"],
        (name, value) in ("(date|age|retry-after|x-acs-retry-after|x-request-id)", ".{0,30}"),
    ) {
        for provider in ALL {
            let failure = failure(provider, &exchange(status, &body, &[(&name, &value)]));
            prop_assert!(failure.is_some() || (200..300).contains(&status), "{} {}", status, body);
        }
    }
}
