//! One vendor at an address of its own, asked as the vendors' own clients ask.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use rollwatch_core::http::{Header, Method, Request};
use rollwatch_core::model::Provider;
use rollwatch_sim::{Cluster, account_of, vendor_router};
use std::net::SocketAddr;
use std::sync::Arc;
use support::clients::{alibaba_python, huawei_python};
use support::wire::{exchange, send, serve};
use support::*;

/// The address at which a cluster's region alone answers.
async fn address_of(cluster: &Cluster) -> SocketAddr {
    let clouds = Arc::new(clouds());
    serve(vendor_router(clouds, cluster.service, cluster.site, cluster.region)).await
}

/// The request for a cluster as a client sends it that knows the address and no host of the vendor.
fn addressed(cluster: &Cluster, address: SocketAddr) -> Request {
    let mut request = request(cluster);
    request.headers.retain(|header| header.name != "host");
    request.host = address.to_string();
    request.headers.push(Header::new("host", request.host.clone()));
    request
}

fn key_of(cluster: &Cluster) -> (&'static str, &'static str) {
    let account = account_of(cluster).expect("an owner");
    (account.access_key_id, account.secret)
}

fn with(mut request: Request, headers: &[(&str, &str)]) -> Request {
    request.headers.extend(headers.iter().map(|(name, value)| Header::new(name, *value)));
    request
}

const HUAWEI_DATE: &str = "20251120T005320Z";
const ALIBABA_DATE: &str = "2025-11-20T00:53:20Z";

#[tokio::test]
async fn every_vendor_answers_at_an_address_of_its_own() {
    for provider in Provider::ALL {
        let cluster = example(provider);
        let address = address_of(cluster).await;
        let request = addressed(cluster, address);
        let request = signed_by(request, provider, &credential(cluster), START);
        let answer = send(address, &request).await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{provider:?}: {answer}");
    }
}

#[tokio::test]
async fn the_router_chooses_the_region_and_the_host_is_still_what_was_signed() {
    let cluster = example(Provider::Alibaba);
    let address = address_of(cluster).await;
    let elsewhere = named("holo-erp");
    let request = signed_by(addressed(elsewhere, address), Provider::Alibaba, &credential(cluster), START);
    assert!(send(address, &request).await.contains(r#""Success":false"#), "another region's instance");
    let mut moved = signed_by(addressed(cluster, address), Provider::Alibaba, &credential(cluster), START);
    for header in moved.headers.iter_mut().filter(|header| header.name == "host") {
        header.value = "hologram.cn-hangzhou.aliyuncs.com".into();
    }
    assert!(send(address, &moved).await.contains("SignatureDoesNotMatch"));
}

#[tokio::test]
async fn the_identity_service_answers_at_the_same_address() {
    for (id, target) in
        [("1001", "/api/v1/caller-identity"), ("1101", "/api/v1/caller-identity"), ("", "/v3/projects")]
    {
        let cluster = if id.is_empty() { example(Provider::Huawei) } else { cluster(id) };
        let address = address_of(cluster).await;
        let mut request = addressed(cluster, address);
        (request.method, request.path, request.body) = (Method::Get, target.to_owned(), String::new());
        let request = signed_by(request, cluster.service.provider(), &credential(cluster), START);
        let answer = send(address, &request).await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{target}: {answer}");
    }
}

#[tokio::test]
async fn huaweis_python_client_is_understood() {
    let cluster = example(Provider::Huawei);
    let address = address_of(cluster).await;
    let more = [
        ("content-type", "application/json"),
        ("user-agent", "huaweicloud-usdk-python/3.0"),
        ("x-project-id", cluster.project),
    ];
    let unsigned = [("accept", "*/*"), ("accept-encoding", "gzip, deflate")];
    let mut request = with(addressed(cluster, address), &more);
    request.query = "limit=10&action_mode=UPGRADING&offset=1".into();
    let canonical = "action_mode=UPGRADING&limit=10&offset=1";
    huawei_python(&mut request, key_of(cluster), HUAWEI_DATE, canonical);
    let good = with(request.clone(), &unsigned);
    let answer = send(address, &good).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let mut forged = request;
    for header in forged.headers.iter_mut().filter(|header| header.name == "user-agent") {
        header.value = "another".into();
    }
    assert!(send(address, &forged).await.contains("verify aksk signature fail"));
    let mut without_hash = with(addressed(cluster, address), &[("x-sdk-content-sha256", "UNSIGNED-PAYLOAD")]);
    huawei_python(&mut without_hash, key_of(cluster), HUAWEI_DATE, "");
    let answer = send(address, &without_hash).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn alibabas_python_client_is_understood_and_a_plus_in_its_query_is_a_space() {
    let cluster = example(Provider::Alibaba);
    let address = address_of(cluster).await;
    let more = [
        ("accept", "application/json"),
        ("user-agent", "AlibabaCloud (Linux; x86_64) Python/3.11 Core/0.4.6 TeaDSL/2"),
        ("x-acs-credentials-provider", "static_ak"),
    ];
    let mut request = with(addressed(cluster, address), &more);
    alibaba_python(&mut request, key_of(cluster), (ALIBABA_DATE, "nonce-python-1"), "RegionId=cn-hangzhou");
    let answer = send(address, &request).await;
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("upgrading"), "{answer}");
    assert!(send(address, &request).await.contains("SignatureNonceUsed"));
    let mut spaced = with(addressed(cluster, address), &more);
    spaced.query = "RegionId=two+words".into();
    alibaba_python(&mut spaced, key_of(cluster), (ALIBABA_DATE, "nonce-python-2"), "RegionId=two%20words");
    let answer = send(address, &spaced).await;
    assert!(answer.contains("InstanceNotFound"), "signed rightly, and no such region: {answer}");
}

#[tokio::test]
async fn a_body_without_a_length_is_read() {
    let cluster = example(Provider::Ncp);
    let address = address_of(cluster).await;
    let request = signed_by(addressed(cluster, address), Provider::Ncp, &credential(cluster), START);
    let mut text = format!("POST {} HTTP/1.1\r\n", request.path);
    for header in &request.headers {
        text.push_str(&format!("{}: {}\r\n", header.name, header.value));
    }
    let (first, second) = request.body.split_at(7);
    text.push_str(&format!(
        "transfer-encoding: chunked\r\nconnection: close\r\n\r\n{:x}\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n",
        first.len(),
        second.len()
    ));
    let answer = exchange(address, &text).await;
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains(r#""code":0"#), "{answer}");
}

#[tokio::test]
async fn other_methods_and_other_calls_are_refused() {
    let cluster = example(Provider::Huawei);
    let address = address_of(cluster).await;
    for method in ["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"] {
        let text =
            format!("{method} /v1.0/p/clusters/c HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
        assert!(exchange(address, &text).await.starts_with("HTTP/1.1 405 "), "{method}");
    }
    let mut mutating = addressed(cluster, address);
    mutating.method = Method::Post;
    mutating.path = mutating.path.replace("/upgrade/detail", "/inst-type/all/image/upgrade");
    let mutating = signed_by(mutating, Provider::Huawei, &credential(cluster), START);
    assert!(send(address, &mutating).await.starts_with("HTTP/1.1 404 "));
}
