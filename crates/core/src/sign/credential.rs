//! Credentials, which nothing but a signer may read.

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessKey {
    pub access_key_id: String,
    pub secret: Secret,
    pub security_token: Option<Secret>,
}

/// What makes a request an authorised one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// A long-lived or temporary key, which signs each request.
    Key(AccessKey),
    /// A token that Huawei's IAM has issued to somebody who signed in. It goes along as it is, and nothing is
    /// signed. Vendor page: "Obtaining a User Token Through Password Authentication".
    AuthToken(Secret),
}
