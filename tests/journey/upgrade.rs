//! Operations over time: from the first node to the last, and those that stop on the way.

use rollwatch_core::assess::{Circumstances, Verdict, assess};
use rollwatch_core::model::{Span, State};
use rollwatch_core::timeline::Subject;

use crate::watcher::Watcher;
use crate::world::World;

#[tokio::test]
async fn a_running_upgrade_goes_to_its_end_and_every_change_is_kept() {
    let world = World::new(1).await;
    let mut watcher = Watcher::new(&world, &["1001"]);
    let mut verdicts = Vec::new();
    let mut done = 0;
    // It began 9 minutes ago, takes about 34, and begins anew after 48.
    for _ in 0..38 {
        watcher.run_for(Span::minutes(1)).await;
        let card = watcher.card("1001");
        verdicts.push(card.verdict);
        let now = card.cells.iter().filter(|cell| cell.state == State::Succeeded).count();
        assert!(now >= done, "{now} nodes done after {done}");
        assert!(card.counts.starts_with(&format!("{now} done, ")), "{}", card.counts);
        done = now;
    }
    verdicts.dedup();
    assert_eq!(verdicts, [Verdict::Running, Verdict::Done]);
    let card = watcher.card("1001");
    assert_eq!((done, card.cells.len()), (8, 8));
    assert!(card.elapsed.as_ref().is_some_and(|elapsed| elapsed.starts_with("took ")), "{card:#?}");
    assert_eq!((card.remaining, card.place_of_work), (None, None));

    let finished = watcher.of("1001").timeline.transitions().iter().filter(|change| {
        assert!(change.after < change.until && change.until.since(change.after) <= Span::seconds(20));
        matches!(change.subject, Subject::Node { .. }) && change.to == State::Succeeded
    });
    let ended = watcher.of("1001").timeline.transitions().last().expect("a change").subject.clone();
    assert!(finished.count() >= 5, "fewer nodes were seen to finish than finished");
    assert!(matches!(ended, Subject::Node { .. } | Subject::Operation), "{ended:?}");
    assert!(watcher.page("1001", Default::default()).gantt.now_x.is_none());
}

#[tokio::test]
async fn the_next_upgrade_of_a_cluster_does_not_inherit_the_last_one() {
    let world = World::new(1).await;
    let mut watcher = Watcher::new(&world, &["1001"]);
    watcher.run_for(Span::minutes(38)).await;
    assert_eq!(watcher.verdict("1001"), Verdict::Done);
    watcher.run_for(Span::minutes(3)).await;
    let card = watcher.card("1001");
    assert!(matches!(card.verdict, Verdict::Waiting | Verdict::Running), "{card:#?}");
    assert!(card.cells.iter().all(|cell| cell.state != State::Succeeded), "{card:#?}");
    assert_eq!(card.since, "for 2 min");
}

#[tokio::test]
async fn a_restart_that_shows_only_colours_is_followed_to_its_end() {
    let world = World::new(1).await;
    let mut watcher = Watcher::new(&world, &["3101"]);
    let mut verdicts = Vec::new();
    for _ in 0..24 {
        watcher.run_for(Span::minutes(1)).await;
        verdicts.push(watcher.verdict("3101"));
    }
    verdicts.dedup();
    assert_eq!(verdicts, [Verdict::Running, Verdict::Done]);
}

#[tokio::test]
async fn a_stalled_upgrade_says_on_what_ground() {
    let world = World::new(1).await;
    let mut watcher = Watcher::new(&world, &["2002"]);
    watcher.run_for(Span::seconds(10)).await;
    let card = watcher.card("2002");
    assert_eq!(card.verdict, Verdict::Stalled);
    let basis = card.basis.expect("a basis");
    assert!(basis.starts_with("no change for 4 h "), "{basis}");
    // Two masters are done, which tells nothing of the data node that is at work.
    assert!(basis.ends_with("; we expect a change within 30 min"), "{basis}");
    assert!(card.place_of_work.is_some_and(|place| place.contains("step Upgrade_OpenSearch, since ")));
}

#[tokio::test]
async fn a_long_data_migration_is_slow_and_never_stalled_before_the_vendors_limit() {
    let world = World::new(1).await;
    let id = "5f1e8c37-9b2a-4d60-8e7f-3c4b5a6d7e8f";
    let mut watcher = Watcher::new(&world, &[id]);
    for _ in 0..40 {
        world.clouds.clock().advance(Span::minutes(30));
        watcher.run_for(Span::seconds(20)).await;
        assert_eq!(watcher.verdict(id), Verdict::Slow);
    }
    world.clouds.clock().advance(Span::hours(30));
    watcher.run_for(Span::seconds(30)).await;
    assert_eq!(watcher.verdict(id), Verdict::Stalled);
}

/// The first node's turn comes after a quarter of an hour, so that the wait grows long before it ends.
#[tokio::test]
async fn what_stood_still_and_moves_again_is_running_again() {
    let world = World::new(1).await;
    let mut watcher = Watcher::new(&world, &["1001"]);
    watcher.run_for(Span::minutes(1)).await;
    assert_eq!(watcher.verdict("1001"), Verdict::Running);

    // The same answer for hours: what a page sees whose vendor has stopped telling news.
    let (before, latest) = (watcher.of("1001").timeline.clone(), world.now());
    let mut verdicts = Vec::new();
    for minutes in 0..120 {
        let now = latest.plus(Span::minutes(minutes));
        let mut timeline = before.clone();
        let mut same = before.latest().expect("an answer").clone();
        same.observed_at = now;
        timeline.record(rollwatch_core::timeline::Outcome::Observed(Box::new(same)), now);
        verdicts.push(assess(&timeline, &Circumstances::default(), now).verdict);
    }
    verdicts.dedup();
    assert_eq!(verdicts, [Verdict::Running, Verdict::Slow, Verdict::Stalled]);

    // The next answer of the cloud shows a step further on.
    watcher.run_for(Span::minutes(6)).await;
    assert_eq!(watcher.verdict("1001"), Verdict::Running);
    assert_eq!(watcher.card("1001").basis, None);
}
