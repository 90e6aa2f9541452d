mod any;
mod golden;
mod recording;
mod replay;
mod robust;
mod round_trip;
mod size;

use std::collections::BTreeMap;

use super::{Moment, Recorder, Tape, Write};
use crate::error::{ErrorKind, PollError};
use crate::model::{Node, NodeRole, Observation, Operation, OperationKind, State, Timestamp};
use crate::timeline::{Outcome, Timeline};

/// What a browser would keep: the latest text of each place.
#[derive(Debug, Default)]
struct Store(BTreeMap<(u32, u32), String>);

impl Store {
    fn put(&mut self, writes: Vec<Write>) {
        self.0.extend(writes.into_iter().map(|write| ((write.run, write.seq), write.text)));
    }

    fn texts(&self, run: u32) -> Vec<String> {
        self.0.range((run, 0)..=(run, u32::MAX)).map(|(_, text)| text.clone()).collect()
    }

    fn tape(&self, run: u32) -> Tape {
        Tape::read(self.texts(run))
    }

    fn moments(&self, run: u32) -> Vec<Moment> {
        self.tape(run).moments().collect()
    }
}

/// A page that watches: what comes in goes to the timeline, to the recorder and from there to the store.
#[derive(Debug)]
struct Page {
    timeline: Timeline,
    recorder: Recorder,
    store: Store,
}

impl Page {
    fn new() -> Self {
        Page { timeline: Timeline::default(), recorder: Recorder::new(0), store: Store::default() }
    }

    fn take(&mut self, outcome: Outcome, at: Timestamp) -> usize {
        let recorded = self.timeline.record(outcome.clone(), at);
        let writes = self.recorder.take(&outcome, recorded, at);
        let count = writes.len();
        self.store.put(writes);
        count
    }

    fn see(&mut self, observation: &Observation, at: Timestamp) -> usize {
        let observation = Observation { observed_at: at, ..observation.clone() };
        self.take(Outcome::Observed(Box::new(observation)), at)
    }

    fn miss(&mut self, kind: ErrorKind, at: Timestamp) -> usize {
        self.take(Outcome::Failed(PollError::new(kind)), at)
    }

    fn open(&mut self, at: Timestamp) {
        self.timeline.reopened(at);
        let writes = self.recorder.opened(at);
        self.store.put(writes);
    }

    fn flush(&mut self) {
        let writes = self.recorder.flush();
        self.store.put(writes);
    }

    /// The recorder of a page that is loaded anew and has nothing but the store.
    fn reload(&mut self) {
        let run = self.recorder.run();
        self.recorder = Recorder::resume(run, &self.store.tape(run));
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_763_000_000_000 + seconds * 1000)
}

/// A cluster of data nodes in these states.
fn nodes(states: &[State]) -> Observation {
    let mut operation = Operation::new(OperationKind::Upgrade, State::Running);
    operation.id = Some("task".to_owned());
    let node = |(number, state): (usize, &State)| Node::new(format!("n{number}"), NodeRole::Data, *state);
    operation.nodes = states.iter().enumerate().map(node).collect();
    Observation { operation: Some(operation), ..Observation::new(at(0)) }
}
