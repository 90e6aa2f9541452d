//! Every case of the vector files, stage by stage.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::{Prepared, alibaba, hmac_sha256, huawei, ncp};
use super::{credential, request};
use crate::http::Method;
use crate::model::{VendorTime, Zone};
use crate::sign::{AccessKey, Secret};

const NCP: &str = include_str!("../../../../../tests/fixtures/signing/ncp.json");
const HUAWEI: &str = include_str!("../../../../../tests/fixtures/signing/huawei.json");
const ALIBABA: &str = include_str!("../../../../../tests/fixtures/signing/alibaba.json");

#[derive(Deserialize)]
struct Vectors {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
pub(super) struct Case {
    pub name: String,
    credential: Key,
    pub timestamp: String,
    nonce: Option<String>,
    request: Sent,
    pub sign_headers: Vec<String>,
    pub expect: Expect,
}

#[derive(Deserialize)]
struct Key {
    access_key_id: String,
    secret_access_key: String,
    security_token: Option<String>,
}

#[derive(Deserialize)]
struct Sent {
    method: String,
    host: String,
    path: String,
    query: String,
    headers: BTreeMap<String, String>,
    body: String,
}

#[derive(Deserialize)]
pub(super) struct Expect {
    canonical_request: Option<String>,
    string_to_sign: String,
    pub signature: String,
    headers: BTreeMap<String, String>,
}

impl Case {
    /// The request; a method that this product never sends stands as POST, and is signed from `method()`.
    pub fn request(&self) -> crate::http::Request {
        let sent = &self.request;
        let method = if sent.method == "GET" { Method::Get } else { Method::Post };
        let headers: Vec<_> = sent.headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let mut request = request(method, &sent.path, &sent.query, &headers, &sent.body);
        request.host.clone_from(&sent.host);
        request
    }

    pub fn method(&self) -> &str {
        &self.request.method
    }

    pub fn credential(&self) -> AccessKey {
        let key = &self.credential;
        AccessKey {
            access_key_id: key.access_key_id.clone(),
            secret: Secret::new(key.secret_access_key.as_str()),
            security_token: key.security_token.as_deref().map(Secret::new),
        }
    }

    pub fn secret(&self) -> &str {
        &self.credential.secret_access_key
    }

    pub fn now(&self) -> crate::model::Timestamp {
        VendorTime::parse(&self.timestamp, Zone::Assumed(0)).expect("a time of the vectors").at
    }

    pub fn nonce(&self) -> &str {
        self.nonce.as_deref().unwrap_or_default()
    }

    fn holds(&self, prepared: Prepared) {
        let name = &self.name;
        assert_eq!(prepared.canonical_request, self.expect.canonical_request, "canonical request of {name}");
        assert_eq!(prepared.string_to_sign, self.expect.string_to_sign, "string to sign of {name}");
        assert_eq!(prepared.signed_headers, self.sign_headers, "signed headers of {name}");
        let mac = hmac_sha256(self.secret().as_bytes(), prepared.string_to_sign.as_bytes());
        let headers = prepared.finish(mac);
        assert!(headers.iter().any(|h| h.value.ends_with(&self.expect.signature)), "signature of {name}");
        let added: BTreeMap<_, _> = headers.iter().map(|h| (h.name.clone(), h.value.clone())).collect();
        assert_eq!(added.len(), headers.len(), "a header is added twice in {name}");
        assert_eq!(added, self.expect.headers, "added headers of {name}");
    }
}

fn cases(file: &str, count: usize) -> Vec<Case> {
    let vectors: Vectors = serde_json::from_str(file).expect("a vector file");
    assert_eq!(vectors.cases.len(), count);
    vectors.cases
}

pub(super) fn ncp_cases() -> Vec<Case> {
    cases(NCP, 10)
}

#[test]
fn every_naver_vector_holds() {
    for case in ncp_cases() {
        case.holds(ncp::prepare(&case.request(), &case.credential(), case.now()));
    }
}

#[test]
fn every_huawei_vector_holds() {
    let mut least = 0;
    for case in cases(HUAWEI, 18) {
        let (request, credential) = (case.request(), case.credential());
        let names = &case.sign_headers;
        case.holds(huawei::prepare_with(case.method(), &request, &credential, case.now(), names));
        if names.len() == 1 {
            case.holds(huawei::prepare(&request, &credential, case.now()));
            least += 1;
        }
    }
    assert_eq!(least, 4, "the cases that sign what this product signs");
}

#[test]
fn every_alibaba_vector_holds_and_all_of_them_sign_what_this_product_signs() {
    for case in cases(ALIBABA, 13) {
        let (request, credential) = (case.request(), case.credential());
        let (now, nonce, names) = (case.now(), case.nonce(), &case.sign_headers);
        case.holds(alibaba::prepare_with(case.method(), &request, &credential, now, nonce, names));
        case.holds(alibaba::prepare(&request, &credential, now, nonce));
    }
}

#[test]
fn huawei_signs_the_project_and_the_token_where_they_are_sent() {
    let request = request(Method::Get, "/v1.0/p", "", &[("x-project-id", "p"), ("accept", "*/*")], "");
    let credential = credential("AK", "SK", Some("TOKEN"));
    let now = crate::model::Timestamp::from_millis(1_672_885_419_000);
    let prepared = huawei::prepare(&request, &credential, now);
    assert_eq!(prepared.signed_headers, ["x-project-id", "x-sdk-date", "x-security-token"]);
}
