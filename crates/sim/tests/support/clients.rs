//! Signatures as the vendors' own clients make them, which sign more headers than core does. Written from the
//! vendors' pages with nothing of core but its hashes.

use rollwatch_core::http::{Header, Request};
use rollwatch_core::sign::{hex, hmac_sha256, sha256_hex};

/// The headers of a request with the host that it names.
fn all(request: &Request, added: &[(&str, String)]) -> Vec<Header> {
    let mut headers = request.headers.clone();
    headers.retain(|header| header.name != "host");
    headers.push(Header::new("host", request.host.clone()));
    headers.extend(added.iter().map(|(name, value)| Header::new(name, value.clone())));
    headers.sort_by(|one, other| one.name.cmp(&other.name));
    headers
}

/// The canonical request over every header that there is, and their names.
fn canonical(
    request: &Request,
    path: &str,
    query: &str,
    headers: &[Header],
    payload: &str,
) -> (String, String) {
    let lines: String =
        headers.iter().map(|header| format!("{}:{}\n", header.name, header.value.trim())).collect();
    let names = headers.iter().map(|header| header.name.as_str()).collect::<Vec<_>>().join(";");
    let method = request.method.as_str();
    (format!("{method}\n{path}\n{query}\n{lines}\n{names}\n{payload}"), names)
}

/// Huawei's Python client signs every header of the request, the host included.
pub fn huawei_python(request: &mut Request, (id, secret): (&str, &str), date: &str, query: &str) {
    let headers = all(request, &[("x-sdk-date", date.to_owned())]);
    let stated = headers.iter().find(|header| header.name == "x-sdk-content-sha256");
    let payload = stated.map_or_else(|| sha256_hex(request.body.as_bytes()), |header| header.value.clone());
    let (text, names) = canonical(request, &format!("{}/", request.path), query, &headers, &payload);
    let to_sign = format!("SDK-HMAC-SHA256\n{date}\n{}", sha256_hex(text.as_bytes()));
    let signature = hex(&hmac_sha256(secret.as_bytes(), to_sign.as_bytes()));
    let authorization = format!("SDK-HMAC-SHA256 Access={id}, SignedHeaders={names}, Signature={signature}");
    request.headers = headers;
    request.headers.push(Header::new("authorization", authorization));
}

/// Alibaba's Python client signs every header of the request, `accept` and `user-agent` included. `query` is
/// the canonical one, which may differ from what is sent.
pub fn alibaba_python(
    request: &mut Request,
    (id, secret): (&str, &str),
    (date, nonce): (&str, &str),
    query: &str,
) {
    let payload = sha256_hex(request.body.as_bytes());
    let added = [
        ("x-acs-date", date.to_owned()),
        ("x-acs-signature-nonce", nonce.to_owned()),
        ("x-acs-content-sha256", payload.clone()),
    ];
    let headers = all(request, &added);
    let (text, names) = canonical(request, &request.path, query, &headers, &payload);
    let to_sign = format!("ACS3-HMAC-SHA256\n{}", sha256_hex(text.as_bytes()));
    let signature = hex(&hmac_sha256(secret.as_bytes(), to_sign.as_bytes()));
    let authorization =
        format!("ACS3-HMAC-SHA256 Credential={id},SignedHeaders={names},Signature={signature}");
    request.headers = headers;
    request.headers.push(Header::new("authorization", authorization));
}
