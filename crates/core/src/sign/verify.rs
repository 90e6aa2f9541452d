//! The other side of a signature: what a request claims, and whether the claim holds.
//!
//! The simulated clouds use this, and it works on the received headers alone, so it also judges requests that
//! other clients signed with another choice of headers. The comparison does not take constant time: the only
//! secrets that a simulator holds are invented ones.

use super::{AccessKey, alibaba, canonical, hex, hmac_sha256, huawei, ncp};
use crate::http::Request;
use crate::model::{Provider, Timestamp, VendorTime, Zone};

/// What a signed request says of itself, before anything is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub access_key_id: String,
    /// When the sender says that it signed. Whether that is too old is for the caller to judge.
    pub signed_at: Timestamp,
    /// Lower-case names in the sender's order; empty where the scheme signs none (NAVER).
    pub signed_headers: Vec<String>,
    pub signature: String,
}

/// Why a signature does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// The request lacks a header that the scheme needs.
    Missing { header: String },
    /// A header cannot be read.
    Malformed { header: String },
    /// A header that the scheme requires to be signed is not.
    Unsigned { header: String },
    /// The request was signed with another access key.
    OtherKey,
    /// The request carries another security token than the credential, or one of the two has none.
    OtherToken,
    /// The signature is not that of this request under this secret.
    OtherSignature(Expected),
}

/// What the receiver signed, for the explanation that vendors give. It may hold a security token.
#[derive(Clone, PartialEq, Eq)]
pub struct Expected {
    /// `None` where the scheme has none (NAVER).
    pub canonical_request: Option<String>,
    pub string_to_sign: String,
}

/// The canonical request is left out: it holds the values of all signed headers.
impl std::fmt::Debug for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Expected {{ string_to_sign: {:?}, … }}", self.string_to_sign)
    }
}

/// Reads what a received request says of its signature. The error names the first header that is missing or
/// cannot be read.
pub fn claim(provider: Provider, received: &Request) -> Result<Claim, Mismatch> {
    match provider {
        Provider::Ncp => {
            let signed_at = instant(received, ncp::TIMESTAMP, |raw| {
                let at = Timestamp::from_millis(raw.parse().ok()?);
                (at.as_millis().to_string() == raw).then_some(at)
            })?;
            Ok(Claim {
                access_key_id: required(received, ncp::ACCESS_KEY)?,
                signed_at,
                signed_headers: Vec::new(),
                signature: required(received, ncp::SIGNATURE)?,
            })
        }
        Provider::Huawei => {
            let signed_at = instant(received, huawei::DATE, huawei::read_date)?;
            authorization(received, huawei::ALGORITHM, "Access=", signed_at)
        }
        Provider::Alibaba => {
            let signed_at = instant(received, alibaba::DATE, |raw| {
                VendorTime::parse(raw, Zone::Assumed(0)).map(|time| time.at).filter(|at| at.iso() == raw)
            })?;
            required(received, alibaba::NONCE)?;
            required(received, alibaba::CONTENT_HASH)?;
            authorization(received, alibaba::ALGORITHM, "Credential=", signed_at)
        }
    }
}

/// Whether `received` was signed with `credential`. It neither judges the age of the request nor remembers
/// nonces: see [`claim`] for the first, and the header `x-acs-signature-nonce` for the second.
pub fn verify(provider: Provider, received: &Request, credential: &AccessKey) -> Result<(), Mismatch> {
    let claim = claim(provider, received)?;
    if claim.access_key_id != credential.access_key_id {
        return Err(Mismatch::OtherKey);
    }
    same_token(provider, received, credential)?;
    all_signed(provider, received, &claim.signed_headers)?;
    let expected = expected(provider, received, &claim);
    let mac = hmac_sha256(credential.secret.expose().as_bytes(), expected.string_to_sign.as_bytes());
    let signature = if provider == Provider::Ncp { ncp::signature(mac) } else { hex(&mac) };
    if signature == claim.signature { Ok(()) } else { Err(Mismatch::OtherSignature(expected)) }
}

fn expected(provider: Provider, received: &Request, claim: &Claim) -> Expected {
    let method = received.method.as_str();
    let (canonical_request, string_to_sign) = match provider {
        Provider::Ncp => {
            let timestamp = claim.signed_at.as_millis().to_string();
            let target = received.target();
            let text = ncp::string_to_sign(method, &target, &timestamp, &claim.access_key_id);
            return Expected { canonical_request: None, string_to_sign: text };
        }
        Provider::Huawei => huawei::stages(method, received, &claim.signed_headers),
        Provider::Alibaba => alibaba::stages(method, received, &claim.signed_headers),
    };
    Expected { canonical_request: Some(canonical_request), string_to_sign }
}

fn same_token(provider: Provider, received: &Request, credential: &AccessKey) -> Result<(), Mismatch> {
    let name = match provider {
        // NAVER's temporary keys carry no token.
        Provider::Ncp => return Ok(()),
        Provider::Huawei => huawei::TOKEN,
        Provider::Alibaba => alibaba::TOKEN,
    };
    let sent = canonical::value(received, name);
    let held = credential.security_token.as_ref().map(|token| token.expose().trim());
    if sent.as_deref() == held { Ok(()) } else { Err(Mismatch::OtherToken) }
}

/// Refuses a request whose signature leaves out what the scheme requires, and one that claims to have signed
/// a header which did not arrive.
fn all_signed(provider: Provider, received: &Request, signed: &[String]) -> Result<(), Mismatch> {
    if let Some(absent) = signed.iter().find(|name| canonical::value(received, name).is_none()) {
        return Err(Mismatch::Missing { header: absent.clone() });
    }
    let sent = received.headers.iter().map(|header| header.name.as_str());
    let mut required: Vec<&str> = match provider {
        Provider::Ncp => Vec::new(),
        Provider::Huawei => vec![huawei::DATE],
        Provider::Alibaba => sent.filter(|name| alibaba::must_sign(name)).chain(["host"]).collect(),
    };
    required.retain(|name| !signed.iter().any(|signed| signed == name));
    match required.first() {
        Some(header) => Err(Mismatch::Unsigned { header: (*header).to_owned() }),
        None => Ok(()),
    }
}

fn required(received: &Request, name: &str) -> Result<String, Mismatch> {
    match canonical::value(received, name) {
        Some(value) => Ok(value.into_owned()),
        None => Err(Mismatch::Missing { header: name.to_owned() }),
    }
}

fn instant(
    received: &Request,
    name: &str,
    read: impl Fn(&str) -> Option<Timestamp>,
) -> Result<Timestamp, Mismatch> {
    read(&required(received, name)?).ok_or_else(|| Mismatch::Malformed { header: name.to_owned() })
}

/// Reads `ALGORITHM <key>=…, SignedHeaders=a;b, Signature=…`, with or without spaces after the commas.
fn authorization(
    received: &Request,
    algorithm: &str,
    key: &str,
    signed_at: Timestamp,
) -> Result<Claim, Mismatch> {
    let raw = required(received, "authorization")?;
    let read = || {
        let mut parts = raw.strip_prefix(algorithm)?.strip_prefix(' ')?.split(',').map(str::trim);
        let access_key_id = parts.next()?.strip_prefix(key)?.to_owned();
        let names = parts.next()?.strip_prefix("SignedHeaders=")?;
        let signature = parts.next()?.strip_prefix("Signature=")?.to_owned();
        let signed_headers = names.split(';').map(str::to_owned).collect();
        parts.next().is_none().then_some(Claim { access_key_id, signed_at, signed_headers, signature })
    };
    read().ok_or_else(|| Mismatch::Malformed { header: "authorization".to_owned() })
}
