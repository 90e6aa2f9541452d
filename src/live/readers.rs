//! Readers that are gone. A signal keeps a place in memory for everything that has ever read it, so a page that is
//! left would leave those of all its parts behind, in every signal that outlives it.

use leptos::prelude::*;
use leptos::reactive::graph::Source;

use super::Live;

/// Writes a signal and lets go of all its readers: those that are still there read it again, and so come back.
pub(super) fn write<T: 'static>(signal: &ArcRwSignal<T>, value: T) {
    signal.set(value);
    signal.clear_subscribers();
}

/// The same without a new value.
fn call(signal: &(impl Notify + Source)) {
    signal.notify();
    signal.clear_subscribers();
}

impl Live {
    /// Lets go of the readers of a page that was left. What is shown now reads once more what it has read.
    pub fn let_go_of_readers(self) {
        self.state.with_value(|state| {
            for entry in state.entries.values() {
                call(&entry.card);
                call(&entry.page);
                call(&entry.raw);
            }
        });
        call(&self.signals.order);
        call(&self.signals.tally);
    }
}
