//! What goes wrong between a page and a cloud, and that nothing more goes wrong because of it.

use rollwatch_core::assess::Verdict;
use rollwatch_core::error::ErrorKind;
use rollwatch_core::model::{Service, Site, Span};
use rollwatch_core::poll::{ANSWER_LIMIT, Event};
use rollwatch_sim::{CLUSTERS, Fault, account_of};

use crate::text;
use crate::watcher::{Watcher, key};
use crate::world::World;

const HOLOGRES: &str = "hgpostcn-cn-demo0000001";

/// The clusters of one demo account.
fn clusters_of(account: &str) -> Vec<&'static str> {
    let owned =
        CLUSTERS.iter().filter(|cluster| account_of(cluster).is_some_and(|owner| owner.name == account));
    owned.map(|cluster| cluster.id).collect()
}

#[tokio::test]
async fn a_wrong_secret_costs_one_request_for_each_account_however_many_clusters_use_it() {
    for account in ["demo-ncp", "demo-ncp-gov", "demo-huawei"] {
        let world = World::new(1).await;
        let mut clusters = clusters_of(account);
        // Its gateway answers before anyone looks at the key.
        clusters.retain(|id| CLUSTERS.iter().all(|c| c.id != *id || c.name != "css-kul-unreachable"));
        assert!(clusters.len() > 2);
        let mut watcher = Watcher::new(&world, &clusters);
        watcher.hold_key(account, "not-the-secret").await;
        watcher.run_for(Span::hours(1)).await;
        assert_eq!(world.requests(), 1, "{account}: {:#?}", world.clouds.requests());
        for id in &clusters {
            assert_eq!(watcher.of(id).poller.halted(), Some(ErrorKind::Signature), "{id}");
        }
    }
}

#[tokio::test]
async fn the_right_secret_brings_every_cluster_of_the_account_back() {
    let world = World::new(1).await;
    let mut watcher = Watcher::new(&world, &["1001", "1101", "1111"]);
    watcher.hold_key("demo-ncp", "not-the-secret").await;
    watcher.run_for(Span::minutes(5)).await;
    watcher.hold_key("demo-ncp", "demo-ncp-secret-not-a-real-key").await;
    watcher.run_for(Span::seconds(10)).await;
    let verdicts = ["1001", "1101", "1111"].map(|id| watcher.verdict(id));
    assert_eq!(verdicts, [Verdict::Running, Verdict::Running, Verdict::Passed]);
}

#[tokio::test]
async fn five_clusters_under_one_wrong_huawei_key_do_not_lock_it() {
    let world = World::new(1).await;
    let huawei = CLUSTERS.iter().filter(|c| c.service == Service::HuaweiCss && c.site == Site::Public);
    let clusters: Vec<_> = huawei.map(|c| c.id).filter(|id| !id.starts_with("66554433")).take(5).collect();
    assert_eq!(clusters.len(), 5);
    let mut watcher = Watcher::new(&world, &clusters);
    for wrong in ["wrong once", "wrong twice", "wrong again"] {
        watcher.hold_key("demo-huawei", wrong).await;
        watcher.run_for(Span::minutes(1)).await;
    }
    watcher.hold_key("demo-huawei", "demo-huawei-secret-not-a-real-key").await;
    watcher.run_for(Span::seconds(10)).await;
    for id in clusters {
        assert_ne!(watcher.verdict(id), Verdict::CannotSee, "{}", text::card(&watcher.card(id)));
    }
}

#[tokio::test]
async fn a_clock_that_is_an_hour_off_heals_within_one_retry() {
    for id in ["1001", "ea244205-d641-45d9-9dcb-ab2236bcd07e", HOLOGRES] {
        let world = World::new(1).await;
        world.clouds.set_fault(id, Some(Fault::StaleClock));
        let mut watcher = Watcher::new(&world, &[id]);
        watcher.run_for(Span::seconds(3)).await;
        assert_eq!(world.requests(), 2, "{id}");
        assert_ne!(watcher.verdict(id), Verdict::CannotSee, "{}", text::card(&watcher.card(id)));
        assert_eq!(watcher.of(id).poller.missed(), 0);
        // It stays healed: the measured difference is used from now on.
        watcher.run_for(Span::minutes(2)).await;
        assert_eq!(watcher.of(id).timeline.outage(), None);
    }
}

