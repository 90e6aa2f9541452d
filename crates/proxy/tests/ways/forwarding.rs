//! What reaches the vendor, and what comes back.

use crate::support::{CDSS, CSS, HOLO, HOLO_ACTION, Reply, SES, Vendor};
use crate::way::Door;

/// The lines of a head, with the names of its headers in lower case and in order.
fn lines(request: &str) -> Vec<String> {
    let head = request.split("\r\n\r\n").next().expect("a head");
    let plain = |line: &str| match line.split_once(": ") {
        Some((name, value)) => format!("{}: {value}", name.to_lowercase()),
        None => line.to_owned(),
    };
    let mut lines: Vec<String> = head.split("\r\n").map(plain).collect();
    lines[1..].sort();
    lines
}

#[tokio::test]
async fn target_and_body_reach_the_vendor_byte_for_byte() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Door::before(&vendor).await;
    let body = "{ \"serviceGroupInstanceNo\" : 1001 }\r\n\t가 ";
    assert_eq!(proxy.ask("POST", SES, "", body).await.status, 200);
    let target = format!("{CSS}?limit=%31%30&action_mode=AZ%5fMIGRATION&offset=");
    assert_eq!(proxy.ask("GET", &target, "", "").await.status, 200);
    let heard = vendor.heard();
    assert!(heard[0].starts_with("POST /api/v2/cluster/getRollingUpgradeProgress HTTP/1.1\r\n"), "{heard:?}");
    assert!(heard[0].ends_with(&format!("\r\n\r\n{body}")), "{heard:?}");
    let expected = "GET /v1.0/p1/clusters/c1/upgrade/detail?limit=%31%30&action_mode=AZ%5fMIGRATION&offset= HTTP/1.1\r\n";
    assert!(heard[1].starts_with(expected), "{heard:?}");
}

#[tokio::test]
async fn the_vendor_hears_its_own_host_and_the_listed_headers_only() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Door::before(&vendor).await;
    let own = format!("http://{}", proxy.at);
    let headers = format!(
        "Content-Type: application/json\r\nAccept: application/json\r\nAuthorization: A\r\nX-Sdk-Date: D\r\n\
         X-Security-Token: T\r\nX-Acs-Action: Q\r\nX-Ncp-Apigw-Timestamp: 1\r\nX-Ncp-Iam-Access-Key: K\r\n\
         X-Ncp-Apigw-Signature-V2: S\r\nOrigin: {own}\r\nReferer: {own}/#/board\r\nCookie: c=1\r\n\
         User-Agent: B\r\nAccept-Encoding: gzip, br\r\nAccept-Language: ko\r\nForwarded: for=1.2.3.4\r\n\
         X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Host: h\r\nX-Real-Ip: 1.2.3.4\r\nVia: 1.1 v\r\nTe: trailers\r\n\
         Upgrade: websocket\r\nSec-Fetch-Site: same-origin\r\nX-HTTP-Method-Override: DELETE\r\n"
    );
    assert_eq!(proxy.ask("POST", CDSS, &headers, "{}").await.status, 200);
    assert_eq!(
        lines(&vendor.heard()[0]),
        [
            "POST /api/v1/cluster/rollingRestartProgressCheck HTTP/1.1",
            "accept-encoding: identity",
            "accept: application/json",
            "authorization: A",
            "content-length: 2",
            "content-type: application/json",
            "host: clouddatastreamingservice.apigw.ntruss.com",
            "x-acs-action: Q",
            "x-ncp-apigw-signature-v2: S",
            "x-ncp-apigw-timestamp: 1",
            "x-ncp-iam-access-key: K",
            "x-sdk-date: D",
            "x-security-token: T",
        ]
    );
}

#[tokio::test]
async fn a_get_has_no_body_and_a_post_without_one_has_length_zero() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Door::before(&vendor).await;
    proxy.ask("GET", HOLO, HOLO_ACTION, "").await;
    proxy.ask("POST", SES, "", "").await;
    let heard = vendor.heard();
    let plain = [
        "accept-encoding: identity",
        "host: hologram.cn-hangzhou.aliyuncs.com",
        "x-acs-action: GetUpgradeStatus",
        "x-acs-version: 2022-06-01",
    ];
    assert_eq!(lines(&heard[0])[1..], plain);
    assert!(lines(&heard[1]).contains(&"content-length: 0".to_owned()), "{heard:?}");
}

