//! What is asked of Hologres beside its sample, and what is made of it.

mod any_bytes;
mod details;
mod instance;
mod preparation;

use crate::json::Json;
use crate::model::{Observation, OperationKind, Service, Timestamp, Watch};
use crate::provider::conversation::{self, endpoint, exchange};
use crate::provider::{Background, Purpose, decode};

const NOW: Timestamp = Timestamp::from_millis(1_683_619_200_000);

fn watch() -> Watch {
    conversation::watch(Service::AlibabaHologres, OperationKind::Upgrade)
}

/// An answer with one upgrade, whose fields are given as JSON.
fn answer(fields: &str) -> String {
    format!(r#"{{"RequestId":"r","Success":true,"Data":[{{{fields}}}]}}"#)
}

/// A JSON text that holds the given text.
fn quoted(text: &str) -> String {
    Json::Text(text.to_owned()).to_string()
}

fn observed(body: &str) -> Observation {
    let endpoint = endpoint(Service::AlibabaHologres, Purpose::Service);
    decode(&watch(), &endpoint, &exchange(200, body, NOW), &Background::default(), NOW).unwrap()
}
