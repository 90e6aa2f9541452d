//! Operations as they are recorded. Every field is kept; a word of a later version becomes `Unknown` or
//! `Unstated` and takes nothing else with it.

use super::fields::{Fields, instant_of, items_of, number_of, text, text_of};
use super::words;
use crate::json::Json;
use crate::model::{
    AzPlan, Fact, Node, NodeRole, Operation, OperationKind, Span, State, Step, Timestamp, VendorTime,
    VersionChange, Zone,
};

/// The operation as an object.
pub(super) fn write(operation: &Operation) -> Json {
    let Operation {
        id,
        kind,
        state,
        raw_status,
        phase,
        versions,
        started_at,
        ended_at,
        nodes,
        steps,
        attempts,
        estimated_for,
        valid_until,
        az_plan,
        facts,
    } = operation;
    Fields::default()
        .text("id", id.as_deref())
        .with("kind", text(kind.id()))
        .with("state", text(words::of_state(*state)))
        .text("raw", raw_status.as_deref())
        .text("phase", phase.as_deref())
        .with("versions", versions.as_ref().map(of_versions))
        .with("started", started_at.as_ref().map(of_time))
        .with("ended", ended_at.as_ref().map(of_time))
        .items("nodes", nodes, of_node)
        .items("steps", steps, of_step)
        .number("attempts", *attempts)
        .number("estimate", estimated_for.map(Span::as_millis))
        .number("valid_until", valid_until.map(Timestamp::as_millis))
        .with("az", az_plan.as_ref().map(of_az_plan))
        .items("facts", facts, of_fact)
        .done()
}

/// Whether the operation is of a kind that this version knows. Nothing can be said of another.
pub(super) fn is_readable(json: &Json) -> bool {
    kind(json).is_some()
}

fn kind(json: &Json) -> Option<OperationKind> {
    OperationKind::from_id(json.get("kind")?.as_text()?)
}

/// The operation that `write` wrote, if it is readable.
pub(super) fn read(json: &Json) -> Option<Operation> {
    Some(Operation {
        id: text_of(json, "id"),
        kind: kind(json)?,
        state: state(json),
        raw_status: text_of(json, "raw"),
        phase: text_of(json, "phase"),
        versions: json.get("versions").and_then(versions),
        started_at: json.get("started").and_then(time),
        ended_at: json.get("ended").and_then(time),
        nodes: items_of(json, "nodes", node),
        steps: items_of(json, "steps", step),
        attempts: number_of(json, "attempts"),
        estimated_for: number_of(json, "estimate").map(Span::millis),
        valid_until: instant_of(json, "valid_until"),
        az_plan: json.get("az").map(az_plan),
        facts: items_of(json, "facts", fact),
    })
}

/// The state of an operation, a node, a step or a group.
pub(super) fn state(json: &Json) -> State {
    json.get("state").and_then(Json::as_text).and_then(words::state).unwrap_or(State::Unknown)
}

/// The role of a node or of a group.
pub(super) fn role(json: &Json) -> NodeRole {
    json.get("role").and_then(Json::as_text).and_then(words::role).unwrap_or(NodeRole::Unstated)
}

fn of_node(node: &Node) -> Json {
    let Node { name, role, state, raw_status, updated_at, steps } = node;
    Fields::default()
        .with("name", text(name))
        .with("role", text(words::of_role(*role)))
        .with("state", text(words::of_state(*state)))
        .text("raw", raw_status.as_deref())
        .with("updated", updated_at.as_ref().map(of_time))
        .items("steps", steps, of_step)
        .done()
}

fn node(json: &Json) -> Option<Node> {
    Some(Node {
        name: text_of(json, "name")?,
        role: role(json),
        state: state(json),
        raw_status: text_of(json, "raw"),
        updated_at: json.get("updated").and_then(time),
        steps: items_of(json, "steps", step),
    })
}

fn of_step(step: &Step) -> Json {
    let Step { order, name, state, raw_status, description, began_at, ended_at } = step;
    Fields::default()
        .number("order", *order)
        .with("name", text(name))
        .with("state", text(words::of_state(*state)))
        .text("raw", raw_status.as_deref())
        .text("description", description.as_deref())
        .with("began", began_at.as_ref().map(of_time))
        .with("ended", ended_at.as_ref().map(of_time))
        .done()
}

fn step(json: &Json) -> Option<Step> {
    Some(Step {
        order: number_of(json, "order"),
        name: text_of(json, "name")?,
        state: state(json),
        raw_status: text_of(json, "raw"),
        description: text_of(json, "description"),
        began_at: json.get("began").and_then(time),
        ended_at: json.get("ended").and_then(time),
    })
}

/// A vendor's time. The instant stands beside the text although it follows from it today: what it was taken for
/// when it was recorded must not depend on how a later version reads texts.
pub(super) fn of_time(time: &VendorTime) -> Json {
    let VendorTime { raw, at, zone } = time;
    let fields = Fields::default().with("raw", text(raw)).number("at", Some(at.as_millis()));
    match zone {
        Zone::Stated => fields,
        Zone::Assumed(offset) => fields.number("assumed", Some(offset)),
        Zone::Measured(offset) => fields.number("measured", Some(offset)),
        Zone::Chosen(offset) => fields.number("chosen", Some(offset)),
    }
    .done()
}

pub(super) fn time(json: &Json) -> Option<VendorTime> {
    let chosen = number_of(json, "chosen").map(Zone::Chosen);
    let measured = || number_of(json, "measured").map(Zone::Measured);
    let assumed = || number_of(json, "assumed").map(Zone::Assumed);
    let zone = chosen.or_else(measured).or_else(assumed).unwrap_or(Zone::Stated);
    Some(VendorTime { raw: text_of(json, "raw")?, at: instant_of(json, "at")?, zone })
}

pub(super) fn of_versions(versions: &VersionChange) -> Json {
    let VersionChange { from, to } = versions;
    Fields::default().text("from", from.as_deref()).with("to", text(to)).done()
}

pub(super) fn versions(json: &Json) -> Option<VersionChange> {
    Some(VersionChange { from: text_of(json, "from"), to: text_of(json, "to")? })
}

fn of_fact(fact: &Fact) -> Json {
    let Fact { name, value } = fact;
    Fields::default().with("name", text(name)).with("value", text(value)).done()
}

fn fact(json: &Json) -> Option<Fact> {
    Some(Fact { name: text_of(json, "name")?, value: text_of(json, "value")? })
}

fn of_az_plan(plan: &AzPlan) -> Json {
    let AzPlan { kind, node_type, source, target, final_nodes } = plan;
    let of_zone = |(zone, nodes): &(String, Vec<String>)| {
        let nodes = nodes.iter().map(|node| text(node)).collect();
        Fields::default().with("zone", text(zone)).with("nodes", Json::List(nodes)).done()
    };
    Fields::default()
        .text("kind", kind.as_deref())
        .text("node_type", node_type.as_deref())
        .text("source", source.as_deref())
        .text("target", target.as_deref())
        .items("final", final_nodes, of_zone)
        .done()
}

fn az_plan(json: &Json) -> AzPlan {
    let zone = |json: &Json| {
        let nodes = json.get("nodes").and_then(Json::as_list)?;
        let nodes = nodes.iter().filter_map(Json::as_text).map(str::to_owned).collect();
        Some((text_of(json, "zone")?, nodes))
    };
    AzPlan {
        kind: text_of(json, "kind"),
        node_type: text_of(json, "node_type"),
        source: text_of(json, "source"),
        target: text_of(json, "target"),
        final_nodes: items_of(json, "final", zone),
    }
}
