//! What the fleet shows, read from the wire.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use rollwatch_core::model::{Service, Span, VendorTime, Zone};
use rollwatch_core::provider::Catalogue;
use rollwatch_sim::{ACCOUNTS, CLUSTERS, Clouds, clusters};
use serde_json::Value;
use std::collections::BTreeSet;
use support::*;

fn words(value: &Value, list: &str, field: &str) -> Vec<String> {
    let items = value["result"][list].as_array().expect("a list");
    items.iter().map(|item| item[field].as_str().expect("a word").to_owned()).collect()
}

fn ses(clouds: &Clouds, id: &str) -> Vec<String> {
    words(&told(clouds, id), "nodeStatusVoList", "status")
}

fn brokers(clouds: &Clouds, id: &str) -> Vec<String> {
    words(&told(clouds, id), "brokerStatusPerNode", "status")
}

fn task(clouds: &Clouds, name: &str) -> Value {
    told(clouds, named(name).id)["detailList"][0].clone()
}

fn names(task: &Value, field: &str) -> Vec<String> {
    let text = task[field].as_str().expect("a text");
    text.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn step_words(task: &Value) -> Vec<String> {
    let steps = task["currentNodeDetail"].as_array().expect("steps");
    steps.iter().map(|step| step["status"].as_str().expect("a word").to_owned()).collect()
}

fn count(words: &[String], word: &str) -> usize {
    words.iter().filter(|each| *each == word).count()
}

fn hologres(clouds: &Clouds, name: &str) -> (String, Value) {
    let data = told(clouds, named(name).id)["Data"][0].clone();
    let details = serde_json::from_str(data["Details"].as_str().expect("a text")).expect("valid JSON");
    (data["Status"].as_str().expect("a word").to_owned(), details)
}

#[test]
fn ids_are_unique_and_every_cluster_has_an_endpoint_and_an_owner() {
    let catalogue = Catalogue::built_in();
    let ids: BTreeSet<&str> = clusters().map(|cluster| cluster.id).collect();
    let names: BTreeSet<&str> = clusters().map(|cluster| cluster.name).collect();
    assert_eq!((ids.len(), names.len()), (clusters().count(), clusters().count()));
    for cluster in clusters() {
        assert!(catalogue.find(cluster.service, cluster.site, cluster.region).is_some(), "{}", cluster.name);
        assert!(ACCOUNTS.iter().any(|account| account.name == cluster.watch().account), "{}", cluster.name);
        assert_eq!(cluster.project.is_empty(), cluster.service != Service::HuaweiCss);
    }
}

#[test]
fn search_engine_upgrades_show_every_state_at_the_start() {
    for seed in 0..50 {
        let clouds = seeded(seed);
        for id in ["1001", "1002"] {
            let words = ses(&clouds, id);
            let steps = words.iter().filter(|word| word.contains("_OpenSearch")).count();
            assert!(count(&words, "complete") > 0 && count(&words, "running") > 0, "{seed} {id} {words:?}");
            assert_eq!(steps, 1, "{seed} {id} {words:?}");
        }
        assert_eq!(count(&ses(&clouds, "1003"), "Failed_Upgrade_OpenSearch"), 1);
        assert_eq!(count(&ses(&clouds, "1004"), "Rebalance-Shards?"), 1);
        assert_eq!(count(&ses(&clouds, "2001"), "running"), 8);
        assert_eq!(count(&ses(&clouds, "2002"), "Upgrade_OpenSearch"), 1);
        assert_eq!(count(&ses(&clouds, "3001"), "complete"), 6);
    }
}

#[test]
fn the_sample_shape_of_the_search_engine_is_kept() {
    let clouds = clouds();
    let answer = told(&clouds, "1001");
    assert_eq!((&answer["code"], &answer["message"]), (&Value::from(0), &Value::from("SUCCESS")));
    assert!(answer["requestId"].is_string());
    let result = &answer["result"];
    assert_eq!(result["nodeCount"], 8);
    assert_eq!(
        words(&answer, "nodeStatusVoList", "nodeRoleCode"),
        ["MO", "MO", "DO", "DO", "DO", "M", "M", "MO"]
    );
    assert_eq!(result["versionVo"]["currentVersionCode"], "2140");
    let seoul = 9 * 3600;
    let time = |value: &Value| {
        VendorTime::parse(value.as_str().expect("a time"), Zone::Assumed(seoul)).expect("a time").at
    };
    let action_at = time(&result["versionVo"]["actionDate"]);
    assert!(action_at < START && START.since(action_at) < Span::minutes(15));
    for node in result["nodeStatusVoList"].as_array().expect("nodes") {
        let updated_at = time(&node["updatedDate"]);
        assert_eq!(updated_at < action_at, node["status"] == "running", "{node}");
        assert!(updated_at <= START, "{node}");
    }
}

#[test]
fn what_stands_still_stays_as_it_is_for_hours() {
    let clouds = clouds();
    let still = ["1003", "1004", "2002", "3001", "1102", "2101"];
    let before = still.map(|id| told(&clouds, id)["result"].clone());
    clouds.clock().advance(Span::hours(5));
    assert_eq!(still.map(|id| told(&clouds, id)["result"].clone()), before);
}

#[test]
fn restarts_show_every_state_at_the_start() {
    for seed in 0..50 {
        let clouds = seeded(seed);
        let sample = told(&clouds, "1101");
        assert_eq!(sample["result"]["brokerStatus"], "green", "green over orange nodes, as in the sample");
        assert_eq!(brokers(&clouds, "1101"), ["orange"; 3]);
        assert_eq!(sample["result"]["brokerNumber"], 0);
        assert_eq!(words(&sample, "zookeeperStatusPerNode", "status"), ["green"; 3]);
        assert_eq!(count(&brokers(&clouds, "1102"), "green"), 4);
        assert_eq!(count(&brokers(&clouds, "2101"), "red"), 1);
        assert_eq!(told(&clouds, "2101")["result"]["brokerStatus"], "yellow");
        let kraft = &told(&clouds, "3101")["result"];
        assert!(kraft.as_object().expect("fields").keys().all(|name| !name.starts_with("zookeeper")));
        assert!(kraft["brokerNumber"].as_u64() >= Some(10));
    }
}

#[test]
fn a_restart_is_refused_with_a_reason_or_found_possible() {
    let clouds = clouds();
    let passed = told(&clouds, "1111");
    assert_eq!((&passed["code"], &passed["result"]), (&Value::from(0), &Value::from(true)));
    let refused = told(&clouds, "1112");
    assert!(refused["result"].is_null() && refused["code"] != 0);
    assert!(refused["message"].as_str().expect("a reason").contains("second replica"));
}

#[test]
fn huawei_tasks_show_every_state_at_the_start() {
    for seed in 0..50 {
        let clouds = seeded(seed);
        let running = task(&clouds, "css-orders");
        assert_eq!(running["status"], "RUNNING");
        assert_eq!(names(&running, "completedNodes"), ["css-orders-ess-esn-1-1"], "seed {seed}");
        assert_eq!(running["currentNodeName"], "css-orders-ess-esn-2-1");
        assert_eq!(count(&step_words(&running), "RUNNING"), 1);
        assert_eq!(running["endTime"], "");

        let failed = task(&clouds, "css-risk");
        assert_eq!(failed["status"], "FAILED");
        assert_eq!(count(&step_words(&failed), "FAILED"), 1);
        assert_ne!(failed["endTime"], "");

        let partial = task(&clouds, "css-otc-logs");
        assert_eq!(partial["status"], "PARTIAL_FAILED");
        assert_eq!(names(&partial, "completedNodes").len(), 3);

        let done = told(&clouds, named("css-scl-catalog").id);
        assert_eq!(done["totalSize"], 2);
        assert_eq!(done["detailList"][0]["status"], "SUCCESS");
        assert_eq!(done["detailList"][1]["status"], "SUCCESS");
        assert_ne!(done["detailList"][0]["id"], done["detailList"][1]["id"]);
        assert!(done["detailList"][0]["startTime"].as_str() > done["detailList"][1]["startTime"].as_str());
        assert_eq!(names(&done["detailList"][0], "completedNodes").len(), 3);
    }
}

#[test]
fn the_slow_huawei_node_has_moved_data_for_about_three_hours() {
    for seed in 0..50 {
        let slow = task(&seeded(seed), "css-eu-archive");
        assert_eq!(names(&slow, "completedNodes").len(), 2);
        let step = &slow["currentNodeDetail"][0];
        assert_eq!((&step["order"], &step["status"]), (&Value::from(0), &Value::from("RUNNING")));
        let began_at = VendorTime::parse(step["beginTime"].as_str().expect("a time"), Zone::Assumed(0))
            .expect("a time")
            .at;
        let hours = START.since(began_at).as_seconds() as f64 / 3600.0;
        assert!((2.8..3.2).contains(&hours), "seed {seed}: {hours}");
    }
}

#[test]
fn a_move_between_zones_has_its_two_embedded_texts_and_no_image() {
    let clouds = clouds();
    let id = named("css-hk-search").id;
    let moving = told(&clouds, id)["detailList"][0].clone();
    assert!(moving.get("imageInfo").is_none());
    let embedded = |field: &str| -> Value {
        serde_json::from_str(moving[field].as_str().expect("a text")).expect("JSON in a text")
    };
    assert_eq!(embedded("migrateParam")["targetAz"], "ap-southeast-1c");
    assert_eq!(embedded("finalAzInfoMap")["ap-southeast-1c"], moving["totalNodes"]);
    assert_eq!(moving["status"], "RUNNING");
    let mut request = request(cluster(id));
    request.query = "action_mode=UPGRADING".into();
    let provider = cluster(id).service.provider();
    let answer =
        clouds.answer(&signed_by(request, provider, &credential(cluster(id)), START)).expect("an answer");
    assert_eq!(body(&answer), serde_json::json!({ "totalSize": 0, "detailList": [] }));
}

#[test]
fn batches_name_all_nodes_that_are_worked_on() {
    for seed in 0..50 {
        let clouds = seeded(seed);
        for (name, size, total) in [("css-jnb-feeds", 2, 8), ("css-lake", 5, 60)] {
            let task = task(&clouds, name);
            assert_eq!(task["batchSize"], size);
            assert_eq!(names(&task, "currentBatchNodes").len(), size, "{seed} {name}");
            assert_eq!(names(&task, "totalNodes").len(), total);
            assert!(!names(&task, "completedNodes").is_empty() || name == "css-jnb-feeds");
        }
    }
}

#[test]
fn hologres_shows_every_state_at_the_start() {
    for seed in 0..50 {
        let clouds = seeded(seed);
        let (status, details) = hologres(&clouds, "holo-orders");
        assert_eq!(status, "upgrading");
        assert_eq!(details["UpgradingSteps"]["Stop"]["Status"], "Success", "seed {seed}");
        assert_eq!(details["UpgradingSteps"]["Backup"]["Status"], "Running", "seed {seed}");
        assert!(details["UpgradingSteps"].get("DoUpgrade").is_none());
        assert_eq!(hologres(&clouds, "holo-sg-features").0, "preparing");
        let (status, details) = hologres(&clouds, "holo-fra");
        assert_eq!(status, "archived");
        assert_eq!(details["UpgradingSteps"]["DoUpgrade"]["Status"], "Success");
        assert!(details["UpgradingSteps"].get("Rollback").is_none());
    }
}

#[test]
fn the_documented_hologres_sample_is_served_with_its_defects() {
    let clouds = clouds();
    let data = told(&clouds, named("holo-erp").id);
    assert_eq!((&data["Success"], &data["ErrorCode"]), (&Value::from(true), &Value::from("404")));
    let details = data["Data"][0]["Details"].as_str().expect("a text");
    assert_eq!(details.len(), 1352);
    assert!(serde_json::from_str::<Value>(details).is_err());
    assert_eq!((&details[113..128], &details[621..623]), (r#"9000"Exceptions"#, ",]"));
    let repaired = format!(
        "{},{},{}{},{}",
        &details[..117],
        &details[117..170],
        &details[170..621],
        &details[622..1296],
        &details[1296..]
    );
    let repaired: Value = serde_json::from_str(&repaired).expect("only these four defects");
    assert_eq!(repaired["StatusCode"], "LeaderRestartFailed");
    assert_eq!(data["Data"][0]["Status"], "archived");
}

/// Everything that a vendor says, without the ids of requests.
fn snapshot(clouds: &Clouds) -> Vec<String> {
    let mut all = Vec::new();
    for cluster in &CLUSTERS {
        let mut value: Value = serde_json::from_str(&ask(clouds, cluster).body).unwrap_or_default();
        if let Some(fields) = value.as_object_mut() {
            for name in ["requestId", "RequestId", "Recommend"] {
                fields.remove(name);
            }
        }
        all.push(value.to_string());
    }
    all
}

#[test]
fn one_seed_and_one_clock_tell_the_same_story_and_another_seed_another() {
    let (first, second, other) = (seeded(7), seeded(7), seeded(8));
    for _ in 0..20 {
        assert_eq!(snapshot(&first), snapshot(&second));
        assert_ne!(snapshot(&first), snapshot(&other));
        for clouds in [&first, &second, &other] {
            clouds.clock().advance(Span::minutes(7));
        }
    }
    // Even the ids of requests are the same when the same is asked in the same order.
    let (first, second) = (seeded(7), seeded(7));
    assert_eq!(ask(&first, cluster("1001")), ask(&second, cluster("1001")));
}

#[test]
fn something_changes_on_the_board_about_every_twenty_seconds_at_the_start() {
    let clouds = clouds();
    let mut before = snapshot(&clouds);
    let mut eventful = 0;
    for _ in 0..45 {
        clouds.clock().advance(Span::seconds(20));
        let now = snapshot(&clouds);
        eventful += usize::from(now != before);
        before = now;
    }
    assert!(eventful >= 36, "{eventful} of 45 spans of 20 s brought a change");
}

#[test]
fn the_board_is_never_all_done_and_operations_begin_anew() {
    let clouds = clouds();
    let running = |clouds: &Clouds| {
        let busy = |id: &str| count(&ses(clouds, id), "complete") < ses(clouds, id).len();
        let tasks = ["css-orders", "css-jnb-feeds", "css-lake"];
        let ses = ["1001", "1002"].into_iter().filter(|id| busy(id)).count();
        ses + tasks.into_iter().filter(|name| task(clouds, name)["status"] == "RUNNING").count()
    };
    let mut rested = false;
    for _ in 0..100 {
        let now = running(&clouds);
        assert!(now >= 1, "nothing runs at {}", clouds.clock().now().iso());
        rested |= now < 5;
        clouds.clock().advance(Span::minutes(5));
    }
    assert!(rested, "operations end and rest before they begin anew");
}

#[test]
fn operations_that_run_last_half_an_hour_to_an_hour() {
    let mut ends = Vec::new();
    for (name, age) in [("css-orders", 12), ("css-jnb-feeds", 30), ("css-lake", 6)] {
        let clouds = clouds();
        let mut minutes = age;
        while task(&clouds, name)["status"] == "RUNNING" {
            clouds.clock().advance(Span::minutes(1));
            minutes += 1;
        }
        ends.push((name, minutes));
    }
    for (id, age) in [("1001", 9), ("1002", 40)] {
        let clouds = clouds();
        let mut minutes = age;
        while ses(&clouds, id).iter().any(|word| word != "complete") {
            clouds.clock().advance(Span::minutes(1));
            minutes += 1;
        }
        ends.push((id, minutes));
    }
    assert!(ends.iter().all(|(_, minutes)| (28..=62).contains(minutes)), "{ends:?}");
}