#[tokio::test]
async fn identity_services_are_reached_under_their_own_hosts() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Door::before(&vendor).await;
    let huawei = "/proxy/huawei_css~identity.public.cn-north-4/v3/projects?name=cn-north-4";
    let naver = "/proxy/ncp_search_engine~identity.public.KR/api/v1/caller-identity";
    let headers = "X-Auth-Token: MARKED-token\r\nX-Ncp-Iam-Access-Key: MARKED-key\r\n";
    for target in [huawei, naver] {
        assert_eq!(proxy.ask("GET", target, headers, "").await.status, 200, "{target}");
    }
    let heard = vendor.heard();
    assert!(heard[0].starts_with("GET /v3/projects?name=cn-north-4 HTTP/1.1\r\n"), "{heard:?}");
    assert!(heard[1].starts_with("GET /api/v1/caller-identity HTTP/1.1\r\n"), "{heard:?}");
    for (request, host) in
        heard.iter().zip(["host: iam.cn-north-4.myhuaweicloud.com", "host: sts.apigw.ntruss.com"])
    {
        assert!(lines(request).contains(&host.to_owned()), "{request}");
        assert!(lines(request).contains(&"x-auth-token: MARKED-token".to_owned()), "{request}");
    }
}

#[tokio::test]
async fn lists_that_are_asked_by_post_pass_with_their_bodies() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Door::before(&vendor).await;
    let clusters = "/proxy/ncp_data_streaming.public.KR/api/v1/cluster/getClusterInfoList";
    let instances = "/proxy/alibaba_hologres.public.cn-hangzhou/api/v1/instances";
    let action = "X-Acs-Action: ListInstances\r\nX-Acs-Version: 2022-06-01\r\n";
    for (target, headers, body) in
        [(clusters, "", "{\"pageNo\":1,\"pageSize\":100}"), (instances, action, "{}")]
    {
        assert_eq!(proxy.ask("POST", target, headers, body).await.status, 200, "{target}");
        let heard = vendor.heard();
        assert!(
            heard.last().is_some_and(|request| request.ends_with(&format!("\r\n\r\n{body}"))),
            "{heard:?}"
        );
    }
}

#[tokio::test]
async fn the_page_hears_the_listed_headers_of_the_vendor_only() {
    let vendor = Vendor::start(Reply::json(
        "Date: Tue, 09 May 2023 06:48:28 GMT\r\nAge: 3\r\nRetry-After: 7\r\nX-Request-Id: r\r\n\
         X-Ncp-Apigw-Request-Id: n\r\nX-Ncp-Trace-Id: t\r\nX-Acs-Request-Id: a\r\nSet-Cookie: s=1\r\n\
         Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Credentials: true\r\nServer: x\r\n\
         Cache-Control: public, max-age=60\r\nContent-Security-Policy: default-src *\r\n\
         Strict-Transport-Security: max-age=9\r\nLink: <https://elsewhere.example/>\r\nRefresh: 0\r\n",
        "{\"ok\":true}",
    ))
    .await;
    let proxy = Door::before(&vendor).await;
    let answer = proxy.ask("POST", SES, "", "{}").await;
    assert_eq!((answer.status, answer.text()), (200, "{\"ok\":true}"));
    for (name, value) in [
        ("content-type", "application/json"),
        ("date", "Tue, 09 May 2023 06:48:28 GMT"),
        ("age", "3"),
        ("retry-after", "7"),
        ("x-request-id", "r"),
        ("x-ncp-apigw-request-id", "n"),
        ("x-ncp-trace-id", "t"),
        ("x-acs-request-id", "a"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    assert_ne!(answer.header("server"), Some("x"));
    for name in answer.names() {
        let dropped = ["set-cookie", "strict-transport-security", "link", "refresh"];
        assert!(!dropped.contains(&name) && !name.starts_with("access-control-"), "{name}");
    }
}

#[tokio::test]
async fn an_html_502_of_the_vendor_passes_as_it_is() {
    let page = "<html><body>Bad Gateway</body></html>";
    let vendor = Vendor::start(Reply::text(&format!(
        "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{page}",
        page.len()
    )))
    .await;
    let proxy = Door::before(&vendor).await;
    let answer = proxy.ask("POST", SES, "", "{}").await;
    assert_eq!((answer.status, answer.text()), (502, page));
    assert_eq!(answer.header("content-type"), Some("text/html"));
    assert_eq!(answer.reason(), None);
}

#[tokio::test]
async fn a_redirect_is_passed_without_its_location_and_never_followed() {
    let vendor = Vendor::start(Reply::text(
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
    ))
    .await;
    let proxy = Door::before(&vendor).await;
    let answer = proxy.ask("POST", SES, "", "{}").await;
    assert_eq!((answer.status, answer.header("location")), (307, None));
    assert_eq!(vendor.heard().len(), 1);
}
