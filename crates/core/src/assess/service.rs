//! Which service an operation is of. A judgement rests on the history alone, which a replay and a pasted answer
//! have too; the shapes of the services' answers are disjoint.

use crate::model::{NodeRole, Operation, Service};

/// The service whose answers look like this; `None` when too little is known to tell.
pub(super) fn service_of(operation: &Operation) -> Option<Service> {
    let has = |roles: [NodeRole; 2]| operation.nodes.iter().any(|node| roles.contains(&node.role));
    let mut node_steps = operation.nodes.iter().flat_map(|node| &node.steps);
    // No other vendor has a task id or numbers its steps.
    if operation.id.is_some() || node_steps.any(|step| step.order.is_some()) {
        Some(Service::HuaweiCss)
    } else if has([NodeRole::Broker, NodeRole::ZooKeeper]) {
        Some(Service::NcpDataStreaming)
    } else if has([NodeRole::Leader, NodeRole::Follower]) || !operation.steps.is_empty() {
        Some(Service::AlibabaHologres)
    } else if operation.nodes.iter().any(|node| node.raw_status.is_some()) {
        Some(Service::NcpSearchEngine)
    } else {
        let word = operation.raw_status.as_deref();
        word.is_some_and(|word| HOLOGRES_WORDS.contains(&word)).then_some(Service::AlibabaHologres)
    }
}

/// What Hologres calls an upgrade whose details cannot be read.
const HOLOGRES_WORDS: [&str; 3] = ["preparing", "upgrading", "archived"];
