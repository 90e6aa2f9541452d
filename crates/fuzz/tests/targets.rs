//! Every target over what is kept in the repository, cut off and changed, and over what proptest makes up.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use proptest::prelude::*;
use rollwatch_fuzz::Target;
use support::{Seed, own_seeds, run, seeds};

/// In so many places an input is cut off.
const CUTS: usize = 40;

#[test]
fn every_input_of_the_repository_and_every_beginning_of_it_keeps_the_promises() {
    for target in Target::all() {
        for Seed { name, bytes } in seeds(target) {
            run(target, &name, &bytes);
            for end in (0..bytes.len()).step_by(bytes.len() / CUTS + 1) {
                run(target, &format!("the first {end} bytes of {name}"), &bytes[..end]);
            }
        }
    }
}

#[test]
fn every_target_has_a_name_of_its_own_and_every_seed_a_target() {
    let all = Target::all();
    for target in &all {
        assert_eq!(Target::from_name(&target.name()), Some(*target));
    }
    for folder in std::fs::read_dir(own_seeds()).unwrap() {
        let name = folder.unwrap().file_name().into_string().unwrap();
        assert!(Target::from_name(&name).is_some(), "no target {name}");
    }
}

/// Bytes that mean something to one of the readers, so that a change does more than end the reading.
const TELLING: &[u8] = b"\"{}[],:\\0195-+.eEntfuZT #/?%&=;|\n\r\x00\x7f\x80\xc3\xed\xf0\xff";

fn change() -> impl Strategy<Value = (prop::sample::Index, Option<u8>)> {
    let byte =
        prop_oneof![prop::sample::select(TELLING).prop_map(Some), any::<u8>().prop_map(Some), Just(None)];
    (any::<prop::sample::Index>(), byte)
}

proptest! {
    // Each case runs every target.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn changed_bytes_keep_the_promises(
        chosen in any::<prop::sample::Index>(),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        for target in Target::all() {
            let seeds = seeds_once(target);
            let Seed { name, bytes } = chosen.get(seeds);
            let mut bytes = bytes.clone();
            for (index, byte) in &changes {
                let at = index.index(bytes.len() + 1);
                match byte {
                    Some(byte) if at < bytes.len() => bytes[at] = *byte,
                    Some(byte) => bytes.push(*byte),
                    None => bytes.truncate(at.max(1)),
                }
            }
            run(target, &format!("{name}, changed"), &bytes);
        }
    }

    #[test]
    fn any_bytes_keep_the_promises(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        Target::all().into_iter().for_each(|target| run(target, "any bytes", &bytes));
    }

    #[test]
    fn any_text_keeps_the_promises(text in "\\PC{0,60}") {
        Target::all().into_iter().for_each(|target| run(target, &text, text.as_bytes()));
    }
}

/// The fixtures are read from the disk once, not for every case.
fn seeds_once(target: Target) -> &'static [Seed] {
    static ALL: std::sync::OnceLock<Vec<(Target, Vec<Seed>)>> = std::sync::OnceLock::new();
    let all = ALL.get_or_init(|| Target::all().into_iter().map(|target| (target, seeds(target))).collect());
    all.iter().find(|(other, _)| *other == target).map(|(_, seeds)| seeds.as_slice()).unwrap_or_default()
}
