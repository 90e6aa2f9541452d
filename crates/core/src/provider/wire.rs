//! The pieces of which every adapter's wire types are made.
//!
//! The vendors publish samples rather than schemas, so an answer is read in two steps: text to JSON, which
//! may fail, and JSON to wire types, which may not. A field that is absent or has another shape than the
//! documented one reads as nothing, and the adapter says so in a warning where it would have used it.

pub(super) mod ncp;

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{Endpoint, is_id, tolerant};
use crate::error::{ErrorKind, PollError};
use crate::http::Exchange;
use crate::model::{Node, NodeRole, VendorTime, Warning};

/// The most warnings that one answer may raise; more of them would tell nobody more.
const WARNING_LIMIT: usize = 50;

/// A text or a number, whichever way the vendor writes it. An empty text is nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Value")]
pub(super) struct Text(Option<String>);

impl From<Value> for Text {
    fn from(value: Value) -> Self {
        Text(match value {
            Value::String(text) => (!text.trim().is_empty()).then_some(text),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            _ => None,
        })
    }
}

impl Text {
    pub(super) fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }

    pub(super) fn owned(&self) -> Option<String> {
        self.0.clone()
    }

    pub(super) fn integer(&self) -> Option<i64> {
        self.as_deref()?.trim().parse().ok()
    }

    pub(super) fn count(&self) -> Option<u32> {
        self.integer()?.try_into().ok()
    }
}

/// A part of an answer that reads as nothing when it does not have its documented shape.
#[derive(Debug, Clone)]
pub(super) struct Field<T>(pub(super) Option<T>);

impl<T> Default for Field<T> {
    fn default() -> Self {
        Field(None)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Value::deserialize(deserializer)? {
            Value::Null => Field(None),
            value => Field(serde_json::from_value(value).ok()),
        })
    }
}

/// A list whose items are read one by one, so that an odd one does not hide the others.
pub(super) type List<T> = Field<Vec<Field<T>>>;

/// The names in a comma-separated text, or in a list where a vendor may have changed its mind.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Value")]
pub(super) struct Names(pub(super) Vec<String>);

impl From<Value> for Names {
    fn from(value: Value) -> Self {
        let joined = match value {
            Value::String(text) => text,
            Value::Array(items) => {
                let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                texts.join(",")
            }
            _ => String::new(),
        };
        let names = joined.split(',').map(str::trim).filter(|name| !name.is_empty());
        Names(names.map(str::to_owned).collect())
    }
}

/// Reads the body of an answer, which must be a JSON object.
pub(super) fn body<T: DeserializeOwned>(exchange: &Exchange) -> Result<T, PollError> {
    let malformed =
        || PollError { status: Some(exchange.status), ..PollError::field(ErrorKind::Malformed, "body") };
    let value: Value = serde_json::from_str(&exchange.body).map_err(|_| malformed())?;
    // serde would also take a list for a struct, field by field.
    if !value.is_object() {
        return Err(malformed());
    }
    serde_json::from_value(value).map_err(|_| malformed())
}

/// An id from a watch that is fit to stand in a request; `field` names it in the error.
pub(super) fn id<'a>(field: &str, value: &'a str) -> Result<&'a str, PollError> {
    if is_id(value) { Ok(value) } else { Err(PollError::field(ErrorKind::BadWatch, field)) }
}

/// What is noticed while an answer is read.
pub(super) struct Notes {
    assumed_offset: i32,
    pub(super) warnings: Vec<Warning>,
}

impl Notes {
    pub(super) fn new(endpoint: &Endpoint) -> Self {
        Notes { assumed_offset: endpoint.assumed_offset, warnings: Vec::new() }
    }

