//! The pieces of which every adapter is made.
//!
//! The vendors publish samples rather than schemas, so an answer is read in two steps: text to JSON, which
//! may fail, and JSON to facts, which may not. A field that is absent or has another shape than the
//! documented one reads as nothing, and the adapter says so in a warning where it would have used it.

pub(super) mod ncp;

use std::collections::BTreeSet;

use super::{Background, Endpoint, is_id};
use crate::error::{ErrorKind, PollError};
use crate::http::Exchange;
use crate::json::Json;
use crate::model::{Node, NodeRole, VendorTime, Warning, Zone};

/// The most warnings that one answer may raise; more of them would tell nobody more.
const WARNING_LIMIT: usize = 50;

/// An object of an answer, whose fields are read by the names that the vendor documents. One that is absent
/// reads as an object without fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct Object<'a>(&'a Json);

impl<'a> Object<'a> {
    pub(super) const ABSENT: Object<'static> = Object(&Json::Null);

    pub(super) fn new(value: &'a Json) -> Option<Self> {
        value.is_object().then_some(Object(value))
    }

    /// A field of any shape but null.
    pub(super) fn any(self, name: &str) -> Option<&'a Json> {
        self.0.get(name)
    }

    /// A text or a number, whichever way the vendor writes it. An empty text is nothing.
    pub(super) fn text(self, name: &str) -> Option<&'a str> {
        text(self.any(name)?)
    }

    pub(super) fn owned(self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    pub(super) fn integer(self, name: &str) -> Option<i64> {
        self.text(name)?.trim().parse().ok()
    }

    pub(super) fn count(self, name: &str) -> Option<u32> {
        self.integer(name)?.try_into().ok()
    }

    pub(super) fn object(self, name: &str) -> Option<Object<'a>> {
        Object::new(self.any(name)?)
    }

    pub(super) fn list(self, name: &str) -> Option<&'a [Json]> {
        self.any(name)?.as_list()
    }

    /// The names in a comma-separated text, or in a list where a vendor may have changed its mind.
    pub(super) fn names(self, name: &str) -> Vec<&'a str> {
        self.any(name).map(names).unwrap_or_default()
    }

    /// The names of the fields, in the order in which they were written and each once.
    pub(super) fn field_names(self) -> Vec<&'a str> {
        let Json::Object(fields) = self.0 else { return Vec::new() };
        let mut known = BTreeSet::new();
        fields.iter().map(|(name, _)| name.as_str()).filter(|name| known.insert(*name)).collect()
    }

    /// The names that every field holds, by the field's own name.
    pub(super) fn names_by_field(self) -> Vec<(String, Vec<String>)> {
        let Json::Object(fields) = self.0 else { return Vec::new() };
        let owned = |value| names(value).into_iter().map(str::to_owned).collect();
        fields.iter().map(|(name, value)| (name.clone(), owned(value))).collect()
    }
}

fn text(value: &Json) -> Option<&str> {
    match value {
        Json::Text(text) if text.trim().is_empty() => None,
        Json::Text(text) | Json::Number(text) => Some(text),
        Json::Bool(true) => Some("true"),
        Json::Bool(false) => Some("false"),
        _ => None,
    }
}

fn names(value: &Json) -> Vec<&str> {
    let texts = value.as_list().unwrap_or(std::slice::from_ref(value));
    let names = texts.iter().filter_map(Json::as_text).flat_map(|text| text.split(',')).map(str::trim);
    names.filter(|name| !name.is_empty()).collect()
}

/// An answer that is no failure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer<'a> {
    pub(super) exchange: &'a Exchange,
    pub(super) body: Object<'a>,
}

impl<'a> Answer<'a> {
    pub(super) fn new(exchange: &'a Exchange, body: &'a Json) -> Self {
        Answer { exchange, body: Object(body) }
    }

    /// The error for an answer that is none to the question, as `field` shows.
    pub(super) fn malformed(self, field: &str) -> PollError {
        PollError { status: Some(self.exchange.status), ..PollError::field(ErrorKind::Malformed, field) }
    }
}

/// An id from a watch that is fit to stand in a request; `field` names it in the error.
pub(super) fn id<'a>(field: &str, value: &'a str) -> Result<&'a str, PollError> {
    if is_id(value) { Ok(value) } else { Err(PollError::field(ErrorKind::BadWatch, field)) }
}

