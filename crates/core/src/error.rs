//! Why a poll brought no observation. Each kind means one action for the person who reads it.

use crate::model::Span;

/// The kind of a failure. The page's sentence for each says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The vendor computed another signature: the secret is wrong. Do not retry: Huawei locks a key after
    /// five in a row.
    Signature,
    /// The vendor calls the request too old or too new: a clock is off.
    Clock,
    /// The access key does not exist, is disabled, or is locked.
    KeyUnknown,
    /// The temporary key or its token has expired or does not fit.
    KeyExpired,
    /// The key is good but may not make this call.
    Permission,
    /// No such cluster, project or route.
    NotFound,
    /// Too many requests; wait.
    Throttled,
    /// The vendor refused the request for a reason of its own, which its message tells.
    Refused,
    /// The vendor failed, or its gateway answered with an error page that is not its API.
    VendorDown,
    /// The proxy answered and refused to forward.
    ProxyRefused,
    /// The proxy has no place for this request now, from this address or at this vendor; wait.
    ProxyBusy,
    /// The proxy could not reach the vendor.
    VendorUnreachable,
    /// Nothing answered at the proxy's address, or the browser did not allow the call.
    ProxyUnreachable,
    /// No answer within the time that a poll may take.
    Timeout,
    /// An answer began and did not come to its end; `status` is what it began with.
    BrokenOff,
    /// The answer could not be understood; `raw` in the exchange is kept.
    Malformed,
    /// The watch itself cannot be asked: an unknown region, an empty id, a character that no id has.
    BadWatch,
}

/// A failed poll: its kind and the evidence, already free of secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollError {
    pub kind: ErrorKind,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The vendor's own code.
    pub code: Option<String>,
    /// The vendor's own message, shortened and redacted.
    pub message: Option<String>,
    /// The id under which the vendor can find this request.
    pub request_id: Option<String>,
    /// How long the vendor asked to wait.
    pub retry_after: Option<Span>,
    /// The field that could not be understood (`Malformed`, `BadWatch`).
    pub field: Option<String>,
}

impl PollError {
    pub fn new(kind: ErrorKind) -> Self {
        PollError {
            kind,
            status: None,
            code: None,
            message: None,
            request_id: None,
            retry_after: None,
            field: None,
        }
    }

    /// An error about one named field.
    pub fn field(kind: ErrorKind, field: impl Into<String>) -> Self {
        PollError { field: Some(field.into()), ..PollError::new(kind) }
    }
}

impl ErrorKind {
    /// Whether asking again without a change by a person can help.
    pub const fn may_heal(self) -> bool {
        !matches!(
            self,
            ErrorKind::Signature
                | ErrorKind::KeyUnknown
                | ErrorKind::KeyExpired
                | ErrorKind::Permission
                | ErrorKind::NotFound
                | ErrorKind::ProxyRefused
                | ErrorKind::BadWatch
        )
    }
}

/// The longest vendor message that is kept, in characters.
pub const MESSAGE_LIMIT: usize = 300;

/// A vendor's text made fit to show. Control characters become spaces; the value of every `name: value` and
/// `name=value` whose name announces a secret is masked, and so is every long run of the characters that
/// tokens and signatures are made of when it follows such a name; the whole is shortened. Vendors echo
/// signed headers in their complaints about signatures.
pub fn redact(text: &str) -> String {
    let flat: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut shown = String::new();
    // How many more short words may stand between a name and its value.
    let mut announced = 0_u8;
    for word in flat.split_inclusive([' ', '|', ',', ';', '&', '\u{00b6}']) {
        let lower = word.to_ascii_lowercase();
        let announces = ANNOUNCERS.iter().any(|name| lower.contains(name));
        if announced > 0 && looks_secret(word) {
            shown.push_str("••• ");
            // What was taken for a secret may be the name of the next one.
            announced = if announces { SHORT_WORDS } else { announced };
        } else if announces {
            match word.split_once([':', '=']) {
                Some((name, value)) if value.chars().any(|c| c.is_ascii_alphanumeric() || !c.is_ascii()) => {
                    shown.push_str(name);
                    shown.push_str("=••• ");
                }
                _ => shown.push_str(word),
            }
            announced = SHORT_WORDS;
        } else {
            shown.push_str(word);
            // `Authorization: Bearer …`, `the token is …`.
            let short = lower.trim().len() <= 3 || matches!(lower.trim(), "bearer" | "basic");
            announced = if short { announced.saturating_sub(1) } else { 0 };
        }
    }
    if shown.chars().count() > MESSAGE_LIMIT {
        shown = shown.chars().take(MESSAGE_LIMIT).chain(['…']).collect();
    }
    shown.trim().to_owned()
}

fn looks_secret(word: &str) -> bool {
    let word = word.trim_matches(|c: char| " |,;&.\u{00b6}\"'[](){}<>".contains(c));
    word.len() >= 12 && word.chars().all(|c| c.is_ascii_alphanumeric() || "+/=_-.:".contains(c))
}

/// `token is : …` has two of them.
const SHORT_WORDS: u8 = 3;

/// Parts of names that announce a value which must not be shown.
const ANNOUNCERS: [&str; 6] = ["token", "authorization", "signature", "secret", "credential", "accesskey"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_follow_an_announcing_name_are_masked() {
        let echoed = "verify aksk signature fail,canonicalRequest:GET|/v1.0/p/clusters/c/|x-sdk-date:20230105T022339Z|x-security-token:MARKED/with+chars==||x-sdk-date;x-security-token|e3b0c442";
        let shown = redact(echoed);
        assert!(!shown.contains("MARKED"), "{shown}");
        assert!(shown.contains("verify aksk signature fail"), "{shown}");
        assert!(!redact("Authorization: Bearer MARKED.MARKED.MARKED").contains("MARKED"));
        assert!(!redact("x-security-token : MARKEDMARKEDMARKED").contains("MARKED"));
        assert!(!redact("x-acs-security-token:MARKED\nnext").contains("MARKED"));
        assert!(!redact("token 03  authorization: Bearer MARKEDMARKEDMARKED").contains("MARKED"));
        for quoted in [
            r#"{"x-security-token": "MARKEDMARKEDMARKED"}"#,
            "token 'MARKEDMARKEDMARKED'",
            "token is [MARKEDMARKEDMARKED]",
        ] {
            assert!(!redact(quoted).contains("MARKED"), "{quoted}");
        }
    }

    #[test]
    fn plain_sentences_are_left_alone() {
        for plain in ["token expires", "Invalid authentication information.", "decrypt token fail"] {
            assert_eq!(redact(plain), plain);
        }
    }

    #[test]
    fn long_texts_are_shortened() {
        assert_eq!(redact(&"가".repeat(1000)).chars().count(), MESSAGE_LIMIT + 1);
    }
}
