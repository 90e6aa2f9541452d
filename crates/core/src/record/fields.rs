//! Objects as recorded documents hold them: what is absent is left out, and a list is an object whose names are
//! positions, so that one changed item of two hundred makes a small patch.

use std::str::FromStr;

use crate::json::Json;
use crate::model::Timestamp;

/// An object that is being written.
#[derive(Default)]
pub(super) struct Fields(Vec<(String, Json)>);

impl Fields {
    /// Adds a field. Without a value there is none: null is how a patch removes a field.
    pub(super) fn with(mut self, name: &str, value: impl Into<Option<Json>>) -> Self {
        self.0.extend(value.into().map(|value| (name.to_owned(), value)));
        self
    }

    /// Adds a text, if there is one.
    pub(super) fn text(self, name: &str, value: Option<&str>) -> Self {
        self.with(name, value.map(text))
    }

    /// Adds a number, if there is one.
    pub(super) fn number(self, name: &str, value: Option<impl ToString>) -> Self {
        self.with(name, value.map(|value| Json::Number(value.to_string())))
    }

    /// Adds the items of a list by their positions, if there are any.
    pub(super) fn items<T>(self, name: &str, items: &[T], write: impl Fn(&T) -> Json) -> Self {
        let by_position = items.iter().enumerate().map(|(at, item)| (at.to_string(), write(item)));
        self.with(name, (!items.is_empty()).then(|| Json::Object(by_position.collect())))
    }

    pub(super) fn done(self) -> Json {
        Json::Object(self.0)
    }
}

pub(super) fn text(value: &str) -> Json {
    Json::Text(value.to_owned())
}

/// A text field.
pub(super) fn text_of(object: &Json, name: &str) -> Option<String> {
    object.get(name)?.as_text().map(str::to_owned)
}

/// A number field; `None` too where the number is not one of this type.
pub(super) fn number_of<T: FromStr>(object: &Json, name: &str) -> Option<T> {
    match object.get(name)? {
        Json::Number(number) => number.parse().ok(),
        _ => None,
    }
}

/// An instant, in milliseconds since 1970.
pub(super) fn instant_of(object: &Json, name: &str) -> Option<Timestamp> {
    number_of(object, name).map(Timestamp::from_millis)
}

/// The items of a list in the order of their positions. What cannot be read is left out alone.
pub(super) fn items_of<T>(object: &Json, name: &str, read: impl Fn(&Json) -> Option<T>) -> Vec<T> {
    let Some(Json::Object(fields)) = object.get(name) else { return Vec::new() };
    let mut items: Vec<(usize, &Json)> =
        fields.iter().filter_map(|(at, item)| Some((at.parse().ok()?, item))).collect();
    items.sort_by_key(|(at, _)| *at);
    items.into_iter().filter_map(|(_, item)| read(item)).collect()
}
