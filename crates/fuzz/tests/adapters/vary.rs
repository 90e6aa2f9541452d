//! Variations of a JSON document that know nothing of what it means. A place is a JSON pointer.

use serde_json::{Value, json};

/// Every place of the document below its root.
pub fn places(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(document, "", &mut found);
    found
}

fn collect(value: &Value, pointer: &str, found: &mut Vec<String>) {
    let mut inner = |name: &str, value: &Value| {
        let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        found.push(pointer.clone());
        collect(value, &pointer, found);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, field)| inner(name, field)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| inner(&index.to_string(), item));
        }
        _ => {}
    }
}

pub fn replaced(document: &Value, place: &str, other: Value) -> Value {
    let mut document = document.clone();
    *document.pointer_mut(place).unwrap() = other;
    document
}

pub fn without(document: &Value, place: &str) -> Value {
    let mut document = document.clone();
    let (outer, name) = place.rsplit_once('/').unwrap();
    match document.pointer_mut(outer).unwrap() {
        Value::Object(fields) => {
            fields.remove(&name.replace("~1", "/").replace("~0", "~")).unwrap();
        }
        Value::Array(items) => {
            items.remove(name.parse().unwrap());
        }
        _ => {}
    }
    document
}

/// The document with a change at every place, the innermost first.
pub fn with_every(document: &Value, change: &impl Fn(&mut Value)) -> Value {
    let mut document = document.clone();
    deepest_first(&mut document, change);
    document
}

fn deepest_first(value: &mut Value, change: &impl Fn(&mut Value)) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(|field| deepest_first(field, change)),
        Value::Array(items) => items.iter_mut().for_each(|item| deepest_first(item, change)),
        _ => {}
    }
    change(value);
}

/// Lists made long: by items that are all alike, and by items that differ in every text; texts of names too.
pub fn long(value: &Value, number: usize) -> Vec<(&'static str, Value)> {
    match value {
        Value::Array(items) => {
            let item = items.first().cloned().unwrap_or_else(|| json!({}));
            let numbered = |at: usize| {
                with_every(&item, &|value| {
                    if let Value::String(text) = value {
                        text.push_str(&format!("-{at}"));
                    }
                })
            };
            vec![
                ("items that are alike", vec![item.clone(); number].into()),
                ("items that differ", (0..number).map(numbered).collect()),
            ]
        }
        Value::String(text) => {
            let names = |at: usize| format!("{text}-{at},");
            vec![
                ("names that are alike", format!("{text},").repeat(number).into()),
                ("names that differ", (0..number).map(names).collect::<String>().into()),
            ]
        }
        _ => Vec::new(),
    }
}
