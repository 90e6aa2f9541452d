//! The documents of the vault: versioned JSON texts that hold nothing readable but how they are opened.
//!
//! Each sealed part is bound, as additional data of AES-GCM, to the vault and to what it belongs to, so that parts
//! of two records, or of two vaults, cannot be swapped without being noticed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::json::Json;
use crate::model::{Provider, Timestamp};
use crate::sign::{AccessKey, Credential, Secret, sha256_hex};

const VERSION: u64 = 1;

/// How the key is derived from the passphrase, by its name in the header.
pub const KDF: &str = "PBKDF2-HMAC-SHA-256";

/// More iterations than any device is calibrated to: such a count would only keep the browser busy for hours.
const ABSURD_ITERATIONS: u32 = 100_000_000;

/// Why a document of the vault cannot be used. Nothing is written over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultProblem {
    /// It is not what this page writes, or a part of it was changed.
    Damaged,
    /// A later version of the page wrote it.
    Newer,
}

/// Bytes that AES-GCM has sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The initialisation vector, 96 bits, fresh for each sealing.
    pub iv: Vec<u8>,
    /// The encrypted bytes with their tag.
    pub data: Vec<u8>,
}

/// How a vault is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Random: tells this vault from any other.
    pub id: String,
    pub salt: Vec<u8>,
    pub iterations: u32,
    /// Nothing, sealed: opens under the right passphrase only.
    pub check: Sealed,
}

/// One account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What is known of the account beside its secret: the text of an [`About`].
    pub about: Sealed,
    /// The bytes of the secret; `None` for a token that stands alone, which is in `about`.
    pub secret: Option<Sealed>,
}

/// What a record says of its account, once it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub provider: Provider,
    pub account: String,
    /// The credential without its secret.
    pub credential: Credential<()>,
    /// From when on the vendor will not accept it; `None`: no end is known.
    pub ends_at: Option<Timestamp>,
}

/// The name of an account's record. It is a hash, so that a locked vault tells whether it has the key of an account
/// that is watched, and lists no account by name.
pub fn record_key(vault: &str, provider: Provider, account: &str) -> String {
    sha256_hex(bound(vault, &["record", provider.id(), account]).as_bytes())
}

/// Additional data: fields that cannot run into each other, since each is written as a JSON text.
fn bound(vault: &str, fields: &[&str]) -> String {
    let fields = ["rollwatch vault", vault].into_iter().chain(fields.iter().copied());
    let texts = fields.map(|field| Json::Text(field.to_owned()));
    Json::List([number(VERSION)].into_iter().chain(texts).collect()).to_string()
}

impl Header {
    /// What the check is bound to.
    pub fn bound_check(id: &str) -> String {
        bound(id, &["check"])
    }

    pub fn to_json(&self) -> String {
        document(vec![
            ("id", text(&self.id)),
            ("kdf", text(KDF)),
            ("iterations", number(self.iterations.into())),
            ("salt", bytes(&self.salt)),
            ("check", self.check.json()),
        ])
    }

    /// # Errors
    /// Why it cannot be used.
    pub fn from_json(written: &str) -> Result<Self, VaultProblem> {
        let json = read(written)?;
        let header = || {
            (json.get("kdf")?.as_text()? == KDF).then_some(())?;
            let iterations = read_number(json.get("iterations")?)?;
            let iterations =
                u32::try_from(iterations).ok().filter(|n| (1..=ABSURD_ITERATIONS).contains(n))?;
            let salt = read_bytes(json.get("salt")?).filter(|salt| salt.len() >= 16)?;
            let id = json.get("id")?.as_text()?.to_owned();
            Some(Header { id, salt, iterations, check: Sealed::read(json.get("check")?)? })
        };
        header().ok_or(VaultProblem::Damaged)
    }
}

impl Record {
    /// What the sealed text of a record is bound to.
    pub fn bound_about(vault: &str, record_key: &str) -> String {
        bound(vault, &["about", record_key])
    }

