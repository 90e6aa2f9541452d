//! How good the estimate is: runs of every service are played through from their beginning to their end, and what
//! was estimated on the way is held against how long the rest then took. `cargo xtask bench estimate` prints the
//! table; nothing here is asserted about how good it has to be.
//!
//! The lengths of the simulated steps lie within a quarter of the usual one, but one in twenty takes up to two and
//! a half times as long. Runs differ by seed and by round. The page opens when an operation begins and asks as it
//! always does, every ten to thirty simulated seconds while something goes on.

use std::collections::BTreeMap;

use rollwatch_core::assess::{Circumstances, Estimate, assess};
use rollwatch_core::model::{Operation, Span, Timestamp};
use rollwatch_sim::clusters;

use crate::watcher::Watcher;
use crate::world::{START, World};

/// A cluster whose operations begin anew.
struct Subject {
    service: &'static str,
    cluster: &'static str,
    /// How many minutes after the start of the simulation its next operation begins, and how many lie between two.
    first: i64,
    every: i64,
}

static SUBJECTS: [Subject; 5] = [
    Subject { service: "Search Engine Service, 8 nodes", cluster: "soak-search-jpn", first: 39, every: 70 },
    Subject {
        service: "Data Streaming Service, 6 brokers",
        cluster: "soak-events-sgn",
        first: 41,
        every: 45,
    },
    Subject { service: "Huawei CSS, 4 nodes", cluster: "soak-css-small", first: 115, every: 120 },
    Subject {
        service: "Huawei CSS, 5 nodes and 6 tasks listed",
        cluster: "css-earlier-runs",
        first: 75,
        every: 90,
    },
    Subject { service: "Hologres", cluster: "soak-holo-us", first: 98, every: 100 },
];

const SEEDS: u64 = 8;
/// How many operations of each seed are measured.
const ROUNDS: i64 = 5;
/// How many operations a page has seen before those that are measured with earlier runs.
const SEEN_BEFORE: i64 = 3;
/// How often the estimate is read.
const EVERY: Span = Span::seconds(10);
/// At which share of the true duration it counts.
const SHARES: [f64; 3] = [0.25, 0.5, 0.75];

/// The estimate of one run at one instant, in milliseconds.
#[derive(Clone)]
enum Guess {
    None,
    Range {
        low: f64,
        high: f64,
        source: String,
    },
    /// So long at least.
    AtLeast {
        low: f64,
        source: String,
    },
    /// The estimate was over already.
    Passed {
        source: String,
    },
}

