//! How much text a run takes. `cargo test -p rollwatch-core size -- --nocapture` shows the figures.

use super::*;
use crate::model::{Step, VendorTime, VersionChange, Zone};
use crate::record::{TOTAL_BYTES, write_run};

fn time(seconds: i64) -> Option<VendorTime> {
    let raw = at(seconds).iso().replace('T', " ").replace('Z', "");
    VendorTime::parse(&raw, Zone::Assumed(32_400))
}

/// An upgrade that takes node after node through these words, one change a minute, with a time of the vendor
/// beside each.
fn words(count: usize) -> Vec<Observation> {
    let mut now = nodes(&vec![State::Pending; count]);
    let operation = now.operation.as_mut().unwrap();
    operation.versions = Some(VersionChange { from: Some("7.10.2".to_owned()), to: "7.13.1".to_owned() });
    operation.raw_status = Some("upgrade_in_progress".to_owned());
    operation.started_at = time(0);
    for (number, node) in operation.nodes.iter_mut().enumerate() {
        node.name = format!("cluster000-data-{number:04}");
        node.raw_status = Some("waiting".to_owned());
        node.updated_at = time(0);
    }
    let turn = [(State::Running, "stopping"), (State::Running, "upgrading"), (State::Succeeded, "complete")];
    let changes = (0..count).flat_map(|number| turn.map(|(state, word)| (number, state, word)));
    let mut seen = vec![now.clone()];
    for ((number, state, word), minute) in changes.zip(1..) {
        let node = &mut now.operation.as_mut().unwrap().nodes[number];
        node.state = state;
        node.raw_status = Some(word.to_owned());
        node.updated_at = time(minute * 60);
        now.observed_at = at(minute * 60 + 5);
        seen.push(now.clone());
    }
    seen
}

/// An upgrade whose answers show the steps of the node at work alone.
fn steps(count: usize) -> Vec<Observation> {
    let mut seen = Vec::new();
    let mut now = nodes(&vec![State::Pending; count]);
    for number in 0..count {
        for done in 0..=8 {
            let minute = i64::try_from(number * 9 + done).unwrap();
            let node = &mut now.operation.as_mut().unwrap().nodes[number];
            let is_over = done == 8;
            node.state = if is_over { State::Succeeded } else { State::Running };
            let step = |(order, _): (i64, usize)| Step {
                order: Some(order),
                name: format!("Upgrade_OpenSearch_{order}"),
                state: if usize::try_from(order).unwrap() < done { State::Succeeded } else { State::Running },
                raw_status: Some("RUNNING".to_owned()),
                description: Some("Upgrades the node to the target version.".to_owned()),
                began_at: time((minute - 1) * 60 + order),
                ended_at: None,
            };
            node.steps = if is_over { Vec::new() } else { (0..).zip(0..=done).map(step).collect() };
            now.observed_at = at(minute * 60 + 5);
            seen.push(now.clone());
        }
    }
    seen
}

struct Size {
    whole: usize,
    /// The mean of the documents that are not whole.
    change: usize,
    run: usize,
    summary: usize,
}

fn size(name: &str, observations: &[Observation]) -> Size {
    let mut page = Page::new();
    for observation in observations {
        page.see(observation, observation.observed_at);
    }
    let texts = page.store.texts(0);
    let (whole, changes): (Vec<&String>, Vec<&String>) =
        texts.iter().partition(|text| text.contains("\"whole\""));
    let mean = |texts: &[&String]| texts.iter().map(|text| text.len()).sum::<usize>() / texts.len();
    let size = Size {
        whole: mean(&whole),
        change: mean(&changes),
        run: texts.iter().map(String::len).sum(),
        summary: write_run(&page.timeline.run().unwrap()).len(),
    };
    println!(
        "{name}: {} changes; {} bytes whole, {} bytes per change, {} bytes for the run, {} for its summary",
        texts.len() - 1,
        size.whole,
        size.change,
        size.run,
        size.summary
    );
    size
}

#[test]
fn a_change_of_one_node_costs_as_little_among_two_hundred_as_among_eight() {
    let few = size("8 nodes, words", &words(8));
    let many = size("200 nodes, words", &words(200));
    assert!(few.change < 300 && many.change < few.change + 10, "{} {}", few.change, many.change);
    assert!(few.whole < 2_500 && many.whole < 45_000, "{} {}", few.whole, many.whole);
    assert!(few.summary < 5_000 && many.summary < 90_000, "{} {}", few.summary, many.summary);
    let twenty_runs = u64::try_from((many.run + many.summary) * 20).unwrap();
    assert!(twenty_runs < TOTAL_BYTES / 2, "{twenty_runs}");
}

#[test]
fn the_steps_of_the_node_at_work_cost_what_they_say() {
    let few = size("8 nodes, steps", &steps(8));
    let more = size("40 nodes, steps", &steps(40));
    assert!(few.change < 600 && more.change < few.change + 10, "{} {}", few.change, more.change);
}
