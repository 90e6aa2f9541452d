//! Credentials, which nothing but a signer may read.

use super::hmac_sha256;

/// A text that must not be shown, logged, saved or linked. It has no `Display`, no serialisation and a
/// `Debug` that hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Secret(text.into())
    }

    /// The text itself, for the signer.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// HMAC-SHA256 of a text under this secret, which every scheme signs with.
    pub fn mac(&self, message: &str) -> [u8; 32] {
        hmac_sha256(self.0.as_bytes(), message.as_bytes())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("•••")
    }
}

/// What signs requests: an access key id, its secret, and the token that a temporary key carries. NAVER's
/// temporary keys have none.
///
/// `S` is what stands for the secret: its text, or whatever keeps it where nobody can read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessKey<S = Secret> {
    pub access_key_id: String,
    pub secret: S,
    pub security_token: Option<Secret>,
}

/// What makes a request an authorised one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential<S = Secret> {
    /// A long-lived or temporary key, which signs each request.
    Key(AccessKey<S>),
    /// A token that Huawei's IAM has issued to somebody who signed in. It goes along as it is, and nothing is
    /// signed. Vendor page: "Obtaining a User Token Through Password Authentication".
    AuthToken(Secret),
}

impl<S> Credential<S> {
    /// The same credential with something else in the place of its secret; a token that stands alone has none.
    pub fn map<T>(self, secret: impl FnOnce(S) -> T) -> Credential<T> {
        match self {
            Credential::AuthToken(token) => Credential::AuthToken(token),
            Credential::Key(AccessKey { access_key_id, secret: kept, security_token }) => {
                Credential::Key(AccessKey { access_key_id, secret: secret(kept), security_token })
            }
        }
    }
}
