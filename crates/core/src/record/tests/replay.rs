//! A recorded run shows at each of its instants what was known then.

use proptest::prelude::*;

use super::*;
use crate::record::Reel;

/// What happens next to a watched cluster.
#[derive(Debug, Clone)]
enum Event {
    /// An answer: the states of four brokers or data nodes, with a task id and a word of the vendor or without.
    Seen {
        coloured: bool,
        states: Vec<State>,
        task: Option<u8>,
        word: Option<u8>,
    },
    /// The answer that came last, once more.
    Again,
    NoOperation,
    Failed(ErrorKind),
    Reload,
}

fn event() -> impl Strategy<Value = Event> {
    let state = prop::sample::select(
        &[State::Pending, State::Running, State::Succeeded, State::Failed, State::Unknown][..],
    );
    let seen = (
        any::<bool>(),
        prop::collection::vec(state, 2..5),
        prop::option::of(0..2_u8),
        prop::option::of(0..2_u8),
    );
    prop_oneof![
        6 => seen.prop_map(|(coloured, states, task, word)| Event::Seen { coloured, states, task, word }),
        8 => Just(Event::Again),
        1 => Just(Event::NoOperation),
        2 => prop::sample::select(&[ErrorKind::Timeout, ErrorKind::VendorDown][..]).prop_map(Event::Failed),
        1 => Just(Event::Reload),
    ]
}

fn observation(coloured: bool, states: &[State], task: Option<u8>, word: Option<u8>) -> Observation {
    let over = states.iter().all(|state| *state == State::Succeeded);
    let mut observation = nodes(states);
    let operation = observation.operation.as_mut().unwrap();
    operation.state = if over { State::Succeeded } else { State::Running };
    operation.id = task.map(|task| task.to_string());
    for node in &mut operation.nodes {
        node.role = if coloured { NodeRole::Broker } else { NodeRole::Data };
        node.raw_status = word.map(|word| format!("word {word}"));
    }
    observation
}

fn pause() -> impl Strategy<Value = i64> {
    prop::sample::select(&[1, 10, 10, 10, 66, 150, 200, 700, 1_200, 90_000][..])
}

/// All that is known, but while polls fail in one way: how many of them had failed.
fn facts(timeline: &Timeline) -> impl PartialEq + std::fmt::Debug + use<> {
    let outage = timeline.outage().map(|outage| (outage.since, outage.count.min(2), outage.error.clone()));
    let seen = (timeline.latest().cloned(), timeline.transitions().to_vec(), timeline.reordered(), outage);
    let times = (timeline.first_seen_at(), timeline.unchanged_since(), timeline.reopened_at());
    let stretches = (timeline.gaps().to_vec(), timeline.pauses().to_vec());
    let turns = (timeline.tracks().cloned().collect::<Vec<_>>(), timeline.stages().to_vec());
    (seen, times, stretches, turns, timeline.earlier().to_vec())
}

/// What is replayed of the run that goes on.
fn replayed(page: &Page, at: Timestamp) -> Timeline {
    let mut store = Store(page.store.0.clone());
    store.put(page.recorder.clone().flush());
    Reel::new(&store.tape(page.recorder.run()), page.timeline.earlier().to_vec()).at(at)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn at_each_instant_a_replay_is_what_the_page_knew_then(
        events in prop::collection::vec((event(), pause()), 1..40),
    ) {
        let (mut page, mut now) = (Page::new(), 0);
        page.open(at(0));
        let mut latest = nodes(&[State::Pending, State::Running]);
        let mut known: Vec<(Timestamp, u32, Timeline)> = Vec::new();
        for (event, pause) in events {
            now += pause;
            match &event {
                Event::Seen { coloured, states, task, word } => {
                    latest = observation(*coloured, states, *task, *word);
                    page.see(&latest, at(now));
                }
                Event::Again => {
                    page.see(&latest, at(now));
                }
                Event::NoOperation => {
                    latest = Observation::new(at(now));
                    page.see(&latest, at(now));
                }
                Event::Failed(kind) => {
                    page.miss(*kind, at(now));
                }
                Event::Reload => {
                    page.flush();
                    page.reload();
                    page.open(at(now));
                }
            }
            prop_assert_eq!(&replayed(&page, at(now)), &page.timeline, "as it is recorded, at {} s", now);
            // A page that is closed again before it has seen anything leaves nothing.
            if !matches!(event, Event::Reload) {
                known.push((at(now), page.recorder.run(), page.timeline.clone()));
            }
        }
        page.flush();
        for run in 0..=page.recorder.run() {
            let of_run = || known.iter().filter(|(_, of, _)| *of == run);
            let earlier = of_run().next().map(|(_, _, first)| first.earlier().to_vec());
            let reel = Reel::new(&page.store.tape(run), earlier.unwrap_or_default());
            for (then, _, timeline) in of_run() {
                prop_assert_eq!(facts(&reel.at(*then)), facts(timeline), "afterwards, at {}", then.iso());
            }
        }
    }
}

