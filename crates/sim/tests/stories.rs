//! The clusters that are there for one story: what their vendors say over time, read from the wire.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use rollwatch_core::model::{Span, Timestamp, VendorTime, Zone};
use rollwatch_sim::{CLUSTERS, Clouds, SOAK};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use support::*;

/// What a vendor says of a cluster every `seconds`, for so many hours, with the minutes since the start.
fn over(clouds: &Clouds, name: &str, hours: i64, seconds: i64) -> Vec<(f64, Value)> {
    let id = named(name).id;
    let answers = (0..hours * 3600 / seconds).map(|_| {
        let minutes = clouds.clock().now().since(START).as_seconds() as f64 / 60.0;
        let said = told(clouds, id);
        clouds.clock().advance(Span::seconds(seconds));
        (minutes, said)
    });
    answers.collect()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn names(task: &Value, field: &str) -> Vec<String> {
    text(&task[field]).split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn at(value: &Value, offset: i32) -> Timestamp {
    VendorTime::parse(text(value), Zone::Assumed(offset)).expect("a time").at
}

/// How many minutes lie between two times of Huawei.
fn minutes(from: &Value, to: &Value) -> i64 {
    at(to, 0).since(at(from, 0)).as_seconds() / 60
}

/// The different words of one node of the search engine one after another, each with how many minutes it was
/// said.
fn words_of_node(answers: &[(f64, Value)], node: usize) -> Vec<(String, f64)> {
    let mut words: Vec<(String, f64)> = Vec::new();
    let mut began = 0.0;
    for (minute, answer) in answers {
        let word = text(&answer["result"]["nodeStatusVoList"][node]["status"]);
        if words.last().is_none_or(|(last, _)| last != word) {
            words.push((word.to_owned(), 0.0));
            began = *minute;
        }
        if let Some((_, lasted)) = words.last_mut() {
            *lasted = minute - began;
        }
    }
    words
}

/// The running or latest task of every answer, without those that say the same as the one before.
fn tasks(answers: &[(f64, Value)]) -> Vec<Value> {
    let mut tasks: Vec<Value> = answers.iter().map(|(_, answer)| answer["detailList"][0].clone()).collect();
    tasks.dedup();
    tasks
}

/// The tasks of the first whole run: those of the second id.
fn of_next_run(tasks: &[Value]) -> Vec<&Value> {
    let mut ids: Vec<&Value> = tasks.iter().map(|task| &task["id"]).collect();
    ids.dedup();
    let next = ids.get(1).expect("a second run");
    tasks.iter().filter(|task| task["id"] == **next).collect()
}

fn in_turn<T: PartialEq>(mut items: Vec<T>) -> Vec<T> {
    items.dedup();
    items
}

#[test]
fn a_search_engine_node_fails_for_nine_minutes_and_takes_its_turn_once_more() {
    for seed in 0..10 {
        let answers = over(&seeded(seed), "ses-node-retried", 2, 10);
        let words = words_of_node(&answers, 2);
        let said: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
        let retried = ["Upgrade_OpenSearch", "Restart_OpenSearch", "complete"];
        assert_eq!(said[0], "Failed_Upgrade_OpenSearch", "at the start; seed {seed}");
        assert_eq!(said[1..4], retried, "seed {seed}");
        let whole = ["running", "Upgrade_OpenSearch", "Failed_Upgrade_OpenSearch"];
        assert_eq!(said[4..7], whole, "the next run tells it from its beginning; seed {seed}");
        assert_eq!(said[7..10], retried, "seed {seed}");
        assert!((8.5..9.5).contains(&words[6].1), "seed {seed}: {words:?}");
        // No other node fails, and none begins while this one lies still.
        assert!((0..8).filter(|node| *node != 2).all(|node| {
            words_of_node(&answers, node).iter().all(|(word, _)| !word.starts_with("Failed"))
        }));
        let failed: Vec<_> = answers.iter().filter(|(_, a)| a.to_string().contains("Failed_")).collect();
        assert!(failed.iter().all(|(_, a)| !a.to_string().contains("\"Upgrade_OpenSearch\"")), "seed {seed}");
    }
}

#[test]
fn a_search_engine_node_stands_still_for_a_hundred_minutes_and_then_goes_on() {
    for seed in 0..10 {
        let clouds = seeded(seed);
        let answers = over(&clouds, "ses-node-paused", 3, 30);
        let words = words_of_node(&answers, 3);
        let said: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
        let from = said.iter().position(|word| *word == "Upgrade_OpenSearch").expect("its turn");
        assert_eq!(said[from..from + 3], ["Upgrade_OpenSearch", "Restart_OpenSearch", "complete"]);
        // Identical answers all the while, but for the ids of requests.
        let results: Vec<&Value> = answers.iter().map(|(_, answer)| &answer["result"]).collect();
        let longest = results.chunk_by(|one, next| one == next).map(<[_]>::len).max().expect("answers");
        assert!((190..=201).contains(&longest), "seed {seed}: {longest} answers half a minute apart");
        let last = answers.iter().rfind(|(_, a)| !a.to_string().contains("\"running\"")).expect("an end");
        assert_eq!(words_of_node(std::slice::from_ref(last), 7)[0].0, "complete", "seed {seed}");
    }
}

#[test]
fn a_search_engine_that_is_often_upgraded_takes_differently_long() {
    let answers = over(&clouds(), "ses-often-upgraded", 10, 20);
    let mut runs: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for (minute, answer) in &answers {
        let result = &answer["result"];
        let run = runs.entry(text(&result["versionVo"]["actionDate"]).to_owned()).or_insert((*minute, 0.0));
        if run.1 == 0.0 && list(&result["nodeStatusVoList"]).iter().all(|node| node["status"] == "complete") {
            run.1 = minute - run.0;
        }
    }
    let whole: Vec<f64> = runs.values().skip(1).map(|run| run.1).filter(|took| *took > 0.0).collect();
    assert!(whole.len() >= 12, "{runs:?}");
    assert!(whole.iter().all(|took| (18.0..40.0).contains(took)), "{whole:?}");
    let (least, most) =
        (whole.iter().copied().fold(f64::MAX, f64::min), whole.iter().copied().fold(0.0, f64::max));
    assert!(most > least * 1.15, "{whole:?}");
}

#[test]
fn one_broker_is_restarted_five_times_as_long_as_the_others() {
    for seed in 0..10 {
        let answers = over(&seeded(seed), "kafka-slow-broker", 2, 10);
        let orange = |broker: usize| {
            let of_broker =
                |answer: &Value| answer["result"]["brokerStatusPerNode"][broker]["status"].clone();
            // The second run alone, which is seen from its beginning to its end.
            let seen = answers
                .iter()
                .filter(|(minute, _)| (51.0..111.0).contains(minute))
                .map(|(_, answer)| of_broker(answer));
            seen.filter(|colour| colour == "orange").count()
        };
        let counts: Vec<usize> = (0..6).map(orange).collect();
        let others: Vec<usize> = (0..6).filter(|broker| *broker != 2).map(|broker| counts[broker]).collect();
        let usual = others.iter().sum::<usize>() as f64 / 5.0;
        assert!((3.4..6.8).contains(&(counts[2] as f64 / usual)), "seed {seed}: {counts:?}");
        assert!(answers.iter().all(|(_, a)| !a.to_string().contains("red")), "nothing fails");
    }
}

#[test]
fn the_data_of_one_huawei_node_is_on_its_way_for_five_hours() {
    for seed in 0..5 {
        let tasks = tasks(&over(&seeded(seed), "css-five-hours", 6, 60));
        let second = |task: &&Value| text(&task["currentNodeName"]).ends_with("-2-1");
        let of_second: Vec<&Value> = tasks.iter().filter(second).collect();
        let migrating = of_second.first().expect("it is at work at the start");
        assert_eq!(migrating["currentNodeDetail"][0]["order"], 0);
        assert_eq!(migrating["currentNodeDetail"][0]["status"], "RUNNING");
        let over = &of_second.get(1).expect("it goes on")["currentNodeDetail"][0];
        assert_eq!(over["status"], "SUCCESS");
        assert_eq!(minutes(&over["beginTime"], &over["endTime"]), 300, "seed {seed}");
        assert_eq!(tasks.last().expect("a task")["status"], "SUCCESS", "it comes to its end");
    }
}

#[test]
fn a_huawei_node_that_was_done_is_worked_on_again() {
    for seed in 0..10 {
        let tasks = tasks(&over(&seeded(seed), "css-node-goes-back", 3, 20));
        let run = of_next_run(&tasks);
        let done: Vec<usize> = in_turn(run.iter().map(|task| names(task, "completedNodes").len()).collect());
        assert_eq!(done, [0, 1, 2, 1, 2, 3, 4, 5], "seed {seed}");
        let at_work = run.iter().map(|task| text(&task["currentNodeName"]).to_owned()).collect();
        let at_work: Vec<String> = in_turn(at_work);
        let numbers: Vec<&str> = at_work.iter().map(|name| name.strip_suffix("-1").unwrap_or("")).collect();
        let numbers: Vec<&str> = numbers.iter().map(|name| name.rsplit('-').next().unwrap_or("")).collect();
        assert_eq!(numbers, ["", "1", "2", "3", "2", "3", "4", "5", ""], "seed {seed}");
        // While it goes back, the list has lost the second node and nothing else.
        let lost = run
            .windows(2)
            .find(|pair| names(pair[1], "completedNodes").len() < names(pair[0], "completedNodes").len());
        let lost = lost.expect("a node goes back");
        assert_eq!(names(lost[1], "completedNodes"), names(lost[0], "completedNodes")[..1]);
        assert!(text(&lost[1]["currentNodeName"]).ends_with("-2-1"));
    }
}

#[test]
fn the_order_of_huaweis_nodes_changes_half_way_and_nothing_else_does() {
    for seed in 0..10 {
        let tasks = tasks(&over(&seeded(seed), "css-order-changes", 3, 20));
        let run = of_next_run(&tasks);
        let orders: Vec<Vec<String>> = in_turn(run.iter().map(|task| names(task, "totalNodes")).collect());
        assert_eq!(orders.len(), 2, "seed {seed}: {orders:?}");
        let sets: BTreeSet<BTreeSet<&String>> = orders.iter().map(|order| order.iter().collect()).collect();
        assert_eq!(sets.len(), 1, "the same six nodes all the while");
        let changed = run.iter().position(|task| names(task, "totalNodes") == orders[1]).expect("a change");
        assert_eq!(names(run[changed], "completedNodes").len(), 3, "half way");
        let done: Vec<usize> = in_turn(run.iter().map(|task| names(task, "completedNodes").len()).collect());
        assert_eq!(done, [0, 1, 2, 3, 4, 5, 6], "no node goes back; seed {seed}");
    }
}

#[test]
fn a_terminated_huawei_task_is_called_a_success_over_two_of_five_nodes() {
    let clouds = clouds();
    let seen = tasks(&over(&clouds, "css-terminated", 5, 600));
    let [task] = &seen[..] else { panic!("nothing changes any more: {seen:?}") };
    assert_eq!((text(&task["status"]), text(&task["currentNodeName"])), ("SUCCESS", ""));
    assert_eq!((names(task, "completedNodes").len(), names(task, "totalNodes").len()), (2, 5));
    assert_ne!(task["endTime"], "");
    assert!(list(&task["currentNodeDetail"]).is_empty());
}

#[test]
fn a_huawei_task_fails_and_is_retried_under_its_own_id() {
    for seed in 0..10 {
        let tasks = tasks(&over(&seeded(seed), "css-task-retried", 3, 20));
        assert_eq!(tasks[0]["status"], "FAILED", "at the start; seed {seed}");
        let run = of_next_run(&tasks);
        let told: Vec<(&str, &str)> =
            in_turn(run.iter().map(|task| (text(&task["status"]), text(&task["executeTimes"]))).collect());
        assert_eq!(told, [("RUNNING", "1"), ("FAILED", "1"), ("RUNNING", "2"), ("SUCCESS", "2")], "{seed}");
        let of = |status: &str, times: &str| {
            let is_it = |task: &&&Value| task["status"] == status && task["executeTimes"] == times;
            *run.iter().find(is_it).expect("such a task")
        };
        let (failed, retried) = (of("FAILED", "1"), of("RUNNING", "2"));
        assert_eq!((failed["endTime"] == "", retried["endTime"] == ""), (false, true));
        assert_eq!((&failed["startTime"], &failed["id"]), (&retried["startTime"], &retried["id"]));
        assert_eq!(failed["currentNodeName"], retried["currentNodeName"], "the same node");
        let steps = |task: &Value| -> Vec<String> {
            list(&task["currentNodeDetail"]).iter().map(|step| text(&step["status"]).to_owned()).collect()
        };
        let waiting = ["WAITING"; 4];
        assert_eq!(steps(failed)[..3], ["SUCCESS", "SUCCESS", "FAILED"]);
        assert_eq!(steps(failed)[3..], waiting);
        assert_eq!((steps(retried)[0].as_str(), steps(retried)[1].as_str()), ("RUNNING", "WAITING"));
    }
}

#[test]
fn the_documented_six_days_end_twenty_minutes_before_the_simulation_begins() {
    let clouds = clouds();
    let tasks = tasks(&over(&clouds, "css-six-days", 2, 600));
    let [task] = &tasks[..] else { panic!("the sample goes no further") };
    let order: Vec<String> = names(task, "totalNodes");
    assert_eq!(order, ["2", "1", "3"].map(|number| format!("css-six-days-ess-esn-{number}-1")));
    assert_eq!(
        (names(task, "completedNodes"), text(&task["currentNodeName"])),
        (vec![order[0].clone()], &*order[1])
    );
    let steps = list(&task["currentNodeDetail"]);
    let [migration, update] = steps else { panic!("two steps") };
    assert_eq!((&migration["order"], &update["order"]), (&Value::from(0), &Value::from(12)));
    assert_eq!((text(&migration["status"]), text(&update["status"])), ("SUCCESS", "RUNNING"));
    let seconds = |from: &Value, to: &Value| at(to, 0).since(at(from, 0)).as_seconds();
    assert_eq!(seconds(&migration["beginTime"], &migration["endTime"]), 18);
    // From 2022-12-29T08:41:23 to 2023-01-04T06:53:42.
    assert_eq!(seconds(&migration["endTime"], &update["beginTime"]), ((5 * 24 + 22) * 60 + 12) * 60 + 19);
    assert_eq!(START.since(at(&update["beginTime"], 0)).as_seconds() / 60, 19);
    assert_eq!((text(&task["status"]), text(&task["endTime"])), ("RUNNING", ""));
}

#[test]
fn earlier_huawei_tasks_of_the_same_nodes_took_differently_long() {
    let clouds = clouds();
    let answer = told(&clouds, named("css-earlier-runs").id);
    let tasks = list(&answer["detailList"]);
    assert_eq!((tasks.len(), text(&tasks[0]["status"])), (7, "RUNNING"));
    let of_past = &tasks[1..];
    assert!(of_past.iter().all(|task| task["status"] == "SUCCESS" && names(task, "totalNodes").len() == 5));
    let mut took: Vec<i64> =
        of_past.iter().map(|task| minutes(&task["startTime"], &task["endTime"])).collect();
    took.sort_unstable();
    assert!(took.iter().all(|minutes| (35..80).contains(minutes)), "{took:?}");
    assert!(took[5] - took[0] >= 3, "{took:?}");
    // What was running becomes a task of the past, under its id and with its start.
    clouds.clock().advance(Span::minutes(90));
    let later = told(&clouds, named("css-earlier-runs").id);
    let later = list(&later["detailList"]);
    assert_eq!(later.len(), 7);
    for (was, is) in tasks.iter().zip(&later[1..]) {
        assert_eq!((&is["id"], &is["startTime"]), (&was["id"], &was["startTime"]));
        assert_eq!(is["status"], "SUCCESS");
    }
}

#[test]
fn two_hundred_nodes_are_upgraded_five_at_a_time() {
    let clouds = clouds();
    let tasks = tasks(&over(&clouds, "css-200-nodes", 2, 60));
    for task in &tasks {
        assert_eq!((names(task, "totalNodes").len(), &task["batchSize"]), (200, &Value::from(5)));
        assert_eq!(names(task, "completedNodes").len() % 5, 0);
    }
    assert_eq!(names(&tasks[0], "currentBatchNodes").len(), 5);
    let done = |task: &Value| names(task, "completedNodes").len();
    assert!(done(&tasks[0]) >= 40 && done(tasks.last().expect("a task")) == 200);
}

#[test]
fn a_hologres_upgrade_fails_is_rolled_back_and_archived_with_its_failure() {
    for seed in 0..20 {
        let clouds = seeded(seed);
        let mut told = Vec::new();
        for (_, answer) in over(&clouds, "holo-rolls-back", 3, 30) {
            let data = &answer["Data"][0];
            let details: Value = serde_json::from_str(text(&data["Details"])).expect("valid JSON");
            let steps = &details["UpgradingSteps"];
            let word = |step: &str| steps[step]["Status"].as_str().unwrap_or("-").to_owned();
            let code = text(&details["StatusCode"]).to_owned();
            told.push((text(&data["Status"]).to_owned(), code, word("DoUpgrade"), word("Rollback")));
        }
        told.dedup();
        let of = |status: &str, code: &str, upgrade: &str, rollback: &str| {
            (status.to_owned(), code.to_owned(), upgrade.to_owned(), rollback.to_owned())
        };
        let story = [
            of("upgrading", "Upgrading", "-", "-"),
            of("upgrading", "Upgrading", "Running", "-"),
            of("upgrading", "LeaderRestartFailed", "Failed", "Running"),
            of("archived", "LeaderRestartFailed", "Failed", "Success"),
        ];
        let whole = told.windows(4).any(|window| window == story);
        assert!(whole, "seed {seed}: {told:#?}");
    }
    let start = told(&clouds(), named("holo-rolls-back").id).to_string();
    assert!(start.contains("Rollback"), "at the start it is being rolled back: {start}");
}

#[test]
fn a_hologres_preparation_expires_nineteen_hours_after_the_start() {
    let data = told(&clouds(), named("holo-expires-tomorrow").id)["Data"][0].clone();
    assert_eq!(data["Status"], "preparing");
    let finished_at = at(&data["PrepareFinishTime"], 0);
    assert_eq!(finished_at.plus(Span::hours(7 * 24)), START.plus(Span::hours(19)));
}

#[test]
fn more_than_fifty_clusters_answer_where_the_soak_is_asked_for_too() {
    assert!(CLUSTERS.len() + SOAK.len() >= 50);
    let clouds = clouds();
    for cluster in &SOAK {
        let mut said = Vec::new();
        for _ in 0..12 {
            said.push(told(&clouds, cluster.id).to_string().len());
            clouds.clock().advance(Span::minutes(7));
        }
        said.dedup();
        assert!(said.len() > 2, "{} goes on", cluster.name);
    }
}
