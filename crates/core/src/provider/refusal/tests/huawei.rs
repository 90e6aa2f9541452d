use super::{ErrorKind::*, Provider, exchange, failed, failure, told};
use crate::error::ErrorKind;
use crate::model::Span;

#[test]
fn every_code_of_the_service_has_its_kind() {
    let table: [(u16, &str, ErrorKind); 21] = [
        (400, "0001", Refused),
        (400, "0078", Refused),
        (202, "0011", Refused),
        (400, "0045", KeyExpired),
        (403, "0010", Permission),
        (403, "0021", Permission),
        (403, "0032", Permission),
        (400, "0051", Permission),
        (403, "5045", Permission),
        (403, "0015", NotFound),
        (400, "0047", NotFound),
        (404, "0002", NotFound),
        (404, "0016", NotFound),
        (404, "0022", NotFound),
        (404, "1103", NotFound),
        (404, "3027", NotFound),
        (500, "0005", VendorDown),
        (400, "0036", VendorDown),
        (500, "1004", VendorDown),
        (500, "9999", VendorDown),
        (400, "7777", Refused),
    ];
    for (status, number, kind) in table {
        let body = format!(r#"{{"errCode":"CSS.{number}","externalMessage":"CSS.{number} : Words"}}"#);
        let code = format!("CSS.{number}");
        let error = failed(Provider::Huawei, status, &body);
        assert_eq!(told(&error), (kind, Some(code.as_str()), Some("Words")), "{status} {number}");
    }
}

#[test]
fn every_code_of_the_gateway_has_its_kind_under_each_of_its_names() {
    let table: [(u16, &str, ErrorKind); 20] = [
        (404, "0101", NotFound),
        (400, "0201", Refused),
        (413, "0201", Refused),
        (414, "0201", Refused),
        (494, "0201", Refused),
        (502, "0201", VendorDown),
        (504, "0201", VendorDown),
        (401, "0301", Signature),
        (403, "0302", Permission),
        (401, "0303", Signature),
        (401, "0305", Signature),
        (403, "0306", Permission),
        (401, "0307", KeyExpired),
        (429, "0308", Throttled),
        (403, "0310", NotFound),
        (403, "0401", Permission),
        (403, "0402", Permission),
        (500, "0601", VendorDown),
        (503, "0613", VendorDown),
        (403, "0802", Permission),
    ];
    for (status, number, kind) in table {
        for prefix in ["APIGW", "APIG", "APIC"] {
            let body =
                format!(r#"{{"error_code":"{prefix}.{number}","error_msg":"Words","request_id":"r1"}}"#);
            let error = failed(Provider::Huawei, status, &body);
            assert_eq!(error.kind, kind, "{status} {prefix}.{number}");
            assert_eq!(error.request_id.as_deref(), Some("r1"));
        }
    }
}

#[test]
fn the_message_tells_what_a_refused_authentication_is() {
    let table = [
        ("Incorrect IAM authentication information: verify aksk signature fail", Signature),
        ("verify aksk signature fail,canonicalRequest:GET|/|token expires", Signature),
        ("Get secretKey failed,ak:AKEXAMPLE,err:ak not exist", KeyUnknown),
        ("AK access failed to reach the limit,forbidden", KeyUnknown),
        ("Incorrect IAM authentication information: decrypt token fail", KeyExpired),
        ("token expires", KeyExpired),
        ("calc ak sk signature fail:signature expired", Clock),
        ("Incorrect IAM authentication information", Signature),
    ];
    for (message, kind) in table {
        let body = format!(r#"{{"error_code":"APIGW.0301","error_msg":"{message}"}}"#);
        assert_eq!(failed(Provider::Huawei, 401, &body).kind, kind, "{message}");
    }
}

#[test]
fn throttling_waits_as_asked_and_else_as_the_vendor_advises() {
    let body = r#"{"error_code":"APIGW.0308","error_msg":"The throttling threshold has been reached: policy user over ratelimit,limit:10,time:1 second"}"#;
    let wait = |headers: &[(&str, &str)]| {
        let error = failure(Provider::Huawei, &exchange(429, body, headers)).unwrap();
        (error.kind, error.retry_after)
    };
    assert_eq!(wait(&[]), (Throttled, Some(Span::seconds(5))));
    assert_eq!(wait(&[("retry-after", "40")]), (Throttled, Some(Span::seconds(40))));
    assert_eq!(failed(Provider::Huawei, 429, "<html>").retry_after, Some(Span::seconds(5)));
    assert_eq!(failed(Provider::Huawei, 500, "<html>").retry_after, None);
}

#[test]
fn an_echoed_request_shows_no_token_of_either_kind() {
    for end in ["|", "\\n"] {
        let signed = ["x-auth-token:MARKED+SIGNED/TOKEN==", "x-security-token:MARKED0123456789"].join(end);
        let echo = ["GET", "/v1.0/p/clusters/", "", &signed, "", "x-auth-token;x-security-token"].join(end);
        for body in [
            format!(
                r#"{{"error_code":"APIGW.0301","error_msg":"verify aksk signature fail,canonicalRequest:{echo}"}}"#
            ),
            format!(r#"{{"error_code":"APIGW.0303","error_msg":"app auth fail: {echo}"}}"#),
            format!(r#"{{"errCode":"CSS.0045","externalMessage":"CSS.0045 : {echo}"}}"#),
            format!(r#"{{"error":{{"code":401,"message":"{echo}"}}}}"#),
        ] {
            let error = format!("{:?}", failed(Provider::Huawei, 401, &body));
            assert!(error.contains("/v1.0/p/clusters/") && !error.contains("MARKED"), "{error}");
        }
    }
}

#[test]
fn every_other_shape_is_understood() {
    let table: [(u16, &str, ErrorKind, Option<&str>); 5] = [
        (401, r#"{"error":{"code":401,"message":"Words","title":"Unauthorized"}}"#, Signature, Some("401")),
        (
            403,
            r#"{"code":"X.1","message":"Words","encoded_authorization_message":"e"}"#,
            Permission,
            Some("X.1"),
        ),
        (500, r#"{"errorCode":"X.2","errorMsg":"Words"}"#, VendorDown, Some("X.2")),
        (404, r#"{"error_code":"X.3","error_msg":"Words"}"#, NotFound, Some("X.3")),
        (400, r#"{"errCode":"X.4","externalMessage":"Words"}"#, Refused, Some("X.4")),
    ];
    for (status, body, kind, code) in table {
        assert_eq!(told(&failed(Provider::Huawei, status, body)), (kind, code, Some("Words")), "{body}");
    }
}

#[test]
fn an_answer_with_tasks_is_no_failure_and_the_header_names_the_request() {
    let good = exchange(200, r#"{"totalSize":0,"detailList":[]}"#, &[]);
    assert_eq!(failure(Provider::Huawei, &good), None);
    let page = exchange(500, "<html><h1>500</h1></html>", &[("x-request-id", "r2")]);
    assert_eq!(failure(Provider::Huawei, &page).unwrap().request_id.as_deref(), Some("r2"));
}