#[test]
fn what_the_time_alone_changes_is_replayed_to_the_minute() {
    use State::{Pending, Running, Succeeded};
    let mut page = Page::new();
    page.see(&observation(true, &[Pending, Running], None, None), at(0));
    // Green everywhere is a pause between two nodes for ten minutes, and then it is the end.
    let green = observation(true, &[Succeeded, Succeeded], None, None);
    for minute in 1..20 {
        page.see(&green, at(minute * 60));
        assert_eq!(replayed(&page, at(minute * 60)), page.timeline, "at minute {minute}");
    }
    assert_eq!(page.timeline.operation().unwrap().state, Succeeded);
    assert_eq!(page.store.moments(0).len(), 3);
}

#[test]
fn a_replay_stops_where_something_changed() {
    use State::{Pending, Running, Succeeded};
    let mut page = Page::new();
    page.open(at(0));
    for (second, states) in [(1, [Running, Pending]), (11, [Running, Pending]), (21, [Succeeded, Running])] {
        page.see(&nodes(&states), at(second));
    }
    page.miss(ErrorKind::Timeout, at(31));
    page.miss(ErrorKind::Timeout, at(41));
    page.see(&nodes(&[Succeeded, Running]), at(51));
    page.see(&nodes(&[Succeeded, Running]), at(61));
    page.flush();
    let reel = Reel::new(&page.store.tape(0), Vec::new());
    assert_eq!(reel.stops(), [0, 1, 21, 31, 51].map(at));
    assert_eq!((reel.from(), reel.until()), (Some(at(0)), Some(at(61))));
    assert_eq!(reel.at(at(-1)), Timeline::default());
    let seen_at = |seconds| reel.at(at(seconds)).latest().map(|latest| latest.observed_at);
    assert_eq!(
        [0, 1, 5, 15, 21, 60, 9_999].map(seen_at),
        [None, Some(at(1)), Some(at(5)), Some(at(11)), Some(at(21)), Some(at(60)), Some(at(61))]
    );
    assert_eq!(reel.at(at(35)).outage().map(|outage| outage.since), Some(at(31)));
    let empty = Reel::new(&Tape::default(), Vec::new());
    assert_eq!((empty.from(), empty.until(), empty.stops().len()), (None, None, 0));
    assert_eq!(empty.at(at(0)), Timeline::default());
}

#[test]
fn a_long_run_is_replayed_from_within_as_from_its_beginning() {
    let (mut page, mut known) = (Page::new(), Vec::new());
    for second in 0..400_usize {
        let mut states = [State::Pending; 5];
        states[second % 5] = State::Running;
        states[second / 100] = State::Succeeded;
        match second % 11 {
            10 => page.miss(ErrorKind::Timeout, at(second as i64)),
            _ => page.see(&nodes(&states), at(second as i64)),
        };
        known.push(page.timeline.clone());
    }
    let reel = Reel::new(&page.store.tape(0), Vec::new());
    assert!(reel.stops().len() > 256);
    for (second, timeline) in (0..).zip(&known) {
        assert_eq!(reel.at(at(second)), *timeline, "at {second} s");
    }
}
