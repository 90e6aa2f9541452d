//! Observations and errors as text that a person can check against the answer.

use std::fmt::Write;

use rollwatch_core::error::PollError;
use rollwatch_core::model::{
    GroupSummary, Node, Observation, Operation, Precheck, Step, VendorTime, Warning, Zone,
};

pub fn print(outcome: &Result<Observation, PollError>) -> String {
    let mut out = Lines::default();
    match outcome {
        Ok(observation) => out.observation(observation),
        Err(error) => out.error(error),
    }
    out.text
}

#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn line(&mut self, depth: usize, text: &str) {
        writeln!(self.text, "{:indent$}{}", "", text.trim_end(), indent = depth * 2)
            .expect("a String takes all");
    }

    fn observation(&mut self, observation: &Observation) {
        self.line(0, &format!("cluster: {}", observation.cluster_name.as_deref().unwrap_or("(unnamed)")));
        match &observation.operation {
            Some(operation) => self.operation("operation", operation),
            None if observation.precheck.is_none() => self.line(0, "operation: none"),
            None => {}
        }
        for earlier in &observation.earlier {
            self.operation("earlier", earlier);
        }
        match &observation.precheck {
            Some(Precheck::Passed) => self.line(0, "precheck: passed"),
            Some(Precheck::Refused { reason }) => self.line(0, &format!("precheck: refused, {reason:?}")),
            Some(Precheck::Unclear { raw }) => self.line(0, &format!("precheck: unclear, {raw:?}")),
            None => {}
        }
        for group in &observation.groups {
            self.group(group);
        }
        for warning in &observation.warnings {
            self.warning(warning);
        }
    }

    fn operation(&mut self, title: &str, operation: &Operation) {
        let word = word(operation.raw_status.as_deref());
        self.line(0, &format!("{title}: {} {:?}{word}", operation.kind.id(), operation.state));
        for (name, value) in [
            ("id", operation.id.clone()),
            ("phase", operation.phase.clone()),
            (
                "versions",
                operation.versions.as_ref().map(|versions| {
                    format!("{} -> {}", versions.from.as_deref().unwrap_or("(not told)"), versions.to)
                }),
            ),
            ("started", operation.started_at.as_ref().map(time)),
            ("ended", operation.ended_at.as_ref().map(time)),
            ("attempts", operation.attempts.map(|attempts| attempts.to_string())),
            ("estimated", operation.estimated_for.map(|span| format!("{} s", span.as_seconds()))),
        ] {
            if let Some(value) = value {
                self.line(1, &format!("{name}: {value}"));
            }
        }
        if let Some(plan) = &operation.az_plan {
            let zone = |zone: &Option<String>| zone.clone().unwrap_or_else(|| "(not told)".to_owned());
            self.line(1, &format!("zones: {} -> {}", zone(&plan.source), zone(&plan.target)));
            for (zone, nodes) in &plan.final_nodes {
                self.line(2, &format!("{zone}: {}", nodes.join(", ")));
            }
        }
        for fact in &operation.facts {
            self.line(1, &format!("fact {}: {}", fact.name, fact.value));
        }
        for step in &operation.steps {
            self.step(1, step);
        }
        for node in &operation.nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &Node) {
        let updated =
            node.updated_at.as_ref().map(|at| format!(", updated {}", time(at))).unwrap_or_default();
        let word = word(node.raw_status.as_deref());
        self.line(1, &format!("node {} ({:?}): {:?}{word}{updated}", node.name, node.role, node.state));
        for step in &node.steps {
            self.step(2, step);
        }
    }

    fn step(&mut self, depth: usize, step: &Step) {
        let order = step.order.map(|order| format!("{order} ")).unwrap_or_default();
        let word = word(step.raw_status.as_deref());
        let at = |name: &str, at: &Option<VendorTime>| {
            at.as_ref().map(|at| format!(", {name} {}", time(at))).unwrap_or_default()
        };
        let times = at("from", &step.began_at) + &at("to", &step.ended_at);
        self.line(depth, &format!("step {order}{}: {:?}{word}{times}", step.name, step.state));
        if let Some(description) = &step.description {
            self.line(depth + 1, description);
        }
    }

    fn group(&mut self, group: &GroupSummary) {
        let count = |count: Option<u32>| count.map_or_else(|| "?".to_owned(), |count| count.to_string());
        let word = word(group.raw_status.as_deref());
        let (operating, total) = (count(group.operating), count(group.total));
        self.line(
            0,
            &format!("group {:?}: {operating} of {total} operating, {:?}{word}", group.role, group.state),
        );
    }

    fn warning(&mut self, warning: &Warning) {
        let text = match warning {
            Warning::UnknownWord { field, word } => format!("{field} holds the unknown word {word:?}"),
            Warning::Repaired { field } => format!("{field} was repaired"),
            Warning::Unreadable { field, raw } => format!("{field} cannot be read: {raw:?}"),
            Warning::BadTime { field, raw } => format!("{field} is no time: {raw:?}"),
            Warning::MissingField { field } => format!("{field} is missing or has another shape"),
            Warning::MoreOperations { total, shown } => format!("{shown} of {total} operations shown"),
        };
        self.line(0, &format!("warning: {text}"));
    }

    fn error(&mut self, error: &PollError) {
        self.line(0, &format!("error: {:?}", error.kind));
        for (name, value) in [
            ("status", error.status.map(|status| status.to_string())),
            ("code", error.code.clone()),
            ("message", error.message.clone()),
            ("request id", error.request_id.clone()),
            ("retry after", error.retry_after.map(|span| format!("{} s", span.as_seconds()))),
            ("field", error.field.clone()),
        ] {
            if let Some(value) = value {
                self.line(1, &format!("{name}: {value}"));
            }
        }
    }
}

fn word(raw: Option<&str>) -> String {
    raw.map(|raw| format!(" ({raw:?})")).unwrap_or_default()
}

fn time(time: &VendorTime) -> String {
    match time.zone {
        Zone::Stated => time.at.iso(),
        Zone::Assumed(offset) => format!("{} (zone {:+} h assumed)", time.at.iso(), offset / 3600),
        Zone::Measured(offset) => format!("{} (zone {:+} h measured)", time.at.iso(), offset / 3600),
        Zone::Chosen(offset) => format!("{} (zone {:+} h chosen)", time.at.iso(), offset / 3600),
    }
}
