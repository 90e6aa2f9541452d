//! The zone of an account, chosen on this device.

use leptos::prelude::*;
use rollwatch::browser::storage;
use rollwatch::live::{KeyName, Live};
use rollwatch::ui::ZoneField;
use rollwatch_core::json::Json;
use rollwatch_core::model::{OperationKind, Service};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::document::{mount, settings};
use crate::views::watch;

const ZONES: &str = "rollwatch.zones";

/// Takes what was stored away when a test ends, however it ends.
struct Restored;

impl Drop for Restored {
    fn drop(&mut self) {
        storage::remove(ZONES);
        storage::remove("rollwatch.zones.unread");
    }
}

fn account() -> KeyName {
    KeyName::of(&watch(Service::NcpSearchEngine, OperationKind::Upgrade))
}

fn with_live(check: impl FnOnce(Live)) {
    let owner = Owner::new();
    owner.with(|| check(Live::new(settings())));
}

#[wasm_bindgen_test]
async fn a_chosen_zone_is_found_again_and_can_be_taken_back() {
    let _restored = Restored;
    {
        let mounted = mount(|| view! { <ZoneField id="z".to_owned() account=account() /> });
        mounted.choose("#z", "330").await;
    }
    with_live(|live| assert_eq!(live.zone_of(&account()), Some(330)));
    {
        let mounted = mount(|| view! { <ZoneField id="z".to_owned() account=account() /> });
        let chosen = mounted.one("#z option[selected]").text_content();
        assert_eq!(chosen.as_deref(), Some("UTC+05:30"));
        mounted.choose("#z", "").await;
    }
    with_live(|live| assert_eq!(live.zone_of(&account()), None));
    assert_eq!(storage::get(ZONES).as_deref(), Some(r#"{"version":1,"zones":[]}"#));
}

#[wasm_bindgen_test]
fn zones_that_cannot_be_read_are_moved_aside_and_told() {
    let _restored = Restored;
    storage::set(ZONES, "{\"version\":7}").unwrap();
    with_live(|live| {
        assert_eq!(live.signals.notices.get_untracked().len(), 1);
        live.choose_zone(&account(), Some(540));
    });
    assert_eq!(storage::get("rollwatch.zones.unread").as_deref(), Some("{\"version\":7}"));
    with_live(|live| assert_eq!(live.zone_of(&account()), Some(540)));
}

#[wasm_bindgen_test]
fn a_zone_of_another_version_of_the_page_survives_a_choice() {
    let _restored = Restored;
    let other = r#"{"provider":"ncp","account":"x","zone":"Asia/Seoul"}"#;
    storage::set(ZONES, &format!(r#"{{"version":1,"zones":[{other}]}}"#)).unwrap();
    with_live(|live| live.choose_zone(&account(), Some(540)));
    assert!(storage::get(ZONES).unwrap().contains(other));
}

#[wasm_bindgen_test]
fn regions_of_the_configuration_are_known_and_a_broken_one_is_told() {
    let list = r#"[
        {"service":"huawei_css","site":"public","region":"xx-new-1","host":"css.xx-new-1.myhuaweicloud.com"},
        {"service":"huawei_css","site":"public","region":"xx-new-2","host":"http://x"}
    ]"#;
    let regions = Json::read(list);
    Owner::new().with(|| {
        let live = Live::new(rollwatch::live::settings::Settings { regions, ..settings() });
        let known = live.catalogue();
        let regions = known.regions(Service::HuaweiCss, rollwatch_core::model::Site::Public);
        assert!(regions.contains(&"xx-new-1") && !regions.contains(&"xx-new-2"));
        let notices = live.signals.notices.get_untracked();
        assert_eq!(notices.len(), 1);
        assert!(notices[0].contains("regions[1].host"), "{notices:?}");
    });
}
