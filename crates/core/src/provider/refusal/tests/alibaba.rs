use super::{ErrorKind::*, Provider, exchange, failed, failure, told};
use crate::error::ErrorKind;
use crate::model::Span;

#[test]
fn every_code_has_its_kind_in_either_case_of_the_names() {
    let table: [(u16, &str, ErrorKind); 38] = [
        (400, "SignatureDoesNotMatch", Signature),
        (403, "SignatureDoesNotMatch", Signature),
        (400, "IncompleteSignature", Signature),
        (400, "InvalidTimeStamp.Expired", Clock),
        (400, "InvalidTimeStamp.Format", Refused),
        (400, "SignatureNonceUsed", Refused),
        (404, "InvalidAccessKeyId.NotFound", KeyUnknown),
        (400, "InvalidAccessKeyId.NotFound", KeyUnknown),
        (400, "InvalidAccessKeyId.Inactive", KeyUnknown),
        (404, "InvalidApi.NotFound", NotFound),
        (404, "InvalidAction.NotFound", NotFound),
        (404, "InvalidProduct.NotFound", NotFound),
        (404, "InvalidProtocol.NeedSsl", Refused),
        (400, "MissingRegionId", Refused),
        (403, "Forbidden.RAM", Permission),
        (403, "NoPermission", Permission),
        (403, "Forbidden", Permission),
        (403, "Forbidden.Unauthorized", Permission),
        (403, "NoPermission.RAM", Permission),
        (400, "InvalidSecurityToken", KeyExpired),
        (403, "InvalidSecurityToken.Expired", KeyExpired),
        (400, "MissingParameter", Refused),
        (404, "InvalidInstance.NotFound", NotFound),
        (503, "Throttling.User", Throttled),
        (400, "InvalidSecurityToken.Expired", KeyExpired),
        (400, "InvalidSecurityToken.Malformed", KeyExpired),
        (400, "InvalidSecurityToken.MismatchWithAccessKey", KeyExpired),
        (400, "MissingSecurityToken", KeyExpired),
        (500, "InternalError", VendorDown),
        (503, "ServiceUnavailable", VendorDown),
        (400, "Throttling", Throttled),
        (400, "Throttling.User", Throttled),
        (400, "Throttling.Api", Throttled),
        (400, "InstanceNotFound", NotFound),
        (400, "SomethingElse", Refused),
        (403, "SomethingElse", Permission),
        (429, "SomethingElse", Throttled),
        (502, "SomethingElse", VendorDown),
    ];
    for (status, code, kind) in table {
        for body in [
            format!(r#"{{"Code":"{code}","Message":"Words","RequestId":"r1","Recommend":"https://x"}}"#),
            format!(r#"{{"code":"{code}","message":"Words","requestId":"r1"}}"#),
            format!(
                "<?xml version='1.0'?><Error><RequestId>r1</RequestId><Code>{code}</Code><Message>Words</Message></Error>"
            ),
        ] {
            let error = failed(Provider::Alibaba, status, &body);
            assert_eq!(told(&error), (kind, Some(code), Some("Words")), "{status} {body}");
            assert_eq!(error.request_id.as_deref(), Some("r1"));
        }
    }
}

#[test]
fn the_header_marks_throttling_whatever_the_status() {
    let body = r#"{"Code":"SomethingElse","Message":"Words"}"#;
    for (wait, kind) in [("1500", Throttled), ("0", VendorDown), ("soon", VendorDown)] {
        for body in [body, "", "<html>"] {
            let answer = exchange(503, body, &[("x-acs-retry-after", wait), ("x-acs-request-id", "r2")]);
            let error = failure(Provider::Alibaba, &answer).unwrap();
            assert_eq!(error.kind, kind, "{wait} {body}");
            assert_eq!(error.request_id.as_deref(), Some("r2"));
        }
    }
    let answer = exchange(400, body, &[("x-acs-retry-after", "1500")]);
    assert_eq!(failure(Provider::Alibaba, &answer).unwrap().retry_after, Some(Span::millis(1500)));
}

#[test]
fn a_wait_in_the_gateways_own_header_is_kept_up_to_two_minutes() {
    let body = r#"{"Code":"Throttling.User","Message":"Words"}"#;
    for (header, value, wait) in [
        ("x-acs-retry-after", "1500", Some(Span::millis(1500))),
        ("x-acs-retry-after", "120000", Some(Span::seconds(120))),
        ("x-acs-retry-after", "120001", Some(Span::seconds(120))),
        ("x-acs-retry-after", "9223372036854775807", Some(Span::seconds(120))),
        ("x-acs-retry-after", "-1", None),
        ("retry-after", "7200", Some(Span::seconds(7200))),
    ] {
        let error = failure(Provider::Alibaba, &exchange(400, body, &[(header, value)])).unwrap();
        assert_eq!((error.kind, error.retry_after), (Throttled, wait), "{header}: {value}");
    }
}

#[test]
fn what_a_new_request_can_mend_may_heal_and_what_a_person_must_mend_may_not() {
    for (code, heals) in [
        ("SignatureNonceUsed", true),
        ("InvalidTimeStamp.Expired", true),
        ("Throttling.Api", true),
        ("InternalError", true),
        ("SignatureDoesNotMatch", false),
        ("InvalidAccessKeyId.Inactive", false),
        ("InvalidSecurityToken.Expired", false),
        ("Forbidden.RAM", false),
    ] {
        let error = failed(Provider::Alibaba, 400, &format!(r#"{{"Code":"{code}","Message":"Words"}}"#));
        assert_eq!(error.kind.may_heal(), heals, "{code}");
    }
}

#[test]
fn an_echoed_request_shows_no_token() {
    let echo = "GET|/api/v1/instances/hgx/upgrade/status|RegionId=cn-hangzhou|host:h\
        |x-acs-security-token:MARKED/with+chars==|x-acs-signature-nonce:0123456789abcdef||host|e3b0c442";
    for echo in [echo.to_owned(), echo.replace('|', "\\n")] {
        let message = format!(
            "Specified signature does not match our calculation. server StringToSign is \
             [ACS3-HMAC-SHA256|741c4164] server CanonicalRequest is [{echo}]"
        );
        for body in [
            format!(r#"{{"Code":"SignatureDoesNotMatch","Message":"{message}"}}"#),
            format!("<Error><Code>SignatureDoesNotMatch</Code><Message>{message}</Message></Error>"),
            format!(r#"{{"Success":false,"ErrorCode":"SignatureDoesNotMatch","ErrorMessage":"{message}"}}"#),
        ] {
            let error = format!("{:?}", failed(Provider::Alibaba, 400, &body));
            assert!(error.contains("does not match") && !error.contains("MARKED"), "{error}");
        }
    }
}

#[test]
fn only_success_decides_whether_the_service_refused() {
    let sample = r#"{"Success":true,"ErrorCode":"404","ErrorMessage":"Internal server error.","Data":[]}"#;
    for good in [sample, r#"{"Success":"true","ErrorCode":"null"}"#, r#"{"Data":null}"#] {
        assert_eq!(failure(Provider::Alibaba, &exchange(200, good, &[])), None, "{good}");
    }
    let table: [(&str, ErrorKind, Option<&str>, Option<&str>); 4] = [
        (
            r#"{"Success":false,"ErrorCode":"NoPermission","ErrorMessage":"Words","HttpStatusCode":"403"}"#,
            Permission,
            Some("NoPermission"),
            Some("Words"),
        ),
        (
            r#"{"Success":"False","ErrorCode":"404","ErrorMessage":"Words","HttpStatusCode":404}"#,
            NotFound,
            Some("404"),
            Some("Words"),
        ),
        (r#"{"Success":false,"ErrorCode":"null","ErrorMessage":""}"#, Refused, None, None),
        (r#"{"Success":false,"ErrorCode":null,"HttpStatusCode":"200"}"#, Refused, None, None),
    ];
    for (body, kind, code, message) in table {
        assert_eq!(told(&failed(Provider::Alibaba, 200, body)), (kind, code, message), "{body}");
    }
}
