//! Documents that are broken, missing or of another version cost as little as possible.

use proptest::prelude::*;

use super::*;
use crate::model::{Precheck, VendorTime, Warning, Zone};
use crate::record::{Reel, read_run};
use crate::timeline::{GapCause, When};

/// Two hundred answers that each say something else, whole at 0, 64, 128 and 192.
fn two_hundred() -> Vec<String> {
    let mut page = Page::new();
    for second in 0..200 {
        let mut observation = nodes(&[State::Running; 3]);
        observation.cluster_name = Some(second.to_string());
        page.see(&observation, at(second));
    }
    page.store.texts(0)
}

/// Which of the two hundred are read.
fn read(texts: Vec<String>) -> (Vec<i64>, usize) {
    let tape = Tape::read(texts);
    let seconds = tape.moments().map(|moment| moment.from().since(at(0)).as_seconds()).collect();
    (seconds, tape.unreadable)
}

#[test]
fn a_broken_document_costs_what_lies_over_it_until_the_next_whole_one() {
    let mut texts = two_hundred();
    texts[70].truncate(40);
    let expected: Vec<i64> = (0..70).chain(128..200).collect();
    assert_eq!(read(texts), (expected, 58));
}

#[test]
fn a_missing_document_costs_what_lies_over_it_until_the_next_whole_one() {
    let mut texts = two_hundred();
    texts.remove(0);
    assert_eq!(read(texts), ((64..200).collect(), 63));
}

#[test]
fn a_broken_miss_costs_itself_alone() {
    let mut page = Page::new();
    page.see(&nodes(&[State::Running]), at(0));
    page.miss(ErrorKind::Timeout, at(1));
    page.see(&nodes(&[State::Succeeded]), at(2));
    let mut texts = page.store.texts(0);
    texts[1] = "{".to_owned();
    assert_eq!(read(texts), (vec![0, 2], 1));
}

#[test]
fn a_document_of_a_later_version_is_counted_and_never_overwritten() {
    let mut page = Page::new();
    page.see(&nodes(&[State::Running]), at(0));
    let later = r#"{"version":2,"seq":1,"dreamt":{}}"#;
    page.store.0.insert((0, 1), later.to_owned());
    page.reload();
    page.see(&nodes(&[State::Succeeded]), at(10));
    assert_eq!(page.store.texts(0)[1], later);
    let tape = page.store.tape(0);
    assert_eq!((tape.moments().count(), tape.unreadable), (2, 1));
    // It stands whole, so that it is read without the one before.
    assert!(page.store.texts(0)[2].contains("whole"));
    assert_eq!(read_run(r#"{"version":2,"run":{"kind":"upgrade"}}"#), None);
}

#[test]
fn a_moment_of_an_unknown_kind_costs_itself_alone() {
    let mut texts = two_hundred();
    texts.insert(1, r#"{"version":1,"seq":1,"dreamt":{"from":1,"until":2}}"#.to_owned());
    assert_eq!(read(texts), ((0..200).collect(), 1));
}

/// A document with words and fields of a later page of the same version.
const STRANGE: &str = r#"{"version":1,"seq":0,"tags":["a"],"seen":{"from":5,"until":9,"by":"a tab","whole":{
    "operation":{"kind":"upgrade","state":"paused","raw":"PAUSED","mood":"calm","nodes":{
        "0":{"name":"a","role":"arbiter","state":"draining","raw":"DRAINING",
             "updated":{"raw":"noon","at":7,"guessed":3600}},
        "1":{"role":"data","state":"running"},
        "2":{"name":"c","role":"data","state":"running"},
        "first":{"name":"d"}}},
    "earlier":{"0":{"kind":"downgrade","state":"failed"},"1":{"kind":"restart","state":"failed"}},
    "precheck":{"answer":"perhaps","says":"after lunch"},
    "groups":{"0":{"role":"arbiter","total":"three"}},
    "warnings":{"0":{"odd":"smell","field":"x"},"1":{"odd":"repaired","field":"y"}}}}}"#;

