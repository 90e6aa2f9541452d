//! A key as a person types it, and what is wrong with it before anything is asked.

use rollwatch_core::model::{Provider, Span, Timestamp, VendorTime, Zone};
use rollwatch_core::sign::{AccessKey, Credential, Secret};

/// What kind of key it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    LongLived,
    /// A key that ends by itself. Huawei's and Alibaba's have a token, NAVER's have none.
    Temporary,
    /// What Huawei's IAM gives somebody who has signed in.
    AuthToken,
}

/// A field of the key form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyField {
    Account,
    AccessKey,
    Secret,
    AuthToken,
}

/// Why a typed key cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyProblem {
    Missing(Vec<KeyField>),
    /// A temporary key of this vendor has a token.
    TokenMissing,
    /// "Valid until" is not a time.
    BadTime,
    /// It was valid until then.
    Over(Timestamp),
}

/// The fields of a key as they were typed, but for the secret, which the browser keeps; those that its kind does not
/// have are ignored.
pub struct NewKey {
    pub account: String,
    pub kind: KeyKind,
    pub access_key_id: String,
    /// Whether a secret was typed.
    pub has_secret: bool,
    /// The security token of a temporary key, or the X-Auth-Token.
    pub token: String,
    /// As the vendor wrote it; empty when it is not known.
    pub valid_until: String,
}

/// A key that is fit to be tried.
#[derive(Clone)]
pub struct TypedKey {
    pub(super) account: String,
    /// What was typed beside the secret.
    pub(super) credential: Credential<()>,
    pub(super) ends_at: Option<Timestamp>,
}

/// Only the account's name: the rest is what must not be shown.
impl std::fmt::Debug for NewKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.account)
    }
}

impl std::fmt::Debug for TypedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.account)
    }
}

/// How long a token of Huawei's IAM is valid. Vendor page: "Obtaining a User Token Through Password
/// Authentication".
const AUTH_TOKEN_FOR: Span = Span::hours(24);

impl KeyKind {
    pub const fn id(self) -> &'static str {
        match self {
            KeyKind::LongLived => "long-lived",
            KeyKind::Temporary => "temporary",
            KeyKind::AuthToken => "auth-token",
        }
    }

    /// The kinds of keys that a vendor issues for its API; the first is the one to prefer.
    pub const fn of(provider: Provider) -> &'static [KeyKind] {
        match provider {
            Provider::Ncp | Provider::Alibaba => &[KeyKind::Temporary, KeyKind::LongLived],
            Provider::Huawei => &[KeyKind::Temporary, KeyKind::LongLived, KeyKind::AuthToken],
        }
    }

    /// Whether a key of this kind has a token.
    pub const fn has_token(self, provider: Provider) -> bool {
        match self {
            KeyKind::LongLived => false,
            KeyKind::Temporary => !matches!(provider, Provider::Ncp),
            KeyKind::AuthToken => true,
        }
    }
}

impl NewKey {
    /// The key, fit to be tried at `now`.
    ///
    /// # Errors
    /// What is missing or wrong, without the text of any field.
    pub fn understood(self, provider: Provider, now: Timestamp) -> Result<TypedKey, KeyProblem> {
        let has_pair = self.kind != KeyKind::AuthToken;
        let wanted = [
            (true, !self.account.is_empty(), KeyField::Account),
            (has_pair, !self.access_key_id.is_empty(), KeyField::AccessKey),
            (has_pair, self.has_secret, KeyField::Secret),
            (!has_pair, !self.token.is_empty(), KeyField::AuthToken),
        ];
        let empty = wanted.into_iter().filter(|(wanted, is_there, _)| *wanted && !is_there);
        let missing: Vec<KeyField> = empty.map(|(.., field)| field).collect();
        if !missing.is_empty() {
            return Err(KeyProblem::Missing(missing));
        }
        let has_token = self.kind.has_token(provider);
        if has_token && self.token.is_empty() {
            return Err(KeyProblem::TokenMissing);
        }
        let ends_at = self.ends_at(now)?;
        let credential = match self.kind {
            KeyKind::AuthToken => Credential::AuthToken(Secret::new(self.token)),
            KeyKind::LongLived | KeyKind::Temporary => Credential::Key(AccessKey {
                access_key_id: self.access_key_id,
                secret: (),
                security_token: has_token.then(|| Secret::new(self.token)),
            }),
        };
        Ok(TypedKey { account: self.account, credential, ends_at })
    }

