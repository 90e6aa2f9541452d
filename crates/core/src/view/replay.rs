//! The bar that goes through a recorded run.

use super::changes::summary;
use super::format::{Reader, clock, duration};
use super::words::Recorder;
use crate::model::Timestamp;
use crate::timeline::Timeline;

/// The bar: a place for each recorded change, and one for now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Replay {
    /// The number of recorded changes; the place of now. 0: nothing is recorded.
    pub last: usize,
    /// The place that is shown, up to `last`.
    pub at: usize,
    /// The instant of that place and what changed then.
    pub text: String,
    /// "This is the past: …"; `None` while the page shows the present.
    pub past: Option<String>,
}

/// The bar over what is recorded of the present run. `stops` are the instants at which something changed, in
/// order; `shown` is the one that is shown with what was known then, `None` for now.
pub fn replay(
    timeline: &Timeline,
    stops: &[Timestamp],
    shown: Option<(&Timeline, Timestamp)>,
    reader: Reader,
    now: Timestamp,
) -> Replay {
    let lang = reader.lang;
    let last = stops.len();
    let Some((then, shown_at)) = shown else {
        return Replay { last, at: last, text: lang.say(Recorder::Present).to_owned(), past: None };
    };
    let at = stops.partition_point(|stop| *stop < shown_at);
    let instant = clock(reader, shown_at, now);
    let what = summary(timeline, shown_at, reader, now).unwrap_or_else(|| {
        lang.say(match then.outage() {
            Some(_) => Recorder::StopFailed,
            None if at == 0 => Recorder::StopFirst,
            None => Recorder::StopOther,
        })
        .to_owned()
    });
    let ago = duration(lang, now.since(shown_at));
    Replay {
        last,
        at,
        text: lang.fill(Recorder::AtStop, &[&instant, &what]),
        past: Some(lang.fill(Recorder::Past, &[&instant, &ago])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{ErrorKind, PollError};
    use crate::model::{Node, NodeRole, Observation, Operation, OperationKind, Span, State};
    use crate::timeline::Outcome;
    use crate::view::words::Lang;

    const READER: Reader = Reader { lang: Lang::En, offset_at: |_| 0 };

    /// So many seconds after 2025-03-24T08:09:41Z.
    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(1_742_803_781_000).plus(Span::seconds(seconds))
    }

    fn seen(seconds: i64, state: State) -> (Outcome, Timestamp) {
        let mut operation = Operation::new(OperationKind::Upgrade, State::Running);
        operation.nodes = vec![Node::new("n0", NodeRole::Data, state)];
        let observation = Observation { operation: Some(operation), ..Observation::new(at(seconds)) };
        (Outcome::Observed(Box::new(observation)), at(seconds))
    }

    /// First seen at 0, a change at 10, something else at 20, no answer at 30.
    fn told(place: usize) -> Replay {
        let outcomes = [
            seen(0, State::Pending),
            seen(10, State::Running),
            seen(20, State::Running),
            (Outcome::Failed(PollError::new(ErrorKind::Timeout)), at(30)),
        ];
        let known = |until: usize| {
            let mut timeline = Timeline::default();
            for (outcome, at) in outcomes.iter().take(until).cloned() {
                timeline.record(outcome, at);
            }
            timeline
        };
        let (live, then, stops) = (known(4), known(place + 1), [0, 10, 20, 30].map(at));
        let shown = stops.get(place).map(|stop| (&then, *stop));
        replay(&live, &stops, shown, READER, at(10_800))
    }

    #[test]
    fn each_place_says_its_instant_and_what_changed_then() {
        let texts: Vec<String> = (0..5).map(|place| told(place).text).collect();
        assert_eq!(
            texts,
            [
                "08:09:41: first seen",
                "08:09:51: n0 (data) began",
                "08:10:01: details changed",
                "08:10:11: no good answer",
                "Now",
            ]
        );
        assert_eq!((0..5).map(|place| told(place).at).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn the_past_is_named_with_its_age_and_the_present_is_not() {
        assert_eq!(told(1).past.as_deref(), Some("This is the past: as known at 08:09:51 (2 h 59 min ago)."));
        assert_eq!(told(4).past, None);
        let nothing = replay(&Timeline::default(), &[], None, READER, at(0));
        assert_eq!((nothing.last, nothing.at, nothing.past), (0, 0, None));
    }
}
