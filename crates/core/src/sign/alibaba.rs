//! Alibaba Cloud: the V3 signature, ACS3-HMAC-SHA256.
//!
//! Vendor page: "V3 request structure and signature", read 2026-11-20.
//!
//! What the page does not admit:
//! - its clients disagree about which headers they sign; the server takes the list from the request;
//! - its clients disagree about names in a query, so names are encoded here as values are;
//! - one of its clients writes a space in a query as `+` and signs it as `%20`;
//! - the host is signed, and it must be the vendor's own and not that of a proxy in between;
//! - the error for a bad signature echoes every signed header, a security token included.

use super::{AccessKey, Prepared, canonical, hex, sha256_hex};
use crate::http::{Header, Request};
use crate::model::{Provider, Timestamp};

pub(super) const ALGORITHM: &str = "ACS3-HMAC-SHA256";
pub(super) const DATE: &str = "x-acs-date";
pub(super) const NONCE: &str = "x-acs-signature-nonce";
pub(super) const CONTENT_HASH: &str = "x-acs-content-sha256";
pub(super) const TOKEN: &str = "x-acs-security-token";

pub(super) fn prepare<S>(
    request: &Request,
    credential: &AccessKey<S>,
    now: Timestamp,
    nonce: &str,
) -> Prepared {
    let added = added(request, credential, now, nonce);
    let names = request.headers.iter().chain(&added).map(|header| header.name.as_str());
    let names = canonical::sorted(names.filter(|name| must_sign(name)).chain(["host"]).map(str::to_owned));
    prepare_with(request.method.as_str(), request, credential, now, nonce, &names)
}

/// Whether the vendor requires a header to be signed where it is sent. The host always is.
pub(super) fn must_sign(name: &str) -> bool {
    name == "content-type" || name.starts_with("x-acs-")
}

/// Signs the headers `names`, which are sorted; one that the request lacks counts as empty.
pub(super) fn prepare_with<S>(
    method: &str,
    request: &Request,
    credential: &AccessKey<S>,
    now: Timestamp,
    nonce: &str,
    names: &[String],
) -> Prepared {
    let headers = added(request, credential, now, nonce);
    let (canonical_request, string_to_sign) =
        stages(method, &canonical::with_headers(request, &headers), names);
    Prepared {
        canonical_request: Some(canonical_request),
        string_to_sign,
        signed_headers: names.to_vec(),
        headers,
        access_key_id: credential.access_key_id.clone(),
        provider: Provider::Alibaba,
    }
}

fn added<S>(request: &Request, credential: &AccessKey<S>, now: Timestamp, nonce: &str) -> Vec<Header> {
    let mut headers = vec![
        Header::new(DATE, now.iso()),
        Header::new(NONCE, nonce),
        Header::new(CONTENT_HASH, sha256_hex(request.body.as_bytes())),
    ];
    headers.extend(credential.security_token.iter().map(|token| Header::new(TOKEN, token.expose())));
    headers
}

/// The canonical request and the string to sign of a request that has all its headers. The path is taken as
/// it is sent: a slash within an id is `%2F` there, and stays so. `+` in a query is a space, as the vendor's
/// Python client writes it.
pub(super) fn stages(method: &str, complete: &Request, names: &[String]) -> (String, String) {
    let query = complete.query.replace('+', "%20");
    let complete = &Request { query, ..complete.clone() };
    let path = if complete.path.is_empty() { "/" } else { &complete.path };
    let payload = sha256_hex(complete.body.as_bytes());
    let canonical_request = canonical::request(method, path, complete, names, &payload);
    let string_to_sign = format!("{ALGORITHM}\n{}", sha256_hex(canonical_request.as_bytes()));
    (canonical_request, string_to_sign)
}

pub(super) fn finish(prepared: Prepared, mac: [u8; 32]) -> Vec<Header> {
    let authorization = format!(
        "{ALGORITHM} Credential={},SignedHeaders={},Signature={}",
        prepared.access_key_id,
        prepared.signed_headers.join(";"),
        hex(&mac)
    );
    let mut headers = prepared.headers;
    headers.push(Header::new("authorization", authorization));
    headers
}
