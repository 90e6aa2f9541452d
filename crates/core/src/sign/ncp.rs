//! NAVER Cloud Platform: API Gateway signature v2.
//!
//! Vendor page: "Ncloud API overview", headers of every API page, read 2026-10-22.
//!
//! What the page does not admit:
//! - neither the body nor any header is signed, whatever its sentence about encrypting the body says;
//! - the key is the text of the secret, not what it decodes to, although it looks like Base64;
//! - the signatures printed in its examples repeat over different paths, so they cannot be checked;
//! - a parameter without `=` is signed as it stands, which some of the vendor's own clients get wrong.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{AccessKey, Prepared};
use crate::http::{Header, Request};
use crate::model::{Provider, Timestamp};

pub(super) const TIMESTAMP: &str = "x-ncp-apigw-timestamp";
pub(super) const ACCESS_KEY: &str = "x-ncp-iam-access-key";
pub(super) const SIGNATURE: &str = "x-ncp-apigw-signature-v2";

pub(super) fn prepare<S>(request: &Request, credential: &AccessKey<S>, now: Timestamp) -> Prepared {
    let timestamp = now.as_millis().to_string();
    let method = request.method.as_str();
    Prepared {
        canonical_request: None,
        string_to_sign: string_to_sign(method, &request.target(), &timestamp, &credential.access_key_id),
        signed_headers: Vec::new(),
        headers: vec![
            Header::new(TIMESTAMP, timestamp),
            Header::new(ACCESS_KEY, credential.access_key_id.as_str()),
        ],
        access_key_id: credential.access_key_id.clone(),
        provider: Provider::Ncp,
    }
}

/// Three lines: method and literal target, epoch milliseconds as sent, access key.
pub(super) fn string_to_sign(method: &str, target: &str, timestamp: &str, access_key_id: &str) -> String {
    format!("{method} {target}\n{timestamp}\n{access_key_id}")
}

pub(super) fn finish(prepared: Prepared, mac: [u8; 32]) -> Vec<Header> {
    let mut headers = prepared.headers;
    headers.push(Header::new(SIGNATURE, signature(mac)));
    headers
}

pub(super) fn signature(mac: [u8; 32]) -> String {
    STANDARD.encode(mac)
}
