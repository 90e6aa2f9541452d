//! What is recorded is read back as it was.

use proptest::collection::vec;
use proptest::prelude::*;

use super::any;
use super::*;
use crate::record::moment::Document;
use crate::record::{read_run, write_run};
use crate::timeline::Recorded;

/// One answer after the other, as the recorder gets them: what changed is seen from the answers alone.
fn record(observations: &[Observation]) -> Store {
    let (mut recorder, mut store) = (Recorder::new(3), Store::default());
    for observation in observations {
        let outcome = Outcome::Observed(Box::new(observation.clone()));
        store.put(recorder.take(&outcome, Recorded::default(), observation.observed_at));
    }
    store
}

/// Which of the observations are there once equal neighbours are one.
fn without_repeats(observations: &[Observation]) -> Vec<Observation> {
    let mut kept: Vec<Observation> = Vec::new();
    for new in observations {
        let same = |old: &Observation| Observation { observed_at: old.observed_at, ..new.clone() } == *old;
        if !kept.last().is_some_and(same) {
            kept.push(new.clone());
        }
    }
    kept
}

proptest! {
    #[test]
    fn every_sequence_of_observations_is_read_back_field_for_field(
        kinds in vec(any::observation(), 1..5),
        order in vec(any::<prop::sample::Index>(), 1..12),
    ) {
        let observations: Vec<Observation> = order
            .iter()
            .zip(0_i64..)
            .map(|(index, second)| Observation { observed_at: at(second), ..index.get(&kinds).clone() })
            .collect();
        let tape = record(&observations).tape(3);
        let seen: Vec<Observation> = tape
            .moments()
            .map(|moment| match moment {
                Moment::Seen { observation, .. } => *observation,
                other => panic!("{other:?}"),
            })
            .collect();
        prop_assert_eq!(seen, without_repeats(&observations));
        prop_assert_eq!(tape.unreadable, 0);
    }

    #[test]
    fn every_run_is_read_back_field_for_field(run in any::run()) {
        prop_assert_eq!(read_run(&write_run(&run)), Some(run));
    }
}

#[test]
fn every_way_to_fail_is_read_back() {
    let mut page = Page::new();
    for (second, kind) in (0..).zip(any::ERRORS) {
        page.miss(kind, at(second));
    }
    let kinds: Vec<ErrorKind> = page
        .store
        .moments(0)
        .into_iter()
        .map(|moment| match moment {
            Moment::Missed { kind, .. } => kind,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(kinds, any::ERRORS);
}

#[test]
fn every_sixty_fourth_observation_is_whole_and_the_others_are_patches_however_often_the_page_is_loaded() {
    for reloads in [false, true] {
        let mut page = Page::new();
        for second in 0..200 {
            let mut observation = nodes(&[State::Running; 8]);
            observation.cluster_name = Some(second.to_string());
            page.see(&observation, at(second));
            if reloads {
                page.reload();
            }
        }
        let texts = page.store.texts(0);
        let whole: Vec<usize> = (0..texts.len()).filter(|at| texts[*at].contains("\"whole\"")).collect();
        assert_eq!(whole, [0, 64, 128, 192]);
        assert_eq!(page.store.moments(0).len(), 200);
    }
}

#[test]
fn a_document_is_written_as_it_was_read() {
    let mut page = Page::new();
    page.open(at(0));
    page.see(&nodes(&[State::Pending, State::Running]), at(1));
    page.see(&nodes(&[State::Running, State::Succeeded]), at(2));
    page.miss(ErrorKind::Timeout, at(3));
    for text in page.store.texts(0) {
        assert_eq!(Document::read(&text).unwrap().write().to_string(), text);
    }
}