/// What is noticed while an answer is read.
pub(super) struct Notes {
    /// The zone of times that are written without one.
    zone: Zone,
    pub(super) warnings: Vec<Warning>,
}

impl Notes {
    pub(super) fn new(endpoint: &Endpoint, background: &Background) -> Self {
        Notes {
            zone: background.zone.unwrap_or(Zone::Assumed(endpoint.assumed_offset)),
            warnings: Vec::new(),
        }
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

    /// A part that the vendor documents as always there.
    pub(super) fn expected<T>(&mut self, field: &str, part: Option<T>) -> Option<T> {
        if part.is_none() {
            self.missing(field);
        }
        part
    }

    /// A text that the vendor documents as always there.
    pub(super) fn required(&mut self, field: &str, text: Option<&str>) -> Option<String> {
        self.expected(field, text).map(str::to_owned)
    }

    /// A written time; an empty one is an event that has not happened.
    pub(super) fn time(&mut self, field: &str, raw: Option<&str>) -> Option<VendorTime> {
        let raw = raw?;
        let time = VendorTime::parse(raw, self.zone);
        if time.is_none() {
            self.warn(Warning::BadTime { field: field.to_owned(), raw: raw.to_owned() });
        }
        time
    }

    /// The objects in a list; items that are none are passed over.
    pub(super) fn objects<'a>(&mut self, field: &str, list: Option<&'a [Json]>) -> Vec<Object<'a>> {
        let list = list.unwrap_or_default();
        let objects: Vec<Object<'_>> = list.iter().filter_map(Object::new).collect();
        if objects.len() < list.len() {
            self.missing(field);
        }
        objects
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
    pub(super) fn embedded(&mut self, field: &str, value: &Json) -> Option<Json> {
        let raw = value.as_text().map_or_else(|| value.to_string(), str::to_owned);
        if let Some(strict) = Json::read(&raw).filter(Json::is_object) {
            return Some(strict);
        }
        let repaired = Json::read_without_commas(&raw).filter(Json::is_object);
        self.warn(match repaired {
            Some(_) => Warning::Repaired { field: field.to_owned() },
            None => Warning::Unreadable { field: field.to_owned(), raw },
        });
        repaired
    }

    /// The nodes with a name of their own each, as the model promises. A vendor that names none, or two
    /// alike, still has every node shown: a nameless one by its place in the list, a namesake numbered.
    pub(super) fn named_apart(&mut self, field: &str, nodes: &mut [Node]) {
        let mut named: BTreeSet<(NodeRole, String)> = BTreeSet::new();
        for (index, node) in nodes.iter_mut().enumerate() {
            while node.name.is_empty() || !named.insert((node.role, node.name.clone())) {
                self.missing(field);
                node.name = format!("{}#{}", node.name, index + 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::State;

    fn notes() -> Notes {
        Notes { zone: Zone::Assumed(0), warnings: Vec::new() }
    }

    #[test]
    fn texts_are_read_however_they_are_written() {
        let read = |json: &str| Json::read(json).as_ref().and_then(text).map(str::to_owned);
        assert_eq!(read("\"3\""), Some("3".to_owned()));
        assert_eq!(read("3"), Some("3".to_owned()));
        assert_eq!(read("2.70"), Some("2.7".to_owned()));
        assert_eq!(read("true"), Some("true".to_owned()));
        for nothing in ["\"\"", "\" \"", "null", "{}", "[3]"] {
            assert_eq!(read(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn counts_are_whole_and_not_negative() {
        let read = |json: &str| Object(&Json::read(&format!("{{\"n\":{json}}}")).expect("JSON")).count("n");
        assert_eq!(read("\" 12 \""), Some(12));
        for odd in ["-1", "1.5", "4294967296", "\"many\""] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }

    #[test]
    fn names_are_read_from_a_text_and_from_a_list() {
        for json in ["\" a, b,,c \"", "[\"a\",\"b,c\",3]"] {
            assert_eq!(names(&Json::read(json).expect("JSON")), ["a", "b", "c"], "{json}");
        }
        assert!(names(&Json::Null).is_empty());
    }

    #[test]
    fn one_odd_item_does_not_hide_the_others() {
        let list = Json::read("[{\"a\":1},\"odd\",[2],{}]").expect("JSON");
        let mut notes = notes();
        assert_eq!(notes.objects("list", list.as_list()).len(), 2);
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
