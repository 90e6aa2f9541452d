//! Signatures against the vectors of tests/fixtures/signing, and properties over arbitrary requests.

mod properties;
mod refused;
mod vectors;

use super::{AccessKey, Secret};
use crate::http::{Header, Method, Request};

fn credential(access_key_id: &str, secret: &str, token: Option<&str>) -> AccessKey {
    AccessKey {
        access_key_id: access_key_id.to_owned(),
        secret: Secret::new(secret),
        security_token: token.map(Secret::new),
    }
}

fn request(method: Method, path: &str, query: &str, headers: &[(&str, &str)], body: &str) -> Request {
    Request {
        endpoint: "endpoint".to_owned(),
        host: "vendor.example.com".to_owned(),
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        headers: headers.iter().map(|(name, value)| Header::new(name, *value)).collect(),
        body: body.to_owned(),
    }
}
