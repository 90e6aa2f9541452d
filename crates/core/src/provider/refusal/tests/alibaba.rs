use super::{ErrorKind::*, Provider, exchange, failed, failure, told};
use crate::error::ErrorKind;
use crate::model::Span;

#[test]
fn every_code_has_its_kind_in_either_case_of_the_names() {
    let table: [(u16, &str, ErrorKind); 30] = [
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
