use super::{NOW, list, task, upgrade};
use crate::model::{Observation, Service, State};
use crate::provider::conversation::{endpoint, exchange};
use crate::provider::{Background, Purpose, decode};

fn observed(body: &str) -> Observation {
    let endpoint = endpoint(Service::HuaweiCss, Purpose::Service);
    decode(&upgrade(), &endpoint, &exchange(200, body, NOW), &Background::default(), NOW).unwrap()
}

fn of_nodes(total: &str, completed: &str, further: &str) -> String {
    format!(
        r#"{{"totalSize":1,"detailList":[{{"id":"t1","startTime":"2023-01-05T02:23:39","status":"RUNNING",
        "totalNodes":"{total}","completedNodes":"{completed}",{further}"currentNodeDetail":[]}}]}}"#
    )
}

#[test]
fn ten_thousand_nodes_keep_their_order_and_their_states() {
    let names: Vec<String> = (0..10_000).map(|n| format!("k-ess-esn-{n}-1")).collect();
    let (done, batch) = (names[..5_000].join(","), names[5_000..5_100].join(", "));
    let further = format!(r#""batchSize":100,"currentBatchNodes":"{batch}","#);
    let operation = observed(&of_nodes(&names.join(","), &done, &further)).operation.unwrap();
    let in_order = operation.nodes.iter().zip(&names).all(|(node, name)| node.name == *name);
    assert!(in_order && operation.nodes.len() == 10_000);
    let count = |state| operation.nodes.iter().filter(|node| node.state == state).count();
    assert_eq!((count(State::Succeeded), count(State::Running), count(State::Pending)), (5_000, 100, 4_900));
}

#[test]
fn ten_thousand_namesakes_have_names_of_their_own() {
    let total = vec!["same"; 10_000].join(",");
    let operation = observed(&of_nodes(&total, "same", "")).operation.unwrap();
    let mut names: Vec<&str> = operation.nodes.iter().map(|node| node.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 10_000);
}

#[test]
fn ten_thousand_tasks_are_sorted_newest_first() {
    let tasks: Vec<String> = (0..10_000).map(|n| task(n, "SUCCESS", "")).collect();
    let observation = observed(&list(10_000, &tasks));
    let starts: Vec<_> = observation.operation.iter().chain(&observation.earlier).collect();
    let starts: Vec<_> = starts.iter().filter_map(|task| task.started_at.as_ref()).map(|at| at.at).collect();
    assert_eq!(starts.len(), 10_000);
    assert!(starts.is_sorted_by(|one, other| one >= other));
}