    fn ends_at(&self, now: Timestamp) -> Result<Option<Timestamp>, KeyProblem> {
        let longest = match self.kind {
            KeyKind::LongLived => return Ok(None),
            KeyKind::Temporary => None,
            KeyKind::AuthToken => Some(now.plus(AUTH_TOKEN_FOR)),
        };
        if self.valid_until.is_empty() {
            return Ok(longest);
        }
        let typed = VendorTime::parse(&self.valid_until, Zone::Assumed(0)).ok_or(KeyProblem::BadTime)?.at;
        if typed <= now {
            return Err(KeyProblem::Over(typed));
        }
        Ok(Some(longest.map_or(typed, |longest| longest.min(typed))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-21T12:00:00Z.
    const NOON: Timestamp = Timestamp::from_millis(1_795_262_400_000);

    fn key(kind: KeyKind, token: &str, valid_until: &str) -> NewKey {
        NewKey {
            account: "prod".to_owned(),
            kind,
            access_key_id: "an-id".to_owned(),
            has_secret: true,
            token: token.to_owned(),
            valid_until: valid_until.to_owned(),
        }
    }

    fn end(key: NewKey, provider: Provider) -> Result<Option<String>, KeyProblem> {
        key.understood(provider, NOON).map(|typed| typed.ends_at.map(Timestamp::iso))
    }

    #[test]
    fn the_end_of_a_temporary_key_is_read_in_every_form_and_without_a_zone_as_utc() {
        for (typed, expected) in [
            ("", None),
            ("2026-11-21T18:00:00Z", Some("2026-11-21T18:00:00Z")),
            ("2026-11-21 18:00:00", Some("2026-11-21T18:00:00Z")),
            ("2026-11-22T03:00:00.000000+09:00", Some("2026-11-21T18:00:00Z")),
        ] {
            let found = end(key(KeyKind::Temporary, "token", typed), Provider::Alibaba);
            assert_eq!(found, Ok(expected.map(str::to_owned)), "{typed:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        use KeyKind::{AuthToken, Temporary};
        let problem = |key, provider| end(key, provider).expect_err("a problem");
        for provider in [Provider::Huawei, Provider::Alibaba] {
            assert_eq!(problem(key(Temporary, "", ""), provider), KeyProblem::TokenMissing);
        }
        assert_eq!(problem(key(Temporary, "t", "tomorrow"), Provider::Huawei), KeyProblem::BadTime);
        assert_eq!(
            problem(key(Temporary, "", "2026-11-21T12:00:00Z"), Provider::Ncp),
            KeyProblem::Over(NOON)
        );
        let empty = NewKey { account: String::new(), has_secret: false, ..key(Temporary, "t", "") };
        let fields = vec![KeyField::Account, KeyField::Secret];
        assert_eq!(problem(empty, Provider::Huawei), KeyProblem::Missing(fields));
        let no_token = KeyProblem::Missing(vec![KeyField::AuthToken]);
        assert_eq!(problem(key(AuthToken, "", ""), Provider::Huawei), no_token);
    }

    #[test]
    fn navers_temporary_keys_have_no_token() {
        let typed = key(KeyKind::Temporary, "left over", "").understood(Provider::Ncp, NOON).expect("a key");
        assert!(matches!(typed.credential, Credential::Key(AccessKey { security_token: None, .. })));
    }

    #[test]
    fn a_pasted_token_is_held_for_a_day_at_most() {
        let day = Ok(Some("2026-11-22T12:00:00Z".to_owned()));
        for typed in ["", "2026-12-24T00:00:00Z"] {
            assert_eq!(end(key(KeyKind::AuthToken, "t", typed), Provider::Huawei), day);
        }
        let sooner = end(key(KeyKind::AuthToken, "t", "2026-11-21T13:00:00Z"), Provider::Huawei);
        assert_eq!(sooner, Ok(Some("2026-11-21T13:00:00Z".to_owned())));
        let typed = key(KeyKind::AuthToken, "t", "").understood(Provider::Huawei, NOON).expect("a key");
        assert!(matches!(typed.credential, Credential::AuthToken(_)));
        assert_eq!(format!("{typed:?}"), "prod");
    }
}
