//! serde_json's own value type is the judge of what is JSON and what it means.

use proptest::prelude::*;
use serde_json::Value;

use super::Json;
use super::tolerant::DEPTH;

const DOCUMENTED: &str =
    include_str!("../../../../tests/fixtures/alibaba_hologres/documented/details-raw.txt");

/// The same value in serde_json's types. A number goes through its text.
fn theirs(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::from(*flag),
        Json::Number(number) => serde_json::from_str(number).unwrap(),
        Json::Text(text) => Value::from(text.as_str()),
        Json::List(items) => items.iter().map(theirs).collect(),
        Json::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), theirs(value))).collect(),
    }
}

fn read(text: &str) -> Option<Value> {
    Json::read(text).as_ref().map(theirs)
}

fn without_commas(text: &str) -> Option<Value> {
    Json::read_without_commas(text).as_ref().map(theirs)
}

#[test]
fn what_is_not_json_is_refused() {
    for bad in [
        "",
        " ",
        "Internal error",
        "{",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":,\"b\":1}",
        "{a:1}",
        "{\"a\" 1}",
        "{\"a\":1}}",
        "{\"a\":1} x",
        "{1:2}",
        "tru",
        "truefalse",
        "nul",
        "True",
        "NaN",
        "01",
        "-",
        "-a",
        "+1",
        ".5",
        "1.",
        "1.e1",
        "1e",
        "1e+",
        "0x10",
        "1_000",
        "١",
        "\"",
        "\"a",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "\"\\ud800x\"",
        "\"\n\"",
        "\"\u{1f}\"",
        "'a'",
        "\u{feff}1",
        "\u{a0}1",
        "1\u{0}",
    ] {
        assert!(serde_json::from_str::<Value>(bad).is_err(), "{bad:?} is JSON");
        assert_eq!(Json::read(bad), None, "{bad:?}");
    }
}

#[test]
fn every_escape_and_every_form_of_number_is_read() {
    for good in [
        " { \"a\" : [ 1 , 2 ] , \"b\" : { } , \"c\" : [ ] }\r\n\t",
        r#""\"\\\/\b\f\n\r\t\u0000\u00e9\uAC00\ud83d\uDE80 é가🚀""#,
        "[0,-0,10,-1,1.50,0.5,1e3,1E-2,1.5e+10,18446744073709551615,true,false,null]",
    ] {
        let expected: Value = serde_json::from_str(good).expect("JSON");
        assert_eq!(read(good), Some(expected), "{good}");
    }
}

#[test]
fn a_number_becomes_its_shortest_text() {
    for (written, shortest) in [("9000", "9000"), ("2.70", "2.7"), ("-1", "-1"), ("1e3", "1000.0")] {
        assert_eq!(Json::read(written), Some(Json::Number(shortest.to_owned())));
    }
}

#[test]
fn of_a_name_that_stands_twice_the_last_value_counts() {
    let json = Json::read(r#"{"a":1,"a":"2","n":null}"#).expect("JSON");
    assert_eq!(json.get("a").and_then(Json::as_text), Some("2"));
    assert_eq!((json.get("n"), json.get("b"), Json::Null.get("a")), (None, None, None));
}

#[test]
fn nesting_beyond_the_limit_is_refused_without_a_crash() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let limit = usize::from(DEPTH);
    for read in [Json::read, Json::read_without_commas] {
        assert!(read(&nested(limit - 1)).is_some());
        assert_eq!(read(&nested(limit + 1)), None);
        assert_eq!(read(&"{\"a\":".repeat(1_000_000)), None);
    }
}

#[test]
fn the_documented_text_is_read_as_if_its_commas_were_right() {
    let mut right = DOCUMENTED.to_owned();
    // From the back, so that earlier offsets stay true.
    right.insert(1296, ',');
    right.remove(621);
    right.insert(170, ',');
    right.insert(117, ',');
    let right: Value = serde_json::from_str(&right).expect("valid once its commas are right");
    assert_eq!(Json::read(DOCUMENTED), None);
    assert_eq!(without_commas(DOCUMENTED), Some(right));
}

#[test]
fn every_cut_of_the_documented_text_is_refused() {
    for end in 0..DOCUMENTED.len() {
        assert_eq!(Json::read_without_commas(&DOCUMENTED[..end]), None, "cut at {end}");
    }
}

#[test]
fn defects_other_than_commas_are_not_forgiven() {
    for bad in [
        "",
        "Internal error",
        "{\"a\":,\"b\":1}",
        "{\"a\":}",
        "{\"a\" 1}",
        "{\"a\",:1}",
        "{a:1}",
        "{\"a\":1}}",
        "{\"a\":1} x",
        "{\"a\":tru}",
        "{\"a\":1e}",
        "{\"a\":'b'}",
        "{\"a\":\"\\x\"}",
        "{\"a\":[1}",
        "[truefalse]",
        "[1-2]",
    ] {
        assert_eq!(Json::read_without_commas(bad), None, "{bad}");
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        // Fractions that a short decimal text holds exactly, as every figure of a vendor does.
        any::<i32>().prop_map(|eighths| Value::from(f64::from(eighths) / 8.0)),
        ".*".prop_map(Value::from),
        any::<String>().prop_map(Value::from),
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

/// Writes JSON and asks `comma` for the text between two items and after the last one. Where the text is
/// empty a space keeps two scalars apart, as nothing else would.
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
            let items =
                map.iter().map(|(k, v)| (false, format!("{}:{}", Value::from(k.as_str()), write(v, comma))));
            let items = items.collect();
            format!("{{{}}}", join(items, comma))
        }
        other => other.to_string(),
    }
}

proptest! {
    #[test]
    fn valid_texts_mean_what_serde_json_says(value in any_value()) {
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            let expected: Option<Value> = serde_json::from_str(&text).ok();
            prop_assert_eq!(&read(&text), &expected);
            prop_assert_eq!(&without_commas(&text), &expected);
        }
    }

    #[test]
    fn what_is_written_is_read_back_by_both(value in any_value()) {
        let ours = Json::read(&value.to_string()).expect("JSON");
        let written = ours.to_string();
        prop_assert_eq!(Json::read(&written), Some(ours.clone()));
        prop_assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), theirs(&ours));
    }

    #[test]
    fn both_agree_on_what_is_json(
        text in prop_oneof!["[\\[\\]{}:,\"\\\\/u0-9a-f .eE+-]{0,12}", "\"(\\\\u[dD][89a-f][0-9]{2}|\\\\.|.){0,4}\"", ".*"],
    ) {
        // serde_json refuses what no f64 holds, which is a number all the same.
        let judged: Result<Value, _> = serde_json::from_str(&text);
        let beyond = matches!(&judged, Err(error) if error.to_string().starts_with("number out of range"));
        prop_assume!(!beyond);
        prop_assert_eq!(read(&text), judged.ok());
        let _ = without_commas(&text);
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
        prop_assert_eq!(without_commas(&text), serde_json::from_str(&value.to_string()).ok());
    }

    #[test]
    fn a_text_that_was_cut_off_is_refused(value in any_object(), cut in any::<prop::sample::Index>()) {
        let text = value.to_string();
        let end = text.char_indices().map(|(at, _)| at).nth(cut.index(text.chars().count())).unwrap_or(0);
        prop_assert_eq!(Json::read(&text[..end]), None);
        prop_assert_eq!(Json::read_without_commas(&text[..end]), None);
    }
}
