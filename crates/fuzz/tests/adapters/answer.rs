//! The documented answers as values that can be varied, and what is understood of them.
//!
//! A text that holds JSON is opened, so that its fields are varied as all others, and closed again before it is
//! read.

use rollwatch_core::error::PollError;
use rollwatch_core::json::Json;
use rollwatch_core::model::{Observation, Operation, OperationKind, Service, State, Warning};
use rollwatch_core::provider::{Background, decode};
use rollwatch_fuzz::{endpoint, exchange, observed_at, sample, watch};
use serde_json::Value;

pub type Outcome = Result<Observation, PollError>;

/// The one field of an object that stands for a text with JSON in it.
const OPENED: &str = "(opened)";

pub struct Sample {
    pub name: String,
    pub service: Service,
    pub operation: OperationKind,
    pub document: Value,
}

pub fn documented() -> Vec<Sample> {
    let operations =
        Service::ALL.into_iter().flat_map(|service| service.operations().iter().map(move |o| (service, *o)));
    let read = |(service, operation): (Service, OperationKind)| Sample {
        name: format!("{} {}", service.id(), operation.id()),
        service,
        operation,
        document: opened(serde_json::from_str(sample(service, operation)).unwrap()),
    };
    operations.map(read).collect()
}

fn opened(value: Value) -> Value {
    match value {
        Value::String(text) => match Json::read_without_commas(&text).filter(Json::is_object) {
            Some(json) => {
                let inside = serde_json::from_str(&json.to_string()).unwrap();
                Value::Object([(OPENED.to_owned(), opened(inside))].into_iter().collect())
            }
            None => Value::String(text),
        },
        Value::Array(items) => items.into_iter().map(opened).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, field)| (name, opened(field))).collect(),
        other => other,
    }
}

fn closed(value: &Value) -> Value {
    match value {
        Value::Object(fields) => match fields.get(OPENED) {
            Some(inside) => Value::String(closed(inside).to_string()),
            None => fields.iter().map(|(name, field)| (name.clone(), closed(field))).collect(),
        },
        Value::Array(items) => items.iter().map(closed).collect(),
        other => other.clone(),
    }
}

pub fn understood(sample: &Sample, document: &Value) -> Outcome {
    let exchange = exchange(&closed(document).to_string());
    let watch = watch(sample.service, sample.operation);
    decode(&watch, &endpoint(sample.service), &exchange, &Background::default(), observed_at())
}

/// A state with the vendor's own word for it.
pub struct Said {
    pub state: State,
    pub raw_status: Option<String>,
}

/// Every state that an observation holds.
pub fn said(observation: &Observation) -> Vec<Said> {
    let mut all = Vec::new();
    let mut say = |state, raw: &Option<String>| all.push(Said { state, raw_status: raw.clone() });
    for operation in observation.operation.iter().chain(&observation.earlier) {
        say(operation.state, &operation.raw_status);
        let steps = operation.nodes.iter().flat_map(|node| &node.steps).chain(&operation.steps);
        steps.for_each(|step| say(step.state, &step.raw_status));
        operation.nodes.iter().for_each(|node| say(node.state, &node.raw_status));
    }
    observation.groups.iter().for_each(|group| say(group.state, &group.raw_status));
    all
}

/// What decides whether a person is woken: the states, and what casts doubt on them.
pub struct Judged {
    pub is_error: bool,
    pub is_bad: bool,
    pub is_unknown: bool,
    pub claims: Vec<String>,
    pub warnings: Vec<Warning>,
}

pub fn judged(outcome: &Outcome) -> Judged {
    let observation = outcome.as_ref().ok();
    let operation = observation.and_then(|observation| observation.operation.as_ref());
    let mut all: Vec<_> = operation.into_iter().flat_map(claims).collect();
    all.extend(observation.and_then(|o| o.precheck.as_ref()).map(|precheck| format!("{precheck:?}")));
    Judged {
        is_error: outcome.is_err(),
        is_bad: operation.is_some_and(|operation| operation.state.is_bad()),
        is_unknown: operation.is_some_and(|operation| operation.state == State::Unknown),
        claims: all,
        warnings: observation.map(|observation| observation.warnings.clone()).unwrap_or_default(),
    }
}

/// Without names: a node of another name is the same node.
fn claims(operation: &Operation) -> Vec<String> {
    let mut nodes: Vec<_> = operation.nodes.iter().map(|node| format!("node {:?}", node.state)).collect();
    nodes.sort();
    [format!("operation {:?}", operation.state)].into_iter().chain(nodes).collect()
}
