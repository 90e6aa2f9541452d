//! Reading JSON whose commas cannot be trusted.
//!
//! Alibaba documents a text inside a JSON string whose commas are missing in three places and too many in a
//! fourth. JSON stays unambiguous without them, so a comma between values is white space here and nothing
//! else is forgiven: strings and scalars are read by serde_json itself, which keeps 9000 a number, and a
//! text that was cut off is refused instead of being closed.

use serde_json::{Map, Value};

/// How deep objects and lists may nest. Far beyond any documented answer, far below the stack.
const DEPTH: u8 = 64;

/// The object that `text` holds. `None` when it is cut off, nests too deep, is not an object, or has any
/// defect other than commas.
pub(super) fn parse_object(text: &str) -> Option<Value> {
    let mut cursor = Cursor { rest: text };
    let value = cursor.value(DEPTH)?;
    cursor.skip_commas();
    (cursor.rest.is_empty() && value.is_object()).then_some(value)
}

/// What is still to be read.
struct Cursor<'a> {
    rest: &'a str,
}

impl Cursor<'_> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches(SPACE);
    }

    fn skip_commas(&mut self) {
        self.rest = self.rest.trim_start_matches(|c| c == ',' || SPACE.contains(&c));
    }

    fn eat(&mut self, wanted: char) -> bool {
        let after = self.rest.strip_prefix(wanted);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn value(&mut self, depth: u8) -> Option<Value> {
        self.skip_space();
        if self.eat('{') {
            self.object(depth.checked_sub(1)?)
        } else if self.eat('[') {
            self.list(depth.checked_sub(1)?)
        } else if self.rest.starts_with('"') {
            self.string().map(Value::String)
        } else {
            self.scalar()
        }
    }

    fn object(&mut self, depth: u8) -> Option<Value> {
        let mut map = Map::new();
        loop {
            self.skip_commas();
            if self.eat('}') {
                return Some(Value::Object(map));
            }
            let key = self.string()?;
            self.skip_space();
            // A comma is not forgiven here: `{"a":,"b":1}` lacks a value, and none is made up.
            if !self.eat(':') {
                return None;
            }
            let value = self.value(depth)?;
            map.insert(key, value);
        }
    }

    fn list(&mut self, depth: u8) -> Option<Value> {
        let mut items = Vec::new();
        loop {
            self.skip_commas();
            if self.eat(']') {
                return Some(Value::Array(items));
            }
            items.push(self.value(depth)?);
        }
    }

    fn string(&mut self) -> Option<String> {
        let mut escaped = false;
        let (quote, _) = self.rest.char_indices().skip(1).find(|(_, c)| {
            let closes = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            closes
        })?;
        let token = self.take(quote + 1)?;
        serde_json::from_str(token).ok()
    }

    fn scalar(&mut self) -> Option<Value> {
        let ends = |c: char| SPACE.contains(&c) || ",:{}[]\"".contains(c);
        let token = self.take(self.rest.find(ends).unwrap_or(self.rest.len()))?;
        serde_json::from_str(token).ok()
    }
}

impl<'a> Cursor<'a> {
    fn take(&mut self, length: usize) -> Option<&'a str> {
        let (token, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(token)
    }
}