    pub fn to_json(&self) -> String {
        let mut fields = vec![("about", self.about.json())];
        fields.extend(self.secret.as_ref().map(|secret| ("secret", secret.json())));
        document(fields)
    }

    /// # Errors
    /// Why it cannot be used.
    pub fn from_json(written: &str) -> Result<Self, VaultProblem> {
        let json = read(written)?;
        let record = || {
            let secret = match json.get("secret") {
                Some(secret) => Some(Sealed::read(secret)?),
                None => None,
            };
            Some(Record { about: Sealed::read(json.get("about")?)?, secret })
        };
        record().ok_or(VaultProblem::Damaged)
    }
}

impl About {
    /// What the sealed secret of this account is bound to.
    pub fn bound_secret(&self, vault: &str) -> String {
        let access_key_id = match &self.credential {
            Credential::Key(key) => key.access_key_id.as_str(),
            Credential::AuthToken(_) => "",
        };
        bound(vault, &["secret", self.provider.id(), &self.account, access_key_id])
    }

    /// The text that is sealed. It holds tokens, which travel as they are; nobody but the sealing may have it.
    pub fn to_json(&self) -> String {
        let mut fields = vec![("provider", text(self.provider.id())), ("account", text(&self.account))];
        let token = match &self.credential {
            Credential::AuthToken(token) => Some(token),
            Credential::Key(key) => {
                fields.push(("access_key_id", text(&key.access_key_id)));
                key.security_token.as_ref()
            }
        };
        fields.extend(token.map(|token| ("token", text(token.expose()))));
        fields.extend(self.ends_at.map(|at| ("ends_at", Json::Number(at.as_millis().to_string()))));
        document(fields)
    }

    /// # Errors
    /// Why it cannot be used.
    pub fn from_json(written: &str) -> Result<Self, VaultProblem> {
        let json = read(written)?;
        let about = || {
            let field = |name: &str| json.get(name)?.as_text().map(str::to_owned);
            let token = field("token").map(Secret::new);
            let credential = match field("access_key_id") {
                Some(access_key_id) => {
                    Credential::Key(AccessKey { access_key_id, secret: (), security_token: token })
                }
                None => Credential::AuthToken(token?),
            };
            let ends_at = match json.get("ends_at") {
                Some(Json::Number(millis)) => Some(Timestamp::from_millis(millis.parse().ok()?)),
                Some(_) => return None,
                None => None,
            };
            let provider = Provider::from_id(&field("provider")?)?;
            Some(About { provider, account: field("account")?, credential, ends_at })
        };
        about().ok_or(VaultProblem::Damaged)
    }
}

impl Sealed {
    fn json(&self) -> Json {
        object(vec![("iv", bytes(&self.iv)), ("data", bytes(&self.data))])
    }

    fn read(json: &Json) -> Option<Self> {
        let iv = read_bytes(json.get("iv")?).filter(|iv| iv.len() == 12)?;
        Some(Sealed { iv, data: read_bytes(json.get("data")?)? })
    }
}

