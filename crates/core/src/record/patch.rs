//! What differs between two documents, as an [RFC 7396](https://www.rfc-editor.org/rfc/rfc7396) merge patch: an
//! object of the fields that are new or other, with null for those that are gone.
//!
//! Such a patch cannot give a field the value null. No document here has one: what is absent is left out.

use crate::json::Json;

/// The patch that makes `new` of `old`, both without nulls. An empty object: they are equal.
pub(super) fn between(old: &Json, new: &Json) -> Json {
    let (Json::Object(old), Json::Object(new)) = (old, new) else { return new.clone() };
    let mut patch = Vec::new();
    for (place, (name, value)) in new.iter().enumerate() {
        match find(old, place, name).and_then(|at| old.get(at)) {
            Some((_, before)) if before == value => {}
            // Only an object can be patched: anything else is written whole, and replaces what was.
            Some((_, before)) => patch.push((name.clone(), between(before, value))),
            None => patch.push((name.clone(), value.clone())),
        }
    }
    let gone = old.iter().enumerate().filter(|(place, (name, _))| find(new, *place, name).is_none());
    patch.extend(gone.map(|(_, (name, _))| (name.clone(), Json::Null)));
    Json::Object(patch)
}

/// Applies a patch. Whatever both are, this ends with a document: what is no object is replaced whole.
pub(super) fn apply(document: &mut Json, patch: Json) {
    let Json::Object(patch) = patch else {
        *document = patch;
        return;
    };
    if !document.is_object() {
        *document = Json::Object(Vec::new());
    }
    let Json::Object(fields) = document else { return };
    for (place, (name, change)) in patch.into_iter().enumerate() {
        match (find(fields, place, &name), change) {
            (Some(at), Json::Null) => {
                fields.remove(at);
            }
            (None, Json::Null) => {}
            (found, change) => {
                let at = found.unwrap_or(fields.len());
                if found.is_none() {
                    fields.push((name, Json::Null));
                }
                if let Some((_, value)) = fields.get_mut(at) {
                    apply(value, change);
                }
            }
        }
    }
}

/// The place of a field, looked for first where it is likely: documents of one kind have their fields in one
/// order, and two hundred nodes times two hundred names would be slow.
fn find(fields: &[(String, Json)], likely: usize, name: &str) -> Option<usize> {
    let is_it = |(other, _): &(String, Json)| other == name;
    if fields.get(likely).is_some_and(is_it) { Some(likely) } else { fields.iter().position(is_it) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn document() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Json::Bool),
            any::<i8>().prop_map(|number| Json::Number(number.to_string())),
            "[a-c]{0,2}".prop_map(Json::Text),
            prop::collection::vec("[a-c]".prop_map(Json::Text), 0..3).prop_map(Json::List),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop::collection::btree_map("[a-d0-3]", inner, 0..5)
                .prop_map(|fields| Json::Object(fields.into_iter().collect()))
        })
    }

    /// Equal but for the order of fields, which means nothing.
    fn sorted(json: &Json) -> Json {
        match json {
            Json::Object(fields) => {
                let mut fields: Vec<_> =
                    fields.iter().map(|(name, value)| (name.clone(), sorted(value))).collect();
                fields.sort_by(|(a, _), (b, _)| a.cmp(b));
                Json::Object(fields)
            }
            other => other.clone(),
        }
    }

    proptest! {
        #[test]
        fn a_patch_makes_the_new_document_of_the_old_one(old in document(), new in document()) {
            let mut patched = old.clone();
            apply(&mut patched, between(&old, &new));
            prop_assert_eq!(sorted(&patched), sorted(&new));
        }
    }

    #[test]
    fn the_examples_of_the_standard_hold() {
        // RFC 7396, appendix A, without those whose original has a null.
        for (original, patch, result) in [
            (r#"{"a":"b"}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"b":"c"}"#, r#"{"a":"b","b":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"a":null}"#, "{}"),
            (r#"{"a":"b","b":"c"}"#, r#"{"a":null}"#, r#"{"b":"c"}"#),
            (r#"{"a":["b"]}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"c"}"#, r#"{"a":["b"]}"#, r#"{"a":["b"]}"#),
            (r#"{"a":{"b":"c"}}"#, r#"{"a":{"b":"d","c":null}}"#, r#"{"a":{"b":"d"}}"#),
            (r#"{"a":[{"b":"c"}]}"#, r#"{"a":[1]}"#, r#"{"a":[1]}"#),
            (r#"["a","b"]"#, r#"["c","d"]"#, r#"["c","d"]"#),
            (r#"{"a":"b"}"#, r#"["c"]"#, r#"["c"]"#),
            (r#"{"a":"foo"}"#, "null", "null"),
            (r#"{"a":"foo"}"#, r#""bar""#, r#""bar""#),
            ("[1,2]", r#"{"a":"b","c":null}"#, r#"{"a":"b"}"#),
            ("{}", r#"{"a":{"bb":{"ccc":null}}}"#, r#"{"a":{"bb":{}}}"#),
        ] {
            let mut document = Json::read(original).unwrap();
            apply(&mut document, Json::read(patch).unwrap());
            assert_eq!(document.to_string(), result, "{original} with {patch}");
        }
    }
}
