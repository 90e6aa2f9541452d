//! "Could it start now?"

use leptos::prelude::*;
use rollwatch::ui::check::{CheckOutcome, CheckState, Checks};
use rollwatch_core::model::{OperationKind, Precheck, Service, Span};
use rollwatch_core::view::words::Lang;
use rollwatch_core::view::{Reader, check};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::document::mount;
use crate::vendor::Vendor;
use crate::views::{DOCUMENTED, NOW, page_of, watch};

#[wasm_bindgen_test]
fn outcomes_differ_in_shape_and_word() {
    let reader = Reader { lang: Lang::En, offset_at: |_| 0 };
    let outcomes = [
        Precheck::Passed,
        Precheck::Refused { reason: "a broker is down".to_owned() },
        Precheck::Unclear { raw: "<b>maybe</b>".to_owned() },
    ];
    let mut shown = Vec::new();
    for outcome in outcomes {
        let told = check(reader, &Ok(outcome), Span::ZERO, NOW, NOW);
        let state = Signal::stored(CheckState::Told(told));
        let mounted = mount(move || view! { <CheckOutcome state /> });
        assert_eq!(mounted.all("b").len(), 0, "a vendor's text stays text");
        let shape = mounted.one(".glyph path").get_attribute("d").unwrap();
        shown.push((shape, mounted.one(".verdict").text_content().unwrap()));
        assert!(mounted.text().contains("Asked at"));
    }
    let words: Vec<&str> = shown.iter().map(|(_, word)| word.as_str()).collect();
    assert_eq!(words, ["Possible", "Not possible", "Unrecognised"]);
    let shapes: std::collections::BTreeSet<&String> = shown.iter().map(|(shape, _)| shape).collect();
    assert_eq!(shapes.len(), 3);
}

#[wasm_bindgen_test]
fn only_what_the_vendor_can_be_asked_is_offered_and_nothing_is_asked_unbidden() {
    let vendor = Vendor::answering(500, "");
    for (service, operation, body) in DOCUMENTED {
        let card = page_of(service, operation, 200, &[body]).card;
        let asked = watch(service, operation);
        let mounted = mount(move || view! { <Checks watch=asked card=Signal::stored(card) /> });
        let (buttons, groups) = (mounted.all("button").len(), mounted.all("#config-group").len());
        let expected = match service {
            Service::NcpSearchEngine => (1, 0),
            Service::NcpDataStreaming => (2, 1),
            Service::HuaweiCss | Service::AlibabaHologres => (0, 0),
        };
        assert_eq!((buttons, groups), expected, "{service:?}");
    }
    assert_eq!(vendor.asked(), 0.0);
}

#[wasm_bindgen_test]
async fn a_target_version_is_needed_and_may_have_dots() {
    let _vendor = Vendor::answering(500, "");
    let card = page_of(Service::NcpSearchEngine, OperationKind::Upgrade, 200, &[DOCUMENTED[0].2]).card;
    let asked = watch(Service::NcpSearchEngine, OperationKind::Upgrade);
    let mounted = mount(move || view! { <Checks watch=asked card=Signal::stored(card) /> });
    mounted.click("form button").await;
    assert_eq!(mounted.one(".problem").text_content().as_deref(), Some("Fill in: Target version"));
    mounted.fill("#target-version", "2.19/0");
    mounted.click("form button").await;
    assert!(mounted.one(".problem").text_content().unwrap().contains("may hold only"));
    mounted.fill("#target-version", "2.19.0");
    mounted.click("form button").await;
    assert_eq!(mounted.all(".problem").len(), 0);
}
