//! Who asks, and whether that is true: keys, tokens, clocks, nonces and locks as each vendor handles them.

use crate::fleet::{ACCOUNTS, Account, Pass, TEMPORARY, Temporary};
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

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caller {
    pub account: &'static Account,
    pub is_temporary: bool,
}

/// A key as the vendor knows it.
struct Held {
    caller: Caller,
    access_key_id: &'static str,
    secret: &'static str,
    security_token: Option<&'static str>,
    /// `None` for a key that lasts.
    ends_at: Option<Timestamp>,
}

/// Who signed the request, or shows a token in place of a signature. With `other_secret`, the vendor knows
/// another secret for every key. `epoch` is the start of the simulation.
pub(crate) fn identify(
    memory: &mut Memory,
    place: (Provider, Site),
    request: &Request,
    other_secret: bool,
    epoch: Timestamp,
    now: Timestamp,
) -> Result<Caller, Refusal> {
    let provider = place.0;
    if let (Provider::Huawei, Some(token)) = (provider, header(request, "x-auth-token")) {
        return if other_secret { Err(Refusal::TokenWrong) } else { shown(token, place, epoch, now) };
    }
    let claim = claim(provider, request).map_err(|_| Refusal::Unsigned)?;
    let held = held(&claim.access_key_id, place, epoch).ok_or(Refusal::KeyUnknown)?;
    if provider == Provider::Huawei {
        memory.is_open(held.access_key_id, now)?;
    }
    if !in_time(provider, claim.signed_at, now) {
        return Err(Refusal::Clock);
    }
    let secret = if other_secret { "another-secret-of-the-vendor" } else { held.secret };
    let credential = AccessKey {
        access_key_id: held.access_key_id.to_owned(),
        secret: Secret::new(secret),
        security_token: held.security_token.map(Secret::new),
    };
    let verdict = verify(provider, request, &credential);
    if provider == Provider::Huawei {
        memory.count(held.access_key_id, verdict.is_ok(), now);
    }
    let token = if provider == Provider::Huawei { "x-security-token" } else { "x-acs-security-token" };
    verdict.map_err(|mismatch| match mismatch {
        Mismatch::OtherSignature(expected) => Refusal::Signature(Some(expected)),
        Mismatch::OtherToken if header(request, token).is_none() => Refusal::TokenMissing,
        Mismatch::OtherToken => Refusal::TokenWrong,
        _ => Refusal::Signature(None),
    })?;
    if provider == Provider::Alibaba {
        memory.take_nonce(request, now)?;
    }
    if held.ends_at.is_some_and(|ends_at| now >= ends_at) {
        return Err(Refusal::KeyExpired);
    }
    Ok(held.caller)
}

/// The key of an id. Keys of one site mean nothing in another; Hologres and Huawei have one account for all
/// their regions.
fn held(access_key_id: &str, (provider, site): (Provider, Site), epoch: Timestamp) -> Option<Held> {
    let lasting = ACCOUNTS.iter().map(|account| Held {
        caller: Caller { account, is_temporary: false },
        access_key_id: account.access_key_id,
        secret: account.secret,
        security_token: None,
        ends_at: None,
    });
    let temporary = TEMPORARY.iter().filter_map(|temporary| match temporary.pass {
        Pass::Key { access_key_id, secret, security_token } => Some(Held {
            caller: Caller { account: account_named(temporary.account)?, is_temporary: true },
            access_key_id,
            secret,
            security_token,
            ends_at: Some(epoch.plus(temporary.lasts_for)),
        }),
        Pass::AuthToken(_) => None,
    });
    lasting.chain(temporary).find(|held| {
        let account = held.caller.account;
        held.access_key_id == access_key_id && account.provider == provider && account.opens(site)
    })
}

/// Who shows a token in place of a signature.
fn shown(
    token: &str,
    (provider, site): (Provider, Site),
    epoch: Timestamp,
    now: Timestamp,
) -> Result<Caller, Refusal> {
    let is_shown = |temporary: &&Temporary| {
        temporary.provider == provider
            && temporary.site == site
            && matches!(temporary.pass, Pass::AuthToken(known) if known == token)
    };
    let temporary = TEMPORARY.iter().find(is_shown).ok_or(Refusal::TokenWrong)?;
    if now >= epoch.plus(temporary.lasts_for) {
        return Err(Refusal::AuthTokenExpired);
    }
    let account = account_named(temporary.account).ok_or(Refusal::TokenWrong)?;
    Ok(Caller { account, is_temporary: true })
}

fn account_named(name: &str) -> Option<&'static Account> {
    ACCOUNTS.iter().find(|account| account.name == name)
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|header| header.name == name).map(|header| header.value.trim())
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
        let nonce = header(request, "x-acs-signature-nonce").ok_or(Refusal::Unsigned)?.to_owned();
        match self.nonces.insert(nonce, now.plus(Span::minutes(31))) {
            Some(_) => Err(Refusal::NonceUsed),
            None => Ok(()),
        }
    }
}
