//! What is asked of Huawei beside its samples, and what is made of it.

mod account;
mod any_bytes;
mod cluster;
mod large;
mod migration;
mod pages;

use crate::model::{OperationKind, Service, Timestamp, Watch};
use crate::provider::conversation;

const NOW: Timestamp = Timestamp::from_millis(1_742_803_781_000);

fn upgrade() -> Watch {
    conversation::watch(Service::HuaweiCss, OperationKind::Upgrade)
}

/// A task with the given number, which is its place in the order in which tasks started.
fn task(number: u32, status: &str, completed: &str) -> String {
    let (month, day) = (number / 28 % 12 + 1, number % 28 + 1);
    format!(
        r#"{{"id":"t{number}","startTime":"20{:02}-{month:02}-{day:02}T00:00:00","endTime":"","status":"{status}",
        "imageInfo":{{"displayName":"7.10.2_22.5.1_1230","datastoreVersion":"7.10.2"}},
        "totalNodes":"k-ess-esn-1-1,k-ess-esn-2-1","completedNodes":"{completed}",
        "currentNodeName":"","executeTimes":"1","currentNodeDetail":[]}}"#,
        20 + number / (28 * 12)
    )
}

fn list(total: u32, tasks: &[String]) -> String {
    format!(r#"{{"totalSize":{total},"detailList":[{}]}}"#, tasks.join(","))
}

/// The value of a parameter in a target.
fn parameter(target: &str, name: &str) -> Option<u32> {
    let (_, query) = target.split_once('?')?;
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(key, _)| *key == name).find_map(|(_, value)| value.parse().ok())
}
