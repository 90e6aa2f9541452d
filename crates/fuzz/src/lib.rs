//! Hostile input for everything that reads text from outside. A target is one reader with what must be true of
//! it whatever the bytes are: it never panics, and it ends with a value and warnings or with a named error.
//!
//! The same targets are run by the tests of this package, over the fixtures and over what proptest makes of
//! them, and by libFuzzer in `cargo xtask fuzz`, which looks for inputs that reach code that none has reached.

#![allow(clippy::expect_used, reason = "a panic is how a finding is told")]

mod answers;
mod properties;
mod recording;
mod texts;

pub use answers::{endpoint, exchange, observed_at, sample, watch};
pub use properties::sound;

use rollwatch_core::model::{OperationKind, Service};

/// One reader of text from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// An answer about an operation.
    Decode(Service, OperationKind),
    /// The answers to the supplements that follow the documented answer about an operation.
    Inquiry(Service, OperationKind),
    /// An answer with a list of clusters.
    List(Service),
    /// An answer to the question whether something could start.
    Check(Service),
    /// An answer about whose a credential is.
    Holder(Service),
    /// What the headers of an answer say of clocks and of waiting.
    Headers,
    Json,
    JsonWithoutCommas,
    Link,
    SavedList,
    /// The documents of a recorded run, one a line, and each as a run that is over.
    Recording,
    Redaction,
    Time,
    /// Regions that a configuration adds to the catalogue.
    Regions,
    /// Any document of the vault.
    Vault,
}

impl Target {
    pub fn all() -> Vec<Target> {
        let mut all = Vec::new();
        for service in Service::ALL {
            for operation in service.operations() {
                all.extend([Target::Decode(service, *operation), Target::Inquiry(service, *operation)]);
            }
            all.push(Target::List(service));
            if service.checks_restarts() || service.checks_upgrades() {
                all.push(Target::Check(service));
            }
            if answers::identity(service).is_some() {
                all.push(Target::Holder(service));
            }
        }
        all.extend([
            Target::Headers,
            Target::Json,
            Target::JsonWithoutCommas,
            Target::Link,
            Target::SavedList,
            Target::Recording,
            Target::Redaction,
            Target::Time,
            Target::Regions,
            Target::Vault,
        ]);
        all
    }

    /// The name on the command line, and of the folder of further seeds: `decode.huawei_css.upgrade`. What
    /// stands between the dots second is the folder of fixtures that serve as seeds.
    pub fn name(self) -> String {
        match self {
            Target::Decode(service, operation) => format!("decode.{}.{}", service.id(), operation.id()),
            Target::Inquiry(service, operation) => format!("inquiry.{}.{}", service.id(), operation.id()),
            Target::List(service) => format!("list.{}", service.id()),
            Target::Check(service) => format!("check.{}", service.id()),
            Target::Holder(service) => format!("holder.{}", service.id()),
            Target::Headers => "headers".to_owned(),
            Target::Json => "json".to_owned(),
            Target::JsonWithoutCommas => "json-without-commas".to_owned(),
            Target::Link => "link".to_owned(),
            Target::SavedList => "saved-list".to_owned(),
            Target::Recording => "recording".to_owned(),
            Target::Redaction => "redaction".to_owned(),
            Target::Time => "time".to_owned(),
            Target::Regions => "regions".to_owned(),
            Target::Vault => "vault".to_owned(),
        }
    }

    pub fn from_name(name: &str) -> Option<Target> {
        Target::all().into_iter().find(|target| target.name() == name)
    }

    /// Reads the bytes and holds what came of it against what must be true.
    ///
    /// # Panics
    /// When something that must be true is not: that is a finding.
    pub fn run(self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        match self {
            Target::Decode(service, operation) => answers::decode(service, operation, &text),
            Target::Inquiry(service, operation) => answers::inquire(service, operation, &text),
            Target::List(service) => answers::list(service, &text),
            Target::Check(service) => answers::check(service, &text),
            Target::Holder(service) => answers::holder(service, &text),
            Target::Headers => texts::headers(&text),
            Target::Json => texts::json(&text),
            Target::JsonWithoutCommas => texts::json_without_commas(&text),
            Target::Link => texts::link(&text),
            Target::SavedList => texts::saved_list(&text),
            Target::Recording => recording::read(&text),
            Target::Redaction => texts::redaction(&text),
            Target::Time => texts::time(&text),
            Target::Regions => texts::regions(&text),
            Target::Vault => texts::vault(&text),
        }
    }
}
