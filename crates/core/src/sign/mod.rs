//! Request signatures: three schemes, each one HMAC-SHA256 under the secret key itself.
//!
//! Signing has three named stages. `prepare` builds the canonical request and the string to sign; whoever
//! holds the key computes the MAC; `Prepared::finish` turns it into the headers to add. `sign` does all
//! three for a secret that is in memory; the page has the browser compute the MAC where it can. A signature is of one request at one instant: a retry is a new one.

mod alibaba;
mod canonical;
mod credential;
mod digest;
mod huawei;
mod ncp;
#[cfg(test)]
mod tests;
mod verify;

pub use credential::{AccessKey, Credential, Secret};
pub use digest::{hex, hmac_sha256, sha256_hex};
pub use verify::{Claim, Expected, Mismatch, claim, verify};

use crate::http::{Header, Request};
use crate::model::{Provider, Timestamp};

/// What is known before the MAC: enough to sign, and enough to explain a refused signature.
#[derive(Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The canonical request; `None` where the scheme has none (NAVER).
    pub canonical_request: Option<String>,
    pub string_to_sign: String,
    /// The lower-case names of the signed headers, sorted. Empty where the scheme signs none (NAVER).
    pub signed_headers: Vec<String>,
    /// The headers to add beside the signature, lower-case names.
    headers: Vec<Header>,
    access_key_id: String,
    provider: Provider,
}

/// The canonical request is left out: it holds the value of a signed security token.
impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prepared").field("signed_headers", &self.signed_headers).finish_non_exhaustive()
    }
}

impl Prepared {
    /// The headers to add to the request, the signature included.
    pub fn finish(self, mac: [u8; 32]) -> Vec<Header> {
        match self.provider {
            Provider::Ncp => ncp::finish(self, mac),
            Provider::Huawei => huawei::finish(self, mac),
            Provider::Alibaba => alibaba::finish(self, mac),
        }
    }
}

/// Builds the string to sign. `nonce` must be different in every request; only Alibaba sends it.
///
/// Each scheme signs the least that its vendor requires and a proxy cannot disturb: nothing but the target
/// at NAVER, `x-sdk-date` and the project and token headers at Huawei, `host`, `content-type` and `x-acs-*` at
/// Alibaba.
pub fn prepare<S>(
    provider: Provider,
    request: &Request,
    credential: &AccessKey<S>,
    now: Timestamp,
    nonce: &str,
) -> Prepared {
    match provider {
        Provider::Ncp => ncp::prepare(request, credential, now),
        Provider::Huawei => huawei::prepare(request, credential, now),
        Provider::Alibaba => alibaba::prepare(request, credential, now, nonce),
    }
}

/// The headers that authorise `request`: those of a signature, or the token itself.
pub fn sign(
    provider: Provider,
    request: &Request,
    credential: &Credential,
    now: Timestamp,
    nonce: &str,
) -> Vec<Header> {
    match credential {
        Credential::Key(key) => {
            let prepared = prepare(provider, request, key, now, nonce);
            let mac = key.secret.mac(&prepared.string_to_sign);
            prepared.finish(mac)
        }
        Credential::AuthToken(token) => vec![present(token)],
    }
}

/// The header in which a token that stands alone goes along.
pub fn present(token: &Secret) -> Header {
    Header::new("x-auth-token", token.expose())
}