#[test]
fn words_fields_and_variants_of_a_later_page_cost_themselves_alone() {
    let moments: Vec<Moment> = Tape::read([STRANGE.to_owned()]).moments().collect();
    let [Moment::Seen { from, until, observation }] = moments.as_slice() else { panic!("{moments:?}") };
    assert_eq!((from.as_millis(), until.as_millis()), (5, 9));
    let operation = observation.operation.as_ref().unwrap();
    assert_eq!((operation.state, operation.raw_status.as_deref()), (State::Unknown, Some("PAUSED")));
    let nodes: Vec<_> =
        operation.nodes.iter().map(|node| (node.name.as_str(), node.role, node.state)).collect();
    assert_eq!(nodes, [("a", NodeRole::Unstated, State::Unknown), ("c", NodeRole::Data, State::Running)]);
    let noon = VendorTime { raw: "noon".to_owned(), at: Timestamp::from_millis(7), zone: Zone::Stated };
    assert_eq!(operation.nodes[0].updated_at, Some(noon));
    assert_eq!(
        observation.earlier.iter().map(|earlier| earlier.kind).collect::<Vec<_>>(),
        [OperationKind::RollingRestart]
    );
    assert_eq!(observation.precheck, Some(Precheck::Unclear { raw: "after lunch".to_owned() }));
    assert_eq!((observation.groups[0].total, observation.groups[0].state), (None, State::Unknown));
    assert_eq!(observation.warnings, [Warning::Repaired { field: "y".to_owned() }]);
}

#[test]
fn an_operation_of_an_unknown_kind_is_not_taken_for_none() {
    let text = STRANGE.replace(r#""kind":"upgrade""#, r#""kind":"downgrade""#);
    let tape = Tape::read([text]);
    assert_eq!((tape.moments().count(), tape.unreadable), (0, 1));
}

#[test]
fn a_miss_of_an_unknown_kind_is_still_a_miss() {
    let text = r#"{"version":1,"seq":0,"missed":{"from":5,"kind":"eclipse"}}"#;
    let at = Timestamp::from_millis(5);
    let expected = Moment::Missed { from: at, until: at, count: 1, kind: ErrorKind::Malformed, code: None };
    assert_eq!(Tape::read([text.to_owned()]).moments().collect::<Vec<_>>(), [expected]);
}

#[test]
fn what_is_odd_within_a_run_costs_itself_alone() {
    let text = r#"{"version":1,"run":{"kind":"upgrade","state":"vanished","began":{"by":1},"ended":{"near":2},
        "first_seen":3,"seen_until":4,"tracks":[{"role":"data","name":"a","turns":[{"state":"running"},{"began":[5,6]}]},7],
        "stages":[{"name":"s","began":[1,2,3]}],"gaps":[{"after":1,"until":2,"cause":"eclipse"},{"after":1}]}}"#;
    let run = read_run(text).unwrap();
    assert_eq!(
        (run.state, run.began, run.ended),
        (State::Unknown, When::By(Timestamp::from_millis(1)), None)
    );
    let began = When::Between { after: Timestamp::from_millis(5), until: Timestamp::from_millis(6) };
    assert_eq!(run.tracks[0].turns.iter().map(|turn| turn.began).collect::<Vec<_>>(), [began]);
    assert_eq!((run.tracks.len(), run.stages[0].began), (1, None));
    assert_eq!(run.gaps.iter().map(|gap| gap.cause).collect::<Vec<_>>(), [GapCause::Suspended]);
    assert_eq!(read_run(&text.replace("\"began\":{\"by\":1}", "\"began\":\"soon\"")), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn whatever_is_broken_the_rest_is_read_and_played(
        harm in prop::collection::vec((0..200_usize, any::<prop::sample::Index>(), any::<char>()), 0..6),
    ) {
        let mut texts = two_hundred();
        for (place, index, letter) in harm {
            let mut letters: Vec<char> = texts[place].chars().collect();
            let at = index.index(letters.len());
            letters[at] = letter;
            texts[place] = letters.into_iter().collect();
        }
        let tape = Tape::read(texts);
        let moments = tape.moments().count();
        prop_assert_eq!(moments + tape.unreadable, 200);
        let reel = Reel::new(&tape, Vec::new());
        for stop in reel.stops().iter().step_by(20) {
            prop_assert!(reel.at(*stop).latest().is_some());
        }
        let mut recorder = Recorder::resume(0, &tape);
        prop_assert!(recorder.opened(at(999)).iter().all(|write| write.seq >= 200));
    }
}
