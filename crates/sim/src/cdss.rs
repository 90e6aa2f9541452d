//! NAVER Cloud Data Streaming Service: what `rollingRestartProgressCheck` and `rollingRestartPreCheck` say.
//!
//! Vendor pages: "rollingRestartProgressCheck" and "rollingRestartPreCheck", NAVER Cloud API guide, 2026-10-08.
//! The pages do not say that the summary may be green over orange nodes (their own sample is), nor what
//! clusters without ZooKeeper answer.

use crate::scene::Scene;
use crate::schedule::{Progress, Schedule, Stop, schedule};
use rollwatch_core::model::Span;
use serde_json::{Value, json};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub brokers: usize,
    /// Zero for a cluster that runs without ZooKeeper, whose answer then has no such fields.
    pub zookeepers: usize,
    pub order: Order,
    pub stop: Option<Stop>,
    /// Why a restart could not start now even while nothing runs.
    pub refusal: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// A broker is orange during its own turn, and the summary tells it.
    OneByOne,
    /// Every broker is orange from the start to the end of its turn, and the summary stays green: the
    /// documented sample.
    AllAtOnce,
}

/// The answer to "how far is the restart?".
pub(crate) fn progress(plan: &Plan, scene: &Scene<'_>) -> Value {
    let schedule = restart(plan, scene);
    let reached = schedule.reached(scene.elapsed_for, plan.stop);
    let mut names = scene.lasting();
    let hosts: Vec<String> = (0..plan.brokers.max(plan.zookeepers))
        .map(|_| format!("{}-b-{}", scene.name, names.word(4)))
        .collect();
    let colours = brokers(plan, &schedule, reached);
    let node = |(host, colour): (&String, &&str)| json!({ "hostname": host, "status": colour });
    let mut answer = json!({
        "clusterName": scene.name,
        "brokerNodeTotalNumber": plan.brokers,
        "brokerNumber": colours.iter().filter(|colour| **colour == "green").count(),
        "brokerStatus": summary(plan, &colours),
        "brokerStatusPerNode": hosts.iter().zip(&colours).map(node).collect::<Vec<Value>>(),
    });
    if let (1.., Some(fields)) = (plan.zookeepers, answer.as_object_mut()) {
        let keepers = hosts.iter().take(plan.zookeepers).map(|host| node((host, &"green")));
        fields.insert("zookeeperTotalNumber".into(), json!(plan.zookeepers));
        fields.insert("zookeeperNumber".into(), json!(plan.zookeepers));
        fields.insert("zookeeperStatus".into(), json!("green"));
        fields.insert("zookeeperStatusPerNode".into(), keepers.collect());
        fields.insert("cmakStatus".into(), json!("green"));
    }
    answer
}

/// The answer to "could a restart start now?": why not, or nothing.
pub(crate) fn refusal(plan: &Plan, scene: &Scene<'_>) -> Option<&'static str> {
    let schedule = restart(plan, scene);
    let reached = schedule.reached(scene.elapsed_for, plan.stop);
    match schedule.running(reached) {
        Some(_) => Some("The cluster is being changed. Try again when it is running."),
        None => plan.refusal,
    }
}

fn restart(plan: &Plan, scene: &Scene<'_>) -> Schedule {
    let steps: &[i64] = match plan.order {
        Order::OneByOne => &[140, 45],
        Order::AllAtOnce => &[780],
    };
    schedule(&mut scene.of_round(), Span::seconds(20), plan.brokers, steps)
}

fn brokers(plan: &Plan, schedule: &Schedule, reached: Span) -> Vec<&'static str> {
    let colour = |(index, turn): (usize, &crate::schedule::Turn)| {
        // A broker is restarted in the first step of its turn and watched in the second.
        let restart = turn.steps.first().map_or(Progress::Done, |step| step.progress(reached));
        let stop = plan.stop.filter(|stop| stop.turn == index && restart == Progress::Running);
        match (stop.and_then(|stop| stop.word), restart, plan.order) {
            (Some(word), ..) => word,
            (None, Progress::Running, _) | (None, Progress::Waiting, Order::AllAtOnce) => "orange",
            _ => "green",
        }
    };
    schedule.turns.iter().enumerate().map(colour).collect()
}

fn summary(plan: &Plan, colours: &[&str]) -> &'static str {
    if plan.order == Order::AllAtOnce {
        "green"
    } else if colours.contains(&"red") {
        "yellow"
    } else if colours.contains(&"orange") {
        "orange"
    } else {
        "green"
    }
}