    /// Keeps a warning once, however many nodes raise it.
    pub(super) fn warn(&mut self, warning: Warning) {
        if self.warnings.len() < WARNING_LIMIT && !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    pub(super) fn missing(&mut self, field: &str) {
        self.warn(Warning::MissingField { field: field.to_owned() });
    }

    pub(super) fn unknown(&mut self, field: &str, word: &str) {
        self.warn(Warning::UnknownWord { field: field.to_owned(), word: word.to_owned() });
    }

    /// A text that the vendor documents as always there.
    pub(super) fn required(&mut self, field: &str, text: &Text) -> Option<String> {
        if text.as_deref().is_none() {
            self.missing(field);
        }
        text.owned()
    }

    /// A number of things that the vendor documents as always there.
    pub(super) fn count(&mut self, field: &str, text: &Text) -> Option<u32> {
        let count = text.count();
        if count.is_none() {
            self.missing(field);
        }
        count
    }

    /// A written time that the vendor documents as always there.
    pub(super) fn required_time(&mut self, field: &str, text: &Text) -> Option<VendorTime> {
        self.required(field, text)?;
        self.time(field, text)
    }

    /// A written time; an empty one is an event that has not happened.
    pub(super) fn time(&mut self, field: &str, text: &Text) -> Option<VendorTime> {
        let raw = text.as_deref()?;
        let time = VendorTime::parse(raw, self.assumed_offset);
        if time.is_none() {
            self.warn(Warning::BadTime { field: field.to_owned(), raw: raw.to_owned() });
        }
        time
    }

    /// The items of a list that are what they should be.
    pub(super) fn items<T>(&mut self, field: &str, list: List<T>) -> Vec<T> {
        let listed = list.0.unwrap_or_default();
        let count = listed.len();
        let items: Vec<T> = listed.into_iter().filter_map(|item| item.0).collect();
        if items.len() < count {
            self.missing(field);
        }
        items
    }

    /// Whether every node that the vendor counts is listed; the others may be anything but known to be done.
    pub(super) fn all_listed(&mut self, field: &str, nodes: &[Node], counted: Option<u32>) -> bool {
        let all = counted.is_none_or(|counted| u64::from(counted) <= nodes.len() as u64);
        if !all {
            self.missing(field);
        }
        all
    }

    /// An object that stands as JSON text inside a JSON string; the object itself is welcome too.
    pub(super) fn embedded(&mut self, field: &str, value: Value) -> Option<Value> {
        let raw = match value {
            Value::Object(_) => return Some(value),
            Value::String(raw) => raw,
            other => other.to_string(),
        };
        if let Ok(strict @ Value::Object(_)) = serde_json::from_str(&raw) {
            return Some(strict);
        }
        let repaired = tolerant::parse_object(&raw);
        self.warn(match repaired {
            Some(_) => Warning::Repaired { field: field.to_owned() },
            None => Warning::Unreadable { field: field.to_owned(), raw },
        });
        repaired
    }

    /// The nodes with a name of their own each, as the model promises. A vendor that names none, or two
    /// alike, still has every node shown: a nameless one by its place in the list, a namesake numbered.
    pub(super) fn named_apart(&mut self, field: &str, nodes: &mut [Node]) {
        let mut taken: BTreeSet<(String, NodeRole)> = BTreeSet::new();
        for (index, node) in nodes.iter_mut().enumerate() {
            while node.name.is_empty() || taken.contains(&(node.name.clone(), node.role)) {
                self.missing(field);
                node.name = format!("{}#{}", node.name, index + 1);
            }
            taken.insert((node.name.clone(), node.role));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::State;

    fn notes() -> Notes {
        Notes { assumed_offset: 0, warnings: Vec::new() }
    }

    #[test]
    fn texts_are_read_however_they_are_written() {
        let read = |json: &str| serde_json::from_str::<Text>(json).expect("never fails").owned();
        assert_eq!(read("\"3\""), Some("3".to_owned()));
        assert_eq!(read("3"), Some("3".to_owned()));
        assert_eq!(read("true"), Some("true".to_owned()));
        for nothing in ["\"\"", "\" \"", "null", "{}", "[3]"] {
            assert_eq!(read(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn counts_are_whole_and_not_negative() {
        let read = |json: &str| serde_json::from_str::<Text>(json).expect("never fails").count();
        assert_eq!(read("\" 12 \""), Some(12));
        for odd in ["-1", "1.5", "4294967296", "\"many\""] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }

    #[test]
    fn one_odd_item_does_not_hide_the_others() {
        let list: List<Vec<u8>> = serde_json::from_str("[[1],\"odd\",[2]]").expect("never fails");
        let mut notes = notes();
        assert_eq!(notes.items("list", list), [vec![1], vec![2]]);
        assert_eq!(notes.warnings, [Warning::MissingField { field: "list".to_owned() }]);
    }

    #[test]
    fn every_node_has_a_name_of_its_own() {
        let named = |name: &str, role| Node::new(name, role, State::Pending);
        let mut nodes = [
            named("a#3", NodeRole::Broker),
            named("a", NodeRole::Broker),
            named("a", NodeRole::Broker),
            named("", NodeRole::Broker),
            named("a", NodeRole::ZooKeeper),
        ];
        notes().named_apart("hostname", &mut nodes);
        let names: Vec<&str> = nodes.iter().map(|node| node.name.as_str()).collect();
        assert_eq!(names, ["a#3", "a", "a#3#3", "#4", "a"]);
    }

    #[test]
    fn warnings_are_kept_once_and_not_without_end() {
        let mut notes = notes();
        for index in 0..1000 {
            notes.missing("same");
            notes.missing(&index.to_string());
        }
        assert_eq!(notes.warnings.len(), WARNING_LIMIT);
    }
}