/// A guess at a share of a run, and what was truly left, in milliseconds.
struct Measured {
    guess: Guess,
    rest: f64,
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it plays hundreds of runs: cargo xtask bench estimate"]
#[allow(clippy::print_stdout, reason = "the table is what it is for")]
async fn estimates_are_held_against_what_came_true() {
    println!(
        "| service | earlier runs | at | source | runs | inside | passed | median error | p90 error | width |"
    );
    println!("| --- | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for subject in &SUBJECTS {
        for knows_earlier in [false, true] {
            let mut by_share: [Vec<Measured>; SHARES.len()] = Default::default();
            let seeds = (1..=SEEDS).map(|seed| tokio::spawn(runs(subject, seed, knows_earlier)));
            for runs in seeds.collect::<Vec<_>>() {
                for (of_share, measured) in
                    runs.await.expect("runs that end").into_iter().flat_map(|run| run.into_iter().enumerate())
                {
                    by_share[of_share].push(measured);
                }
            }
            for (share, measured) in SHARES.iter().zip(&by_share) {
                for row in rows(measured) {
                    let known = if knows_earlier { "seen" } else { "none" };
                    println!("| {} | {known} | {:.0} % | {row}", subject.service, share * 100.0);
                }
            }
        }
    }
}

/// The runs of one seed, each measured at every share. A page that knows no earlier runs is opened for each of
/// them; one that does stays open.
async fn runs(subject: &'static Subject, seed: u64, knows_earlier: bool) -> Vec<[Measured; SHARES.len()]> {
    let world = World::new(seed).await;
    let id = clusters().find(|cluster| cluster.name == subject.cluster).expect("a cluster of the fleet").id;
    let mut watcher = Watcher::new(&world, &[id]);
    let mut measured = Vec::new();
    let skipped = if knows_earlier { SEEN_BEFORE } else { 0 };
    for round in 0..skipped + ROUNDS {
        let began_at = START.plus(Span::minutes(subject.first + round * subject.every));
        let opens_at = began_at.plus(Span::seconds(5));
        if knows_earlier {
            watcher.run_for(opens_at.since(world.now())).await;
        } else {
            world.clouds.clock().advance(opens_at.since(world.now()));
            watcher = Watcher::new(&world, &[id]);
        }
        let run = played(&world, &mut watcher, id, began_at).await;
        if round >= skipped {
            measured.push(run);
        }
    }
    measured
}

/// One run from its beginning to its end.
async fn played(
    world: &World,
    watcher: &mut Watcher<'_>,
    id: &str,
    began_at: Timestamp,
) -> [Measured; SHARES.len()] {
    let mut guesses: Vec<(Timestamp, Guess)> = Vec::new();
    let mut has_worked = false;
    let ended_at = loop {
        watcher.run_for(EVERY).await;
        let (timeline, now) = (&watcher.of(id).timeline, world.now());
        let operation = timeline.operation().expect("an operation");
        let is_over = operation.state.is_over();
        has_worked |= !is_over;
        if is_over && has_worked {
            break ended(operation).unwrap_or(now);
        }
        guesses.push((now, guess(&assess(timeline, &Circumstances::default(), now).estimate)));
        assert!(now.since(began_at) < Span::hours(4), "{id} comes to an end");
    };
    let whole = ended_at.since(began_at);
    SHARES.map(|share| {
        let at = began_at.plus(whole.scaled(share));
        let counts = guesses.iter().rfind(|(read_at, _)| *read_at <= at).or(guesses.first());
        let (read_at, guess) = counts.expect("a run takes longer than a poll");
        Measured { guess: guess.clone(), rest: ended_at.since(*read_at).as_millis() as f64 }
    })
}

/// When the vendor says that it ended, itself or with its last node.
fn ended(operation: &Operation) -> Option<Timestamp> {
    let nodes = operation.nodes.iter().filter_map(|node| node.updated_at.as_ref());
    let reported = operation.ended_at.as_ref().or_else(|| nodes.max_by_key(|time| time.at));
    reported.map(|time| time.at)
}

fn guess(estimate: &Estimate) -> Guess {
    // The name of the variant alone: what a source rests on differs from poll to poll.
    let name =
        |source: String| source.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
    match estimate {
        Estimate::Remaining { low, high, source } => Guess::Range {
            low: low.as_millis() as f64,
            high: high.as_millis() as f64,
            source: name(format!("{source:?}")),
        },
        Estimate::AtLeast { low, source } => Guess::AtLeast {
            low: low.as_millis() as f64,
            source: format!("{}, at least", name(format!("{source:?}"))),
        },
        Estimate::Overdue { source, .. } => Guess::Passed { source: name(format!("{source:?}")) },
        Estimate::None => Guess::None,
    }
}

/// An estimate held against what came true; shares are of the true rest.
struct Judged {
    is_inside: bool,
    is_passed: bool,
    error: f64,
    width: f64,
}

fn judged(low: f64, high: f64, is_passed: bool, rest: f64) -> Judged {
    let rest = rest.max(1.0);
    Judged {
        is_inside: !is_passed && (low..=high).contains(&rest),
        is_passed,
        error: (f64::midpoint(low, high) - rest).abs() / rest,
        width: (high - low) / rest,
    }
}

/// The end of a row for each source, and one for the runs without an estimate.
fn rows(measured: &[Measured]) -> Vec<String> {
    let mut by_source: BTreeMap<&str, Vec<Judged>> = BTreeMap::new();
    let mut without = 0;
    for Measured { guess, rest } in measured {
        let (source, judged) = match guess {
            Guess::None => {
                without += 1;
                continue;
            }
            Guess::Range { low, high, source } => (source, judged(*low, *high, false, *rest)),
            // It has no width, and is right where it does not promise too much.
            Guess::AtLeast { low, source } => {
                let judged = judged(*low, *low, false, *rest);
                (source, Judged { is_inside: low <= rest, ..judged })
            }
            // What is over says that nothing is left.
            Guess::Passed { source } => (source, judged(0.0, 0.0, true, *rest)),
        };
        by_source.entry(source).or_default().push(judged);
    }
    let all = measured.len();
    let row = |(source, judged): (&&str, &Vec<Judged>)| {
        let share = |is: fn(&Judged) -> bool| {
            percent(judged.iter().filter(|one| is(one)).count() as f64 / judged.len() as f64)
        };
        let errors = sorted(judged.iter().map(|one| one.error));
        let widths = sorted(judged.iter().map(|one| one.width));
        format!(
            "{source} | {} of {all} | {} | {} | {} | {} | {} |",
            judged.len(),
            share(|one| one.is_inside),
            share(|one| one.is_passed),
            percent(quantile(&errors, 0.5)),
            percent(quantile(&errors, 0.9)),
            percent(quantile(&widths, 0.5)),
        )
    };
    let mut rows: Vec<String> = by_source.iter().map(row).collect();
    if without > 0 {
        rows.push(format!("no estimate | {without} of {all} | | | | | |"));
    }
    rows
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The value below which so large a share of the sorted values lies.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * share).round() as usize).copied().unwrap_or_default()
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
