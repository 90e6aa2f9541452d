//! Huawei Cloud and Open Telekom Cloud: SDK-HMAC-SHA256.
//!
//! Vendor page: "API Request Signing Guide", read 2026-11-20.
//!
//! What the page does not admit:
//! - the canonical path ends in `/` even where the path on the wire does not;
//! - only `x-sdk-date` must be signed, which a question at the end of the guide says and its steps do not;
//! - the vendor's own clients disagree about header names with `_`, about trimming and about encoded paths;
//!   this follows the Python client, which decodes a path before it encodes it;
//! - five bad signatures in a row lock the key for five minutes.

use super::{AccessKey, Prepared, canonical, hex, sha256_hex};
use crate::http::{Header, Request};
use crate::model::{Provider, Timestamp};

pub(super) const ALGORITHM: &str = "SDK-HMAC-SHA256";
pub(super) const DATE: &str = "x-sdk-date";
pub(super) const TOKEN: &str = "x-security-token";
const CONTENT_HASH: &str = "x-sdk-content-sha256";

/// The headers that are signed where the request has them.
const SIGNED: [&str; 3] = [DATE, "x-project-id", TOKEN];

pub(super) fn prepare<S>(request: &Request, credential: &AccessKey<S>, now: Timestamp) -> Prepared {
    let present = |name: &&str| {
        *name == DATE
            || *name == TOKEN && credential.security_token.is_some()
            || request.headers.iter().any(|header| header.name == *name)
    };
    let names = canonical::sorted(SIGNED.into_iter().filter(present).map(str::to_owned));
    prepare_with(request.method.as_str(), request, credential, now, &names)
}

/// Signs the headers `names`, which are sorted; one that the request lacks counts as empty.
pub(super) fn prepare_with<S>(
    method: &str,
    request: &Request,
    credential: &AccessKey<S>,
    now: Timestamp,
    names: &[String],
) -> Prepared {
    let mut headers = vec![Header::new(DATE, date(now))];
    headers.extend(credential.security_token.iter().map(|token| Header::new(TOKEN, token.expose())));
    let complete = canonical::with_headers(request, &headers);
    let (canonical_request, string_to_sign) = stages(method, &complete, names);
    Prepared {
        canonical_request: Some(canonical_request),
        string_to_sign,
        signed_headers: names.to_vec(),
        headers,
        access_key_id: credential.access_key_id.clone(),
        provider: Provider::Huawei,
    }
}

/// The canonical request and the string to sign of a request that has all its headers.
pub(super) fn stages(method: &str, complete: &Request, names: &[String]) -> (String, String) {
    let mut path = canonical::path(&complete.path);
    if !path.ends_with('/') {
        path.push('/');
    }
    let payload = match canonical::value(complete, CONTENT_HASH) {
        Some(stated) => stated.into_owned(),
        None => sha256_hex(complete.body.as_bytes()),
    };
    let canonical_request = canonical::request(method, &path, complete, names, &payload);
    let date = canonical::value(complete, DATE).unwrap_or_default();
    let string_to_sign = format!("{ALGORITHM}\n{date}\n{}", sha256_hex(canonical_request.as_bytes()));
    (canonical_request, string_to_sign)
}

/// `20230105T022339Z`, always UTC.
pub(super) fn date(at: Timestamp) -> String {
    at.iso().replace(['-', ':'], "")
}

/// The instant that `date` writes as `raw`.
pub(super) fn read_date(raw: &str) -> Option<Timestamp> {
    let two = |from: usize| raw.get(from..from + 2)?.parse().ok();
    let year = raw.get(..4)?.parse().ok()?;
    let at = Timestamp::from_civil((year, two(4)?, two(6)?), (two(9)?, two(11)?, two(13)?, 0), 0)?;
    (date(at) == raw).then_some(at)
}

pub(super) fn finish(prepared: Prepared, mac: [u8; 32]) -> Vec<Header> {
    let authorization = format!(
        "{ALGORITHM} Access={}, SignedHeaders={}, Signature={}",
        prepared.access_key_id,
        prepared.signed_headers.join(";"),
        hex(&mac)
    );
    let mut headers = prepared.headers;
    headers.push(Header::new("authorization", authorization));
    headers
}
