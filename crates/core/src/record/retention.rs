//! How much is kept, and what goes first.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::parse_run;
use crate::model::{Span, Timestamp};
use crate::timeline;

/// The most runs of one watch.
pub const RUNS_PER_WATCH: usize = timeline::RUNS_KEPT;

/// How long a run is kept after it was last seen.
pub const KEPT_FOR: Span = Span::hours(90 * 24);

/// The most text of all recordings together, in bytes. The newest run of each watch stays beyond it.
pub const TOTAL_BYTES: u64 = 32 * 1024 * 1024;

/// The most moments of one run.
pub const MOMENTS_PER_RUN: u32 = 5_000;

/// A run that is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The key of the run, as [`super::keys::run`] writes it.
    pub key: String,
    /// When it was last seen.
    pub last_at: Timestamp,
    /// How much text it holds, its moments and its summary together.
    pub bytes: u64,
}

/// The keys of the runs to be dropped, those that were seen last the longest ago first. The newest run of each
/// watch is never among them. A key that names no run is dropped for its age and for its size alone: a later
/// version may know what it is.
pub fn retain(kept: &[Kept], now: Timestamp) -> Vec<String> {
    let mut of_watches: BTreeMap<&str, Vec<(u32, &Kept)>> = BTreeMap::new();
    for run in kept {
        if let Some((watch, number)) = parse_run(&run.key) {
            of_watches.entry(watch).or_default().push((number, run));
        }
    }
    let (mut newest, mut surplus) = (BTreeSet::new(), BTreeSet::new());
    for runs in of_watches.values_mut() {
        runs.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
        newest.extend(runs.first().map(|(_, run)| run.key.as_str()));
        surplus.extend(runs.iter().skip(RUNS_PER_WATCH).map(|(_, run)| run.key.as_str()));
    }
    let mut total: u64 = kept.iter().map(|run| run.bytes).fold(0, u64::saturating_add);
    let mut by_age: Vec<&Kept> = kept.iter().filter(|run| !newest.contains(run.key.as_str())).collect();
    by_age.sort_by_key(|run| run.last_at);
    let mut dropped = Vec::new();
    let mut drop_if = |is_due: &dyn Fn(&Kept, u64) -> bool| {
        by_age.retain(|run| {
            let goes = is_due(run, total);
            if goes {
                total = total.saturating_sub(run.bytes);
                dropped.push(*run);
            }
            !goes
        });
    };
    // What has to go anyway goes first: it may make enough room for the rest.
    drop_if(&|run, _| surplus.contains(run.key.as_str()) || now.since(run.last_at) > KEPT_FOR);
    drop_if(&|_, total| total > TOTAL_BYTES);
    dropped.sort_by_key(|run| run.last_at);
    dropped.into_iter().map(|run| run.key.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DAY: i64 = 24 * 3_600_000;
    const MB: u64 = 1024 * 1024;

    fn kept(watch: &str, run: u32, last_day: i64, bytes: u64) -> Kept {
        Kept { key: format!("{watch}\n{run:06}"), last_at: Timestamp::from_millis(last_day * DAY), bytes }
    }

    fn drops(kept: &[Kept], day: i64) -> Vec<String> {
        retain(kept, Timestamp::from_millis(day * DAY)).iter().map(|key| key.replace('\n', " ")).collect()
    }

    #[test]
    fn a_run_is_kept_for_ninety_days_and_the_newest_for_ever() {
        let runs = [kept("a", 1, 0, 1), kept("a", 2, 10, 1), kept("a", 3, 11, 1), kept("b", 9, 0, 1)];
        assert_eq!(drops(&runs, 90), [""; 0]);
        assert_eq!(drops(&runs, 91), ["a 000001"]);
        assert_eq!(drops(&runs, 1_000), ["a 000001", "a 000002"]);
    }

    #[test]
    fn twenty_runs_of_a_watch_are_kept_by_their_numbers() {
        let mut runs: Vec<Kept> = (0..23).map(|run| kept("a", run, i64::from(run), 1)).collect();
        runs.extend((0..5).map(|run| kept("b", run, 0, 1)));
        assert_eq!(drops(&runs, 23), ["a 000000", "a 000001", "a 000002"]);
    }

    #[test]
    fn the_oldest_go_until_the_rest_fits_and_what_goes_anyway_makes_room_first() {
        let runs = [
            kept("a", 1, 100, 20 * MB),
            kept("a", 2, 101, 8 * MB),
            kept("b", 1, 0, 20 * MB),
            kept("b", 2, 99, 3 * MB),
            kept("b", 3, 102, MB),
        ];
        assert_eq!(drops(&runs, 102), ["b 000001"]);
        let mut more = runs.to_vec();
        more.push(kept("c", 1, 102, 2 * MB));
        assert_eq!(drops(&more, 102), ["b 000001", "b 000002"]);
    }

    #[test]
    fn the_newest_run_stays_however_large_it_is() {
        let runs = [kept("a", 1, 0, 40 * MB), kept("b", 1, 1, 40 * MB), kept("b", 0, 1, 1)];
        assert_eq!(drops(&runs, 1), ["b 000000"]);
    }

    #[test]
    fn a_key_that_names_no_run_goes_for_its_age_and_size_alone() {
        let strange =
            |last_day, bytes| Kept { key: "of another version".to_owned(), ..kept("", 0, last_day, bytes) };
        assert_eq!(drops(&[strange(0, 1)], 90), [""; 0]);
        assert_eq!(drops(&[strange(0, 1)], 91), ["of another version"]);
        assert_eq!(drops(&[strange(0, 33 * MB)], 1), ["of another version"]);
    }

    proptest! {
        #[test]
        fn what_stays_is_within_the_bounds_and_has_the_newest_of_each_watch(
            runs in prop::collection::btree_map((0..3_u8, 0..60_u32), (0..200_i64, 0..4 * MB), 0..80),
            day in 0..400_i64,
        ) {
            let runs: Vec<Kept> = runs
                .into_iter()
                .map(|((watch, run), (last_day, bytes))| kept(&watch.to_string(), run, last_day, bytes))
                .collect();
            let dropped = retain(&runs, Timestamp::from_millis(day * DAY));
            let stays: Vec<&Kept> = runs.iter().filter(|run| !dropped.contains(&run.key)).collect();
            prop_assert_eq!(stays.len() + dropped.len(), runs.len());
            let newest_is_kept = |watch: char| {
                let newest = runs.iter().rev().find(|run| run.key.starts_with(watch));
                newest.is_none_or(|newest| stays.contains(&newest))
            };
            prop_assert!(['0', '1', '2'].into_iter().all(newest_is_kept));
            let of = |watch: char| stays.iter().filter(|run| run.key.starts_with(watch)).count();
            prop_assert!(['0', '1', '2'].into_iter().all(|watch| of(watch) <= RUNS_PER_WATCH));
            let total: u64 = stays.iter().map(|run| run.bytes).sum();
            prop_assert!(total <= TOTAL_BYTES || stays.len() <= 3);
        }
    }
}
