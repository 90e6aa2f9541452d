use super::super::service_failure;
use super::{ErrorKind::*, Provider, exchange, failed, failure, told};
use crate::error::ErrorKind;
use crate::model::Span;

fn gateway(code: &str, message: &str) -> String {
    format!(r#"{{"error":{{"errorCode":{code},"message":"{message}","details":"More."}}}}"#)
}

#[test]
fn every_code_of_the_gateway_has_its_kind() {
    let table: [(u16, &str, ErrorKind); 21] = [
        (400, "\"100\"", Refused),
        (401, "\"200\"", Signature),
        (401, "\"210\"", Permission),
        (403, "\"230\"", Permission),
        (404, "\"300\"", NotFound),
        (413, "\"430\"", Refused),
        (429, "\"400\"", Throttled),
        (429, "\"410\"", Throttled),
        (429, "\"420\"", Throttled),
        (503, "\"500\"", VendorDown),
        // Some products repeat the status, as a number, where 400 would otherwise mean a quota.
        (401, "401", Signature),
        (400, "400", Refused),
        (429, "429", Throttled),
        (503, "503", VendorDown),
        // The row of 504 names no code, and other codes are not listed.
        (504, "\"\"", VendorDown),
        (504, "\"510\"", VendorDown),
        (500, "\"900\"", VendorDown),
        (400, "\"999\"", Refused),
        (403, "\"\"", Permission),
        (200, "\"210\"", Permission),
        (200, "\"200\"", Signature),
    ];
    for (status, code, kind) in table {
        let error = failed(Provider::Ncp, status, &gateway(code, "Words"));
        assert_eq!(error.kind, kind, "{status} {code}");
        assert_eq!(error.status, Some(status));
        assert_eq!(error.message.as_deref(), Some("Words: More."));
    }
}

#[test]
fn a_refused_signature_is_a_matter_of_the_clock_from_five_minutes_on() {
    let body = gateway("\"200\"", "Authentication Failed");
    for (date, kind) in [
        ("Mon, 24 Mar 2025 08:09:41 GMT", Signature),
        ("Mon, 24 Mar 2025 08:14:40 GMT", Signature),
        ("Mon, 24 Mar 2025 08:14:41 GMT", Clock),
        ("Mon, 24 Mar 2025 08:04:41 GMT", Clock),
    ] {
        for body in [body.as_str(), "", "<html>"] {
            let error = failure(Provider::Ncp, &exchange(401, body, &[("date", date)])).unwrap();
            assert_eq!(error.kind, kind, "{date} {body}");
        }
        let denied = gateway("\"210\"", "Permission Denied");
        let error = failure(Provider::Ncp, &exchange(401, &denied, &[("date", date)])).unwrap();
        assert_eq!(error.kind, Permission);
    }
}

/// Status, body, and the kind, code and message that they tell.
type Row<'a> = (u16, &'a str, ErrorKind, Option<&'a str>, Option<&'a str>);

