//! What tabs of this page tell each other: JSON texts with a version. What another version of the page says in
//! another way is passed over.

use rollwatch_core::error::PollError;
use rollwatch_core::json::Json;
use rollwatch_core::model::{Provider, Span, Timestamp};
use rollwatch_core::record::{Moment, Recorder, Tape};
use rollwatch_core::timeline::{Outcome, Recorded};

use crate::live::KeyName;

const VERSION: &str = "1";

/// What a tab tells the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::live) enum Message {
    /// A tab follows what is asked about this watch from now on.
    Follows { key: String },
    /// A tab that is looked at wants the lead of this watch, to ask at once if `ask`.
    Wish { key: String, ask: bool },
    /// What the tab that leads has got for this watch.
    News { key: String, news: News },
    /// Every recording was deleted.
    Deleted,
    /// The vault is to be locked.
    Lock,
    /// What is stored of the vault has changed.
    Vault,
    /// The key of an account is forgotten.
    Forgot(KeyName),
    /// Everything is being forgotten: nothing is to be stored any more.
    Forget,
    /// Everything is forgotten.
    Forgotten,
}

/// What one poll brought, for a tab that did not ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::live) struct News {
    pub outcome: Outcome,
    pub at: Timestamp,
    /// How far the vendor's clock is ahead of this device's.
    pub offset: Span,
    /// The latest answer as it came; empty when it may not be shown.
    pub raw: String,
    /// Whether other tabs may have heard it before: it is told again for one that has just begun to follow.
    pub again: bool,
    /// Tells apart two tabs that both lead, where the browser has no locks.
    pub tab: String,
}

impl Message {
    pub fn print(&self) -> String {
        let text = |text: &str| Json::Text(text.to_owned());
        let number = |number: i64| Json::Number(number.to_string());
        let mut fields = vec![("version", Json::Number(VERSION.to_owned()))];
        match self {
            Message::Follows { key } => fields.extend([("tell", text("follows")), ("key", text(key))]),
            Message::Wish { key, ask } => {
                fields.extend([("tell", text("wish")), ("key", text(key)), ("ask", Json::Bool(*ask))]);
            }
            Message::Deleted => fields.push(("tell", text("deleted"))),
            Message::Lock => fields.push(("tell", text("lock"))),
            Message::Vault => fields.push(("tell", text("vault"))),
            Message::Forget => fields.push(("tell", text("forget"))),
            Message::Forgotten => fields.push(("tell", text("forgotten"))),
            Message::Forgot(KeyName { provider, account }) => {
                fields.extend([("tell", text("forgot")), ("provider", text(provider.id()))]);
                fields.push(("account", text(account)));
            }
            Message::News { key, news } => {
                let News { outcome, at, offset, raw, again, tab } = news;
                fields.extend([("tell", text("news")), ("key", text(key)), ("at", number(at.as_millis()))]);
                fields.extend([("offset", number(offset.as_millis())), ("raw", text(raw))]);
                fields.extend([("again", Json::Bool(*again)), ("tab", text(tab))]);
                fields.push(("moment", text(&moment(outcome, *at))));
                if let Outcome::Failed(PollError { retry_after: Some(wait), .. }) = outcome {
                    fields.push(("wait", number(wait.as_millis())));
                }
            }
        }
        Json::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()).to_string()
    }

    /// `None`: it is no message of this version.
    pub fn read(text: &str) -> Option<Message> {
        let json = Json::read(text)?;
        let text = |name: &str| json.get(name)?.as_text().map(str::to_owned);
        let is = |name: &str| json.get(name) == Some(&Json::Bool(true));
        let millis = |name: &str| match json.get(name)? {
            Json::Number(number) => number.parse::<i64>().ok(),
            _ => None,
        };
        (json.get("version") == Some(&Json::Number(VERSION.to_owned()))).then_some(())?;
        Some(match text("tell")?.as_str() {
            "follows" => Message::Follows { key: text("key")? },
            "wish" => Message::Wish { key: text("key")?, ask: is("ask") },
            "deleted" => Message::Deleted,
            "lock" => Message::Lock,
            "vault" => Message::Vault,
            "forget" => Message::Forget,
            "forgotten" => Message::Forgotten,
            "forgot" => Message::Forgot(KeyName {
                provider: Provider::from_id(&text("provider")?)?,
                account: text("account")?,
            }),
            "news" => {
                let mut outcome = outcome(text("moment")?)?;
                if let (Outcome::Failed(error), Some(wait)) = (&mut outcome, millis("wait")) {
                    error.retry_after = Some(Span::millis(wait));
                }
                let news = News {
                    outcome,
                    at: Timestamp::from_millis(millis("at")?),
                    offset: Span::millis(millis("offset")?),
                    raw: text("raw")?,
                    again: is("again"),
                    tab: text("tab")?,
                };
                Message::News { key: text("key")?, news }
            }
            _ => return None,
        })
    }
}

