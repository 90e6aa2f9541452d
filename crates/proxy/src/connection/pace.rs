//! What a connection waits for, and since when.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use crate::serve::Connections;

/// Told by the stream and by those who answer, asked by whoever keeps the connection.
#[derive(Debug, Default)]
pub(super) struct Pace(Mutex<Waits>);

#[derive(Debug, Default)]
struct Waits {
    client: Client,
    /// Since when the client takes nothing of what is written.
    stuck_at: Option<Instant>,
    /// Whether an answer has begun that is not written to its end.
    is_writing: bool,
}

/// What the client does, as far as it is known.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Client {
    /// Nothing: all that it asked is answered.
    #[default]
    Silent,
    /// Sends a head since then.
    Asks(Instant),
    /// Waits for its answer, or for the end of it.
    IsAnswered,
}

/// What is to be done with a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    GoOn,
    /// Nothing is under way.
    Rest,
    /// The client is too slow.
    End,
}

impl Pace {
    fn waits(&self) -> MutexGuard<'_, Waits> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something came. The clock is asked only where it matters.
    pub(super) fn hears(&self, now: impl FnOnce() -> Instant) {
        let mut waits = self.waits();
        if waits.client == Client::Silent {
            waits.client = Client::Asks(now());
        }
    }

    /// A head is whole.
    pub(super) fn is_asked(&self) {
        let mut waits = self.waits();
        waits.client = Client::IsAnswered;
        waits.is_writing = true;
    }

    /// All that there was to write is written.
    pub(super) fn has_written(&self) {
        let mut waits = self.waits();
        waits.is_writing &= waits.client == Client::IsAnswered;
    }

    /// Whether what is written now answers no request, because none could be read.
    pub(super) fn refuses(&self) -> bool {
        let waits = self.waits();
        matches!(waits.client, Client::Asks(_)) && !waits.is_writing
    }

    /// An answer is as good as written.
    pub(super) fn has_answered(&self) {
        self.waits().client = Client::Silent;
    }

    /// Something was written, or nothing is taken.
    pub(super) fn writes(&self, is_taken: bool, now: impl FnOnce() -> Instant) {
        let mut waits = self.waits();
        if is_taken {
            waits.stuck_at = None;
        } else if waits.stuck_at.is_none() {
            waits.stuck_at = Some(now());
        }
    }

    pub(super) fn look(&self, limits: &Connections, now: Instant) -> Look {
        let waits = self.waits();
        let is_over = |since: Instant, limit| now.saturating_duration_since(since) >= limit;
        match (waits.client, waits.stuck_at) {
            (_, Some(stuck_at)) if is_over(stuck_at, limits.read_for) => Look::End,
            (Client::Asks(began_at), _) if is_over(began_at, limits.head_for) => Look::End,
            (Client::Silent, None) => Look::Rest,
            _ => Look::GoOn,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_head_is_waited_for_from_its_first_byte_and_an_answer_as_long_as_it_takes() {
        let (pace, began_at) = (Pace::default(), Instant::now());
        let after = |seconds| began_at + Duration::from_secs(seconds);
        let look = |seconds| pace.look(&Connections::default(), after(seconds));
        assert_eq!(look(0), Look::Rest);
        pace.hears(|| began_at);
        pace.hears(|| after(5));
        assert_eq!((look(7), look(8)), (Look::GoOn, Look::End));
        pace.is_asked();
        pace.hears(|| after(7));
        assert_eq!(look(1000), Look::GoOn);
        pace.has_answered();
        assert_eq!(look(1000), Look::Rest);
    }

    #[test]
    fn what_is_written_before_a_request_was_read_is_a_refusal_and_the_rest_of_an_answer_is_none() {
        let (pace, now) = (Pace::default(), Instant::now());
        assert!(!pace.refuses());
        pace.hears(|| now);
        assert!(pace.refuses());
        pace.is_asked();
        pace.has_written();
        pace.has_answered();
        pace.hears(|| now);
        assert!(!pace.refuses(), "the end of the answer is not written yet");
        pace.has_written();
        assert!(pace.refuses());
    }

    #[test]
    fn a_client_that_takes_nothing_is_waited_for_from_the_first_byte_that_it_did_not_take() {
        let (pace, began_at) = (Pace::default(), Instant::now());
        let after = |seconds| began_at + Duration::from_secs(seconds);
        let look = |seconds| pace.look(&Connections::default(), after(seconds));
        pace.is_asked();
        pace.writes(false, || began_at);
        pace.writes(false, || after(9));
        assert_eq!((look(9), look(10)), (Look::GoOn, Look::End));
        pace.has_answered();
        assert_eq!(look(9), Look::GoOn, "the end of the answer is not taken yet");
        pace.writes(true, || after(9));
        assert_eq!(look(9), Look::Rest);
    }
}
