//! No secret leaves the signer: not in good times and not in bad ones.

use rollwatch_core::link;
use rollwatch_core::link::saved;
use rollwatch_core::model::Span;
use rollwatch_core::view::words::Lang;
use rollwatch_sim::{ACCOUNTS, CLUSTERS, Fault};

use crate::watcher::Watcher;
use crate::world::World;

const WRONG: &str = "wrong-secret-of-a-tired-person";

#[tokio::test]
async fn no_secret_is_shown_saved_linked_or_logged() {
    let world = World::new(1).await;
    let mut watcher = Watcher::of_everything(&world);
    let mut seen = Vec::new();
    watcher.run_for(Span::seconds(30)).await;
    look(&watcher, &mut seen);
    let prompt = Fault::ALL.into_iter().filter(|fault| !fault.takes_time());
    for (cluster, fault) in CLUSTERS.iter().zip(prompt.cycle()) {
        world.clouds.set_fault(cluster.id, Some(fault));
    }
    watcher.run_for(Span::minutes(2)).await;
    look(&watcher, &mut seen);
    for account in &ACCOUNTS {
        watcher.hold_key(account.name, WRONG).await;
    }
    watcher.run_for(Span::minutes(2)).await;
    look(&watcher, &mut seen);
    seen.push(format!("{:?} {:?} {:?}", ACCOUNTS, world.clouds, world.clouds.requests()));
    seen.extend(world.proxy_log());

    let seen = seen.join("\n");
    // Were nothing looked at, nothing would be found.
    for present in ["search-prod", "demo-ncp", "getRollingUpgradeProgress", "milliseconds", "c/huawei_css"] {
        assert!(seen.contains(present), "{present} is missing: was everything looked at?");
    }
    for secret in ACCOUNTS.iter().map(|account| account.secret).chain([WRONG]) {
        assert!(!seen.contains(secret), "a secret is in sight");
    }
}

#[tokio::test]
async fn the_logs_of_proxy_and_clouds_name_no_key() {
    let world = World::new(1).await;
    let mut watcher = Watcher::of_everything(&world);
    watcher.run_for(Span::seconds(30)).await;
    let logged = format!("{:?} {:?}", world.proxy_log(), world.clouds.requests());
    assert!(logged.contains("getRollingUpgradeProgress"));
    for account in &ACCOUNTS {
        assert!(!logged.contains(account.access_key_id), "{}", account.name);
    }
}

/// Everything that is shown, kept or handed on.
fn look(watcher: &Watcher<'_>, seen: &mut Vec<String>) {
    let watches: Vec<_> = watcher.watched.values().map(|watched| watched.watch.clone()).collect();
    seen.push(saved::to_json(&watches, &[]));
    for watched in watcher.watched.values() {
        seen.push(link::print(&watched.watch));
        seen.push(format!("{:?} {:?} {:?}", watched.watch, watched.poller, watched.timeline));
        for lang in Lang::ALL {
            seen.push(format!("{:?}", watcher.page(&watched.watch.cluster, lang)));
        }
    }
}
