//! What rests until it is wanted again, or until it has rested for too long.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// How long one rests before it is given up.
const FOR: Duration = Duration::from_secs(30);

/// How many rest: the connections of a busy board with one vendor's host, which would otherwise be made anew for every
/// other call.
const MOST: usize = 64;

/// A list of those that rest.
pub(super) struct Resting<T>(Mutex<List<T>>);

struct List<T> {
    /// The one that has rested longest is the first.
    since: VecDeque<(Instant, T)>,
    /// Whether somebody gives up those that rest for too long.
    is_watched: bool,
}

impl<T> Default for Resting<T> {
    fn default() -> Self {
        Resting(Mutex::new(List { since: VecDeque::new(), is_watched: false }))
    }
}

impl<T: Send + 'static> Resting<T> {
    fn list(&self) -> MutexGuard<'_, List<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The one that has rested for the shortest time.
    pub(super) fn take(&self) -> Option<T> {
        self.list().since.pop_back().map(|(_, rested)| rested)
    }

    /// Lets one rest; where there are enough, it is given up.
    pub(super) fn put(self: &Arc<Self>, rests: T) {
        let now = Instant::now();
        let mut list = self.list();
        if list.since.len() >= MOST {
            return;
        }
        list.since.push_back((now, rests));
        if !std::mem::replace(&mut list.is_watched, true) {
            tokio::spawn(watch(Arc::downgrade(self), now + FOR));
        }
    }

    /// Gives up those that have rested for too long. When the next one has, or `None` when no one rests.
    fn give_up(&self, now: Instant) -> Option<Instant> {
        let mut list = self.list();
        while list.since.front().is_some_and(|(since, _)| now >= *since + FOR) {
            list.since.pop_front();
        }
        let next = list.since.front().map(|(since, _)| *since + FOR);
        list.is_watched = next.is_some();
        next
    }
}

/// Gives up those that have rested for too long, as long as one rests.
async fn watch<T: Send + 'static>(resting: Weak<Resting<T>>, first: Instant) {
    let mut next = Some(first);
    while let Some(at) = next {
        sleep_until(at).await;
        next = resting.upgrade().and_then(|resting| resting.give_up(Instant::now()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(seconds: u64, began_at: Instant) -> Instant {
        began_at + Duration::from_secs(seconds)
    }

    #[tokio::test]
    async fn the_one_that_rested_last_is_taken_first() {
        let resting = Arc::new(Resting::default());
        resting.put(1);
        resting.put(2);
        assert_eq!([resting.take(), resting.take(), resting.take()], [Some(2), Some(1), None]);
    }

    #[tokio::test]
    async fn no_more_rest_than_there_is_room_for() {
        let resting = Arc::new(Resting::default());
        (0..=MOST).for_each(|nth| resting.put(nth));
        assert_eq!(resting.take(), Some(MOST - 1));
        assert_eq!(std::iter::from_fn(|| resting.take()).count(), MOST - 1);
    }

    #[tokio::test]
    async fn who_has_rested_for_too_long_is_given_up_and_the_others_are_not() {
        let (resting, now) = (Resting::default(), Instant::now());
        resting.list().since.extend([(now, 1), (after(10, now), 2)]);
        assert_eq!(resting.give_up(after(29, now)), Some(after(30, now)));
        assert_eq!(resting.list().since.len(), 2);
        assert_eq!(resting.give_up(after(30, now)), Some(after(40, now)));
        assert_eq!(resting.take(), Some(2));
        assert_eq!(resting.give_up(after(40, now)), None);
        assert!(!resting.list().is_watched, "the next one that rests is watched again");
    }
}
