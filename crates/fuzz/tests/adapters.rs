//! One list of hostile variations over the answers of every operation of every service: whatever the vendor
//! changes, a word that is not known stays beside an unknown state, and without a warning nothing looks better
//! than it is.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "adapters/answer.rs"]
mod answer;
#[path = "adapters/vary.rs"]
mod vary;

use answer::{Judged, Said, documented, judged, understood};
use rollwatch_core::model::{OperationKind, State, Warning};
use rollwatch_fuzz::sound;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use vary::{places, replaced, with_every};

/// What no vendor says.
const UNHEARD: &str = "unheard of";

#[test]
fn an_unknown_word_is_kept_beside_an_unknown_state_and_is_never_success() {
    for sample in documented() {
        let mut kept = 0;
        for place in places(&sample.document) {
            let answer = replaced(&sample.document, &place, json!(UNHEARD));
            let outcome = understood(&sample, &answer);
            sound(&outcome);
            let Ok(observation) = &outcome else { continue };
            for Said { state, raw_status } in answer::said(observation) {
                if raw_status.as_deref() == Some(UNHEARD) {
                    assert_eq!(state, State::Unknown, "{} {place}", sample.name);
                    let is_told = |warning: &Warning| matches!(warning, Warning::UnknownWord { word, .. } if word == UNHEARD);
                    assert!(observation.warnings.iter().any(is_told), "{} {place}", sample.name);
                    kept += 1;
                }
            }
        }
        let has_words = sample.operation != OperationKind::Precheck;
        assert!(!has_words || kept > 0, "{}: no word of the answer is a state", sample.name);
    }
}

#[test]
fn without_a_warning_nothing_looks_better_when_a_field_is_missing_or_of_another_type() {
    let others = [
        Value::Null,
        json!(true),
        json!(-1.5),
        json!("x"),
        json!(""),
        json!([]),
        json!({}),
        json!([[{}]]),
        json!([null]),
    ];
    let mut better = Vec::new();
    for sample in documented() {
        let before = understood(&sample, &sample.document);
        for place in places(&sample.document) {
            let varied = others
                .iter()
                .map(|other| (other.to_string(), replaced(&sample.document, &place, other.clone())));
            for (how, answer) in
                varied.chain([("missing".to_owned(), vary::without(&sample.document, &place))])
            {
                let after = understood(&sample, &answer);
                sound(&after);
                if looks_better_silently(&judged(&before), &judged(&after)) {
                    better.push(format!("{}: {place} as {how}", sample.name));
                }
            }
        }
    }
    assert!(better.is_empty(), "{} look better without a warning:\n{}", better.len(), better.join("\n"));
}

/// More of it is done or on its way, or the trouble with the whole is gone. Less may be claimed at any time: the
/// vendors leave fields out when there is nothing to tell.
fn looks_better_silently(before: &Judged, after: &Judged) -> bool {
    let count =
        |judged: &Judged, word: &str| judged.claims.iter().filter(|claim| claim.ends_with(word)).count();
    let more = ["Succeeded", "Running", "Passed"].iter().any(|word| count(after, word) > count(before, word));
    // An empty list says that there is no operation.
    let hidden = before.is_bad && !after.is_bad && !after.is_unknown && !after.claims.is_empty();
    !after.is_error && before.warnings == after.warnings && (more || hidden)
}

#[test]
fn fields_that_no_page_names_change_nothing() {
    for sample in documented() {
        let add = |fields: &mut serde_json::Map<String, Value>| {
            fields.insert("anythingElse".to_owned(), json!({ "status": ["RUNNING", 1, null] }));
        };
        let answer = with_every(&sample.document, &|value| {
            if let Value::Object(fields) = value {
                add(fields);
            }
        });
        assert_ne!(answer, sample.document);
        let outcome = understood(&sample, &answer);
        assert_eq!(
            without_maps(outcome),
            without_maps(understood(&sample, &sample.document)),
            "{}",
            sample.name
        );
    }
}

/// Where the vendor's own names are those of fields, from zones to nodes and from steps to states, a further one
/// is a zone or a step.
fn without_maps(mut outcome: answer::Outcome) -> answer::Outcome {
    for observation in outcome.iter_mut() {
        observation.warnings.retain(|warning| !matches!(warning, Warning::UnknownWord { .. }));
        for operation in observation.operation.iter_mut() {
            operation.az_plan = None;
            operation.steps.retain(|step| step.name != "anythingElse");
        }
    }
    outcome
}

#[test]
fn numbers_as_texts_and_texts_as_numbers_mean_the_same() {
    for sample in documented() {
        let before = understood(&sample, &sample.document);
        for place in places(&sample.document) {
            let other = match sample.document.pointer(&place).unwrap() {
                Value::Number(number) => json!(number.to_string()),
                Value::String(text) => match text.parse::<u32>() {
                    Ok(number) if number.to_string() == *text => json!(number),
                    _ => continue,
                },
                _ => continue,
            };
            let after = understood(&sample, &replaced(&sample.document, &place, other));
            assert_eq!(after, before, "{} {place}", sample.name);
        }
    }
}

#[test]
fn the_order_of_a_list_changes_no_node() {
    for sample in documented() {
        let answer = with_every(&sample.document, &|value| {
            if let Value::Array(items) = value {
                items.reverse();
            }
        });
        let sorted = |answer: &Value| {
            let mut claims = judged(&understood(&sample, answer)).claims;
            claims.sort();
            claims
        };
        assert_eq!(sorted(&answer), sorted(&sample.document), "{}", sample.name);
    }
}

#[test]
fn nodes_that_come_twice_and_lists_that_are_empty_keep_the_promises() {
    for sample in documented() {
        let twice = with_every(&sample.document, &|value| {
            if let Value::Array(items) = value {
                let again = items.clone();
                items.extend(again);
            }
        });
        let empty = with_every(&sample.document, &|value| {
            if let Value::Array(items) = value {
                items.clear();
            }
        });
        for answer in [twice, empty] {
            let outcome = understood(&sample, &answer);
            sound(&outcome);
            let operation = outcome.as_ref().ok().and_then(|observation| observation.operation.as_ref());
            let is_success = operation.is_some_and(|operation| operation.state == State::Succeeded);
            assert!(!is_success, "{}: no documented operation has succeeded", sample.name);
        }
    }
}

/// What a list of ten thousand may take, in a build without optimisation on a machine that does other things.
const TIME: Duration = Duration::from_secs(10);

#[test]
fn lists_of_ten_thousand_are_read_soon_and_keep_every_node_apart() {
    for sample in documented() {
        for place in places(&sample.document) {
            for (how, long) in vary::long(sample.document.pointer(&place).unwrap(), 10_000) {
                let answer = replaced(&sample.document, &place, long);
                let began_at = Instant::now();
                sound(&understood(&sample, &answer));
                let took_for = began_at.elapsed();
                assert!(took_for < TIME, "{} {place} as {how}: {took_for:?}", sample.name);
            }
        }
    }
}

#[test]
fn a_document_that_is_no_object_is_an_error_that_says_so() {
    for sample in documented() {
        for document in [json!(null), json!([]), json!([sample.document]), json!("text"), json!(7), json!({})]
        {
            let error = understood(&sample, &document).unwrap_err();
            assert!(error.field.is_some(), "{} {document}: {error:?}", sample.name);
        }
    }
}
