//! Every word that a person reads, in every language, side by side.
//!
//! Each table is an enum whose variants carry their four texts, so a message without a translation does not
//! compile. `{0}`, `{1}` … are filled by position.

mod card;
mod causes;
mod check;
mod discover;
mod doctor;
mod errors;
mod findings;
mod form;
mod keys;
mod leaves;
mod names;
mod page;
mod recorder;
mod recordings;
mod shell;
mod timeline;
mod vault;

pub use card::Card;
pub use causes::Causes;
pub use check::Check;
pub use discover::Discover;
pub use doctor::Doctor;
pub use errors::Errors;
pub use findings::Findings;
pub use form::Form;
pub use keys::Keys;
pub use leaves::Leaves;
pub use names::Name;
pub use page::Page;
pub use recorder::Recorder;
pub use recordings::Recordings;
pub use shell::Shell;
pub use timeline::Chart;
pub use vault::Vault;

/// A language of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    #[default]
    En,
    Ko,
    Zh,
    Ja,
}

impl Lang {
    pub const ALL: [Lang; 4] = [Lang::En, Lang::Ko, Lang::Zh, Lang::Ja];

    /// The BCP 47 tag, which the document's `lang` attribute takes.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ko => "ko",
            Lang::Zh => "zh-CN",
            Lang::Ja => "ja",
        }
    }

    /// The language in its own name.
    pub const fn own_name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::Ko => "한국어",
            Lang::Zh => "简体中文",
            Lang::Ja => "日本語",
        }
    }

    /// The language that a tag such as `zh-Hans-CN` asks for, if it is one of ours.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|lang| lang.tag().split('-').next() == Some(primary))
    }

    /// A message as it stands.
    pub fn say(self, message: impl Message) -> &'static str {
        let [en, ko, zh, ja] = message.texts();
        match self {
            Lang::En => en,
            Lang::Ko => ko,
            Lang::Zh => zh,
            Lang::Ja => ja,
        }
    }

    /// A message with its places filled.
    pub fn fill(self, message: impl Message, values: &[&str]) -> String {
        let mut filled = String::new();
        let mut rest = self.say(message);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((place, after)) = after.split_once('}') else { break };
            filled.push_str(place.parse().ok().and_then(|i: usize| values.get(i)).unwrap_or(&"?"));
            rest = after;
        }
        filled + rest
    }
}

/// One entry of a table.
pub trait Message: Copy {
    /// English, Korean, Simplified Chinese, Japanese.
    fn texts(self) -> [&'static str; 4];
}

/// Makes a table: an enum and its texts.
macro_rules! words {
    ($(#[$doc:meta])* $table:ident { $($key:ident: $en:literal, $ko:literal, $zh:literal, $ja:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $table { $($key),+ }

        impl $table {
            pub const ALL: &[$table] = &[$($table::$key),+];
        }

        impl $crate::view::words::Message for $table {
            fn texts(self) -> [&'static str; 4] {
                match self { $($table::$key => [$en, $ko, $zh, $ja]),+ }
            }
        }
    };
}
use words;

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Debug;

    fn check<M: Message + Debug>(table: &[M]) {
        for message in table {
            let [en, others @ ..] = message.texts();
            for text in others {
                assert!(!text.trim().is_empty(), "{message:?} is empty in a language");
                assert_eq!(places(text), places(en), "{message:?}: {text}");
            }
        }
    }

    fn places(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> =
            text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn every_message_has_the_same_places_in_every_language() {
        check(Name::ALL);
        check(Card::ALL);
        check(Page::ALL);
        check(Recorder::ALL);
        check(Findings::ALL);
        check(Errors::ALL);
        check(Form::ALL);
        check(Keys::ALL);
        check(Discover::ALL);
        check(Check::ALL);
        check(Doctor::ALL);
        check(Leaves::ALL);
        check(Causes::ALL);
        check(Shell::ALL);
        check(Chart::ALL);
        check(Vault::ALL);
    }

    #[test]
    fn places_are_filled_by_position_and_a_missing_value_is_seen() {
        assert_eq!(Lang::En.fill(Card::HoursMinutes, &["5", "22"]), "5 h 22 min");
        assert_eq!(Lang::En.fill(Card::HoursMinutes, &["5"]), "5 h ? min");
    }

    #[test]
    fn a_language_is_found_by_its_primary_tag() {
        assert_eq!(Lang::from_tag("zh-Hans-CN"), Some(Lang::Zh));
        assert_eq!(Lang::from_tag("ko"), Some(Lang::Ko));
        assert_eq!(Lang::from_tag("fr-FR"), None);
    }
}