#[tokio::test]
async fn a_vendor_that_asks_to_wait_is_left_alone_for_so_long() {
    for id in ["1001", HOLOGRES] {
        let world = World::new(1).await;
        let mut watcher = Watcher::new(&world, &[id]);
        watcher.run_for(Span::seconds(3)).await;
        world.clouds.set_fault(id, Some(Fault::Throttle));
        watcher.run_polls(id, 5).await;
        let asked: Vec<_> = world.clouds.requests().iter().map(|line| line.at).collect();
        // The first of them was not throttled yet.
        for pair in asked[1..].windows(2) {
            let waited = pair[1].since(pair[0]);
            assert!(waited >= Span::seconds(20), "{id} was asked again after {waited:?}");
        }
        assert_eq!(watcher.card(id).trouble.expect("trouble").what, "The vendor asks us to slow down.");
    }
}

#[tokio::test]
async fn one_missed_answer_is_nothing_and_two_leave_the_last_verdict_in_sight() {
    let world = World::new(1).await;
    let mut watcher = Watcher::new(&world, &["1001"]);
    watcher.run_for(Span::seconds(5)).await;
    let good = watcher.card("1001");
    assert_eq!(good.verdict, Verdict::Running);

    world.clouds.set_fault("1001", Some(Fault::Html502));
    watcher.run_polls("1001", 1).await;
    assert_eq!(watcher.verdict("1001"), Verdict::Running);
    watcher.run_polls("1001", 1).await;
    let blind = watcher.card("1001");
    assert_eq!(blind.verdict, Verdict::CannotSee);
    assert_eq!(blind.last_seen.as_deref(), Some("last seen: Running"));
    assert_eq!((&blind.cells, &blind.counts, &blind.versions), (&good.cells, &good.counts, &good.versions));
    assert!(blind.stale && blind.trouble.is_some() && blind.freshness.starts_with("seen "), "{blind:#?}");

    world.clouds.set_fault("1001", None);
    watcher.run_polls("1001", 1).await;
    let back = watcher.card("1001");
    assert_eq!(
        (back.verdict, back.last_seen, back.trouble, back.stale),
        (Verdict::Running, None, None, false)
    );
}

#[tokio::test]
async fn a_cut_connection_is_told_as_the_proxys_view_of_the_vendor() {
    let world = World::new(1).await;
    world.clouds.set_fault("1001", Some(Fault::Reset));
    let mut watcher = Watcher::new(&world, &["1001"]);
    watcher.run_for(Span::seconds(5)).await;
    let error = &watcher.of("1001").timeline.outage().expect("an outage").error;
    assert_eq!(error.kind, ErrorKind::VendorUnreachable);
}

#[tokio::test]
async fn a_cluster_that_is_gone_is_asked_for_once() {
    let world = World::new(1).await;
    world.clouds.set_fault("1001", Some(Fault::NotFound));
    let mut watcher = Watcher::new(&world, &["1001"]);
    watcher.run_for(Span::hours(1)).await;
    assert_eq!(world.requests(), 1);
    let card = watcher.card("1001");
    assert!(card.freshness.contains("asking stopped until you act"), "{}", card.freshness);
}

#[tokio::test]
async fn an_answer_that_comes_late_never_overwrites_a_newer_one() {
    let world = World::new(1).await;
    let mut watcher = Watcher::new(&world, &["1001"]);
    watcher.run_for(Span::seconds(5)).await;
    world.clouds.clock().advance(Span::seconds(10));
    let late = watcher.perform(&key("1001"), Event::Woke).await.expect("a request on its way");

    // Nobody waits for it any more, and what is asked meanwhile shows another node at work.
    world.clouds.clock().advance(ANSWER_LIMIT);
    watcher.tick().await;
    assert_eq!(watcher.of("1001").poller.missed(), 1);
    watcher.run_for(Span::minutes(7)).await;
    let (card, timeline) = (watcher.card("1001"), watcher.of("1001").timeline.clone());
    assert!(!timeline.transitions().is_empty());

    watcher.take_all(vec![late]).await;
    assert_eq!(watcher.card("1001"), card);
    assert_eq!(watcher.of("1001").timeline, timeline);
}
