//! Answers of up to a megabyte that were made to cost: reading each ends soon, in little memory and on the stack that
//! the page has.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use peak_alloc::PeakAlloc;
use rollwatch_core::model::Service;
use rollwatch_fuzz::{Target, sample};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use support::run;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const SIZE: usize = 1_000_000;

/// One part of an answer alone is so large: enough for squares to show, and there are many parts.
const PART: usize = 300_000;

/// WebAssembly gives the page so much; tests would have twice as much.
const STACK: usize = 1024 * 1024;

/// What reading one input may take at most, in a build without optimisation on a machine that does other things
/// as well. Work that grows with the square of the input takes minutes.
const TIME: Duration = Duration::from_secs(20);

/// A value of one byte, such as the `0` in a list of them, becomes one of 32 bytes, and a list that grows holds
/// its items twice for a moment.
const MEGABYTES: f32 = 128.0;

#[test]
fn a_megabyte_of_hostile_input_is_read_soon_and_in_little_memory() {
    let work = move || {
        for (targets, name, input) in &plain().into_iter().chain(documented()).collect::<Vec<_>>() {
            for target in targets.iter().copied() {
                MEMORY.reset_peak_usage();
                let (before, began_at) = (MEMORY.current_usage_as_mb(), Instant::now());
                run(target, name, input.as_bytes());
                let (took_for, used) = (began_at.elapsed(), MEMORY.peak_usage_as_mb() - before);
                assert!(took_for < TIME, "{} over {name} took {took_for:?}", target.name());
                assert!(used < MEGABYTES, "{} over {name} used {used} MB", target.name());
            }
        }
    };
    std::thread::Builder::new().stack_size(STACK).spawn(work).unwrap().join().unwrap();
}

type Input = (Vec<Target>, String, String);

/// Inputs that need no vendor's form. One reader of answers stands for the others of its service, and a host's
/// own configuration is no hostile input.
fn plain() -> Vec<Input> {
    let mut targets = vec![Target::Headers, Target::Json, Target::JsonWithoutCommas, Target::Link];
    targets.extend([Target::SavedList, Target::Redaction, Target::Time]);
    targets.extend(Service::ALL.map(|service| Target::Decode(service, service.operations()[0])));
    let many = |unit: &str| unit.repeat(SIZE / unit.len());
    let names: String = (0..SIZE / 12).map(|number| format!("\"n{number}\":0,")).collect();
    [
        ("lists in lists", many("[")),
        ("objects in objects", many("{\"a\":")),
        ("lists in lists that end", format!("{}{}", "[".repeat(SIZE / 2), "]".repeat(SIZE / 2))),
        ("a list of numbers", format!("[{}0]", many("0,"))),
        ("a list of empty lists", format!("[{}[]]", many("[],"))),
        ("a list of empty objects", format!("[{}{{}}]", many("{},"))),
        ("an object of many names", format!("{{{names}\"z\":0}}")),
        ("an object of one name", format!("{{{}\"a\":0}}", many("\"a\":0,"))),
        ("one long text", format!("\"{}\"", many("a"))),
        ("one text of escapes", format!("\"{}\"", many("\\u00e9"))),
        ("one text without end", format!("\"{}", many("\\\""))),
        ("one long number", many("9")),
        ("commas", many(",")),
        ("spaces", many(" ")),
        ("lines", many("a: b\n")),
        ("announced secrets", many("token=abcdefghijkl ")),
        ("announcing names", many("token ")),
        ("segments", format!("c/{}", many("a/"))),
        ("percent signs", format!("c/huawei_css/public/{}", many("%41"))),
        ("fractions of a second", format!("2025-03-24T17:09:41.{}", many("1"))),
    ]
    .map(|(name, input)| (targets.clone(), name.to_owned(), input))
    .to_vec()
}

/// The documented answers with one of their parts blown up.
fn documented() -> Vec<Input> {
    let mut found = Vec::new();
    for service in Service::ALL {
        for operation in service.operations() {
            let document: Value = serde_json::from_str(sample(service, *operation)).unwrap();
            let name = format!("{} {}", service.id(), operation.id());
            each_place(&document, String::new(), &mut |pointer, value| {
                for (how, blown) in blown_up(value) {
                    let mut document = document.clone();
                    *document.pointer_mut(pointer).unwrap() = blown;
                    let target = Target::Decode(service, *operation);
                    found.push((
                        vec![target],
                        format!("{name} with {pointer} as {how}"),
                        document.to_string(),
                    ));
                }
            });
        }
    }
    found
}

fn each_place(value: &Value, pointer: String, visit: &mut impl FnMut(&str, &Value)) {
    visit(&pointer, value);
    match value {
        // One item stands for all, as they are of one form.
        Value::Array(items) => {
            items.iter().take(1).for_each(|item| each_place(item, format!("{pointer}/0"), visit));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| each_place(field, format!("{pointer}/{name}"), visit));
        }
        _ => {}
    }
}

fn blown_up(value: &Value) -> Vec<(&'static str, Value)> {
    match value {
        Value::Array(items) => {
            let item = items.first().cloned().unwrap_or(Value::Null);
            let number = PART / (item.to_string().len() + 1);
            let numbered = |at: usize| match &item {
                Value::Object(fields) => {
                    let mut fields = fields.clone();
                    for name in ["hostname", "id", "name"] {
                        fields.entry(name).and_modify(|value| *value = json!(format!("n-{at}")));
                    }
                    Value::Object(fields)
                }
                other => other.clone(),
            };
            vec![
                ("namesakes", vec![item.clone(); number].into()),
                ("a long list", (0..number).map(numbered).collect()),
            ]
        }
        Value::String(_) => vec![
            ("namesakes", "a,".repeat(PART / 2).into()),
            ("many names", (0..PART / 8).map(|at| format!("n-{at},")).collect::<String>().into()),
            ("an object of many fields", {
                let fields: String = (0..PART / 20).map(|at| format!("\"zone-{at}\":\"a,b\" ")).collect();
                format!("{{{fields}}}").into()
            }),
        ],
        _ => Vec::new(),
    }
}
