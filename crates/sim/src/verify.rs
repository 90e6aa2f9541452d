//! Who asks, and whether that is true: keys, clocks, nonces and locks as each vendor handles them.

use crate::fleet::{ACCOUNTS, Account};
use crate::refusal::Refusal;
use rollwatch_core::http::Request;
use rollwatch_core::model::{Provider, Site, Span, Timestamp};
use rollwatch_core::sign::{AccessKey, Mismatch, Secret, claim, verify};
use std::collections::BTreeMap;

/// What has to be remembered between requests.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Alibaba's nonces, with the instant until which they must not come again.
    nonces: BTreeMap<String, Timestamp>,
    /// Huawei's wrong signatures in a row, by access key id.
    wrong: BTreeMap<String, Wrong>,
}

#[derive(Debug, Default)]
struct Wrong {
    count: u32,
    locked_until: Option<Timestamp>,
}

/// So many wrong signatures in a row lock a Huawei key, for so long.
const LOCK_AFTER: u32 = 5;
const LOCKED_FOR: Span = Span::minutes(5);

/// The account that signed the request. With `other_secret`, the vendor knows another secret for every key.
pub(crate) fn identify(
    memory: &mut Memory,
    (provider, site): (Provider, Site),
    request: &Request,
    other_secret: bool,
    now: Timestamp,
) -> Result<&'static Account, Refusal> {
    let claim = claim(provider, request).map_err(|_| Refusal::Unsigned)?;
    // Keys of one site mean nothing in another; Hologres and Huawei have one account for all their regions.
    let account = ACCOUNTS.iter().find(|account| {
        account.access_key_id == claim.access_key_id && account.provider == provider && account.opens(site)
    });
    let account = account.ok_or(Refusal::KeyUnknown)?;
    if provider == Provider::Huawei {
        memory.is_open(account.access_key_id, now)?;
    }
    if !in_time(provider, claim.signed_at, now) {
        return Err(Refusal::Clock);
    }
    let secret = if other_secret { "another-secret-of-the-vendor" } else { account.secret };
    let credential = AccessKey {
        access_key_id: account.access_key_id.to_owned(),
        secret: Secret::new(secret),
        security_token: None,
    };
    let verdict = verify(provider, request, &credential);
    if provider == Provider::Huawei {
        memory.count(account.access_key_id, verdict.is_ok(), now);
    }
    verdict.map_err(|mismatch| match mismatch {
        Mismatch::OtherSignature(expected) => Refusal::Signature(Some(expected)),
        _ => Refusal::Signature(None),
    })?;
    if provider == Provider::Alibaba {
        memory.take_nonce(request, now)?;
    }
    Ok(account)
}

/// NAVER refuses a difference of five minutes or more, the others one of more than fifteen.
fn in_time(provider: Provider, signed_at: Timestamp, now: Timestamp) -> bool {
    let off = now.since(signed_at).abs();
    match provider {
        Provider::Ncp => off < Span::minutes(5),
        Provider::Huawei | Provider::Alibaba => off <= Span::minutes(15),
    }
}

impl Memory {
    fn is_open(&mut self, access_key_id: &str, now: Timestamp) -> Result<(), Refusal> {
        match self.wrong.get(access_key_id).and_then(|wrong| wrong.locked_until) {
            Some(until) if now < until => Err(Refusal::KeyLocked),
            Some(_) => {
                self.wrong.remove(access_key_id);
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn count(&mut self, access_key_id: &str, right: bool, now: Timestamp) {
        if right {
            self.wrong.remove(access_key_id);
            return;
        }
        let wrong = self.wrong.entry(access_key_id.to_owned()).or_default();
        wrong.count += 1;
        if wrong.count >= LOCK_AFTER {
            wrong.locked_until = Some(now.plus(LOCKED_FOR));
        }
    }

    /// A nonce may come again only when a request that carries it would be too old anyway.
    fn take_nonce(&mut self, request: &Request, now: Timestamp) -> Result<(), Refusal> {
        self.nonces.retain(|_, until| *until > now);
        let nonce = request.headers.iter().find(|header| header.name == "x-acs-signature-nonce");
        let nonce = nonce.ok_or(Refusal::Unsigned)?.value.trim().to_owned();
        match self.nonces.insert(nonce, now.plus(Span::minutes(31))) {
            Some(_) => Err(Refusal::NonceUsed),
            None => Ok(()),
        }
    }
}
