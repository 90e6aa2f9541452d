//! A failed poll in words: what is wrong, what to do, and the evidence.

use super::words::{Errors, Lang};
use crate::error::{ErrorKind, PollError};

/// What is wrong, what to do about it, and what the vendor said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub what: String,
    pub todo: String,
    /// The vendor's own code and message; empty when there was no answer.
    pub evidence: String,
    /// Whether entering a key is the way out.
    pub key_helps: bool,
}

pub fn trouble(lang: Lang, error: &PollError) -> Trouble {
    let (what, todo) = match error.kind {
        ErrorKind::Signature => (Errors::Signature, Errors::SignatureDo),
        ErrorKind::Clock => (Errors::Clock, Errors::ClockDo),
        ErrorKind::KeyUnknown => (Errors::KeyUnknown, Errors::KeyUnknownDo),
        ErrorKind::KeyExpired => (Errors::KeyExpired, Errors::KeyExpiredDo),
        ErrorKind::Permission => (Errors::Permission, Errors::PermissionDo),
        ErrorKind::NotFound => (Errors::NotFound, Errors::NotFoundDo),
        ErrorKind::Throttled => (Errors::Throttled, Errors::ThrottledDo),
        ErrorKind::Refused => (Errors::Refused, Errors::RefusedDo),
        ErrorKind::VendorDown => (Errors::VendorDown, Errors::VendorDownDo),
        ErrorKind::ProxyRefused => (Errors::ProxyRefused, Errors::ProxyRefusedDo),
        ErrorKind::VendorUnreachable => (Errors::VendorUnreachable, Errors::VendorUnreachableDo),
        ErrorKind::ProxyUnreachable => (Errors::ProxyUnreachable, Errors::ProxyUnreachableDo),
        ErrorKind::Timeout => (Errors::Timeout, Errors::TimeoutDo),
        ErrorKind::Malformed => (Errors::Malformed, Errors::MalformedDo),
        ErrorKind::BadWatch => (Errors::BadWatch, Errors::BadWatchDo),
    };
    Trouble {
        what: lang.fill(what, &[error.field.as_deref().unwrap_or("–")]),
        todo: lang.say(todo).to_owned(),
        evidence: evidence(lang, error),
        key_helps: matches!(
            error.kind,
            ErrorKind::Signature | ErrorKind::KeyUnknown | ErrorKind::KeyExpired | ErrorKind::Permission
        ),
    }
}

/// The trouble of a cluster whose account has no key in memory.
pub fn needs_key(lang: Lang) -> Trouble {
    Trouble {
        what: lang.say(Errors::NoKey).to_owned(),
        todo: lang.say(Errors::NoKeyDo).to_owned(),
        evidence: String::new(),
        key_helps: true,
    }
}

fn evidence(lang: Lang, error: &PollError) -> String {
    let Some(status) = error.status else { return String::new() };
    let mut text = match (&error.code, &error.message) {
        (None, None) => format!("HTTP {status}"),
        (code, message) => {
            let said = [code, message].map(|said| said.as_deref().unwrap_or("–"));
            lang.fill(Errors::Evidence, &[&status.to_string(), said[0], said[1]])
        }
    };
    if let Some(field) = &error.field {
        text.push_str(&format!(" · {field}"));
    }
    if let Some(id) = &error.request_id {
        text.push_str(" · ");
        text.push_str(&lang.fill(Errors::RequestId, &[id]));
    }
    text
}