fn object(fields: Vec<(&str, Json)>) -> Json {
    Json::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn document(mut fields: Vec<(&str, Json)>) -> String {
    fields.insert(0, ("version", number(VERSION)));
    object(fields).to_string()
}

fn read(written: &str) -> Result<Json, VaultProblem> {
    let json = Json::read(written).ok_or(VaultProblem::Damaged)?;
    match json.get("version").and_then(read_number) {
        Some(VERSION) => Ok(json),
        Some(later) if later > VERSION => Err(VaultProblem::Newer),
        _ => Err(VaultProblem::Damaged),
    }
}

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

fn number(number: u64) -> Json {
    Json::Number(number.to_string())
}

fn read_number(json: &Json) -> Option<u64> {
    match json {
        Json::Number(written) => written.parse().ok(),
        _ => None,
    }
}

fn bytes(bytes: &[u8]) -> Json {
    Json::Text(STANDARD.encode(bytes))
}

fn read_bytes(json: &Json) -> Option<Vec<u8>> {
    STANDARD.decode(json.as_text()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(byte: u8) -> Sealed {
        Sealed { iv: vec![byte; 12], data: vec![byte; 20] }
    }

    fn header() -> Header {
        Header { id: "v1".to_owned(), salt: vec![7; 16], iterations: 1_000_000, check: sealed(1) }
    }

    fn about(account: &str, access_key_id: &str) -> About {
        let key = AccessKey {
            access_key_id: access_key_id.to_owned(),
            secret: (),
            security_token: Some(Secret::new("a \"token\"")),
        };
        About {
            provider: Provider::Huawei,
            account: account.to_owned(),
            credential: Credential::Key(key),
            ends_at: Some(Timestamp::from_millis(1_795_262_400_000)),
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        assert_eq!(Header::from_json(&header().to_json()), Ok(header()));
        for secret in [None, Some(sealed(3))] {
            let record = Record { about: sealed(2), secret };
            assert_eq!(Record::from_json(&record.to_json()), Ok(record));
        }
        let token = About {
            credential: Credential::AuthToken(Secret::new("t")),
            ends_at: None,
            ..about("prod", "an-id")
        };
        for about in [about("prod 운영", "an-id"), token] {
            assert_eq!(About::from_json(&about.to_json()), Ok(about));
        }
    }

    #[test]
    fn a_document_of_a_later_version_is_told_from_a_damaged_one() {
        let (good, record) = (header().to_json(), Record { about: sealed(2), secret: None }.to_json());
        for written in [&good, &record] {
            let later = written.replace("\"version\":1", "\"version\":2");
            assert_eq!(Header::from_json(&later).err(), Some(VaultProblem::Newer));
            assert_eq!(Record::from_json(&later).err(), Some(VaultProblem::Newer));
        }
        for broken in [
            String::new(),
            "{}".to_owned(),
            good.replace("\"version\":1", "\"version\":0"),
            good.replace("1000000", "0"),
            good.replace("1000000", "4000000000"),
            good.replace(KDF, "MD5"),
            good.replace("\"salt\":\"Bw", "\"salt\":\"?"),
            good.replace("\"check\"", "\"chuck\""),
        ] {
            assert_eq!(Header::from_json(&broken), Err(VaultProblem::Damaged), "{broken}");
        }
        assert_eq!(Record::from_json("{\"version\":1}"), Err(VaultProblem::Damaged));
        assert_eq!(About::from_json("{\"version\":1,\"provider\":\"ncp\"}"), Err(VaultProblem::Damaged));
    }

    #[test]
    fn each_part_is_bound_to_its_vault_its_account_and_its_place() {
        let all = [
            Header::bound_check("v1"),
            Record::bound_about("v1", "r1"),
            Record::bound_about("v1", "r2"),
            Record::bound_about("v2", "r1"),
            about("prod", "an-id").bound_secret("v1"),
            about("prod", "other-id").bound_secret("v1"),
            about("test", "an-id").bound_secret("v1"),
            about("prod", "an-id").bound_secret("v2"),
            About { provider: Provider::Ncp, ..about("prod", "an-id") }.bound_secret("v1"),
            about("prod\",\"an-id", "").bound_secret("v1"),
        ];
        for (nth, one) in all.iter().enumerate() {
            assert!(all.iter().skip(nth + 1).all(|other| other != one), "{one}");
        }
    }

    #[test]
    fn the_name_of_a_record_says_nothing_of_its_account() {
        let key = record_key("v1", Provider::Ncp, "production-account");
        assert!(key.len() == 64 && !key.contains("production"), "{key}");
        assert_ne!(key, record_key("v2", Provider::Ncp, "production-account"));
        assert_ne!(key, record_key("v1", Provider::Alibaba, "production-account"));
    }

    #[test]
    fn no_debug_text_shows_a_token() {
        assert!(!format!("{:?}", about("prod", "an-id")).contains("token\\\""));
    }
}
