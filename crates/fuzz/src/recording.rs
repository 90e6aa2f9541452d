//! The target that reads what was recorded.

use rollwatch_core::model::Observation;
use rollwatch_core::record::{Moment, Recorder, Reel, Tape, read_run, write_run};
use rollwatch_core::timeline::{Outcome, Recorded};

/// As many lines as are worth reading: each is played twice.
const LINES: usize = 200;

/// Every line is a document.
pub fn read(text: &str) {
    let lines: Vec<String> = text.lines().take(LINES).map(str::to_owned).collect();
    for run in lines.iter().filter_map(|line| read_run(line)) {
        assert_eq!(read_run(&write_run(&run)), Some(run), "a run is read as it is written");
    }
    let count = lines.len();
    let tape = Tape::read(lines);
    assert_eq!(tape.moments().count() + tape.unreadable, count, "what cannot be read is counted");
    assert!(tape.moments().all(|moment| moment.from() <= moment.until()));
    let seen: Vec<Observation> = tape.moments().filter_map(observation).collect();
    assert_eq!(recorded(&seen), seen, "what was read is recorded as it was");
    let reel = Reel::new(&tape, Vec::new());
    assert!(reel.stops().is_sorted(), "a replay goes forward");
    if let Some((first, last)) = reel.from().zip(reel.until()) {
        assert!(first <= last);
        assert_eq!(reel.at(last).latest().is_some(), !seen.is_empty());
    }
    // It goes on from whatever was read.
    let places = Recorder::resume(0, &tape).opened(reel.until().unwrap_or(crate::observed_at()));
    assert!(places.len() <= 1);
}

fn observation(moment: Moment) -> Option<Observation> {
    match moment {
        Moment::Seen { observation, .. } => Some(*observation),
        _ => None,
    }
}

fn recorded(seen: &[Observation]) -> Vec<Observation> {
    let mut recorder = Recorder::new(0);
    let another = Recorded { changed: true, ..Recorded::default() };
    let mut texts = Vec::new();
    for observation in seen {
        let outcome = Outcome::Observed(Box::new(observation.clone()));
        texts.extend(
            recorder.take(&outcome, another, observation.observed_at).into_iter().map(|write| write.text),
        );
    }
    Tape::read(texts).moments().filter_map(observation).collect()
}
