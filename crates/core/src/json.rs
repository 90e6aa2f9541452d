//! JSON as the vendors, the saved list and the page's own files hold it.
//!
//! The page reads a few documents and writes one, so it carries this reader instead of a general library,
//! which was a tenth of its bytes. A number stays the text that was written: a vendor's 2.70 is shown as 2.70.

mod reader;
#[cfg(test)]
mod tests;

use std::fmt::{self, Write};

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    Null,
    Bool(bool),
    /// The number as it was written.
    Number(String),
    Text(String),
    List(Vec<Json>),
    /// The fields in the order in which they were written.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a whole document. `None` when it is not JSON, or nests deeper than any document of ours.
    pub fn read(text: &str) -> Option<Json> {
        reader::read(text, reader::Commas::Needed)
    }

    /// Reads a document whose commas cannot be trusted; nothing else is forgiven. JSON stays unambiguous
    /// without them, so a comma between two values is white space here.
    pub fn read_without_commas(text: &str) -> Option<Json> {
        reader::read(text, reader::Commas::Ignored)
    }

    /// A field of an object, unless it is null. Of a name that stands twice the last one counts.
    pub fn get(&self, name: &str) -> Option<&Json> {
        let Json::Object(fields) = self else { return None };
        let (_, value) = fields.iter().rev().find(|(other, _)| other == name)?;
        (*value != Json::Null).then_some(value)
    }

    /// The text that this is; a number is not one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of the list that this is.
    pub fn as_list(&self) -> Option<&[Json]> {
        match self {
            Json::List(items) => Some(items),
            _ => None,
        }
    }

    /// Whether this is an object.
    pub fn is_object(&self) -> bool {
        matches!(self, Json::Object(_))
    }
}

/// The shortest text that reads as the same value.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(true) => f.write_str("true"),
            Json::Bool(false) => f.write_str("false"),
            Json::Number(number) => f.write_str(number),
            Json::Text(text) => quoted(text, f),
            Json::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    f.write_char(if index == 0 { '[' } else { ',' })?;
                    item.fmt(f)?;
                }
                f.write_str(if items.is_empty() { "[]" } else { "]" })
            }
            Json::Object(fields) => {
                for (index, (name, value)) in fields.iter().enumerate() {
                    f.write_char(if index == 0 { '{' } else { ',' })?;
                    quoted(name, f)?;
                    f.write_char(':')?;
                    value.fmt(f)?;
                }
                f.write_str(if fields.is_empty() { "{}" } else { "}" })
            }
        }
    }
}

fn quoted(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                f.write_char('\\')?;
                f.write_char(c)?;
            }
            '\0'..='\u{1f}' => {
                f.write_str(if c < '\u{10}' { "\\u000" } else { "\\u001" })?;
                f.write_char(char::from_digit(u32::from(c) & 15, 16).unwrap_or('0'))?;
            }
            _ => f.write_char(c)?,
        }
    }
    f.write_char('"')
}
