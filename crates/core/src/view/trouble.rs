//! A failed poll in words: what is wrong, what to do, and the evidence.

use super::format::{Reader, clock, duration};
use super::words::{Errors, Lang, Leaves, Vault};
use crate::error::{ErrorKind, PollError};
use crate::model::{Span, Timestamp};

/// What is wrong, what to do about it, and what the vendor said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub what: String,
    pub todo: String,
    /// The vendor's own code and message; empty when there was no answer.
    pub evidence: String,
    /// Whether entering a key is the way out.
    pub key_helps: bool,
    /// Whether opening the vault would help.
    pub unlock_helps: bool,
    /// Whether agreeing to what leaves this browser is the way out.
    pub agree_helps: bool,
}

/// `clock_offset` is how far the vendor's clock is ahead of this device's, as far as it is known.
pub fn trouble(lang: Lang, error: &PollError, clock_offset: Span) -> Trouble {
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
        ErrorKind::ProxyBusy => (Errors::ProxyBusy, Errors::ProxyBusyDo),
        ErrorKind::VendorUnreachable => (Errors::VendorUnreachable, Errors::VendorUnreachableDo),
        ErrorKind::ProxyUnreachable => (Errors::ProxyUnreachable, Errors::ProxyUnreachableDo),
        ErrorKind::Timeout => (Errors::Timeout, Errors::TimeoutDo),
        ErrorKind::BrokenOff => (Errors::BrokenOff, Errors::BrokenOffDo),
        ErrorKind::Malformed => (Errors::Malformed, Errors::MalformedDo),
        ErrorKind::BadWatch => (Errors::BadWatch, Errors::BadWatchDo),
    };
    Trouble {
        what: lang.fill(what, &[error.field.as_deref().unwrap_or("–")]),
        todo: lang.say(todo).to_owned(),
        evidence: match clock_sentence(lang, clock_offset).filter(|_| error.kind == ErrorKind::Clock) {
            Some(clock) => [evidence(lang, error), clock].join(" · ").trim_start_matches(" · ").to_owned(),
            None => evidence(lang, error),
        },
        key_helps: matches!(
            error.kind,
            ErrorKind::Signature | ErrorKind::KeyUnknown | ErrorKind::KeyExpired | ErrorKind::Permission
        ),
        unlock_helps: false,
        agree_helps: false,
    }
}

/// A smaller difference between two clocks changes nothing that a person sees.
const CLOCK_MATTERS_FROM: Span = Span::seconds(30);

/// How far the vendor's clock is from this device's; `None` when that does not matter.
pub(super) fn clock_sentence(lang: Lang, offset: Span) -> Option<String> {
    if offset.abs() < CLOCK_MATTERS_FROM {
        return None;
    }
    let sentence = if offset > Span::ZERO { Errors::ClockAhead } else { Errors::ClockBehind };
    Some(lang.fill(sentence, &[&duration(lang, offset)]))
}

/// The trouble of a cluster about which nobody could ask, as when the device slept.
pub(super) fn silence(reader: Reader, since: Timestamp, now: Timestamp) -> Trouble {
    Trouble {
        what: reader.lang.fill(Errors::Silent, &[&clock(reader, since, now)]),
        todo: reader.lang.say(Errors::SilentDo).to_owned(),
        evidence: String::new(),
        key_helps: false,
        unlock_helps: false,
        agree_helps: false,
    }
}

/// The trouble of a cluster whose account has no key in memory.
pub fn needs_key(lang: Lang) -> Trouble {
    Trouble {
        what: lang.say(Errors::NoKey).to_owned(),
        todo: lang.say(Errors::NoKeyDo).to_owned(),
        evidence: String::new(),
        key_helps: true,
        unlock_helps: false,
        agree_helps: false,
    }
}

/// The trouble of a cluster whose host, or the proxy on the way to it, was not agreed to for its account.
pub fn not_agreed(lang: Lang, account: &str, proxy: &str) -> Trouble {
    Trouble {
        what: lang.fill(Leaves::NotAgreed, &[account, proxy]),
        todo: lang.say(Leaves::NotAgreedDo).to_owned(),
        evidence: String::new(),
        key_helps: false,
        unlock_helps: false,
        agree_helps: true,
    }
}

/// The trouble of a cluster whose key waits in the locked vault.
pub fn locked(lang: Lang) -> Trouble {
    Trouble {
        what: lang.say(Vault::CardLocked).to_owned(),
        todo: lang.say(Vault::CardLockedDo).to_owned(),
        evidence: String::new(),
        key_helps: false,
        unlock_helps: true,
        agree_helps: false,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_of_clocks_is_told_when_it_matters() {
        assert_eq!(clock_sentence(Lang::En, Span::seconds(29)), None);
        assert_eq!(
            clock_sentence(Lang::En, Span::minutes(7)).as_deref(),
            Some("The vendor's clock is 7 min ahead of this device's; requests are signed in its time.")
        );
        assert_eq!(
            clock_sentence(Lang::En, Span::seconds(-30)).as_deref(),
            Some("The vendor's clock is 30 s behind this device's; requests are signed in its time.")
        );
    }

    #[test]
    fn only_a_refusal_for_the_time_names_the_difference() {
        let shown = |kind| trouble(Lang::En, &PollError::new(kind), Span::minutes(-7)).evidence;
        assert!(shown(ErrorKind::Clock).contains("7 min behind"));
        assert_eq!(shown(ErrorKind::Timeout), "");
    }
}
