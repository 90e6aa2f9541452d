//! Who keeps a secret, and how it signs: the browser wherever it can, this module's memory where it cannot.
//!
//! A credential has one owner, the keyring or a form that is trying it. Whoever asks a vendor is lent it, and signs
//! for as long as the owner has it: what is locked or forgotten signs nothing more, whatever is under way.

use std::rc::{Rc, Weak};

use rollwatch_core::http::{Header, Request};
use rollwatch_core::model::{Provider, Timestamp};
use rollwatch_core::sign::{self, Secret};

use crate::browser::crypto::{self, CryptoFailure, SigningKey, Typed};

/// What stands for a secret.
#[derive(Debug, Clone)]
pub enum Custody {
    /// A key that the browser signs with and shows to nobody.
    Browser(SigningKey),
    /// The text, on a page that has no cryptography because it did not come securely.
    Memory(Secret),
}

/// A credential as this page holds it. Tokens stay texts: they leave the page as they are.
pub type Credential = sign::Credential<Custody>;

impl Custody {
    /// Takes over what was typed.
    ///
    /// # Errors
    /// When the browser has cryptography and does not take it.
    pub(super) async fn take(typed: &Typed) -> Result<Self, CryptoFailure> {
        match crypto::is_available() {
            true => SigningKey::import(typed).await.map(Custody::Browser),
            false => Ok(Custody::Memory(Secret::new(typed.text()))),
        }
    }
}

/// A credential that is lent for signing. It keeps nothing of it but what may be told.
#[derive(Debug, Clone)]
pub(super) struct Loan {
    /// Empty for a token that stands alone.
    pub access_key_id: String,
    pub has_security_token: bool,
    credential: Weak<Credential>,
}

/// Why a request is not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unsigned {
    /// The credential was locked away, forgotten or replaced.
    Withdrawn,
    /// The browser did not sign with a key that it has taken.
    NotSigned,
}

impl From<CryptoFailure> for Unsigned {
    fn from(_: CryptoFailure) -> Self {
        Unsigned::NotSigned
    }
}

impl Loan {
    pub fn of(owned: &Rc<Credential>) -> Self {
        let (access_key_id, has_security_token) = match &**owned {
            Credential::Key(key) => (key.access_key_id.clone(), key.security_token.is_some()),
            Credential::AuthToken(_) => (String::new(), false),
        };
        Loan { access_key_id, has_security_token, credential: Rc::downgrade(owned) }
    }

    /// Whether the owner has it no more.
    pub fn is_withdrawn(&self) -> bool {
        self.credential.strong_count() == 0
    }

    /// The headers that authorise `request`: those of a signature, or the token itself.
    ///
    /// # Errors
    /// Why there are none.
    pub async fn sign(
        &self,
        provider: Provider,
        request: &Request,
        now: Timestamp,
        nonce: &str,
    ) -> Result<Vec<Header>, Unsigned> {
        let (prepared, key) = match &*self.credential.upgrade().ok_or(Unsigned::Withdrawn)? {
            Credential::AuthToken(token) => return Ok(vec![sign::present(token)]),
            Credential::Key(key) => {
                let prepared = sign::prepare(provider, request, key, now, nonce);
                match &key.secret {
                    Custody::Browser(key) => (prepared, key.clone()),
                    Custody::Memory(secret) => {
                        let mac = secret.mac(&prepared.string_to_sign);
                        return Ok(prepared.finish(mac));
                    }
                }
            }
        };
        // Nothing is owned here while the browser signs, and what was withdrawn meanwhile does not leave.
        let mac = key.sign(&prepared.string_to_sign).await?;
        if self.is_withdrawn() { Err(Unsigned::Withdrawn) } else { Ok(prepared.finish(mac)) }
    }
}