/// The white space of JSON.
const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DOCUMENTED: &str =
        include_str!("../../../../tests/fixtures/alibaba_hologres/documented/details-raw.txt");

    #[test]
    fn the_documented_text_is_read_as_if_its_commas_were_right() {
        let mut right = DOCUMENTED.to_owned();
        // From the back, so that earlier offsets stay true.
        right.insert(1296, ',');
        right.remove(621);
        right.insert(170, ',');
        right.insert(117, ',');
        let right: Value = serde_json::from_str(&right).expect("valid once its commas are right");
        assert!(serde_json::from_str::<Value>(DOCUMENTED).is_err());
        assert_eq!(parse_object(DOCUMENTED), Some(right));
    }

    #[test]
    fn every_cut_of_the_documented_text_is_refused() {
        for end in 0..DOCUMENTED.len() {
            assert_eq!(parse_object(&DOCUMENTED[..end]), None, "cut at {end}");
        }
    }

    #[test]
    fn other_defects_are_not_forgiven() {
        for bad in [
            "",
            "Internal error",
            "\"text\"",
            "[1]",
            "9000",
            "null",
            "{\"a\":,\"b\":1}",
            "{\"a\":}",
            "{\"a\" 1}",
            "{a:1}",
            "{\"a\":1}}",
            "{\"a\":1} x",
            "{\"a\":tru}",
            "{\"a\":1e}",
            "{\"a\":'b'}",
            "{\"a\":\"\\x\"}",
            "{\"a\":[1}",
        ] {
            assert_eq!(parse_object(bad), None, "{bad}");
        }
    }

    #[test]
    fn nesting_beyond_the_limit_is_refused_without_a_crash() {
        let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse_object(&nested(usize::from(DEPTH) - 1)).is_some());
        assert_eq!(parse_object(&nested(usize::from(DEPTH))), None);
        assert_eq!(parse_object(&"{\"a\":".repeat(1_000_000)), None);
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".*".prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 60, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(".*", inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    fn any_object() -> impl Strategy<Value = Value> {
        prop::collection::btree_map(".*", any_value(), 0..6)
            .prop_map(|map| Value::Object(map.into_iter().collect()))
    }

    /// Writes JSON and asks `comma` for the text between two items and after the last one. Where the text
    /// is empty a space keeps two scalars apart, as nothing else would.
    fn write(value: &Value, comma: &mut dyn FnMut(bool) -> &'static str) -> String {
        let join = |items: Vec<(bool, String)>, comma: &mut dyn FnMut(bool) -> &'static str| {
            let mut joined = String::new();
            let mut after_scalar = false;
            for (index, (is_scalar, item)) in items.iter().enumerate() {
                let between = if index == 0 { "" } else { comma(false) };
                joined.push_str(between);
                if between.is_empty() && after_scalar && *is_scalar {
                    joined.push(' ');
                }
                joined.push_str(item);
                after_scalar = *is_scalar;
            }
            if !items.is_empty() {
                joined.push_str(comma(true));
            }
            joined
        };
        match value {
            Value::Array(list) => {
                let scalar = |item: &Value| !(item.is_array() || item.is_object() || item.is_string());
                let items = list.iter().map(|item| (scalar(item), write(item, comma))).collect();
                format!("[{}]", join(items, comma))
            }
            Value::Object(map) => {
                let items = map
                    .iter()
                    .map(|(k, v)| (false, format!("{}:{}", Value::from(k.as_str()), write(v, comma))));
                let items = items.collect();
                format!("{{{}}}", join(items, comma))
            }
            other => other.to_string(),
        }
    }

    proptest! {
        #[test]
        fn valid_texts_mean_what_serde_json_says(value in any_object()) {
            let text = value.to_string();
            prop_assert_eq!(parse_object(&text), serde_json::from_str(&text).ok());
        }

        #[test]
        fn dropped_and_trailing_commas_change_no_value(
            value in any_object(),
            choices in prop::collection::vec(any::<bool>(), 1..40),
        ) {
            let mut choices = choices.iter().cycle();
            let mut comma = |last: bool| match (choices.next(), last) {
                (Some(true), false) | (Some(false), true) => "",
                _ => ",",
            };
            let text = write(&value, &mut comma);
            let valid = value.to_string();
            prop_assert_eq!(parse_object(&text), serde_json::from_str(&valid).ok());
        }

        #[test]
        fn a_text_that_was_cut_off_is_refused(value in any_object(), cut in any::<prop::sample::Index>()) {
            let text = value.to_string();
            let end = text.char_indices().map(|(at, _)| at).nth(cut.index(text.chars().count())).unwrap_or(0);
            prop_assert_eq!(parse_object(&text[..end]), None);
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*", json_like in "[\\[\\]{}:,\"\\\\a0 .e-]{0,80}") {
            let _ = parse_object(&text);
            let _ = parse_object(&json_like);
        }
    }
}