#[test]
fn every_other_shape_is_understood() {
    let table: [Row; 18] = [
        (
            401,
            r#"{"error":{"errorCode":"200","message":"Authentication Failed","details":"Authentication information are missing."}}"#,
            Signature,
            Some("200"),
            Some("Authentication Failed: Authentication information are missing."),
        ),
        // A key that does not exist has no words of its own.
        (
            401,
            r#"{"error":{"errorCode":"200","message":"Authentication Failed","details":"Invalid authentication information."}}"#,
            Signature,
            Some("200"),
            Some("Authentication Failed: Invalid authentication information."),
        ),
        (
            401,
            r#"{"error":{"errorCode":"210","message":"Permission Denied","details":"A subscription to the API is required."}}"#,
            Permission,
            Some("210"),
            Some("Permission Denied: A subscription to the API is required."),
        ),
        (401, r#"{"error":{"message":"Unauthorized"}}"#, Signature, None, Some("Unauthorized")),
        (
            404,
            r#"{"error":{"errorCode":"300","message":"Not Found Exception","details":null}}"#,
            NotFound,
            Some("300"),
            Some("Not Found Exception"),
        ),
        (400, r#"{"code":10139,"message":"Spec","result":null}"#, Refused, Some("10139"), Some("Spec")),
        (
            400,
            r#"{"code":"1","message":"Target version code is not allowed to be empty"}"#,
            Refused,
            Some("1"),
            Some("Target version code is not allowed to be empty"),
        ),
        (
            400,
            r#"{"code":1,"message":"OS 타입이 올바르지 않습니다."}"#,
            Refused,
            Some("1"),
            Some("OS 타입이 올바르지 않습니다."),
        ),
        (
            500,
            r#"{"code":1,"message":"Failed","stackTrace":"at com.example.Internal(Some.java:1)"}"#,
            VendorDown,
            Some("1"),
            Some("Failed"),
        ),
        (
            429,
            r#"{"responseError":{"returnCode":"410","returnMessage":"Slow"}}"#,
            Throttled,
            Some("410"),
            Some("Slow"),
        ),
        (
            400,
            r#"{"code":10154,"message":"no snapshot","result":null}"#,
            Refused,
            Some("10154"),
            Some("no snapshot"),
        ),
        (
            500,
            r#"{"code":3,"message":"Invalid Service Group Instance No","result":null}"#,
            NotFound,
            Some("3"),
            Some("Invalid Service Group Instance No"),
        ),
        (
            400,
            r#"{"responseError":{"returnCode":"800","returnMessage":"Wrong"}}"#,
            Refused,
            Some("800"),
            Some("Wrong"),
        ),
        (
            200,
            r#"{"responseError":{"returnCode":800,"returnMessage":"Wrong"}}"#,
            Refused,
            Some("800"),
            Some("Wrong"),
        ),
        (
            404,
            r#"{"timestamp":"2025-03-24","status":404,"error":"Not Found","message":"No route"}"#,
            NotFound,
            None,
            Some("No route"),
        ),
        (
            500,
            r#"{"status":500,"error":"Internal Server Error"}"#,
            VendorDown,
            None,
            Some("Internal Server Error"),
        ),
        (
            400,
            r#"{"code":1,"message":"<html><body>It is temporarily<br/>unavailable</body></html>"}"#,
            VendorDown,
            Some("1"),
            Some("It is temporarily unavailable"),
        ),
        (502, r"{}", VendorDown, None, None),
    ];
    for (status, body, kind, code, message) in table {
        assert_eq!(told(&failed(Provider::Ncp, status, body)), (kind, code, message), "{status} {body}");
    }
}

#[test]
fn an_envelope_with_http_200_is_left_to_its_adapter() {
    let refused = exchange(200, r#"{"code":3,"message":"Invalid Service Group Instance No"}"#, &[]);
    assert_eq!(failure(Provider::Ncp, &refused), None);
    let table = [
        ("Invalid Service Group Instance No", NotFound),
        ("serviceGroupInstanceNo does not exist", NotFound),
        ("serviceGroupInstanceNo is not allowed to be empty", Refused),
        ("numPartitions has an error : 0", Refused),
        ("It is temporarily unavailable.", VendorDown),
    ];
    for (message, kind) in table {
        let error = service_failure(&refused, 3, message, Some("id-1"));
        assert_eq!(told(&error), (kind, Some("3"), Some(message)));
        assert_eq!((error.status, error.request_id.as_deref()), (Some(200), Some("id-1")));
    }
}

#[test]
fn the_request_id_is_that_of_the_body_or_else_of_the_headers() {
    let headers = [("x-ncp-trace-id", "trace"), ("x-ncp-apigw-request-id", "gateway")];
    let with = |body: &str| failure(Provider::Ncp, &exchange(400, body, &headers)).unwrap().request_id;
    assert_eq!(with(r#"{"code":1,"message":"m","requestId":"service"}"#).as_deref(), Some("service"));
    assert_eq!(with(r#"{"code":1,"message":"m"}"#).as_deref(), Some("gateway"));
    assert_eq!(with("<html>").as_deref(), Some("gateway"));
}

#[test]
fn a_used_up_quota_is_waited_for_and_a_rate_is_left_to_the_poller() {
    let ten_minutes = Some(Span::minutes(10));
    for (status, code, stated, wait) in [
        (429, "\"400\"", None, ten_minutes),
        (429, "400", None, ten_minutes),
        (429, "\"400\"", Some("30"), Some(Span::seconds(30))),
        (429, "\"410\"", None, None),
        (429, "\"420\"", None, None),
        (429, "\"420\"", Some("7"), Some(Span::seconds(7))),
        (429, "429", None, None),
        (400, "400", None, None),
        (400, "\"100\"", None, None),
    ] {
        let headers: Vec<_> = stated.map(|seconds| ("retry-after", seconds)).into_iter().collect();
        let answer = exchange(status, &gateway(code, "Words"), &headers);
        assert_eq!(failure(Provider::Ncp, &answer).unwrap().retry_after, wait, "{status} {code} {stated:?}");
    }
}

#[test]
fn an_answer_is_read_as_what_it_is_and_not_as_what_its_header_says() {
    let headers = [("content-type", "text/plain;charset=UTF-8")];
    let error = failure(Provider::Ncp, &exchange(401, &gateway("\"210\"", "Permission Denied"), &headers));
    assert_eq!(error.map(|error| error.kind), Some(Permission));
}