/// An outcome as the first document of a recording holds it: whole, and without what is not recorded.
fn moment(outcome: &Outcome, at: Timestamp) -> String {
    let writes = Recorder::new(0).take(outcome, Recorded::default(), at);
    writes.into_iter().next().map(|write| write.text).unwrap_or_default()
}

fn outcome(moment: String) -> Option<Outcome> {
    match Tape::read([moment]).moments().next()? {
        Moment::Seen { observation, .. } => Some(Outcome::Observed(observation)),
        Moment::Missed { kind, code, .. } => {
            Some(Outcome::Failed(PollError { code, ..PollError::new(kind) }))
        }
        Moment::Opened(_) | Moment::Followed { .. } | Moment::Unwatched(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rollwatch_core::error::ErrorKind;
    use rollwatch_core::model::Observation;

    const AT: Timestamp = Timestamp::from_millis(1_742_803_781_000);

    fn news(outcome: Outcome) -> Message {
        let (raw, tab) = ("{\"a\":1}".to_owned(), "0.25".to_owned());
        let news = News { outcome, at: AT, offset: Span::seconds(-7), raw, again: true, tab };
        Message::News { key: "a/b".to_owned(), news }
    }

    fn observed() -> Outcome {
        let observation = Observation {
            observed_at: AT,
            cluster_name: Some("search 검색".to_owned()),
            operation: None,
            earlier: Vec::new(),
            precheck: None,
            groups: Vec::new(),
            warnings: Vec::new(),
        };
        Outcome::Observed(Box::new(observation))
    }

    #[test]
    fn what_is_told_is_understood() {
        let key = || "a/b".to_owned();
        let error = PollError {
            code: Some("Throttling.User".to_owned()),
            retry_after: Some(Span::seconds(40)),
            ..PollError::new(ErrorKind::Throttled)
        };
        for message in [
            Message::Follows { key: key() },
            Message::Wish { key: key(), ask: true },
            Message::Wish { key: key(), ask: false },
            Message::Deleted,
            Message::Lock,
            Message::Vault,
            Message::Forgot(KeyName { provider: Provider::Ncp, account: "운영".to_owned() }),
            Message::Forget,
            Message::Forgotten,
            news(observed()),
            news(Outcome::Failed(error)),
        ] {
            assert_eq!(Message::read(&message.print()), Some(message));
        }
    }

    #[test]
    fn a_vendors_message_is_not_told_on() {
        let error = PollError {
            message: Some("the key MARKED is unknown".to_owned()),
            ..PollError::new(ErrorKind::KeyUnknown)
        };
        let text = news(Outcome::Failed(error)).print();
        assert!(!text.contains("MARKED"), "{text}");
    }

    #[test]
    fn what_is_no_message_of_this_version_is_passed_over() {
        let known = news(observed()).print();
        for text in [
            String::new(),
            "{}".to_owned(),
            known.replace("\"version\":1,\"tell\"", "\"version\":2,\"tell\""),
            known.replace("\"news\"", "\"rumour\""),
            known.replace("\"at\":", "\"when\":"),
            known.replace("whole", "hole"),
        ] {
            assert_eq!(Message::read(&text), None, "{text}");
        }
    }
}
